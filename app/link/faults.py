"""What can go wrong between a machine and its room, each with a sentence for the person in front of it."""

from __future__ import annotations

_SENTENCES = {
    "room_away": (
        "连接不到机房服务器，正在自动重连，已填内容不会丢失",
        "the room cannot be reached; reconnecting, nothing is lost",
    ),
    "not_enrolled": ("本机尚未登记，请管理员提供登记码", "this machine is not enrolled; ask staff for a one-time code"),
    "bad_answer": (
        "服务器的回答无法识别，请联系管理员核对版本",
        "the room's answer is not understood; check the versions",
    ),
    "wrong_content": ("收到的文件与登记的校验值不符，已丢弃", "a file did not match its hash and was discarded"),
    "bad_state": ("本机保存的数据已损坏，请重新登记本机", "this machine's own data is damaged; enrol it again"),
}


class LinkFault(Exception):
    """A fault of the line or of this machine's own state."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where

    def message(self, lang: str = "zh") -> str:
        """One sentence with what happens next."""
        return _SENTENCES[self.code][1 if lang == "en" else 0]


class RoomRefused(Exception):
    """The room said no: its stable code, its sentence in this machine's language, the place, the HTTP status."""

    def __init__(self, code: str, message: str, where: str, status: int) -> None:
        super().__init__(code, where)
        self.code = code
        self.sentence = message
        self.where = where
        self.status = status

    def message(self, lang: str = "zh") -> str:
        """The room's sentence; its language was asked for with the request."""
        return self.sentence

"""What can go wrong between a machine and its room, each with a sentence for the person in front of it."""

from __future__ import annotations

_PASSING = (401, 429, 503)
_SERVER_ERROR = 500

ROOM_AWAY = "room_away"

_SENTENCES = {
    ROOM_AWAY: (
        "连接不到机房服务器，正在自动重连，已填内容不会丢失",
        "the room cannot be reached; reconnecting, nothing is lost",
    ),
    "not_enrolled": ("本机尚未登记，请管理员提供登记码", "this machine is not enrolled; ask staff for a one-time code"),
    "bad_answer": (
        "服务器的回答无法识别，请联系管理员核对版本",
        "the room's answer is not understood; check the versions",
    ),
    "other_room": (
        "对方不是登记码所属的机房，登记已中止；请核对地址，并向中心另取登记码",
        "this is not the room that the code is of; nothing was sent. Check the address, and ask for another code",
    ),
    "wrong_content": ("收到的文件与登记的校验值不符，已丢弃", "a file did not match its hash and was discarded"),
    "too_many": (
        "等待处理的操作过多，请等连接恢复后再试",
        "too much is waiting already; try again once the room answers",
    ),
    "not_kept": (
        "本机磁盘写不进去，所填内容暂存内存；请勿关机，并联系管理员",
        "this machine's disk takes nothing; what you enter is in memory only: leave it on and call staff",
    ),
    "damaged": (
        "本机部分暂存内容已损坏，已另存备查；请核对后重新填写",
        "some of what this machine kept is damaged and was set aside; check what you entered",
    ),
    "not_wiped": (
        "本机暂存内容未能清除，请联系管理员检查磁盘",
        "what this machine kept could not be cleared away; call staff to look at its disk",
    ),
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
        return sentence(self.code, lang)


def sentence(code: str, lang: str) -> str:
    """The sentence of one of this machine's own faults."""
    return _SENTENCES[code][1 if lang == "en" else 0]


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

    @property
    def passes(self) -> bool:
        """Whether the same request may succeed later: no session yet, too many attempts, a room that cannot write."""
        return self.status in _PASSING

    @property
    def is_certain(self) -> bool:
        """Whether the room has surely done nothing; after an error inside the server nobody knows."""
        return self.status < _SERVER_ERROR

"""What `kawei setup` has to know of a machine, and the file in which twenty machines stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.cli.errors import Fault
from app.evaluation.room.model import DEVICE_NAME

Word = tuple[str, str]
"""Chinese and English."""


@dataclass(frozen=True)
class Question:
    """One thing to know: what a person is asked, and what may be answered."""

    key: str
    title: Word
    usual: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    device: bool = False
    """It names a device of this machine, kept in its `devices.json` and tried before going on."""
    secret: bool = False


ROLES: Final = ("centre", "witness", "regulator", "tenderee", "agency")
SCALES: Final = ("1.0", "1.25", "1.5")

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - a room is there for its machines, and encrypts what they say

_NAME = Question("name", ("本机名称（登记用）", "this machine's name"), needed=True)
_ROOM = Question("room", ("机房地址，例如 https://192.168.1.10:8765", "the room's address"), needed=True)
_CODE = Question("code", ("一次性登记码（在管理台领取）", "one-time code from the console"), secret=True)
_CAMERA = Question("camera", ("摄像头：编号、设备路径或地址", "camera: number, path or address"), "0", device=True)
_MICROPHONE = Question("microphone", ("麦克风（空为系统默认）", "microphone (empty: the system's)"), device=True)
_SPEAKER = Question("speaker", ("扬声器（空为系统默认）", "loudspeaker (empty: the system's)"), device=True)
_LANG = Question("lang", ("界面语言", "language"), "zh", choices=("zh", "en"))


def _scale(usual: str) -> Question:
    return Question("scale", ("字号", "size of the type"), usual, choices=SCALES)


QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    "room": (
        _NAME,
        Question(
            "host", ("监听地址，0.0.0.0 供整个评标室", "address to listen at (0.0.0.0: the whole room)"), EVERYWHERE
        ),
        Question("port", ("端口", "port"), "8765"),
        Question("database", ("数据库地址（空为自带 SQLite）", "database URL (empty: SQLite)")),
    ),
    "seat": (_NAME, _ROOM, _CODE, _CAMERA, _MICROPHONE, _SPEAKER, _scale("1.0"), _LANG),
    "kiosk": (
        *(_NAME, _ROOM, _CODE, _CAMERA),
        Question("boxes", ("储物柜格数", "how many phone boxes"), "24", device=True),
        Question("door", ("门禁继电器地址（空为人工开门）", "the door's relay (empty: staff open)"), device=True),
        Question("printer", ("席位条打印队列（空为只存文件）", "slip printer's queue (empty: files)"), device=True),
        *(_scale("1.25"), _LANG),
    ),
    "board": (_NAME, _ROOM, _CODE, _scale("1.5"), _LANG),
    "console": (
        *(_NAME, Question("role", ("岗位", "role"), "centre", needed=True, choices=ROLES), _ROOM, _CODE),
        *(_MICROPHONE, _SPEAKER, _scale("1.0"), _LANG),
    ),
}
"""By what a machine is, in the order in which a person is asked."""

KINDS: Final = tuple(QUESTIONS)
STATE: Final = "/var/lib/kawei"
_FURTHER: Final = ("kind", "state", "keys")
_SHARED: Final = ("room", "lang", "scale")
"""What a file may say once for all its machines."""


@dataclass(frozen=True)
class Answers:
    """One machine. `values` by the keys of its questions, empty ones left out; never printed: a code is among them."""

    kind: str
    values: Mapping[str, str] = field(repr=False)
    state: Path

    def __getitem__(self, key: str) -> str:
        """An answer; the usual one, or nothing, where there is none."""
        if key in self.values:
            return self.values[key]
        return next((question.usual for question in QUESTIONS[self.kind] if question.key == key), "")


def answers(kind: str, given: Mapping[str, str], state: Path | None, place: Callable[[str], str]) -> Answers:
    """One machine from what was answered; `place` says where a key stands. Raises `Fault` `bad_answers`."""
    if kind not in QUESTIONS:
        listed = ", ".join(KINDS)
        raise bad(place("kind"), f"“{kind}”应为 {listed} 之一", f"'{kind}' must be one of {listed}")
    known = {question.key: question for question in QUESTIONS[kind]}
    for key in given:
        if key not in known:
            listed = ", ".join((*known, *_FURTHER))
            raise bad(place(key), f"{kind} 没有“{key}”，可用：{listed}", f"a {kind} has no '{key}'; there are {listed}")
    values = {key: text.strip() for key, text in given.items() if text.strip()}
    for key, question in known.items():
        if (wrong := misfit(question, values.get(key, question.usual))) is not None:
            raise bad(place(key), *wrong)
    return Answers(kind, values, state or Path(STATE) / kind)


def misfit(question: Question, text: str) -> Word | None:
    """What is wrong with an answer, if anything."""
    key = question.key
    if not text:
        return ("这一项必须填写", "this must be filled in") if question.needed else None
    if question.choices and text not in question.choices:
        listed = ", ".join(question.choices)
        return f"只能是 {listed}", f"it takes one of {listed}"
    if key == "name" and not DEVICE_NAME.fullmatch(text):
        return "名称只用小写字母、数字、横线，不超过 32 个", "a name has small letters, digits and dashes, 32 at most"
    if key in ("room", "door"):
        from app.cli.config import is_url

        if not is_url(text):
            return "应为网址，例如 https://192.168.1.10:8765", "it takes an address such as https://192.168.1.10:8765"
    if key in ("port", "boxes") and not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        return "应为正整数", "it takes a whole number"
    if any(ord(c) < 32 for c in text):
        return "含有不可用的字符", "it holds characters that cannot be used"
    return None


def read_answers(file: Path, name: str | None) -> Answers:
    """The machine called `name` of a file, or its only one. Raises `Fault` `bad_answers` with the place, OSError."""
    import tomllib

    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad(str(file), f"写法有误（{error}）", f"it is no TOML ({error})") from None
    listed = said.get("machine")
    shared = {key: value for key, value in said.items() if key != "machine"}
    for key in shared:
        if key not in _SHARED:
            raise bad(f"{file}:{key}", f"没有“{key}”", f"there is no '{key}' here")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise bad(f"{file}:machine", "没有 [[machine]]", "it has no [[machine]]")
    every = [_machine(file, number, one, shared) for number, one in enumerate(listed, 1)]
    names = [one["name"] for one in every]
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise bad(f"{file}:machine", f"名称“{twice}”出现两次", f"the name '{twice}' stands twice")
    if name is None and len(every) == 1:
        return every[0]
    found = next((one for one in every if one["name"] == name), None)
    if found is None:
        there = ", ".join(names)
        raise bad(
            f"{file}:machine",
            f"没有名为“{name or ''}”的机器，请用 --name 指明：{there}",
            f"it has no machine '{name or ''}'; say which with --name: {there}",
        )
    return found


def _machine(file: Path, number: int, said: Mapping[str, Any], shared: Mapping[str, Any]) -> Answers:
    def place(key: str) -> str:
        return f"{file}:machine[{number}].{key}"

    for key, value in {**shared, **said}.items():
        if isinstance(value, bool | list | dict):
            raise bad(place(key), f"“{key}”应为一个值", f"'{key}' takes one value")
    kind = str(said.get("kind", ""))
    own = {question.key for question in QUESTIONS.get(kind, ())}
    given = {key: str(value) for key, value in shared.items() if key in own}
    given |= {key: str(value) for key, value in said.items() if key not in _FURTHER}
    state = said.get("state")
    return answers(kind, given, Path(str(state)) if state is not None else None, place)


def bad(where: str, zh: str, en: str) -> Fault:
    """An answer that cannot be."""
    return Fault("bad_answers", where, f"{where}：{zh}，请改正后重试。", f"{where}: {en}. Correct it and retry.")

"""`kawei.toml`: what the doors of an installed machine are told where nobody types it.

A section is a door, a key one of its options. Nothing here says what an option means or takes: each door's own parser
does, and what the file says goes before what is typed, so that the typed has the last word. An installed program reads
/etc/kawei/kawei.toml, a source tree none; `KAWEI_CONFIG` names another, and, empty, none.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from app.cli.errors import Fault, Parser
from app.own import is_frozen

PLACE: Final = Path("/etc/kawei/kawei.toml")
VARIABLE: Final = "KAWEI_CONFIG"

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "room": ("data", "keys", "host", "port", "tls", "plan", "database", "rehearsal", "lang"),
    "seat": ("state", "room", "camera", "signer", "scale", "window", "lang"),
    "kiosk": ("state", "room", "camera", "boxes", "locker", "door", "printer", "scale", "window", "lang"),
    "board": ("state", "room", "scale", "lang"),
    "console": ("role", "state", "room", "save", "camera", "scale", "lang"),
    "doctor": ("room", "state", "data", "keys", "lang"),
}
"""Door and its options that hold from one start to the next; the others are acts (enrol, back up), never settings."""


def file_in_force(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file that this program reads, if any; one that is named must be there, the usual one need not."""
    named = environment.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    return PLACE if is_frozen() and PLACE.exists() else None


def configured(door: str, file: Path | None) -> list[str]:
    """The options that `file` gives `door`, as they would be typed. `Fault` `bad_config` with file, line, remedy."""
    if file is None or door not in KEYS:
        return []
    return _read(file).options(door)


def check(file: Path) -> None:
    """Look at every section. `Fault` `bad_config` for the first thing wrong."""
    found = _read(file)
    for door in KEYS:
        found.options(door)


def parser_of(door: str) -> Parser:
    """The parser of a door that can be configured."""
    made: Parser = importlib.import_module(f"app.cli.{door}").parser()
    return made


def _read(file: Path) -> _File:
    import tomllib

    try:
        text = file.read_text("utf-8")
        said = tomllib.loads(text)
    except UnicodeDecodeError:
        raise _bad(file, 1, "文件不是 UTF-8，请用 UTF-8 保存", "it is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise _bad(
            file,
            line,
            f"写法有误（{error}），应为 键 = 值，文字加引号",
            f"it is no TOML ({error}): write key = value, text in quotes",
        ) from None
    found = _File(file, text, said)
    for name, section in said.items():
        if name not in KEYS or not isinstance(section, dict):
            zh, en = _instead(name, KEYS)
            raise _bad(file, found.line(name), f"没有“{name}”这一节{zh}", f"there is no section '{name}'{en}")
    return found


class _File:
    """A file that is TOML, with the lines of what it says."""

    def __init__(self, file: Path, text: str, said: dict[str, Any]) -> None:
        self._file, self._lines, self._said = file, text.splitlines(), said

    def options(self, door: str) -> list[str]:
        """What stands in the door's section, each key looked at."""
        options: list[str] = []
        parser = parser_of(door)
        for key, value in self._said.get(door, {}).items():
            if key not in KEYS[door]:
                zh, en = _instead(key, KEYS[door])
                raise self._wrong(door, key, f"[{door}] 没有“{key}”这个键{zh}", f"[{door}] has no key '{key}'{en}")
            options += self._option(door, key, value, parser.options[key])
        return options

    def _option(self, door: str, key: str, value: Any, action: argparse.Action) -> list[str]:
        name = action.option_strings[0]
        if action.nargs == 0:
            if not isinstance(value, bool):
                raise self._wrong(door, key, f"“{key}”应为 true 或 false", f"'{key}' takes true or false")
            return [name] if value else []
        many = isinstance(action.nargs, int)
        values = value if isinstance(value, list) and many else [value]
        if any(isinstance(one, bool | list | dict) for one in values) or (many and len(values) != action.nargs):
            count = f"{action.nargs} 个" if many else "一个"
            raise self._wrong(
                door,
                key,
                f"“{key}”应为{count}值，例如 {_example(action)}",
                f"'{key}' takes {action.nargs or 1} value(s), for example {_example(action)}",
            )
        words = [str(one) for one in values]
        for word in words:
            self._look(door, key, word, action)
        return [name, *words] if many else [f"{name}={words[0]}"]

    def _look(self, door: str, key: str, word: str, action: argparse.Action) -> None:
        if action.choices is not None and word not in action.choices:
            listed = ", ".join(map(str, action.choices))
            raise self._wrong(door, key, f"“{key}”只能是 {listed}", f"'{key}' takes one of {listed}")
        if action.type is int and not re.fullmatch(r"\d{1,9}", word):
            raise self._wrong(door, key, f"“{key}”应为整数", f"'{key}' takes a whole number")
        right, zh, en = _RIGHT.get(key if key != "door" else "url", _ANY)
        if not right(word):
            raise self._wrong(door, key, f"“{key}”{zh}", f"'{key}' {en}")

    def line(self, section: str, key: str | None = None) -> int:
        """The line of a section's head, or of a key in it; the first where it cannot be told."""
        inside, head = False, 1
        for number, line in enumerate(self._lines, 1):
            opened = re.match(r"\s*\[+\s*[\"']?([^\]\"']*?)[\"']?\s*\]", line)
            if opened:
                inside = opened[1].split(".")[0] == section
                head = number if inside else head
                if inside and key is None:
                    return number
            elif re.match(rf"\s*[\"']?{re.escape(key if inside and key else section)}[\"']?\s*[.=]", line) and (
                inside or not key
            ):
                return number
        return head

    def _wrong(self, door: str, key: str, zh: str, en: str) -> Fault:
        return _bad(self._file, self.line(door, key), zh, en)


def is_url(text: str) -> bool:
    """Whether it is an address that a door can call, http or https."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


_Right = tuple[Callable[[str], bool], str, str]
_ANY: Final[_Right] = (lambda _: True, "", "")
_RIGHT: Final[dict[str, _Right]] = {
    "room": (is_url, "应为网址，例如 https://192.168.1.10:8765", "takes an address such as https://192.168.1.10:8765"),
    "url": (is_url, "应为网址，例如 http://192.168.1.21/pulse", "takes an address such as http://192.168.1.21/pulse"),
    "port": (lambda text: int(text) <= 65535, "应为 0 到 65535", "takes 0 to 65535"),
    "plan": (
        lambda text: Path(text).is_file(),
        "所指的文件不存在，请核对路径",
        "names a file that is not there; check its path",
    ),
}


def _example(action: argparse.Action) -> str:
    return '["…", "…"]' if isinstance(action.nargs, int) else '"…"'


def _instead(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> tuple[str, str]:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1)
    if near:
        return f"，是否应为“{near[0]}”", f"; '{near[0]}' may be meant"
    listed = ", ".join(known)
    return f"，可用：{listed}", f"; there are {listed}"


def _bad(file: Path, line: int, zh: str, en: str) -> Fault:
    return Fault(
        "bad_config",
        f"{file}:{line}",
        f"{file} 第 {line} 行：{zh}。请改正后重试。",
        f"{file}, line {line}: {en}. Correct it and retry.",
    )

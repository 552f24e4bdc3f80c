"""Setting keys in the text of a `kawei.toml`: every comment and every other line stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

Value = str | int | bool | list[str]

_HEAD: Final = re.compile(r"\s*\[\s*([A-Za-z-]+)\s*\]\s*(#.*)?$")


def with_keys(text: str, section: str, values: Mapping[str, Value]) -> str:
    """`text` with these keys of `section`: in the place of the key, or of the line that offers it behind a #; else at
    the end of the section, or in a new one."""
    lines = text.splitlines()
    for key, value in values.items():
        _set(lines, section, key, f"{key} = {_written(value)}")
    return "\n".join(lines) + "\n"


def _set(lines: list[str], section: str, key: str, line: str) -> None:
    begin, end = _section(lines, section)
    if begin is None:
        lines += ["", f"[{section}]", line]
        return
    for offered in ("", "#"):
        wanted = re.compile(rf"\s*{offered}\s*{re.escape(key)}\s*=")
        for at in range(begin + 1, end):
            if wanted.match(lines[at]):
                lines[at] = line
                return
    while end > begin + 1 and not lines[end - 1].strip():
        end -= 1
    lines.insert(end, line)


def _section(lines: list[str], section: str) -> tuple[int | None, int]:
    """The line of its head, and the one behind its last."""
    begin = None
    for at, line in enumerate(lines):
        head = _HEAD.match(line)
        if head and begin is not None:
            return begin, at
        if head and head[1] == section:
            begin = at
    return begin, len(lines)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if any(ord(c) < 32 or ord(c) == 127 for c in escaped):
        raise ValueError("a setting holds no control characters")
    return f'"{escaped}"'

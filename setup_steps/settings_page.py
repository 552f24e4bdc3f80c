"""Writes docs/settings.md from `resources/config/kawei.toml`, the one place where each key and its default stand."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from setup_steps.paths import RESOURCES, ROOT, put

FILE = RESOURCES / "config" / "kawei.toml"
PAGE = ROOT / "docs" / "settings.md"
_KEY = re.compile(r"(#?)([a-z]+) = (.+)")
_HEAD = """# Settings of an installed machine

`/etc/kawei/kawei.toml` says what the doors are told where nobody types it; what is typed goes before it. A section is
a door, a key one of its options. `kawei doctor` checks the whole file; what is wrong is named with file, line and
remedy, and no door starts with it. The file is kept on upgrade. `KAWEI_CONFIG=FILE` reads another, `KAWEI_CONFIG=`
none; a source tree reads none by itself. The devices of a machine (camera, locker, printer, ...) stand in
`devices.json`, see [devices.md](devices.md). `make settings` writes this page from `resources/config/kawei.toml`.
"""


@dataclass(frozen=True)
class Key:
    """A key of a section: what stands behind it, whether the file as installed sets it, and what it means."""

    section: str
    name: str
    value: str
    is_set: bool
    zh: str
    en: str


def explained(file: Path = FILE) -> list[Key]:
    """Every key of the file, in its order; a key that no comment explains is a mistake of ours."""
    found: list[Key] = []
    section, said = "", ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section and (key := _KEY.fullmatch(line)):
            zh, _, en = said.partition(" / ")
            if not en:
                raise SystemExit(f"{file}: {section}.{key[2]} is not explained in both languages")
            found.append(Key(section, key[2], key[3], not key[1], zh, en))
            said = ""
        elif line.startswith("# "):
            said = line[2:]
    return found


def document() -> str:
    """The whole page."""
    text, section = _HEAD, ""
    for key in explained():
        if key.section != section:
            section = key.section
            text += f"\n## [{section}]\n| key | value | | |\n|---|---|---|---|\n"
        value = f"`{key.value}`" + ("" if key.is_set else " (not set)")
        text += f"| `{key.name}` | {value} | {key.zh} | {key.en} |\n"
    return text


def main() -> int:
    """Write the page; exit status 0."""
    put(PAGE, document().encode())
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Brings the translations up to date with the source: new strings come in unfinished, gone ones go.

`make strings` runs it. It reads the Python files with Qt's own lupdate and writes nothing but the .ts file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from setup_steps.paths import ROOT, TRANSLATIONS

TS = TRANSLATIONS / "kawei_zh_CN.ts"
# Where a person is spoken to through Qt.
SOURCES = ("ui", "app/demo")


def sources() -> list[str]:
    """The Python files whose strings are translated, relative to the root, in one order on every machine."""
    return sorted(str(path.relative_to(ROOT)) for folder in SOURCES for path in (ROOT / folder).rglob("*.py"))


def update(ts: Path) -> None:
    """Bring the `.ts` file at `ts` up to date with the source."""
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en_US", "-target-language", "zh_CN"]
    subprocess.run(
        [str(tool), *options, *sources(), "-ts", str(ts)], cwd=ROOT, check=True, capture_output=True, text=True
    )


def main() -> int:
    """Update the file of the program; say how many strings wait for their Chinese."""
    update(TS)
    waiting = TS.read_text(encoding="utf-8").count('type="unfinished"')
    sys.stdout.write(f"strings: {waiting} wait for their Chinese in {TS.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

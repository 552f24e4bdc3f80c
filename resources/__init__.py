"""Data only (fonts, icons, translations, templates, rule files, samples), and the one way to find them.

Law of this package: no code but this function; no other place knows where the data lie.
"""

from __future__ import annotations

import sys
from pathlib import Path


def path(*parts: str) -> Path:
    """Where a resource lies, in a source tree and in a frozen build alike; it need not exist.

    `path("rules", "price")` is the folder of the price rules that come with the program.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) / "resources" if frozen is not None else Path(__file__).resolve().parent
    return root.joinpath(*parts)

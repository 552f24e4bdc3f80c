"""Cuts the static faces of Noto Sans SC (regular and bold) that Qt and typst show.

Qt lists only the 'Thin' instance of the variable file, so the two weights are cut from it: about 40 s of one
core each, hence side by side. The font is under the SIL Open Font License 1.1, whose text is laid beside it.
"""

from __future__ import annotations

import io
import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from setup_steps.paths import FONTS, package_folder, put

WEIGHTS = {"Regular": 400, "Bold": 700}


def source_folder() -> Path:
    """The folder of the variable Noto Sans SC and its licence, in the package that carries them."""
    return package_folder("justmytype_intl_cjk") / "fonts" / "ofl" / "notosanssc"


def target(style: str) -> Path:
    """Where the static face of one style is laid."""
    return FONTS / f"NotoSansSC-{style}.ttf"


def cut(style: str) -> str:
    """Cut one static face; returns the style, so that the caller can report it."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with TTFont(source_folder() / "NotoSansSC[wght].ttf") as variable:
        face = instancer.instantiateVariableFont(variable, {"wght": WEIGHTS[style]}, updateFontNames=True)
        data = io.BytesIO()
        face.save(data)
    put(target(style), data.getvalue())
    return style


def main() -> int:
    """Cut both faces; exit status 0."""
    sys.stdout.write("setup: cutting Noto Sans SC (under a minute)\n")
    sys.stdout.flush()
    put(FONTS / "OFL.txt", (source_folder() / "OFL.txt").read_bytes())
    with ProcessPoolExecutor(max_workers=len(WEIGHTS)) as pool:
        for style in pool.map(cut, WEIGHTS):
            sys.stdout.write(f"setup: {target(style).name} is there\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

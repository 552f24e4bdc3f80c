"""Portraits of the rehearsal as frames of a camera."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

from app.ports.camera import Frame

SIZE = (640, 480)


_WALL = (196, 201, 206)


@lru_cache(maxsize=16)
def frame_of(path: str | None) -> Frame:
    """The portrait before a plain wall, as a camera of 640 x 480 sees it; None: the wall alone."""
    scene = Image.new("RGB", SIZE, _WALL)
    if path is not None:
        with Image.open(Path(path)) as opened:
            picture = ImageOps.contain(opened.convert("RGB"), (SIZE[0], int(SIZE[1] * 0.92)))
        scene.paste(picture, ((SIZE[0] - picture.width) // 2, SIZE[1] - picture.height))
    return Frame(scene.width, scene.height, scene.tobytes())

"""Reads a picture file that anyone may have made: bounded in size, whole or refused with a reason."""

from __future__ import annotations

import io
import os
import warnings
from enum import Enum
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from app.ports.camera import Frame

# Above these a file is refused before it is decoded: a phone's largest camera makes 200 megapixels, no
# portrait needs them, and 64 megapixels decode to 192 MiB.
MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF")

# Pillow warns from 89 megapixels on and only then raises; here both are the same refusal. Set once for the
# process, because a filter set for a moment is not safe between threads.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class PictureFault(Enum):
    """Why a file is no picture; the value is the stable code."""

    MISSING = "missing"
    IS_FOLDER = "is_folder"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    TRUNCATED = "truncated"


class BadPicture(Exception):
    """A file from which no picture could be read."""

    def __init__(self, fault: PictureFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail


def read_picture(source: Path | bytes, max_side: int = 1600) -> Frame:
    """The picture of a file or its bytes, upright, at most `max_side` pixels either way; else BadPicture."""
    data = source if isinstance(source, bytes) else _read(source)
    if not data:
        raise BadPicture(PictureFault.EMPTY)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _decoded(image, max_side)
    except UnidentifiedImageError as error:
        raise BadPicture(PictureFault.NOT_A_PICTURE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPicture(PictureFault.TOO_LARGE, str(error)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow raises these from decoders of every format, for files cut off and files tampered with.
        raise BadPicture(PictureFault.TRUNCATED, str(error)) from error


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BadPicture(PictureFault.IS_FOLDER)
        # What is no regular file (a device, a pipe) could be read for ever.
        if path.exists() and not path.is_file():
            raise BadPicture(PictureFault.NOT_A_PICTURE)
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise BadPicture(PictureFault.TOO_LARGE)
            return file.read(MAX_BYTES)
    except PermissionError as error:
        raise BadPicture(PictureFault.NO_PERMISSION) from error
    except (OSError, ValueError) as error:  # also a name that is too long or holds a zero byte
        raise BadPicture(PictureFault.MISSING) from error


def _decoded(image: Image.Image, max_side: int) -> Frame:
    if image.width * image.height > MAX_PIXELS:
        raise BadPicture(PictureFault.TOO_LARGE, f"{image.width} x {image.height}")
    image.draft("RGB", (max_side, max_side))  # a JPEG is decoded at 1/2, 1/4 or 1/8 where that suffices
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    rgb = upright.convert("RGB")
    rgb.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return Frame(rgb.width, rgb.height, rgb.tobytes())

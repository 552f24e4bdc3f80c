"""Reads a portrait; a very small one, such as an ID card's chip holds, is mended first as far as that goes.

At 102 x 126 pixels and 2 KB a JPEG's blocks are as large as an eye. They are averaged away by the JPEG's own means:
the picture is shifted against the grid of blocks, compressed with the same tables and shifted back, for every second
shift, and the mean is taken (A. Nosratinia, "Enhancement of JPEG-compressed images by re-application of JPEG", 2001).
Then it is given a margin and enlarged, so that the nets see it at the size they were trained on.
"""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from app.ports.camera import Frame
from devices.pictures import read_picture

SMALL = 160
"""Pixels of the longer side up to which a picture is mended."""
_MARGIN, _ENLARGED = 10, 3
_BLOCK, _STEP = 8, 2
_EXIF_ORIENTATION = 0x0112

Picture = NDArray[np.uint8]


def read_portrait(source: Path | bytes) -> Frame:
    """The picture of a file or its bytes, mended where it is small; else BadPicture."""
    frame = read_picture(source)
    if max(frame.width, frame.height) > SMALL:
        return frame
    data = source if isinstance(source, bytes) else source.read_bytes()
    picture = _without_blocks(data)
    if picture is None or picture.shape != (frame.height, frame.width, 3):
        picture = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    margin = ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0))
    large = cv2.resize(np.pad(picture, margin, "edge"), None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    return Frame(large.shape[1], large.shape[0], np.ascontiguousarray(large).tobytes())


def _without_blocks(data: bytes) -> Picture | None:
    """A JPEG's picture without its blocks; None for another format, or one that lies on its side."""
    with Image.open(io.BytesIO(data)) as image:
        if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode not in ("RGB", "L"):
            return None
        if image.getexif().get(_EXIF_ORIENTATION, 1) != 1:
            return None
        tables, mode = image.quantization, image.mode
        sampling = max(0, JpegImagePlugin.get_sampling(image)) if mode == "RGB" else -1
        picture = np.asarray(image)
    height, width = picture.shape[:2]
    around = ((_BLOCK, _BLOCK), (_BLOCK, _BLOCK)) + (((0, 0),) if picture.ndim == 3 else ())
    wide = np.pad(picture, around, "edge")
    total = np.zeros(picture.shape, np.float64)
    shifts = [(down, right) for down in range(0, _BLOCK, _STEP) for right in range(0, _BLOCK, _STEP)]
    for down, right in shifts:
        top, left = _BLOCK - down, _BLOCK - right
        again = io.BytesIO()
        shifted = np.ascontiguousarray(wide[top : top + height + down, left : left + width + right])
        options = {"subsampling": sampling} if sampling >= 0 else {}
        Image.fromarray(shifted).save(again, "JPEG", qtables=tables, **options)
        with Image.open(again) as decoded:
            total += np.asarray(decoded)[down : down + height, right : right + width]
    mean = np.round(total / len(shifts)).astype(np.uint8)
    return mean if mean.ndim == 3 else np.repeat(mean[:, :, None], 3, axis=2)

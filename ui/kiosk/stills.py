"""A frame of the camera as a small JPEG, for the two who decide about a doubt. It is kept nowhere."""

from __future__ import annotations

import base64

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from app.ports.camera import Frame

_SIDE, _QUALITY = 640, 85


def still(frame: Frame) -> str:
    """The picture as JPEG in base64, at most 640 px wide or high."""
    image = QImage(frame.rgb, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888)
    if max(frame.width, frame.height) > _SIDE:
        kept = Qt.AspectRatioMode.KeepAspectRatio
        image = image.scaled(_SIDE, _SIDE, kept, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stub wants bytes, the library text
    return as_text(bytes(buffer.data().data()))


def as_text(content: bytes) -> str:
    """Bytes as the protocol carries them."""
    return base64.b64encode(content).decode()

"""Whether somebody is before the camera who shows no face: a small net that tells people from their background."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import resources

MODEL = "person.tflite"
_SIZE = (256, 144)


class Bodies:
    """MediaPipe's selfie segmentation (landscape), through OpenCV: 4.5 ms a picture. Read at the first call.

    FileNotFoundError where the model is not laid out.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or resources.path("models")) / MODEL
        self._lock = threading.Lock()
        self._net: Any = None

    def share(self, rgb: NDArray[np.uint8]) -> float:
        """How much of a picture (rows of RGB) is people, from 0 to 1."""
        with self._lock:
            if self._net is None:
                if not self._file.is_file():
                    raise FileNotFoundError(2, "the person model is missing; run make setup", str(self._file))
                self._net = cv2.dnn.readNetFromTFLite(str(self._file))
            self._net.setInput(cv2.dnn.blobFromImage(rgb, 1 / 255, _SIZE))
            return float((self._net.forward()[0, 0] > 0.5).mean())

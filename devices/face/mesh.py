"""468 points on a face: where eyes, nose, mouth and outline are, as MediaPipe's mesh lays them, through OpenCV."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import resources
from app.ports.camera import Frame
from app.ports.face import Face

MODEL = "mesh.tflite"
POINTS = 468
_SIDE = 192
# The square that the model wants: upright by the eyes, half as large again as the face.
_ROOM = 1.5
_OUTPUTS = ("conv2d_21", "conv2d_31")

Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mesh:
    """The points (468 x 2, pixels of the frame), how far each lies behind the face's middle by the model's guess
    (the same pixels), and how sure it is that they lie on a face, 0 to 1."""

    points: Points
    depth: Points
    confidence: float


class FaceMesh:
    """MediaPipe's face mesh: 2.5 ms a face. Read at the first call; safe from any thread.

    FileNotFoundError where the model is not laid out.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or resources.path("models")) / MODEL
        self._lock = threading.Lock()
        self._net: Any = None

    def lay(self, frame: Frame, face: Face) -> Mesh:
        """The mesh of one face that was found in this frame."""
        picture = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
        into = _into_square(face)
        square = cv2.warpAffine(picture, into, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        with self._lock:
            if self._net is None:
                if not self._file.is_file():
                    raise FileNotFoundError(2, "the face mesh is missing; run make setup", str(self._file))
                # OpenCV's new engine gives the first of the model's two outputs only.
                self._net = cv2.dnn.readNetFromTFLite(str(self._file), cv2.dnn.ENGINE_CLASSIC)
            self._net.setInput(cv2.dnn.blobFromImage(square, 1 / 255, (_SIDE, _SIDE)))
            laid, sure = self._net.forward(_OUTPUTS)
        points = laid.reshape(POINTS, 3)
        back = cv2.invertAffineTransform(into)
        on_frame = (points[:, :2] @ back[:, :2].T + back[:, 2]).astype(np.float32)
        depth = (points[:, 2] * np.hypot(back[0, 0], back[0, 1])).astype(np.float32)
        return Mesh(on_frame, depth, float(1 / (1 + np.exp(-float(sure.reshape(-1)[0])))))


def _into_square(face: Face) -> NDArray[np.float64]:
    """The map from the frame onto the model's square."""
    (right_x, right_y), (left_x, left_y) = face.landmarks[:2]
    angle = np.arctan2(left_y - right_y, left_x - right_x)
    scale = _SIDE / (_ROOM * max(face.width, face.height, 1.0))
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = np.array([face.left + face.width / 2, face.top + face.height / 2])
    shift = _SIDE / 2 - turn @ middle
    return np.hstack([turn, shift[:, None]])

"""The models: YuNet finds faces, SFace and face_recognition (dlib) turn a face into numbers.

face_recognition is used with its five-point landmarks only; the 68-point model that comes with it is never
asked.
"""

from __future__ import annotations

import importlib
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFile

import resources
from app.ports.camera import Frame
from app.ports.face import Face

Feature = NDArray[np.float32]
Picture = NDArray[np.uint8]

# YuNet finds what is between about 10 and 300 pixels wide: larger pictures are shrunk for it, tight ones
# padded.
LONG_SIDE = 640
QUICK_SIDE = 320
PAD_PX = 30
CONFIDENCE, OVERLAP, MOST = 0.7, 0.3, 200


class Engines:
    """Both engines behind one lock, since OpenCV's objects serve one call at a time.

    The models are read at the first call (a tenth of a second; face_recognition a second more when first
    asked). FileNotFoundError where the model files are not laid out.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources.path("models")
        self._lock = threading.Lock()
        self._detector: Any = None
        self._quick: Any = None
        self._recogniser: Any = None
        self._second: Any = None

    def find(self, frame: Frame) -> tuple[Face, ...]:
        """The faces in a picture, the largest first; a tight crop (chip photo) gets a margin."""
        picture = bgr(frame)
        with self._lock:
            faces = self._detect(picture)
            if not faces:
                pad = max(PAD_PX, max(picture.shape[:2]) // 4)
                faces = self._detect(np.pad(picture, ((pad, pad), (pad, pad), (0, 0)), "edge"), pad)
            if not faces and max(picture.shape[:2]) > LONG_SIDE:
                faces = self._detect(picture, long_side=2 * LONG_SIDE)
        return tuple(sorted(faces, key=lambda face: -face.area))

    def find_quickly(self, frame: Frame) -> tuple[Face, ...]:
        """The faces in a copy 320 pixels wide, the largest first: no second try, a quarter of the work."""
        scale = min(1.0, QUICK_SIDE / frame.width)
        size = (round(frame.width * scale), max(1, round(frame.height * scale)))
        small = cv2.cvtColor(cv2.resize(_rgb(frame), size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR)
        with self._lock:
            self._load()
            self._quick.setInputSize(size)
            found = self._quick.detect(small)[1]
        faces = [_face(row, scale, 0) for row in found] if found is not None else []
        return tuple(sorted(faces, key=lambda face: -face.area))

    def sface(self, frame: Frame, face: Face) -> Feature:
        """SFace's feature of one face: 128 numbers of length 1."""
        with self._lock:
            self._load()
            crop = self._recogniser.alignCrop(bgr(frame), _row(face))
            feature = np.asarray(self._recogniser.feature(crop), np.float32).reshape(-1)
        return feature / np.linalg.norm(feature)

    def dlib(self, frame: Frame, face: Face) -> Feature:
        """face_recognition's encoding of the same face: 128 numbers."""
        with self._lock:
            if self._second is None:
                self._second = _face_recognition()
            encoding = self._second.face_encodings(_rgb(frame), [_dlib_box(frame, face)], model="small")[0]
        return np.asarray(encoding, np.float32)

    def _load(self) -> None:
        if self._recogniser is not None:
            return
        yunet, sface = self._folder / "yunet.onnx", self._folder / "sface.onnx"
        for model in (yunet, sface):
            if not model.is_file():
                raise FileNotFoundError(2, "the face model is missing; run make setup", str(model))
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        self._detector = cv2.FaceDetectorYN.create(str(yunet), "", (320, 320), CONFIDENCE, OVERLAP, MOST)
        self._quick = cv2.FaceDetectorYN.create(str(yunet), "", (320, 240), CONFIDENCE, OVERLAP, MOST)
        self._recogniser = cv2.FaceRecognizerSF.create(str(sface), "")

    def _detect(self, picture: Picture, pad: int = 0, long_side: int = LONG_SIDE) -> list[Face]:
        self._load()
        height, width = picture.shape[:2]
        scale = min(1.0, long_side / max(width, height))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        self._detector.setInputSize(size)
        found = self._detector.detect(small)[1]
        return [_face(row, scale, pad) for row in found] if found is not None else []


def _face_recognition() -> Any:
    """The library, kept from telling Pillow (for the whole process) to take pictures that are cut off."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        return importlib.import_module("face_recognition")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def alike_sface(one: Feature, other: Feature) -> float:
    """The cosine of two SFace features."""
    return float(one @ other)


def alike_dlib(one: Feature, other: Feature) -> float:
    """1 minus the distance of two face_recognition encodings."""
    return 1.0 - float(np.linalg.norm(one - other))


def bgr(frame: Frame) -> Picture:
    """A frame as OpenCV wants it."""
    return np.ascontiguousarray(_rgb(frame)[:, :, ::-1])


def _rgb(frame: Frame) -> Picture:
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


def _face(row: NDArray[np.float32], scale: float, pad: int) -> Face:
    """YuNet's row (box, five points, score) in pixels of the picture as it came."""
    values = [float(v) / scale for v in row[:14]]
    left, top, width, height = values[0] - pad, values[1] - pad, values[2], values[3]
    points = tuple((values[i] - pad, values[i + 1] - pad) for i in range(4, 14, 2))
    return Face(left, top, width, height, points, float(row[14]))


def _row(face: Face) -> NDArray[np.float32]:
    points = [coordinate for point in face.landmarks for coordinate in point]
    row = [face.left, face.top, face.width, face.height, *points, face.confidence]
    return np.array([row], np.float32)


def _dlib_box(frame: Frame, face: Face) -> tuple[int, int, int, int]:
    """YuNet's upright box as the square one (top, right, bottom, left) that dlib's landmarks were trained on.

    On test portraits the encodings then agree with those from dlib's own detector (correlation of scores
    0.997), which takes six times as long and finds fewer faces.
    """
    half = 0.43 * face.height
    x, y = face.left + face.width / 2, face.top + 0.54 * face.height
    top, left = max(0, int(y - half)), max(0, int(x - half))
    return top, min(frame.width, int(x + half)), min(frame.height, int(y + half)), left

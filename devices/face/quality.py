"""What would make a picture serve: distance, light, sharpness, where the person looks, and no mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.ports.camera import Frame
from app.ports.face import Face, FaceAdvice
from devices.face.engines import bgr
from devices.face.mask import covered


@dataclass(frozen=True, slots=True)
class Quality:
    """Where advice begins; starting values, to be refitted at the door where the camera hangs."""

    least_share: float = 0.20  # height of the face in that of the picture
    most_share: float = 0.85
    dark: float = 55.0  # mean grey of the face, 0-255
    bright: float = 215.0
    blurred: float = 12.0  # variance of the Laplacian of the face at 112 pixels
    turned: float = 0.35  # how far the nose may stand from the middle of the eyes, in eye distances
    covered: float = 9.0  # how far the lower face's colour may be from the skin's; see `mask`
    bystander: float = 0.25  # area of a second face in that of the largest


def advise(frame: Frame, faces: Sequence[Face], at: Quality) -> tuple[FaceAdvice, ...]:
    """What the person can do, the most useful first; empty when the picture serves."""
    if not faces:
        return (FaceAdvice.COME_INTO_VIEW,)
    face = faces[0]
    if len(faces) > 1 and faces[1].area >= at.bystander * face.area:
        return (FaceAdvice.ONE_PERSON,)
    told: list[FaceAdvice] = []
    share = face.height / frame.height
    if share < at.least_share:
        told.append(FaceAdvice.CLOSER)
    elif share > at.most_share:
        told.append(FaceAdvice.FARTHER)
    if abs(turn(face)) > at.turned:
        told.append(FaceAdvice.LOOK_STRAIGHT)
    light, sharpness = _look(frame, face)
    if light < at.dark:
        told.append(FaceAdvice.MORE_LIGHT)
    elif light > at.bright:
        told.append(FaceAdvice.LESS_LIGHT)
    elif sharpness < at.blurred:
        told.append(FaceAdvice.HOLD_STILL)
    elif covered(frame, face) >= at.covered:
        told.append(FaceAdvice.MASK)
    return tuple(told)


def turn(face: Face) -> float:
    """How far the nose stands right of the middle between the eyes, in eye distances; 0 looks straight."""
    (right_x, right_y), (left_x, left_y), (nose_x, _) = face.landmarks[:3]
    eyes = float(np.hypot(left_x - right_x, left_y - right_y))
    return (nose_x - (right_x + left_x) / 2) / eyes if eyes > 0 else 0.0


def _look(frame: Frame, face: Face) -> tuple[float, float]:
    """Mean grey of the face, and how much fine structure it shows."""
    left, top = max(0, int(face.left)), max(0, int(face.top))
    right, bottom = int(face.left + face.width), int(face.top + face.height)
    crop = bgr(frame)[top:bottom, left:right]
    if crop.size == 0:
        return 128.0, 0.0
    grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (112, 112), interpolation=cv2.INTER_AREA)
    return float(grey.mean()), float(cv2.Laplacian(grey, cv2.CV_64F).var())

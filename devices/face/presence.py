"""Looks after the member at a seat: YuNet on a small copy of the picture, SFace now and then, a net for bodies.

About two pictures a second are judged. A face is looked for in a copy 320 pixels wide; only where there is none, the
net for bodies says whether somebody sits there who looks down or away. SFace compares every two seconds, and at once
where a face comes back or was found to be another's.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.evaluation.matters.presence.records import LockKind
from app.ports.camera import Frame
from app.ports.face import Face, Template
from app.ports.presence import Noticed
from devices.face.bodies import Bodies
from devices.face.engines import Engines, Feature, alike_sface
from devices.face.quality import turn
from devices.face.sface import feature_of

log = logging.getLogger(__name__)

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where each kind begins; starting values, measured on the project's pictures, to be refitted in the room."""

    dark: float = 14.0
    """Mean grey (0-255) below which a picture is black."""
    smooth: float = 3.0
    """How much a copy 40 pixels wide is curved (mean of second differences, grey levels) below which nothing is to be
    seen: walls, paper, a hand on the lens 1.2-2.8 with any noise, an empty room from 6.6, a dim member 10, a lit 36."""
    frozen_s: float = 2.0
    """A camera's picture always trembles; one that is the same to the last bit for so long is no live one."""
    lost_s: float = 2.0
    """Seconds without a frame."""
    absent_s: float = 1.0
    """Seconds without face and body: a hand before the face, a blurred turn of the head are shorter."""
    second_s: float = 0.5
    bystander: float = 0.25
    """A second face counts from this share of the first one's area on: who walks by far behind does not."""
    body: float = 0.08
    """Share of the picture that a person before the seat fills at least; one at the other end of a room does not."""
    faceless_s: float = 300.0
    """A body without a face counts for so long only: a coat on the chair keeps no seat open."""
    alike: float = 0.40
    """From this cosine on a face is the member's, and is remembered as it looks today."""
    other: float = 0.30
    """Below this cosine a face is another's."""
    again_s: float = 0.4
    """Seconds to the second comparison, which must say the same."""
    compare_s: float = 2.0
    """Seconds between comparisons while nothing is amiss."""
    turned: float = 0.35
    """How far the nose may stand from the middle of the eyes (eye distances) in a face that can be compared."""
    least_px: float = 48.0
    """Width of a face that can be compared."""


class SFacePresence:
    """A Presence; safe to begin watches from any thread."""

    def __init__(self, engines: Engines | None = None, bodies: Bodies | None = None, bounds: Bounds = Bounds()) -> None:
        self._engines, self._bodies, self._at = engines or Engines(), bodies or Bodies(), bounds

    def watch(self, known: Template | None, now_s: float) -> SFaceWatch:
        """Watch one person. ValueError for a template of another model."""
        return SFaceWatch(self._engines, self._bodies, self._at, None if known is None else feature_of(known), now_s)


class SFaceWatch:
    """One person at one seat."""

    def __init__(self, engines: Engines, bodies: Bodies, at: Bounds, known: Feature | None, now_s: float) -> None:
        self._engines, self._bodies, self._at = engines, bodies, at
        self._faces = _Comparison(engines, at, known)
        self._told = Noticed(None, now_s)
        self._doubt: tuple[LockKind, float] | None = None
        """What the last looks say, and since which one of them."""
        self._unwell_s = now_s
        """When the first of the looks came that saw the member not alone."""
        self._frame_s = self._face_s = self._still_s = now_s
        self._before: Picture | None = None
        self._bodiless = False

    def take(self, frame: Frame) -> Noticed:
        """Judge a frame."""
        self._frame_s = frame.at_s
        picture = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
        kind, since = self._covered(picture, frame.at_s), self._still_s
        if kind is None:
            kind, since = self._look(frame), frame.at_s
        return self._weigh(kind, since, frame.at_s)

    def miss(self, now_s: float) -> Noticed:
        """No new frame until now."""
        if now_s - self._frame_s < self._at.lost_s:
            return self._told
        self._faces.interrupted()
        return self._weigh(LockKind.CAMERA_LOST, self._frame_s, now_s)

    # --- one look

    def _covered(self, picture: Picture, at_s: float) -> LockKind | None:
        small = cv2.resize(picture, (40, 30), interpolation=cv2.INTER_AREA)
        probe = np.ascontiguousarray(picture[::4, ::4])
        if self._before is None or not np.array_equal(probe, self._before):
            self._before, self._still_s = probe, at_s
        elif at_s - self._still_s >= self._at.frozen_s:
            self._faces.interrupted()
            return LockKind.COVERED
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.int16)
        curved = sum(float(np.abs(np.diff(grey, 2, axis)).mean()) for axis in (0, 1))
        if float(grey.mean()) >= self._at.dark and curved >= self._at.smooth:
            return None
        self._still_s = at_s  # a black picture is dark from now on, not since it stopped to move
        self._faces.interrupted()
        return LockKind.COVERED

    def _look(self, frame: Frame) -> LockKind | None:
        faces = self._engines.find_quickly(frame)
        if not faces:
            return self._faceless(frame)
        self._face_s = frame.at_s
        if len(faces) > 1 and faces[1].area >= self._at.bystander * faces[0].area:
            return LockKind.SECOND_FACE
        other = self._faces.is_other(frame, faces[0])
        if other is None:  # it cannot be compared as it is turned: nothing becomes better or worse by it
            return self._told.kind and LockKind.ABSENT
        return LockKind.OTHER_FACE if other else None

    def _faceless(self, frame: Frame) -> LockKind | None:
        """Who was here and looks down or away still is; who was not has to show the face first."""
        self._faces.interrupted()
        if self._told.kind is not None or frame.at_s - self._face_s >= self._at.faceless_s:
            return LockKind.ABSENT
        return None if self._is_somebody(frame) else LockKind.ABSENT

    def _is_somebody(self, frame: Frame) -> bool:
        try:
            return self._bodies.share(_small(frame)) >= self._at.body
        except FileNotFoundError:
            if not self._bodiless:
                log.warning("no model for bodies: who looks down is taken for absent; run make setup")
            self._bodiless = True
            return False

    # --- what many looks say

    def _weigh(self, kind: LockKind | None, since_s: float, now_s: float) -> Noticed:
        if kind is None:
            self._doubt = None
            if self._told.kind is not None:
                self._told = Noticed(None, now_s)
            return self._told
        if self._doubt is None and self._told.kind is None:
            self._unwell_s = since_s
        if self._doubt is None or self._doubt[0] is not kind:
            self._doubt = (kind, since_s)
        if now_s - self._doubt[1] >= self._needed_s(kind) and kind is not self._told.kind:
            self._told = Noticed(kind, self._unwell_s)
        return self._told

    def _needed_s(self, kind: LockKind) -> float:
        return {
            LockKind.ABSENT: self._at.absent_s,
            LockKind.SECOND_FACE: self._at.second_s,
            LockKind.COVERED: self._at.second_s if self._still_s == self._frame_s else 0.0,
        }.get(kind, 0.0)


class _Comparison:
    """Whether the face before the camera is the member's, asked as seldom as will do."""

    def __init__(self, engines: Engines, at: Bounds, known: Feature | None) -> None:
        self._engines, self._at = engines, at
        self._known = [] if known is None else [known]
        """The face that opened the seat, and how it looked when it was last recognised."""
        self._asked_s: float | None = None
        self._strikes = 0

    def interrupted(self) -> None:
        """The face was away: who comes back is compared at once."""
        self._asked_s = None

    def is_other(self, frame: Frame, face: Face) -> bool | None:
        """Whether it is another's face, which two comparisons must say; None while that is open."""
        if not self._known:
            return False
        rest = self._at.again_s if self._strikes else self._at.compare_s
        if self._asked_s is None or frame.at_s - self._asked_s >= rest:
            if abs(turn(face)) <= self._at.turned and face.width >= self._at.least_px:
                self._compare(frame, face)
            elif self._asked_s is None:
                return None
        return None if self._strikes == 1 else self._strikes > 1

    def _compare(self, frame: Frame, face: Face) -> None:
        self._asked_s = frame.at_s
        feature = self._engines.sface(frame, face)
        first = alike_sface(feature, self._known[0])
        score = max(first, alike_sface(feature, self._known[-1]))
        if first >= self._at.alike:
            self._known = [self._known[0], feature]
        self._strikes = self._strikes + 1 if score < self._at.other else 0


def _small(frame: Frame) -> Picture:
    picture = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
    return np.asarray(cv2.resize(picture, (256, 144), interpolation=cv2.INTER_AREA), np.uint8)

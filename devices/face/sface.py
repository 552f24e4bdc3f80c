"""The room's face matcher: YuNet and SFace decide, face_recognition is asked in the grey zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.ports.camera import Frame
from app.ports.face import (
    Candidate,
    EnrolmentError,
    EnrolmentFault,
    Face,
    FaceAdvice,
    FaceDecision,
    FaceVerdict,
    Identification,
    Reference,
    Template,
    TemplateKind,
)
from devices.face import decision, quality
from devices.face.chip import read_portrait
from devices.face.engines import Engines, Feature, alike_dlib, alike_sface
from devices.face.settings import thresholds_hash
from devices.pictures import BadPicture

# A template is SFace's feature and, where there was a second opinion, face_recognition's encoding after it.
MODEL = "sface-2021dec-int8bq"
VERSION = 1
_NUMBERS = 128
_BYTES = 4 * _NUMBERS


class SFaceMatcher:
    """A FaceMatcher; safe to call from any thread."""

    def __init__(
        self,
        engines: Engines | None = None,
        thresholds: decision.Thresholds | None = None,
        advice: quality.Quality | None = None,
        *,
        second_opinion: bool = True,
    ) -> None:
        self._engines = engines or Engines()
        self._at = thresholds or decision.Thresholds()
        self._hash = thresholds_hash(self._at)
        self._advice = advice or quality.Quality()
        self._second_opinion = second_opinion

    def find(self, frame: Frame) -> tuple[Face, ...]:
        """The faces in a frame, the largest first."""
        return self._engines.find(frame)

    def advise(self, frame: Frame) -> tuple[FaceAdvice, ...]:
        """What would make this frame serve."""
        return quality.advise(frame, self.find(frame), self._advice)

    @property
    def reads(self) -> TemplateKind:
        """SFace's numbers, with face_recognition's behind them where there was a second opinion."""
        return TemplateKind(MODEL, VERSION)

    def enrol(self, picture: bytes | Frame) -> Template:
        """A template of the one person in a picture, with both engines' numbers: nobody waits at the door."""
        try:
            frame = read_portrait(picture) if isinstance(picture, bytes) else picture
        except BadPicture as error:
            raise EnrolmentError(EnrolmentFault.BAD_PICTURE, error.fault.value) from error
        face = self._one(frame)
        if not isinstance(face, Face):
            many = face is FaceVerdict.MANY_FACES
            raise EnrolmentError(EnrolmentFault.MANY_FACES if many else EnrolmentFault.NO_FACE)
        features = [self._engines.sface(frame, face)]
        if self._second_opinion:
            features.append(self._engines.dlib(frame, face))
        return Template(MODEL, VERSION, b"".join(f.astype("<f4").tobytes() for f in features))

    def compare(self, live: Frame, with_: Template, kind: Reference = Reference.PORTRAIT) -> FaceDecision:
        """1:1. ValueError for a template of another model: it must be enrolled again."""
        reference, encoding = _features(with_)
        face = self._one(live)
        if not isinstance(face, Face):
            return FaceDecision(face)
        score = alike_sface(self._engines.sface(live, face), reference)
        if kind is Reference.CHIP:
            return replace(decision.decide_chip(score, self._at), thresholds=self._hash)

        def second() -> float | None:
            if encoding is None or not self._second_opinion:
                return None
            return alike_dlib(self._engines.dlib(live, face), encoding)

        return replace(decision.decide(score, second, self._at), thresholds=self._hash)

    def identify(self, live: Frame, among: Mapping[str, Template], top: int = 3) -> Identification:
        """1:N by SFace alone."""
        face = self._one(live)
        if not isinstance(face, Face):
            return Identification(face)
        feature = self._engines.sface(live, face)
        scores = [Candidate(name, alike_sface(feature, _features(t)[0])) for name, t in among.items()]
        return decision.decide_among(scores, self._at, top)

    def _one(self, frame: Frame) -> Face | FaceVerdict:
        """The one person in a frame, or why there is none: people far behind do not count."""
        faces = self.find(frame)
        if not faces:
            return FaceVerdict.NO_FACE
        if len(faces) > 1 and faces[1].area >= self._at.bystander * faces[0].area:
            return FaceVerdict.MANY_FACES
        return faces[0]


def feature_of(template: Template) -> Feature:
    """SFace's feature in a template. ValueError for one of another model."""
    return _features(template)[0]


def _features(template: Template) -> tuple[Feature, Feature | None]:
    if (template.model, template.version) != (MODEL, VERSION) or len(template.data) not in (
        _BYTES,
        2 * _BYTES,
    ):
        raise ValueError(f"a template of {template.model} version {template.version} is not ours")
    numbers = np.frombuffer(template.data, "<f4").astype(np.float32)
    return numbers[:_NUMBERS], numbers[_NUMBERS:] if numbers.size > _NUMBERS else None

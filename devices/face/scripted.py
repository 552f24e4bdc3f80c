"""A face matcher that knows people by a picture's bytes, for tests of other parts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

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
from devices.face import decision

MODEL, VERSION = "scripted", 1
_POINTS = ((0.35, 0.4), (0.65, 0.4), (0.5, 0.55), (0.4, 0.75), (0.6, 0.75))


class ScriptedFaceMatcher:
    """People are told to it by `knows(name, picture)`; one person's pictures score 0.9, two people's 0.1.

    `score_next` puts another score on the next comparison, so that the grey zone can be played.
    """

    def __init__(self, thresholds: decision.Thresholds | None = None) -> None:
        self._at = thresholds or decision.Thresholds()
        self._people: dict[str, tuple[str, ...]] = {}
        self._advice: tuple[FaceAdvice, ...] = ()
        self._next: float | None = None

    def knows(self, picture: bytes | Frame, *people: str) -> None:
        """This picture shows these people (nobody, one, or several)."""
        self._people[_key(picture)] = people

    def advises(self, *advice: FaceAdvice) -> None:
        """What `advise` says of a picture with one person in it."""
        self._advice = advice

    def score_next(self, score: float) -> None:
        """The next comparison gets this score."""
        self._next = score

    def find(self, frame: Frame) -> tuple[Face, ...]:
        """A face, two thirds of the picture high, for each person in it."""
        w, h = frame.width * 0.5, frame.height * 0.66
        left, top = (frame.width - w) / 2, (frame.height - h) / 2
        points = tuple((left + x * w, top + y * h) for x, y in _POINTS)
        return tuple(Face(left, top, w, h, points, 0.99) for _ in self._people.get(_key(frame), ()))

    def advise(self, frame: Frame) -> tuple[FaceAdvice, ...]:
        """As the script says, once one person is there."""
        match len(self._people.get(_key(frame), ())):
            case 0:
                return (FaceAdvice.COME_INTO_VIEW,)
            case 1:
                return self._advice
            case _:
                return (FaceAdvice.ONE_PERSON,)

    @property
    def reads(self) -> TemplateKind:
        """Its own."""
        return TemplateKind(MODEL, VERSION)

    def enrol(self, picture: bytes | Frame) -> Template:
        """A template that holds the person's name."""
        if picture == b"":
            raise EnrolmentError(EnrolmentFault.BAD_PICTURE, "empty")
        people = self._people.get(_key(picture), ())
        if len(people) != 1:
            raise EnrolmentError(EnrolmentFault.MANY_FACES if people else EnrolmentFault.NO_FACE)
        return Template(MODEL, VERSION, people[0].encode())

    def compare(self, live: Frame, with_: Template, kind: Reference = Reference.PORTRAIT) -> FaceDecision:
        """The room's own rule over the scripted score; there is no second opinion."""
        people = self._people.get(_key(live), ())
        if with_.model != MODEL:
            raise ValueError(f"a template of {with_.model} is not ours")
        if len(people) != 1:
            return FaceDecision(FaceVerdict.MANY_FACES if people else FaceVerdict.NO_FACE)
        score = self._score(people[0], with_)
        if kind is Reference.CHIP:
            return decision.decide_chip(score, self._at)
        return decision.decide(score, lambda: None, self._at)

    def identify(self, live: Frame, among: Mapping[str, Template], top: int = 3) -> Identification:
        """The room's own rule over the scripted scores."""
        people = self._people.get(_key(live), ())
        if len(people) != 1:
            return Identification(FaceVerdict.MANY_FACES if people else FaceVerdict.NO_FACE)
        scores = [Candidate(name, self._score(people[0], template)) for name, template in among.items()]
        return decision.decide_among(scores, self._at, top)

    def _score(self, person: str, template: Template) -> float:
        if self._next is not None:
            score, self._next = self._next, None
            return score
        return 0.9 if person.encode() == template.data else 0.1


def _key(picture: bytes | Frame) -> str:
    return hashlib.sha256(picture if isinstance(picture, bytes) else picture.rgb).hexdigest()

"""Whose face is sought and what came of it: the reference, the figures, and what a living face showed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.ports.camera import Frame
from app.ports.face import FaceDecision, Reference, Template
from app.ports.liveness import Challenge, LivenessReason, LivenessVerdict
from ui.kiosk.face_tally import Doubt

_DOUBTS = {
    LivenessReason.TIMEOUT: Doubt.NOT_SHOWN,
    LivenessReason.NO_FACE: Doubt.NOT_SHOWN,
    LivenessReason.FLAT: Doubt.FLAT,
    LivenessReason.FACE_CHANGED: Doubt.OTHER_FACE,
    LivenessReason.MANY_FACES: Doubt.OTHER_FACE,
    LivenessReason.UNREADABLE: Doubt.NO_LIVENESS,
}


@dataclass(frozen=True)
class Sought:
    """What the face before the camera is compared with: an enrolled template, or a picture (JPEG, PNG, BMP); None
    where one clear picture of a face is all that is wanted."""

    face: Template | bytes | None = field(repr=False)
    kind: Reference = Reference.PORTRAIT


@dataclass(frozen=True)
class Outcome:
    """How a check ended: known, or in a doubt; with every figure that people may want, and the last picture."""

    doubt: Doubt | None = None
    decision: FaceDecision | None = None
    challenges: tuple[Challenge, ...] = ()
    verdict: LivenessVerdict | None = None
    last: Frame | None = field(default=None, repr=False)

    def alive(self) -> dict[str, Any]:
        """What a living face showed, as the room keeps it: words and text, never a picture."""
        verdict = self.verdict or LivenessVerdict(False, LivenessReason.UNREADABLE)
        return {
            "reason": verdict.reason.value,
            "challenges": [challenge.value for challenge in self.challenges],
            "figures": {name: f"{value:.4f}" for name, value in sorted(verdict.evidence.items())},
            "cues": list(verdict.cues),
        }

    def figures(self) -> str:
        """The figures in one line, for the two who decide; empty where nothing was measured."""
        told = []
        if self.decision is not None and self.decision.score is not None:
            told.append(f"{self.decision.engine.value} {self.decision.score:.2f}")
        if self.verdict is not None:
            told.append(" ".join((self.verdict.reason.value, *self.verdict.cues)))
        return ", ".join(told)


def doubt_of(verdict: LivenessVerdict, kind: Reference) -> Doubt | None:
    """Why people decide after this attempt, if they must."""
    if not verdict.passed:
        return _DOUBTS.get(verdict.reason, Doubt.NOT_SHOWN)
    if verdict.cues:
        return Doubt.CUES
    return Doubt.CHIP if kind is Reference.CHIP else None

"""Liveness that answers as it was told, for rehearsals, whose films do not turn, and for tests of other parts."""

from __future__ import annotations

from collections.abc import Sequence

from app.ports.camera import Frame
from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge, LivenessReason, LivenessStep, LivenessVerdict


class ScriptedLiveness:
    """Each challenge is done after `frames` frames; then the attempt ends as `ends` says, else it passes."""

    def __init__(self, frames: int = 2) -> None:
        self.frames = frames
        self.asked: list[tuple[Challenge, ...]] = []
        self._end = LivenessVerdict(True, LivenessReason.PASSED, {"scripted": 1.0})
        self._advice: tuple[FaceAdvice, ...] = ()
        self._error: Exception | None = None

    def ends(self, reason: LivenessReason, *cues: str) -> None:
        """The next attempts end so."""
        passed = reason is LivenessReason.PASSED
        self._end = LivenessVerdict(passed, reason, {"scripted": 1.0 if passed else 0.0}, cues)

    def advises(self, *advice: FaceAdvice) -> None:
        """What the steps say of the frames."""
        self._advice = advice

    def breaks(self, error: Exception | None) -> None:
        """The next frame makes the attempt fail with this error."""
        self._error = error

    def begin(self, challenges: Sequence[Challenge]) -> ScriptedAttempt:
        """Ask for these."""
        if not challenges or set(challenges) == {Challenge.BLINK}:
            raise ValueError("nothing to ask for")
        self.asked.append(tuple(challenges))
        return ScriptedAttempt(tuple(challenges), self.frames, self._end, self._advice, self._error)


class ScriptedAttempt:
    """One attempt."""

    def __init__(
        self,
        challenges: tuple[Challenge, ...],
        frames: int,
        end: LivenessVerdict,
        advice: tuple[FaceAdvice, ...],
        error: Exception | None,
    ) -> None:
        self._challenges, self._frames, self._end = challenges, frames, end
        self._advice, self._error = advice, error
        self._seen = 0

    def take(self, frame: Frame) -> LivenessStep:
        """Count the frame."""
        if self._error is not None:
            raise self._error
        total = len(self._challenges)
        self._seen += 1
        done = min(self._seen // self._frames, total)
        if done == total:
            return LivenessStep(None, done, total, self._advice, self._end)
        return LivenessStep(self._challenges[done], done, total, self._advice)

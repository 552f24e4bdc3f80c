"""A living person or a picture of one: what is asked of who stands before the camera, and what came of it.

The program never decides alone: what did not pass, or carries a cue, is looked at by a person who sees the live
picture beside the reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from app.ports.camera import Frame
from app.ports.face import FaceAdvice


class Challenge(Enum):
    """One thing that the person is asked to do; left and right are the person's own."""

    LEFT = "left"
    RIGHT = "right"
    MOUTH = "mouth"
    BLINK = "blink"  # optional evidence: never asked for alone


class LivenessReason(Enum):
    """Why an attempt ended as it did; the value is the stable word."""

    PASSED = "passed"
    TIMEOUT = "timeout"  # not all was done in time
    FLAT = "flat"  # it turned as a flat picture turns
    FACE_CHANGED = "face_changed"  # not the same face throughout
    NO_FACE = "no_face"  # no face to be seen for too long
    MANY_FACES = "many_faces"
    UNREADABLE = "unreadable"  # the pictures cannot be judged: no model, no film


@dataclass(frozen=True, slots=True)
class LivenessVerdict:
    """The end of an attempt. `cues` name what a person should look at (texture, replay): signals, never a gate.

    `evidence` holds every measured figure with the threshold beside it, by name, so that it can be followed later.
    """

    passed: bool
    reason: LivenessReason
    evidence: Mapping[str, float] = field(default_factory=dict)
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LivenessStep:
    """Where an attempt is after a frame: what to do now, how much of all is done, and the end once it has come."""

    challenge: Challenge | None
    done: int
    total: int
    advice: tuple[FaceAdvice, ...] = ()
    verdict: LivenessVerdict | None = None


class LivenessAttempt(Protocol):
    """One person's attempt, fed frame by frame from one thread; time is that of the frames (`Frame.at_s`)."""

    def take(self, frame: Frame) -> LivenessStep:
        """Judge one more frame (tens of milliseconds); after the end the same verdict again."""
        ...


class Liveness(Protocol):
    """Begins attempts."""

    def begin(self, challenges: Sequence[Challenge]) -> LivenessAttempt:
        """Ask for these in this order; ValueError for none, or for a blink alone."""
        ...

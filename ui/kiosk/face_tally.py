"""When a row of comparisons is enough to know a person, and when it is enough to ask people instead. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.ports.face import FaceDecision, FaceVerdict


class Doubt(Enum):
    """Why the face did not decide; the value is the stable word."""

    NO_PORTRAIT = "no_portrait"
    NO_CAMERA = "no_camera"
    UNLIKE = "unlike"
    UNSURE = "unsure"
    TIMEOUT = "timeout"
    OWN_WISH = "own_wish"
    CHIP = "chip"  # alike to the chip's photo, which by rule a person confirms
    NOT_SHOWN = "not_shown"  # what was asked was not done in time
    FLAT = "flat"  # it turned as a picture turns
    OTHER_FACE = "other_face"  # not one and the same face throughout
    CUES = "cues"  # alive, and yet something about the picture is odd
    NO_LIVENESS = "no_liveness"  # this machine cannot tell whether a living person stands there
    LATE = "late"
    DOOR = "door"  # the door no longer opens by face


@dataclass(frozen=True)
class FaceRule:
    """`needed` comparisons in a row must say the same person, `period_s` apart; `patience` others, or `limit_s`
    seconds in all, and two people decide. `still_s` without a fresh picture, or with a black one, and the camera
    counts as broken; what is asked of a living face may take `alive_s`; a person may try `tries` times."""

    needed: int = 3
    period_s: float = 0.3
    patience: int = 6
    limit_s: float = 25.0
    still_s: float = 3.0
    alive_s: float = 25.0
    tries: int = 3


@dataclass(frozen=True)
class FaceTally:
    """How far the row is."""

    rule: FaceRule
    same: int = 0
    others: int = 0
    last: FaceDecision | None = None

    def with_(self, decision: FaceDecision) -> FaceTally:
        """The tally after one more comparison. A picture without one clear face neither helps nor harms, except
        that the row begins anew: it must be the same face all through."""
        if decision.verdict in _ALIKE:
            return replace(self, same=self.same + 1, last=decision)
        if decision.verdict in {FaceVerdict.NO_FACE, FaceVerdict.MANY_FACES}:
            return replace(self, same=0)
        return replace(self, same=0, others=self.others + 1, last=decision)

    @property
    def known(self) -> bool:
        """The row is long enough."""
        return self.same >= self.rule.needed

    def doubt(self, elapsed_s: float) -> Doubt | None:
        """Why people must decide, if they must."""
        if self.others >= self.rule.patience and self.last is not None:
            return Doubt.UNLIKE if self.last.verdict is FaceVerdict.DIFFERENT else Doubt.UNSURE
        return Doubt.TIMEOUT if elapsed_s >= self.rule.limit_s else None


_ALIKE = frozenset({FaceVerdict.SAME, FaceVerdict.CONFIRM})
"""Alike: the list's portrait, or, for a person to confirm, the chip's photo."""

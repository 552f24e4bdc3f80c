"""Is the member, and nobody else, before the seat? What a watch notices in the camera's pictures, and since when.

A picture goes no further than the watch: what comes out is a kind and a moment. Looking down or away is not absence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.evaluation.matters.presence.records import LockKind
from app.ports.camera import Frame
from app.ports.face import Template

NOTICED_S = 3.0
"""Within so many seconds a watch tells what it sees, where it is given a frame at least every half second."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """How things stand: `kind` None, the member alone is there; else why not, as it looks now.

    `since_s` is the monotonic second from which on the member was not seen alone there (of a well-kept seat: from
    which on it is well). It stays while one kind turns into another.
    """

    kind: LockKind | None
    since_s: float


class PresenceWatch(Protocol):
    """Looks after one person at one seat; fed from one thread, in the order of time."""

    def take(self, frame: Frame) -> Noticed:
        """Judge a frame, taken at `frame.at_s` (some ten milliseconds)."""
        ...

    def miss(self, now_s: float) -> Noticed:
        """The camera gave no new frame until now."""
        ...


class Presence(Protocol):
    """Begins watches."""

    def watch(self, known: Template | None, now_s: float) -> PresenceWatch:
        """Watch from now on; None: no faces are compared, since this person was let in by people, not by the face."""
        ...

"""How long the link waits for what, in seconds, and the growing pauses between two attempts."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """The link's patience. The defaults are those of a room; tests are quicker."""

    connect_s: float = 1.5
    """For a connection to stand. Short, because nothing can interrupt it: `stop` has to end within two seconds."""
    answer_s: float = 10.0
    """For the first byte of an answer, and for each further piece."""
    long_answer_s: float = 120.0
    """The same for an import or an evidence package, which the room works on first."""
    silence_s: float = 15.0
    """The room pings every 10 s: a stream that is silent for longer is dead."""
    first_pause_s: float = 0.2
    longest_pause_s: float = 5.0
    view_pause_s: float = 0.1
    """A burst of entries costs one view, not one each."""
    debt_pause_s: float = 1.0
    """Before a refused debt is tried again; doubled each time up to a minute."""
    proof_pause_s: float = 10.0
    """Between two looks at the signed checkpoints: the room signs as often while entries come."""
    grace_s: float = 0.4
    """What is under way when the link stops may end by itself for so long; then its connection is cut."""
    stop_s: float = 1.9
    """When `stop` returns at the latest."""


CONSOLE = Timing(view_pause_s=0.4)
"""A console has a whole room in view, whose view is large; nobody reads three of them a second."""


class Pace:
    """Pauses that double up to the longest, each with jitter: after a restart of the room its machines do not all
    come back in the same instant."""

    def __init__(self, timing: Timing, chance: Callable[[], float] = random.random) -> None:
        self._timing = timing
        self._chance = chance
        self._pause = timing.first_pause_s

    def next(self) -> float:
        """How long to wait now: between half and one and a half of the pause that is due."""
        pause = self._pause * (0.5 + self._chance())
        self._pause = min(self._pause * 2, self._timing.longest_pause_s)
        return pause

    def reset(self) -> None:
        """All is well again: the next pause is the first."""
        self._pause = self._timing.first_pause_s

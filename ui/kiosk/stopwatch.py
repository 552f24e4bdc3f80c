"""How many acts a check-in asks of a person, and how long the machine itself makes that person wait. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ports.ambient import Clock


class Done(StrEnum):
    """One thing that a person did."""

    CARD = "card"
    LOOK = "look"
    TURN = "turn"
    LOCKER = "locker"
    KEY = "key"
    STAFF = "staff"


@dataclass(frozen=True)
class Served:
    """One check-in from card to seat: what the person did, the machine's own seconds, and all of them."""

    acts: tuple[Done, ...]
    machine_s: float
    whole_s: float


class Stopwatch:
    """Runs from the card to the seat's number; it counts while the person can only wait for the machine."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun: float | None = None
        self._since: float | None = None
        self._machine = 0.0
        self._acts: list[Done] = []

    def begin(self) -> None:
        """A document was shown: the machine is at work."""
        self._begun = self._since = self._clock.monotonic()
        self._machine = 0.0
        self._acts = [Done.CARD]

    def acted(self, act: Done) -> None:
        """The person did this; the machine is at work again."""
        if self._begun is not None:
            self._acts.append(act)
            self.working()

    def working(self) -> None:
        """The machine is at work."""
        if self._begun is not None and self._since is None:
            self._since = self._clock.monotonic()

    def waiting(self) -> None:
        """It is the person's turn."""
        if self._since is not None:
            self._machine += self._clock.monotonic() - self._since
            self._since = None

    def end(self) -> Served | None:
        """The number is on the screen; None where this was no check-in."""
        if self._begun is None:
            return None
        self.waiting()
        served = Served(tuple(self._acts), self._machine, self._clock.monotonic() - self._begun)
        self._begun = None
        return served

    def forget(self) -> None:
        """This visit is none."""
        self._begun = self._since = None

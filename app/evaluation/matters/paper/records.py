"""What may be on a paper, the events and commands about it, and what the matter remembers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.papers import Paper


class Step(StrEnum):
    """What may be on a paper. The first five stand for a step; the next two only lie with the record."""

    DISCIPLINE = "discipline"
    PLEDGE = "pledge"
    CONFIRM = "confirm"
    DISSENT = "dissent"
    SIGNATURE = "signature"
    SIGN_IN = "sign_in"
    OTHER = "other"
    BALLOT = "ballot"
    REVIEW = "review"
    MARKS = "marks"


SECRET = (Step.BALLOT, Step.REVIEW, Step.MARKS)
"""Never scanned: they come in a sealed envelope, and stay in it."""

OF_LOT = frozenset({Step.CONFIRM, Step.DISSENT, Step.SIGNATURE, Step.REVIEW, Step.MARKS})


class Found(StrEnum):
    """What became of an entry."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True)
class PaperEntered(Event):
    """The centre entered what a member (`alias`, '' for nobody's) did on paper.

    `words` are what it says, where that counts: a dissent, or another paper.
    """

    number: int
    what: str
    alias: str
    lot: str
    paper: Paper
    words: str
    reason: str


@dataclass(frozen=True)
class EnvelopeKept(Event):
    """The centre put a sealed envelope with a member's sheet on record, by the number written on it."""

    number: int
    what: str
    alias: str
    lot: str
    label: str
    reason: str


@dataclass(frozen=True)
class PaperConfirmed(Event):
    """The witness compared the paper with what was entered; `seen` is the scan's hash or the envelope's number."""

    number: int
    seen: str
    alias: str


@dataclass(frozen=True)
class PaperRejected(Event):
    """The witness found that paper and entry differ: the entry counts for nothing."""

    number: int
    reason: str
    alias: str


@dataclass(frozen=True)
class EnterPaper(Command):
    """Enter what a member did on paper; `lot` '' where it is about none."""

    what: str
    alias: str
    lot: str
    paper: Paper
    words: str
    reason: str


@dataclass(frozen=True)
class KeepEnvelope(Command):
    """Put a sealed envelope on record."""

    what: str
    alias: str
    lot: str
    label: str
    reason: str


@dataclass(frozen=True)
class ConfirmPaper(Command):
    """Attest that the paper says what was entered."""

    number: int
    seen: str


@dataclass(frozen=True)
class RejectPaper(Command):
    """Say why it does not."""

    number: int
    reason: str


@dataclass(frozen=True)
class Entry:
    """One paper or envelope, and what became of it."""

    number: int
    what: Step
    alias: str
    lot: str
    paper: Paper | None
    label: str
    words: str
    reason: str
    at: str
    found: Found = Found.WAITING
    settled_at: str = ""
    why: str = ""

    @property
    def seen(self) -> str:
        """What a witness has before the eyes: the scan by its hash, the envelope by its number."""
        return self.label if self.paper is None else self.paper.sha256


@dataclass(frozen=True)
class Papers:
    """Every paper that was entered, in order."""

    entries: tuple[Entry, ...] = ()

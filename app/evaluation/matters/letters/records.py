"""A letter to a bidder: what it asks, when it was passed on and answered, and how the committee closed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.papers import Paper


class LetterKind(StrEnum):
    """What a letter is about."""

    CLARIFICATION = "clarification"
    CORRECTION = "correction"
    LOW_PRICE = "low_price"


class Outcome(StrEnum):
    """How the committee closed a letter."""

    ACCEPTED = "accepted"
    CHANGES_SUBSTANCE = "changes_substance"
    """The answer would change the substance of the bid, so it is disregarded (条例 52)."""
    REFUSED = "refused"
    """The bidder refused, kept silent, or answered too late and was not heard."""
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Mask:
    """Whom a letter goes to while nobody may know whose bid is whose (暗标): a member's code among these bids."""

    alias: str
    code: str
    bids: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What the witness found on comparing an answer that goes to a committee which may not know whose it is."""

    in_order: bool
    reason: str
    at: str


@dataclass(frozen=True)
class Answer:
    """What the bidder wrote; `confirms` only where a corrected price is to be confirmed."""

    text: str
    papers: tuple[Paper, ...]
    confirms: bool | None
    at: str
    late: bool
    taken: bool | None = None
    """A late answer only: whether the committee takes it, with the reason."""
    why: str = ""
    looked: Looked | None = None
    """Of a masked letter only: the office says in plain words what the bidder wrote, and the witness compares."""

    @property
    def counts(self) -> bool:
        """In time, or late and taken."""
        return not self.late or self.taken is True


@dataclass(frozen=True)
class Silence:
    """No answer: the bidder refused one, or the time ran out."""

    refused: bool
    reason: str
    at: str


@dataclass(frozen=True)
class Letter:
    """One letter, numbered through the evaluation."""

    number: int
    kind: LetterKind
    lot: str
    bid: str | None
    """None while the bid is known by a code alone."""
    text: str
    minutes: int
    asked_at: str
    passed_at: str | None = None
    deadline: str | None = None
    answer: Answer | None = None
    silence: Silence | None = None
    outcome: Outcome | None = None
    reason: str = ""
    closed_at: str | None = None
    mask: Mask | None = None
    """Asked while bids had codes; it stays when they are opened."""
    sent_back: tuple[Looked, ...] = ()
    """What the witness sent back before, of a masked letter."""

    @property
    def known_bid(self) -> str:
        """The bid that it is about; LookupError while that is known by a code alone."""
        if self.bid is None:
            raise LookupError(f"letter {self.number} is masked")
        return self.bid

    @property
    def given(self) -> Answer | None:
        """The answer as it lies before the committee: of a masked letter not before the witness has compared it."""
        found = self.answer
        cleared = self.mask is None or (found is not None and found.looked is not None and found.looked.in_order)
        return found if cleared else None

    @property
    def to_enter(self) -> bool:
        """Open, and the office has yet to enter an answer or that there is none; also when one was sent back."""
        back = self.answer is not None and self.answer.looked is not None and not self.answer.looked.in_order
        return self.open and self.silence is None and (self.answer is None or back)

    @property
    def to_compare(self) -> bool:
        """An answer of a masked letter waits for the witness."""
        return self.open and self.mask is not None and self.answer is not None and self.answer.looked is None

    @property
    def open(self) -> bool:
        """The committee has not closed it."""
        return self.outcome is None

    @property
    def waiting(self) -> bool:
        """Open, and the committee has neither an answer nor word that none will come."""
        return self.open and self.given is None and self.silence is None

    @property
    def settled(self) -> bool:
        """The bidder's side is over: an answer that counts or was judged, or none."""
        given = self.given
        judged = given is not None and (not given.late or given.taken is not None)
        return self.silence is not None or judged

    @property
    def heard(self) -> Answer | None:
        """The answer that the committee may go by."""
        return self.given if self.given is not None and self.given.counts else None


@dataclass(frozen=True)
class Letters:
    """All letters of the evaluation by number."""

    sent: dict[int, Letter] = field(default_factory=dict)

    @property
    def next(self) -> int:
        """The number of the next letter."""
        return len(self.sent) + 1

    def of(self, lot: str, *kinds: LetterKind) -> list[Letter]:
        """A lot's letters of these kinds (none named: all), the oldest first."""
        return [one for one in self.sent.values() if one.lot == lot and (not kinds or one.kind in kinds)]

    def open_for(self, lot: str, bid: str, kind: LetterKind) -> Letter | None:
        """The letter of a kind that is open for a bid."""
        return next((one for one in self.of(lot, kind) if one.bid == bid and one.open), None)


@dataclass(frozen=True)
class PassLetter(Command):
    """Hand a letter to the bidder through the platform; the time for the answer runs from here."""

    letter: int


@dataclass(frozen=True)
class EnterAnswer(Command):
    """Enter what the bidder answered in writing."""

    letter: int
    text: str = ""
    paper: Paper | None = None
    confirms: bool | None = None


@dataclass(frozen=True)
class AttachPaper(Command):
    """Add a paper to an answer that lies before the committee."""

    letter: int
    paper: Paper


@dataclass(frozen=True)
class EnterNoAnswer(Command):
    """Record that the bidder refuses to answer, or that the time is over without an answer."""

    letter: int
    refused: bool
    reason: str


@dataclass(frozen=True)
class CompareAnswer(Command):
    """The witness: the words say what the bidder wrote, and nothing of who wrote it; or what is to be mended."""

    letter: int
    in_order: bool
    reason: str = ""


@dataclass(frozen=True)
class JudgeLateAnswer(Command):
    """The committee takes an answer that came too late, or does not."""

    letter: int
    taken: bool
    reason: str


@dataclass(frozen=True)
class WithdrawLetter(Command):
    """The committee takes a letter back that was not answered yet."""

    letter: int
    reason: str


@dataclass(frozen=True)
class LetterPassed(Event):
    """The bidder has the letter; an answer is due before `deadline`."""

    letter: int
    lot: str
    bid: str | None
    deadline: str


@dataclass(frozen=True)
class AnswerEntered(Event):
    """The bidder answered; `late` by the server's time."""

    letter: int
    lot: str
    bid: str | None
    text: str
    paper: Paper | None
    confirms: bool | None
    late: bool


@dataclass(frozen=True)
class PaperAttached(Event):
    """A paper was added to an answer."""

    letter: int
    lot: str
    bid: str | None
    paper: Paper
    late: bool


@dataclass(frozen=True)
class NoAnswerEntered(Event):
    """There is no answer and will be none."""

    letter: int
    lot: str
    bid: str | None
    refused: bool
    reason: str


@dataclass(frozen=True)
class AnswerCompared(Event):
    """The witness let the words pass to the committee, or sent them back."""

    letter: int
    lot: str
    in_order: bool
    reason: str


@dataclass(frozen=True)
class LateAnswerJudged(Event):
    """The committee took a late answer, or did not."""

    letter: int
    lot: str
    bid: str | None
    taken: bool
    reason: str


@dataclass(frozen=True)
class LetterWithdrawn(Event):
    """The committee took a letter back."""

    letter: int
    lot: str
    bid: str | None
    reason: str

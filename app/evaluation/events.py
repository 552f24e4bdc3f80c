"""What happens on the main way of an evaluation: one frozen dataclass an entry type, its fields the entry's data.

Longer than the house's measure because it is one list. What may come up beside the main way stands in `matters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec


@dataclass(frozen=True)
class Event:
    """A fact of the journal; the class name is the entry's `type`."""

    def data(self) -> dict[str, Any]:
        """Return the entry's `data`."""
        return dict(codec.to_json(self))


@dataclass(frozen=True)
class EvaluationOpened(Event):
    """The first entry: what is judged, by which frozen rules, by how many sealed members."""

    rehearsal: bool
    package: str
    ruleset_hash: str
    ruleset: dict[str, Any]
    tender: dict[str, Any]
    members: tuple[dict[str, Any], ...]
    members_hash: str
    entitled: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class SealingKeyOffered(Event):
    """The room offers a key that lives in its memory alone; sheet keys are sealed to it."""

    key_id: str
    public: str


@dataclass(frozen=True)
class SlotsAllotted(Event):
    """The slots of this evaluation, drawn to seats and aliases in the room's stream; the outcome is sealed."""

    draw_no: int
    transcript_hash: str
    alias_draw_no: int
    alias_transcript_hash: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseRequested(Event):
    """A face that did not decide: two people are asked to release `what` (`admission`, `seat`) of a member."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class ReleaseApproved(Event):
    """One of the two people (roles) agreed."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class ReleaseRefused(Event):
    """One of the two people said no; the request is over."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class Liveness:
    """What showed that a living person stood before the camera: what was asked in which order, and every figure
    measured, as text; `cues` are what a person should look at. Never a picture."""

    reason: str
    challenges: tuple[str, ...]
    figures: dict[str, str]
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemberCheckedIn(Event):
    """A member was known at the door. `means`: `face` (document and face), `two_person` (document, and two people), or
    `found` (no document: found by face among those expected, and two people); what was measured only for `face`."""

    member: str
    means: str
    score: str | None
    engine: str | None
    liveness: Liveness | None = codec.spoken(None)


@dataclass(frozen=True)
class PhoneStored(Event):
    """The member's phone lies in this locker."""

    member: str
    locker: str


@dataclass(frozen=True)
class SlotTaken(Event):
    """The member pressed the key and took the next slot: its seat, and the alias that was drawn for it."""

    member: str
    slot: str
    seat: str
    alias: str


@dataclass(frozen=True)
class SeatOpened(Event):
    """The seat opened for its member, by face or by two people."""

    alias: str
    means: str
    score: str | None
    engine: str | None


@dataclass(frozen=True)
class DisciplineRead(Event):
    """The member read the discipline to its end; from here on the member may know project and bidders."""

    alias: str
    read_s: int


@dataclass(frozen=True)
class PledgeGiven(Event):
    """The member gave the pledge and declared to have no interest in any of these bidders."""

    alias: str
    pledge_hash: str
    no_interest: tuple[str, ...]


@dataclass(frozen=True)
class MemberRecused(Event):
    """The member withdrew because of an interest in a bidder (回避)."""

    alias: str
    bidder: str
    reason: str


@dataclass(frozen=True)
class CommitteeConstituted(Event):
    """The composition was checked and holds."""

    aliases: tuple[str, ...]
    experts: int
    delegates: int


@dataclass(frozen=True)
class ChairProposed(Event):
    """A member put someone forward as chair."""

    alias: str
    candidate: str


@dataclass(frozen=True)
class ChairAgreed(Event):
    """A member agrees to the one put forward."""

    alias: str


@dataclass(frozen=True)
class BallotCalled(Event):
    """A secret ballot among the candidates; called by an objection or by a tie."""

    round: int
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class BallotCounted(Event):
    """Votes by candidate in one ballot."""

    round: int
    votes: dict[str, int]


@dataclass(frozen=True)
class ChairChosen(Event):
    """The chair: by `agreement`, `ballot` or `lot` among the tied."""

    alias: str
    means: str


@dataclass(frozen=True)
class LotDrawn(Event):
    """The verified draw among tied candidates, its transcript whole."""

    transcript: dict[str, Any]


@dataclass(frozen=True)
class QualificationImported(Event):
    """The purchaser's signed 资格审查 took effect on a lot (87号令 44)."""

    lot: str
    signed_by: str
    paper: str
    failed: tuple[str, ...]


@dataclass(frozen=True)
class SheetSealed(Event):
    """A member ended a round: commitment and sealed sheet; its key is sealed to the room's offered key."""

    lot: str
    kind: str
    round: int
    alias: str
    sealed: dict[str, Any]
    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class SheetKeyGiven(Event):
    """The same sheet's key again, for a room that lost its memory; the sealed sheet itself stays."""

    lot: str
    kind: str
    round: int
    alias: str
    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class SheetsOpened(Event):
    """All have ended: the sheets in the clear, each with the salt of its commitment."""

    lot: str
    kind: str
    round: int
    sheets: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class StageRepeated(Event):
    """环节重评: the chair has the stage done again, with the reason and, in ZC, its lawful ground (87号令 64)."""

    lot: str
    kind: str
    ground: str
    reason: str
    phase: str = codec.spoken("")


@dataclass(frozen=True)
class ReviewConcluded(Event):
    """The committee's decision of the preliminary review: bids rejected, each with its ground."""

    lot: str
    rejections: dict[str, str]
    competition: str | None


@dataclass(frozen=True)
class TalksDue(Event):
    """The whole group talks with each live supplier next (74号令 31; 财库〔2014〕214号 19)."""

    lot: str


@dataclass(frozen=True)
class LotFailed(Event):
    """The lot ends without result: `too_few_bids` or `no_competition`."""

    lot: str
    reason: str


@dataclass(frozen=True)
class PhaseEnded(Event):
    """The sheets of a phase are open, and something has to be opened or drawn before the lot goes on."""

    lot: str
    phase: str


@dataclass(frozen=True)
class MarkingDue(Event):
    """What the next phase of marking needs is open: its round begins."""

    lot: str


@dataclass(frozen=True)
class PlatformDue(Event):
    """What is not carried here goes on upon the platform."""

    lot: str


@dataclass(frozen=True)
class ReviewDue(Event):
    """The blind phases are over and the codes open: the preliminary review begins."""

    lot: str


@dataclass(frozen=True)
class LotTallied(Event):
    """The arithmetic was done: hashes of its input and of its output, both bytes anyone can make again."""

    lot: str
    case_hash: str
    result_hash: str
    findings: int


@dataclass(frozen=True)
class FindingsNoted(Event):
    """The committee looked at all findings; the chair wrote down what it says to them."""

    lot: str
    note: str


@dataclass(frozen=True)
class CheckDue(Event):
    """The organising staff's check of the alias tables is next (87号令 45, 64)."""

    lot: str


@dataclass(frozen=True)
class TablesChecked(Event):
    """The organising staff checked: in order, or raised for the committee with remarks."""

    lot: str
    in_order: bool
    remarks: str


@dataclass(frozen=True)
class CheckRaised(Event):
    """The check found something; back to the committee."""

    lot: str


@dataclass(frozen=True)
class ConfirmationDue(Event):
    """Every member is asked to confirm or dissent."""

    lot: str


@dataclass(frozen=True)
class ResultConfirmed(Event):
    """A member agrees with the result."""

    lot: str
    alias: str


@dataclass(frozen=True)
class ResultDissented(Event):
    """A member disagrees, in writing, with reasons (条例 53; 采条 41)."""

    lot: str
    alias: str
    reasons: str


@dataclass(frozen=True)
class ReportDue(Event):
    """All have confirmed or dissented."""

    lot: str


@dataclass(frozen=True)
class ReportIssued(Event):
    """The report as issued, by its hash."""

    lot: str
    sha256: str
    bytes: int
    pages: int


@dataclass(frozen=True)
class SeatWiped(Event):
    """The member's seat was wiped of everything that belonged to the evaluation."""

    alias: str
    seat: str


@dataclass(frozen=True)
class PhoneReturned(Event):
    """The member took the phone out of the locker."""

    member: str
    locker: str


@dataclass(frozen=True)
class MemberLeft(Event):
    """The door let the member out."""

    member: str


@dataclass(frozen=True)
class HelpCalled(Event):
    """A member asks the console for help."""

    alias: str
    seat: str
    text: str


@dataclass(frozen=True)
class HelpAnswered(Event):
    """Someone at a console answered."""

    alias: str
    text: str


@dataclass(frozen=True)
class RemarkAdded(Event):
    """A witness's own remark for the ledger (见证台账)."""

    text: str


@dataclass(frozen=True)
class CommandRefused(Event):
    """A refused command that matters: what was tried, why it was refused, where; never the refused content."""

    command: str
    code: str
    where: str


@dataclass(frozen=True)
class EvaluationClosed(Event):
    """The last entry of the stream."""

    entries: int

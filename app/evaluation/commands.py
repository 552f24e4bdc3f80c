"""What someone may ask of an evaluation: one frozen dataclass a command, named in the imperative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec, events


@dataclass(frozen=True)
class Command:
    """A request; the class name is its `type` on the wire."""


@dataclass(frozen=True)
class OpenEvaluation(Command):
    """Import: begin the evaluation from a checked package."""

    rehearsal: bool
    package: str
    ruleset_hash: str
    ruleset: dict[str, Any]
    tender: dict[str, Any]
    members: tuple[dict[str, Any], ...]
    members_hash: str
    entitled: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class OfferSealingKey(Command):
    """The room offers a fresh key of its memory."""

    key_id: str
    public: str


@dataclass(frozen=True)
class AllotSlots(Command):
    """Take over the sealed outcome of the room's draws."""

    draw_no: int
    transcript_hash: str
    alias_draw_no: int
    alias_transcript_hash: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class RequestRelease(Command):
    """Ask two people to admit a member (`what` = `admission`) or to open the member's seat (`seat`)."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class ApproveRelease(Command):
    """Agree, as one of two people of different roles, with a reason."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class RefuseRelease(Command):
    """Say no, with a reason."""

    what: str
    member: str
    reason: str


@dataclass(frozen=True)
class CheckIn(Command):
    """The kiosk knew the member's face (decision `same`), and a living person showed it."""

    member: str
    score: str
    engine: str
    liveness: events.Liveness | None = None


@dataclass(frozen=True)
class StorePhone(Command):
    """The phone lies in the locker."""

    member: str
    locker: str


@dataclass(frozen=True)
class TakeSlot(Command):
    """Take the next slot. The room fills in slot, seat and alias from the sealed draw."""

    member: str
    slot: str
    seat: str
    alias: str


@dataclass(frozen=True)
class OpenSeat(Command):
    """The seat knew its member's face."""

    score: str
    engine: str


@dataclass(frozen=True)
class ReadDiscipline(Command):
    """Read to the end, in so many seconds."""

    read_s: int


@dataclass(frozen=True)
class GivePledge(Command):
    """Give the pledge and declare no interest in each of the bidders named."""

    pledge_hash: str
    no_interest: tuple[str, ...]


@dataclass(frozen=True)
class Recuse(Command):
    """Withdraw because of an interest in a bidder."""

    bidder: str
    reason: str


@dataclass(frozen=True)
class ConstituteCommittee(Command):
    """Check the composition and begin."""


@dataclass(frozen=True)
class ProposeChair(Command):
    """Put a member forward as chair."""

    candidate: str


@dataclass(frozen=True)
class AgreeToChair(Command):
    """Agree to the one put forward."""


@dataclass(frozen=True)
class ObjectToChair(Command):
    """Object: a ballot decides."""


@dataclass(frozen=True)
class DrawChair(Command):
    """The lot among candidates tied in the last ballot: a verified order draw's transcript."""

    transcript: dict[str, Any]


@dataclass(frozen=True)
class SealSheet(Command):
    """End a round with a sealed sheet. `lot` is empty for a ballot; `kind` is `ballot`, `review` or `marks`."""

    lot: str
    kind: str
    round: int
    sealed: dict[str, Any]
    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class GiveSheetKey(Command):
    """Seal the key of a sheet already sealed to the room's newest offered key."""

    lot: str
    kind: str
    round: int
    key_id: str
    key: dict[str, Any]


@dataclass(frozen=True)
class OpenSheets(Command):
    """The room opens a round in which all have ended."""

    lot: str
    kind: str
    round: int
    sheets: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class RepeatStage(Command):
    """环节重评 by the chair. `ground`: GC `committee`; ZC one of `sum`, `range`, `objective`, `extreme`. `phase`: of
    marks in phases the one to do again; '' = the last one that is opened."""

    lot: str
    kind: str
    ground: str
    reason: str
    phase: str = codec.spoken("")


@dataclass(frozen=True)
class ConcludeReview(Command):
    """The chair states the decision: rejected bids with grounds; below three bids, whether there is still
    competition (`competition`: the reason why, or null)."""

    lot: str
    rejections: dict[str, str]
    competition: str | None


@dataclass(frozen=True)
class FailLot(Command):
    """The chair states that too few bids are left to compete (12号令 27)."""

    lot: str
    reason: str


@dataclass(frozen=True)
class NoteFindings(Command):
    """The chair notes what the committee says to the findings."""

    lot: str
    note: str


@dataclass(frozen=True)
class CheckTables(Command):
    """The organising staff's check before confirmation."""

    lot: str
    in_order: bool
    remarks: str


@dataclass(frozen=True)
class ConfirmResult(Command):
    """Agree with the result."""

    lot: str


@dataclass(frozen=True)
class DissentFromResult(Command):
    """Disagree, with reasons."""

    lot: str
    reasons: str


@dataclass(frozen=True)
class IssueReport(Command):
    """The room made the report."""

    lot: str
    sha256: str
    bytes: int
    pages: int


@dataclass(frozen=True)
class WipeSeat(Command):
    """The seat was wiped."""

    seat: str


@dataclass(frozen=True)
class ReturnPhone(Command):
    """The phone was taken out."""

    member: str
    locker: str


@dataclass(frozen=True)
class LeaveRoom(Command):
    """The member goes through the door."""

    member: str


@dataclass(frozen=True)
class CallHelp(Command):
    """Call the console."""

    text: str


@dataclass(frozen=True)
class AnswerHelp(Command):
    """Answer a call."""

    alias: str
    text: str


@dataclass(frozen=True)
class AddRemark(Command):
    """Write a remark into the witness ledger."""

    text: str


@dataclass(frozen=True)
class RecordRefusal(Command):
    """Record a refused command that matters."""

    command: str
    code: str
    where: str


@dataclass(frozen=True)
class CloseEvaluation(Command):
    """Close the stream."""

    entries: int


OF_EVENT: dict[type[events.Event], type[Command]] = {
    events.EvaluationOpened: OpenEvaluation,
    events.SealingKeyOffered: OfferSealingKey,
    events.SlotsAllotted: AllotSlots,
    events.ReleaseRequested: RequestRelease,
    events.ReleaseApproved: ApproveRelease,
    events.ReleaseRefused: RefuseRelease,
    events.MemberCheckedIn: CheckIn,
    events.PhoneStored: StorePhone,
    events.SlotTaken: TakeSlot,
    events.SeatOpened: OpenSeat,
    events.DisciplineRead: ReadDiscipline,
    events.PledgeGiven: GivePledge,
    events.MemberRecused: Recuse,
    events.CommitteeConstituted: ConstituteCommittee,
    events.ChairProposed: ProposeChair,
    events.ChairAgreed: AgreeToChair,
    events.BallotCalled: ObjectToChair,
    events.LotDrawn: DrawChair,
    events.SheetSealed: SealSheet,
    events.SheetKeyGiven: GiveSheetKey,
    events.SheetsOpened: OpenSheets,
    events.StageRepeated: RepeatStage,
    events.ReviewConcluded: ConcludeReview,
    events.LotFailed: FailLot,
    events.FindingsNoted: NoteFindings,
    events.TablesChecked: CheckTables,
    events.ResultConfirmed: ConfirmResult,
    events.ResultDissented: DissentFromResult,
    events.ReportIssued: IssueReport,
    events.SeatWiped: WipeSeat,
    events.PhoneReturned: ReturnPhone,
    events.MemberLeft: LeaveRoom,
    events.HelpCalled: CallHelp,
    events.HelpAnswered: AnswerHelp,
    events.RemarkAdded: AddRemark,
    events.CommandRefused: RecordRefusal,
    events.EvaluationClosed: CloseEvaluation,
}
"""The command whose first event is this one. Events that are missing here only follow from others."""

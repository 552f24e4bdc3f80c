"""What a view says about the seat: whose it is, which page is next, where each lot stands. Plain Python, no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.evaluation.matter import Notice
from app.evaluation.stages import LotStage
from app.rules.procedure import CARRIED
from ui.models.acts import Offer, offers
from ui.models.notices import notices

Json = Mapping[str, Any]


class PageCode(StrEnum):
    """The pages; most carry the code of the member's step that they serve (`app.evaluation.steps`)."""

    WAITING = "waiting"
    OPEN_SEAT = "open_seat"
    WAIT_RELEASE = "wait_release"
    RETURN = "return"
    WAIT_PAUSE = "wait_pause"
    VERIFY_PRESENCE = "verify_presence"
    UNLOCK = "unlock"
    READ_DISCIPLINE = "read_discipline"
    GIVE_PLEDGE = "give_pledge"
    WAIT_COMMITTEE = "wait_committee"
    PROPOSE_CHAIR = "propose_chair"
    ANSWER_PROPOSAL = "answer_proposal"
    WAIT_CHAIR = "wait_chair"
    BALLOT = "ballot"
    WAIT_BALLOT = "wait_ballot"
    WAIT_LOT = "wait_lot"
    REVIEW = "review"
    WAIT_REVIEW = "wait_review"
    CONCLUDE_REVIEW = "conclude_review"
    WAIT_CONCLUSION = "wait_conclusion"
    WAIT_TALK = "wait_talk"
    MARKS = "marks"
    WAIT_MARKS = "wait_marks"
    WAIT_UNSEALING = "wait_unsealing"
    WAIT_PLATFORM = "wait_platform"
    NOTE_FINDINGS = "note_findings"
    WAIT_FINDINGS = "wait_findings"
    WAIT_CHECK = "wait_check"
    CONFIRM = "confirm"
    WAIT_OPINIONS = "wait_opinions"
    WAIT_REPORT = "wait_report"
    REPORT = "report"
    SIGN_REPORT = "sign_report"
    WIPE_SEAT = "wipe_seat"
    GOODBYE = "goodbye"
    DEVICES = "devices"
    """No step: the seat's own devices, chosen and tried over any page but that of a locked seat."""
    ACTS = "acts"
    """No step: what the person may do beside it, over any page of a member who knows the project."""


class Stop(StrEnum):
    """The stops of the rail, in the law's order."""

    SEAT = "seat"
    DISCIPLINE = "discipline"
    PLEDGE = "pledge"
    CHAIR = "chair"
    PRELIMINARY = "preliminary"
    TALKING = "talking"
    MARKING = "marking"
    PLATFORM = "platform"
    TALLY = "tally"
    REPORT = "report"
    LEAVE = "leave"


STOP_OF: dict[PageCode, Stop] = {
    PageCode.OPEN_SEAT: Stop.SEAT,
    PageCode.WAIT_RELEASE: Stop.SEAT,
    PageCode.READ_DISCIPLINE: Stop.DISCIPLINE,
    PageCode.GIVE_PLEDGE: Stop.PLEDGE,
    PageCode.WAIT_COMMITTEE: Stop.PLEDGE,
    PageCode.PROPOSE_CHAIR: Stop.CHAIR,
    PageCode.ANSWER_PROPOSAL: Stop.CHAIR,
    PageCode.WAIT_CHAIR: Stop.CHAIR,
    PageCode.BALLOT: Stop.CHAIR,
    PageCode.WAIT_BALLOT: Stop.CHAIR,
    PageCode.WAIT_LOT: Stop.CHAIR,
    PageCode.REVIEW: Stop.PRELIMINARY,
    PageCode.WAIT_REVIEW: Stop.PRELIMINARY,
    PageCode.CONCLUDE_REVIEW: Stop.PRELIMINARY,
    PageCode.WAIT_CONCLUSION: Stop.PRELIMINARY,
    PageCode.WAIT_TALK: Stop.TALKING,
    PageCode.MARKS: Stop.MARKING,
    PageCode.WAIT_MARKS: Stop.MARKING,
    PageCode.WAIT_UNSEALING: Stop.MARKING,
    PageCode.WAIT_PLATFORM: Stop.PLATFORM,
    PageCode.NOTE_FINDINGS: Stop.TALLY,
    PageCode.WAIT_FINDINGS: Stop.TALLY,
    PageCode.WAIT_CHECK: Stop.TALLY,
    PageCode.CONFIRM: Stop.REPORT,
    PageCode.WAIT_OPINIONS: Stop.REPORT,
    PageCode.WAIT_REPORT: Stop.REPORT,
    PageCode.REPORT: Stop.REPORT,
    PageCode.SIGN_REPORT: Stop.REPORT,
    PageCode.WIPE_SEAT: Stop.LEAVE,
    PageCode.GOODBYE: Stop.LEAVE,
}
"""Where a page stands on the rail; the waiting chair and a locked seat have no rail."""

UNBRIEFED = frozenset({PageCode.WAITING, PageCode.OPEN_SEAT, PageCode.WAIT_RELEASE, PageCode.READ_DISCIPLINE})
"""Pages on which neither project nor bidder nor committee may stand, whatever a view holds."""

LOCKED = frozenset({PageCode.RETURN, PageCode.WAIT_PAUSE, PageCode.VERIFY_PRESENCE, PageCode.UNLOCK})
"""Pages of a seat that is locked for the time being: whoever passes it learns nothing of what is worked on."""

OF_FACES = frozenset({PageCode.OPEN_SEAT, PageCode.RETURN, PageCode.VERIFY_PRESENCE, PageCode.UNLOCK})
"""Pages that look for the member's face, and in doubt call two people."""

OWN_LOT = frozenset(
    code
    for code, stop in STOP_OF.items()
    if stop in {Stop.PRELIMINARY, Stop.TALKING, Stop.MARKING, Stop.PLATFORM, Stop.TALLY, Stop.REPORT}
    or code is PageCode.WIPE_SEAT
)
"""Pages that are about one lot, between which a member of several lots may switch."""

NO_ACTS = UNBRIEFED | LOCKED | {PageCode.GOODBYE}
"""Pages over which nothing is offered beside the next step."""

_AWAY = {"take_phone": PageCode.GOODBYE, "leave": PageCode.GOODBYE, "left": PageCode.GOODBYE}


@dataclass(frozen=True)
class Place:
    """Which page is shown: its code, its lot ('' = none) and round (0 = none). Another place is another page."""

    code: PageCode
    lot: str = ""
    round: int = 0


class Sight:
    """A view as the seat reads it. `evaluation` is that of the member here, None while nobody has the seat."""

    def __init__(self, view: Json) -> None:
        self.room: Json = view.get("room") or {}
        self.seat: str = str(view.get("seat") or "")
        mine = [evaluation for evaluation in view.get("evaluations", ()) if evaluation.get("alias")]
        self.evaluation: Json | None = mine[0] if mine else None

    @property
    def present(self) -> Json:
        """The evaluation of the member here. LookupError where nobody has the seat."""
        if self.evaluation is None:
            raise LookupError("nobody has this seat")
        return self.evaluation

    @property
    def rehearsal(self) -> bool:
        """Whether all of this is a rehearsal: the room says so, or the evaluation."""
        return bool(self.room.get("rehearsal") or (self.evaluation or {}).get("rehearsal"))

    @property
    def alias(self) -> str:
        """The alias of the member here, '' while nobody has the seat."""
        return str((self.evaluation or {}).get("alias") or "")

    @property
    def chairs(self) -> bool:
        """Whether the member here is the chair."""
        return bool(self.alias) and (self.evaluation or {}).get("chair") == self.alias

    @property
    def words(self) -> Mapping[str, str]:
        """The track's own words, {} while nobody has the seat."""
        return dict((self.evaluation or {}).get("words") or {})

    @property
    def lots(self) -> tuple[Json, ...]:
        """The lots, in the tender's order."""
        return tuple((self.evaluation or {}).get("lots") or ())

    @property
    def basis(self) -> str:
        """Which verdicts and marks need the page on which they rest: `none`, `failing` or `all`."""
        return str(((self.evaluation or {}).get("rules") or {}).get("basis", "none"))

    @property
    def carries(self) -> frozenset[str]:
        """What is done here of review, marks and report; what is not is the platform's."""
        return frozenset((self.evaluation or {}).get("carries", CARRIED))

    def lot(self, lot_id: str) -> Json:
        """One lot. LookupError where there is none."""
        found = next((lot for lot in self.lots if lot["id"] == lot_id), None)
        if found is None:
            raise LookupError(f"no lot {lot_id!r}")
        return found

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the member may do beside the next step, what somebody waits for first."""
        return offers(self.evaluation) if self.evaluation is not None else ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """How things stand beside the main way."""
        return notices(self.evaluation) if self.evaluation is not None else ()

    @property
    def timeout_s(self) -> int | None:
        """After how many seconds without its member the seat locks; None while it is not to be watched."""
        found = self._presence.get("timeout_s")
        return None if found is None else int(found)

    @property
    def lock(self) -> dict[str, Any] | None:
        """The lock by which this seat has locked itself."""
        return next(iter(self._presence.get("locked") or ()), None)

    @property
    def _presence(self) -> Json:
        return ((self.evaluation or {}).get("matters") or {}).get("presence") or {}

    def phase_of(self, lot_id: str) -> str:
        """The phase of marking that is at work in a lot, '' for none."""
        found = next((lot for lot in self.lots if lot["id"] == lot_id), {})
        phase = (found.get("round") or {}).get("phase") or {}
        return str(phase.get("id", ""))

    def place(self, chosen: str = "") -> Place:
        """The page that is next; `chosen` is the lot the person switched to, where several are at work."""
        if self.evaluation is None:
            return Place(PageCode.WAITING)
        code, lot_id = self.evaluation["next"]["code"], self.evaluation["next"]["lot"] or ""
        if code in _AWAY:
            return Place(_AWAY[code])
        page = PageCode(code)
        if page in OF_FACES and self.evaluation.get("release_waiting"):
            return Place(PageCode.WAIT_RELEASE)
        if page in {PageCode.BALLOT, PageCode.WAIT_BALLOT}:
            return Place(page, "", _number((self.evaluation.get("election") or {}).get("ballot")))
        if page is PageCode.WIPE_SEAT:
            ids = self._ids()
            return Place(page, chosen if chosen in ids else next(iter(ids), ""))
        if page not in OWN_LOT:
            return Place(page)
        lot = self.lot(chosen if chosen in self._ids() else lot_id)
        return Place(self.lot_page(lot), lot["id"], _number(lot.get("round")))

    def lot_page(self, lot: Json) -> PageCode:
        """The page of a lot for the member here: what `app.evaluation.steps` would call its step, read from a view."""
        stage = LotStage(lot["stage"])
        if stage in {LotStage.REVIEWING, LotStage.MARKING}:
            found = lot.get("round") or {}
            ended = bool(found.get("mine")) or self.alias in found.get("ended", ())  # or the sheet stands from before
            if stage is LotStage.REVIEWING:
                return PageCode.WAIT_REVIEW if ended else PageCode.REVIEW
            return PageCode.WAIT_MARKS if ended else PageCode.MARKS
        if stage is LotStage.REVIEWED:
            return PageCode.CONCLUDE_REVIEW if self.chairs else PageCode.WAIT_CONCLUSION
        if stage is LotStage.OPENED:
            return PageCode.NOTE_FINDINGS if self.chairs else PageCode.WAIT_FINDINGS
        if stage is LotStage.CONFIRMING:
            return PageCode.WAIT_OPINIONS if self.alias in lot.get("opinions", {}) else PageCode.CONFIRM
        if self.alias in self._signatures_due(lot["id"]):
            return PageCode.SIGN_REPORT
        return {
            LotStage.TALKING: PageCode.WAIT_TALK,
            LotStage.UNSEALING: PageCode.WAIT_UNSEALING,
            LotStage.ACCOMPANYING: PageCode.WAIT_PLATFORM,
            LotStage.CHECKING: PageCode.WAIT_CHECK,
            LotStage.REPORTING: PageCode.WAIT_REPORT,
        }.get(stage, PageCode.REPORT)

    def _signatures_due(self, lot_id: str) -> Iterable[str]:
        """Whose signature on a lot's report is waited for."""
        found = ((self.evaluation or {}).get("matters") or {}).get("signatures") or {}
        return tuple((found.get("lots") or {}).get(lot_id, {}).get("due", ()))

    def places(self) -> frozenset[Place]:
        """Every place that can be shown now: the next one, and that of each lot."""
        return frozenset({self.place(), *(self.place(lot_id) for lot_id in self._ids())})

    def _ids(self) -> tuple[str, ...]:
        return tuple(str(lot["id"]) for lot in self.lots)


def _number(found: Json | None) -> int:
    return int(found["number"]) if found else 0


def member_number(alias: str) -> str:
    """The number in an alias: 'M3' is '3'; an alias of another form stays as it is."""
    return alias[1:] if alias[:1] == "M" and alias[1:].isdigit() else alias


def cell_named(where: str, bids: Iterable[str]) -> tuple[str, str] | None:
    """Bid and row of the cell that a refusal names ('$.marks.A.T1', '$.bids.A.F1.reason'); None where it names none."""
    for part in ("marks.", "bids."):
        _, found, rest = where.partition(part)
        if not found:
            continue
        for bid in bids:
            if rest.startswith(f"{bid}."):
                row = rest.removeprefix(f"{bid}.")
                for tail in (".reason", ".page", ".pass"):
                    row = row.removesuffix(tail)
                return bid, row
    return None

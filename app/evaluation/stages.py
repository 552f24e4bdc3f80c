"""The two stage tables: what may follow what, for a lot and for a member. Nothing else moves a stage.

Both are keyed by the event that moves the stage: a replay sees events, and a command that is refused moves nothing.
"""

from __future__ import annotations

from enum import StrEnum


class LotStage(StrEnum):
    """Where a lot (标段/包) stands. All lots of an evaluation share one committee, so they gather together."""

    GATHERING = "gathering"
    ELECTING = "electing"
    REVIEWING = "reviewing"
    REVIEWED = "reviewed"
    TALKING = "talking"
    MARKING = "marking"
    UNSEALING = "unsealing"
    """Between sealed rounds, or behind the last: something is opened or drawn before the lot goes on."""
    ACCOMPANYING = "accompanying"
    """What is not carried here goes on upon the platform; its export is checked here before anyone signs."""
    OPENED = "opened"
    CHECKING = "checking"
    CONFIRMING = "confirming"
    REPORTING = "reporting"
    REPORTED = "reported"
    CLOSED = "closed"


class MemberStage(StrEnum):
    """Where a member stands, from the sealed list to the street door."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    PHONE_STORED = "phone_stored"
    SEAT_DRAWN = "seat_drawn"
    SEATED = "seated"
    BRIEFED = "briefed"
    PLEDGED = "pledged"
    RECUSED = "recused"
    REPLACED = "replaced"
    SEAT_WIPED = "seat_wiped"
    PHONE_RETURNED = "phone_returned"
    LEFT = "left"


_WORKING = (
    *(LotStage.REVIEWING, LotStage.REVIEWED, LotStage.TALKING, LotStage.MARKING, LotStage.UNSEALING),
    LotStage.ACCOMPANYING,
    LotStage.OPENED,
    LotStage.CHECKING,
    LotStage.CONFIRMING,
)
"""Stages of a committee that has its chair and no report yet."""

LOT_STEPS: dict[tuple[LotStage, str], LotStage] = {
    (LotStage.GATHERING, "CommitteeConstituted"): LotStage.ELECTING,
    (LotStage.ELECTING, "ChairChosen"): LotStage.REVIEWING,
    (LotStage.REVIEWING, "SheetsOpened"): LotStage.REVIEWED,
    (LotStage.REVIEWED, "StageRepeated"): LotStage.REVIEWING,
    (LotStage.REVIEWED, "ReviewConcluded"): LotStage.MARKING,
    # What the rule set does not carry here is done on the platform; it follows the chair or the review.
    (LotStage.REVIEWING, "PlatformDue"): LotStage.ACCOMPANYING,
    (LotStage.MARKING, "PlatformDue"): LotStage.ACCOMPANYING,
    (LotStage.CONFIRMING, "PlatformDue"): LotStage.ACCOMPANYING,  # a fault that was found before everyone signed
    (LotStage.ACCOMPANYING, "ConfirmationDue"): LotStage.CONFIRMING,
    (LotStage.ACCOMPANYING, "LotFailed"): LotStage.CONFIRMING,
    # Where the procedure has talks they come between review and marks; a single price that is agreed on ends them.
    (LotStage.MARKING, "TalksDue"): LotStage.TALKING,
    (LotStage.TALKING, "TalksConcluded"): LotStage.MARKING,
    (LotStage.TALKING, "PriceAgreed"): LotStage.MARKING,
    (LotStage.TALKING, "LotFailed"): LotStage.CONFIRMING,
    (LotStage.MARKING, "SheetsOpened"): LotStage.OPENED,
    (LotStage.MARKING, "LotTallied"): LotStage.OPENED,  # a lot in which nothing is marked
    # Marks in phases: the sheets of one are open; then codes, prices, a second envelope or a drawn coefficient.
    (LotStage.OPENED, "PhaseEnded"): LotStage.UNSEALING,
    (LotStage.MARKING, "PhaseEnded"): LotStage.UNSEALING,  # nothing is left to be marked
    (LotStage.UNSEALING, "MarkingDue"): LotStage.MARKING,
    (LotStage.UNSEALING, "ReviewDue"): LotStage.REVIEWING,  # behind the blind phases, which come before the review
    (LotStage.UNSEALING, "StageRepeated"): LotStage.MARKING,
    (LotStage.UNSEALING, "LotTallied"): LotStage.OPENED,
    (LotStage.UNSEALING, "LotFailed"): LotStage.CONFIRMING,
    (LotStage.OPENED, "StageRepeated"): LotStage.MARKING,
    (LotStage.CHECKING, "StageRepeated"): LotStage.MARKING,
    (LotStage.OPENED, "CheckDue"): LotStage.CHECKING,
    (LotStage.OPENED, "ConfirmationDue"): LotStage.CONFIRMING,
    (LotStage.CHECKING, "CheckRaised"): LotStage.OPENED,
    (LotStage.CHECKING, "ConfirmationDue"): LotStage.CONFIRMING,
    (LotStage.CONFIRMING, "ReportDue"): LotStage.REPORTING,
    (LotStage.REPORTING, "ReportIssued"): LotStage.REPORTED,
    (LotStage.REPORTED, "EvaluationClosed"): LotStage.CLOSED,
    (LotStage.CLOSED, "EvaluationReopened"): LotStage.GATHERING,
    **{(stage, "ChairVacated"): LotStage.ELECTING for stage in _WORKING},
    **{(stage, "SteppedBackToReview"): LotStage.REVIEWING for stage in _WORKING},
    **{(stage, "SteppedBackToMarking"): LotStage.MARKING for stage in _WORKING},
    **{
        (stage, "EvaluationTerminated"): LotStage.REPORTING
        for stage in LotStage
        if stage not in (LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED)
    },
    **{(stage, "CommitteeRecomposed"): LotStage.REVIEWING for stage in _WORKING},
    **{
        (stage, "LotFailed"): LotStage.CONFIRMING
        for stage in (*(LotStage.REVIEWING, LotStage.REVIEWED, LotStage.MARKING), LotStage.OPENED, LotStage.CHECKING)
    },
    (LotStage.CHECKING, "BidRejected"): LotStage.OPENED,
}

_INSIDE = tuple(s for s in MemberStage if s not in (MemberStage.EXPECTED, MemberStage.PLEDGED, MemberStage.LEFT))
"""Stages between the doors but for the work itself: whoever went without the door is written out from there."""

MEMBER_STEPS: dict[tuple[MemberStage, str], MemberStage] = {
    (MemberStage.EXPECTED, "MemberCheckedIn"): MemberStage.CHECKED_IN,
    (MemberStage.EXPECTED, "AbsenceConfirmed"): MemberStage.LEFT,
    (MemberStage.CHECKED_IN, "PhoneStored"): MemberStage.PHONE_STORED,
    (MemberStage.PHONE_STORED, "SlotTaken"): MemberStage.SEAT_DRAWN,
    (MemberStage.SEAT_DRAWN, "SeatOpened"): MemberStage.SEATED,
    (MemberStage.SEATED, "DisciplineRead"): MemberStage.BRIEFED,
    (MemberStage.BRIEFED, "PledgeGiven"): MemberStage.PLEDGED,
    (MemberStage.BRIEFED, "MemberRecused"): MemberStage.RECUSED,
    (MemberStage.PLEDGED, "MemberRecused"): MemberStage.RECUSED,
    (MemberStage.PLEDGED, "SeatWiped"): MemberStage.SEAT_WIPED,
    (MemberStage.RECUSED, "SeatWiped"): MemberStage.SEAT_WIPED,
    (MemberStage.PLEDGED, "MemberReplaced"): MemberStage.REPLACED,
    (MemberStage.REPLACED, "SeatWiped"): MemberStage.SEAT_WIPED,
    **{(stage, "MemberDeparted"): MemberStage.LEFT for stage in _INSIDE},
    # Who had not pledged yet when everything was over, goes from where he stands.
    **{(stage, "SeatWiped"): MemberStage.SEAT_WIPED for stage in (MemberStage.SEATED, MemberStage.BRIEFED)},
    **{
        (stage, "PhoneReturned"): MemberStage.PHONE_RETURNED
        for stage in (MemberStage.PHONE_STORED, MemberStage.SEAT_DRAWN, MemberStage.SEAT_WIPED)
    },
    (MemberStage.CHECKED_IN, "MemberLeft"): MemberStage.LEFT,
    (MemberStage.PHONE_RETURNED, "MemberLeft"): MemberStage.LEFT,
}

SEALED_STAGES = frozenset({LotStage.REVIEWING, LotStage.MARKING})
"""Stages in which members work alone: nobody sees another's work, nor more progress than 'in progress / ended'."""

AT_THE_SEAT = frozenset(
    {
        MemberStage.SEAT_DRAWN,
        MemberStage.SEATED,
        MemberStage.BRIEFED,
        MemberStage.PLEDGED,
        MemberStage.RECUSED,
        MemberStage.REPLACED,
    }
)
"""Stages in which a member holds the seat that was drawn; before and behind them the seat knows nobody."""

AT_WORK = (MemberStage.SEATED, MemberStage.BRIEFED, MemberStage.PLEDGED)
"""Stages of a member who has opened the seat and still takes part."""

"""What of each entry of an evaluation a viewer may be told: the whole, that it happened, or nothing at all.

The default is nothing. A message is only the news; what a role may see of the state is `views`' business, and no
message says more than the view of the same viewer at the same moment.
"""

from __future__ import annotations

from typing import Any

from app.evaluation import events as e
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.stages import SEALED_STAGES, LotStage
from app.evaluation.telling import OFFICE, Rule, Told, by_role
from app.rules.model import Party


def told(state: Evaluation, event: e.Event, viewer: Actor | None) -> Told:
    """How much of `event` the viewer may be told, as the state is now; nobody logged in is told nothing."""
    rule = _RULES.get(type(event))
    if viewer is None or rule is None or viewer.role is Party.SYSTEM:
        return Told.NOTHING
    return rule(state, event, viewer)


def _sheets_opened(state: Evaluation, event: e.SheetsOpened, viewer: Actor) -> Told:
    """Opened sheets, to whom `sees_sheets` shows them. Of a ballot nobody is told more than that it was opened."""
    happened = by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.HAPPENED)(state, event, viewer)
    if event.kind == SheetKind.BALLOT.value:
        return happened if viewer.role not in OFFICE else Told.NOTHING
    lot = state.lots[event.lot]
    found = lot.rounds(SheetKind(event.kind))[event.round - 1]
    return Told.WHOLE if may.sees_sheets(state, lot, found, viewer) else happened


def _with_result(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """What tells of the result, to whom `sees_result` shows it."""
    if may.sees_result(state, state.lots[event.lot], viewer):
        return Told.WHOLE
    return by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.HAPPENED)(state, event, viewer)


def _with_review(state: Evaluation, event: e.ReviewConcluded, viewer: Actor) -> Told:
    """The decision of the preliminary review, to whom `sees_review` shows the verdicts."""
    if may.sees_review(state, state.lots[event.lot], viewer):
        return Told.WHOLE
    return by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.HAPPENED)(state, event, viewer)


def _report_issued(state: Evaluation, event: e.ReportIssued, viewer: Actor) -> Told:
    if may.sees_report(state, state.lots[event.lot], viewer):
        return Told.WHOLE
    return Told.NOTHING


def _command_refused(state: Evaluation, event: e.CommandRefused, viewer: Actor) -> Told:
    """Where a sheet was at fault tells of marks: while anybody works alone only that something was refused."""
    alone = any(lot.stage in SEALED_STAGES or lot.stage is LotStage.UNSEALING for lot in state.lots.values())
    voting = bool(state.ballots) and not state.ballots[-1].opened
    return by_role(staff=Told.HAPPENED if alone or voting else Told.WHOLE)(state, event, viewer)


_N, _H, _W = Told.NOTHING, Told.HAPPENED, Told.WHOLE
_AT_THE_DOOR = by_role(staff=_W, office=_H, kiosk=_H)
_OWN_STEP = by_role(staff=_W, own=_H)
_HELP = by_role(staff=_W, own=_W)
_COMMITTEE = by_role(staff=_H, sitting=_W)
_STAGE = by_role(staff=_W, office=_W, sitting=_W)

_RULES: dict[type[e.Event], Rule] = {
    e.EvaluationOpened: by_role(staff=_H, office=_H),
    e.SealingKeyOffered: by_role(staff=_H, sitting=_W),
    e.SlotsAllotted: by_role(staff=_W, office=_H, kiosk=_H),
    # arriving
    e.ReleaseRequested: by_role(staff=_W, kiosk=_H, own=_H),
    e.ReleaseApproved: by_role(staff=_W, kiosk=_H, own=_H),
    e.ReleaseRefused: by_role(staff=_W, kiosk=_H, own=_H),
    e.MemberCheckedIn: _AT_THE_DOOR,
    e.PhoneStored: by_role(staff=_W, kiosk=_H),
    e.SlotTaken: by_role(staff=_W, kiosk=_H, own=_H),
    e.SeatOpened: _OWN_STEP,
    e.DisciplineRead: _OWN_STEP,
    e.PledgeGiven: _OWN_STEP,
    e.MemberRecused: _OWN_STEP,
    # composing
    e.CommitteeConstituted: by_role(staff=_W, office=_H, sitting=_W),
    e.ChairProposed: _COMMITTEE,
    e.ChairAgreed: _COMMITTEE,
    e.BallotCalled: by_role(staff=_H, sitting=_H),  # its actor is who objected
    e.BallotCounted: _COMMITTEE,
    e.LotDrawn: _COMMITTEE,
    e.ChairChosen: by_role(staff=_W, sitting=_W),
    e.QualificationImported: _STAGE,
    # working alone
    e.SheetSealed: by_role(staff=_H, own=_H, sitting=_H),
    e.SheetKeyGiven: by_role(staff=_H, own=_H),
    e.SheetsOpened: _sheets_opened,
    # together
    e.StageRepeated: by_role(staff=_W, office=_H, sitting=_W),
    e.ReviewConcluded: _with_review,
    e.TalksDue: _STAGE,
    e.LotFailed: _STAGE,
    e.LotTallied: _with_result,
    e.FindingsNoted: _with_result,
    e.CheckDue: _STAGE,
    e.TablesChecked: _with_result,
    e.CheckRaised: _STAGE,
    e.ConfirmationDue: _STAGE,
    e.ResultConfirmed: by_role(staff=_W, office=_H, sitting=_W),
    e.ResultDissented: by_role(staff=_W, office=_H, sitting=_W),
    e.ReportDue: _STAGE,
    e.ReportIssued: _report_issued,
    # leaving
    e.SeatWiped: by_role(staff=_W, kiosk=_H),
    e.PhoneReturned: by_role(staff=_W, kiosk=_H),
    e.MemberLeft: _AT_THE_DOOR,
    e.HelpCalled: _HELP,
    e.HelpAnswered: _HELP,
    e.RemarkAdded: by_role(staff=_W),
    e.CommandRefused: _command_refused,
    e.EvaluationClosed: by_role(staff=_W, office=_W),
    **{kind: rule for matter in MATTERS for kind, rule in matter.told.items()},
}
"""By type of entry. A type that is missing is told to nobody; a test holds the table complete."""

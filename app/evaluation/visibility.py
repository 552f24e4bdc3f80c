"""Who may know what, when: named predicates over role and stage. Nothing is shown that none of them lets through."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.model import Evaluation, LotState, Member, Round, SheetKind
from app.evaluation.stages import LotStage, MemberStage
from app.rules.model import Party

STAFF = frozenset({Party.CENTRE, Party.WITNESS, Party.REGULATOR})
"""Roles that watch over the room."""

_BRIEFED = frozenset({MemberStage.BRIEFED, MemberStage.PLEDGED})
_CHECK_ON = frozenset({LotStage.CHECKING, LotStage.CONFIRMING, LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED})
_DONE = frozenset({LotStage.REPORTED, LotStage.CLOSED})


def own(state: Evaluation, viewer: Actor) -> Member | None:
    """The viewer as a member of this evaluation."""
    return state.by_alias(viewer.alias) if viewer.role is Party.MEMBER and viewer.alias else None


def sits(state: Evaluation, viewer: Actor) -> bool:
    """A member of the constituted committee who has not wiped the seat."""
    member = own(state, viewer)
    return member is not None and member.alias in state.committee and member.stage is MemberStage.PLEDGED


def works(state: Evaluation, viewer: Actor) -> bool:
    """A sitting member whose seat is not locked: whoever passes the seat of someone on leave finds nothing."""
    return sits(state, viewer) and viewer.alias not in state.locked


def knows_project(state: Evaluation, viewer: Actor) -> bool:
    """Project and bidders: consoles from the start, a member once the discipline is read, kiosk and board never."""
    member = own(state, viewer)
    if viewer.role is Party.MEMBER:
        return member is not None and member.stage in _BRIEFED
    return viewer.role not in {Party.KIOSK, Party.SYSTEM}


def knows_people(viewer: Actor) -> bool:
    """Which opaque member stands where (stage, seat, alias; never a name): those who run and watch the room."""
    return viewer.role in STAFF


def sees_committee(state: Evaluation, viewer: Actor) -> bool:
    """Aliases and 'in progress / ended': the committee itself and those who watch."""
    return sits(state, viewer) or viewer.role in STAFF


def sees_documents(state: Evaluation, viewer: Actor) -> bool:
    """Tender and bid files: the sitting committee only; nobody else needs them in this room."""
    return works(state, viewer) and state.chair is not None


def sees_sheets(state: Evaluation, lot: LotState, found: Round, viewer: Actor) -> bool:
    """Opened sheets by alias: never before all have ended, console included (design: sealed for everyone)."""
    # While it is done again, or another phase is still to be marked, nobody is led by what was marked before.
    if not found.opened or not (_marks_open(lot) if found.kind is SheetKind.MARKS else lot.reviews[-1].opened):
        return False
    return _sees_opened(state, lot, viewer)


def _marks_open(lot: LotState) -> bool:
    """The marks of all phases are open, and those that were given to codes can be led back to their bids."""
    blind = any(phase.blind for phase in lot.lot.phases)
    return lot.marked and not (blind and (lot.codes is None or lot.codes.seed is None))


def is_masked(lot: LotState, viewer: Actor) -> bool:
    """A member may not know whose bid is whose (暗标): bids have codes, and only blind files can be read."""
    return viewer.role is Party.MEMBER and lot.masked


def sees_prices(state: Evaluation, lot: LotState, viewer: Actor) -> bool:
    """Prices: closed to members of a lot that opens them behind a phase, until then; and where there are talks, until
    the last offers are in force, to those who could tell one supplier of another's (74号令 31; 214号 19)."""
    talked = lot.talked or lot.stage in _DONE or not state.ruleset.procedure.kind.talks
    if viewer.role in {Party.CENTRE, Party.TENDEREE}:
        return talked
    return viewer.role is not Party.MEMBER or not lot.prices_closed


def _sees_opened(state: Evaluation, lot: LotState, viewer: Actor) -> bool:
    """What is opened shows to the committee, to those who watch, and to those who check once the check is on."""
    if viewer.role in {Party.WITNESS, Party.REGULATOR} or works(state, viewer):
        return True
    return viewer.role in state.ruleset.check_by and lot.stage in _CHECK_ON


def sees_result(state: Evaluation, lot: LotState, viewer: Actor) -> bool:
    """Sums, price points, ranks and findings: with the sheets; for everyone else in the consoles once reported."""
    if not lot.tallied:
        return False
    reported = lot.stage in _DONE and viewer.role in {Party.CENTRE, Party.TENDEREE, Party.AGENCY}
    return reported or _sees_opened(state, lot, viewer)


def sees_review(state: Evaluation, lot: LotState, viewer: Actor) -> bool:
    """The verdicts of the preliminary review, once opened."""
    return bool(lot.reviews) and sees_sheets(state, lot, lot.reviews[-1], viewer)


def sees_opinions(state: Evaluation, viewer: Actor) -> bool:
    """Who confirmed or dissented: the committee and those who watch."""
    return sees_committee(state, viewer)


def sees_report(state: Evaluation, lot: LotState, viewer: Actor) -> bool:
    """The issued report: everyone at a console, and the committee."""
    return lot.report is not None and (viewer.role not in {Party.KIOSK, Party.MEMBER} or sits(state, viewer))


def sees_evidence(state: Evaluation, viewer: Actor) -> bool:
    """The evidence packages of an evaluation that was closed: those who keep and control it."""
    return (state.closed or state.session > 1) and viewer.role in STAFF


def may_draft(state: Evaluation, viewer: Actor) -> bool:
    """Drafts: a sitting member, and only the own ones."""
    return sits(state, viewer)

"""From opened sheets to the issued report: review, findings, check, confirmation, dissent."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation import commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.decisions.rounds import after_review, sheet_kind
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, LotState, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.tally import competing, failing_bids, result


def repeat_stage(state: Evaluation, command: commands.RepeatStage, actor: Actor) -> list[Event]:
    """The chair has a stage done again, marks only on a ground of the rule set (ZC: the closed list of 87号令 64);
    everybody's sheets of the round before stay in the journal."""
    guards.chair(state, actor)
    kind = sheet_kind(command.kind)
    guards.text(command.reason, "$.reason")
    if kind is SheetKind.REVIEW:
        guards.lot(state, command.lot, LotStage.REVIEWED)
        if command.phase:
            raise Refused("unknown_phase", "$.phase")
        _ground(command.ground, {"committee"})
    else:
        lot = guards.lot(state, command.lot, LotStage.OPENED, LotStage.CHECKING, LotStage.UNSEALING)
        if not lot.lot.factors:
            raise Refused("nothing_marked", command.lot)
        if command.phase and not any(found.phase == command.phase and found.opened for found in lot.marks):
            raise Refused("unknown_phase", "$.phase")
        _ground(command.ground, set(state.ruleset.procedure.repeat_grounds))
    return [events.StageRepeated(**vars(command))]


def _ground(ground: str, lawful: set[str]) -> None:
    if ground not in lawful:
        raise Refused("no_lawful_ground", "$.ground")


def conclude_review(state: Evaluation, command: commands.ConcludeReview, actor: Actor) -> list[Event]:
    """The chair states exactly what the verdicts say; with too few bids left the track decides how it ends."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, LotStage.REVIEWED)
    failing = failing_bids(state, lot)
    if set(command.rejections) != set(failing):
        raise Refused("not_the_verdicts", "$.rejections")
    for bid, ground in command.rejections.items():
        if ground not in state.ruleset.grounds:
            raise Refused("unknown_ground", f"$.rejections.{bid}")
    ahead = replace(lot, rejected=lot.rejected | command.rejections)
    left = competing(state, ahead)
    made: list[Event] = [events.ReviewConcluded(**vars(command))]
    if left >= state.ruleset.least_after_review:
        if command.competition is not None:
            raise Refused("bad_value", "$.competition")
        return made + after_review(state, ahead)
    if left == 0 or state.ruleset.too_few == "fail":
        return [*made, events.LotFailed(lot.lot.id, "too_few_bids")]
    if command.competition is None or not command.competition.strip():
        raise Refused("competition_open", "$.competition")
    return made + after_review(state, ahead)


def fail_lot(state: Evaluation, command: commands.FailLot, actor: Actor) -> list[Event]:
    """Fewer than three bids and plainly no competition: the committee may reject all (12号令 27)."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, LotStage.REVIEWED)
    left = competing(state, replace(lot, rejected=lot.rejected | failing_bids(state, lot)))
    if left >= state.ruleset.min_bids or command.reason != "no_competition":
        raise Refused("no_lawful_ground", "$.reason")
    return [events.LotFailed(command.lot, command.reason)]


def open_mismatches(state: Evaluation, lot: LotState) -> list[str]:
    """Objective factors on which members differ; they must agree before anyone signs (87号令 64)."""
    found = result(state, lot)["findings"]
    return [f"{f['bid']}.{f['factor']}" for f in found if f["code"] == "objective_mismatch"]


def _settled_before(state: Evaluation, lot_id: str) -> None:
    """Where one bidder cannot win every lot, the lots before this one have to be signed first."""
    limit = state.tender.awards
    done = (LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED)
    for earlier in limit.order[: limit.order.index(lot_id)] if limit else ():
        if state.lots[earlier].stage not in done:
            raise Refused("earlier_lot_first", lot_id, lot=earlier)


def note_findings(state: Evaluation, command: commands.NoteFindings, actor: Actor) -> list[Event]:
    """The chair notes what the committee says; differing objective marks cannot be talked away."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, LotStage.OPENED)
    _settled_before(state, command.lot)
    mismatches = open_mismatches(state, lot)
    if mismatches:
        raise Refused("objective_mismatch", mismatches[0], place=mismatches[0])
    guards.text(command.note, "$.note")
    follow = events.CheckDue if state.ruleset.check_by else events.ConfirmationDue
    return [events.FindingsNoted(command.lot, command.note), follow(command.lot)]


def check_tables(state: Evaluation, command: commands.CheckTables, actor: Actor) -> list[Event]:
    """The organising staff looks at the alias tables before anyone confirms (87号令 45(八), 64)."""
    if actor.role not in state.ruleset.check_by:
        raise Refused("not_permitted", actor.role.value)
    guards.lot(state, command.lot, LotStage.CHECKING)
    if not command.in_order:
        guards.text(command.remarks, "$.remarks")
    follow = events.ConfirmationDue if command.in_order else events.CheckRaised
    return [events.TablesChecked(**vars(command)), follow(command.lot)]


def confirm_result(state: Evaluation, command: commands.ConfirmResult, actor: Actor) -> list[Event]:
    """Agree."""
    alias = _voter(state, command.lot, actor)
    return with_report(state, command.lot, alias, events.ResultConfirmed(command.lot, alias))


def dissent_from_result(state: Evaluation, command: commands.DissentFromResult, actor: Actor) -> list[Event]:
    """Disagree in writing."""
    alias = _voter(state, command.lot, actor)
    guards.text(command.reasons, "$.reasons")
    return with_report(state, command.lot, alias, events.ResultDissented(command.lot, alias, command.reasons))


def _voter(state: Evaluation, lot_id: str, actor: Actor) -> str:
    alias = guards.sitting(state, actor).alias or ""
    if alias in guards.lot(state, lot_id, LotStage.CONFIRMING).opinions:
        raise Refused("already_answered", alias)
    return alias


def with_report(state: Evaluation, lot_id: str, alias: str, opinion: Event) -> list[Event]:
    """A member's opinion, and the report where it was the last."""
    heard = set(state.lots[lot_id].opinions) | {alias}
    return [opinion, events.ReportDue(lot_id)] if heard == set(state.committee) else [opinion]


def issue_report(state: Evaluation, command: commands.IssueReport, actor: Actor) -> list[Event]:
    """The room's report, by its hash."""
    guards.lot(state, command.lot, LotStage.REPORTING)
    return [events.ReportIssued(**vars(command))]

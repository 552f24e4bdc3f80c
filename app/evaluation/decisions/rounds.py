"""The sealed rounds: a member ends with a sealed sheet, the room opens when all have ended."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from app import journal
from app.evaluation import commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import election, guards
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, LotState, Round, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.sheets import check_sheet, current_round, sealed_stage
from app.evaluation.stages import LotStage
from app.evaluation.tally import case_bytes, digest, lacking, result_bytes

STAGE_OF = {SheetKind.REVIEW: LotStage.REVIEWING, SheetKind.MARKS: LotStage.MARKING}


def sheet_kind(value: str) -> SheetKind:
    """Return the kind, or refuse."""
    try:
        return SheetKind(value)
    except ValueError:
        raise Refused("bad_value", "$.kind") from None


def _open_round(state: Evaluation, lot: str, kind: SheetKind, number: int) -> Round:
    if kind in STAGE_OF:
        guards.lot(state, lot, STAGE_OF[kind])
    elif lot or state.chair is not None:
        raise Refused("wrong_stage", lot, stage="chair")
    found = current_round(state, lot, kind)
    if found.number != number or found.opened:
        raise Refused("round_over", lot)
    return found


def _check_key(state: Evaluation, key_id: str) -> None:
    if key_id != next(reversed(state.sealing_keys), None):
        raise Refused("old_key", "$.key_id")


def seal_sheet(state: Evaluation, command: commands.SealSheet, actor: Actor) -> list[Event]:
    """One sheet a member and round, bound to exactly this place. What is in it the room checks with the key
    in its memory before it asks (`check_sheet`), and everyone again when it is opened."""
    alias = guards.sitting(state, actor).alias or ""
    kind = sheet_kind(command.kind)
    found = _open_round(state, command.lot, kind, command.round)
    if alias in found.ended:
        raise Refused("already_sealed", alias)
    _check_key(state, command.key_id)
    try:
        sealed = journal.SealedSheet.from_json(command.sealed)
    except journal.SealingFault:
        raise Refused("bad_value", "$.sealed") from None
    bound = (sealed.stream, sealed.stage, sealed.round, sealed.alias)
    if bound != (state.stream, sealed_stage(command.lot, kind, found.phase), command.round, alias):
        raise Refused("bound_elsewhere", "$.sealed")
    return [events.SheetSealed(alias=alias, **vars(command))]


def give_sheet_key(state: Evaluation, command: commands.GiveSheetKey, actor: Actor) -> list[Event]:
    """The same sheet stays; only its key is sealed anew to the newest offered key."""
    alias = guards.sitting(state, actor).alias or ""
    found = _open_round(state, command.lot, sheet_kind(command.kind), command.round)
    if alias not in found.sealed:
        raise Refused("nothing_sealed", alias)
    _check_key(state, command.key_id)
    if command.key_id in found.sealed[alias].keys:
        raise Refused("already_sealed", alias)
    return [events.SheetKeyGiven(alias=alias, **vars(command))]


def open_sheets(state: Evaluation, command: commands.OpenSheets, actor: Actor) -> list[Event]:
    """Open when every member has ended; each sheet must be the one committed to, complete and possible."""
    kind = sheet_kind(command.kind)
    found = _open_round(state, command.lot, kind, command.round)
    if state.vacant or found.ended != set(state.committee):
        raise Refused("not_all_ended", command.lot)
    if set(command.sheets) != set(found.sealed):
        raise Refused("bad_value", "$.sheets")
    stage = sealed_stage(command.lot, kind, found.phase)
    for alias, opened in command.sheets.items():
        where = f"$.sheets.{alias}"
        if not isinstance(opened, dict) or set(opened) != {"salt", "sheet"}:
            raise Refused("bad_value", where)
        made = _commitment(state.stream, stage, command.round, alias, opened, where)
        if made != found.sealed[alias].commitment:
            raise Refused("wrong_commitment", where)
        check_sheet(state, command.lot, kind, opened["sheet"])
    opened_event = events.SheetsOpened(**vars(command))
    return [opened_event, *_consequences(state, command, kind)]


def _commitment(stream: str, stage: str, number: int, alias: str, opened: dict[str, Any], where: str) -> str:
    try:
        salt = bytes.fromhex(opened["salt"])
        return journal.commit(stream, stage, number, alias, salt, opened["sheet"])
    except (TypeError, ValueError, journal.SealingFault, journal.NotCanonical):
        raise Refused("bad_value", where) from None


def _consequences(state: Evaluation, command: commands.OpenSheets, kind: SheetKind) -> list[Event]:
    if kind is SheetKind.BALLOT:
        return election.count_ballot(state, command.sheets)
    if kind is SheetKind.REVIEW:
        return []
    lot = state.lots[command.lot]
    found = lot.marks[command.round - 1]
    opened = replace(found, sheets=command.sheets | found.carried)
    return after_marks(state, lot.with_round(opened), found.phase)


def after_marks(state: Evaluation, lot: LotState, phase: str) -> list[Event]:
    """What follows the open sheets of a phase: the tally, or first what has to be opened or drawn."""
    if lot.marked and lot.to_unseal is None and not lacking(state, lot):
        return tally(state, lot)
    ended = events.PhaseEnded(lot.lot.id, phase)
    return [ended] if lot.to_unseal is not None else [ended, *onward(state, lot)]


def onward(state: Evaluation, lot: LotState) -> list[Event]:
    """What follows where nothing is left to be unsealed: the review behind blind marks, the next phase, the tally;
    nothing yet where a coefficient is to be drawn."""
    if any(phase.blind for phase in lot.lot.phases) and not lot.blind_ahead and not lot.reviewed:
        return [events.ReviewDue(lot.lot.id)]
    if not lot.marked:
        return [events.MarkingDue(lot.lot.id)]
    return [] if lacking(state, lot) else tally(state, lot)


def after_review(state: Evaluation, lot: LotState) -> list[Event]:
    """What follows once it is settled which bids are live: talks, or marks, or, with nothing to mark, the tally."""
    if state.ruleset.procedure.kind.talks and not lot.talked:
        return [events.TalksDue(lot.lot.id)]
    if not state.ruleset.procedure.carries_marks:
        return [events.PlatformDue(lot.lot.id)]
    return after_marks(state, replace(lot, reviewed=True), lot.phase.id) if lot.marked else []


def tally(state: Evaluation, lot: LotState) -> list[Event]:
    """The arithmetic of a lot as it stands."""
    case = case_bytes(state, lot)
    result = result_bytes(case)
    found = json.loads(result)
    findings = len(found["findings"]) + len(found["abnormally_low"])
    return [events.LotTallied(lot.lot.id, digest(case), digest(result), findings)]

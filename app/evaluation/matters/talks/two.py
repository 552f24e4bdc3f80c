"""Two suppliers left: lawfully enough for a reason of the rule set alone, whenever in the procedure it comes to that.

74号令 27, 37(三); 财库〔2014〕214号 3(四), 21, 34(三); 财库〔2015〕124号. Until the talks are concluded the offers say
how many go on; afterwards a rejection, or a newcomer's verdicts, may leave two of three.
"""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.commands import CheckTables, Command, NoteFindings
from app.evaluation.decisions import guards
from app.evaluation.events import Event, LotFailed
from app.evaluation.matters.talks.decisions import enough, going_on, single_source
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.matters.talks.records import ClaimTwoSuppliers, EndTalks, TalksEnded, TwoSuppliersClaimed
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage

BEHIND = (LotStage.MARKING, LotStage.OPENED, LotStage.CHECKING)
"""Stages behind the talks in which a supplier may still be lost."""


def is_short(state: Evaluation, lot: LotState) -> bool:
    """Behind the talks, with two suppliers left and no lawful reason stated: nothing is settled before."""
    exceptions = state.ruleset.procedure.two_bids and state.ruleset.min_bids > 2
    behind = lot.talked and lot.stage in BEHIND and lot.failed is None
    return bool(exceptions) and behind and len(lot.live_bids()) == 2 and of_lot(state, lot.lot.id).claim is None


def may_claim(state: Evaluation, lot: LotState) -> bool:
    """Two go on, the rule set knows reasons for it, and none is stated."""
    if lot.stage is not LotStage.TALKING:
        return is_short(state, lot)
    talks, rule = of_lot(state, lot.lot.id), state.ruleset
    two = len(going_on(lot, talks)) == 2 and rule.min_bids > 2
    return two and bool(rule.procedure.two_bids) and talks.claim is None


def claim_two_suppliers(state: Evaluation, command: ClaimTwoSuppliers, actor: Actor, at: str) -> list[Event]:
    """Two are enough only for a reason of the rule set, with the approval or document that shows it."""
    lot = guards.lot(state, command.lot, LotStage.TALKING, *BEHIND)
    if command.code not in state.ruleset.procedure.two_bids:
        raise Refused("no_lawful_ground", "$.code")
    guards.text(command.reference, "$.reference")
    talks = of_lot(state, command.lot)
    if talks.claim is not None:
        raise Refused("already_answered", talks.claim[0])
    if not may_claim(state, lot):
        raise Refused("not_two_suppliers", command.lot, count=str(len(going_on(lot, talks))))
    return [TwoSuppliersClaimed(**vars(command))]


def end_talks(state: Evaluation, command: EndTalks, actor: Actor, at: str) -> list[Event]:
    """Too few suppliers and no exception; in 单一来源 also where no reasonable price can be agreed on."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, LotStage.TALKING, *BEHIND)
    guards.text(command.reason, "$.reason")
    if lot.stage is not LotStage.TALKING:
        if not is_short(state, lot):
            raise Refused("wrong_stage", command.lot, stage=lot.stage.value)
        return [TalksEnded(**vars(command)), LotFailed(command.lot, "too_few_bids")]
    talks = of_lot(state, command.lot)
    few = not enough(state, talks, len(going_on(lot, talks)))
    if not few and not single_source(state):
        raise Refused("no_lawful_ground", command.lot)
    return [TalksEnded(**vars(command)), LotFailed(command.lot, "too_few_bids" if few else "no_agreement")]


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """No result is settled while two are left without a lawful reason."""
    if not isinstance(command, NoteFindings | CheckTables) or command.lot not in state.lots:
        return
    settles = isinstance(command, NoteFindings) or command.in_order
    if settles and is_short(state, state.lots[command.lot]):
        raise Refused("two_suppliers", command.lot)

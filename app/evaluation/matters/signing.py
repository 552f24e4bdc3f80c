"""Refusing to sign (拒绝签字): with reasons it is a dissent; without a word it counts as agreed, and is recorded.

条例 53, 12号令 43; 采条 41. Who says nothing for so long as the rule set allows (`sign_min`) is written down by the
chair; if it is the chair, by the witness. Pay is no reason to hold a signature back, and nothing waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.decisions.result import with_report
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, Line, Matter, Words
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class RefusalToSignRecorded(Event):
    """A member neither signed nor wrote down a different opinion: deemed agreed, with the account of it."""

    lot: str
    refuser: str
    account: str


@dataclass(frozen=True)
class RecordRefusalToSign(Command):
    """Write down that a member refuses to sign and gives no reasons."""

    lot: str
    refuser: str
    account: str


@dataclass(frozen=True)
class RefusalsToSign:
    """Who is deemed to have agreed, by lot and alias: time and account."""

    deemed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)


def _since(lot: LotState) -> datetime | None:
    """Since when members may sign: the newest step into the stage of signing."""
    times = [lot.at[name] for name in ("ConfirmationDue", "LotFailed", "TalksAgreed") if name in lot.at]
    return max(map(datetime.fromisoformat, times), default=None)


def _silent(state: Evaluation, lot: LotState) -> list[str]:
    """Members who have not said anything to a lot that is to be signed."""
    if lot.stage is not LotStage.CONFIRMING:
        return []
    return [alias for alias in state.committee if alias not in lot.opinions]


def _record(state: Evaluation, command: RecordRefusalToSign, actor: Actor, at: str) -> list[Event]:
    """Of another member, after the time for signing."""
    lot = guards.lot(state, command.lot, LotStage.CONFIRMING)
    if actor.role is Party.WITNESS:
        if command.refuser != state.chair:
            raise Refused("not_the_chair", actor.role.value)
    else:
        guards.chair(state, actor)
    if command.refuser not in _silent(state, lot):
        raise Refused("already_answered", "$.refuser")
    if command.refuser == actor.alias:
        raise Refused("not_permitted", "$.refuser")
    guards.text(command.account, "$.account")
    minutes = state.ruleset.procedure.sign_min
    since = _since(lot)
    if since is None or datetime.fromisoformat(at) < since + timedelta(minutes=minutes):
        raise Refused("time_to_sign", command.lot, minutes=str(minutes))
    return with_report(state, command.lot, command.refuser, RefusalToSignRecorded(**vars(command)))


def _recorded(state: Evaluation, event: RefusalToSignRecorded, actor: Actor, at: str) -> Evaluation:
    lot = state.lots[event.lot]
    state = replace(state, lots=state.lots | {event.lot: replace(lot, opinions=lot.opinions | {event.refuser: None})})
    memory = state.memory(RefusalsToSign)
    of_lot = memory.deemed.get(event.lot, {}) | {event.refuser: (at, event.account)}
    return state.remembering(replace(memory, deemed=memory.deemed | {event.lot: of_lot}))


def deemed(state: Evaluation, lot: str) -> tuple[str, ...]:
    """Aliases of the members who are deemed to have agreed to a lot's report."""
    return tuple(state.memory(RefusalsToSign).deemed.get(lot, {}))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    chairs = viewer.role is Party.MEMBER and viewer.alias is not None and viewer.alias == state.chair
    acts = []
    for key, lot in state.lots.items():
        for alias in _silent(state, lot):
            mine = chairs and alias != viewer.alias
            if mine or (viewer.role is Party.WITNESS and alias == state.chair):
                minutes = state.ruleset.procedure.sign_min
                title = Words(f"登记{alias}拒绝签字且不说明理由", f"Record that {alias} refuses to sign")
                help_ = Words(
                    f"满 {minutes} 分钟仍不签字、也不写不同意见的，视为同意，并在报告中说明。",
                    f"After {minutes} minutes without a word the member is deemed to agree.",
                )
                account = Field("account", Words("情况说明", "What happened"))
                acts.append(
                    Act("RecordRefusalToSign", title, help_, (account,), {"lot": key, "refuser": alias}, grave=True)
                )
    return acts


def _report(state: Evaluation, lot: str) -> list[Line]:
    rows = state.memory(RefusalsToSign).deemed.get(lot, {})
    return [
        Line(at, "拒绝签字", f"{alias}拒绝签字且未书面说明不同意见和理由，视为同意。{account}")
        for alias, (at, account) in rows.items()
    ]


SIGNING = Matter(
    name="signing",
    decisions={RecordRefusalToSign: _record},
    permits={RecordRefusalToSign: frozenset({Party.MEMBER, Party.WITNESS})},
    starts={RefusalToSignRecorded: RecordRefusalToSign},
    folds={RefusalToSignRecorded: _recorded},
    told={RefusalToSignRecorded: by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.WHOLE)},
    entries={
        RefusalToSignRecorded: Words(
            "{refuser}拒绝签字且不说明理由，视为同意", "{refuser} refuses to sign: deemed agreed"
        )
    },
    acts=_acts,
    report=_report,
)

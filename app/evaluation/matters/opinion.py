"""The experts' opinion where too few bids are left (87号令 43): are clauses unreasonable, was the procedure lawful?

What the purchaser may do next, to ask for another way of procurement or to tender again, hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Words
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class TenderOpinionGiven(Event):
    """A member's opinion on the documents and the procedure of a lot that failed for want of bids."""

    lot: str
    alias: str
    unreasonable: bool
    unlawful: bool
    text: str


@dataclass(frozen=True)
class GiveTenderOpinion(Command):
    """State whether the documents hold unreasonable clauses and whether the procedure was unlawful; which, in words."""

    lot: str
    unreasonable: bool
    unlawful: bool
    text: str


@dataclass(frozen=True)
class TenderOpinions:
    """The opinions by lot and alias, with their time."""

    given: dict[str, dict[str, tuple[str, TenderOpinionGiven]]] = field(default_factory=dict)


def _due(state: Evaluation, lot: LotState) -> bool:
    rule = state.ruleset.procedure
    return rule.opinion_form and lot.failed == "too_few_bids" and lot.stage is LotStage.CONFIRMING


def _open(state: Evaluation, alias: str) -> list[str]:
    """The lots on which this member still owes an opinion."""
    given = state.memory(TenderOpinions).given
    return [key for key, lot in state.lots.items() if _due(state, lot) and alias not in given.get(key, {})]


def _give(state: Evaluation, command: GiveTenderOpinion, actor: Actor, at: str) -> list[Event]:
    """Once, by every member; a fault is named in words."""
    alias = guards.sitting(state, actor).alias or ""
    lot = guards.lot(state, command.lot, LotStage.CONFIRMING)
    if not _due(state, lot):
        raise Refused("no_opinion_asked", command.lot)
    if command.lot not in _open(state, alias):
        raise Refused("already_answered", alias)
    if command.unreasonable or command.unlawful:
        guards.text(command.text, "$.text")
    return [TenderOpinionGiven(alias=alias, **vars(command))]


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """The report of such a lot is not signed without the opinion."""
    signing = type(command).__name__ in ("ConfirmResult", "DissentFromResult")
    if signing and getattr(command, "lot", None) in _open(state, actor.alias or ""):
        raise Refused("opinion_needed", f"$.{actor.alias}")


def _given(state: Evaluation, event: TenderOpinionGiven, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(TenderOpinions)
    of_lot = memory.given.get(event.lot, {}) | {event.alias: (at, event)}
    return state.remembering(replace(memory, given=memory.given | {event.lot: of_lot}))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is not Party.MEMBER or viewer.alias not in state.committee:
        return []
    documents = state.ruleset.words["documents"]
    fields = (
        Field("unreasonable", Words(f"{documents}存在不合理条款", "There are unreasonable clauses"), FieldKind.FLAG),
        Field("unlawful", Words("程序不符合规定", "The procedure was not lawful"), FieldKind.FLAG),
        Field("text", Words("具体条款、情形（没有则不填）", "Which (nothing if none)"), needed=False),
    )
    title = Words("不足三家：出具专家意见", "Too few bids: state your opinion")
    help_ = Words("采购人据此决定重新招标还是报批改用其他方式。", "The purchaser decides by it what to do next.")
    return [
        Act("GiveTenderOpinion", title, help_, fields, {"lot": lot}, urgent=True)
        for lot in _open(state, viewer.alias or "")
    ]


def _report(state: Evaluation, lot: str) -> list[Line]:
    documents = state.ruleset.words["documents"]
    lines = []
    for alias, (at, said) in sorted(state.memory(TenderOpinions).given.get(lot, {}).items()):
        clauses = f"{documents}存在不合理条款" if said.unreasonable else f"{documents}没有不合理条款"
        lawful = "程序不符合规定" if said.unlawful else "程序符合规定"
        lines.append(Line(at, "专家意见", f"{alias}：{clauses}，{lawful}。{said.text}"))
    return lines


OPINION = Matter(
    name="opinion",
    decisions={GiveTenderOpinion: _give},
    permits={GiveTenderOpinion: frozenset({Party.MEMBER})},
    starts={TenderOpinionGiven: GiveTenderOpinion},
    folds={TenderOpinionGiven: _given},
    told={TenderOpinionGiven: by_role(staff=Told.WHOLE, sitting=Told.WHOLE)},
    entries={TenderOpinionGiven: Words("{alias}就不足三家出具意见", "{alias} gave an opinion on too few bids")},
    gate=_gate,
    acts=_acts,
    report=_report,
)

"""Coefficients of the scoring rule (K、C、下浮、权重) that the document has drawn in the room, by commit and reveal.

The witness has each one drawn when the document says so; the parties of the room's draws commit and reveal, and
without the drawn value nothing is tallied. What was drawn at the opening comes with its record and is never drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app import drawing
from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards, rounds
from app.evaluation.events import Event
from app.evaluation.matter import Act, Line, Matter, Notice, Words
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import CoefficientDraw, DrawnWhen, Party


@dataclass(frozen=True)
class CoefficientCalled(Event):
    """The witness has a coefficient drawn now."""

    lot: str
    coefficient: str


@dataclass(frozen=True)
class CoefficientDrawn(Event):
    """The verified draw among the document's values, its transcript whole; the first one counts."""

    lot: str
    coefficient: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class CallCoefficient(Command):
    """Have a coefficient drawn."""

    lot: str
    coefficient: str


@dataclass(frozen=True)
class DrawCoefficient(Command):
    """The outcome. Only the room issues it."""

    lot: str
    coefficient: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class Coefficients:
    """What is being drawn, by lot and coefficient, and what was."""

    called: tuple[tuple[str, str], ...] = ()
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)

    def line(self, lot: str, at: str, text: str) -> Coefficients:
        """The memory with one line more."""
        return replace(self, lines=self.lines | {lot: (*self.lines.get(lot, ()), Line(at, "系数抽取", text))})


PURPOSE = "coefficient"
"""What the purpose of such a draw begins with, up to the first stroke."""


def purpose_of(lot: str, coefficient: str) -> str:
    """The purpose of the draw of a coefficient in the room's stream: each one of a lot is drawn by itself."""
    return f"{PURPOSE}/{lot}/{coefficient}"


def _named(lot: LotState, coefficient: str) -> CoefficientDraw:
    found = next((d for d in lot.lot.draws if d.id == coefficient and d.when is not DrawnWhen.OPENING), None)
    if found is None:
        raise Refused("unknown_coefficient", "$.coefficient")
    return found


def _is_time(lot: LotState, draw: CoefficientDraw) -> bool:
    """Behind the review, or behind all marks; always before the tally."""
    if draw.when is DrawnWhen.AFTER_REVIEW:
        return lot.reviewed and lot.stage in (LotStage.MARKING, LotStage.UNSEALING)
    return lot.reviewed and lot.marked and lot.to_unseal is None and lot.stage is LotStage.UNSEALING


def due(state: Evaluation, lot: LotState) -> tuple[CoefficientDraw, ...]:
    """Coefficients that can be drawn now and are not called yet."""
    called = state.memory(Coefficients).called
    here = (d for d in lot.lot.draws if d.when is not DrawnWhen.OPENING and _is_time(lot, d))
    return tuple(d for d in here if d.id not in lot.coefficients and (lot.lot.id, d.id) not in called)


def running(state: Evaluation) -> tuple[tuple[LotState, CoefficientDraw], ...]:
    """Coefficients that are called and not drawn: the room sees to them."""
    called = ((state.lots[lot], id) for lot, id in state.memory(Coefficients).called)
    return tuple((lot, _named(lot, id)) for lot, id in called if id not in lot.coefficients)


def _call(state: Evaluation, command: CallCoefficient, actor: Actor, at: str) -> list[Event]:
    """The witness, at the document's time, once."""
    lot = lot_of(state, command.lot)
    draw = _named(lot, command.coefficient)
    if draw.id in lot.coefficients or (command.lot, draw.id) in state.memory(Coefficients).called:
        raise Refused("already_drawn", command.coefficient)
    if not _is_time(lot, draw):
        raise Refused("not_drawn_now", command.coefficient)
    return [CoefficientCalled(**vars(command))]


def _draw(state: Evaluation, command: DrawCoefficient, actor: Actor, at: str) -> list[Event]:
    """From a transcript that anyone can verify; the last one lets the lot go on."""
    lot = lot_of(state, command.lot)
    draw = _named(lot, command.coefficient)
    if draw.id in lot.coefficients or (command.lot, draw.id) not in state.memory(Coefficients).called:
        raise Refused("nothing_to_draw", command.coefficient)
    guards.transcript(command.transcript, draw.values)
    drawn: list[Event] = [CoefficientDrawn(**vars(command))]
    ahead = replace(lot, coefficients=lot.coefficients | {draw.id: command.transcript["order"][0]})
    waits = lot.stage is LotStage.UNSEALING and lot.to_unseal is None
    return drawn + rounds.onward(state, ahead) if waits else drawn


def _called(state: Evaluation, event: CoefficientCalled, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Coefficients)
    values = "、".join(_named(state.lots[event.lot], event.coefficient).values)
    memory = replace(memory, called=(*memory.called, (event.lot, event.coefficient)))
    text = f"见证人员启动抽取系数 {event.coefficient}，备选值：{values}。"
    return state.remembering(memory.line(event.lot, at, text))


def _drawn(state: Evaluation, event: CoefficientDrawn, actor: Actor, at: str) -> Evaluation:
    lot, value = state.lots[event.lot], event.transcript["order"][0]
    lot = replace(lot, coefficients=lot.coefficients | {event.coefficient: value})
    code = drawing.slip_code(drawing.digest(event.transcript))
    text = f"抽取系数 {event.coefficient} = {value}，各方先承诺后揭示，抽签码 {code}。"
    memory = state.memory(Coefficients).line(event.lot, at, text)
    return replace(state, lots=state.lots | {event.lot: lot}).remembering(memory)


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is not Party.WITNESS:
        return []
    acts = []
    for lot in state.lots.values():
        for draw in due(state, lot):
            title = Words(f"抽取系数 {draw.id}", f"Have {draw.id} drawn")
            values = "、".join(draw.values)
            help_ = Words(
                f"备选值：{values}。各方终端先承诺、后揭示，结果当场生效，不能重抽。", "It cannot be drawn again."
            )
            data = {"lot": lot.lot.id, "coefficient": draw.id}
            urgent = lot.stage is LotStage.UNSEALING
            acts.append(Act("CallCoefficient", title, help_, data=data, urgent=urgent, grave=True))
    return acts


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """What is drawn, to all who know the lots; and that a lot waits for it."""
    drawn = {id: dict(lot.coefficients) for id, lot in state.lots.items() if lot.coefficients}
    waits = [
        lot.lot.id
        for lot in state.lots.values()
        if lot.stage is LotStage.UNSEALING and lot.to_unseal is None and lot.lot.draws
    ]
    notice = Notice(Words("评分已封存开启，等待抽取系数后汇总。", "A coefficient is drawn before the tally."))
    seen: dict[str, Any] = {"drawn": drawn} if drawn and state.chair is not None else {}
    return seen | ({"notices": [codec.to_json(notice)]} if waits else {})


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Coefficients).lines.get(lot, ()))


_STAGE = by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE)

COEFFICIENTS = Matter(
    name="coefficients",
    decisions={CallCoefficient: _call, DrawCoefficient: _draw},
    permits={CallCoefficient: frozenset({Party.WITNESS}), DrawCoefficient: frozenset({Party.SYSTEM})},
    starts={CoefficientCalled: CallCoefficient, CoefficientDrawn: DrawCoefficient},
    folds={CoefficientCalled: _called, CoefficientDrawn: _drawn},
    told={CoefficientCalled: _STAGE, CoefficientDrawn: _STAGE},
    entries={
        CoefficientCalled: Words("见证人员启动抽取系数 {coefficient}", "The witness has {coefficient} drawn"),
        CoefficientDrawn: Words("系数 {coefficient} 已抽取", "{coefficient} was drawn"),
    },
    acts=_acts,
    view=_view,
    report=_report,
)

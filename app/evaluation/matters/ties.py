"""A lot among tied bids (并列抽签): where the tender document says so, and among equal bids of one brand (87号令 31).

Drawn by the room by commit and reveal once nothing of the result may change any more and before anybody signs, when the
witness has called it. The same bids are drawn once: whoever has the marks given again does not get another lot.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app import drawing
from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command, ConfirmResult, DissentFromResult
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Line, Matter, Notice, Words
from app.evaluation.matters.signing import RecordRefusalToSign
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.standing import standing
from app.evaluation.tally import result
from app.evaluation.telling import Told, by_role
from app.rules.model import Party


@dataclass(frozen=True)
class TieCalled(Event):
    """The witness has a lot drawn among bids that nothing else parts."""

    lot: str
    bids: tuple[str, ...]


@dataclass(frozen=True)
class TieDrawn(Event):
    """The verified lot, its transcript whole: the bids in the order in which they stand now."""

    lot: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class CallTie(Command):
    """Have the lot drawn among just these bids."""

    lot: str
    bids: tuple[str, ...]


@dataclass(frozen=True)
class DrawTie(Command):
    """The outcome. Only the room issues it."""

    lot: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class TieLots:
    """Among which bids a lot was called and is not drawn yet, by lot; and the course."""

    called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)

    def line(self, lot: str, at: str, text: str) -> TieLots:
        """The memory with one line more."""
        return replace(self, lines=self.lines | {lot: (*self.lines.get(lot, ()), Line(at, "并列抽签", text))})


PURPOSE = "tie"
"""What the purpose of such a draw begins with, up to the first stroke."""


def purpose_of(lot: str, bids: tuple[str, ...]) -> str:
    """The purpose of the draw in the room's stream: each set of tied bids of a lot is drawn by itself."""
    return f"{PURPOSE}/{lot}/{','.join(bids)}"


def due(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """The tied bids among which a lot has to be drawn before anybody signs; none = nothing to draw."""
    if lot.stage is not LotStage.CONFIRMING or not lot.tallied or lot.failed is not None:
        return ()
    return standing(state, lot, result(state, lot)).due


def running(state: Evaluation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is called and not drawn: the room sees to it."""
    called = state.memory(TieLots).called.items()
    return tuple((lot, bids) for lot, bids in called if due(state, state.lots[lot]) == bids)


def _call(state: Evaluation, command: CallTie, actor: Actor, at: str) -> list[Event]:
    """The witness, among just the bids that are tied, once."""
    lot = guards.lot(state, command.lot, LotStage.CONFIRMING)
    if not command.bids or due(state, lot) != command.bids:
        raise Refused("nothing_tied", "$.bids")
    if state.memory(TieLots).called.get(command.lot) == command.bids:
        raise Refused("already_drawn", command.lot)
    return [TieCalled(**vars(command))]


def _draw(state: Evaluation, command: DrawTie, actor: Actor, at: str) -> list[Event]:
    """From a transcript that anyone can verify."""
    lot = guards.lot(state, command.lot, LotStage.CONFIRMING)
    bids = state.memory(TieLots).called.get(command.lot)
    if bids is None or due(state, lot) != bids:
        raise Refused("nothing_to_draw", command.lot)
    guards.transcript(command.transcript, bids)
    return [TieDrawn(**vars(command))]


def _called(state: Evaluation, event: TieCalled, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(TieLots)
    memory = replace(memory, called=memory.called | {event.lot: event.bids})
    return state.remembering(memory.line(event.lot, at, f"见证人员启动抽签，并列的投标：{'、'.join(event.bids)}。"))


def _drawn(state: Evaluation, event: TieDrawn, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(TieLots), state.lots[event.lot]
    bids, order = memory.called[event.lot], tuple(event.transcript["order"])
    called = {id: one for id, one in memory.called.items() if id != event.lot}
    code = drawing.slip_code(drawing.digest(event.transcript))
    text = f"抽签次序：{'、'.join(order)}；各方先承诺后揭示，抽签码 {code}。"
    lot = replace(lot, ties_drawn=lot.ties_drawn | {bids: order})
    state = replace(state, lots=state.lots | {event.lot: lot})
    return state.remembering(replace(memory, called=called).line(event.lot, at, text))


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Nobody signs a result whose order is not drawn yet."""
    if not isinstance(command, ConfirmResult | DissentFromResult | RecordRefusalToSign):
        return
    lot = state.lots.get(command.lot)
    if lot is not None and (bids := due(state, lot)):
        raise Refused("tie_undrawn", command.lot, bids="、".join(bids))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is not Party.WITNESS:
        return []
    acts = []
    for lot in state.lots.values():
        bids = due(state, lot)
        if not bids or state.memory(TieLots).called.get(lot.lot.id) == bids:
            continue
        named = "、".join(bids)
        title = Words(f"并列抽签：{named}", f"Draw lots among {', '.join(bids)}")
        zh = "各方终端先承诺、后揭示，抽出的次序当场生效，不能重抽；抽签后评委才能确认结果。"
        data = {"lot": lot.lot.id, "bids": list(bids)}
        acts.append(Act("CallTie", title, Words(zh, "It cannot be drawn again."), data=data, urgent=True, grave=True))
    return acts


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """That a lot waits for it; who is tied stands in the result, for those who see it."""
    if not any(due(state, lot) for lot in state.lots.values()):
        return {}
    text = Words("有并列的投标，抽签后再确认结果。", "Bids are tied: a lot is drawn before anyone confirms.")
    return {"notices": [codec.to_json(Notice(text, urgent=True))]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(TieLots).lines.get(lot, ()))


_RESULT = by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.WHOLE)
"""Who is tied tells of the result: the committee sees that; others are told that a lot is drawn."""


def _told(state: Evaluation, event: Any, viewer: Actor) -> Told:
    whole = viewer.role in (Party.WITNESS, Party.REGULATOR)
    return Told.WHOLE if whole else _RESULT(state, event, viewer)


TIES = Matter(
    name="ties",
    decisions={CallTie: _call, DrawTie: _draw},
    permits={CallTie: frozenset({Party.WITNESS}), DrawTie: frozenset({Party.SYSTEM})},
    starts={TieCalled: CallTie, TieDrawn: DrawTie},
    folds={TieCalled: _called, TieDrawn: _drawn},
    told={TieCalled: _told, TieDrawn: _told},
    entries={
        TieCalled: Words("见证人员启动并列抽签", "The witness has a lot drawn among tied bids"),
        TieDrawn: Words("并列抽签完成", "The lot among tied bids was drawn"),
    },
    gate=_gate,
    acts=_acts,
    view=_view,
    report=_report,
)

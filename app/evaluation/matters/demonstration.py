"""Demonstrations and samples (演示、样品): held for every bid by the organising staff, before their marks are sealed.

A record for each bid says when it took place, or that the bidder did not come; the factors are a phase of their own.
Where the document says so, the room draws the order by commit and reveal, and nobody is recorded out of turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.commands import Command, SealSheet
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.model import Evaluation, LotState, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Held, Party

ORGANISERS = frozenset({Party.AGENCY, Party.CENTRE})


@dataclass(frozen=True)
class DemonstrationHeld(Event):
    """A bid's demonstration took place, or its samples were shown; `held` false: the bidder did not come."""

    lot: str
    bid: str
    held: bool
    started_at: str
    ended_at: str
    notes: str


@dataclass(frozen=True)
class HoldDemonstration(Command):
    """Record it; where the bidder did not come, the notes say what was waited for."""

    lot: str
    bid: str
    held: bool
    started_at: str
    ended_at: str
    notes: str


@dataclass(frozen=True)
class OrderCalled(Event):
    """The witness has the order drawn in which the bids of a phase are shown."""

    lot: str
    phase: str


@dataclass(frozen=True)
class OrderDrawn(Event):
    """The verified order, its transcript whole."""

    lot: str
    phase: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class CallOrder(Command):
    """Have the order drawn."""

    lot: str
    phase: str


@dataclass(frozen=True)
class DrawOrder(Command):
    """The outcome. Only the room issues it."""

    lot: str
    phase: str
    transcript: dict[str, Any]


@dataclass(frozen=True)
class Demonstrations:
    """What was held, in the order of the records, by lot, phase and bid; orders that are being or were drawn."""

    held: dict[tuple[str, str, str], DemonstrationHeld] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    called: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The bids among which an order is drawn, by lot and phase."""
    orders: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def line(self, lot: str, line: Line) -> Demonstrations:
        """The memory with one line more."""
        return replace(self, lines=self.lines | {lot: (*self.lines.get(lot, ()), line)})


PURPOSE = "demonstration"
"""What the purpose of such a draw begins with, up to the first stroke."""


def purpose_of(lot: str, phase: str) -> str:
    """The purpose of the draw of an order in the room's stream."""
    return f"{PURPOSE}/{lot}/{phase}"


def order_due(state: Evaluation, lot: LotState) -> bool:
    """The running phase wants an order, and none is drawn yet."""
    wants = lot.stage is LotStage.MARKING and lot.phase.order_drawn and bool(missing(state, lot))
    return wants and (lot.lot.id, lot.phase.id) not in state.memory(Demonstrations).orders


def running(state: Evaluation) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Lot, phase and bids of the orders that are called and not drawn: the room sees to them."""
    memory = state.memory(Demonstrations)
    waits = {key: bids for key, bids in memory.called.items() if key not in memory.orders}
    return tuple((lot, phase, bids) for (lot, phase), bids in waits.items())


def _call_order(state: Evaluation, command: CallOrder, actor: Actor, at: str) -> list[Event]:
    """The witness, once a phase, before anything is shown."""
    lot = guards.lot(state, command.lot, LotStage.MARKING)
    if command.phase != lot.phase.id or not lot.phase.order_drawn:
        raise Refused("nothing_to_draw", "$.phase")
    if (command.lot, command.phase) in state.memory(Demonstrations).called:
        raise Refused("already_drawn", command.phase)
    return [OrderCalled(**vars(command))]


def _draw_order(state: Evaluation, command: DrawOrder, actor: Actor, at: str) -> list[Event]:
    """From a transcript that anyone can verify."""
    bids = next((b for lot, phase, b in running(state) if (lot, phase) == (command.lot, command.phase)), None)
    if bids is None:
        raise Refused("nothing_to_draw", "$.phase")
    guards.transcript(command.transcript, bids)
    return [OrderDrawn(**vars(command))]


def _order_called(state: Evaluation, event: OrderCalled, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Demonstrations), state.lots[event.lot]
    memory = replace(memory, called=memory.called | {(event.lot, event.phase): lot.live_bids()})
    return state.remembering(memory.line(event.lot, Line(at, word(lot), f"见证人员启动抽取{word(lot)}次序。")))


def _order_drawn(state: Evaluation, event: OrderDrawn, actor: Actor, at: str) -> Evaluation:
    memory, order = state.memory(Demonstrations), tuple(event.transcript["order"])
    memory = replace(memory, orders=memory.orders | {(event.lot, event.phase): order})
    code = drawing.slip_code(drawing.digest(event.transcript))
    what = word(state.lots[event.lot])
    text = f"{what}次序：{'、'.join(order)}；各方先承诺后揭示，抽签码 {code}。"
    return state.remembering(memory.line(event.lot, Line(at, what, text)))


def next_bids(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """The bids that may be recorded now: any that is missing, or by the order drawn the first of them."""
    left = missing(state, lot)
    order = state.memory(Demonstrations).orders.get((lot.lot.id, lot.phase.id))
    # A bid that came back since the order was drawn comes last.
    return left if order is None else tuple(bid for bid in (*order, *left) if bid in left)[:1]


def missing(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """Live bids of the running phase for which nothing is recorded yet; none where nothing has to be held."""
    if lot.stage is not LotStage.MARKING or lot.phase.held is None:
        return ()
    held = state.memory(Demonstrations).held
    return tuple(bid for bid in lot.live_bids() if (lot.lot.id, lot.phase.id, bid) not in held)


def _hold(state: Evaluation, command: HoldDemonstration, actor: Actor, at: str) -> list[Event]:
    """Once for each bid, in the order in which they come."""
    lot = guards.lot(state, command.lot, LotStage.MARKING)
    if lot.phase.held is None:
        raise Refused("nothing_held_now", command.lot)
    if command.bid not in lot.live_bids():
        raise Refused("unknown_bid", "$.bid")
    if command.bid not in missing(state, lot):
        raise Refused("already_held", "$.bid")
    if order_due(state, lot):
        raise Refused("order_due", command.lot)
    if command.bid not in next_bids(state, lot):
        raise Refused("not_its_turn", "$.bid", bid=next_bids(state, lot)[0])
    for key in ("started_at", "ended_at"):
        guards.moment(getattr(command, key), f"$.{key}")
    started, ended = datetime.fromisoformat(command.started_at), datetime.fromisoformat(command.ended_at)
    if not started <= ended <= datetime.fromisoformat(at):
        raise Refused("held_out_of_order", "$.ended_at")
    if not command.held:
        guards.text(command.notes, "$.notes")
    return [DemonstrationHeld(**vars(command))]


def _held(state: Evaluation, event: DemonstrationHeld, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Demonstrations), state.lots[event.lot]
    key = (event.lot, lot.phase.id, event.bid)
    what = word(lot)
    bidder = next(bid.bidder for bid in lot.lot.bids if bid.id == event.bid)
    notes = f"：{event.notes}" if event.notes else ""
    took = f"{event.started_at[11:16]}–{event.ended_at[11:16]}"
    text = f"{event.bid} {bidder} {what}，{took}{notes}" if event.held else f"{event.bid} {bidder} 未到场{what}{notes}"
    memory = replace(memory, held=memory.held | {key: event})
    return state.remembering(memory.line(event.lot, Line(at, what, text)))


def word(lot: LotState) -> str:
    """What is held in the running phase."""
    return "样品展示" if lot.phase.held is Held.SAMPLES else "演示"


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Marks are sealed when everything was seen."""
    if not isinstance(command, SealSheet) or command.kind != SheetKind.MARKS.value:
        return
    lot = state.lots.get(command.lot)
    left = missing(state, lot) if lot is not None else ()
    if left and lot is not None:
        raise Refused("demonstration_missing", command.lot, what=word(lot), bids="、".join(left))


def _calling(state: Evaluation) -> list[Act]:
    acts = []
    for lot in state.lots.values():
        data = {"lot": lot.lot.id, "phase": lot.phase.id}
        if not order_due(state, lot) or (lot.lot.id, lot.phase.id) in state.memory(Demonstrations).called:
            continue
        title = Words(f"抽取{word(lot)}次序", "Draw the order of the demonstrations")
        help_ = Words("各方终端先承诺、后揭示；抽出后按次序逐家进行，不能重抽。", "It cannot be drawn again.")
        acts.append(Act("CallOrder", title, help_, data=data, urgent=True, grave=True))
    return acts


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is Party.WITNESS:
        return _calling(state)
    if viewer.role not in ORGANISERS:
        return []
    acts = []
    for lot in state.lots.values():
        left = next_bids(state, lot)
        if not left or order_due(state, lot):
            continue
        names = {bid.id: bid.bidder for bid in lot.lot.bids}
        options = tuple(Option(bid, Words(f"{bid} {names[bid]}", bid)) for bid in left)
        fields = (
            Field("bid", Words(state.ruleset.words["bidder"], "Bidder"), FieldKind.CHOICE, options),
            Field("held", Words("已到场进行", "It took place"), FieldKind.FLAG),
            Field("started_at", Words("开始时间", "Began at"), FieldKind.MOMENT),
            Field("ended_at", Words("结束时间", "Ended at"), FieldKind.MOMENT),
            Field("notes", Words("备注（未到场的必填）", "Notes (needed where nobody came)"), needed=False),
        )
        title = Words(f"登记{word(lot)}", "Record a demonstration")
        count = len(missing(state, lot))
        help_ = Words(f"还有 {count} 家。全部登记后，评委才能封存本阶段评分。", "Marks are sealed after the last.")
        acts.append(Act("HoldDemonstration", title, help_, fields, {"lot": lot.lot.id, "notes": ""}))
    return acts


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """How many are still to come, to all who may know the lot's bids."""
    waits = {lot.lot.id: list(left) for lot in state.lots.values() if (left := missing(state, lot))}
    return {"waits": waits} if waits and state.chair is not None else {}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Demonstrations).lines.get(lot, ()))


DEMONSTRATION = Matter(
    name="demonstration",
    decisions={HoldDemonstration: _hold, CallOrder: _call_order, DrawOrder: _draw_order},
    permits={
        HoldDemonstration: ORGANISERS,
        CallOrder: frozenset({Party.WITNESS}),
        DrawOrder: frozenset({Party.SYSTEM}),
    },
    starts={DemonstrationHeld: HoldDemonstration, OrderCalled: CallOrder, OrderDrawn: DrawOrder},
    folds={DemonstrationHeld: _held, OrderCalled: _order_called, OrderDrawn: _order_drawn},
    told=dict.fromkeys(
        (DemonstrationHeld, OrderCalled, OrderDrawn),
        by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE),
    ),
    entries={
        DemonstrationHeld: Words("登记了一家的演示或样品展示", "A demonstration was recorded"),
        OrderCalled: Words("见证人员启动抽取演示（样品展示）次序", "The witness has the order of demonstrations drawn"),
        OrderDrawn: Words("演示（样品展示）次序已抽取", "The order of demonstrations was drawn"),
    },
    gate=_gate,
    acts=_acts,
    view=_view,
    report=_report,
)

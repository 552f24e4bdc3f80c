"""Demonstrations and samples (演示、样品): held for every bid by the organising staff, before their marks are sealed.

A record for each bid says when it took place, or that the bidder did not come; the factors are a phase of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
class Demonstrations:
    """What was held, in the order of the records, by lot, phase and bid."""

    held: dict[tuple[str, str, str], DemonstrationHeld] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)


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
    line = Line(at, what, text)
    lines = memory.lines | {event.lot: (*memory.lines.get(event.lot, ()), line)}
    return state.remembering(Demonstrations(memory.held | {key: event}, lines))


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


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role not in ORGANISERS:
        return []
    acts = []
    for lot in state.lots.values():
        left = missing(state, lot)
        if not left:
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
        help_ = Words(f"还有 {len(left)} 家。全部登记后，评委才能封存本阶段评分。", "Marks are sealed after the last.")
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
    decisions={HoldDemonstration: _hold},
    permits={HoldDemonstration: ORGANISERS},
    starts={DemonstrationHeld: HoldDemonstration},
    folds={DemonstrationHeld: _held},
    told={DemonstrationHeld: by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE)},
    entries={DemonstrationHeld: Words("登记了一家的演示或样品展示", "A demonstration was recorded")},
    gate=_gate,
    acts=_acts,
    view=_view,
    report=_report,
)

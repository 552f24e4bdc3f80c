"""The board of differences (分歧事项): what has to agree and does not, item by item, both sides with their reasons.

Only facts come on it: items of the review once it is opened, objective factors once the marks are; never a subjective
factor, for marks of taste are nobody's to talk about (87号令 61, 64; 条例 48). Everyone may keep or change the own
position, with a reason; the sheet as it was sealed stays beside the change. What still differs the majority decides
where the rules say so, or the chair has the stage done again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.decisions.rounds import sheet_kind, tally
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.model import Evaluation, LotState, Round, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.sheets import check_mark
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.evaluation.visibility import sits
from app.rules.model import Party

_OPEN = {
    SheetKind.REVIEW: (LotStage.REVIEWED,),
    SheetKind.MARKS: (LotStage.UNSEALING, LotStage.OPENED, LotStage.CHECKING),
}


@dataclass(frozen=True)
class PositionKept(Event):
    """A member stays with what the sheet says, for a reason."""

    lot: str
    kind: str
    bid: str
    item: str
    alias: str
    reason: str


@dataclass(frozen=True)
class PositionChanged(Event):
    """A member's position is another now, for a reason; `value` is `pass`, `fail` (with `page`) or a mark."""

    lot: str
    kind: str
    bid: str
    item: str
    alias: str
    value: str
    page: str
    reason: str


@dataclass(frozen=True)
class KeepPosition(Command):
    """Stay with the own position on a disputed item."""

    lot: str
    kind: str
    bid: str
    item: str
    reason: str


@dataclass(frozen=True)
class ChangePosition(Command):
    """Change the own position on a disputed item."""

    lot: str
    kind: str
    bid: str
    item: str
    value: str
    page: str
    reason: str


@dataclass(frozen=True)
class Differences:
    """What was said, by lot, as lines of the report; and by whom on which item of the present round."""

    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    said: frozenset[tuple[str, str, int, str, str, str]] = frozenset()
    """Lot, kind, round, bid, item, alias."""


def disputed(state: Evaluation, lot: LotState, kind: SheetKind) -> dict[tuple[str, str], dict[str, list[str]]]:
    """The items that differ now: bid and item -> value -> aliases. Nothing while the round is not opened."""
    if lot.stage not in _OPEN[kind]:
        return {}
    return {place: sides for place, sides in _positions(lot, kind).items() if len(sides) > 1}


def _open_rounds(lot: LotState, kind: SheetKind) -> list[Round]:
    """The rounds that are compared: the newest, of each phase, that are open; blind ones hold nothing objective."""
    blind = {phase.id for phase in lot.lot.phases if phase.blind}
    return [found for found in lot.newest_rounds(kind) if found.opened and found.phase not in blind]


def _round_of(lot: LotState, kind: SheetKind, item: str) -> Round:
    """The round in which an item was judged."""
    phases = {factor: phase.id for phase in lot.lot.marking() for factor in phase.factors}
    wanted = phases.get(item, "") if kind is SheetKind.MARKS else ""
    return next(found for found in lot.newest_rounds(kind) if found.phase == wanted)


def _positions(lot: LotState, kind: SheetKind) -> dict[tuple[str, str], dict[str, list[str]]]:
    """The positions on everything that has to agree."""
    objective = {factor.id for factor in lot.lot.factors if factor.kind == "objective"}
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    sheets = [pair for found in _open_rounds(lot, kind) for pair in found.contents().items()]
    for alias, sheet in sorted(sheets, key=lambda pair: pair[0]):
        if kind is SheetKind.REVIEW:
            for bid, verdicts in sheet["bids"].items():
                for item, verdict in verdicts.items():
                    found[bid, item]["pass" if verdict["pass"] else "fail"].append(alias)
        else:
            for bid, marks in sheet["marks"].items():
                for item in objective & set(marks):
                    found[bid, item][_plain(marks[item])].append(alias)
    return found


def _place(state: Evaluation, command: KeepPosition | ChangePosition, actor: Actor) -> tuple[LotState, SheetKind, str]:
    """The lot, the kind and the member who acts, on an item that is disputed."""
    alias = guards.sitting(state, actor).alias or ""
    kind = sheet_kind(command.kind)
    if kind is SheetKind.BALLOT:
        raise Refused("bad_value", "$.kind")
    lot = guards.lot(state, command.lot, *_OPEN[kind])
    factor = next((f for f in lot.lot.factors if f.id == command.item), None)
    if kind is SheetKind.MARKS and factor is not None and factor.kind != "objective":
        raise Refused("not_for_discussion", "$.item")
    if (command.bid, command.item) not in _positions(lot, kind):
        raise Refused("unknown_item", "$.item")
    guards.text(command.reason, "$.reason")
    return lot, kind, alias


def _keep(state: Evaluation, command: KeepPosition, actor: Actor, at: str) -> list[Event]:
    """Only of what is disputed now."""
    lot, kind, alias = _place(state, command, actor)
    if (command.bid, command.item) not in disputed(state, lot, kind):
        raise Refused("nothing_disputed", "$.item")
    return [PositionKept(alias=alias, **vars(command))]


def _change(state: Evaluation, command: ChangePosition, actor: Actor, at: str) -> list[Event]:
    """To a value that the item can have; marks are tallied again at once."""
    lot, kind, alias = _place(state, command, actor)
    place = (command.bid, command.item)
    if place not in disputed(state, lot, kind):
        raise Refused("nothing_disputed", "$.item")
    if kind is SheetKind.REVIEW:
        if command.value not in ("pass", "fail"):
            raise Refused("bad_value", "$.value")
        if command.value == "fail":
            guards.text(command.page, "$.page")
    else:
        factor = next(f for f in lot.lot.factors if f.id == command.item)
        check_mark(lot, factor, command.value, "$.value")
    if alias in _positions(lot, kind)[place].get(_shown(kind, command.value), ()):
        raise Refused("no_change", "$.value")
    event = PositionChanged(alias=alias, **vars(command))
    if kind is SheetKind.REVIEW:
        return [event]
    return [event] if lot.stage is LotStage.UNSEALING else [event, *tally(state, _changed(lot, kind, event))]


def _shown(kind: SheetKind, value: str) -> str:
    return value if kind is SheetKind.REVIEW else _plain(value)


def _plain(mark: str) -> str:
    """A mark without trailing zeros: 8.50 and 8.5 do not differ."""
    return f"{Decimal(mark).normalize():f}"


def _changed(lot: LotState, kind: SheetKind, event: PositionChanged) -> LotState:
    """The lot whose last round has the new position beside the sheet."""
    value: Any = event.value
    if kind is SheetKind.REVIEW:
        failing = {"pass": False, "reason": event.reason, "page": event.page}
        value = {"pass": True} if event.value == "pass" else failing
    last = _round_of(lot, kind, event.item)
    return lot.with_round(replace(last, changes=last.changes | {(event.alias, event.bid, event.item): value}))


def _note(state: Evaluation, event: PositionKept | PositionChanged, at: str, text: str) -> Evaluation:
    memory = state.memory(Differences)
    lot = state.lots[event.lot]
    number = _round_of(lot, SheetKind(event.kind), event.item).number
    lines = (*memory.lines.get(event.lot, ()), Line(at, "分歧事项", text))
    said = memory.said | {(event.lot, event.kind, number, event.bid, event.item, event.alias)}
    return state.remembering(replace(memory, lines=memory.lines | {event.lot: lines}, said=said))


def _item_name(lot: LotState, item: str) -> str:
    names = {i.id: i.name for i in lot.lot.review_items} | {f.id: f.name for f in lot.lot.factors}
    return names.get(item, item)


def _on_kept(state: Evaluation, event: PositionKept, actor: Actor, at: str) -> Evaluation:
    name = _item_name(state.lots[event.lot], event.item)
    return _note(state, event, at, f"{event.bid}“{name}”：{event.alias}维持原意见，{event.reason}")


def _on_changed(state: Evaluation, event: PositionChanged, actor: Actor, at: str) -> Evaluation:
    lot, kind = state.lots[event.lot], SheetKind(event.kind)
    words = {"pass": state.ruleset.words["passed"], "fail": state.ruleset.words["failed"]}
    name, value = _item_name(lot, event.item), words.get(event.value, event.value)
    state = replace(state, lots=state.lots | {event.lot: _changed(lot, kind, event)})
    return _note(state, event, at, f"{event.bid}“{name}”：{event.alias}改为{value}，{event.reason}")


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """For each disputed item on which this member has not spoken: keep or change."""
    alias = viewer.alias or ""
    if viewer.role is not Party.MEMBER or not sits(state, viewer):
        return []
    said = state.memory(Differences).said
    acts: list[Act] = []
    for key, lot in state.lots.items():
        for kind in _OPEN:
            for (bid, item), sides in disputed(state, lot, kind).items():
                number = _round_of(lot, kind, item).number
                if (key, kind.value, number, bid, item, alias) not in said:
                    acts += _item_acts(state, lot, kind, bid, item, sides)
    return acts


def _item_acts(
    state: Evaluation, lot: LotState, kind: SheetKind, bid: str, item: str, sides: dict[str, list[str]]
) -> list[Act]:
    words = {"pass": state.ruleset.words["passed"], "fail": state.ruleset.words["failed"]}
    name = _item_name(lot, item)
    stand = "；".join(f"{words.get(v, v)}：{'、'.join(who)}" for v, who in sorted(sides.items()))
    help_ = Words(stand, stand)
    data = {"lot": lot.lot.id, "kind": kind.value, "bid": bid, "item": item}
    reason = Field("reason", Words("理由（条款、页码、事实）", "Reason (clause, page, fact)"))
    keep = Act("KeepPosition", Words(f"{bid}“{name}”：维持", f"{bid} '{name}': keep"), help_, (reason,), data)
    if kind is SheetKind.REVIEW:
        options = tuple(Option(v, Words(words[v], v)) for v in ("pass", "fail"))
        value = Field("value", Words("改为", "Change to"), FieldKind.CHOICE, options)
        page = Field("page", Words("页码（不通过时填）", "Page, if failing"), FieldKind.LINE, needed=False)
        fields: tuple[Field, ...] = (value, page, reason)
    else:
        data, fields = data | {"page": ""}, (Field("value", Words("改为", "Change to"), FieldKind.NUMBER), reason)
        keep = replace(keep, data={k: v for k, v in data.items() if k != "page"})
    change = Act("ChangePosition", Words(f"{bid}“{name}”：修改", f"{bid} '{name}': change"), help_, fields, data)
    return [keep, change]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """The board, to those who may see the sheets that it is made of."""
    if not (sits(state, viewer) or viewer.role in (Party.WITNESS, Party.REGULATOR)):
        return {}
    board = [
        {"lot": key, "kind": kind.value, "bid": bid, "item": item, "name": _item_name(lot, item), "sides": sides}
        for key, lot in state.lots.items()
        for kind in _OPEN
        for (bid, item), sides in disputed(state, lot, kind).items()
    ]
    return {"board": board} if board else {}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Differences).lines.get(lot, ()))


_SHEETS = by_role(staff=Told.HAPPENED, sitting=Told.WHOLE)

DIFFERENCES = Matter(
    name="differences",
    decisions={KeepPosition: _keep, ChangePosition: _change},
    permits={KeepPosition: frozenset({Party.MEMBER}), ChangePosition: frozenset({Party.MEMBER})},
    starts={PositionKept: KeepPosition, PositionChanged: ChangePosition},
    folds={PositionKept: _on_kept, PositionChanged: _on_changed},
    told={PositionKept: _SHEETS, PositionChanged: _SHEETS},
    entries={
        PositionKept: Words("一名成员就分歧事项维持原意见", "A member stays with a position"),
        PositionChanged: Words("一名成员就分歧事项修改意见", "A member changes a position"),
    },
    acts=_acts,
    view=_view,
    report=_report,
)

"""The second envelope (双信封): prices that are opened in mid-evaluation, when the first envelope is evaluated.

The chair closes the first envelope; bids below the document's pass line stay closed. The agency enters the record of
the second opening with its scan, the witness compares and confirms; from then on the prices count.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.evaluation import codec, visibility
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event, LotFailed
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Option, Words
from app.evaluation.matters.phases import PhaseUnsealed, is_asked, opens_envelope, said_of, unsealed, waiting
from app.evaluation.model import Evaluation, LotState
from app.evaluation.papers import Paper, check
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.tally import coefficients, first_envelope
from app.evaluation.telling import Told, by_role
from app.rules.model import DrawnWhen, Party, Phase
from app.rules.reading import Node
from app.rules.refusal import Refusal


@dataclass(frozen=True)
class SecondEnvelopeEntered(Event):
    """The agency entered the record of the second opening: prices in yuan by bid, coefficients drawn there."""

    lot: str
    opened_at: str
    place: str
    prices: dict[str, str]
    coefficients: dict[str, str]
    paper: Paper


@dataclass(frozen=True)
class SecondEnvelopeRejected(Event):
    """The witness found that the record is not what was entered: it is entered anew."""

    lot: str
    reason: str


@dataclass(frozen=True)
class SecondEnvelopeConfirmed(Event):
    """The witness compared it with the paper: the prices count. `not_opened`: the bids that stay closed."""

    lot: str
    not_opened: tuple[str, ...]


@dataclass(frozen=True)
class OpenSecondEnvelope(Command):
    """Enter the record of the second opening."""

    lot: str
    opened_at: str
    place: str
    prices: dict[str, str]
    coefficients: dict[str, str]
    paper: Paper


@dataclass(frozen=True)
class RejectSecondEnvelope(Command):
    """It is not what the paper says."""

    lot: str
    reason: str


@dataclass(frozen=True)
class ConfirmSecondEnvelope(Command):
    """It is what the paper says."""

    lot: str
    not_opened: tuple[str, ...]


@dataclass(frozen=True)
class Envelopes:
    """Records that wait for the witness, by lot, with the round that they are about; and what happened."""

    entered: dict[str, tuple[SecondEnvelopeEntered, tuple[str, int]]] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)

    def line(self, lot: str, at: str, text: str) -> Envelopes:
        """The memory with one line more."""
        return replace(self, lines=self.lines | {lot: (*self.lines.get(lot, ()), Line(at, "第二信封", text))})


def below_line(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """Live bids whose second envelope stays closed: fewer points in the first than the document asks for."""
    line = lot.lot.pass_line
    if line is None:
        return ()
    points = first_envelope(state, lot)
    return tuple(bid for bid in lot.live_bids() if Decimal(points[bid]) < Decimal(line))


def _due(state: Evaluation, lot_id: str) -> tuple[LotState, Phase]:
    lot = guards.lot(state, lot_id, LotStage.UNSEALING)
    lot, phase = waiting(state, lot_id, lot.to_unseal.id if lot.to_unseal is not None else "")
    if not opens_envelope(lot, phase) or not is_asked(state, lot, phase):
        raise Refused("nothing_to_unseal", lot_id)
    return lot, phase


def wanted(state: Evaluation, lot: LotState) -> dict[str, tuple[str, ...]]:
    """Coefficients that were to be drawn at the opening and did not come with its record: id and values."""
    known = coefficients(state, lot)
    return {d.id: d.values for d in lot.lot.draws if d.when is DrawnWhen.OPENING and d.id not in known}


def _open(state: Evaluation, command: OpenSecondEnvelope, actor: Actor, at: str) -> list[Event]:
    """Prices of exactly the bids that passed; coefficients of exactly those that are still due."""
    lot, phase = _due(state, command.lot)
    if _entered(state, lot, phase) is not None:
        raise Refused("already_requested", command.lot)
    below = below_line(state, lot)
    passed = tuple(bid for bid in lot.live_bids() if bid not in below)
    if set(command.prices) != set(passed):
        raise Refused("not_the_opened_bids", "$.prices", bids="、".join(passed) or "—")
    for bid, price in command.prices.items():
        try:
            Node(price, f"$.prices.{bid}").price()
        except Refusal:
            raise Refused("bad_number", f"$.prices.{bid}") from None
    due = wanted(state, lot)
    if {id: command.coefficients.get(id) in values for id, values in due.items()} != dict.fromkeys(
        command.coefficients, True
    ):
        raise Refused("not_the_coefficients", "$.coefficients", ids="、".join(due) or "—")
    guards.moment(command.opened_at, "$.opened_at")
    if datetime.fromisoformat(command.opened_at) > datetime.fromisoformat(at):
        raise Refused("held_out_of_order", "$.opened_at")
    guards.text(command.place, "$.place")
    check(command.paper, "$.paper")
    return [SecondEnvelopeEntered(**vars(command))]


def _entered(state: Evaluation, lot: LotState, phase: Phase) -> SecondEnvelopeEntered | None:
    found = state.memory(Envelopes).entered.get(lot.lot.id)
    return found[0] if found is not None and found[1] == said_of(lot, phase.id) else None


def _answering(state: Evaluation, lot_id: str) -> tuple[LotState, Phase, SecondEnvelopeEntered]:
    lot, phase = _due(state, lot_id)
    entered = _entered(state, lot, phase)
    if entered is None:
        raise Refused("nothing_requested", lot_id)
    return lot, phase, entered


def _reject(state: Evaluation, command: RejectSecondEnvelope, actor: Actor, at: str) -> list[Event]:
    """With a reason."""
    _answering(state, command.lot)
    guards.text(command.reason, "$.reason")
    return [SecondEnvelopeRejected(**vars(command))]


def _confirm(state: Evaluation, command: ConfirmSecondEnvelope, actor: Actor, at: str) -> list[Event]:
    """The second of two people; where nobody passed the first envelope, nothing is left to compete."""
    lot, phase, entered = _answering(state, command.lot)
    below = below_line(state, lot)
    if command.not_opened != below:
        raise Refused("not_the_opened_bids", "$.not_opened", bids="、".join(entered.prices) or "—")
    confirmed = SecondEnvelopeConfirmed(**vars(command))
    if not entered.prices:
        return [confirmed, PhaseUnsealed(lot.lot.id, phase.id), LotFailed(lot.lot.id, "too_few_bids")]
    return [confirmed, *unsealed(state, _opened(lot, entered, below), phase)]


def _opened(lot: LotState, entered: SecondEnvelopeEntered, below: tuple[str, ...]) -> LotState:
    return replace(
        lot,
        prices=lot.prices | entered.prices,
        coefficients=lot.coefficients | entered.coefficients,
        not_opened=below,
    )


def _fold_entered(state: Evaluation, event: SecondEnvelopeEntered, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Envelopes), state.lots[event.lot]
    phase = lot.to_unseal
    entry = {event.lot: (event, said_of(lot, phase.id if phase is not None else ""))}
    text = f"代理机构录入第二信封开标记录，扫描件 SHA-256 {event.paper.sha256[:16]}…。"
    return state.remembering(replace(memory, entered=memory.entered | entry).line(event.lot, at, text))


def _fold_rejected(state: Evaluation, event: SecondEnvelopeRejected, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Envelopes)
    left = {id: entry for id, entry in memory.entered.items() if id != event.lot}
    text = f"见证人员核对不符，重新录入：{event.reason}"
    return state.remembering(replace(memory, entered=left).line(event.lot, at, text))


def _fold_confirmed(state: Evaluation, event: SecondEnvelopeConfirmed, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Envelopes), state.lots[event.lot]
    entered = memory.entered[event.lot][0]
    told = f"第二信封于{entered.opened_at[:16].replace('T', ' ')}在{entered.place}开启，见证人员核对确认："
    told += "；".join(f"{bid} {price} 元" for bid, price in entered.prices.items()) or "无"
    drawn = "；".join(f"{id} = {value}" for id, value in entered.coefficients.items())
    closed = (
        f"；未达第一信封分数线 {lot.lot.pass_line} 分、不开启：{'、'.join(event.not_opened)}"
        if event.not_opened
        else ""
    )
    text = f"{told}{f'；抽取的系数 {drawn}' if drawn else ''}{closed}。"
    lots = state.lots | {event.lot: _opened(lot, entered, event.not_opened)}
    return replace(state, lots=lots).remembering(memory.line(event.lot, at, text))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    acts = []
    for lot in state.lots.values():
        phase = lot.to_unseal if lot.stage is LotStage.UNSEALING else None
        if phase is None or not opens_envelope(lot, phase) or not is_asked(state, lot, phase):
            continue
        entered = _entered(state, lot, phase)
        if viewer.role is Party.AGENCY and entered is None:
            acts.append(_entering(state, lot))
        if viewer.role is Party.WITNESS and entered is not None:
            acts += _confirming(state, lot, entered)
    return acts


def _entering(state: Evaluation, lot: LotState) -> Act:
    below = below_line(state, lot)
    names = {bid.id: bid.bidder for bid in lot.lot.bids}
    bids = tuple(Option(b, Words(f"{b} {names[b]}", b)) for b in lot.live_bids() if b not in below)
    due = tuple(Option(id, Words(f"{id}（{'、'.join(values)}）", id)) for id, values in wanted(state, lot).items())
    fields = [
        Field("opened_at", Words("开启时间", "Opened at"), FieldKind.MOMENT),
        Field("place", Words("地点", "Place"), FieldKind.LINE),
        Field("prices", Words("报价（元）", "Prices (yuan)"), FieldKind.TABLE, bids),
        Field("paper", Words("签字的开标记录扫描件", "The signed record"), FieldKind.PAPER),
    ]
    data: dict[str, Any] = {"lot": lot.lot.id}
    if due:
        fields.insert(3, Field("coefficients", Words("现场抽取的系数", "Coefficients drawn"), FieldKind.TABLE, due))
    else:
        data["coefficients"] = {}
    title = Words("录入第二信封开标记录", "Enter the second opening")
    closed = f"；{'、'.join(below)} 未达分数线，不开启" if below else ""
    help_ = Words(f"照签字的记录填写，见证人员核对后生效{closed}。", "The witness compares it with the paper.")
    return Act("OpenSecondEnvelope", title, help_, tuple(fields), data, urgent=True)


def _confirming(state: Evaluation, lot: LotState, entered: SecondEnvelopeEntered) -> list[Act]:
    prices = "；".join(f"{bid} {price}" for bid, price in entered.prices.items()) or "无"
    drawn = "；".join(f"{id} = {value}" for id, value in entered.coefficients.items())
    help_ = Words(f"报价（元）：{prices}{f'；系数：{drawn}' if drawn else ''}。请与签字的记录逐项核对。", prices)
    data = {"lot": lot.lot.id}
    reason = Field("reason", Words("不符之处", "What differs"))
    return [
        Act(
            "ConfirmSecondEnvelope",
            Words("第二信封开标记录核对无误", "The second opening is as entered"),
            help_,
            data=data | {"not_opened": list(below_line(state, lot))},
            urgent=True,
            grave=True,
        ),
        Act(
            "RejectSecondEnvelope",
            Words("第二信封开标记录核对不符", "The second opening is not as entered"),
            Words("退回代理机构重新录入。", "The agency enters it anew."),
            (reason,),
            data,
        ),
    ]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Points of the first envelope and who passes, to the committee and to those who watch or open."""
    shown = {}
    for lot in state.lots.values():
        phase = lot.to_unseal if lot.stage is LotStage.UNSEALING else None
        if phase is None or not opens_envelope(lot, phase) or not lot.lot.factors:
            continue
        below = below_line(state, lot)
        points = first_envelope(state, lot)
        shown[lot.lot.id] = {
            "pass_line": lot.lot.pass_line,
            "bids": [{"id": bid, "points": points[bid], "opens": bid not in below} for bid in lot.live_bids()],
        }
    may = viewer.role in (Party.WITNESS, Party.REGULATOR, Party.AGENCY) or visibility.works(state, viewer)
    return {"first": codec.to_json(shown)} if shown and may else {}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Envelopes).lines.get(lot, ()))


_W = Told.WHOLE
_BY_TWO = by_role(staff=_W, office=_W, sitting=Told.HAPPENED)

ENVELOPE = Matter(
    name="envelope",
    decisions={OpenSecondEnvelope: _open, RejectSecondEnvelope: _reject, ConfirmSecondEnvelope: _confirm},
    permits={
        OpenSecondEnvelope: frozenset({Party.AGENCY}),
        RejectSecondEnvelope: frozenset({Party.WITNESS}),
        ConfirmSecondEnvelope: frozenset({Party.WITNESS}),
    },
    starts={
        SecondEnvelopeEntered: OpenSecondEnvelope,
        SecondEnvelopeRejected: RejectSecondEnvelope,
        SecondEnvelopeConfirmed: ConfirmSecondEnvelope,
    },
    folds={
        SecondEnvelopeEntered: _fold_entered,
        SecondEnvelopeRejected: _fold_rejected,
        SecondEnvelopeConfirmed: _fold_confirmed,
    },
    told={
        SecondEnvelopeEntered: _BY_TWO,
        SecondEnvelopeRejected: _BY_TWO,
        SecondEnvelopeConfirmed: by_role(staff=_W, office=_W, sitting=_W),
    },
    entries={
        SecondEnvelopeEntered: Words("第二信封开标记录已录入，待见证核对", "The second opening was entered"),
        SecondEnvelopeRejected: Words("第二信封开标记录核对不符，退回", "The second opening was sent back"),
        SecondEnvelopeConfirmed: Words("第二信封开标记录已核对，报价生效", "The second opening was confirmed"),
    },
    acts=_acts,
    view=_view,
    report=_report,
)

"""Blind marks (暗标): members know bids by codes, in an order of their own, until the marks are sealed and open.

The room draws a seed, commits to it in the journal before anyone chairs, keeps it sealed, and opens it when the last
blind phase is over and the witness has confirmed. From the seed anyone can make each member's codes again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.matters.clarification.masked import resolved
from app.evaluation.matters.phases import is_confirmed, opens_codes, unsealed, waiting
from app.evaluation.model import Codes, Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class CodesDealt(Event):
    """The room drew the seed of a lot's codes and is bound to it."""

    lot: str
    commitment: str


@dataclass(frozen=True)
class CodesOpened(Event):
    """The seed, in the clear: whose code was whose is known from here on."""

    lot: str
    seed: str


@dataclass(frozen=True)
class DealCodes(Command):
    """Only the room issues it."""

    lot: str
    commitment: str


@dataclass(frozen=True)
class OpenCodes(Command):
    """Only the room issues it, once the witness has confirmed."""

    lot: str
    seed: str


@dataclass(frozen=True)
class BlindCourse:
    """What happened to the codes, by lot."""

    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)


def is_blind(lot: LotState) -> bool:
    """Whether the lot has blind phases at all."""
    return any(phase.blind for phase in lot.lot.phases)


def to_deal(state: Evaluation) -> list[str]:
    """Lots whose codes the room has to deal now: the committee sits, nobody chairs yet."""
    return [id for id, lot in state.lots.items() if state.committee and is_blind(lot) and lot.codes is None]


def to_open(state: Evaluation) -> list[str]:
    """Lots whose codes the room has to open now."""
    return [
        id
        for id, lot in state.lots.items()
        if lot.stage is LotStage.UNSEALING
        and lot.to_unseal is not None
        and opens_codes(lot, lot.to_unseal)
        and is_confirmed(state, lot, lot.to_unseal)
    ]


def _deal(state: Evaluation, command: DealCodes, actor: Actor, at: str) -> list[Event]:
    """Once a lot."""
    lot = lot_of(state, command.lot)
    if not is_blind(lot) or not state.committee:
        raise Refused("wrong_stage", command.lot, stage=lot.stage.value)
    if lot.codes is not None:
        raise Refused("already_drawn", command.lot)
    if not _HEX.fullmatch(command.commitment):
        raise Refused("bad_value", "$.commitment")
    return [CodesDealt(**vars(command))]


def _open(state: Evaluation, command: OpenCodes, actor: Actor, at: str) -> list[Event]:
    """The very seed that was committed to, when the witness has confirmed."""
    lot = guards.lot(state, command.lot, LotStage.UNSEALING)
    lot, phase = waiting(state, command.lot, lot.to_unseal.id if lot.to_unseal is not None else "")
    if lot.codes is None or not opens_codes(lot, phase) or not is_confirmed(state, lot, phase):
        raise Refused("nothing_to_unseal", command.lot)
    if not _HEX.fullmatch(command.seed):
        raise Refused("bad_value", "$.seed")
    if drawing.codes_commitment(state.stream, command.lot, bytes.fromhex(command.seed)) != lot.codes.commitment:
        raise Refused("wrong_commitment", "$.seed")
    ahead = replace(lot, codes=replace(lot.codes, seed=command.seed))
    return [CodesOpened(**vars(command)), *unsealed(state, ahead, phase)]


def _dealt(state: Evaluation, event: CodesDealt, actor: Actor, at: str) -> Evaluation:
    lot = replace(state.lots[event.lot], codes=Codes(event.commitment))
    return _line(state, lot, at, f"暗标编号已生成，每位评委的编号次序各不相同；承诺值 {event.commitment[:16]}…")


def _opened(state: Evaluation, event: CodesOpened, actor: Actor, at: str) -> Evaluation:
    lot = state.lots[event.lot]
    codes = replace(lot.codes or Codes(""), seed=event.seed)
    state = resolved(state, event.lot, bytes.fromhex(event.seed))
    return _line(state, replace(lot, codes=codes), at, "暗标评分封存并开启后，编号对应关系揭示，此后不能再改。")


def _line(state: Evaluation, lot: LotState, at: str, text: str) -> Evaluation:
    memory, id = state.memory(BlindCourse), lot.lot.id
    lines = memory.lines | {id: (*memory.lines.get(id, ()), Line(at, "暗标", text))}
    return replace(state, lots=state.lots | {id: lot}).remembering(BlindCourse(lines))


_CHAIR = frozenset({"ProposeChair", "AgreeToChair", "ObjectToChair", "DrawChair", "NameChair"})


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """No chair before the codes are dealt, so no work begins without them; and while they are closed no member
    names a bid: nobody but the room knows which one a code stands for."""
    if type(command).__name__ in _CHAIR and to_deal(state):
        raise Refused("codes_not_dealt", to_deal(state)[0])
    lot = state.lots.get(getattr(command, "lot", None) or "")
    if actor.role is Party.MEMBER and lot is not None and lot.masked and getattr(command, "bid", None) is not None:
        raise Refused("blind_now", "$.bid")


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(BlindCourse).lines.get(lot, ()))


BLIND = Matter(
    name="blind",
    decisions={DealCodes: _deal, OpenCodes: _open},
    permits={DealCodes: frozenset({Party.SYSTEM}), OpenCodes: frozenset({Party.SYSTEM})},
    starts={CodesDealt: DealCodes, CodesOpened: OpenCodes},
    folds={CodesDealt: _dealt, CodesOpened: _opened},
    told={
        CodesDealt: by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.HAPPENED),
        CodesOpened: by_role(staff=Told.HAPPENED, office=Told.HAPPENED, sitting=Told.WHOLE),
    },
    entries={
        CodesDealt: Words("暗标编号已生成并承诺", "Codes for blind marks were dealt and committed to"),
        CodesOpened: Words("暗标编号对应关系已揭示", "Which code stood for which bid was opened"),
    },
    gate=_gate,
    report=_report,
)

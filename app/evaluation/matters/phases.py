"""Marking in phases (分阶段评审): behind each phase the chair and the witness open what the next one needs.

The chair says that the phase is over, the witness confirms; only then codes, prices or the next round of marks are
open. What was opened stays open. Whatever has to be agreed on within the phase is agreed on before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards, rounds
from app.evaluation.events import Event, MarkingDue, PhaseEnded, ReviewDue
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Notice, Option, Words
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Opens, Party, Phase


@dataclass(frozen=True)
class UnsealingAsked(Event):
    """The chair states that a phase is over and asks the witness to let the next one begin."""

    lot: str
    phase: str


@dataclass(frozen=True)
class UnsealingConfirmed(Event):
    """The witness confirmed it."""

    lot: str
    phase: str


@dataclass(frozen=True)
class PhaseUnsealed(Event):
    """Everything that is due behind the phase is open; it is never closed again."""

    lot: str
    phase: str


@dataclass(frozen=True)
class AskUnsealing(Command):
    """The chair: this phase is over."""

    lot: str
    phase: str


@dataclass(frozen=True)
class ConfirmUnsealing(Command):
    """The witness: it is, open what comes next."""

    lot: str
    phase: str


@dataclass(frozen=True)
class Unsealings:
    """Which phase of a lot was asked for and confirmed, by lot, with the round that it was said of; and the course."""

    asked: dict[str, tuple[str, int]] = field(default_factory=dict)
    confirmed: dict[str, tuple[str, int]] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)

    def line(self, lot: str, at: str, text: str) -> Unsealings:
        """The memory with one line more."""
        return replace(self, lines=self.lines | {lot: (*self.lines.get(lot, ()), Line(at, "分阶段评审", text))})


def name_of(lot: LotState, phase_id: str) -> str:
    """What people call a phase."""
    return next((phase.name for phase in lot.lot.marking() if phase.id == phase_id), "") or "评分"


def said_of(lot: LotState, phase_id: str) -> tuple[str, int]:
    """A phase and its newest round: what was said of an older one does not count any more."""
    found = lot.newest(phase_id)
    return phase_id, 0 if found is None else found.number


def is_asked(state: Evaluation, lot: LotState, phase: Phase) -> bool:
    """Whether the chair has asked for this very round of a phase."""
    return state.memory(Unsealings).asked.get(lot.lot.id) == said_of(lot, phase.id)


def is_confirmed(state: Evaluation, lot: LotState, phase: Phase) -> bool:
    """Whether the witness has confirmed it."""
    return state.memory(Unsealings).confirmed.get(lot.lot.id) == said_of(lot, phase.id)


def waiting(state: Evaluation, lot_id: str, phase_id: str) -> tuple[LotState, Phase]:
    """The lot and its phase that waits to be unsealed, or a refusal."""
    lot = guards.lot(state, lot_id, LotStage.UNSEALING)
    if lot.to_unseal is None or lot.to_unseal.id != phase_id:
        raise Refused("nothing_to_unseal", "$.phase")
    return lot, lot.to_unseal


def unsealed(state: Evaluation, lot: LotState, phase: Phase) -> list[Event]:
    """The phase is unsealed, and what follows."""
    ahead = replace(lot, unsealed=(*lot.unsealed, phase.id))
    return [PhaseUnsealed(lot.lot.id, phase.id), *rounds.onward(state, ahead)]


def opens_codes(lot: LotState, phase: Phase) -> bool:
    """Whether the codes are opened behind this phase: it is the last blind one, and they are still closed."""
    blind = [one for one in lot.lot.marking() if one.blind]
    return bool(blind) and blind[-1].id == phase.id and (lot.codes is None or lot.codes.seed is None)


def opens_envelope(lot: LotState, phase: Phase) -> bool:
    """Whether the second envelope is opened behind this phase."""
    return lot.lot.second_envelope and phase.opens is Opens.PRICES and not lot.prices


def differing(lot: LotState, phase: Phase) -> str | None:
    """The first place where members differ on an objective factor of a phase, which is never a blind one."""
    found = lot.newest(phase.id)
    sheets = [] if found is None else list(found.contents().values())
    for bid in lot.live_bids():
        for factor in lot.lot.factors_of(phase.id):
            if factor.kind == "objective" and len({sheet["marks"][bid][factor.id] for sheet in sheets}) > 1:
                return f"{bid}.{factor.id}"
    return None


def _ask(state: Evaluation, command: AskUnsealing, actor: Actor, at: str) -> list[Event]:
    """The chair, once members agree on what they have to agree on."""
    guards.chair(state, actor)
    lot, phase = waiting(state, command.lot, command.phase)
    if is_asked(state, lot, phase):
        raise Refused("already_requested", command.lot)
    place = differing(lot, phase)
    if place is not None:
        raise Refused("objective_mismatch", place, place=place)
    return [UnsealingAsked(**vars(command))]


def _confirm(state: Evaluation, command: ConfirmUnsealing, actor: Actor, at: str) -> list[Event]:
    """The witness; the codes the room opens then by itself, a second envelope has its own record."""
    lot, phase = waiting(state, command.lot, command.phase)
    if not is_asked(state, lot, phase):
        raise Refused("nothing_requested", command.lot)
    if is_confirmed(state, lot, phase):
        raise Refused("already_approved", command.lot)
    if opens_envelope(lot, phase):
        raise Refused("second_opening_due", command.lot)
    made: list[Event] = [UnsealingConfirmed(**vars(command))]
    return made if opens_codes(lot, phase) else made + unsealed(state, lot, phase)


def _asked(state: Evaluation, event: UnsealingAsked, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Unsealings), state.lots[event.lot]
    said = {event.lot: said_of(lot, event.phase)}
    text = f"{state.ruleset.words['chair']}提出结束“{name_of(lot, event.phase)}”。"
    return state.remembering(replace(memory, asked=memory.asked | said).line(event.lot, at, text))


def _confirmed(state: Evaluation, event: UnsealingConfirmed, actor: Actor, at: str) -> Evaluation:
    memory, lot = state.memory(Unsealings), state.lots[event.lot]
    said = {event.lot: said_of(lot, event.phase)}
    text = f"见证人员确认“{name_of(lot, event.phase)}”结束。"
    return state.remembering(replace(memory, confirmed=memory.confirmed | said).line(event.lot, at, text))


def _unsealed(state: Evaluation, event: PhaseUnsealed, actor: Actor, at: str) -> Evaluation:
    lot = state.lots[event.lot]
    opens = any(phase.id == event.phase and phase.opens is Opens.PRICES for phase in lot.lot.marking())
    memory = state.memory(Unsealings)
    if opens:
        memory = memory.line(event.lot, at, f"“{name_of(lot, event.phase)}”结束，报价向评委开启。")
    opened = replace(lot, unsealed=(*lot.unsealed, event.phase))
    return replace(state, lots=state.lots | {event.lot: opened}).remembering(memory)


def _ended(state: Evaluation, event: PhaseEnded, actor: Actor, at: str) -> Evaluation:
    name = name_of(state.lots[event.lot], event.phase)
    return state.remembering(state.memory(Unsealings).line(event.lot, at, f"“{name}”全体评委封存，评分开启。"))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    acts: list[Act] = []
    for lot in state.lots.values():
        if viewer.role is Party.MEMBER and viewer.alias == state.chair:
            acts += _repeating(state, lot)
        phase = lot.to_unseal if lot.stage is LotStage.UNSEALING else None
        if phase is not None:
            acts += _unsealing(state, lot, phase, viewer)
    return acts


def _unsealing(state: Evaluation, lot: LotState, phase: Phase, viewer: Actor) -> list[Act]:
    name, data = name_of(lot, phase.id), {"lot": lot.lot.id, "phase": phase.id}
    if viewer.role is Party.MEMBER and viewer.alias == state.chair and not is_asked(state, lot, phase):
        if differing(lot, phase) is not None:
            return []
        title = Words(f"结束“{name}”", "Close this phase")
        help_ = Words("全体评委已封存并开启。您提出后，由见证人员确认，随后进入下一步。", "The witness confirms it.")
        return [Act("AskUnsealing", title, help_, data=data, urgent=True)]
    due = is_asked(state, lot, phase) and not is_confirmed(state, lot, phase) and not opens_envelope(lot, phase)
    if viewer.role is Party.WITNESS and due:
        title = Words(f"确认“{name}”结束", "Confirm that the phase is over")
        help_ = Words("确认后开启下一步所需内容，不能再关上。", "What is opened stays open.")
        return [Act("ConfirmUnsealing", title, help_, data=data, urgent=True, grave=True)]
    return []


def _repeating(state: Evaluation, lot: LotState) -> list[Act]:
    """A phase may be done again by its name, which the page of the result cannot ask for."""
    at = (LotStage.UNSEALING, LotStage.OPENED, LotStage.CHECKING)
    opened = [p for p in lot.lot.phases if (found := lot.newest(p.id)) is not None and found.opened]
    grounds = state.ruleset.procedure.repeat_grounds
    if lot.stage not in at or not opened or not grounds:
        return []
    which = Field(
        "phase",
        Words("阶段", "Phase"),
        FieldKind.CHOICE,
        tuple(Option(phase.id, Words(phase.name, phase.id)) for phase in opened),
    )
    ground = Field(
        "ground",
        Words("事由", "Ground"),
        FieldKind.CHOICE,
        tuple(Option(code, Words(text, text)) for code, text in grounds.items()),
    )
    title = Words("重新进行某一阶段的评分", "Have a phase marked again")
    help_ = Words("全体评委重新独立评分，原评分保留。", "All members mark it anew; what was marked is kept.")
    fields = (which, ground, Field("reason", Words("理由", "Reason")))
    return [Act("RepeatStage", title, help_, fields, {"lot": lot.lot.id, "kind": "marks"})]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Where a lot stands between two phases; nothing of the marks."""
    lots = {lot.lot.id: lot for lot in state.lots.values() if lot.stage is LotStage.UNSEALING}
    found = {id: lot.to_unseal for id, lot in lots.items() if lot.to_unseal is not None}
    if not found:
        return {}
    told = [
        Notice(
            Words(
                f"“{name_of(lots[id], phase.id)}”已结束，"
                + (
                    "等待见证人员确认。"
                    if is_asked(state, lots[id], phase)
                    else f"等待{state.ruleset.words['chair']}提出。"
                ),
                "A phase is over; "
                + ("the witness" if is_asked(state, lots[id], phase) else "the chair")
                + " is next.",
            )
        )
        for id, phase in found.items()
    ]
    ended = {id: {"phase": phase.id, "asked": is_asked(state, lots[id], phase)} for id, phase in found.items()}
    return {"ended": ended, "notices": [codec.to_json(notice) for notice in told]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Unsealings).lines.get(lot, ()))


_STAGE = by_role(staff=Told.WHOLE, office=Told.WHOLE, sitting=Told.WHOLE)

PHASES = Matter(
    name="phases",
    decisions={AskUnsealing: _ask, ConfirmUnsealing: _confirm},
    permits={AskUnsealing: frozenset({Party.MEMBER}), ConfirmUnsealing: frozenset({Party.WITNESS})},
    starts={UnsealingAsked: AskUnsealing, UnsealingConfirmed: ConfirmUnsealing},
    folds={
        UnsealingAsked: _asked,
        UnsealingConfirmed: _confirmed,
        PhaseUnsealed: _unsealed,
        PhaseEnded: _ended,
    },
    told=dict.fromkeys(
        (UnsealingAsked, UnsealingConfirmed, PhaseUnsealed, PhaseEnded, MarkingDue, ReviewDue),
        _STAGE,
    ),
    entries={
        UnsealingAsked: Words("{chair}提出结束一个评分阶段", "The chair closes a phase of marking"),
        UnsealingConfirmed: Words("见证人员确认评分阶段结束", "The witness confirmed that the phase is over"),
        PhaseUnsealed: Words("评分阶段结束，所需内容已开启", "A phase is over, and what is due is open"),
        PhaseEnded: Words("一个阶段的评分已开启", "The marks of a phase were opened"),
        MarkingDue: Words("进入下一阶段评分", "The next phase of marking begins"),
        ReviewDue: Words("暗标阶段结束，进入初步评审", "The blind phases are over; the review begins"),
    },
    acts=_acts,
    view=_view,
    report=_report,
)

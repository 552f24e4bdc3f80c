"""Blank forms (空白表): printed before anything fails, and every copy counted, so that none can appear from nowhere.

Law: the room makes the paper and the entry together; a copy bears the number of its printing and its own. What is
filled in on it comes back as `matters.paper` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

MOST_COPIES = 50


class FormKind(StrEnum):
    """What a blank form is for."""

    PLEDGE = "pledge"
    REVIEW = "review"
    MARKS = "marks"
    OPINION = "opinion"
    """Agreement to the result, or dissent with reasons."""
    REPLACEMENT = "replacement"
    LEAVE = "leave"
    PAUSE = "pause"
    ACT = "act"
    """Any act that is offered to who prints it."""


OF_LOT = frozenset({FormKind.REVIEW, FormKind.MARKS, FormKind.OPINION})


@dataclass(frozen=True)
class FormPrinted(Event):
    """So many copies were printed: one for each of `aliases`, or `copies` that bear none. `number` counts printings."""

    number: int
    form: str
    lot: str
    aliases: tuple[str, ...]
    act: str
    copies: int


@dataclass(frozen=True)
class PrintForm(Command):
    """Print blank forms; `lot` '' where the form is about none, `act` the command of an act's form, else ''."""

    form: str
    lot: str
    aliases: tuple[str, ...]
    act: str
    copies: int


@dataclass(frozen=True)
class Printing:
    """One printing as it is remembered."""

    at: str
    event: FormPrinted


@dataclass(frozen=True)
class Forms:
    """Every printing, in order."""

    printed: tuple[Printing, ...] = ()


def _print(state: Evaluation, command: PrintForm, actor: Actor, at: str) -> list[Event]:
    try:
        form = FormKind(command.form)
    except ValueError:
        raise Refused("bad_value", "$.form") from None
    if form in OF_LOT:
        lot_of(state, command.lot)
    elif command.lot:
        raise Refused("bad_value", "$.lot")
    if (form is FormKind.ACT) is not bool(command.act.strip()):
        raise Refused("bad_value", "$.act")
    if len(set(command.aliases)) != len(command.aliases) or any(state.by_alias(one) is None for one in command.aliases):
        raise Refused("unknown_member", "$.aliases")
    if not 1 <= command.copies <= MOST_COPIES or len(command.aliases) not in (0, command.copies):
        raise Refused("wrong_copies", "$.copies", most=str(MOST_COPIES))
    return [FormPrinted(number=len(state.memory(Forms).printed) + 1, **vars(command))]


def _printed(state: Evaluation, event: FormPrinted, actor: Actor, at: str) -> Evaluation:
    return state.remembering(Forms((*state.memory(Forms).printed, Printing(at, event))))


def form_words(state: Evaluation, form: FormKind) -> Words:
    """What a form is called, in the track's own words."""
    own = state.ruleset.words
    return {
        FormKind.PLEDGE: Words(own["pledge"], "Pledge"),
        FormKind.REVIEW: Words(f"{own['preliminary']}表", "Review sheet"),
        FormKind.MARKS: Words(f"{own['mark']}表", "Marks sheet"),
        FormKind.OPINION: Words(f"{own['report']}确认与{own['dissent']}书", "Confirmation or dissent"),
        FormKind.REPLACEMENT: Words(f"{own['member']}更换记录", "Record of a replacement"),
        FormKind.LEAVE: Words("暂离席位登记表", "Record of leaves"),
        FormKind.PAUSE: Words(f"{own['evaluation']}暂停记录", "Record of a pause"),
        FormKind.ACT: Words("事项办理表", "Form of a matter"),
    }[form]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    printed = state.memory(Forms).printed
    if viewer.role not in may.STAFF:
        return {}
    kinds = {form.value: codec.to_json(form_words(state, form)) for form in FormKind}
    return {"forms": kinds, "printed": [{"at": one.at, **one.event.data()} for one in printed]}


def _report(state: Evaluation, lot: str) -> list[Line]:
    lines = []
    for one in state.memory(Forms).printed:
        if one.event.lot in ("", lot):
            name = form_words(state, FormKind(one.event.form)).zh
            whose = f"（{'、'.join(one.event.aliases)}）" if one.event.aliases else ""
            text = f"第 {one.event.number} 次印制空白{name}{whose}，共 {one.event.copies} 份。"
            lines.append(Line(one.at, "空白表", text))
    return lines


FORMS = Matter(
    name="forms",
    decisions={PrintForm: _print},
    permits={PrintForm: frozenset({Party.CENTRE})},
    starts={FormPrinted: PrintForm},
    folds={FormPrinted: _printed},
    told={FormPrinted: by_role(staff=Told.WHOLE)},
    entries={
        FormPrinted: Words("印制空白表 {copies} 份（第 {number} 次）", "{copies} blank forms were printed ({number})")
    },
    view=_view,
    report=_report,
)

"""A matter (事项): what may come up beside the main way of an evaluation, whole in one file of `matters`.

A pause, a leave, a clarification, a replacement: each has its commands and events, its decisions, what it remembers,
who may ask for it, who is told, what the report says of it, and the acts that it offers to a person. The main way
never asks a matter anything; a matter may guard the main way (`gate`) and move its stages (`stages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.model import Evaluation
from app.evaluation.telling import Rule
from app.rules.model import Party

Decision = Callable[[Evaluation, Any, Actor, str], list[Event]]
"""From state, command, actor and server time (RFC 3339) to events, or `Refused`. Pure."""

Fold = Callable[[Evaluation, Any, Actor, str], Evaluation]
"""From state, event, actor and server time to the next state. Never refuses."""

Gate = Callable[[Evaluation, Command, Actor, str], None]
"""Refuses commands of anyone while the matter is on; asked before every decision."""


@dataclass(frozen=True)
class Words:
    """What a person reads, in Chinese and in English."""

    zh: str
    en: str


class FieldKind(StrEnum):
    """How a field of an act is filled in."""

    TEXT = "text"
    """Words; several lines."""
    LINE = "line"
    """One line: a clause, a page, a name."""
    CHOICE = "choice"
    """One of `options`."""
    CHOICES = "choices"
    """Any of `options`; the value is an array."""
    NUMBER = "number"
    """A decimal, sent as a string."""
    COUNT = "count"
    """A whole number, sent as one."""
    FLAG = "flag"
    """Yes or no."""
    MOMENT = "moment"
    """Date and time, sent as RFC 3339 with offset."""
    PAPER = "paper"
    """A file that is uploaded first; the value is `{"sha256", "bytes", "title"}`."""
    TABLE = "table"
    """A value for each of `options`; the value is an object by option."""


@dataclass(frozen=True)
class Option:
    """One thing to choose: its value on the wire and its words."""

    value: str
    label: Words


@dataclass(frozen=True)
class Field:
    """One field of an act's form: the command's field that it fills, and how."""

    name: str
    label: Words
    kind: FieldKind = FieldKind.TEXT
    options: tuple[Option, ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Act:
    """Something that this person may do now: a command, what is fixed of it, what is to be filled in."""

    command: str
    title: Words
    help: Words
    fields: tuple[Field, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    """The command's fields that the form does not ask for."""
    urgent: bool = False
    """Somebody waits for it, so it comes first and shows."""


@dataclass(frozen=True)
class Line:
    """One line of the report's section on the course of the evaluation: when, under which head, what."""

    at: str
    head: str
    text: str


def _no_acts(state: Evaluation, viewer: Actor) -> list[Act]:
    return []


def _no_view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    return {}


def _no_lines(state: Evaluation, lot: str) -> list[Line]:
    return []


@dataclass(frozen=True)
class Matter:
    """Everything about one matter. `told` lists every event of the matter, also those that only follow."""

    name: str
    decisions: Mapping[type[Command], Decision]
    permits: Mapping[type[Command], frozenset[Party]]
    starts: Mapping[type[Event], type[Command]]
    """The command whose first event is this one."""
    folds: Mapping[type[Event], Fold]
    told: Mapping[type[Event], Rule]
    entries: Mapping[type[Event], Words]
    """One sentence for each event of the matter, as the consoles' journal shows it."""
    gate: Gate | None = None
    acts: Callable[[Evaluation, Actor], list[Act]] = _no_acts
    """What the viewer may do of this matter now; an act offered is one that `decide` takes, rightly filled in."""
    view: Callable[[Evaluation, Actor], dict[str, Any]] = _no_view
    """What the viewer may see of it, under the matter's name in the view's `matters`; {} = nothing to see."""
    report: Callable[[Evaluation, str], list[Line]] = _no_lines
    """What the report of a lot says of it, in Chinese."""

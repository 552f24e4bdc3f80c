"""A matter (事项): what may come up beside the main way of an evaluation, whole in one file of `matters`.

A pause, a leave, a clarification, a replacement: each has its commands and events, its decisions, what it remembers,
who may ask for it, who is told, what the report says of it, and the acts that it offers to a person. The main way
never asks a matter anything; a matter may guard the main way (`gate`) and move its stages (`stages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions.releasing import Releasable
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, Member
from app.evaluation.steps import Step
from app.evaluation.telling import Rule
from app.rules.model import Party


@dataclass(frozen=True)
class InPlace:
    """A command that a decision stands for: its own decision, with every gate, says what follows."""

    command: Command
    actor: Actor
    ahead: bool = False
    """Only asked whether it would be allowed now; nothing comes of it yet."""


Decision = Callable[[Evaluation, Any, Actor, str], Sequence[Event | InPlace]]
"""From state, command, actor and server time (RFC 3339) to events, or `Refused`. Pure."""

Fold = Callable[[Evaluation, Any, Actor, str], Evaluation]
"""From state, event, actor and server time to the next state. Never refuses."""

Gate = Callable[[Evaluation, Command, Actor], None]
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
    grave: bool = False
    """It ends something or cannot be taken back: the form asks once more, in words, before it is sent."""
    second: bool = False
    """The second of two people says it, with the own password typed afresh beside the form."""
    paper: dict[str, Any] | None = None
    """A scan that the act is about, `{"sha256", "bytes", "title"}`: a console shows it on demand."""


@dataclass(frozen=True)
class Notice:
    """How things stand because of a matter, as seats and consoles show it above every page.

    `since` and `until` are moments (RFC 3339) or None; up to `until` the windows count down by the room's time.
    """

    text: Words
    since: str | None = None
    until: str | None = None
    urgent: bool = False
    """It changes what people may do now: told as a warning, not as a remark."""


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


def _no_place(state: Evaluation, act: Act) -> list[InPlace]:
    return []


def _no_step(state: Evaluation, member: Member) -> Step | None:
    return None


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
    seconds: frozenset[type[Command]] = frozenset()
    """Commands by which a second person lets something take effect that touches the result: the room takes them only
    with that person's password, typed afresh."""
    after_close: frozenset[type[Command]] = frozenset()
    """Commands that a closed evaluation still takes; nothing but these."""
    releases: Mapping[str, Releasable] = field(default_factory=dict)
    """What two people may release beside the main way, by the `what` of `RequestRelease`."""
    step: Callable[[Evaluation, Member], Step | None] = _no_step
    """What a member at a seat does or waits for before anything else; it changes nothing of 'in progress / ended'."""
    acts: Callable[[Evaluation, Actor], list[Act]] = _no_acts
    """What the viewer may do of this matter now; an act offered is one that `decide` takes, rightly filled in."""
    in_place: Callable[[Evaluation, Act], list[InPlace]] = _no_place
    """The steps of which an act of this matter takes the place, of one person or of each who may be chosen: what holds
    back all of them holds back the act."""
    view: Callable[[Evaluation, Actor], dict[str, Any]] = _no_view
    """What the viewer may see of it, under the matter's name in the view's `matters`; {} = nothing to see.

    The key `notices` is for everyone's eyes: a list of `Notice` as JSON (`codec.to_json`), which seat and console
    show as a strip above whatever page is open, until the matter lists them no more.
    """
    report: Callable[[Evaluation, str], list[Line]] = _no_lines
    """What the report of a lot says of it, in Chinese."""

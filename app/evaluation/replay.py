"""Replaying a stream: fold it, and check that every entry is one that `decide` allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.decide import decide
from app.evaluation.evolve import evolve
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.registry import command_of, read_event


class Line(Protocol):
    """What replay needs of a journal entry."""

    @property
    def stream(self) -> str:
        """The entry's stream."""

    @property
    def seq(self) -> int:
        """The entry's number in its stream."""

    @property
    def at(self) -> str:
        """Server time."""

    @property
    def type(self) -> str:
        """Event type."""

    @property
    def actor(self) -> Any:
        """Role and alias."""

    @property
    def data(self) -> Any:
        """The event's fields."""


def read_actor(data: object) -> Actor:
    """Decode an entry's actor."""
    return codec.from_json(Actor, data, "$.actor")


def fold(entries: Iterable[Line], state: Evaluation | None = None) -> Evaluation | None:
    """Return the state that the entries lead to."""
    for entry in entries:
        event = read_event(entry.type, entry.data)
        state = evolve(state, event, read_actor(entry.actor), entry.at, entry.stream)
    return state


@dataclass(frozen=True)
class Irregular:
    """An entry that `decide` would not have made: its number, the refusal's code and place."""

    seq: int
    code: str
    where: str


def check(entries: Sequence[Line]) -> tuple[Evaluation | None, Irregular | None]:
    """Fold the entries while deciding each command again; stop at the first entry that could not have come about.

    An entry either is the first event of a command that `decide` allows, or one of the events that follow from it,
    with the same data, the same actor and the same time.
    """
    state: Evaluation | None = None
    index = 0
    while index < len(entries):
        first = entries[index]
        try:
            actor = read_actor(first.actor)
            command = command_of(read_event(first.type, first.data))
            if command is None:
                return state, Irregular(first.seq, "follows_nothing", first.type)
            made = decide(state, command, actor, first.at)
        except Refused as refused:
            return state, Irregular(first.seq, refused.code, refused.where)
        for event in made:
            if index == len(entries):
                return state, Irregular(entries[-1].seq, "cut_off", type(event).__name__)
            entry = entries[index]
            same = (entry.type, entry.data, entry.actor, entry.at) == (
                type(event).__name__,
                event.data(),
                first.actor,
                first.at,
            )
            if not same:
                return state, Irregular(entry.seq, "not_as_decided", type(event).__name__)
            state = evolve(state, event, actor, entry.at, entry.stream)
            index += 1
    return state, None

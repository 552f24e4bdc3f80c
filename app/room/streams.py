"""The folded states of all streams, and the page on which one job writes the next entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decide import decide
from app.evaluation.events import Event
from app.evaluation.evolve import evolve
from app.evaluation.model import Evaluation, Member
from app.evaluation.papers import named_in
from app.evaluation.refusal import Refused
from app.evaluation.registry import read_event
from app.evaluation.replay import read_actor
from app.evaluation.room.commands import RoomCommand
from app.evaluation.room.decide import decide_room
from app.evaluation.room.events import RoomEvent, read_room_event
from app.evaluation.room.evolve import evolve_room
from app.evaluation.room.model import Room
from app.evaluation.stages import AT_THE_SEAT
from app.journal import ZERO, Entry, Frontier, JournalFault, check_chain, entry_bytes, make_entry, read_line
from app.ports.store import Reading, Row, Store, Transaction
from app.room.refusal import RoomRefusal

ROOM = "room"
"""The name of the room's own stream."""

_PART = 1000
"""Rows that are in memory at once while the journal is folded."""


@dataclass(frozen=True)
class Tail:
    """Where a stream ends: its size, last hash, Merkle frontier, and how many entries the newest checkpoint covers."""

    size: int = 0
    head: str = ZERO
    frontier: Frontier = field(default_factory=Frontier)
    noted: int = 0


@dataclass(frozen=True)
class Line:
    """One entry at its position in the journal of all streams, with its event."""

    position: int
    entry: Entry
    event: Event | RoomEvent


@dataclass(frozen=True)
class Book:
    """What the journal folds to up to `position`. Never changed, only followed by the next."""

    position: int = 0
    state_of_room: Room | None = None
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    tails: dict[str, Tail] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    """The SHA-256 of every scanned paper that an entry of an evaluation names."""

    @cached_property
    def holders(self) -> dict[str, tuple[str, Member]]:
        """Who holds a seat now, by seat: the evaluation that goes on, and its member. Read for everyone who listens."""
        found: dict[str, tuple[str, Member]] = {}
        for stream, state in self.evaluations.items():
            if not state.closed:
                for member in state.members.values():
                    if member.seat is not None and member.stage in AT_THE_SEAT:
                        found.setdefault(member.seat, (stream, member))
        return found

    @property
    def room(self) -> Room:
        """The room, which is opened at the first start."""
        if self.state_of_room is None:
            raise RuntimeError("the room is not open yet")
        return self.state_of_room

    def after(self, line: Line, leaf: bytes) -> Book:
        """The book with one entry more."""
        entry = line.entry
        tail = self.tails.get(entry.stream, Tail())
        frontier = Frontier(tail.frontier.size, tail.frontier.peaks)
        frontier.append(leaf)
        tails = self.tails | {entry.stream: replace(tail, size=entry.seq, head=entry.hash, frontier=frontier)}
        actor = read_actor(entry.actor)
        if isinstance(line.event, RoomEvent):
            room = evolve_room(self.state_of_room, line.event, actor, entry.at, entry.stream)
            return self._with_holders(replace(self, position=line.position, state_of_room=room, tails=tails))
        state = evolve(self.evaluations.get(entry.stream), line.event, actor, entry.at, entry.stream)
        named = self.named.union(str(paper["sha256"]) for _, paper in named_in(entry.data))
        evaluations = self.evaluations | {entry.stream: state}
        return replace(self, position=line.position, evaluations=evaluations, tails=tails, named=named)

    def noted(self, stream: str, size: int) -> Book:
        """The book after a checkpoint over `size` entries of a stream."""
        return self._with_holders(replace(self, tails=self.tails | {stream: replace(self.tails[stream], noted=size)}))

    def _with_holders(self, after: Book) -> Book:
        """Whatever concerns no evaluation leaves everybody in the seat; what is known of them is not asked again."""
        if "holders" in self.__dict__:
            after.__dict__["holders"] = self.holders
        return after


def line_of(row: Row) -> tuple[Line, bytes]:
    """Decode a row of the store: the line and the leaf's bytes."""
    body = row.body.encode()
    entry = read_line(body, row.seq)
    return Line(row.position, entry, _read(row.stream, entry.type, entry.data)), body


def _read(stream: str, kind: str, data: object) -> Event | RoomEvent:
    return read_room_event(kind, data) if stream == ROOM else read_event(kind, data)


def _rows(store: Store) -> Iterator[Row]:
    """The whole journal in order, a part at a time."""
    position = 0
    while rows := store.entries_after(position, _PART):
        yield from rows
        position = rows[-1].position


def read_book(store: Store) -> Book:
    """Fold the whole journal, checking every chain; raises `RoomRefusal` `journal_damaged`."""
    book, heads = Book(), dict[str, Entry]()
    for row in _rows(store):
        try:
            line, leaf = line_of(row)
        except (JournalFault, Refused):
            raise RoomRefusal("journal_damaged", f"{row.stream}:{row.seq}") from None
        fault = check_chain([line.entry], heads.get(row.stream))
        if fault is not None or (row.stream, row.seq, row.hash) != (line.entry.stream, line.entry.seq, line.entry.hash):
            raise RoomRefusal("journal_damaged", f"{row.stream}:{row.seq}")
        heads[row.stream] = line.entry
        book = book.after(line, leaf)
    for stream in store.streams():
        last = store.last_checkpoint(stream)
        if last is not None:
            book = book.noted(stream, last.size)
    return book


Effect = Callable[[Transaction], object]


class Page:
    """One job's work: entries it adds, further changes of the store, and what is to be done once all is on the disk.

    A job that raises leaves no trace; `act` itself adds all events of a command or none.
    """

    def __init__(self, book: Book, reading: Reading, at: str) -> None:
        self.book = book
        self.reading = reading
        self.at = at
        self.lines: list[tuple[Line, bytes]] = []
        self.effects: list[Effect] = []
        self.callbacks: list[Callable[[], object]] = []
        self.due: set[str] = set()
        """Streams whose stage changed, so that a checkpoint is due."""

    def evaluation(self, stream: str) -> Evaluation:
        """The evaluation of a stream; raises `RoomRefusal` `not_found`."""
        found = self.book.evaluations.get(stream)
        if found is None:
            raise RoomRefusal("not_found", "stream")
        return found

    def act(self, stream: str, command: Command, actor: Actor) -> list[str]:
        """Decide a command of an evaluation and add its events; returns their names."""
        return self._add(stream, decide(self.book.evaluations.get(stream), command, actor, self.at), actor)

    def act_room(self, command: RoomCommand, actor: Actor) -> list[str]:
        """Decide a command of the room and add its events; returns their names."""
        return self._add(ROOM, decide_room(self.book.state_of_room, command, actor), actor)

    def also(self, effect: Effect) -> None:
        """Do this in the same transaction, behind the entries."""
        self.effects.append(effect)

    def afterwards(self, callback: Callable[[], object]) -> None:
        """Do this in the event loop once everything is on the disk."""
        self.callbacks.append(callback)

    def _add(self, stream: str, events: list[Event] | list[RoomEvent], actor: Actor) -> list[str]:
        book, made = self.book, []
        for event in events:
            tail = book.tails.get(stream, Tail())
            try:
                entry = make_entry(
                    stream, tail.size + 1, self.at, type(event).__name__, codec.to_json(actor), event.data(), tail.head
                )
            except JournalFault as fault:  # a float or a broken text in what a client sent
                raise Refused("bad_value", fault.detail) from None
            leaf = entry_bytes(entry)
            # Folded is what the journal holds, not what was asked: after a restart nothing may stand in another order.
            line = Line(book.position + 1, entry, _read(stream, entry.type, json.loads(leaf)["data"]))
            book = book.after(line, leaf)
            made.append((line, leaf))
        if _stages(self.book, stream) != _stages(book, stream):
            self.due.add(stream)
        self.book = book
        self.lines += made
        return [type(event).__name__ for event in events]


def _stages(book: Book, stream: str) -> Any:
    """What a change of stage is seen by."""
    if stream == ROOM:
        return book.state_of_room and [draw.stage for draw in book.state_of_room.draws.values()]
    state = book.evaluations.get(stream)
    return state and ([lot.stage for lot in state.lots.values()], state.chair)

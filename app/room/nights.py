"""What only the room knows about a night: how long the journal is in the evening, and whether it still begins so."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.matters.pause.records import Pauses, ResumeEvaluation, SealNight
from app.evaluation.model import Evaluation
from app.journal import root_of
from app.room.streams import Page


@dataclass(frozen=True)
class Night:
    """`SealNight` as a client sends it: the room fills in size and root of the journal."""

    reason: str


@dataclass(frozen=True)
class Morning:
    """`ResumeEvaluation` as a client sends it: after a night the room fills in the evening's size and today's root."""

    note: str


def seal(page: Page, state: Evaluation, data: object, actor: Actor) -> list[str]:
    """Name the journal as it stands; a checkpoint over the entry that says so is signed with it."""
    asked = codec.from_json(Night, data, "$.data")
    tail = page.book.tails[state.stream]
    names = page.act(state.stream, SealNight(asked.reason, tail.size, tail.frontier.root().hex()), actor)
    page.due.add(state.stream)
    return names


def resume(page: Page, state: Evaluation, data: object, actor: Actor) -> list[str]:
    """Go on; after a night with the root of what is on the disk now, computed anew from its first entry on."""
    asked = codec.from_json(Morning, data, "$.data")
    pause = state.memory(Pauses).now
    size = pause.size if pause is not None else None
    root = None if size is None else _root(page, state.stream, size)
    names = page.act(state.stream, ResumeEvaluation(asked.note, size, root), actor)
    page.due.add(state.stream)
    return names


def _root(page: Page, stream: str, size: int) -> str:
    return root_of(row.body.encode() for row in page.reading.entries(stream, limit=size)).hex()

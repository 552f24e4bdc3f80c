"""Sealed sheets at the room: opened in memory to see that each is complete and possible, and at last for everyone."""

from __future__ import annotations

from typing import Any

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.decisions.rounds import sheet_kind
from app.evaluation.model import Evaluation, Round, SheetKind
from app.evaluation.sheets import check_sheet, current_round, unopened_rounds
from app.room.memory import Memory, SheetPlace, open_sheet
from app.room.streams import Page


def seal(page: Page, memory: Memory, stream: str, command: c.SealSheet, actor: Actor) -> list[str]:
    """Take a sealed sheet: first everything that the procedure asks, then what is in it, then the entry."""
    state = page.evaluation(stream)
    decide(state, command, actor, page.at)
    key = memory.open_key(command.key_id, command.key, str(command.sealed["commitment"]))
    opened = open_sheet(key, command.sealed)
    check_sheet(state, command.lot, sheet_kind(command.kind), opened.sheet)
    names = page.act(stream, command, actor)
    _remember(page, memory, (stream, command.lot, command.kind, command.round, actor.alias or ""), key)
    return names


def give_key(page: Page, memory: Memory, stream: str, command: c.GiveSheetKey, actor: Actor) -> list[str]:
    """Take the key of a sheet that was sealed before the room lost its memory."""
    state = page.evaluation(stream)
    decide(state, command, actor, page.at)
    alias = actor.alias or ""
    sealed = current_round(state, command.lot, sheet_kind(command.kind)).sealed[alias]
    key = memory.open_key(command.key_id, command.key, sealed.commitment)
    open_sheet(key, sealed.sealed)
    names = page.act(stream, command, actor)
    _remember(page, memory, (stream, command.lot, command.kind, command.round, alias), key)
    return names


def _remember(page: Page, memory: Memory, place: SheetPlace, key: bytes) -> None:
    page.afterwards(lambda: memory.sheet_keys.__setitem__(place, key))


def closed_rounds(state: Evaluation) -> list[tuple[str, Round]]:
    """The rounds, by lot, in which every member has ended and that are not opened."""
    return [(lot, r) for lot, r in unopened_rounds(state) if r.ended == set(state.committee) and not state.vacant]


def can_open(memory: Memory, state: Evaluation, lot: str, found: Round) -> bool:
    """Whether the memory holds the key of every sheet of a round."""
    places = [(state.stream, lot, found.kind.value, found.number, alias) for alias in found.sealed]
    return all(place in memory.sheet_keys for place in places)


def open_round(page: Page, memory: Memory, stream: str, lot: str, kind: SheetKind, number: int) -> None:
    """Open a round whose keys are all there, with everything that follows; its drafts are deleted with it."""
    state = page.evaluation(stream)
    ready = [(where, r.kind, r.number) for where, r in closed_rounds(state) if can_open(memory, state, where, r)]
    if (lot, kind, number) not in ready:
        return
    found = current_round(state, lot, kind)
    sheets: dict[str, dict[str, Any]] = {}
    for alias in found.sealed:
        opened = open_sheet(memory.sheet_keys[stream, lot, kind.value, number, alias], found.sealed[alias].sealed)
        sheets[alias] = {"salt": opened.salt.hex(), "sheet": opened.sheet}
    page.act(stream, c.OpenSheets(lot, kind.value, number, sheets), SYSTEM)
    page.also(lambda tx: tx.delete_drafts(stream, lot, kind.value, number))
    page.afterwards(lambda: memory.forget_round(stream, lot, kind.value, number))

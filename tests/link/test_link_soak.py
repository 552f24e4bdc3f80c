"""A working day in fast time: keys, lost lines and questions by the thousand leave nothing behind; a window that hangs
holds up the stream, and no queue grows beyond its bound."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.model import SheetKind
from app.link import LinkMessage, RoomLink
from app.link.teller import MOST_WAITING
from tests.link.link_ground import QUICK, Machine, identity, until
from tests.link.link_room import STREAM, FakeRoom

HOURS, KEYS, CUTS, QUESTIONS = 12, 300, 6, 40
"""In fast time: of each hour so many keys reach the link, so often the line is lost, so much is asked."""
MOST_GROWTH = 2000
"""Blocks of memory, of about half a million, by which the whole process may differ after ten hours more."""


@pytest.mark.slow
def test_a_day_leaves_nothing_behind(room: FakeRoom, tmp_path: Path) -> None:
    heard: list[str] = []
    link = RoomLink(identity(room.url), tmp_path, lambda message: heard.append(type(message).__name__), "en", QUICK)
    link.start()
    try:
        blocks = [_hour(room, link, heard, hour) for hour in range(HOURS)]
    finally:
        link.stop()
    print(f"blocks after each hour: {blocks}", flush=True)
    assert max(blocks[2:]) - blocks[1] < MOST_GROWTH, blocks


def _hour(room: FakeRoom, link: RoomLink, heard: list[str], hour: int) -> int:
    """One hour; returns how many blocks of memory are in use once all is quiet."""
    for key in range(KEYS):
        version = hour * KEYS + key + 1
        link.put_draft(STREAM, "1", SheetKind.MARKS, 1, version, {"cell": version})
        if key % (KEYS // QUESTIONS) == 0:
            link.ask("view", lambda client: client.view())
        if key % (KEYS // CUTS) == 0:
            until(lambda: room.streaming, "a stream")
            room.drop_streams()
    until(lambda: link.waiting == 0, "everything delivered")
    until(lambda: room.streaming, "the line")
    until(lambda: heard.count("Answered") >= QUESTIONS, "answers")
    for said in (heard, room.draft_history, room.starts, room.logins):
        said.clear()
    gc.collect()
    return sys.getallocatedblocks()


def test_a_window_that_hangs_holds_up_the_stream_and_nothing_piles_up(
    room: FakeRoom, machine: Callable[..., Machine]
) -> None:
    one, freed = machine(), threading.Event()
    told: list[Any] = []

    def hang(message: LinkMessage) -> None:
        told.append(message)
        assert freed.wait(20)

    one.link._teller._listener = hang
    one.start()
    until(lambda: room.streaming, "a stream")
    room.happen(*["RemarkAdded"] * (MOST_WAITING * 3))
    until(lambda: len(one.link._teller._waiting) >= MOST_WAITING, "the queue filled")
    threading.Event().wait(0.1)
    assert (
        len(one.link._teller._waiting) <= MOST_WAITING + 4
    )  # what is no entry of the journal passes: news of the line
    assert one.link._live.position < MOST_WAITING * 3
    freed.set()
    until(lambda: one.link._live.position == room.entries[-1]["position"], "the rest of the journal")

"""A console against the room itself: it proves the journal, co-signs, and names an entry that was forged on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play
from room_world import PASSWORD

from app.journal import parse_checkpoint
from app.link import Answered, Happened, JournalProved, RoomLink
from app.room import feed
from tests.link.link_ground import QUICK, Heard, KnownMachine, until


@contextmanager
def a_witness(play: Play, folder: Path) -> Iterator[tuple[Heard, KnownMachine]]:
    """The witness's console, run by a link that knows the room's key."""
    machine = play.witness
    stream = play.streams.pop(machine.device, None)
    if stream is not None:
        stream.close()
    key = play.room.services.keys.signer.public_key.hex()
    secret = hashlib.sha256(b"witness").digest()
    identity = KnownMachine(machine.device, "console", None, machine.url, key, secret)
    heard = Heard()
    link = RoomLink(identity, folder / "witness", heard, "en", QUICK)
    link.start()
    link.ask("login", lambda client: client.login("witness-a", PASSWORD))
    heard.wait(Answered)
    link.begin_again()
    try:
        yield heard, identity
    finally:
        link.stop()


def test_a_console_proves_and_cosigns(marking: Play, tmp_path: Path) -> None:
    with a_witness(marking, tmp_path) as (heard, identity):
        marking.room.do(marking.room.services.checkpoints.sign)
        both = heard.wait(JournalProved, lambda m: len(m.streams) == 2 and all(one.cosigned for one in m.streams))
        assert [one.stream for one in both.streams] == ["room", STREAM]
        assert not [one.fault for one in both.streams if one.fault]
        whole = heard.wait(JournalProved, lambda m: m.streams[0].heard >= m.streams[0].cosigned > 0)
        assert not whole.streams[0].fault
        messages = [m.entry for m in heard.of(Happened)]
        assert all("prev" in one for one in messages if one["stream"] == "room")
        assert not [one for one in messages if one["stream"] != "room" and {"seq", "prev", "hash"} & set(one)], (
            "of an evaluation, of which not all is told, nothing is told by which the rest could be guessed"
        )
        for one in both.streams:
            note = until(lambda at=one: _note(marking, at.stream, at.cosigned, identity))
            assert note


def _note(play: Play, stream: str, size: int, identity: KnownMachine) -> Any:
    kept = play.room.store.last_checkpoint(stream, size)
    return kept and parse_checkpoint(kept.note).cosigned_at(identity.device, identity.signer.public_key)


def test_an_entry_forged_on_its_way_is_named(marking: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = feed.message

    def forged(line: feed.Line, level: feed.Told) -> dict[str, Any]:
        if line.entry.stream == "room" and line.entry.seq == 3:
            line = replace(line, entry=replace(line.entry, data=dict(line.entry.data) | {"device": "somebody-else"}))
        return true(line, level)

    monkeypatch.setattr(feed, "message", forged)
    with a_witness(marking, tmp_path) as (heard, _):
        found = heard.wait(JournalProved, lambda m: bool(m.streams[0].fault)).streams[0]
        assert (found.fault, found.place) == ("hash_mismatch", 3)

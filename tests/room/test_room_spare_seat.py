"""A member goes on at a spare seat: the old machine's socket ends, the new one reads the drafts, the disk cannot."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from room_clients import Refusal, Seat
from room_play import STREAM, Play

from app.evaluation.model import SheetKind
from app.journal import Ed25519Signer, SealedFor, open_with, seal_to
from app.journal.recipients import public_key_of
from app.link import Answered, Failed, Identity, LinkMessage, RoomLink
from app.room.spares import take_over_purpose

HERE = {"score": "0.71", "engine": "sface-1"}
TYPED = {"marks": {"b1": {"f1": "7.0625"}}, "cell": ["b1", "f1"]}


class KnownMachine(Identity):
    """A machine whose key follows from its name, as those that the play has enrolled."""

    @property
    def signer(self) -> Ed25519Signer:
        return Ed25519Signer(hashlib.sha256(self.device.encode()).digest())


class Desk:
    """A seat's own link, and what it was told."""

    def __init__(self, seat: Seat, folder: Path) -> None:
        identity = KnownMachine(seat.device, "seat", seat.seat, seat.url, "", seat.device.encode().ljust(32, b"s"))
        self.told: list[LinkMessage] = []
        self.link = RoomLink(identity, folder, self.told.append, "en")
        self.link.start()

    def wait(self, kind: str) -> Any:
        """The first answer of a kind."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for one in self.told:
                if isinstance(one, Answered | Failed) and one.kind == kind:
                    assert isinstance(one, Answered), one
                    return one.value
            threading.Event().wait(0.01)
        raise AssertionError(f"no answer to {kind}")

    def settled(self, good: Any) -> None:
        """Until the room says so of this seat."""
        deadline = time.monotonic() + 20
        while not good():
            assert time.monotonic() < deadline
            threading.Event().wait(0.02)


def spare_of(play: Play) -> Seat:
    return next(seat for seat in play.seats.values() if seat not in play.sitting)


def refused(play: Play, **data: str) -> str:
    with pytest.raises(Refusal) as found:
        play.centre.do(STREAM, "MoveSeat", {"alias": "M1", "seat": "A01", "reason": "坏", **data})
    return found.value.code


def test_from_the_first_key_to_the_same_cell_elsewhere(marking: Play, tmp_path: Path) -> None:
    seat, spare = marking.sitting[0], spare_of(marking)
    alias, number = seat.mine()["alias"], marking.lot("1")["round"]["number"]
    assert refused(marking, alias=alias, seat="Z99") == "bad_value"
    assert refused(marking, alias=alias, seat=marking.sitting[1].seat) == "seat_taken"

    memory = marking.room.services.memory
    old = Desk(seat, tmp_path / "old")
    try:
        old.link.put_draft(STREAM, "1", SheetKind.MARKS, number, 3, TYPED)
        old.wait("draft")
        old.settled(lambda: (STREAM, alias) in memory.draft_keys)
        (key,) = memory.draft_keys[STREAM, alias]
    finally:
        old.link.stop()
    with pytest.raises(Refusal) as nobody:  # nobody was moved to where one sits already
        seat.open().ask("POST", "/seat/takeover", {"public": "ab" * 32})
    assert nobody.value.code == "nothing_requested"
    marking.streams[seat.device].close()
    socket = seat.stream(marking.room.store.last_position())

    marking.centre.do(STREAM, "MoveSeat", {"alias": alias, "seat": spare.seat, "reason": "主机断电"})
    farewell = socket.next()
    while "bye" not in farewell:
        farewell = socket.next()
    assert farewell == {"bye": "session_ended"}
    socket.close()
    for attempt in (seat.open, seat.view):
        with pytest.raises(Refusal) as shut:
            attempt()
        assert shut.value.status == 401
    assert spare.mine()["next"]["code"] == "unlock"
    with pytest.raises(Refusal) as locked:
        spare.ask("POST", "/seat/takeover", {"public": "ab" * 32})
    assert locked.value.code == "seat_locked"
    spare.do(STREAM, "UnlockSeat", HERE)

    new = Desk(spare, tmp_path / "new")
    try:
        new.link.load_draft(STREAM, "1", SheetKind.MARKS, number)
        assert new.wait("draft") == {"version": 3, "content": TYPED}
        new.settled(lambda: len(memory.draft_keys[STREAM, alias]) == 2)  # its own key, and the one of before
    finally:
        new.link.stop()
    kept = b"".join(file.read_bytes() for file in marking.room.folder.rglob("kawei.sqlite*"))
    assert b"SeatMoved" in kept  # what is there can be found
    for secret in (key, key.hex().encode(), b"7.0625"):
        assert secret not in kept
    spare.open()
    assert spare.mine()["alias"] == alias


def test_what_is_handed_over_is_for_the_machine_that_asked(marking: Play) -> None:
    spare = next(seat for seat in marking.seats.values() if seat.token and seat.seat == _seat_of_moved(marking))
    private = secrets.token_bytes(32)
    found = spare.ask("POST", "/seat/takeover", {"public": public_key_of(private).hex()})
    boxed = SealedFor.from_json(found["box"])
    left = json.loads(open_with(private, boxed, take_over_purpose(STREAM, spare.device)))
    assert (len(left["drafts"]), left["sheets"]) == (2, [])
    with pytest.raises(Refusal) as bad:
        spare.ask("POST", "/seat/takeover", {"public": "short"})
    assert bad.value.code == "bad_request"
    for other in (marking.centre, marking.kiosk, marking.sitting[1]):
        with pytest.raises(Refusal) as none:
            other.ask("POST", "/seat/takeover", {"public": "ab" * 32})
        assert none.value.code in ("not_found", "nothing_requested")
    told = _entries(marking)
    assert [one["type"] for one in told].count("SeatTakenOver") >= 2  # each look is an entry
    given = [one for one in told if one["type"] == "DraftKeyGiven"]
    assert given
    assert all(one["data"] is None for one in given)


def test_a_key_that_does_not_open_or_is_none_is_refused(marking: Play) -> None:
    seat = marking.sitting[2]
    view = seat.mine()
    key_id, public = view["sealing_key"]["id"], bytes.fromhex(view["sealing_key"]["public"])
    chance = secrets.token_bytes

    def give(purpose: str, content: bytes) -> str:
        box = seal_to([public], chance(32), chance(32), chance(12), purpose, content).to_json()
        with pytest.raises(Refusal) as bad:
            seat.do(STREAM, "GiveDraftKey", {"key_id": key_id, "key": box})
        return str(bad.value.code)

    mine = f"kawei/draft-key/1 {STREAM} {view['alias']}"
    assert give(mine, b"too short") == "bad_value"
    assert give(mine + "9", bytes(32)) == "sheet_not_opened"
    assert seat.mine()["matters"]["spare_seat"]["owes_key"]


def _seat_of_moved(play: Play) -> str:
    return str(next(one for one in _entries(play) if one["type"] == "SeatMoved")["data"]["seat"])


def _entries(play: Play) -> list[Any]:
    stream = play.witness.stream(0)
    found = stream.up_to(play.room.store.last_position())
    stream.close()
    return found

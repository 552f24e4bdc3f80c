"""A machine proves the journal itself: what fits is co-signed, a forged, rewritten or shortened one is named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from evaluation_factory import Play

from app.journal import (
    Ed25519Signer,
    Entry,
    Tree,
    cosign,
    entry_bytes,
    make_checkpoint,
    make_entry,
    parse_checkpoint,
    root_of,
)
from app.link import Identity, JournalProved, RoomRefused, StreamProof
from app.link.proof import JournalProof
from app.link.safe import Safe
from tests.link.link_ground import QUICK, SECRET

ROOM_KEY = Ed25519Signer(b"\x07" * 32)
AT = "2026-03-02T10:00:00.000000+08:00"
STREAM = "evaluation/ev1"


def the_entries(stream: str, *kinds: tuple[str, dict[str, Any]]) -> list[Entry]:
    """A stream of small entries."""
    made: list[Entry] = []
    for seq, (kind, data) in enumerate(kinds, 1):
        prev = made[-1].hash if made else "0" * 64
        made.append(make_entry(stream, seq, AT, kind, {"role": "centre"}, data, prev))
    return made


def words(stream: str, count: int, first: str = "x") -> list[Entry]:
    return the_entries(stream, *(("PaperKept", {"n": first if n == 0 else str(n)}) for n in range(count)))


class ScriptedRoom:
    """Answers what a room would about these journals, and keeps what is co-signed."""

    def __init__(self, **journals: list[Entry]) -> None:
        self.identity = Identity("console-1", "console", None, "", ROOM_KEY.public_key.hex(), SECRET)
        self.signer = ROOM_KEY
        self.journals = {"room": journals.get("room", []), STREAM: journals.get("evaluation", [])}
        self.notes: dict[str, str] = {}

    def checkpoint(self, stream: str, earlier: int) -> dict[str, Any]:
        tree = Tree(entry_bytes(entry) for entry in self.journals[stream])
        if not tree.size or earlier > tree.size:
            raise RoomRefused("not_found", "", "checkpoint", 404)
        note = make_checkpoint(f"REHEARSAL.kawei/minle-3/{stream}", tree.size, tree.root(), self.signer).text()
        proof = [step.hex() for step in tree.consistency(earlier)]
        return {"stream": stream, "size": tree.size, "note": note, "proof": proof}

    def cosign(self, stream: str, size: int, note: str) -> None:
        self.notes[stream] = note


class Desk:
    """A console's proof over a scripted room; every step is taken by hand."""

    def __init__(self, room: ScriptedRoom, folder: Path, role: str | None = "witness") -> None:
        self.room, self.told = room, list[JournalProved]()
        self.proof = JournalProof(room, Safe(folder, b"k" * 32), self.told.append, QUICK)  # type: ignore[arg-type]
        streams = [{"stream": STREAM}] if room.journals[STREAM] else []
        part = {"room": "minle-3", "rehearsal": True}
        self.proof.see({"role": role, "at": AT, "room": part, "evaluations": streams})

    def hear(self, entries: list[Entry], first: int = 1) -> None:
        """Tell the room's stream as it is told to those who watch."""
        for position, entry in enumerate(entries, first):
            self.proof.hear({"position": position, **entry.to_json()})

    def look(self) -> dict[str, StreamProof]:
        self.proof._step()
        return {one.stream: one for one in self.told[-1].streams}


def test_what_fits_is_proved_and_cosigned(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 5), evaluation=words(STREAM, 3))
    desk = Desk(room, tmp_path)
    desk.hear(room.journals["room"])
    found = desk.look()
    assert found["room"] == StreamProof("room", 5, AT, 5, AT, heard=5, cosigned=5)
    assert found[STREAM] == StreamProof(STREAM, 3, AT, 3, AT, cosigned=3)
    for stream, note in room.notes.items():
        signed = parse_checkpoint(note)
        assert signed.is_signed_by(ROOM_KEY.public_key), stream
        assert signed.cosigned_at("console-1", room.identity.signer.public_key) == 1772416800
    room.journals["room"] = words("room", 9)
    desk.hear(room.journals["room"][5:], 6)
    assert desk.look()["room"] == StreamProof("room", 9, AT, 5, AT, heard=9, cosigned=9)
    told = len(desk.told)
    desk.look()
    assert len(desk.told) == told, "nothing new is not told again"


def test_a_machine_goes_on_from_what_it_saw_before_it_was_switched_off(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 4))
    Desk(room, tmp_path).look()
    room.journals["room"] = words("room", 6)
    assert Desk(room, tmp_path).look()["room"].since == 4
    room.journals["room"] = words("room", 7, first="rewritten")
    assert Desk(room, tmp_path).look()["room"].fault == "not_extended"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e | {"data": {"n": "forged"}}, "hash_mismatch"),
        (lambda e: e | {"at": "2026-03-02T10:00:01.000000+08:00"}, "hash_mismatch"),
        (lambda e: e | {"actor": {"role": "witness"}}, "hash_mismatch"),
        (lambda e: e | {"seq": 4}, "hash_mismatch"),
        (lambda e: e | {"prev": "no hash"}, "bad_value"),
        (lambda e: make_entry("room", 3, AT, "PaperKept", {"role": "centre"}, {}, "f" * 64).to_json(), "prev_mismatch"),
    ],
)
def test_a_forged_entry_is_named_by_its_place(tmp_path: Path, change: Any, code: str) -> None:
    room = ScriptedRoom(room=words("room", 5))
    desk = Desk(room, tmp_path)
    for entry in room.journals["room"]:
        message = {"position": entry.seq, **entry.to_json()}
        desk.proof.hear(change(message) if entry.seq == 3 else message)
    found = desk.look()["room"]
    assert (found.fault, found.place) == (code, 3)


def test_a_whole_forged_chain_does_not_give_the_signed_root(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 5))
    desk = Desk(room, tmp_path)
    desk.hear(words("room", 5, first="another"))
    found = desk.look()["room"]
    assert found.fault == "other_content"
    assert room.notes == {}, "what does not fit is not signed"


def test_the_stream_told_again_is_checked_again(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 5))
    desk = Desk(room, tmp_path)
    desk.hear(words("room", 5, first="another"))
    assert desk.look()["room"].fault
    desk.hear(room.journals["room"])
    assert not desk.look()["room"].fault


def test_another_key_another_room_a_broken_note(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 2))
    room.signer = Ed25519Signer(b"\x09" * 32)
    assert Desk(room, tmp_path / "a").look()["room"].fault == "not_signed"
    room.signer = ROOM_KEY
    desk = Desk(room, tmp_path / "b")
    desk.proof.see({**desk.proof._view, "room": {"room": "minle-4", "rehearsal": True}})
    assert desk.look()["room"].fault == "not_signed"
    room.checkpoint = lambda stream, earlier: {"size": 2, "note": "x", "proof": []}  # type: ignore[method-assign]
    assert Desk(room, tmp_path / "c").look()["room"].fault == "bad_note"


def test_a_journal_that_became_shorter_is_named_until_it_says_that_it_was_restored(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 6))
    desk = Desk(room, tmp_path)
    desk.hear(room.journals["room"])
    desk.look()
    room.journals["room"] = words("room", 3)
    assert desk.look()["room"].fault == "shorter"
    kept = [("PaperKept", {"n": "x" if n == 0 else str(n)}) for n in range(3)]
    room.journals["room"] = the_entries("room", *kept, ("JournalRecovered", {"position": 3, "made_at": AT}))
    desk.hear(room.journals["room"])
    found = desk.look()["room"]
    assert (found.fault, found.restored, found.since) == ("", AT, 4)
    room.journals["room"] = words("room", 5, first="once more")
    desk.hear(room.journals["room"])
    assert desk.look()["room"].fault == "not_extended", "one restoration excuses one beginning"


def test_the_rooms_stream_witnesses_the_evaluations(tmp_path: Path) -> None:
    evaluation = words(STREAM, 3)
    head = {"stream": STREAM, "size": 3, "root": root_of(entry_bytes(one) for one in evaluation).hex()}
    room = ScriptedRoom(room=the_entries("room", ("StreamHead", head)), evaluation=evaluation)
    desk = Desk(room, tmp_path)
    desk.hear(room.journals["room"])
    assert not desk.look()[STREAM].fault
    room.journals["room"] = the_entries("room", ("StreamHead", head | {"root": "ab" * 32}))
    other = Desk(room, tmp_path / "other")
    other.hear(room.journals["room"])
    assert other.look()[STREAM].fault == "other_head"


def test_who_may_follow_what(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 2), evaluation=words(STREAM, 2))
    assert set(Desk(room, tmp_path / "a", "agency").look()) == {"room"}
    desk = Desk(room, tmp_path / "b", None)
    desk.proof._step()
    assert desk.told == [], "nobody is logged in"


def test_a_room_that_is_away_is_asked_again(tmp_path: Path) -> None:
    room = ScriptedRoom(room=[])
    desk = Desk(room, tmp_path)
    assert desk.look()["room"] == StreamProof("room")
    room.journals["room"] = words("room", 1)
    assert desk.look()["room"].size == 1


def test_the_journal_of_a_played_evaluation_fits(tmp_path: Path) -> None:
    play = Play()
    play.open_room()
    play.import_package(5, delegates=1)
    play.draw_slots()
    room = ScriptedRoom(room=list(play.room_log.entries), evaluation=list(play.log.entries))
    desk = Desk(room, tmp_path)
    desk.hear(room.journals["room"])
    found = desk.look()
    assert [one.fault for one in found.values()] == ["", ""]
    assert found["room"].heard == len(play.room_log.entries)


def test_a_line_added_to_a_note_does_not_move_another(tmp_path: Path) -> None:
    room = ScriptedRoom(room=words("room", 2))
    desk = Desk(room, tmp_path)
    desk.look()
    theirs = Ed25519Signer(b"\x03" * 32)
    both = cosign(parse_checkpoint(room.notes["room"]), "console-2", 5, theirs)
    assert both.cosigned_at("console-1", room.identity.signer.public_key)
    assert both.cosigned_at("console-2", theirs.public_key) == 5

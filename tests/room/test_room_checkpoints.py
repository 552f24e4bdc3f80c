"""Signed checkpoints: at each change of stage, at intervals, extended by proof, co-signed by machines."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play
from room_world import Machine, Refusal, a_room

from app.journal import cosign, entry_bytes, parse_checkpoint, read_line, root_of, verify_consistency

PLACE = "evaluation~ev1"


def entries(play: Play, stream: str = STREAM) -> list[Any]:
    return [read_line(row.body.encode(), row.seq) for row in play.room.store.entries(stream)]


def test_every_change_of_stage_is_signed_at_once(marking: Play) -> None:
    sizes = {note.size for note in marking.room.store.checkpoints(STREAM)}
    moves = {"CommitteeConstituted", "ChairChosen", "SheetsOpened", "ReviewConcluded"}
    lines = entries(marking)
    changed = [entry.seq for entry in lines if entry.type in moves]
    assert len(changed) == 4
    for seq in changed:
        # a checkpoint covers the entry and stands before the next command's
        assert any(seq <= size and lines[size - 1].at == lines[seq - 1].at for size in sizes), seq
    key = marking.room.services.keys.signer.public_key
    for note in marking.room.store.checkpoints(STREAM):
        signed = parse_checkpoint(note.note)
        assert signed.is_signed_by(key)
        assert signed.checkpoint.origin == f"REHEARSAL.kawei/minle-3/{STREAM}"
        assert signed.checkpoint.root == root_of(entry_bytes(entry) for entry in lines[: note.size])


def test_streams_that_grow_are_signed_at_intervals_and_noted_in_the_room(tmp_path: Path) -> None:
    with a_room(tmp_path, checkpoint_s=0.05) as room:
        kiosk = Machine(room.url, "kiosk-1")
        kiosk.enrol(room.code("kiosk"))
        deadline = time.monotonic() + 10
        while (note := room.store.last_checkpoint("room")) is None or note.size < 2:
            assert time.monotonic() < deadline
            threading.Event().wait(0.02)
        quiet = room.store.checkpoints("room")
        for _ in range(3):
            room.do(room.services.checkpoints.sign)
        assert room.store.checkpoints("room") == quiet


def test_the_end_is_signed_and_the_rooms_stream_notes_the_heads(marking: Play) -> None:
    marking.witness.do(STREAM, "AddRemark", {"text": "一切正常"})
    marking.room.do(marking.room.services.checkpoints.sign)
    size = len(entries(marking))
    heads = [entry.data for entry in entries(marking, "room") if entry.type == "StreamHead"]
    assert heads[-1] == {
        "stream": STREAM,
        "size": size,
        "root": root_of(entry_bytes(entry) for entry in entries(marking)).hex(),
    }
    last = marking.room.store.last_checkpoint("room")
    assert last is not None
    assert last.size == len(entries(marking, "room"))


def test_a_checkpoint_comes_with_the_proof_that_it_extends_an_earlier_one(marking: Play) -> None:
    marking.room.do(marking.room.services.checkpoints.sign)
    found = marking.witness.ask("GET", f"/checkpoints/{PLACE}?from=5")
    leaves = [entry_bytes(entry) for entry in entries(marking)]
    root = parse_checkpoint(found["note"]).checkpoint.root
    proof = [bytes.fromhex(step) for step in found["proof"]]
    assert verify_consistency(5, root_of(leaves[:5]), found["size"], root, proof)
    for earlier in (0, found["size"]):
        assert marking.witness.ask("GET", f"/checkpoints/{PLACE}?from={earlier}")["proof"] == []
    for machine, path in (
        (marking.witness, f"/checkpoints/{PLACE}?from={found['size'] + 1}"),
        (marking.witness, "/checkpoints/evaluation~ev9"),
        (marking.kiosk, f"/checkpoints/{PLACE}"),
        (marking.sitting[0], f"/checkpoints/{PLACE}"),
        (marking.agency, f"/checkpoints/{PLACE}"),
    ):
        with pytest.raises(Refusal) as refused:
            machine.ask("GET", path)
        assert refused.value.status == 404
    assert marking.kiosk.ask("GET", "/checkpoints/room")["stream"] == "room"
    with pytest.raises(Refusal) as malformed:
        marking.witness.ask("GET", f"/checkpoints/{PLACE}?from=x")
    assert malformed.value.status == 400


def test_a_machine_adds_its_own_line_and_nothing_else(marking: Play) -> None:
    marking.room.do(marking.room.services.checkpoints.sign)
    kiosk = marking.kiosk
    found = kiosk.ask("GET", "/checkpoints/room")
    noted = parse_checkpoint(found["note"])
    mine = cosign(noted, "kiosk-1", 1_800_000_000, kiosk.signer)
    body = {"stream": "room", "size": found["size"], "note": mine.text()}
    assert kiosk.ask("POST", "/cosign", body) == {}
    other = marking.centre
    theirs = cosign(noted, "console-1", 1_800_000_001, other.signer)
    theirs = cosign(theirs, "stranger", 1_800_000_002, other.signer)
    other.ask("POST", "/cosign", body | {"note": theirs.text()})
    kept = parse_checkpoint(kiosk.ask("GET", "/checkpoints/room")["note"])
    assert kept.is_signed_by(marking.room.services.keys.signer.public_key)
    assert kept.cosigned_at("kiosk-1", kiosk.signer.public_key) == 1_800_000_000
    assert kept.cosigned_at("console-1", other.signer.public_key) == 1_800_000_001
    assert [signature.name for signature in kept.signatures[1:]] == ["kiosk-1", "console-1"]
    forged = cosign(noted, "kiosk-1", 1_800_000_000, other.signer)
    for change, status in (
        ({"note": "nonsense"}, 400),
        ({"note": forged.text()}, 400),
        ({"note": found["note"]}, 400),
        ({"size": found["size"] + 99}, 404),
        ({"stream": STREAM}, 404),
        ({"stream": 1}, 400),
    ):
        with pytest.raises(Refusal) as refused:
            kiosk.ask("POST", "/cosign", body | change)
        assert refused.value.status == status, json.dumps(change)

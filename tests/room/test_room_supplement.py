"""A member is replaced while the room runs: the supplementary list, the newcomer at the door, the proof at the end."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from room_packages import NAMES, document, supplement
from room_play import STREAM, Play, ready
from room_world import Refusal, Room, a_room

from app.verification import verify


def imported(room: Room) -> str:
    """The hash of the package that the evaluation was imported from."""
    return str(json.loads(room.store.entries(STREAM)[0].body)["data"]["package"])


def send(play: Play, path: Path, machine: Any = None) -> Any:
    with path.open("rb") as body:
        return (machine or play.centre).ask("POST", "/packages", data=body)


def out(play: Play) -> Any:
    """The last of the committee withdraws; returns the seat that is free now."""
    gone = next(seat for seat in reversed(play.sitting) if seat is not play.chair)
    alias = gone.mine()["alias"]
    gone.do(STREAM, "AskReplacement", {"alias": alias, "ground": "health", "reason": "突发不适"})
    play.witness.do(STREAM, "ApproveReplacement", {"alias": alias, "reason": "已就医"})
    play.sitting.remove(gone)
    return gone


def test_a_newcomer_from_the_list_to_the_proof(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        gone = out(play)
        package_hash = imported(room)
        assert play.look_up(6)["state"] == "unknown"
        assert send(play, supplement(tmp_path, package_hash))["stream"] == STREAM
        newcomer = play.arrive(6)
        play.centre.do(STREAM, "RecomposeCommittee", {})
        play.sitting.append(newcomer)
        play.sitting.sort(key=lambda seat: seat.mine()["alias"])
        seen = newcomer.evaluation()["lots"][0]
        assert (seen["stage"], seen["marks"], seen["review"], seen["result"]) == ("reviewing", None, None, None)
        newcomer.seal("1", "review", 2, play.review_sheet(newcomer, "1"))
        play.wait_stage("1", "reviewed")
        play.chair.do(STREAM, "ConcludeReview", {"lot": "1", "rejections": {}, "competition": None})
        newcomer.seal("1", "marks", 2, play.marks_sheet(newcomer, "1"))
        play.wait_stage("1", "opened")
        play.conclude("1")
        for number in (*range(1, 6), 6):
            found = play.look_up(number)
            seat = gone if found["state"] == "recused" else play.seats[found["seat"]["id"]]
            seat.do(STREAM, "WipeSeat", {"seat": seat.seat})
            play.kiosk.do("kiosk", "ReturnPhone", {"ticket": found["ticket"], "locker": found["locker"]})
            play.kiosk.do("kiosk", "LeaveRoom", {"ticket": found["ticket"]})
        play.close()
        bag = tmp_path / "bag"
        with zipfile.ZipFile(io.BytesIO(play.evidence())) as archive:
            archive.extractall(bag)
        assert verify(next(bag.iterdir())).good
        for name in (NAMES[5], document(6)):
            assert all(name.encode() not in f.read_bytes() for f in bag.rglob("*") if f.is_file())


def test_of_a_refused_list_nothing_is_kept(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        package_hash = imported(room)
        before = len(room.store.persons())

        def refusal(path: Path, **options: Any) -> str:
            try:
                send(play, path, **options)
            except Refusal as refused:
                return refused.code
            raise AssertionError("not refused")

        assert refusal(supplement(tmp_path, package_hash)) == "nothing_vacant"
        play.choose_chair()
        out(play)
        assert refusal(supplement(tmp_path, "ab" * 32)) == "other_evaluation"
        assert refusal(supplement(tmp_path, package_hash, rehearsal=False)) == "other_evaluation"
        assert refusal(supplement(tmp_path, package_hash, version=2)) == "unknown_package_format"
        assert refusal(supplement(tmp_path, package_hash, (6, 7, 8))) == "no_slot_left"
        assert refusal(supplement(tmp_path, package_hash, reason=" ")) == "bad_type"
        assert refusal(supplement(tmp_path, package_hash), machine=play.witness) == "not_permitted"
        assert len(room.store.persons()) == before
        assert play.look_up(6)["state"] == "unknown"

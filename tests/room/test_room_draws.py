"""Draws over HTTP: several evaluations, cancelled and drawn again, a rule dropped, the chair by ballot and lot."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from room_packages import package
from room_play import KNOWN, STREAM, Play, ready
from room_world import Machine, Refusal, a_room

from app.cli import main
from app.evaluation.model import SheetKind

SECOND = "evaluation/ev2"


def refusal(call: Any, *args: Any) -> str:
    with pytest.raises(Refusal) as refused:
        call(*args)
    return refused.value.code


def verified(play: Play, folder: Path, lot: str = "1") -> bool:
    zipfile.ZipFile(io.BytesIO(play.evidence(lot))).extractall(folder)
    key = play.room.services.keys.fingerprint
    return main(["verify", str(folder / "evidence"), "--key", key]) == 0


def finish(play: Play, *lots: str) -> None:
    for lot in lots:
        play.review(lot)
        play.mark(lot)
        play.conclude(lot)
    play.leave()
    play.close()


def test_a_draw_is_cancelled_by_two_and_drawn_again_and_the_evidence_holds(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        first = {draw["number"]: draw["code"] for draw in play.centre.view()["room"]["draws"]}
        call = {"purpose": "slots", "streams": [STREAM]}
        assert refusal(play.centre.do, "room", "CallDraw", call) == "already_drawn"
        play.centre.do("room", "CancelDraw", {"draw_no": 1, "reason": "席位故障"})
        assert play.witness.view()["room"]["draws"][0]["cancel_asked_by"] == "centre"
        assert refusal(play.centre.do, "room", "CancelDraw", {"draw_no": 1, "reason": "再说"}) == "already_approved"
        found = play.look_up(1)
        play.witness.do("room", "CancelDraw", {"draw_no": 1, "reason": "同意"})
        play.kiosk.do("kiosk", "CheckIn", {"ticket": found["ticket"], **KNOWN})
        play.kiosk.do("kiosk", "StorePhone", {"ticket": found["ticket"], "locker": "01"})
        assert refusal(play.kiosk.do, "kiosk", "TakeSlot", {"ticket": found["ticket"]}) == "not_drawn_yet"
        play.centre.do("room", "CallDraw", call)
        play.settle_draws(lambda: set(room.services.writer.book.evaluations[STREAM].draws) == {1, 2, 3})
        draws = play.centre.view()["room"]["draws"]
        assert [(draw["number"], draw["purpose"], draw["stage"]) for draw in draws] == [
            (1, "slots", "cancelled"),
            (2, "aliases", "sealed"),
            (3, "slots", "sealed"),
        ]
        assert draws[1]["code"] == first[2]
        play.kiosk.do("kiosk", "TakeSlot", {"ticket": found["ticket"]})
        seat = play.seats[play.ask_again(found["ticket"])["seat"]["id"]]
        seat.do(STREAM, "OpenSeat", {"score": "0.6", "engine": "x"})
        seat.do(STREAM, "ReadDiscipline", {"read_s": 60})
        mine = seat.mine()
        seat.do(STREAM, "GivePledge", {"pledge_hash": mine["pledge"]["hash"], "no_interest": mine["bidders"]})
        play.sitting = [seat, *(play.arrive(number) for number in range(2, 6))]
        play.centre.do(STREAM, "ConstituteCommittee")
        seat.until(lambda v: v["evaluations"][0]["sealing_key"])
        play.choose_chair()
        finish(play, "1")
        assert verified(play, tmp_path)


def test_the_chair_by_ballots_and_the_lot_over_two_lots(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path, "GC", delegates=0, lots=("1", "2"))
        play.gather()
        aliases = [seat.mine()["alias"] for seat in play.sitting]
        play.sitting[0].do(STREAM, "ProposeChair", {"candidate": aliases[0]})
        play.sitting[1].do(STREAM, "ObjectToChair")

        def vote(number: int, *votes: str) -> None:
            for seat, name in zip(play.sitting, votes, strict=True):
                seat.seal("", SheetKind.BALLOT.value, number, {"candidate": name})

        assert refusal(play.sitting[0].seal, "", "ballot", 1, {"candidate": "M99"}) == "not_a_candidate"
        vote(1, *aliases)
        play.sitting[0].until(lambda v: v["evaluations"][0]["election"]["ballot"]["number"] == 2)
        a, b, c, *_ = play.sitting[0].mine()["election"]["ballot"]["candidates"]
        vote(2, a, b, a, b, c)
        play.settle_draws(lambda: play.sitting[0].mine()["election"]["means"] == "lot")
        assert play.sitting[0].mine()["chair"] in (a, b)
        drawn = play.centre.view()["room"]["draws"][-1]
        assert (drawn["purpose"], drawn["stage"]) == ("chair", "opened")
        # Who voted for whom stands in the journal for those who verify, and in nobody's view or stream.
        stream = play.sitting[0].stream(0)
        ballots = [m for m in stream.up_to(room.store.last_position()) if m["type"] == "SheetsOpened"]
        stream.close()
        assert [message["data"] for message in ballots] == [None, None]
        finish(play, "1", "2")
        assert verified(play, tmp_path / "1")
        assert verified(play, tmp_path / "2", "2")


def test_two_evaluations_are_drawn_together(tmp_path: Path) -> None:
    seats = [{"id": f"S{k:02}", "x": 2 * (k % 4), "y": 2 * (k // 4), "way": ""} for k in range(12)]
    with a_room(tmp_path / "data", seats=seats) as room:
        play = Play(room, tuple(seat["id"] for seat in seats))
        assert play.import_package(package(tmp_path)) == STREAM
        assert play.import_package(package(tmp_path, "GC", delegates=0)) == SECOND
        play.draw(STREAM, SECOND)
        draws = play.centre.view()["room"]["draws"]
        assert [(draw["purpose"], draw["streams"]) for draw in draws] == [
            ("slots", [STREAM, SECOND]),
            ("aliases", [STREAM]),
            ("aliases", [SECOND]),
        ]
        book = room.services.writer.book
        assert book.evaluations[STREAM].slots == tuple(f"ev1-{k}" for k in range(1, 7))
        assert book.evaluations[SECOND].slots == tuple(f"ev2-{k}" for k in range(1, 7))
        twice = {"purpose": "slots", "streams": [STREAM, STREAM]}
        assert refusal(play.centre.do, "room", "CallDraw", twice) == "bad_value"


def test_seats_promised_to_one_evaluation_are_not_drawn_for_another(tmp_path: Path) -> None:
    seats = [{"id": f"S{k:02}", "x": 2 * (k % 4), "y": 2 * (k // 4), "way": ""} for k in range(13)]
    with a_room(tmp_path / "data", seats=seats) as room:
        play = Play(room, tuple(seat["id"] for seat in seats))
        play.import_package(package(tmp_path))
        play.draw(STREAM)
        play.import_package(package(tmp_path, "GC", delegates=0))
        play.draw(SECOND)
        memory = room.services.memory.transcripts
        first, second = (set(memory[number]["seating"].values()) for number in (1, 3))
        assert (len(first), len(second), first & second) == (7, 6, set())
        # without the transcript of the first the room cannot tell which seats are free
        play.centre.do("room", "CancelDraw", {"draw_no": 3, "reason": "重抽"})
        play.witness.do("room", "CancelDraw", {"draw_no": 3, "reason": "同意"})
        del memory[1]
        room.services.memory.nonces.clear()
        assert refusal(play.centre.do, "room", "CallDraw", {"purpose": "slots", "streams": [SECOND]}) == "nonces_needed"


def test_a_draw_that_had_to_drop_rules_waits_for_the_witness(tmp_path: Path) -> None:
    seats = [{"id": f"R{k}", "x": k, "y": 0, "way": ""} for k in range(5)]
    with a_room(tmp_path / "data", seats=seats) as room:
        play = Play(room, tuple(seat["id"] for seat in seats))
        play.import_package(package(tmp_path))
        play.centre.do("room", "CallDraw", {"purpose": "slots", "streams": [STREAM]})
        play.settle_draws(lambda: play.centre.view()["room"]["draws"][0]["stage"] == "sealed")
        draw = play.witness.view()["room"]["draws"]
        assert [(one["relaxed"], one["accepted"]) for one in draw] == [(2, False)]
        assert not play.centre.evaluation()["slots_allotted"]
        assert refusal(play.centre.do, "room", "AcceptDraw", {"draw_no": 1, "reason": "可以"}) == "not_permitted"
        play.witness.do("room", "AcceptDraw", {"draw_no": 1, "reason": "评标室较小，确认无法分开"})
        play.settle_draws(lambda: play.centre.evaluation()["slots_allotted"])


def test_nonces_come_from_who_committed_and_are_what_was_committed_to(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        play.import_package(package(tmp_path))
        play.centre.do("room", "CallDraw", {"purpose": "slots", "streams": [STREAM]})
        play.centre.take_part()
        play.kiosk.take_part()
        other = Machine(room.url, "console-9")
        other.enrol(room.code("console"))
        other.open().login("centre-a")
        good = {"draw_no": 1, "nonce": play.centre.nonces[1].hex()}
        assert refusal(other.do, "room", "RevealNonce", good | {"signature": "00"}) == "not_a_party"
        assert refusal(play.centre.do, "room", "RevealNonce", good | {"signature": "00"}) == "bad_signature"
        wrong = good | {"nonce": "ab" * 32, "signature": "00"}
        assert refusal(play.centre.do, "room", "RevealNonce", wrong) == "wrong_commitment"
        assert "RevealNonce" in json.dumps([json.loads(r.body)["data"] for r in room.store.entries("room")])
        journal = b"".join(row.body.encode() for row in room.store.entries("room"))
        play.settle_draws(lambda: play.centre.evaluation()["slots_allotted"])
        later = b"".join(row.body.encode() for row in room.store.entries("room"))
        for nonce in (*play.centre.nonces.values(), *play.kiosk.nonces.values()):
            assert nonce.hex().encode() not in journal + later  # sealed until the draw is opened

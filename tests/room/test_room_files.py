"""Drafts, files, reports and evidence: each to whom it belongs, everything else is not there."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from room_packages import PDF, PORTRAIT, package
from room_play import STREAM, Play
from room_world import Refusal, Room, a_room

from app.journal import SealedFor, open_with
from app.room.papers import NAMES_PURPOSE


def status(call: Any, *args: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        call(*args)
    return refused.value.status, refused.value.code


def refused_access(room: Room) -> list[Any]:
    return [json.loads(r.body)["data"] for r in room.store.entries("room") if r.type == "AccessRefused"]


def path_of(play: Play, kind: str = "marks", number: int | None = None, lot: str = "1") -> str:
    round_ = play.lot("1")["round"]["number"] if number is None else number
    return f"/drafts/evaluation~ev1/{lot}/{kind}/{round_}"


def test_drafts_are_each_members_own_and_only_grow(marking: Play) -> None:
    first, second, *_ = marking.sitting
    path = path_of(marking)
    assert status(first.ask, "GET", path) == (404, "not_found")
    assert first.ask("PUT", path, {"version": 1, "sealed": "a"}) == {"version": 1}
    assert second.ask("PUT", path, {"version": 7, "sealed": "b"}) == {"version": 7}
    assert first.ask("PUT", path, {"version": 4, "sealed": "c"}) == {"version": 4}
    assert first.ask("PUT", path, {"version": 4, "sealed": "c"}) == {"version": 4}
    for body in ({"version": 4, "sealed": "d"}, {"version": 3, "sealed": "c"}):
        assert status(first.ask, "PUT", path, body) == (409, "old_version")
    assert first.ask("GET", path) == {"version": 4, "sealed": "c"}
    assert second.ask("GET", path) == {"version": 7, "sealed": "b"}


def test_drafts_of_others_rounds_and_roles_are_not_there(marking: Play) -> None:
    seat = marking.sitting[0]
    body = {"version": 1, "sealed": "a"}
    spare = next(s for s in marking.seats.values() if s not in marking.sitting)
    for machine in (marking.centre, marking.witness, marking.kiosk, spare):
        assert status(machine.ask, "PUT", path_of(marking), body) == (404, "not_found")
        assert status(machine.ask, "GET", path_of(marking)) == (404, "not_found")
    assert status(seat.ask, "PUT", path_of(marking, "review", 1), body) == (409, "round_over")
    assert status(seat.ask, "PUT", path_of(marking, number=9), body) == (409, "round_over")
    assert status(seat.ask, "PUT", path_of(marking, "essay"), body) == (400, "bad_value")
    assert status(seat.ask, "PUT", path_of(marking, lot="9"), body) == (409, "unknown_lot")
    assert status(seat.ask, "PUT", path_of(marking, "ballot", 1, "-"), body) == (409, "no_such_round")
    assert status(seat.ask, "PUT", "/drafts/evaluation~ev1/1/marks/one", body) == (404, "not_found")
    assert status(seat.ask, "PUT", "/drafts/evaluation~ev9/1/marks/1", body) == (404, "not_found")
    assert status(seat.ask, "PUT", path_of(marking), {"version": 0, "sealed": "a"}) == (400, "bad_request")
    huge = {"version": 99, "sealed": "x" * ((1 << 20) + 1)}
    assert status(seat.ask, "PUT", path_of(marking), huge) == (413, "too_large")


def bid_file(play: Play) -> str:
    return str(play.lot("1")["bids"][0]["files"][0]["sha256"])


def test_bid_files_are_for_the_sitting_committee(marking: Play) -> None:
    digest = bid_file(marking)
    content = marking.sitting[0].ask("GET", f"/files/{digest}")
    assert hashlib.sha256(content).hexdigest() == digest
    assert content.startswith(PDF[:8])
    before = len(refused_access(marking.room))
    spare = next(s for s in marking.seats.values() if s not in marking.sitting)
    for machine in (marking.centre, marking.witness, marking.kiosk, marking.agency, spare):
        assert status(machine.ask, "GET", f"/files/{digest}") == (404, "not_found")
    assert len(refused_access(marking.room)) == before + 5
    for nothing in ("ab" * 32, "x", "..%2f..%2fkeys%2fsign.key"):
        assert status(marking.sitting[0].ask, "GET", f"/files/{nothing}") == (404, "not_found")
    assert len(refused_access(marking.room)) == before + 5


def test_no_role_sees_bid_files_or_a_portrait_through_its_view(marking: Play) -> None:
    digest, text = bid_file(marking), PORTRAIT.decode("latin-1")[8:40]
    for machine in (marking.centre, marking.witness, marking.agency, marking.kiosk):
        said = json.dumps(machine.view())
        assert digest not in said
        assert text not in said


def test_reports_and_evidence(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        play.import_package(package(tmp_path))
        play.draw()
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        report, evidence = "/reports/evaluation~ev1/1", "/evidence/evaluation~ev1/1"
        assert status(play.centre.ask, "GET", report) == (404, "not_found")
        play.conclude("1")
        for machine in (play.centre, play.agency, play.sitting[0]):
            assert machine.ask("GET", report).startswith(b"%PDF")
        spare = next(s for s in play.seats.values() if s not in play.sitting)
        for machine in (play.kiosk, spare):
            assert status(machine.ask, "GET", report) == (404, "not_found")
        assert refused_access(room)[-1] == {"what": "report", "code": "not_found"}
        for nothing in ("/reports/evaluation~ev1/9", "/reports/evaluation~ev9/1", "/evidence/evaluation~ev1/9"):
            assert status(play.centre.ask, "GET", nothing) == (404, "not_found")
        play.leave()
        assert status(play.centre.ask, "GET", evidence) == (404, "not_found")
        play.close()
        content = play.evidence()
        for machine in (play.kiosk, play.agency, spare):
            assert status(machine.ask, "GET", evidence) == (404, "not_found")
        assert refused_access(room)[-1] == {"what": "evidence", "code": "not_found"}
        bag = zipfile.ZipFile(io.BytesIO(content))
        sealed = json.loads(bag.read("evidence/data/names.sealed"))["sealed"]
        names = json.loads(open_with(room.services.keys.names, SealedFor.from_json(sealed), NAMES_PURPOSE))
        assert {one["name"] for one in names["members"]} == {"赵一鸣", "钱二虎", "孙三强", "李四光", "周五常"}
        assert all(one["alias"].startswith("M") for one in names["members"])
        plain = b"".join(bag.read(name) for name in bag.namelist())
        assert "赵一鸣".encode() not in plain
        looked = [json.loads(r.body) for r in room.store.entries("room") if r.type == "NamesLooked"]
        assert [one["data"]["purpose"] for one in looked[-5:]] == ["evidence"] * 5
        assert looked[-1]["actor"]["role"] == "system"
        # once more after the end: the seats know nobody, and nothing can be sent
        assert play.sitting[0].view()["evaluations"] == []
        assert status(play.witness.do, STREAM, "AddRemark", {"text": "晚了"}) == (409, "closed")
        play.disconnect()

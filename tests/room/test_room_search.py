"""Somebody without a readable document is sought by face among those expected: by that alone nobody comes in."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from room_packages import portrait_of
from room_play import KNOWN, LIVE, STREAM, Play, ready
from room_world import Machine, Refusal, Room, a_room

from app.ports.face import Candidate, Search, Template, TemplateKind
from devices.ambient import ScriptedClock
from devices.face.decision import Thresholds, decide_among

OTHER = base64.b64encode(b"\xff\xd8\xff another face").decode()
PLACE = STREAM.replace("/", "~")
REASON = {"reason": "没有可读的证件", "late": "迟到"}


class Eyes:
    """A finder that knows whose picture is whose by the bytes; everybody else scores `strangers`."""

    reads = TemplateKind("scripted", 1)

    def __init__(self) -> None:
        self.best, self.strangers = 0.61, 0.12
        self.asked: list[int] = []
        self.picture = portrait_of("m1")

    def find(self, live: bytes, among: Mapping[str, Template | bytes]) -> Search:
        self.asked.append(len(among))
        known = base64.b64encode(live).decode() == LIVE
        alike = {name for name, face in among.items() if known and face == self.picture}
        scores = [Candidate(name, self.best if name in alike else self.strangers) for name in among]
        return Search(decide_among(scores, Thresholds(), 3), len(among), "scripted/0")


class Door:
    """A drawn evaluation, five expected, three of them with portraits on the list."""

    def __init__(self, room: Room, clock: ScriptedClock, play: Play, eyes: Eyes) -> None:
        self.room, self.clock, self.play, self.eyes = room, clock, play, eyes

    def seek(self, live: str = LIVE) -> str:
        return str(self.play.kiosk.ask("POST", "/kiosk/search", {"live": live, **REASON})["ticket"])

    def releases(self) -> list[Any]:
        return list(self.play.witness.evaluation()["releases"])

    def pictures(self, machine: Machine, member: str) -> Any:
        return machine.ask("GET", f"/doubts/{PLACE}/found/{member}")

    def decide(self, machine: Machine, kind: str, member: str) -> None:
        machine.do(STREAM, kind, {"what": "found", "member": member, "reason": "与照片和本人核对"})

    def entries(self, stream: str, kind: str) -> list[Any]:
        return [json.loads(row.body) for row in self.room.store.entries(stream) if row.type == kind]


@contextmanager
def a_door(tmp_path: Path, **plan: Any) -> Iterator[Door]:
    clock, eyes = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))), Eyes()
    with a_room(tmp_path / "data", clock=clock, finder=eyes, **plan) as room:
        yield Door(room, clock, play := ready(room, tmp_path), eyes)
        play.disconnect()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with a_door(tmp_path) as door:
        yield door


def code(call: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refused:
        call(*arguments)
    return refused.value.code


def test_two_people_admit_who_was_found_and_until_then_the_kiosk_learns_nothing(door: Door) -> None:
    assert door.play.kiosk.view()["room"]["search"] is True
    nobody, ticket = door.seek(OTHER), door.seek()
    assert door.eyes.asked == [3, 3], "only those whose portrait two people can look at are compared"
    told = [{**door.play.ask_again(t), "ticket": ""} for t in (nobody, ticket)]
    assert told[0] == told[1] == {**told[1], "state": "sought", "next": "wait_release", "greeting": None, "stage": None}
    assert code(door.play.kiosk.do, "kiosk", "CheckIn", {"ticket": ticket, **KNOWN}) == "no_ticket"

    (release,) = door.releases()
    assert release["what"] == "found"
    assert release["reason"] == "没有可读的证件 (0.61, +0.49)"
    member = release["member"]
    seen = door.pictures(door.play.witness, member)
    assert (seen["live"], seen["kind"]) == (LIVE, "portrait")
    assert base64.b64decode(seen["reference"]) == portrait_of("m1")

    door.decide(door.play.witness, "ApproveRelease", member)
    assert door.play.ask_again(ticket)["state"] == "sought", "one of two is not enough"
    door.decide(door.play.centre, "ApproveRelease", member)
    found = door.play.ask_again(ticket)
    assert (found["state"], found["next"], found["greeting"]) == ("inside", "store_phone", "赵**")
    door.play.kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": found["locker"]})
    assert door.play.ask_again(nobody)["greeting"] is None

    (checked_in,) = door.entries(STREAM, "MemberCheckedIn")
    assert (checked_in["data"]["means"], checked_in["data"]["score"]) == ("found", None)
    searched = [
        (e["data"]["found"], e["data"]["compared"], e["data"]["score"])
        for e in door.entries("room", "ExpectedSearched")
    ]
    assert searched == [(False, 3, "0.1200"), (True, 3, "0.6100")]
    assert member not in json.dumps(door.entries("room", "ExpectedSearched"))
    assert code(door.pictures, door.play.witness, member) == "not_found", "decided: the picture is gone"


def test_a_refusal_reads_like_nobody_found_and_comes_at_the_same_time(door: Door) -> None:
    nobody, refused = door.seek(OTHER), door.seek()
    door.decide(door.play.witness, "RefuseRelease", door.releases()[0]["member"])
    assert door.releases() == []
    for later, following in ((179, "wait_release"), (1, "ask_staff")):
        door.clock.advance(later)
        told = [{**door.play.ask_again(ticket), "ticket": ""} for ticket in (nobody, refused)]
        assert told[0] == told[1]
        assert told[0]["next"] == following
        assert {told[0][name] for name in ("greeting", "image", "template", "seat", "locker", "stage")} == {None}


def test_a_lead_too_small_finds_nobody(door: Door) -> None:
    door.eyes.strangers = door.eyes.best - 0.05
    door.seek()
    assert door.releases() == []
    assert door.entries("room", "ExpectedSearched")[0]["data"] == {
        "compared": 3,
        "found": False,
        "score": "0.6100",
        "margin": "0.0500",
        "engine": "scripted/0",
    }


def test_who_came_in_by_the_document_is_not_sought_any_more_and_ends_the_search_for_that_member(door: Door) -> None:
    ticket = door.seek()
    own = door.play.look_up(1)["ticket"]
    door.play.kiosk.do("kiosk", "CheckIn", {"ticket": own, **KNOWN})
    assert door.releases() == [], "the member is here: nobody else is asked for under that name"
    assert door.play.ask_again(ticket)["state"] == "sought"
    door.seek()
    assert door.eyes.asked == [3, 2]


def test_a_picture_that_two_may_have_seen_is_not_replaced_by_another(door: Door) -> None:
    door.seek()
    (release,) = door.releases()
    before = door.pictures(door.play.witness, release["member"])
    again = door.seek()
    assert door.pictures(door.play.centre, release["member"]) == before
    for machine in (door.play.witness, door.play.centre):
        door.decide(machine, "ApproveRelease", release["member"])
    assert door.play.ask_again(again)["greeting"] is None, "the second ticket is nobody's"


def test_the_picture_never_reaches_the_disk_and_goes_after_a_quarter_of_an_hour(door: Door, tmp_path: Path) -> None:
    door.seek()
    member = door.releases()[0]["member"]
    secrets = (LIVE.encode(), base64.b64decode(LIVE))
    kept = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any(b"ExpectedSearched" in content for content in kept)
    assert not [content for content in kept for secret in secrets if secret in content]
    door.clock.advance(900)
    assert code(door.pictures, door.play.witness, member) == "not_found"
    door.seek()
    assert door.pictures(door.play.witness, member)["live"] == LIVE, "nobody has agreed yet: a fresh look may be shown"


def test_a_kiosk_cannot_try_out_faces_or_ask_for_a_found_one_by_itself(door: Door) -> None:
    asked = {"ticket": door.play.look_up(1)["ticket"], "what": "found", "reason": "x"}
    assert code(door.play.kiosk.do, "kiosk", "RequestRelease", asked) == "bad_value"
    assert code(door.play.kiosk.do, "room", "SearchExpected", {}) == "not_permitted"
    assert code(door.play.centre.ask, "POST", "/kiosk/search", {"live": LIVE, **REASON}) == "not_permitted"
    for bad in ({"live": "AAAA"}, {"reason": " "}, {"late": "x" * 201}):
        assert code(door.play.kiosk.ask, "POST", "/kiosk/search", {"live": LIVE, **REASON, **bad}) == "bad_value"
    for _ in range(6):
        door.seek(OTHER)
    assert code(door.seek) == "too_many_attempts"
    door.clock.advance(300)
    assert door.seek()


def test_a_centre_may_leave_it_out(tmp_path: Path) -> None:
    with a_door(tmp_path, privacy={"search": False}) as door:
        assert door.play.kiosk.view()["room"]["search"] is False
        assert code(door.seek) == "not_offered"
        assert door.eyes.asked == []

"""Machines and people: codes once, challenges once, sessions that end, passwords, failures in the journal."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from room_world import PASSWORD, Machine, Refusal, Room, a_room

from app.room.logins import make_user
from app.room.refusal import RoomRefusal
from app.room.sessions import token_hash
from devices.ambient import ScriptedClock


def journal(room: Room, kind: str) -> list[Any]:
    return [json.loads(row.body) for row in room.store.entries("room") if row.type == kind]


def refusal(call: Any, *args: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        call(*args)
    return refused.value.status, refused.value.code


def test_health_needs_no_session_and_tells_nothing_secret(room: Room) -> None:
    found = Machine(room.url, "x").ask("GET", "/health")
    assert found == {"state": "ok", "version": "0.1.0", "rehearsal": True, "position": 1}


def test_a_code_enrols_one_machine_once(room: Room) -> None:
    code = room.code("seat", "A01")
    machine = Machine(room.url, "seat-a01")
    found = machine.enrol(code.lower().replace("-", " "))
    assert found["device"] == "seat-a01"
    assert (found["kind"], found["seat"]) == ("seat", "A01")
    assert found["room"]["key"] == room.services.keys.fingerprint
    assert refusal(Machine(room.url, "seat-a02").enrol, code) == (401, "unknown_code")
    assert refusal(Machine(room.url, "seat-a02").enrol, "ABCD-EFGH-IJKL-MNOP") == (401, "unknown_code")
    assert refusal(Machine(room.url, "Seat A02").enrol, room.code("console")) == (400, "bad_request")
    assert refusal(Machine(room.url, "seat-b").enrol, room.code("seat", "A01")) == (409, "seat_taken")
    assert [entry["data"]["device"] for entry in journal(room, "DeviceEnrolled")] == ["seat-a01"]
    body = {"code": room.code("console"), "device": "c", "public_key": "zz"}
    assert refusal(machine.ask, "POST", "/enrol", body) == (400, "bad_request")


def test_codes_and_tokens_are_kept_as_hashes_only(room: Room, tmp_path: Path) -> None:
    code = room.code("console")
    machine = Machine(room.url, "console-1")
    machine.enrol(code)
    machine.open()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("kawei.sqlite*"))
    for secret in (code, code.replace("-", ""), machine.token, PASSWORD):
        assert secret.encode() not in kept
    assert token_hash(machine.token).encode() in kept


def test_codes_are_not_guessed_for_long(room: Room) -> None:
    machine = Machine(room.url, "guess")
    seen = {refusal(machine.enrol, f"AAAA-{k:04}") for k in range(40)}
    assert seen == {(401, "unknown_code"), (429, "too_many_attempts")}


def enrolled(room: Room, device: str = "console-1", kind: str = "console", seat: str | None = None) -> Machine:
    machine = Machine(room.url, device)
    machine.enrol(room.code(kind, seat))
    return machine


def test_a_challenge_is_signed_once_by_the_right_key_in_time(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    with a_room(tmp_path, clock=clock) as room:
        machine = enrolled(room)
        ask = machine.ask("POST", "/challenge", {"device": "console-1"})["challenge"]
        signature = machine.signer.sign(b"kawei/session/1" + bytes.fromhex(ask)).hex()
        good = {"device": "console-1", "challenge": ask, "signature": signature}
        stranger = Machine(room.url, "console-1", b"\x01" * 32)
        bad = stranger.signer.sign(b"kawei/session/1" + bytes.fromhex(ask)).hex()
        for body in (good | {"signature": bad}, good, good | {"signature": "zz"}, good | {"device": "nobody"}):
            assert refusal(machine.ask, "POST", "/session", body) == (401, "bad_challenge")
        ask = machine.ask("POST", "/challenge", {"device": "console-1"})["challenge"]
        late = {"device": "console-1", "challenge": ask}
        late["signature"] = machine.signer.sign(b"kawei/session/1" + bytes.fromhex(ask)).hex()
        clock.advance(31)
        assert refusal(machine.ask, "POST", "/session", late) == (401, "bad_challenge")
        ask = machine.ask("POST", "/challenge", {"device": "console-1"})["challenge"]
        wrong = {"device": "console-1", "challenge": "ab" * 32, "signature": late["signature"]}
        assert refusal(machine.ask, "POST", "/session", wrong) == (401, "bad_challenge")
        assert len(machine.ask("POST", "/challenge", {"device": "nobody"})["challenge"]) == 64
        assert machine.open().view()["role"] is None
        clock.advance(12 * 3600 + 1)
        assert refusal(machine.view) == (401, "no_session")
        assert machine.open().view()["position"] > 1


def test_a_new_session_ends_the_old_one_and_whoever_was_logged_in_has_left(room: Room) -> None:
    room.add_users("centre-a")
    machine = enrolled(room).open().login("centre-a")
    stream, token = machine.stream(), machine.token
    stream.until("PostTaken")
    again = Machine(room.url, "console-1").open()
    assert again.view()["role"] is None
    while (message := stream.next()) is not None and "bye" not in message:
        pass
    assert message == {"bye": "session_ended"}
    machine.token = token
    assert refusal(machine.view) == (401, "no_session")
    stream.close()
    assert [entry["data"]["post"] for entry in journal(room, "PostLeft")] == ["centre-a"]


def test_a_machine_that_is_shut_out_is_a_stranger(room: Room) -> None:
    room.add_users("centre-a")
    centre, kiosk = enrolled(room).open().login("centre-a"), enrolled(room, "kiosk-1", "kiosk").open()
    stream = kiosk.stream()
    centre.do("room", "RevokeDevice", {"device": "kiosk-1", "reason": "丢失"})
    while (message := stream.next()) is not None and "bye" not in message:
        pass
    assert message == {"bye": "session_ended"}
    assert refusal(kiosk.view) == (401, "no_session")
    assert refusal(kiosk.open) == (401, "bad_challenge")
    stream.close()


def test_log_in_and_out(room: Room) -> None:
    room.add_users("witness-a", "regulator-a")
    console = enrolled(room).open()
    assert console.ask("POST", "/login", {"user": "witness-a", "password": PASSWORD}) == {
        "role": "witness",
        "post": "witness-a",
    }
    assert console.view()["post"] == "witness-a"
    console.login("regulator-a")
    assert console.view()["role"] == "regulator"
    assert [entry["data"]["post"] for entry in journal(room, "PostTaken")] == ["witness-a", "regulator-a"]
    assert [entry["data"]["post"] for entry in journal(room, "PostLeft")] == ["witness-a"]
    console.ask("POST", "/logout")
    console.ask("POST", "/logout")
    assert console.view()["role"] is None
    assert refusal(console.do, "room", "CallDraw", {"purpose": "slots", "streams": []}) == (403, "no_post")


def test_only_consoles_take_a_log_in(room: Room) -> None:
    room.add_users("witness-a")
    for kind, seat in (("seat", "A01"), ("kiosk", None), ("board", None)):
        machine = enrolled(room, f"{kind}-1", kind, seat).open()
        body = {"user": "witness-a", "password": PASSWORD}
        assert refusal(machine.ask, "POST", "/login", body) == (403, "not_a_console")


def test_failed_log_ins_are_recorded_without_name_or_password_and_have_to_wait(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    with a_room(tmp_path, clock=clock) as room:
        room.add_users("centre-a")
        console, other = enrolled(room).open(), enrolled(room, "console-2").open()
        for user in ("centre-a", "nobody", "centre-a", "nobody", "centre-a"):
            assert refusal(console.login, user, "wrong password") == (401, "bad_login")
        assert refusal(console.login, "centre-a", PASSWORD) == (429, "too_many_attempts")
        assert other.login("centre-a").view()["role"] == "centre"
        recorded = journal(room, "AccessRefused")
        assert [entry["data"] for entry in recorded] == [{"what": "login", "code": "bad_login"}] * 5
        assert {entry["actor"]["device"] for entry in recorded} == {"console-1"}
        clock.advance(61)
        assert console.login("centre-a").view()["role"] == "centre"


def test_nobody_is_kept_from_the_usual_console_by_guesses_made_elsewhere(room: Room) -> None:
    room.add_users("centre-a")
    usual, other, third = (enrolled(room, f"console-{k}").open() for k in (1, 2, 3))
    usual.login("centre-a")
    usual.ask("POST", "/logout")
    for _ in range(5):
        assert refusal(other.login, "centre-a", "wrong password") == (401, "bad_login")
    assert refusal(other.login, "centre-a", PASSWORD) == (429, "too_many_attempts")
    assert refusal(third.login, "centre-a", PASSWORD) == (429, "too_many_attempts")
    assert usual.login("centre-a").view()["role"] == "centre"


def test_a_seat_opens_its_session_whatever_is_tried_at_its_address(room: Room) -> None:
    seat, guess = enrolled(room, "seat-1", "seat", "A01"), Machine(room.url, "guess")
    body = {"device": "seat-1", "challenge": "00" * 32, "signature": "00" * 64}
    assert {refusal(guess.ask, "POST", "/session", body) for _ in range(40)} == {(401, "bad_challenge")}
    assert refusal(guess.enrol, "AAAA-0001") == (401, "unknown_code")
    assert seat.open().view()["seat"] == "A01"


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("Centre A", "centre", PASSWORD), ("c", "kiosk", PASSWORD), ("c", "member", PASSWORD), ("c", "centre", "short")],
)
def test_accounts_that_are_none(name: str, role: str, password: str) -> None:
    from room_world import CHEAP

    with pytest.raises(RoomRefusal):
        make_user(CHEAP, name, role, password, ScriptedClock(datetime(2026, 3, 2, tzinfo=UTC)))


def test_the_centre_issues_codes(room: Room) -> None:
    room.add_users("centre-a", "witness-a")
    console = enrolled(room).open()
    body = {"kind": "seat", "seat": "A01"}
    assert refusal(console.ask, "POST", "/enrolments", body) == (403, "no_post")
    console.login("witness-a")
    assert refusal(console.ask, "POST", "/enrolments", body) == (403, "not_permitted")
    assert journal(room, "AccessRefused")[-1]["data"] == {"what": "issueEnrolment", "code": "not_permitted"}
    console.login("centre-a")
    for wrong in ({"kind": "phone"}, {"kind": "seat", "seat": "Z9"}, {"kind": "kiosk", "seat": "A01"}):
        assert refusal(console.ask, "POST", "/enrolments", wrong) == (400, "bad_request")
    code = console.ask("POST", "/enrolments", body)["code"]
    assert Machine(room.url, "seat-a01").enrol(code)["seat"] == "A01"


def test_a_board_sees_the_room_and_does_nothing(room: Room) -> None:
    board = enrolled(room, "board-1", "board").open()
    found = board.view()
    assert (found["role"], found["evaluations"], found["room"]["draws"]) == (None, [], [])
    assert found["room"]["name"] == "岷乐评标三室"
    assert "devices" not in found["room"]
    assert refusal(board.do, "room", "CallDraw", {}) == (403, "no_post")

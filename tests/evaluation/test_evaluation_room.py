"""The room's own stream: machines, posts and draws, what is refused, and what it folds to."""

import copy
from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, STREAM, WITNESS, Play, secret
from evaluation_stages import at, refused

from app import drawing
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.room import commands as rc
from app.evaluation.room import events as re_
from app.evaluation.room.decide import commit_message, context_of, decide_room, is_second, transcript_hash
from app.evaluation.room.evolve import evolve_room
from app.evaluation.room.model import DrawStage, Room
from app.rules.model import Party

KEY = "ab" * 32


def room(play: Play) -> Room:
    assert play.room is not None
    return play.room


def opened() -> Play:
    play = Play()
    play.open_room()
    return play


def test_the_room_opens_once_and_first() -> None:
    with refused("not_open", "room"):
        decide_room(None, rc.ConnectDevice("x"), SYSTEM)
    with refused("already_open", "room"):
        opened().do_room(rc.OpenRoom(True, "r", "n", (), KEY))
    with refused("not_permitted"):
        decide_room(None, rc.OpenRoom(True, "r", "n", (), KEY), CENTRE)
    with pytest.raises(ValueError, match="RoomOpened"):
        evolve_room(None, re_.DeviceConnected("x"), SYSTEM, "2026-03-02T09:00:00.000000+08:00", "room")


@pytest.mark.parametrize(
    ("device", "kind", "seat", "key", "code"),
    [
        ("console-1", "console", None, KEY, "bad_value"),
        ("d", "phone", None, KEY, "bad_value"),
        ("d", "seat", None, KEY, "bad_value"),
        ("d", "seat", "Z9", KEY, "bad_value"),
        ("d", "console", "A01", KEY, "bad_value"),
        ("d", "console", "Z9", KEY, "bad_value"),
        ("d", "kiosk", None, "ab", "bad_value"),
        ("d", "kiosk", None, KEY.upper(), "bad_value"),
    ],
)
def test_machines_that_do_not_fit(device: str, kind: str, seat: str | None, key: str, code: str) -> None:
    with refused(code):
        opened().do_room(rc.EnrolDevice(device, kind, seat, key))


def test_a_seat_has_one_machine_until_it_is_shut_out() -> None:
    play = opened()
    play.do_room(rc.EnrolDevice("s1", "seat", "A01", KEY))
    with refused("seat_taken"):
        play.do_room(rc.EnrolDevice("s2", "seat", "A01", KEY))
    with refused("reason_needed"):
        play.do_room(rc.RevokeDevice("s1", ""), CENTRE)
    with refused("unknown_device"):
        play.do_room(rc.RevokeDevice("s9", "坏了"), CENTRE)
    play.do_room(rc.ConnectDevice("s1"))
    play.do_room(rc.TakePost("centre-b", "centre", "s1"))
    play.do_room(rc.RevokeDevice("s1", "坏了"), CENTRE)
    device = room(play).devices["s1"]
    assert (device.revoked, device.connected, "s1" in room(play).posts) == (True, False, False)
    with refused("unknown_device"):
        play.do_room(rc.RevokeDevice("s1", "再来"), CENTRE)
    play.do_room(rc.EnrolDevice("s2", "seat", "A01", KEY))
    found = room(play).seat_device("A01")
    assert found is not None
    assert found.id == "s2"


def test_presence_and_posts_fold() -> None:
    play = opened()
    play.do_room(rc.DisconnectDevice("kiosk-1"))
    assert not room(play).devices["kiosk-1"].connected
    play.do_room(rc.LeavePost("centre-a", "console-1"))
    assert room(play).posts == {}
    before = room(play)
    play.do_room(rc.DisconnectDevice("never enrolled"))
    assert room(play) == replace(before, size=before.size + 1)


def test_records_fold_without_a_trace_but_the_heads() -> None:
    play = opened()
    play.do_room(rc.LookAtNames(STREAM, "p1", "greeting"), KIOSK)
    play.do_room(rc.RefuseAccess("login", "bad_login"), KIOSK)
    play.do_room(rc.NoteHead(STREAM, 7, "cd" * 32))
    assert room(play).heads == {STREAM: (7, "cd" * 32)}
    play.import_package()
    with refused("already_open"):
        play.do_room(rc.ImportEvaluation(STREAM, KEY), CENTRE)


# --- draws


def core(play: Play, **changes: Any) -> dict[str, Any]:
    binding = {"stream": "room", "draw_no": len(room(play).draws) + 1, "root": "ab" * 32}
    return {"kind": "order", "items": ["M1", "M2"], "parties": ["centre", "kiosk"], "binding": binding} | changes


def call(play: Play, number: int = 1, purpose: str = "slots", **changes: Any) -> None:
    play.do_room(rc.CallDraw(number, purpose, (STREAM,), core(play, **changes)), CENTRE)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 2}, "bad_value"),
        ({"binding": None}, "bad_value"),
        ({"binding": {"stream": "room", "draw_no": 9, "root": "ab" * 32}}, "bad_value"),
        ({"binding": {"stream": STREAM, "draw_no": 1, "root": "ab" * 32}}, "bad_value"),
        ({"binding": {"stream": "room", "draw_no": 1, "root": "short"}}, "bad_value"),
        ({"items": []}, "bad_value"),
    ],
)
def test_a_draw_is_called_as_the_draw_protocol_has_it(changes: dict[str, Any], code: str) -> None:
    with refused(code):
        call(at("opened"), **changes)


def test_a_draw_is_called_once_for_evaluations_that_are_there() -> None:
    with refused("not_open"):
        call(opened())
    play = at("opened")
    call(play)
    with refused("draw_running"):
        call(play, 2, "aliases")
    with refused("already_drawn"):
        call(at("drawn"), 3)


def committing() -> Play:
    play = at("opened")
    call(play)
    return play


def commit(play: Play, actor: Actor, device: str, **changes: Any) -> None:
    draw = room(play).draws[1]
    party = changes.get("party", actor.role.value)
    made = changes.get("commitment", drawing.commitment(context_of(draw), party, secret(party)).hex())
    signer = play.devices[changes.get("signed_by", device)]
    message = b"" if len(made) != 64 else commit_message(draw, party, made)
    signature = changes.get("signature", signer.sign(message).hex())
    play.do_room(rc.CommitNonce(changes.get("number", 1), party, device, made, signature), actor)


def test_a_party_commits_for_itself_with_its_own_key_once() -> None:
    play = committing()
    with refused("no_such_draw"):
        commit(play, CENTRE, "console-1", number=2)
    with refused("not_a_party"):
        commit(play, CENTRE, "console-1", party="kiosk")
    with refused("not_a_party"):
        commit(play, AGENCY, "console-1")
    with refused("not_a_party"):
        commit(play, CENTRE, "kiosk-1")
    with refused("bad_value", "$.commitment"):
        commit(play, CENTRE, "console-1", commitment="short")
    with refused("bad_value", "$.signature"):
        commit(play, CENTRE, "console-1", signature="zz")
    with refused("bad_signature"):
        commit(play, CENTRE, "console-1", signed_by="kiosk-1")
    with refused("no_such_draw"):
        play.do_room(rc.RevealNonce(1, "centre", "aa"), CENTRE)
    commit(play, CENTRE, "console-1")
    with refused("already_committed"):
        commit(play, CENTRE, "console-1")
    assert room(play).draws[1].stage is DrawStage.COMMITTING
    commit(play, replace(KIOSK, device="kiosk-1"), "kiosk-1")
    assert room(play).draws[1].stage is DrawStage.REVEALING
    shut = committing()
    shut.do_room(rc.RevokeDevice("console-1", "坏了"), CENTRE)
    with refused("unknown_device"):
        commit(shut, CENTRE, "console-1")


def test_who_committed_reveals_once_and_then_it_is_computed() -> None:
    play = committing()
    commit(play, CENTRE, "console-1")
    commit(play, KIOSK, "kiosk-1")
    with refused("not_a_party"):
        play.do_room(rc.RevealNonce(1, "centre", "aa"), replace(CENTRE, device="console-9"))
    with refused("not_a_party"):
        play.do_room(rc.RevealNonce(1, "kiosk", "aa"), replace(CENTRE, device="kiosk-1"))
    with refused("no_such_draw"):
        play.do_room(rc.SealDraw(1, KEY, 0))
    play.do_room(rc.RevealNonce(1, "centre", "aa"), CENTRE)
    with refused("already_committed"):
        play.do_room(rc.RevealNonce(1, "centre", "aa"), CENTRE)
    play.do_room(rc.RevealNonce(1, "kiosk", "aa"), KIOSK)
    assert room(play).draws[1].stage is DrawStage.COMPUTING


def sealed(relaxed: int = 0) -> tuple[Play, dict[str, Any]]:
    play = committing()
    commit(play, CENTRE, "console-1")
    commit(play, KIOSK, "kiosk-1")
    play.do_room(rc.RevealNonce(1, "centre", "aa"), CENTRE)
    play.do_room(rc.RevealNonce(1, "kiosk", "aa"), KIOSK)
    request = drawing.read_request(room(play).draws[1].request)
    made = drawing.draw(request, {party: secret(party) for party in ("centre", "kiosk")}).to_json()
    play.do_room(rc.SealDraw(1, transcript_hash(made), relaxed))
    return play, made


def test_a_draw_that_dropped_a_rule_waits_for_the_witness() -> None:
    play, _ = sealed(relaxed=1)
    assert not room(play).draws[1].accepted
    with refused("not_permitted"):
        play.do_room(rc.AcceptDraw(1, "看过"), CENTRE)
    play.do_room(rc.AcceptDraw(1, "席位确实不够分开"), WITNESS)
    assert room(play).draws[1].accepted
    with refused("nothing_requested"):
        play.do_room(rc.AcceptDraw(1, "再来"), WITNESS)
    plain, _ = sealed()
    with refused("nothing_requested"):
        plain.do_room(rc.AcceptDraw(1, "不必"), WITNESS)


def test_two_people_cancel_a_draw() -> None:
    play, _ = sealed()
    with refused("no_such_draw"):
        play.do_room(rc.CancelDraw(7, "重抽"), CENTRE)
    with refused("reason_needed"):
        play.do_room(rc.CancelDraw(1, " "), CENTRE)
    first, second = rc.CancelDraw(1, "席位坏了"), rc.CancelDraw(1, "同意")
    assert not is_second(room(play), first)
    play.do_room(first, CENTRE)
    assert is_second(room(play), second)
    assert not is_second(room(play), rc.CancelDraw(7, "重抽"))
    assert not is_second(room(play), rc.DropPaper("x"))
    with refused("already_approved"):
        play.do_room(rc.CancelDraw(1, "席位坏了"), CENTRE)
    assert room(play).draws[1].cancel_asked_by == "centre"
    play.do_room(rc.CancelDraw(1, "同意"), WITNESS)
    assert room(play).draws[1].stage is DrawStage.CANCELLED
    assert room(play).latest_draw("slots", STREAM) is None
    with refused("no_such_draw"):
        play.do_room(rc.CancelDraw(1, "再来"), WITNESS)
    call(play, 2)
    assert room(play).latest_draw("slots", STREAM) == room(play).draws[2]


def test_only_the_sealed_transcript_opens() -> None:
    play, made = sealed()
    forged = copy.deepcopy(made)
    forged["order"].reverse()
    with refused("wrong_hash"):
        play.do_room(rc.OpenDraw(1, forged))
    play.do_room(rc.OpenDraw(1, made))
    assert room(play).draws[1].transcript == made
    with refused("no_such_draw"):
        play.do_room(rc.OpenDraw(1, made))


@pytest.mark.parametrize("forge", ["order", "nonces"])
def test_a_room_that_sealed_something_else_cannot_open_it(forge: str) -> None:
    play, made = sealed()
    forged = copy.deepcopy(made)
    if forge == "order":
        forged["order"].reverse()
        where = "$.transcript"
    else:
        request = drawing.read_request(room(play).draws[1].request)
        forged = drawing.draw(request, {party: secret(f"{party} later") for party in ("centre", "kiosk")}).to_json()
        where = "$.transcript.commitments"
    draw = replace(room(play).draws[1], transcript_hash=transcript_hash(forged))
    play.room = replace(room(play), draws={1: draw})
    with refused("bad_transcript", where):
        play.do_room(rc.OpenDraw(1, forged))


@pytest.mark.parametrize("role", [Party.MEMBER, Party.KIOSK, Party.AGENCY, Party.REGULATOR])
def test_who_may_not_call_or_cancel(role: Party) -> None:
    play = at("opened")
    with refused("not_permitted"):
        play.do_room(rc.CallDraw(1, "slots", (STREAM,), core(play)), Actor(role))
    with refused("not_permitted"):
        play.do_room(rc.CancelDraw(1, "x"), Actor(role))

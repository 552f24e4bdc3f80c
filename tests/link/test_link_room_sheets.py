"""Drafts, sheets and draws of a whole link at a fake room that restarts, refuses and forgets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.evaluation.model import SheetKind
from app.journal import SealedFor, SealedSheet, open_sealed, open_with
from app.link import Answered, Failed, Trouble, ViewChanged
from tests.link.link_ground import Machine, until
from tests.link.link_room import STREAM, FakeRoom, Refusal

Make = Callable[..., Machine]
MARKS = SheetKind.MARKS


# --- drafts and sheets


def test_a_draft_comes_back_from_here_or_from_the_room(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    place = one.link.put_draft(STREAM, "lot1", MARKS, 1, 3, {"marks": "8"})
    assert one.heard.wait(Answered).request == place
    one.link.load_draft(STREAM, "lot1", MARKS, 1)
    answer = one.heard.wait(Answered, lambda message: message.value == {"version": 3, "content": {"marks": "8"}})
    assert answer.kind == "draft"
    assert "8" not in room.drafts[place][1][:0] + json.dumps(sorted(room.drafts))
    request = one.link.load_draft(STREAM, "", SheetKind.BALLOT, 1)
    assert one.heard.wait(Answered, lambda message: message.request == request).value is None
    room.hanging.add("PUT drafts")
    one.link.put_draft(STREAM, "lot1", MARKS, 1, 4, {"marks": "9"})
    request = one.link.load_draft(STREAM, "lot1", MARKS, 1)
    found = one.heard.wait(Answered, lambda message: message.request == request).value
    assert found == {"version": 4, "content": {"marks": "9"}}
    room.drafts[place] = (9, "another machine's")
    assert one.link._draft(one.link.client, "evaluation~ev1/lot2/marks/1") is None


def test_a_draft_that_the_room_refuses_is_told(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    room.refusals.append(Refusal("drafts", 409, "round_over"))
    place = one.link.put_draft(STREAM, "lot1", MARKS, 1, 1, {})
    failed = one.heard.wait(Failed)
    assert (failed.request, failed.kind, failed.code) == (place, "draft", "round_over")


def opened(room: FakeRoom, data: dict[str, Any]) -> Any:
    """What this room finds in a sealed sheet; it holds the key for it, or the test fails."""
    purpose = "kawei/sheet-key/1 " + data["sealed"]["commitment"]
    key = open_with(room.sealing[data["key_id"]], SealedFor.from_json(data["key"]), purpose)
    return open_sealed(key, SealedSheet.from_json(data["sealed"])).sheet


def evaluation() -> dict[str, Any]:
    return {"stream": STREAM, "alias": "M1", "election": None, "lots": [{"id": "lot1", "round": None}]}


def test_a_sheet_for_a_room_that_restarted_is_sealed_again_by_itself(room: FakeRoom, machine: Make) -> None:
    room.view["evaluations"] = [evaluation()]
    old = room.offer_key()
    one = machine().start()
    one.heard.wait(ViewChanged)
    room.kill()
    request = one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"marks": {"B1": "8.5"}}, old)
    behind = one.link.send(STREAM, "CallHelp", {"k": 1})
    new = room.offer_key()
    room.start()
    assert one.heard.wait(Answered).request == request
    assert one.heard.wait(Answered, lambda message: message.kind == "CallHelp").request == behind
    sealed, helped = room.effects
    assert (sealed["type"], sealed["data"]["key_id"], helped["type"]) == ("SealSheet", new["id"], "CallHelp")
    assert opened(room, sealed["data"]) == {"marks": {"B1": "8.5"}}
    assert one.heard.of(Failed) == []


def test_a_room_that_offers_no_new_key_yet_is_waited_for(room: FakeRoom, machine: Make) -> None:
    room.view["evaluations"] = [evaluation()]
    old = room.offer_key()
    room.sealing.clear()
    one = machine().start()
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {}, old)
    until(lambda: room.tried["SealSheet"] >= 2)
    room.refusals.append(Refusal("view", 503, "disk_full", times=3))
    until(lambda: room.refusals[0].times == 0)
    room.offer_key()
    one.heard.wait(Answered)
    assert len(room.effects) == 1


def test_a_room_that_never_offers_one_is_told_of(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {}, room.offer_key() | {"id": "gone"})
    assert one.heard.wait(Failed).code == "old_key"
    assert room.effects == []


def test_a_wiped_sheet_is_not_sealed_again(room: FakeRoom, machine: Make) -> None:
    room.view["evaluations"] = [evaluation()]
    old = room.offer_key()
    room.sealing.clear()
    one = machine()
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {}, old)
    one.link.put_draft(STREAM, "lot1", MARKS, 1, 1, {})
    one.link.wipe()
    assert one.link.waiting == 1
    room.offer_key()
    one.start()
    assert one.heard.wait(Failed).code == "old_key"


def test_a_seat_that_cannot_be_wiped_says_so(machine: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one = machine().start()

    def stuck(_: object) -> None:
        raise OSError(30, "read-only file system")

    monkeypatch.setattr("app.link.safe.Safe.clear", stuck)
    one.link.wipe()
    assert one.heard.wait(Trouble).code == "not_wiped"


def test_the_same_sheet_twice_is_one_request(room: FakeRoom, machine: Make) -> None:
    key = room.offer_key()
    room.kill()
    one = machine().start()
    first = one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"k": "1"}, key)
    assert one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"k": "1"}, key) == first
    corrected = one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"k": "2"}, key)
    assert corrected != first
    room.refusals.append(Refusal("SealSheet", 409, "absent_mark"))
    room.start()
    assert one.heard.wait(Failed).request == first
    assert one.heard.wait(Answered).request == corrected
    assert opened(room, room.effects[0]["data"]) == {"k": "2"}


@pytest.mark.parametrize(("status", "code"), [(409, "already_sealed"), (500, "internal_error")])
def test_a_seal_that_the_room_may_have_is_kept(room: FakeRoom, machine: Make, status: int, code: str) -> None:
    key = room.offer_key()
    room.refusals.append(Refusal("SealSheet", status, code))
    one = machine().start()
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"k": "1"}, key)
    one.heard.wait(Failed)
    assert len(one.link._sheets._safe) == 1


def test_a_restarted_room_gets_the_keys_of_what_is_sealed(room: FakeRoom, machine: Make) -> None:
    room.view["evaluations"] = [evaluation()]
    one = machine().start()
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", {"k": "1"}, room.offer_key())
    one.heard.wait(Answered)
    sealed = room.effects[0]["data"]
    room.kill()
    key = room.offer_key()
    mine = {"commitment": sealed["sealed"]["commitment"], "keys": [sealed["key_id"]]}
    room.view["evaluations"][0]["lots"][0]["round"] = {"kind": "marks", "number": 1, "opened": False, "mine": mine}
    room.start()
    until(lambda: len(room.effects) == 2)
    mine["keys"].append(key["id"])
    again = room.effects[1]
    assert (again["type"], again["data"]["key_id"]) == ("GiveSheetKey", key["id"])
    assert opened(room, {**again["data"], "sealed": sealed["sealed"]}) == {"k": "1"}
    assert len(one.heard.of(Answered)) == 1  # nobody asked for this one


def test_a_party_commits_by_itself_and_a_failing_room_is_asked_again(room: FakeRoom, machine: Make) -> None:
    one = machine(kind="console")
    room.view |= {"role": "witness", "room": {"draws": [_draw()]}}
    room.refusals.append(Refusal("CommitNonce", 503, "disk_full", times=2))
    one.start()
    until(lambda: room.effects)
    room.view["room"] = {}
    assert room.effects[0]["type"] == "CommitNonce"
    assert one.heard.of(Failed) == []


def _draw() -> dict[str, Any]:
    request = {"kind": "order", "items": ["M1"], "parties": ["witness"]}
    shown = {"number": 1, "purpose": "aliases", "stage": "committing", "request": request}
    return shown | {"parties": ["witness"], "committed": [], "revealed": [], "needs_nonce": []}

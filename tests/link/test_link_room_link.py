"""A whole link at a fake room: nothing lost, nothing twice, order kept, and an end within two seconds."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.model import SheetKind
from app.journal import SealedFor, SealedSheet, open_sealed, open_with
from app.link import Answered, Failed, Happened, LineChanged, SessionEnded, Trouble, ViewChanged
from app.link.outbox import MOST_WAITING
from app.link.post import MOST_TRIES
from app.link.timing import Timing
from tests.link.link_room import QUICK, SECRET, STREAM, FakeRoom, Machine, Refusal, until

Make = Callable[..., Machine]
MARKS = SheetKind.MARKS


def waits(machine: Machine, waiting: int = 0) -> None:
    until(lambda: machine.link.waiting == waiting, f"{waiting} waiting")


def numbers(room: FakeRoom) -> list[int]:
    return [command["data"]["k"] for command in room.effects]


# --- view and stream


def test_a_seat_begins_with_its_view_and_hears_what_happens_then(room: FakeRoom, machine: Make) -> None:
    room.happen("Old")
    one = machine().start()
    assert one.heard.wait(ViewChanged).view["position"] == 1
    assert one.heard.wait(LineChanged) == LineChanged(True, 0)
    room.happen("New")
    assert one.heard.wait(Happened).entry["type"] == "New"
    one.heard.wait(ViewChanged, lambda message: message.view["position"] == 2)
    assert one.heard.threads == {"kawei-teller"}


def test_a_console_hears_the_journal_from_its_beginning_and_again_after_a_log_in(room: FakeRoom, machine: Make) -> None:
    room.happen("A", "B")
    one = machine(kind="console").start()
    until(lambda: len(one.heard.of(Happened)) == 2)
    views = room.tried["view"]
    one.link.begin_again()
    until(lambda: len(one.heard.of(Happened)) == 4)
    until(lambda: room.tried["view"] > views)


def test_a_burst_costs_few_views(room: FakeRoom, machine: Make) -> None:
    one = machine(timing=Timing(view_pause_s=0.2)).start()
    one.heard.wait(LineChanged)
    room.happen(*["A"] * 200)
    until(lambda: len(one.heard.of(Happened)) == 200)
    one.heard.wait(ViewChanged, lambda message: message.view["position"] == 200)
    assert room.tried["view"] <= 6


def test_the_view_is_fetched_again_after_every_own_act(room: FakeRoom, machine: Make) -> None:
    """Who has wiped a seat may get no message any more: only the view tells."""
    one = machine().start()
    one.heard.wait(LineChanged)
    room.view["evaluations"] = []
    one.heard.messages.clear()
    room.view["seat"] = "wiped"
    one.link.send(STREAM, "WipeSeat", {})
    one.heard.wait(ViewChanged, lambda message: message.view.get("seat") == "wiped")
    room.view["seat"] = "refused"
    room.refusals.append(Refusal("LeaveSeat", 409, "not_now"))
    one.link.send(STREAM, "LeaveSeat", {})
    one.heard.wait(ViewChanged, lambda message: message.view.get("seat") == "refused")
    room.view["seat"] = "asked"
    one.link.refresh()
    one.heard.wait(ViewChanged, lambda message: message.view.get("seat") == "asked")


def test_a_room_restored_to_an_earlier_state_is_read_anew(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    one.heard.wait(LineChanged)
    room.happen("A", "B", "C")
    until(lambda: len(one.heard.of(Happened)) == 3)
    room.kill()
    one.heard.wait(LineChanged, lambda message: not message.up)
    del room.entries[1:]
    one.heard.messages.clear()
    room.start()
    until(lambda: [m.entry["position"] for m in one.heard.of(Happened)] == [1])
    until(lambda: room.streaming)
    room.happen("D")
    until(lambda: [m.entry["type"] for m in one.heard.of(Happened)] == ["A", "D"])


def test_an_ended_session_is_told(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    until(lambda: room.streaming)
    room.drop_streams(bye="session_ended")
    assert one.heard.wait(SessionEnded) == SessionEnded("session_ended")
    until(lambda: room.streaming)


# --- commands


def test_commands_go_in_order_once_each_whatever_the_line_does(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    one.heard.wait(LineChanged)
    sent = []
    for k in range(40):
        if k == 5:
            room.lose_answers = 2
        if k == 10:
            room.refusals.append(Refusal("Do", 503, "disk_full", times=3))
            room.refusals.append(Refusal("Do", 429, "too_many_attempts", times=2))
        if k == 20:
            room.kill()
        if k == 30:
            room.start()
            room.tokens.clear()
        sent.append(one.link.send(STREAM, "Do", {"k": k}))
    waits(one)
    until(lambda: len(one.heard.of(Answered)) == 40)
    assert numbers(room) == list(range(40))
    assert [message.request for message in one.heard.of(Answered)] == sent
    assert {message.kind for message in one.heard.of(Answered)} == {"Do"}
    assert one.heard.of(Failed) == []


def test_what_the_room_refuses_is_told_and_holds_up_nothing(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    room.refusals.append(Refusal("Bad", 409, "not_seated"))
    room.refusals.append(Refusal("Worse", 500, "internal_error"))
    ids = [one.link.send(STREAM, kind, {"k": k}) for k, kind in enumerate(("Bad", "Worse", "Good"))]
    one.heard.wait(Answered)
    assert one.heard.of(Failed) == [
        Failed(ids[0], "Bad", "not_seated", "sentence of not_seated", "$"),
        Failed(ids[1], "Worse", "internal_error", "sentence of internal_error", "$"),
    ]
    assert numbers(room) == [2]
    assert one.link.waiting == 0


def test_an_answer_that_nobody_understands_is_not_waited_for_for_ever(room: FakeRoom, machine: Make) -> None:
    one = machine().start()
    room.refusals.append(Refusal("Do", 413, None, times=99))
    one.link.send(STREAM, "Do", {"k": 0})
    one.link.send(STREAM, "Other", {"k": 1})
    assert one.heard.wait(Failed).code == "bad_answer"
    one.heard.wait(Answered)
    assert room.tried["Do"] == MOST_TRIES


def test_nothing_blocks_while_the_room_is_away_and_five_hundred_wait(room: FakeRoom, machine: Make) -> None:
    room.kill()
    one = machine(timing=Timing()).start()
    one.heard.wait(LineChanged, lambda message: not message.up)
    slowest = 0.0
    for k in range(MOST_WAITING):
        begun = time.monotonic()
        one.link.send(STREAM, "Do", {"k": k})
        one.link.put_draft(STREAM, "lot1", MARKS, 1, k + 1, {"k": k})
        one.link.ask("lookup", lambda client: client.lookup({}))
        slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 1
    assert one.link.waiting == MOST_WAITING + 1
    begun = time.monotonic()
    request = one.link.send(STREAM, "Do", {"k": -1})
    assert time.monotonic() - begun < 0.5
    assert one.heard.wait(Failed, lambda message: message.request == request).code == "too_many"
    begun = time.monotonic()
    one.link.stop()
    assert time.monotonic() - begun < 2
    room.start()
    again = machine().start()
    waits(again)
    assert numbers(room) == list(range(MOST_WAITING))
    assert room.draft_history == [("evaluation~ev1/lot1/marks/1", MOST_WAITING)]


CHILD = """
import sys
from pathlib import Path
from app.evaluation.model import SheetKind
from app.link import RoomLink
from tests.link.link_room import QUICK, identity
link = RoomLink(identity(sys.argv[1]), Path(sys.argv[2]), lambda message: None, "en", QUICK)
link.start()
for k in range(10_000):
    link.put_draft("evaluation/ev1", "lot1", SheetKind.MARKS, 1, k + 1, {"k": k})
    link.send("evaluation/ev1", "Do", {"k": k})
    print(k, flush=True)
"""


@pytest.mark.parametrize("away", [True, False])
def test_a_machine_killed_at_any_instant_loses_and_doubles_nothing(
    room: FakeRoom, machine: Make, tmp_path: Path, away: bool
) -> None:
    if away:
        room.kill()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, room.url, str(tmp_path / "machine")], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    sent = [int(child.stdout.readline()) for _ in range(25)]
    os.kill(child.pid, signal.SIGKILL)
    sent += [int(line) for line in child.stdout.read().split()]
    child.stdout.close()
    child.wait(10)
    if away:
        room.start()
    one = machine().start()
    waits(one)
    assert one.heard.of(Trouble) == []
    # One more may have been kept before its number was said.
    assert numbers(room) in (sent, [*sent, len(sent)])
    versions = [version for _, version in room.draft_history]
    assert versions == sorted(set(versions))


def test_damaged_files_are_told_once_and_the_others_go(room: FakeRoom, machine: Make, tmp_path: Path) -> None:
    before = machine()
    for k in range(3):
        before.link.send(STREAM, "Do", {"k": k})
    victim = before.link._outbox._safe._path(before.link._outbox.waiting()[1].request)
    victim.write_bytes(victim.read_bytes()[:100])
    one = machine().start()
    trouble = one.heard.wait(Trouble)
    assert (trouble.code, "set aside" in trouble.sentence) == ("damaged", True)
    waits(one)
    assert numbers(room) == [0, 2]
    one.link.stop()
    again = machine().start()
    again.heard.wait(ViewChanged)
    assert again.heard.of(Trouble) == []


def test_a_full_disk_is_told_and_the_room_gets_it_all_the_same(
    room: FakeRoom, machine: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine().start()

    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.link.safe.write_private", full)
        one.link.send(STREAM, "Do", {"k": 1})
        assert one.heard.wait(Trouble).code == "not_kept"
        one.heard.wait(Answered)
    assert numbers(room) == [1]


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


# --- questions


def test_a_long_download_holds_up_no_look_up(room: FakeRoom, machine: Make) -> None:
    room.hanging.add("files")
    one = machine().start()
    one.link.ask("file", lambda client: client.file("00"))
    until(lambda: room.tried["files"])
    one.link.ask("lookup", lambda client: client.lookup({"ticket": "t"}))
    assert one.heard.wait(Answered).value == {"asked": {"ticket": "t"}}


# --- the end


@pytest.mark.parametrize("hanging", ["nothing", "commands", "view", "drafts", "kiosk", "files", "session", "stream"])
def test_it_ends_within_two_seconds_whatever_hangs(room: FakeRoom, machine: Make, hanging: str) -> None:
    one = machine(timing=Timing())
    room.hanging.add(hanging)
    one.link.send(STREAM, "Do", {"k": 1})
    one.start()
    one.link.put_draft(STREAM, "lot1", MARKS, 1, 1, {})
    one.link.ask("lookup", lambda client: client.lookup({}))
    one.link.ask("file", lambda client: client.file("00"))
    if hanging != "nothing":
        until(lambda: room.tried[hanging])
    before = set(threading.enumerate())
    begun = time.monotonic()
    one.link.stop()
    assert time.monotonic() - begun < 2
    assert not [thread for thread in before & set(threading.enumerate()) if thread.name.startswith("kawei-")]
    told = len(one.heard.messages)
    one.link.stop()
    one.link.send(STREAM, "Do", {"k": 2})
    one.link.put_draft(STREAM, "lot1", MARKS, 1, 2, {})
    assert len(one.heard.messages) == told
    again = machine()
    assert again.link.waiting >= 2


def test_a_listener_that_hangs_does_not_keep_it_from_ending(room: FakeRoom, machine: Make) -> None:
    go, inside = threading.Event(), threading.Event()
    one = machine()
    one.link._teller._listener = lambda _: (inside.set(), go.wait(20))
    one.start()
    assert inside.wait(5)
    begun = time.monotonic()
    one.link.stop()
    assert time.monotonic() - begun < 2.5
    go.set()
    assert one.link._teller.worker.join(5)


def test_it_may_end_before_it_began(machine: Make) -> None:
    one = machine()
    one.link.stop()
    assert one.heard.messages == []


def test_it_may_end_while_the_first_view_is_on_its_way(room: FakeRoom, machine: Make) -> None:
    for _ in range(5):
        one = machine().start()
        one.link.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kawei-")]


# --- silence


def test_neither_log_nor_disk_nor_line_holds_a_mark_or_a_key(
    room: FakeRoom, machine: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    room.view["evaluations"] = [evaluation()]
    key = room.offer_key()
    one = machine().start()
    secret = {"marks": {"B1": "77.31"}}
    room.refusals += [Refusal("SealSheet", 503, "disk_full"), Refusal("drafts", 503, "disk_full")]
    one.link.put_draft(STREAM, "lot1", MARKS, 1, 1, secret)
    one.link.seal_sheet(STREAM, "lot1", MARKS, 1, "M1", secret, key)
    until(lambda: len(one.heard.of(Answered)) == 2)
    one.link.stop()
    token = next(iter(room.tokens))
    texts = [record.getMessage() for record in caplog.records]
    texts += [repr(one.link), repr(one.link.client), json.dumps(room.effects), json.dumps(room.drafts)]
    texts += [repr(message) for message in one.heard.messages if not isinstance(message, ViewChanged)]
    files = [path for path in (tmp_path / "machine").rglob("*") if path.is_file()]
    assert files
    for text in texts:
        assert not [word for word in ("77.31", token, SECRET.hex()) if word in text]
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600
        assert not [word for word in (b"77.31", b'"marks"', b'"M1"', SECRET) if word in path.read_bytes()]
        assert "marks" not in path.name


def test_the_quick_timing_of_these_tests_is_not_that_of_a_room() -> None:
    room = Timing()
    assert (room.connect_s, room.grace_s, room.stop_s) < (2, 1, 2)
    assert QUICK.longest_pause_s < room.first_pause_s

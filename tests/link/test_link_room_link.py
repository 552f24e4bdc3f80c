"""A whole link at a fake room: what it hears and sends: nothing lost, nothing twice, order kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.evaluation.model import SheetKind
from app.link import Answered, Failed, Happened, LineChanged, SessionEnded, Trouble, ViewChanged
from app.link.outbox import MOST_WAITING
from app.link.post import MOST_TRIES
from app.link.timing import Timing
from tests.link.link_ground import Machine, until
from tests.link.link_room import STREAM, FakeRoom, Refusal

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
from tests.link.link_ground import QUICK, identity
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


# --- questions


def test_a_long_download_holds_up_no_look_up(room: FakeRoom, machine: Make) -> None:
    room.hanging.add("files")
    one = machine().start()
    one.link.ask("file", lambda client: client.file("00"))
    until(lambda: room.tried["files"])
    one.link.ask("lookup", lambda client: client.lookup({"ticket": "t"}))
    assert one.heard.wait(Answered).value == {"asked": {"ticket": "t"}}

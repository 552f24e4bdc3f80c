"""A link ends within two seconds whatever hangs, and neither log nor disk nor line holds what is nobody's business."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.evaluation.model import SheetKind
from app.link import Answered, ViewChanged
from app.link.timing import Timing
from tests.link.link_ground import QUICK, SECRET, Machine, until
from tests.link.link_room import STREAM, FakeRoom, Refusal

Make = Callable[..., Machine]
MARKS = SheetKind.MARKS


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
    room.view["evaluations"] = [{"stream": STREAM, "alias": "M1", "election": None, "lots": []}]
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

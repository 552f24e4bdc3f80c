"""The bridge: messages arrive in the window's thread, few at a time, and a window that closes leaves no thread."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.evaluation.model import SheetKind
from app.link import Answered, Failed, Happened, LineChanged, LinkMessage, SessionEnded, Trouble, ViewChanged
from tests.link.link_ground import identity, until
from tests.link.link_room import STREAM, FakeRoom, Refusal
from ui.bridge.bridge import AT_ONCE, Bridge
from ui.bridge.inbox import MOST_WAITING, Inbox
from ui.bridge.requests import Requests

MakeBridge = Callable[..., Bridge]


@pytest.fixture
def room() -> Iterator[FakeRoom]:
    made = FakeRoom().start()
    yield made
    made.kill()


@pytest.fixture
def bridge(room: FakeRoom, tmp_path: Path, qapp: QCoreApplication) -> Iterator[MakeBridge]:
    made: list[Bridge] = []

    def make(kind: str = "seat", parent: QObject | None = None) -> Bridge:
        made.append(Bridge(identity(room.url, kind), tmp_path, "en", parent))
        return made[-1]

    yield make
    for one in made:
        if isValid(one):
            one.stop()


def link_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("kawei-")]


class Ear(QObject):
    """Hears every signal, and in which thread."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.heard: list[LinkMessage] = []
        self.strange: list[Any] = []
        for name in ("view_changed", "happened", "answered", "failed", "line_changed", "session_ended", "trouble"):
            getattr(bridge, name).connect(self.hear)

    def hear(self, message: LinkMessage) -> None:
        if QThread.currentThread() is not QCoreApplication.instance().thread():  # type: ignore[union-attr]
            self.strange.append(message)
        self.heard.append(message)

    def kinds(self) -> set[type]:
        return {type(message) for message in self.heard}


def test_every_message_arrives_in_the_windows_thread(
    room: FakeRoom, bridge: MakeBridge, qtbot: QtBot, tmp_path: Path
) -> None:
    one = bridge()
    one.link.send(STREAM, "Lost", {})
    next((tmp_path / "outbox").iterdir()).write_bytes(b"damaged")
    one = bridge()
    ear = Ear(one)
    one.start()
    qtbot.waitUntil(lambda: room.streaming == 1)
    room.refusals.append(Refusal("Bad", 409, "not_now"))
    sent = [one.link.send(STREAM, kind, {}) for kind in ("Good", "Bad")]
    room.happen("A")
    room.drop_streams(bye="session_ended")
    expected = {ViewChanged, Happened, Answered, Failed, LineChanged, SessionEnded, Trouble}
    qtbot.waitUntil(lambda: ear.kinds() == expected)
    assert ear.strange == []
    assert [m.request for m in ear.heard if isinstance(m, Answered | Failed)] == sent


def test_a_long_journal_arrives_whole_and_in_order_while_the_window_lives(
    room: FakeRoom, bridge: MakeBridge, qtbot: QtBot
) -> None:
    room.happen(*["A"] * 3000)
    one = bridge("console")
    ear, turns = Ear(one), []
    timer = QTimer(one)
    timer.timeout.connect(lambda: turns.append(len(ear.heard)))
    timer.start(0)
    one.start()

    def positions() -> list[int]:
        return [m.entry["position"] for m in ear.heard if isinstance(m, Happened)]

    qtbot.waitUntil(lambda: len(positions()) == 3000, timeout=20_000)
    timer.stop()
    assert positions() == list(range(1, 3001))
    between = [later - earlier for earlier, later in pairwise(turns)]
    assert max(between) <= 3 * AT_ONCE


def test_a_window_that_does_not_look_is_not_flooded(room: FakeRoom, bridge: MakeBridge, qtbot: QtBot) -> None:
    """The room keeps what the window has not read: neither queue grows with the journal."""
    room.happen(*["A"] * 5000)
    one = bridge("console")
    one.start()
    until(lambda: len(one._inbox) >= MOST_WAITING)
    until(lambda: len(one.link._teller._waiting) >= MOST_WAITING)
    assert len(one._inbox) <= MOST_WAITING
    assert len(one.link._teller._waiting) <= MOST_WAITING + 20
    begun = time.monotonic()
    one.link.send(STREAM, "Do", {})
    one.link.put_draft(STREAM, "lot1", SheetKind.MARKS, 1, 1, {})
    one.link.refresh()
    assert time.monotonic() - begun < 1
    until(lambda: room.effects)
    begun = time.monotonic()
    one.stop()
    assert time.monotonic() - begun < 2
    assert link_threads() == []


@pytest.mark.parametrize("hanging", ["commands", "view", "kiosk", "session", "stream", "drafts"])
def test_a_window_closed_while_requests_hang_leaves_no_thread(
    room: FakeRoom, bridge: MakeBridge, qtbot: QtBot, hanging: str
) -> None:
    class Window(QWidget):
        def closeEvent(self, event: Any) -> None:
            one.stop()
            super().closeEvent(event)

    window = Window()
    qtbot.addWidget(window)
    one = bridge()
    ear = Ear(one)
    room.hanging.add(hanging)
    window.show()
    one.start()
    one.link.send(STREAM, "Do", {})
    one.link.ask("lookup", lambda client: client.lookup({}))
    if hanging == "drafts":
        one.link.put_draft(STREAM, "lot1", SheetKind.MARKS, 1, 1, {})
    until(lambda: room.tried[hanging])
    begun = time.monotonic()
    window.close()
    assert time.monotonic() - begun < 2
    assert link_threads() == []
    heard = len(ear.heard)
    QCoreApplication.processEvents()
    assert len(ear.heard) == heard  # what was on its way is not passed on to a closed window


def test_a_window_that_closes_because_of_a_message_gets_no_further_one(
    room: FakeRoom, bridge: MakeBridge, qtbot: QtBot
) -> None:
    one = bridge("console")
    room.happen(*["A"] * 50)
    heard: list[Happened] = []

    def hear(message: Happened) -> None:
        heard.append(message)
        one.stop()

    one.happened.connect(hear)
    one.start()
    qtbot.waitUntil(lambda: bool(heard))
    QCoreApplication.processEvents()
    assert len(heard) == 1


def test_a_bridge_deleted_with_its_window_leaves_no_thread(room: FakeRoom, bridge: MakeBridge, qtbot: QtBot) -> None:
    window = QWidget()
    one = bridge(parent=window)
    one.start()
    qtbot.waitUntil(lambda: room.streaming == 1)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(one)
    assert link_threads() == []


def test_a_forgotten_bridge_is_collected_and_leaves_no_thread(room: FakeRoom, tmp_path: Path, qtbot: QtBot) -> None:
    one = Bridge(identity(room.url), tmp_path)
    one.start()
    qtbot.waitUntil(lambda: room.streaming == 1)
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
    assert link_threads() == []


def test_the_end_of_the_application_ends_the_link(
    room: FakeRoom, bridge: MakeBridge, qtbot: QtBot, qapp: QCoreApplication
) -> None:
    one = bridge()
    one.start()
    qtbot.waitUntil(lambda: room.streaming == 1)
    qapp.aboutToQuit.emit()
    assert link_threads() == []


def test_answers_go_back_to_who_asked_once_each(room: FakeRoom, bridge: MakeBridge, qtbot: QtBot) -> None:
    one = bridge()
    requests = Requests(one)
    told: list[tuple[str, Any]] = []
    room.refusals.append(Refusal("Bad", 409, "not_now"))
    one.start()
    for kind in ("Good", "Bad"):
        requests.send(
            STREAM,
            kind,
            {},
            lambda value, k=kind: told.append((k, "done")),
            lambda fault: told.append((fault.kind, fault.code)),
        )
    requests.ask("lookup", lambda client: client.lookup({"ticket": "t"}), lambda v: told.append(("l", v)), told.append)
    qtbot.waitUntil(lambda: requests.waiting() == 0)
    assert sorted(told, key=str) == [("Bad", "not_now"), ("Good", "done"), ("l", {"asked": {"ticket": "t"}})]
    requests.send(STREAM, "Good", {}, told.append, told.append)
    requests.forget()
    qtbot.waitUntil(lambda: len(room.effects) == 2)
    qtbot.waitUntil(lambda: one.link.waiting == 0)
    QCoreApplication.processEvents()
    assert len(told) == 3


# --- the inbox alone


def test_the_inbox_wakes_once_and_hands_out_the_newest_view_only() -> None:
    woken: list[int] = []
    inbox = Inbox(lambda: woken.append(1))
    first, second = LineChanged(True, 0), LineChanged(False, 0)
    inbox.put(ViewChanged({"k": 1}))
    inbox.put(first)
    inbox.put(ViewChanged({"k": 2}))
    inbox.put(second)
    assert woken == [1]
    assert inbox.take(2) == [first, ViewChanged({"k": 2})]
    assert inbox.take(5) == [second]
    assert inbox.take(5) == []
    inbox.put(first)
    assert woken == [1, 1]


def test_a_closed_inbox_takes_nothing_and_lets_go_of_whoever_waits() -> None:
    inbox = Inbox(lambda: None)
    for _ in range(MOST_WAITING):
        inbox.put(LineChanged(True, 0))
    waiting = threading.Thread(target=lambda: inbox.put(LineChanged(False, 0)))
    waiting.start()
    inbox.close()
    waiting.join(5)
    assert not waiting.is_alive()
    inbox.put(LineChanged(True, 0))
    assert len(inbox) == 0

"""The queue of calls at a console: who waits and how long, answered with one key, one call on hold meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from evaluation_factory import Play
from fake_room import view_for
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.evaluation.actor import Actor
from app.evaluation.commands import CallHelp
from app.evaluation.matters.call import HandOver, HoldCall, JoinCall
from app.evaluation.views import view
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.scripted import ScriptedCall
from devices.sound.scripted import ScriptedSound
from ui.call.desk import Equipment
from ui.console.call_queue import CallQueue, span_words
from ui.console.names import Name, PageName, part
from ui.theme import apply
from ui.widgets.buttons import Button

HERE = replace(ground.CENTRE, device="console-1")
ELSEWHERE = replace(ground.CENTRE, device="console-2")


class Console:
    """A console before an evaluation in which one seat calls; `call_too` lets the others do so."""

    def __init__(self, folder: Path, role: Party = Party.CENTRE) -> None:
        self.play: Play = ground.gathering()
        self.role = role
        self.first = self.play.it.helps[0].alias
        self.sound = ScriptedSound()
        self.window, self.bridge = ground.make_console(
            role, SystemClock(), folder, calls=Equipment(ScriptedCall, self.sound)
        )

    def aliases(self) -> list[str]:
        others = [m.alias for m in self.play.it.members.values() if m.seat and m.alias and m.alias != self.first]
        return [self.first, *others]

    def me(self, alias: str) -> Actor:
        return Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}")

    def call_too(self, count: int) -> None:
        for alias in self.aliases()[1 : 1 + count]:
            self.play.do(CallHelp("paper is empty"), self.me(alias))

    def show(self) -> None:
        assert self.play.room is not None
        seen = view_for(self.role, self.play.room, self.play.it)
        seen["evaluations"] = [view(self.play.it, Actor(self.role, post=f"{self.role.value}-a", device="console-1"))]
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    @property
    def queue(self) -> CallQueue:
        found = self.window.findChild(CallQueue)
        assert found is not None
        return found

    def button(self, name: str) -> Button:
        found = self.window.findChild(Button, name)
        assert isinstance(found, Button)
        return found

    def seat(self, alias: str) -> str:
        return str(next(m.seat for m in self.play.it.members.values() if m.alias == alias))

    def sent(self) -> tuple[str, dict[str, Any]]:
        last = self.bridge.link.sent[-1]
        return last.kind, last.data


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Any]:
    apply(qapp)
    made: list[Console] = []

    def make(**options: Any) -> Console:
        one = Console(tmp_path, **options)
        one.window.resize(1366, 768)
        one.window.show()
        one.window.activateWindow()
        qtbot.waitUntil(one.window.isActiveWindow)
        made.append(one)
        return one

    yield make
    for one in made:
        one.window.close()
        one.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_longest_wait_is_first_and_one_key_answers_it(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.call_too(1)
    it.show()
    first, second = it.aliases()[:2]
    assert [one.alias for one in it.queue.waiting] == [first, second]
    assert it.queue.isVisible()
    assert "2 waiting" in it.queue._count.accessibleName()
    assert it.window.findChild(Button, part(Name.INCIDENT, "help")) is None  # not told twice
    QTest.keyClick(it.window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(it.bridge.link.sent))
    assert it.sent() == ("JoinCall", {"call": f"help/{first}"})
    it.bridge.accept()
    it.play.do(JoinCall(f"help/{first}"), HERE)
    it.show()
    assert [one.alias for one in it.queue.waiting] == [second]


def test_it_says_how_long_one_waits(console: Any) -> None:
    it: Console = console()
    it.show()
    row = it.queue._rows[0]
    it.queue.tick(datetime.fromisoformat(row.one.since) + timedelta(seconds=125))
    assert "waits 2:05" in row.accessibleName()
    assert (span_words(9), span_words(3_725)) == ("0:09", "1:02:05")


def test_who_is_talked_with_waits_while_the_next_is_answered(console: Any) -> None:
    it: Console = console()
    it.call_too(1)
    first, second = it.aliases()[:2]
    for actor in (it.me(first), HERE):
        it.play.do(JoinCall(f"help/{first}"), actor)
    it.show()
    it.button(part(Name.CALL_ANSWER, it.seat(second))).click()
    assert it.sent() == ("HoldCall", {"call": f"help/{first}"})
    it.bridge.accept()
    assert it.sent() == ("JoinCall", {"call": f"help/{second}"})
    it.bridge.accept()
    it.play.do(HoldCall(f"help/{first}"), HERE)
    it.play.do(JoinCall(f"help/{second}"), HERE)
    it.show()
    assert [(one.alias, one.why.value) for one in it.queue.waiting] == [(first, "held")]
    again = it.button(part(Name.CALL_ANSWER, it.seat(first)))
    assert again.accessibleName() == "Talk again"
    again.click()
    it.bridge.accept()
    assert it.sent() == ("ResumeCall", {"call": f"help/{first}"})


def test_a_refusal_stands_in_the_queue(console: Any) -> None:
    it: Console = console()
    it.show()
    it.button(part(Name.CALL_ANSWER, it.seat(it.aliases()[0]))).click()
    it.bridge.refuse("no_such_call", "Nobody sits there.")
    assert "Nobody sits there." in it.queue.fault.accessibleName()
    assert it.queue.fault.isVisible()


def test_writing_is_one_press_away(console: Any) -> None:
    it: Console = console()
    it.show()
    it.button(part(Name.CALL_WRITE, it.seat(it.aliases()[0]))).click()
    assert it.window.page_name == PageName.SEAT.value
    assert it.window._work._pages[PageName.SEAT]._answer.isVisible()


def test_more_than_a_few_are_counted(console: Any) -> None:
    it: Console = console()
    it.show()
    one = it.queue.waiting[0]
    it.queue.show_waiting([replace(one, alias=f"M{number}") for number in range(1, 6)])
    assert (len(it.queue._rows), it.queue._more.text()) == (3, "and 2 more")


def test_it_rings_until_somebody_answers_and_is_silenced_only_for_a_while(console: Any) -> None:
    it: Console = console()
    it.show()
    ringing = it.window._calls.ringing
    assert ringing.ringing
    assert it.sound.levels.microphone is None
    it.button(Name.CALL_SILENCE).click()
    assert (ringing.ringing, ringing.silenced) == (False, True)
    assert "Ring again" in it.button(Name.CALL_SILENCE).accessibleName()
    it.button(Name.CALL_SILENCE).click()
    assert ringing.ringing
    it.play.do(JoinCall(f"help/{it.aliases()[0]}"), ELSEWHERE)
    it.show()
    assert not ringing.ringing
    assert not it.queue.isVisible()


def test_the_witness_is_only_offered_what_is_handed_over(console: Any) -> None:
    it: Console = console(role=Party.WITNESS)
    call = f"help/{it.aliases()[0]}"
    it.show()
    assert it.queue.waiting == ()
    assert it.window.findChild(Button, part(Name.INCIDENT, "help")) is not None  # answered in writing, as before
    for actor in (it.me(it.aliases()[0]), ELSEWHERE):
        it.play.do(JoinCall(call), actor)
    it.play.do(HandOver(call, "witness"), ELSEWHERE)
    it.show()
    assert [one.why.value for one in it.queue.waiting] == ["offered"]
    it.button(part(Name.CALL_ANSWER, it.seat(it.aliases()[0]))).click()
    assert it.sent() == ("JoinCall", {"call": call})


def test_who_logs_out_hears_nothing_ring(console: Any) -> None:
    it: Console = console()
    it.show()
    assert it.play.room is not None
    it.bridge.show(view_for(None, it.play.room))
    assert not it.window._calls.ringing.ringing

"""The centre's console rings seats up, holds one call at a time, and takes over what another console holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
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
from app.evaluation.matters.call import HandOver, HoldCall, JoinCall, LeaveCall, WriteInCall
from app.evaluation.views import view
from app.link import Signalled
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.scripted import ScriptedCall
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import Equipment
from ui.call.help_line import HelpLine
from ui.console.names import Name, PageName
from ui.console.seat_sights import seat_sights
from ui.console.sight import Target
from ui.widgets.buttons import Button

HERE = replace(ground.CENTRE, device="console-1")
ELSEWHERE = replace(ground.CENTRE, device="console-2")


class Console:
    """A console before the play of an evaluation in which one seat calls for help."""

    def __init__(self, folder: Path, role: Party = Party.CENTRE, *, sound: bool = True) -> None:
        self.play: Play = ground.gathering()
        self.made: list[ScriptedCall] = []
        calls = Equipment(self._make, ScriptedSound() if sound else None, voice=lambda: bytes)
        self.window, self.bridge = ground.make_console(role, SystemClock(), folder, calls=calls)
        self.role = role
        self.alias, self.seat = self.play.it.helps[0].alias, self.play.it.helps[0].seat
        self.call = f"help/{self.alias}"

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling))
        return self.made[-1]

    def show(self) -> None:
        assert self.play.room is not None
        seen = view_for(self.role, self.play.room, self.play.it)
        seen["evaluations"] = [view(self.play.it, Actor(self.role, post=f"{self.role.value}-a", device="console-1"))]
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    def at_the_seat(self, seat: str = "") -> None:
        self.show()
        self.window._work.go(Target(PageName.SEAT, seat=seat or self.seat))
        QCoreApplication.processEvents()

    def me(self) -> Actor:
        return Actor(Party.MEMBER, alias=self.alias, device="seat-there")

    @property
    def line(self) -> HelpLine:
        found = self.window.findChild(HelpLine)
        assert found is not None
        return found

    def said(self) -> str:
        return self.line.line.accessibleName()

    def ring(self) -> Button:
        found = self.window.findChild(Button, Name.CALL_SEAT)
        assert isinstance(found, Button)
        return found


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Any]:
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


def test_a_seat_is_rung_up_and_hears_the_centre(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.at_the_seat()
    assert it.line.isHidden()
    qtbot.keyClick(it.ring(), Qt.Key.Key_Return)
    sent = it.bridge.link.sent[-1]
    assert (sent.stream, sent.kind, sent.data) == (ground.STREAM, "JoinCall", {"call": it.call})
    assert not it.ring().isEnabled()
    it.bridge.accept()
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    assert not it.line.isHidden()
    assert "it rings" in it.said()
    assert it.made[-1].status.state is DeviceState.RUNNING
    it.play.do(JoinCall(it.call), it.me())
    it.show()
    assert "Connecting" in it.said()
    it.bridge.signalled.emit(Signalled(ground.STREAM, it.call, it.alias, {"kind": "hello"}))
    qtbot.waitUntil(lambda: "hears you" in it.said())
    QTest.keyClick(it.window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "press F8" in it.said())
    it.bridge.signalled.emit(Signalled(ground.STREAM, it.call, it.alias, {"kind": "bye"}))
    qtbot.waitUntil(lambda: "Press F7 to write" in it.said())
    QTest.keyClick(it.window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: it.bridge.link.sent[-1].kind == "LeaveCall")
    assert it.bridge.link.sent[-1].stream == ground.STREAM
    it.play.do(LeaveCall(it.call), HERE)
    it.show()
    assert it.line.isHidden()
    assert it.made[-1].status.state is DeviceState.STOPPED
    assert it.ring().isEnabled()


def test_a_call_is_held_handed_over_and_taken_back(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.play.do(JoinCall(it.call), it.me())
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    hold = it.window.findChild(Button, Name.CALL_HOLD)
    witness = it.window.findChild(Button, f"{Name.CALL_HAND_OVER}.witness")
    assert hold is not None
    assert witness is not None
    assert it.window.findChild(Button, f"{Name.CALL_HAND_OVER}.regulator") is None  # this rule set names no regulator
    it.bridge.signalled.emit(Signalled(ground.STREAM, it.call, it.alias, {"kind": "hello"}))
    qtbot.keyClick(hold, Qt.Key.Key_Return)
    assert (it.bridge.link.sent[-1].kind, it.bridge.link.sent[-1].data) == ("HoldCall", {"call": it.call})
    it.bridge.accept()
    it.play.do(HoldCall(it.call), HERE)
    it.show()
    assert "neither side hears" in it.said()
    assert (it.line.speak.isHidden(), hold.accessibleName()) == (True, "Talk again")
    assert it.made[-1].status.state is DeviceState.RUNNING
    qtbot.keyClick(witness, Qt.Key.Key_Return)
    assert it.bridge.link.sent[-1].data == {"call": it.call, "to": "witness"}
    it.bridge.accept()
    it.play.do(HandOver(it.call, "witness"), HERE)
    it.show()
    assert not witness.isEnabled()
    qtbot.keyClick(hold, Qt.Key.Key_Return)
    assert it.bridge.link.sent[-1].kind == "ResumeCall"


def test_where_no_voice_gets_through_one_writes(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.play.do(JoinCall(it.call), it.me())
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    it.line.write.click()
    qtbot.keyClicks(it.line.writing.field, "please write")
    qtbot.keyClick(it.line.writing.field, Qt.Key.Key_Return)
    assert it.bridge.link.sent[-1].data == {"call": it.call, "text": "please write"}
    it.bridge.accept()
    it.play.do(WriteInCall(it.call, "no sound here"), it.me())
    it.show()
    assert "no sound here" in it.line.said.text()


def test_one_call_at_a_time(console: Any) -> None:
    it: Console = console()
    other = next(m.seat for m in it.play.it.members.values() if m.seat and m.seat != it.seat)
    it.play.do(JoinCall(it.call), HERE)
    it.at_the_seat(other)
    assert (it.ring().isHidden(), it.ring().isEnabled()) == (False, False)


def test_a_call_at_another_console_is_taken_over(console: Any) -> None:
    it: Console = console()
    it.play.do(JoinCall(it.call), ELSEWHERE)
    it.at_the_seat()
    assert (it.line.isHidden(), it.ring().accessibleName()) == (True, "Take over the call")
    it.ring().click()
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    assert not it.line.isHidden()


def test_a_refusal_is_said_where_it_was_asked(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.at_the_seat()
    it.ring().click()
    it.bridge.refuse("no_such_call", "Nobody sits there.")
    assert it.ring().isEnabled()
    assert "Nobody sits there." in it.window._work._pages[PageName.SEAT]._why.accessibleName()
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    it.line.hang_up.click()
    it.bridge.refuse("not_in_call", "Not in it.")
    assert "Not in it." in it.said()


def test_without_a_microphone_it_says_so(console: Any, qtbot: QtBot) -> None:
    it: Console = console(sound=False)
    it.play.do(JoinCall(it.call), HERE)
    it.play.do(JoinCall(it.call), it.me())
    it.show()
    it.bridge.signalled.emit(Signalled(ground.STREAM, it.call, it.alias, {"kind": "hello"}))
    qtbot.waitUntil(lambda: "No microphone" in it.said())


def test_who_logs_out_is_in_no_call(console: Any) -> None:
    it: Console = console()
    it.play.do(JoinCall(it.call), HERE)
    it.show()
    assert it.made[-1].status.state is DeviceState.RUNNING
    assert it.play.room is not None
    it.bridge.show(view_for(None, it.play.room))
    assert it.made[-1].status.state is DeviceState.STOPPED


def test_the_journal_says_who_talks_with_whom(console: Any) -> None:
    it: Console = console()
    data = {"call": it.call, "party": "centre", "device": "console-1"}
    it.bridge.tell(1, "CallJoined", ground.STREAM, data=data)
    it.bridge.tell(2, "CallJoined", ground.STREAM, data=data | {"party": it.alias})
    it.bridge.tell(3, "CallLeft", ground.STREAM, data={"call": "committee", "party": it.alias, "why": "left"})
    it.bridge.tell(4, "WordGiven", ground.STREAM, data={"alias": ""})
    it.show()
    member = f"Member {it.alias.removeprefix('M')}"
    model = it.window._work.journal
    assert sorted(model.line(row).text for row in range(model.rowCount())) == [
        f"Centre joined the call of the centre with {member}",
        "Everybody has the word",
        f"{member} joined the call of the centre with {member}",
        f"{member} left the committee call",
    ]


def test_whoever_watches_sees_on_the_plan_who_talks_with_the_centre(console: Any) -> None:
    it: Console = console(role=Party.WITNESS)

    def word() -> str:
        it.show()
        return seat_sights(it.window._sight)[it.seat].word

    assert word() == "Calls for help"
    it.play.do(JoinCall(it.call), HERE)
    assert word() == "Rung up by the centre"
    it.play.do(JoinCall(it.call), it.me())
    assert word() == "Talks with the centre"


def test_another_role_takes_only_what_is_handed_over_to_it(console: Any) -> None:
    it: Console = console(role=Party.WITNESS)
    it.play.do(JoinCall(it.call), it.me())
    it.play.do(JoinCall(it.call), ELSEWHERE)
    it.at_the_seat()
    assert it.line.isHidden()
    assert not it.ring().isVisible()
    it.play.do(HandOver(it.call, "witness"), ELSEWHERE)
    it.at_the_seat()
    assert (it.ring().isVisible(), it.ring().accessibleName()) == (True, "Take over the call")
    it.ring().click()
    assert (it.bridge.link.sent[-1].kind, it.bridge.link.sent[-1].data) == ("JoinCall", {"call": it.call})
    it.bridge.accept()
    it.play.do(JoinCall(it.call), Actor(Party.WITNESS, post="witness-a", device="console-1"))
    it.show()
    assert not it.line.isHidden()


def test_a_free_seat_is_not_rung_up(console: Any) -> None:
    it: Console = console()
    it.show()
    held = {m.seat for m in it.play.it.members.values()}
    assert it.play.room is not None
    free = next(seat["id"] for seat in it.play.room.seats if seat["id"] not in held)
    it.at_the_seat(free)
    assert not it.ring().isVisible()

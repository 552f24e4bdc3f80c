"""The agency's console: asked by the committee, heard by all or by nobody, and told why it is on hold or over."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "evaluation"))

import console_ground as ground
import pytest
from evaluation_factory import AGENCY, CENTRE, Play
from evaluation_stages import at
from fake_room import view_for
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.agency_line import AskLine, CloseLine, OpenLine, SettleLine
from app.evaluation.matters.call import COMMITTEE, JoinCall, LeaveCall
from app.evaluation.matters.recording.records import RecordingState, TellRecording
from app.evaluation.views import view
from app.link import Signalled
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.scripted import ScriptedCall
from devices.sound.scripted import ScriptedSound
from ui.call.desk import Equipment
from ui.console.names import Name
from ui.console.outside import OutsideCall
from ui.theme import apply
from ui.widgets.buttons import Button

ASKED = replace(AGENCY, device="console-5")
LOUD = b"\x00\x40" * 960


def at_seat(alias: str) -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}")


class Console:
    """The agency's console before a reviewed evaluation whose members talk and are recorded."""

    def __init__(self, folder: Path) -> None:
        self.play: Play = at("reviewed")
        self.chair = self.play.it.chair or ""
        for alias in self.play.it.committee:
            self.play.do(JoinCall(COMMITTEE), at_seat(alias))
            self.record(alias)
        self.made: list[ScriptedCall] = []
        self.sound = ScriptedSound()
        self.window, self.bridge = ground.make_console(
            Party.AGENCY, SystemClock(), folder, calls=Equipment(self._make, self.sound)
        )

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling))
        return self.made[-1]

    def record(self, alias: str, state: RecordingState = RecordingState.RUNNING) -> None:
        self.play.do(TellRecording(alias, f"seat-{alias}", state, 40), SYSTEM)

    def ask(self) -> None:
        self.play.do(AskLine("agency", "which year of the standard?"), at_seat(self.chair))
        self.show()

    def open(self) -> None:
        self.ask()
        self.open_only()

    def open_only(self) -> None:
        self.play.do(OpenLine(), CENTRE)
        self.show()

    def talk(self) -> None:
        self.open()
        self.play.do(JoinCall(COMMITTEE), ASKED)
        self.show()
        for alias in self.play.it.committee:
            self.bridge.signalled.emit(Signalled(self.play.it.stream, COMMITTEE, alias, {"kind": "hello"}))

    def show(self) -> None:
        assert self.play.room is not None
        seen = view_for(Party.AGENCY, self.play.room, self.play.it)
        seen["evaluations"] = [view(self.play.it, Actor(Party.AGENCY, post="agency-a", device="console-5"))]
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    @property
    def asked(self) -> OutsideCall:
        found = self.window._asked
        assert found is not None
        return found

    def said(self) -> str:
        return self.asked.notice.accessibleName()

    def button(self, name: str) -> Button:
        found = self.window.findChild(Button, name)
        assert isinstance(found, Button)
        return found

    def sent_bytes(self) -> int:
        return sum(one.sound_bytes_sent for one in self.made[-1].figures())


@pytest.fixture
def it(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Console]:
    apply(qapp)
    one = Console(tmp_path)
    one.window.resize(1366, 768)
    one.window.show()
    one.window.activateWindow()
    qtbot.waitUntil(one.window.isActiveWindow)
    yield one
    one.window.close()
    one.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_it_rings_there_while_the_line_is_open_and_nobody_has_joined(it: Console, qtbot: QtBot) -> None:
    def heard() -> bool:
        it.sound.beat()
        return any(any(block) for block in it.sound.played)

    it.ask()
    assert not it.asked.ringing.ringing
    it.open_only()
    qtbot.waitUntil(heard)
    assert it.sound.levels.microphone is None
    it.play.do(JoinCall(COMMITTEE), ASKED)
    it.show()
    assert not it.asked.ringing.ringing
    assert it.sound.levels.microphone is not None
    it.play.do(LeaveCall(COMMITTEE), ASKED)
    it.show()
    assert it.asked.ringing.ringing
    it.play.do(CloseLine("ended"), CENTRE)
    it.show()
    assert it.sound.status.state is DeviceState.STOPPED


def test_who_is_asked_waits_for_the_centre_joins_and_is_heard_by_all(it: Console) -> None:
    it.show()
    assert it.asked.line.isHidden()
    it.ask()
    assert "The centre opens the line" in it.said()
    assert not it.button(Name.ASKED_JOIN).isVisible()
    it.play.do(OpenLine(), CENTRE)
    it.show()
    it.button(Name.ASKED_JOIN).click()
    sent = it.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("JoinCall", {"call": COMMITTEE})
    it.bridge.accept()
    it.play.do(JoinCall(COMMITTEE), ASKED)
    it.show()
    for alias in it.play.it.committee:
        it.bridge.signalled.emit(Signalled(it.play.it.stream, COMMITTEE, alias, {"kind": "hello"}))
    names = [tile.accessibleName() for tile in it.asked._people._tiles.values()]
    assert [name.split(":")[0] for name in names] == [f"Member {one[1:]}" for one in sorted(it.play.it.committee)]
    it.sound.beat(LOUD)
    assert it.sent_bytes() == 0
    QTest.keyPress(it.window, Qt.Key.Key_F8)
    it.sound.beat(LOUD)
    assert it.sent_bytes() == len(LOUD) * len(it.play.it.committee)
    assert "All members hear you" in it.said()
    QTest.keyRelease(it.window, Qt.Key.Key_F8)


@pytest.mark.parametrize(("missing", "words"), [(True, "not all members"), (False, "would not be recorded")])
def test_it_is_on_hold_while_a_member_is_missing_or_not_recorded(it: Console, *, missing: bool, words: str) -> None:
    it.talk()
    it.button(Name.ASKED_SPEAK).click()
    other = next(alias for alias in it.play.it.committee if alias != it.chair)
    if missing:
        it.play.do(LeaveCall(COMMITTEE), at_seat(other))
    else:
        it.record(other, RecordingState.DISK)
        it.play.do(SettleLine(), SYSTEM)
    it.show()
    assert words in it.said()
    assert not it.button(Name.ASKED_SPEAK).isEnabled()
    assert not it.asked._call.speaking
    assert it.asked._call.partners == ()


def test_it_says_that_it_is_over_until_that_is_read(it: Console) -> None:
    it.talk()
    it.play.do(CloseLine("ended"), CENTRE)
    it.show()
    assert it.said().endswith("The line is over.")
    assert it.made[-1].status.state is DeviceState.STOPPED
    it.button(Name.ASKED_READ).click()
    assert it.asked.line.isHidden()


def test_it_is_closed_while_members_work_alone(it: Console) -> None:
    it.talk()
    for lot in it.play.it.lots:
        it.play.conclude(lot)
    it.play.do(CloseLine("closed"), SYSTEM)
    it.show()
    assert "the members work alone now" in it.said()


def test_a_refusal_is_said(it: Console) -> None:
    it.open()
    it.button(Name.ASKED_JOIN).click()
    it.bridge.refuse("line_not_open", "Not now.")
    assert "Not now." in it.said()


def test_who_logs_out_is_in_no_call(it: Console) -> None:
    it.talk()
    assert it.play.room is not None
    it.bridge.show(view_for(None, it.play.room))
    assert it.made[-1].status.state is DeviceState.STOPPED
    assert it.asked.line.isHidden()

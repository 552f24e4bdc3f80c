"""The centre speaks to every seat from its console: begun on a page, shown above all, heard nowhere but at seats."""

from __future__ import annotations

import base64
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
from app.evaluation.matters.call import Broadcast, EndBroadcast, JoinCall
from app.evaluation.views import view
from app.link import Signalled
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.scripted import ScriptedCall
from devices.sound.scripted import ScriptedSound
from ui.call.desk import Equipment
from ui.console.broadcast import BroadcastLine
from ui.console.names import Name, PageName
from ui.console.pages.broadcast import ALL, BroadcastPage
from ui.console.sight import Target
from ui.theme import apply
from ui.widgets.buttons import Button

HERE = replace(ground.CENTRE, device="console-1")
TONE = b"\x00\x20" * 480


class Console:
    """A console of the centre; `device` is that of the one whose view is shown."""

    def __init__(self, folder: Path) -> None:
        self.play: Play = ground.gathering()
        self.made: list[ScriptedCall] = []
        self.sound = ScriptedSound()
        self.window, self.bridge = ground.make_console(
            Party.CENTRE, SystemClock(), folder, calls=Equipment(self._make, self.sound)
        )
        self.alias = self.play.it.helps[0].alias

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling))
        return self.made[-1]

    def show(self, device: str = "console-1", evaluations: int = 1) -> None:
        assert self.play.room is not None
        seen = view_for(Party.CENTRE, self.play.room, self.play.it)
        one = view(self.play.it, Actor(Party.CENTRE, post="centre-a", device=device))
        seen["evaluations"] = [one | {"stream": f"{one['stream']}{'x' * more}"} for more in range(evaluations)]
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    def page(self) -> BroadcastPage:
        self.window._work.go(Target(PageName.BROADCAST))
        QCoreApplication.processEvents()
        found = self.window.findChild(BroadcastPage)
        assert found is not None
        return found

    @property
    def line(self) -> BroadcastLine:
        found = self.window.findChild(BroadcastLine)
        assert found is not None
        return found

    def said(self) -> str:
        return self.line.line.accessibleName()

    def sent(self) -> list[tuple[str, str, dict[str, Any]]]:
        return [(one.stream, one.kind, one.data) for one in self.bridge.link.sent]

    def seat_joins(self) -> None:
        self.play.do(JoinCall("broadcast"), Actor(Party.MEMBER, alias=self.alias, device="seat-there"))
        self.show()
        self.signal({"kind": "hello"})

    def signal(self, message: dict[str, str]) -> None:
        self.bridge.signalled.emit(Signalled(ground.STREAM, "broadcast", self.alias, message))


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


def test_it_is_spoken_with_the_key_and_nothing_of_a_seat_is_heard(it: Console, qtbot: QtBot) -> None:
    it.show()
    button = it.window.findChild(Button, Name.BROADCAST)
    assert button is not None
    button.click()
    assert it.window.page_name == PageName.BROADCAST.value
    it.page().speak.click()
    assert it.sent() == [(ground.STREAM, "Broadcast", {"text": "", "spoken": True})]
    it.bridge.accept()
    it.play.do(Broadcast("", spoken=True), HERE)
    it.show()
    assert it.line.isVisible()
    assert "0 of 0 seats" in it.said()
    it.seat_joins()
    qtbot.waitUntil(lambda: "1 of 1 seats" in it.said())
    it.sound.beat(TONE * 2)
    assert it.made[-1].figures()[0].sound_bytes_sent == 0  # not before one speaks
    QTest.keyPress(it.window, Qt.Key.Key_F8)
    it.sound.beat(TONE * 2)
    assert it.made[-1].figures()[0].sound_bytes_sent == 1920
    assert "you hear nobody" in it.said()
    QTest.keyRelease(it.window, Qt.Key.Key_F8)
    it.sound.played.clear()
    it.signal({"kind": "sound", "pcm": base64.b64encode(TONE).decode()})
    for _ in range(4):
        it.sound.beat()
    assert not any(any(block) for block in it.sound.played)
    it.line.over.click()
    assert it.sent()[-1] == (ground.STREAM, "EndBroadcast", {})
    it.bridge.accept()
    it.play.do(EndBroadcast(), HERE)
    it.show()
    assert it.line.isHidden()
    assert it.made[-1].status.state is DeviceState.STOPPED


def test_another_console_shows_it_and_does_not_speak_in_it(it: Console) -> None:
    it.play.do(Broadcast("", spoken=True), HERE)
    it.show(device="console-2")
    assert (it.line.isHidden(), it.made) == (True, [])
    page = it.page()
    assert page.over.isVisible()
    assert (page.speak.isEnabled(), page.write.isEnabled()) == (False, False)
    page.over.click()
    assert it.sent() == [(ground.STREAM, "EndBroadcast", {})]


def test_in_writing_it_says_something(it: Console) -> None:
    it.show()
    page = it.page()
    page.write.click()
    assert it.sent() == []
    page.field.line.setText("the canteen closes at one")
    page.write.click()
    assert it.sent() == [(ground.STREAM, "Broadcast", {"text": "the canteen closes at one", "spoken": False})]
    it.bridge.refuse("broadcast_on", "One is on already.")
    assert "One is on already." in page.notice.accessibleName()
    assert page.write.isEnabled()


def test_the_whole_room_or_one_evaluation(it: Console) -> None:
    it.show(evaluations=2)
    page = it.page()
    assert page._choice is not None
    assert page._choice.chosen() == (ALL,)
    page._choice.choose(f"{ground.STREAM}x")
    page.speak.click()
    assert it.sent() == [(f"{ground.STREAM}x", "Broadcast", {"text": "", "spoken": True})]
    it.bridge.accept()
    page._choice.choose(ALL)
    page.speak.click()
    assert [stream for stream, *_ in it.sent()[1:]] == [ground.STREAM, f"{ground.STREAM}x"]


def test_while_one_talks_with_a_seat_the_others_do_not_hear_it(it: Console) -> None:
    it.play.do(Broadcast("", spoken=True), HERE)
    it.show()
    it.line.speak.click()
    assert it.window._calls.broadcasts.speaking
    it.play.do(JoinCall(f"help/{it.alias}"), HERE)
    it.show()
    assert not it.window._calls.broadcasts.speaking
    assert not it.line.speak.isEnabled()
    assert "While you talk with one seat" in it.said()


def test_without_a_microphone_it_says_so(it: Console) -> None:
    it.sound.plug(replace(it.sound.devices, microphones=()))
    it.play.do(Broadcast("", spoken=True), HERE)
    it.show()
    assert "No microphone" in it.said()
    assert not it.line.speak.isEnabled()

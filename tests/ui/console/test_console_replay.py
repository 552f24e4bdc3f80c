"""From an entry of the journal to the picture of its second: played, sought, holes named; sealed before the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from fake_room import view_for
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from replay_ground import BEGIN, STREAM, ScriptedReel, listed, moment

from app.ports.call import Part
from app.ports.device import DeviceState
from app.ports.sound import SoundDevices
from app.rules.model import Party
from devices.call.scripted import ScriptedCall
from devices.camera.shrink import shrunk
from devices.sound.scripted import ScriptedSound
from tests.devices.film_ground import grey_segment
from ui.console.names import Name, PageName, part
from ui.console.pages.replay import ReplayPage
from ui.console.player import Standing
from ui.console.sight import Target
from ui.console.watching import WatchEquipment
from ui.theme import apply
from ui.widgets.journal_list import JournalList
from ui.widgets.notice import NoticeLine


@lru_cache(maxsize=2)
def play_of(maker: Any) -> Any:
    """An evaluation as it stands; nobody here goes on with it."""
    return maker()


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.s = 100.0

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.s)

    def monotonic(self) -> float:
        return self.s


class Console:
    """A console of somebody who may look."""

    def __init__(
        self,
        folder: Path,
        reel: Any = None,
        role: Party = Party.WITNESS,
        maker: Any = ground.closed,
        sound: ScriptedSound | None = None,
        silent: bool = False,
    ) -> None:
        self.reels: list[ScriptedReel] = []
        self.clock, self._silent = Clock(), silent
        watch = WatchEquipment(
            lambda post: ScriptedCall(post, Part.WATCH), shrunk, reel=reel or self._make, sound=sound
        )
        self.window, self.bridge = ground.make_console(role, self.clock, folder, watch=watch)
        self.role, self.play = role, play_of(maker)
        self.show()

    def _make(self, content: bytes) -> ScriptedReel:
        self.reels.append(ScriptedReel(content, silent=self._silent))
        return self.reels[-1]

    def show(self, *, opened: tuple[str, ...] = ("M1",)) -> None:
        seen = view_for(self.role, self.play.room, self.play.it)
        seen["evaluations"][0].setdefault("matters", {})["recording"] = {"open": list(opened)}
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    def tell(self, second: float, kind: str = "EvaluationClosed", stream: str = STREAM) -> None:
        self.bridge.tell(int(second) + 1, kind, stream, moment(second).isoformat(timespec="microseconds"))
        self.show()

    def go(self, second: float, *recordings: dict[str, Any]) -> None:
        """By the journal: choose the entry of this second, and press Return."""
        self.tell(second)
        self.nav("journal")
        found = self.window.findChildren(JournalList)
        journal = next(one for one in found if one.selectionMode() is JournalList.SelectionMode.SingleSelection)
        journal.setCurrentIndex(journal.model().index(0, 0))
        QTest.keyClick(journal, Qt.Key.Key_Return)
        if self.window.page_name != "replay":  # not every platform activates by Return
            self.press(Name.JOURNAL_RECORDED)
        assert self.window.page_name == "replay"
        assert self.bridge.last_question() == ("recordings", (STREAM,))
        self.bridge.answer({"recordings": list(recordings or (listed(),))})
        QCoreApplication.processEvents()

    def nav(self, page: str) -> None:
        self.press(part(Name.NAV, page))

    def press(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert button is not None
        assert button.isEnabled()
        button.click()
        QCoreApplication.processEvents()

    @property
    def page(self) -> ReplayPage:
        found = self.window.findChild(ReplayPage)
        assert found is not None
        return found

    @property
    def said(self) -> str:
        return self.page.findChildren(NoticeLine)[0].accessibleName()

    @property
    def at(self) -> float:
        position = self.page.player.position
        assert position is not None
        return (position - BEGIN).total_seconds()

    def shade(self) -> int | None:
        picture: QImage | None = self.page._picture._picture
        return None if picture is None else picture.pixelColor(picture.width() // 2, 0).red()

    @property
    def heard_words(self) -> str:
        return self.page._sound_word.text()

    def hear(self, sound: ScriptedSound) -> None:
        """20 ms pass, and the loudspeaker plays a block."""
        self.pass_time(0.02)
        self.page.player.voice.tick()
        sound.beat()

    def pass_time(self, seconds: float) -> None:
        self.clock.s += seconds
        self.page.player.tick()


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


def test_an_entry_leads_to_the_picture_of_its_second_and_it_plays(console: Any, qtbot: QtBot) -> None:
    one = console(reel=None)
    one.go(7)
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 1))
    one.bridge.answer(b"first")
    qtbot.waitUntil(lambda: one.shade() == 35)
    assert one.page.player.standing is Standing.PAUSED
    assert one.page._bar.accessibleDescription() == "09:30:07 · segment 1 of 3"
    one.press(Name.REPLAY_PLAY)
    one.pass_time(2)
    qtbot.waitUntil(lambda: one.shade() == 45)
    one.press(Name.REPLAY_PLAY)  # pause
    one.pass_time(5)
    assert one.at == 9
    bar = one.window.findChild(QWidget, Name.REPLAY_BAR)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: one.shade() == 70)
    one.press(Name.REPLAY_BACK)
    qtbot.waitUntil(lambda: one.shade() == 20)
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert one.page.player.standing is Standing.PLAYING
    one.pass_time(17)  # beyond the end of the segment: the next is asked for, which is another look
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 2))
    assert one.shade() is None
    one.bridge.answer(b"second")
    qtbot.waitUntil(lambda: one.page.player.standing is Standing.PLAYING)
    qtbot.waitUntil(lambda: one.reels[0].closed)
    assert one.at == 21


def test_a_hole_is_shown_as_one_with_its_name_and_left_for_what_follows(console: Any, qtbot: QtBot) -> None:
    one = console()
    one.go(60)
    assert "09:30:40 to 09:31:20: The recording was interrupted" in one.said
    assert one.bridge.link.asked[-1].kind == "recordings"  # nothing was asked for
    assert one.shade() is None
    one.press(Name.REPLAY_PLAY)
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 3))
    one.bridge.fail("not_found", "没有这一段")
    assert "没有这一段" in one.said
    one.press(Name.REPLAY_BEFORE)
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 2))
    one.bridge.answer(b"second")
    qtbot.waitUntil(lambda: one.shade() == 0)
    one.press(Name.REPLAY_PLAY)
    one.pass_time(25)  # it does not run on through a hole unnoticed
    assert one.page.player.standing is Standing.HOLE
    assert "interrupted" in one.said


def test_what_nobody_may_see_yet_is_said_and_nothing_of_it_is_asked_for(console: Any, qtbot: QtBot) -> None:
    one = console(maker=ground.marking)
    one.go(7, listed(opened=False))
    assert "Sealed" in one.said
    assert one.bridge.link.asked[-1].kind == "recordings"
    assert not one.window.findChild(QAbstractButton, Name.REPLAY_PLAY).isEnabled()
    one.show(opened=())  # the room says that something else is open now: asked again
    assert one.bridge.last_question() == ("recordings", (STREAM,))
    one.bridge.answer({"recordings": [listed()]})
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 1))
    one.bridge.answer(b"first")
    qtbot.waitUntil(lambda: one.shade() == 35)
    one.show(opened=("M1", "M2"))  # marking began, say: what was open is shut, and gone at once
    one.bridge.answer({"recordings": [listed(opened=False)]})
    assert one.shade() is None
    assert one.page.player.film is None
    one.press(Name.REPLAY_ASK)
    assert one.window.page_name == "acts"


def test_nothing_stays_when_somebody_goes(console: Any, qtbot: QtBot) -> None:
    one = console()
    one.go(7, listed(), listed("M2"))
    one.bridge.answer(b"first")
    qtbot.waitUntil(lambda: one.shade() == 35)
    one.press(part(Name.REPLAY_OF, "M2"))
    assert one.bridge.last_question() == ("segment", (STREAM, "M2", "seat-M2", 1))
    one.nav("room")
    assert one.shade() is None
    assert one.page.player.film is None
    qtbot.waitUntil(lambda: one.reels[0].closed)
    one.bridge.answer(b"too late")
    QCoreApplication.processEvents()
    assert len(one.reels) == 1
    assert one.page._buttons == []


def test_a_damaged_segment_is_told_and_the_next_one_plays(console: Any, qtbot: QtBot) -> None:
    one = console()
    one.go(7)
    one.bridge.answer(b"damaged")
    qtbot.waitUntil(lambda: one.page.player.standing is Standing.FAILED)
    assert "damaged" in one.said
    one.press(Name.REPLAY_NEXT)
    one.bridge.answer(b"second")
    qtbot.waitUntil(lambda: one.shade() == 0)


def test_beside_the_recording_the_nearest_end_is_shown_and_said(console: Any, qtbot: QtBot) -> None:
    one = console()
    one.go(3000)
    one.bridge.answer(b"third")
    qtbot.waitUntil(lambda: one.shade() == 100)
    assert "nearest" in one.said
    one.press(Name.REPLAY_PLAY)
    one.pass_time(1)
    assert one.page.player.standing is Standing.ENDED
    one.press(Name.REPLAY_PLAY)
    assert one.bridge.last_question() == ("segment", (STREAM, "M1", "seat-M1", 1))


def test_an_entry_of_the_room_shows_what_every_evaluation_has(console: Any) -> None:
    one = console()
    one.tell(7, "StreamHead", "room")
    one.window._work.go(Target(PageName.REPLAY, "room", what=moment(7).isoformat()))
    assert one.bridge.last_question() == ("recordings", (STREAM,))
    one.bridge.answer({"recordings": []})
    assert "no recording" in one.said


def plays(one: Any, qtbot: QtBot, second: float = 7) -> None:
    one.go(second)
    one.bridge.answer(b"first")
    qtbot.waitUntil(lambda: one.shade() == int(second) * 5)
    one.press(Name.REPLAY_PLAY)


def levels(sound: ScriptedSound) -> list[int]:
    """What the loudspeaker played since it was asked last: one number a block."""
    found = [memoryview(block).cast("h")[0] for block in sound.played]
    sound.played.clear()
    return found


def test_what_was_said_is_heard_beside_the_picture_and_stops_with_it(console: Any, qtbot: QtBot) -> None:
    sound = ScriptedSound()
    one = console(sound=sound)
    assert sound.status.state is DeviceState.STOPPED
    plays(one, qtbot)
    assert sound.choice.listens is False  # no microphone is opened for it
    for _ in range(10):
        one.hear(sound)
    assert levels(sound) == pytest.approx([7_000 + 20 * beat for beat in range(10)], abs=120)
    one.press(Name.REPLAY_PLAY)  # pause
    one.hear(sound)
    assert levels(sound) == [0]
    one.press(Name.REPLAY_ON)
    one.hear(sound)
    assert levels(sound) == [0]
    one.press(Name.REPLAY_PLAY)
    one.hear(sound)
    assert levels(sound) == pytest.approx([17_200], abs=150)
    one.press(Name.REPLAY_BACK)  # sought while it plays: the old is not played any more
    one.hear(sound)
    assert levels(sound) == pytest.approx([7_220], abs=150)
    one.nav("room")
    assert sound.status.state is DeviceState.STOPPED
    one.hear(sound)
    assert levels(sound) == []


def test_the_key_m_mutes_and_the_pictures_go_on(console: Any, qtbot: QtBot) -> None:
    sound = ScriptedSound()
    one = console(sound=sound)
    plays(one, qtbot)
    one.hear(sound)
    mute = one.window.findChild(QAbstractButton, Name.REPLAY_MUTE)
    assert mute.text() == "Sound off  M"
    QTest.keyClick(one.window.findChild(QWidget, Name.REPLAY_BAR), Qt.Key.Key_M)
    qtbot.waitUntil(lambda: mute.text() == "Sound on  M")
    sound.played.clear()
    one.hear(sound)
    assert levels(sound) == [0]
    assert one.page.player.standing is Standing.PLAYING
    QTest.keyClick(one.window.findChild(QWidget, Name.REPLAY_BAR), Qt.Key.Key_M)
    qtbot.waitUntil(lambda: mute.text() == "Sound off  M")
    one.hear(sound)
    assert levels(sound)[0] > 7_000


def test_without_sound_a_word_says_why_and_the_pictures_go_on(console: Any, qtbot: QtBot) -> None:
    sound = ScriptedSound()
    one = console(sound=sound)
    plays(one, qtbot)
    assert one.heard_words == ""
    sound.plug(SoundDevices())  # pulled out
    one.hear(sound)
    assert one.heard_words == "No loudspeaker found; pictures go on"
    one.pass_time(2)
    qtbot.waitUntil(lambda: one.shade() == 45)
    sound.plug(SoundDevices((), ("headset",)))
    one.hear(sound)
    assert one.heard_words == ""
    sound.listen(listens=True)  # a call opens the microphone
    sound.plug(SoundDevices(("headset",), ("headset",)))
    one.hear(sound)
    assert "call" in one.heard_words
    levels(sound)
    one.hear(sound)
    assert levels(sound) == [0]


def test_a_segment_without_sound_says_so_also_while_it_stands(console: Any, qtbot: QtBot) -> None:
    one = console(sound=ScriptedSound(), silent=True)
    one.go(7)
    one.bridge.answer(b"first")
    qtbot.waitUntil(lambda: one.shade() == 35)
    assert one.heard_words == "No sound was recorded here"
    bare = console()
    plays(bare, qtbot)
    assert bare.heard_words == "No loudspeaker found; pictures go on"


def test_no_other_role_is_led_there(console: Any) -> None:
    one = console(role=Party.AGENCY)
    assert one.window.findChild(ReplayPage) is None
    one.tell(7)
    one.nav("journal")
    assert one.window.findChild(QAbstractButton, Name.JOURNAL_RECORDED) is None


def test_a_real_segment_shows_the_second_of_the_entry(console: Any, qtbot: QtBot) -> None:
    from devices.camera.reel import SegmentReel

    one = console(reel=SegmentReel)
    one.go(7)
    one.bridge.answer(grey_segment(list(range(20, 220, 2))))
    qtbot.waitUntil(lambda: one.shade() is not None)
    assert one.shade() == pytest.approx(20 + 2 * 35, abs=3)

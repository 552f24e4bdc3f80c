"""What is recorded at a seat: from the first entry to the last exit, visibly, the voice as it is, and nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from seat_ground import FACE, Seat

from app.evaluation.actor import Actor
from app.evaluation.matters.call import JoinCall
from app.ports.call import CallNews, EngineLost, RecordingChanged, RecordingState, SegmentKept, Signalling
from app.ports.camera import Frame
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.call.alone import NoLine
from devices.call.scripted import ScriptedCall
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import Equipment
from ui.call.strip import CallStrip
from ui.seat.names import Name
from ui.widgets.notice import NoticeLine, StatusPill

KEY = bytes(range(32))
HOUR = 3600


class FakeRecorder(ScriptedCall):
    """Keeps what it was given."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(NoLine())
        self.folder, self.key = folder, key
        self.pictures: list[Frame] = []
        self.sound: list[bytes] = []

    def show(self, picture: Frame | None) -> None:
        if picture is not None:
            self.pictures.append(picture)

    def say(self, pcm: bytes) -> None:
        self.sound.append(pcm)

    def hear(self, news: CallNews) -> None:
        self._listeners.tell(news)


class Recorded:
    """A seat, its recorders and its microphone."""

    def __init__(self, make_seat: Any) -> None:
        self.made: list[FakeRecorder] = []
        self.calls: list[ScriptedCall] = []
        self.sound = ScriptedSound()
        equipment = Equipment(self._call, self.sound, voice=lambda: lambda pcm: b"changed")
        self.seat: Seat = make_seat(calls=equipment, recorder=self._make)

    def _call(self, signalling: Signalling) -> ScriptedCall:
        self.calls.append(ScriptedCall(signalling))
        return self.calls[-1]

    def _make(self, folder: Path, key: bytes) -> FakeRecorder:
        self.made.append(FakeRecorder(folder, key))
        return self.made[-1]

    def show(self, **room: Any) -> None:
        told = room or {"recording": {"key": KEY.hex(), "warn_hours": 8}}
        self.seat.show(lambda view: view["room"].update(told))

    @property
    def post(self) -> Any:
        return self.seat.bridge.link.recordings

    @property
    def place(self) -> tuple[str, str]:
        return ("evaluation/ev1", self.seat.alias)

    def pill(self) -> StatusPill:
        return self.find(StatusPill, Name.RECORDED)

    def find(self, kind: type[Any], name: str) -> Any:
        found = self.seat.window.findChild(kind, name)
        assert isinstance(found, QWidget)
        return found


@pytest.fixture
def it(make_seat: Any) -> Recorded:
    return Recorded(make_seat)


def test_the_camera_is_recorded_from_the_first_entry_to_the_last_exit(it: Recorded, qtbot: Any) -> None:
    it.show()
    assert it.made == []
    assert it.post.places == [None]  # now it may take up what an earlier recorder left
    it.seat.sit("drawn")
    it.show()
    (recorder,) = it.made
    assert (recorder.folder, recorder.key) == (Path("folder") / it.seat.alias, KEY)
    assert recorder.status.state is DeviceState.RUNNING
    it.seat.camera.show(FACE)
    qtbot.waitUntil(lambda: any(picture.rgb == FACE.rgb for picture in recorder.pictures))
    it.show()
    assert len(it.made) == 1
    it.seat.show(lambda view: view.update(evaluations=[], alias=None))
    assert recorder.status.state is DeviceState.STOPPED
    assert it.post.places == [None, it.place, None]
    recorder.hear(SegmentKept(1, "ab" * 32, "", "", ()))  # the last one is closed when nobody sits there
    qtbot.waitUntil(lambda: it.post.told == [(it.place, "running", 0)])


def test_pictures_are_kept_five_times_a_second_and_no_more(it: Recorded, qtbot: Any) -> None:
    it.seat.sit("drawn")
    it.show()
    it.seat.camera.show(FACE)
    qtbot.waitUntil(lambda: len(it.made[0].pictures) > 2)
    times = [picture.at_s for picture in it.made[0].pictures]
    assert all(later - earlier > 0.19 for earlier, later in itertools.pairwise(times))


def test_a_centre_that_does_not_want_it_has_nothing_recorded(it: Recorded) -> None:
    it.seat.sit("drawn")
    it.show(recording=None)
    assert it.made == []
    assert not it.pill().isVisible()


def test_the_seat_says_that_it_is_recorded_and_when_it_is_not(it: Recorded, qtbot: Any) -> None:
    it.seat.sit("drawn")
    it.show()
    assert not it.pill().isVisible()  # nothing was heard yet
    it.made[0].hear(RecordingChanged(RecordingState.RUNNING, 30 * HOUR))
    qtbot.waitUntil(it.pill().isVisible)
    assert it.pill().word() == "Recording"
    it.made[0].hear(RecordingChanged(RecordingState.DISK, 0))
    qtbot.waitUntil(lambda: it.pill().word() == "Not recording")
    lines = [line for line in it.seat.window.findChildren(NoticeLine) if line.isVisible()]
    assert any("no room" in line.accessibleName() for line in lines)
    it.made[0].hear(RecordingChanged(RecordingState.BROKEN, 0))
    it.made[0].hear(EngineLost())
    qtbot.waitUntil(lambda: not it.pill().isVisible())
    assert [told[1:] for told in it.post.told] == [("running", 30), ("disk", 0), ("broken", 0), ("running", 0)]


def test_what_is_said_is_recorded_as_it_is_only_while_it_goes_out(it: Recorded, qtbot: Any) -> None:
    it.seat.gather()
    it.show()
    it.made[0].hear(RecordingChanged(RecordingState.RUNNING, 30 * HOUR))
    assert not it.post.held
    it.seat.play.do(JoinCall("committee"), Actor(Party.MEMBER, alias=it.seat.alias, device="seat-1"))
    it.show()
    assert it.post.held  # the line is the call's
    strip = it.seat.window.findChild(CallStrip)
    assert strip is not None
    qtbot.waitUntil(strip.recorded.isVisible)
    it.sound.say(b"own voice, muted")
    strip.speak.click()
    it.sound.say(b"own voice, heard")
    assert it.made[0].sound == [b"own voice, heard"]


def test_a_window_that_closes_ends_its_recording(it: Recorded) -> None:
    it.seat.sit("drawn")
    it.show()
    it.seat.window.close()
    assert it.made[0].status.state is DeviceState.STOPPED

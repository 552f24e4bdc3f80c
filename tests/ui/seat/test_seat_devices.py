"""The seat's own devices: chosen at the seat, tried there, plugged in and pulled out, and kept on the machine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from seat_ground import Seat

from app.ports.device import DeviceState
from app.ports.sound import THE_SYSTEMS, SoundChoice, SoundDevices
from devices.sound.scripted import ScriptedSound
from ui.call.desk import SoundUses
from ui.seat.kit import CameraFound, Kept, Kit
from ui.seat.names import Name
from ui.seat.pages.devices import DevicesPage

TWO = SoundDevices(("headset", "built-in"), ("headset", "screen"))
HUM = b"\x00\x20" * 960


@dataclass(frozen=True)
class Told:
    """What a trial came to."""

    over_db: float | None = 30.0
    level: float = 0.3

    @property
    def heard(self) -> bool:
        return self.over_db is not None and self.over_db >= 10


@dataclass
class Bench:
    """A seat with a kit; what the page asked of it."""

    sound: ScriptedSound = field(default_factory=lambda: ScriptedSound(TWO))
    uses: SoundUses = field(default_factory=SoundUses)
    kept: list[Kept] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    tried: list[SoundChoice] = field(default_factory=list)
    told: Told = Told()
    broken: bool = False

    def kit(self) -> Kit:
        found = (CameraFound("0", "Desk camera", allowed=True), CameraFound("1", "Other", allowed=False))
        return Kit(
            self.sound,
            self.uses,
            Kept(THE_SYSTEMS, "0"),
            cameras=lambda: (*found, CameraFound("2", "Wall camera", allowed=True)),
            take_camera=self.sources.append,
            try_sound=self._try,
            keep=self._keep,
        )

    def _try(self, choice: SoundChoice) -> Told:
        self.tried.append(choice)
        return self.told

    def _keep(self, kept: Kept) -> None:
        if self.broken:
            raise OSError("read-only")
        self.kept.append(kept)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def seat(make_seat: Any, bench: Bench) -> Seat:
    found: Seat = make_seat(kit=bench.kit())
    found.gather()
    found.show()
    return found


def page(seat: Seat, qtbot: QtBot) -> DevicesPage:
    """Opened with its key, its list of cameras there."""
    QTest.keyClick(seat.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: seat.window.page_name == "devices")
    found = seat.window.page
    assert isinstance(found, DevicesPage)
    qtbot.waitUntil(lambda: found._eyes._list is not None)
    return found


def names(listed: Any) -> list[str]:
    return [button.accessibleName() for button in listed._list._buttons.values()]


def test_the_key_opens_it_and_leads_back(seat: Seat, bench: Bench, qtbot: QtBot) -> None:
    before = seat.window.page_name
    it = page(seat, qtbot)
    assert names(it._ears) == ["The system's own", "headset", "built-in"]
    assert names(it._mouths) == ["The system's own", "headset", "screen"]
    assert names(it._eyes) == ["Desk camera", "Other (not enrolled; ask the centre)", "Wall camera"]
    assert it._eyes._list is not None
    assert not it._eyes._list.button("1").isEnabled()
    assert bench.sound.status.state is DeviceState.RUNNING
    QTest.keyClick(seat.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: seat.window.page_name == before)
    assert bench.sound.status.state is DeviceState.STOPPED  # no microphone stays open


def test_a_choice_counts_at_once_and_is_kept(seat: Seat, bench: Bench, qtbot: QtBot) -> None:
    it = page(seat, qtbot)
    assert it._ears._list is not None
    assert it._eyes._list is not None
    it._ears._list.choose("built-in")
    qtbot.waitUntil(lambda: "Kept" in it.notice.accessibleName())
    assert bench.sound.choice.microphone == "built-in"
    assert bench.kept == [Kept(SoundChoice("built-in"), "0")]
    it._eyes._list.choose("2")
    qtbot.waitUntil(lambda: len(bench.kept) == 2)
    assert bench.kept[-1] == Kept(SoundChoice("built-in"), "2")
    assert bench.sources == ["2"]
    assert seat.window._camera.is_open
    bench.broken = True
    it._mouths._list.choose("screen")
    qtbot.waitUntil(lambda: "cannot be kept" in it.notice.accessibleName())
    assert bench.sound.choice.speaker == "screen"


def test_what_is_plugged_in_and_pulled_out_is_seen(seat: Seat, bench: Bench, qtbot: QtBot) -> None:
    it = page(seat, qtbot)
    it._ears._list.choose("built-in")
    bench.sound.plug(replace(TWO, microphones=("headset",)))
    it._look()
    assert "built-in (not plugged in)" in names(it._ears)
    assert it.lacking.isVisible()
    assert not it.meter.isVisible()
    bench.sound.plug(TWO)
    it._look()
    assert names(it._ears) == ["The system's own", "headset", "built-in"]
    assert it._ears._list.chosen() == ("built-in",)
    bench.sound.beat(HUM)
    it.meter._look()
    assert it.meter.lit


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told(31.6), "heard itself: 32 dB"),
        (Told(2.0), "was not heard"),
        (Told(None), "must both be there"),
    ],
)
def test_it_plays_and_hears_itself(seat: Seat, bench: Bench, qtbot: QtBot, told: Told, words: str) -> None:
    bench.told = told
    it = page(seat, qtbot)
    it._mouths._list.choose("screen")
    it.test.click()
    assert bench.sound.status.state is DeviceState.STOPPED  # the trial has the devices for itself
    qtbot.waitUntil(lambda: words in it.result.accessibleName())
    assert bench.tried == [SoundChoice(None, "screen")]
    assert bench.sound.status.state is DeviceState.RUNNING


def test_in_a_call_nothing_is_tried(seat: Seat, bench: Bench, qtbot: QtBot) -> None:
    leave = bench.uses.take(bench.sound)
    it = page(seat, qtbot)
    assert not it.test.isEnabled()
    assert "in a call" in it.result.accessibleName()
    leave()
    it._look()
    assert it.test.isEnabled()


def test_a_window_that_closes_over_it_ends_everything(seat: Seat, bench: Bench, qtbot: QtBot) -> None:
    page(seat, qtbot)
    seat.window.close()
    QCoreApplication.processEvents()
    assert bench.sound.status.state is DeviceState.STOPPED


def test_without_a_kit_there_is_no_such_page(make_seat: Any) -> None:
    plain: Seat = make_seat()
    plain.gather()
    plain.show()
    found = plain.window.findChild(QWidget, Name.DEVICES)
    assert found is not None
    assert not found.isVisible()
    QTest.keyClick(plain.window, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert plain.window.page_name != "devices"

"""The meter of the own microphone lights by loudness, in grey while muted, and looks only while it is seen."""

from __future__ import annotations

import pytest
from call_ground import Machine, Room, ScriptedSound
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.call.level_meter import STEPS, LevelMeter, steps_of
from ui.call.strip import CallStrip
from ui.theme import Colour


@pytest.mark.parametrize(("level", "lit"), [(0.0, 0), (0.0001, 0), (0.01, 2), (0.1, 6), (0.5, 9), (1.0, STEPS)])
def test_each_step_is_five_decibels(level: float, lit: int) -> None:
    assert steps_of(level) == lit


def has(meter: LevelMeter, colour: Colour) -> bool:
    image: QImage = meter.grab().toImage()
    wanted = QColor(colour.value).rgb()
    return any(image.pixel(x, image.height() // 2) == wanted for x in range(image.width()))


def test_it_follows_the_microphone_while_it_is_seen(qtbot: QtBot) -> None:
    level: list[float | None] = [0.1]
    meter = LevelMeter(lambda: level[0])
    qtbot.addWidget(meter)
    assert meter.lit is None
    meter.show()
    assert meter.lit == 6
    assert not has(meter, Colour.OK)
    meter.show_open(open_=True)
    assert has(meter, Colour.OK)
    level[0] = 1.0
    qtbot.waitUntil(lambda: meter.lit == STEPS)
    level[0] = None
    qtbot.waitUntil(lambda: meter.lit is None)
    assert not has(meter, Colour.OK)
    meter.hide()
    assert not meter._beat.isActive()


def test_the_strip_shows_it_inside_and_with_a_microphone_alone(qtbot: QtBot) -> None:
    room = Room()
    for sound, there in ((ScriptedSound(), True), (ScriptedSound(microphone=False), False), (None, False)):
        machine = Machine(room, "A", sound=sound)
        strip = CallStrip(machine.desk, lambda party: party)
        qtbot.addWidget(strip)
        machine.see("B", inside=False)
        assert strip.meter.isHidden()
        machine.see("B")
        assert strip.meter.isHidden() is not there
        machine.desk.close()

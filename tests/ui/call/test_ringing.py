"""The ring: heard while somebody waits, without a microphone, silenced for a while and never for good."""

from __future__ import annotations

import struct
from itertools import pairwise

from pytestqt.qtbot import QtBot

from app.ports.device import DeviceState
from app.ports.sound import BLOCK_BYTES
from devices.call.scripted import ScriptedCall
from devices.sound.scripted import ScriptedSound
from ui.call.desk import Equipment
from ui.call.ringing import Ringing, ring_pcm


def made(quiet_ms: int = 60_000) -> tuple[Ringing, ScriptedSound, Equipment]:
    sound = ScriptedSound()
    equipment = Equipment(ScriptedCall, sound)
    return Ringing(equipment, quiet_ms=quiet_ms), sound, equipment


def is_heard(sound: ScriptedSound) -> bool:
    sound.beat()
    return any(any(block) for block in sound.played)


def test_a_ring_is_two_soft_notes_in_whole_blocks() -> None:
    pcm = ring_pcm()
    assert len(pcm) % BLOCK_BYTES == 0
    values = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    assert 5_000 < max(map(abs, values)) <= 6_000
    assert max(abs(one - other) for one, other in pairwise(values)) < 1_000  # nothing clicks


def test_it_is_heard_while_somebody_waits_and_opens_no_microphone(qtbot: QtBot) -> None:
    ringing, sound, _ = made()
    ringing.ring(waits=True)
    qtbot.waitUntil(lambda: is_heard(sound), timeout=3_000)
    assert (sound.levels.microphone, ringing.ringing) == (None, True)
    ringing.ring(waits=False)
    assert (sound.status.state, ringing.ringing) == (DeviceState.STOPPED, False)


def test_a_call_beside_it_has_its_microphone_and_keeps_it(qtbot: QtBot) -> None:
    ringing, sound, equipment = made()
    ringing.ring(waits=True)
    leave = equipment.uses.take(sound)
    assert sound.levels.microphone is not None
    ringing.ring(waits=False)
    assert sound.levels.microphone is not None
    ringing.ring(waits=True)
    leave()
    assert sound.levels.microphone is None
    ringing.close()
    assert sound.status.state is DeviceState.STOPPED


def test_it_is_silenced_for_a_while_and_never_for_good(qtbot: QtBot) -> None:
    ringing, sound, _ = made(quiet_ms=150)
    ringing.ring(waits=True)
    with qtbot.waitSignal(ringing.changed):
        ringing.silence()
    assert (ringing.ringing, ringing.silenced, sound.status.state) == (False, True, DeviceState.STOPPED)
    ringing.ring(waits=False)
    ringing.ring(waits=True)  # whoever comes meanwhile does not ring either
    assert not ringing.ringing
    with qtbot.waitSignal(ringing.changed, timeout=3_000):
        pass
    qtbot.waitUntil(lambda: is_heard(sound), timeout=3_000)
    ringing.close()


def test_who_silenced_it_makes_it_ring_again(qtbot: QtBot) -> None:
    ringing, _, _ = made()
    ringing.ring(waits=True)
    ringing.silence()
    assert ringing.left_s > 50
    ringing.silence(silent=False)
    assert ringing.ringing
    ringing.close()


def test_without_sound_nothing_rings(qtbot: QtBot) -> None:
    ringing = Ringing(Equipment(ScriptedCall))
    ringing.ring(waits=True)
    assert not ringing.ringing

"""What a seat's page of devices has at hand: what is plugged in, a trial of the sound, and the machine's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.doctor_sound import choice_of
from app.cli.errors import Fault
from app.cli.machine import Machine, SoundSettings, read_machine, write_machine

if TYPE_CHECKING:
    from app.ports.sound import Sound, SoundChoice
    from devices.camera.opencv import OpenCvCamera
    from devices.sound.selftest import SelfTest
    from ui.call.desk import SoundUses
    from ui.seat.kit import CameraFound, Kept, Kit


def kit_of(
    machine: Machine,
    folder: Path,
    sound: Sound,
    uses: SoundUses,
    camera: OpenCvCamera,
    rehearsal: Callable[[], bool | None],
) -> Kit:
    """The kit of the machine whose settings lie in `folder`; `rehearsal` as for the camera itself."""
    from ui.seat.kit import Kept, Kit

    return Kit(
        sound,
        uses,
        Kept(choice_of(machine), machine.camera.source),
        cameras=lambda: cameras(machine, live=rehearsal() is not True),
        take_camera=camera.choose,
        try_sound=tried,
        keep=lambda kept: keep(kept, folder),
    )


def cameras(machine: Machine, *, live: bool) -> tuple[CameraFound, ...]:
    """What is plugged in, then what the settings name beside it; a live room takes what is enrolled alone.

    Of a camera's address its host alone is shown: the rest often holds a password.
    """
    from urllib.parse import urlsplit

    from devices.camera.whose import identity_of, plugged, source_of
    from ui.seat.kit import CameraFound

    enrolled = frozenset(machine.camera.enrolled)
    found = [CameraFound(str(one.number), one.name, not live or one.identity in enrolled) for one in plugged()]
    named = machine.camera.source
    if all(one.source != named for one in found) and not named.isdigit():
        name = urlsplit(named).hostname if "://" in named else Path(named).name
        found.append(CameraFound(named, name or named, not live or identity_of(source_of(named)) in enrolled))
    return tuple(found)


def tried(choice: SoundChoice) -> SelfTest:
    """Play a tone and listen for it; lasts about three seconds."""
    from devices.sound.cleaning import NoCleaner
    from devices.sound.pyaudio_sound import PyAudioSound
    from devices.sound.selftest import hear_oneself

    return hear_oneself(PyAudioSound(choice, clean=lambda _delay_ms: NoCleaner()))


def keep(kept: Kept, folder: Path) -> None:
    """Into the settings as they are on the disk now, so that nothing else of them is lost; OSError where it cannot."""
    try:
        machine = read_machine(folder)
    except Fault as fault:
        raise OSError(str(fault)) from fault
    write_machine(
        replace(
            machine,
            sound=SoundSettings(kept.sound.microphone, kept.sound.speaker),
            camera=replace(machine.camera, source=kept.camera),
        ),
        folder,
    )

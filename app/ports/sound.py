"""Microphone and loudspeaker of one machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.ports.call import SOUND_RATE
from app.ports.device import Device, Unsubscribe

BLOCK_MS = 20
BLOCK_BYTES = 2 * SOUND_RATE * BLOCK_MS // 1000
"""Of one block of the microphone: `app.ports.call.SOUND_RATE`, 16 bits, one channel, little endian."""


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """A microphone and a loudspeaker by the system's names for them; None is whatever the system itself takes.

    Without `listens` the loudspeaker alone is opened: no microphone is, whatever is named.
    """

    microphone: str | None = None
    speaker: str | None = None
    listens: bool = True


THE_SYSTEMS = SoundChoice()
"""Whatever the system itself takes for both."""


@dataclass(frozen=True, slots=True)
class SoundDevices:
    """The names of what is plugged in, in the system's order."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundLevels:
    """The loudest sample of the last block, 0 to 1; None where there is no such device.

    `voice` tells whether somebody speaks into the microphone, as judged after echo and noise are taken off.
    """

    microphone: float | None = None
    speaker: float | None = None
    voice: bool = False


class Cleaner(Protocol):
    """Takes echo and noise off the microphone; told everything that is played, in one thread and in order."""

    def play(self, block: bytes) -> None:
        """The loudspeaker gets this block (`BLOCK_BYTES`) now."""
        ...

    def clean(self, block: bytes) -> bytes:
        """The microphone's block without what of it came out of the loudspeaker, as long as before."""
        ...


class Sound(Device, Protocol):
    """One owner starts it, any number listen.

    Without any device it stays STARTING with a fault, plays nothing and looks for one. With one of the two it is
    RUNNING with the fault NOT_FOUND for the other. A device that was chosen by name and is pulled out is LOST, waited
    for and taken again: nothing is ever played on another one, which might stand in another room.
    """

    @property
    def levels(self) -> SoundLevels:
        """How loud it is now."""
        ...

    @property
    def devices(self) -> SoundDevices:
        """What was plugged in when the devices were opened last; empty before the first start."""
        ...

    def choose(self, choice: SoundChoice) -> None:
        """Take these devices from now on, and at each later start."""
        ...

    def listen(self, *, listens: bool) -> None:
        """Whether a microphone is opened, from now on and at each later start; a ring needs the loudspeaker alone."""
        ...

    def subscribe(self, on_block: Callable[[bytes], None]) -> Unsubscribe:
        """Hear every block of the microphone, echo and noise taken off, in the device's thread: be quick."""
        ...

    def play(self, source: str, pcm: bytes) -> None:
        """Play what a source says next, mixed with the others; what comes too late is dropped. Never waits."""
        ...

    def forget(self, source: str) -> None:
        """What this source said and is not played yet is not played any more."""
        ...

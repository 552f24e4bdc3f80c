"""What a person may choose and try of a seat's own devices: microphone, loudspeaker, camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.ports.sound import Sound, SoundChoice
from ui.call.desk import SoundUses


class Tried(Protocol):
    """What came of playing a tone and listening for it."""

    @property
    def heard(self) -> bool:
        """Whether the machine heard itself."""
        ...

    @property
    def level(self) -> float:
        """How loud the microphone was, of 1."""
        ...

    @property
    def over_db(self) -> float | None:
        """By how much the tone stood out; None where there was nothing to play on or to listen to."""
        ...


@dataclass(frozen=True)
class CameraFound:
    """A camera that is plugged in, or named in the settings; one that may not serve here says so."""

    source: str
    name: str
    allowed: bool


@dataclass(frozen=True)
class Kept:
    """What is chosen now."""

    sound: SoundChoice
    camera: str


@dataclass(frozen=True)
class Kit:
    """The seat's devices. Whatever is slow (`cameras`, `try_sound`, `keep`) is called beside the window.

    `keep` writes the choice into the machine's settings (OSError where it cannot); `take_camera` tells the driver what
    to open at its next start; `alone` tells whether the camera of the settings is all there is to choose.
    """

    sound: Sound
    uses: SoundUses
    chosen: Kept
    cameras: Callable[[], tuple[CameraFound, ...]]
    take_camera: Callable[[str], None]
    try_sound: Callable[[SoundChoice], Tried]
    keep: Callable[[Kept], None]

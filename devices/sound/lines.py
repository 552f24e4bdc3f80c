"""What is open of microphone and loudspeaker, whoever opened it, and how one sees that a plug changed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from app.ports.sound import SoundDevices

PLUGS = Path("/dev/snd")


class Microphone(Protocol):
    """An open microphone."""

    @property
    def delay_s(self) -> float:
        """Seconds from the air to `read`."""
        ...

    def read(self) -> bytes | None:
        """The next block, or None where it is not there yet; `DeviceError` LOST where the device is gone."""
        ...


class Speaker(Protocol):
    """An open loudspeaker."""

    @property
    def delay_s(self) -> float:
        """Seconds from `write` to the air."""
        ...

    @property
    def room(self) -> int:
        """Blocks that can be written now; `DeviceError` LOST where the device is gone."""
        ...

    @property
    def whole(self) -> int:
        """Blocks that it holds; as many as `room` where it has run dry."""
        ...

    def write(self, block: bytes) -> None:
        """Hand it a block, where there is room."""
        ...


class Lines(Protocol):
    """What is open, from `open` to `close`."""

    devices: SoundDevices
    microphone: Microphone | None
    speaker: Speaker | None

    def wait(self, seconds: float) -> None:
        """Until one of the lines may have something new, at most so long."""
        ...

    def __enter__(self) -> Self:
        """Nothing more to do."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything and forget what is plugged in."""
        ...


def plugs(folder: Path = PLUGS) -> tuple[str, ...]:
    """What changes when a card is plugged in or pulled out; always the same where the system does not show it."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir()))
    except OSError:
        return ()

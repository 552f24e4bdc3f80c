"""The hardware of the way in and out: door, phone lockers, slip printer.

A call may take seconds: never make one on a window's thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Door(Protocol):
    """An electric door strike or turnstile."""

    def open(self, hold_s: float = 5.0) -> None:
        """Unlock for `hold_s` seconds; returns when the device accepted it, else DeviceError."""
        ...


class Locker(Protocol):
    """A cabinet of numbered boxes for phones."""

    @property
    def boxes(self) -> tuple[int, ...]:
        """The numbers of its boxes, in order."""
        ...

    def open(self, box: int) -> None:
        """Unlock one box; DeviceError where the cabinet did not, ValueError where there is no such box."""
        ...

    def is_closed(self, box: int) -> bool:
        """Whether the box's door is shut now; errors as for `open`."""
        ...


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed of a draw for the witness; no project and no bidder is ever on it.

    `code` is the content of the QR code; `digest` at least 80 bits of the transcript's hash in hex, printed
    in groups so that people can compare it by eye; `lines` are further lines in the order printed.
    """

    title: str
    seat: str
    digest: str
    code: str
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.digest) < 20 or any(c not in "0123456789abcdef" for c in self.digest):
            raise ValueError("a slip shows at least 80 bits of the hash, in lower-case hex")


class SlipPrinter(Protocol):
    """A receipt printer."""

    def print(self, slip: Slip) -> None:
        """Print one slip; returns when it was handed over; DeviceError where it was not."""
        ...

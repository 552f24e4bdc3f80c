"""What the kiosk moves: phone boxes, the door, the slip printer; always beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.ports.gate import Slip
from ui.bridge.errands import Errands
from ui.kiosk.hardware import Hardware
from ui.kiosk.visit import SeatDrawn, digest_of, qr_content

Told = Callable[[Any], None]


class Boxes:
    """Which box this kiosk offers: the room's word first, then its own cabinet's in order; broken ones never."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = {f"{number:02d}": number for number in numbers}
        self._broken: set[str] = set()

    def offer(self, named: str | None) -> str | None:
        """A box by the name that people read, or None where none is left."""
        if named is not None and named not in self._broken:
            return named
        return next((name for name in self._numbers if name not in self._broken), None)

    def set_aside(self, name: str) -> None:
        """This box does not open, or is somebody's."""
        self._broken.add(name)

    def number(self, name: str) -> int:
        """The number by which the cabinet knows a box; ValueError where it has none of that name."""
        if name not in self._numbers:
            raise ValueError(f"there is no box {name}")
        return self._numbers[name]


class Gate(QObject):
    """Does one thing after another and tells in the window's thread how it went."""

    def __init__(self, hardware: Hardware, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hardware = hardware
        self._errands = Errands("kiosk", self)
        self.boxes = Boxes(hardware.locker.boxes)

    def open_box(self, name: str, opened: Told, stuck: Told) -> None:
        """Unlock a box."""
        self._errands.run(lambda: self._hardware.locker.open(self.boxes.number(name)), opened, stuck)

    def look_at_box(self, name: str, closed: Told) -> None:
        """Tell whether the box is shut; a cabinet that cannot say leaves it to the person's word."""
        self._errands.run(
            lambda: self._hardware.locker.is_closed(self.boxes.number(name)), closed, lambda _fault: closed(True)
        )

    def print_slip(self, title: str, seat: SeatDrawn, broken: Told) -> None:
        """Print the slip of a draw for the witness."""
        self._errands.run(lambda: self._hardware.slip_printer.print(_slip(title, seat)), lambda _: None, broken)

    def open_door(self, opened: Told, stuck: Told) -> None:
        """Let a person out."""
        self._errands.run(self._hardware.door.open, opened, stuck)

    def stop(self) -> None:
        """Finish what is in hand and end."""
        self._errands.stop()


def _slip(title: str, seat: SeatDrawn) -> Slip:
    """The slip; ValueError where the code of the draw is too short to stand for it."""
    return Slip(title, seat.id, digest_of(seat.code), qr_content(seat.code), (seat.code, seat.way))

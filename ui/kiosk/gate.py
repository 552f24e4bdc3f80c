"""What the kiosk moves: phone boxes, the door, the slip printer; always beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.ports.device import DeviceError, DeviceFault
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


ANSWER_S = 15.0
"""A device that has not answered by then is treated as one that does not: nobody stands before it for longer."""


class Gate(QObject):
    """Tells in the window's thread how it went. Each device has its own thread: none waits for another's."""

    def __init__(self, hardware: Hardware, parent: QObject | None = None, *, answer_s: float = ANSWER_S) -> None:
        super().__init__(parent)
        self._hardware, self._answer_ms = hardware, round(answer_s * 1000)
        self._locker = Errands("kiosk-locker", self)
        self._door = Errands("kiosk-door", self)
        self._printer = Errands("kiosk-printer", self)
        self.boxes = Boxes(hardware.locker.boxes)

    def open_box(self, name: str, opened: Told, stuck: Told) -> None:
        """Unlock a box."""
        self._run(self._locker, lambda: self._hardware.locker.open(self.boxes.number(name)), opened, stuck)

    def look_at_box(self, name: str, closed: Told) -> None:
        """Tell whether the box is shut; a cabinet that cannot say leaves it to the person's word."""
        look = self._hardware.locker.is_closed
        self._run(self._locker, lambda: look(self.boxes.number(name)), closed, lambda _fault: closed(True))

    def print_slip(self, title: str, seat: SeatDrawn, broken: Told) -> None:
        """Print the slip of a draw for the witness."""
        paper = self._hardware.slip_printer
        self._run(self._printer, lambda: paper.print(_slip(title, seat)), lambda _: None, broken)

    def open_door(self, opened: Told, stuck: Told) -> None:
        """Let a person through."""
        self._run(self._door, self._hardware.door.open, opened, stuck)

    def _run(self, errands: Errands, work: Callable[[], Any], done: Told, broken: Told) -> None:
        """Whatever the device does, one of the two is told, once."""
        wait = _Wait(self, self._answer_ms, broken)
        errands.run(work, wait.for_(done), wait.for_(broken))

    def stop(self) -> None:
        """Finish what is in hand and end."""
        for errands in (self._locker, self._door, self._printer):
            errands.stop()


class _Wait(QTimer):
    """Until a device answers, or is taken for one that does not; what comes later reaches nobody."""

    def __init__(self, parent: QObject, limit_ms: int, broken: Told) -> None:
        super().__init__(parent)
        self._broken, self._over = broken, False
        self.setSingleShot(True)
        self.timeout.connect(self._silent)
        self.start(limit_ms)

    def for_(self, tell: Told) -> Told:
        """What passes an answer on, as long as it is awaited."""

        def told(value: Any) -> None:
            if not self._over:
                self._end()
                tell(value)

        return told

    def _silent(self) -> None:
        self._end()
        self._broken(DeviceError(DeviceFault.UNREACHABLE, f"no answer within {self.interval()} ms"))

    def _end(self) -> None:
        self._over = True
        self.stop()
        self.deleteLater()


def _slip(title: str, seat: SeatDrawn) -> Slip:
    """The slip; ValueError where the code of the draw is too short to stand for it."""
    return Slip(title, seat.id, digest_of(seat.code), qr_content(seat.code), (seat.code, seat.way))

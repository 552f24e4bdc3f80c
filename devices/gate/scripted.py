"""A door and lockers that only remember what was asked of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from app.ports.device import DeviceError, DeviceFault


class ScriptedDoor:
    """A Door; `openings` are the seconds it was held open, in order."""

    def __init__(self) -> None:
        self.openings: list[float] = []
        self._fault: DeviceFault | None = None

    def fail(self, fault: DeviceFault | None) -> None:
        """From now on refuse with this fault; None heals it."""
        self._fault = fault

    def open(self, hold_s: float = 5.0) -> None:
        """Remember the opening."""
        if self._fault is not None:
            raise DeviceError(self._fault, "scripted")
        self.openings.append(hold_s)


class ScriptedLocker:
    """A Locker whose boxes are shut at first and are shut again by `close`, as a person would."""

    def __init__(self, boxes: Sequence[int]) -> None:
        self._lock = threading.Lock()
        self._closed = dict.fromkeys(sorted(set(boxes)), True)
        self._fault: DeviceFault | None = None

    @property
    def boxes(self) -> tuple[int, ...]:
        """The numbers of its boxes."""
        return tuple(self._closed)

    def fail(self, fault: DeviceFault | None) -> None:
        """From now on refuse with this fault; None heals it."""
        self._fault = fault

    def close(self, box: int) -> None:
        """A person shuts the box."""
        self._set(box, closed=True)

    def open(self, box: int) -> None:
        """Unlock one box."""
        self._set(box, closed=False)

    def is_closed(self, box: int) -> bool:
        """Whether its door is shut."""
        self._check(box)
        return self._closed[box]

    def _set(self, box: int, *, closed: bool) -> None:
        self._check(box)
        with self._lock:
            self._closed[box] = closed

    def _check(self, box: int) -> None:
        if box not in self._closed:
            raise ValueError(f"there is no box {box}")
        if self._fault is not None:
            raise DeviceError(self._fault, "scripted")

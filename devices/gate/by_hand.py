"""A cabinet with keys and a door that staff open: nothing is switched, people do it."""

from __future__ import annotations

from collections.abc import Sequence

from app.ports.device import DeviceError, DeviceFault


class KeyedLocker:
    """A Locker whose boxes are opened with a key that sticks in them; whether one is shut, the person says."""

    def __init__(self, boxes: Sequence[int]) -> None:
        self._boxes = tuple(sorted(set(boxes)))

    @property
    def boxes(self) -> tuple[int, ...]:
        """The numbers of its boxes."""
        return self._boxes

    def open(self, box: int) -> None:
        """Nothing to switch."""
        self._check(box)

    def is_closed(self, box: int) -> bool:
        """As the person said."""
        self._check(box)
        return True

    def _check(self, box: int) -> None:
        if box not in self._boxes:
            raise ValueError(f"there is no box {box}")


class StaffedDoor:
    """A Door without a strike: staff open it, and the kiosk says so."""

    def open(self, hold_s: float = 5.0) -> None:
        """There is nothing to unlock: always DeviceError `not_found`."""
        raise DeviceError(DeviceFault.NOT_FOUND, "no door strike is set up")

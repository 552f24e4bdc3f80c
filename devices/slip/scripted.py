"""A slip printer that only remembers."""

from __future__ import annotations

from app.ports.device import DeviceError, DeviceFault
from app.ports.gate import Slip


class ScriptedSlipPrinter:
    """A SlipPrinter; `slips` are those printed, in order."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self._fault: DeviceFault | None = None

    def fail(self, fault: DeviceFault | None) -> None:
        """From now on refuse with this fault (NO_PAPER ...); None heals it."""
        self._fault = fault

    def print(self, slip: Slip) -> None:
        """Remember the slip."""
        if self._fault is not None:
            raise DeviceError(self._fault, "scripted")
        self.slips.append(slip)

"""An engine without partners: what only records talks with nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.ports.call import Signal
from app.ports.device import Unsubscribe
from devices.call.process import EngineCall
from devices.call.recorder import Recording


class NoLine:
    """The Signalling of an engine that has nobody to talk to."""

    def send(self, to: str, message: Signal) -> None:
        """There is nobody."""

    def subscribe(self, on_message: Callable[[str, Signal], None]) -> Unsubscribe:
        """Nothing ever comes."""
        return lambda: None


def recorder(folder: Path, key: bytes) -> EngineCall:
    """Records what it is shown and told into a folder, sealed to a raw public key."""
    return EngineCall(NoLine(), recording=Recording(folder, (key,)))

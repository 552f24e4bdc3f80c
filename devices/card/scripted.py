"""A card reader on which a script lays cards."""

from __future__ import annotations

from app.ports.card import Card, CardFault
from app.ports.device import DeviceFault, DeviceState, DeviceStatus
from devices.card.readings import Readings


class ScriptedCardReader(Readings):
    """A CardReader for the rehearsal and the tests."""

    def lay(self, card: Card) -> None:
        """Lay this card on the reader."""
        self._tell(card)

    def lay_unreadable(self, fault: CardFault = CardFault.UNREADABLE) -> None:
        """Lay something on it that is no card."""
        self._tell(fault)

    def fail(self, fault: DeviceFault) -> None:
        """Let the reader fail."""
        self._become(DeviceStatus(DeviceState.FAILED, fault, "scripted"))

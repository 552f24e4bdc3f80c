"""What every card reader does with a line of text: check it, and tell who listens."""

from __future__ import annotations

from collections.abc import Callable

from app.ports.card import Card, CardFault
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe
from devices.card.text import card_from_text
from devices.listeners import Listeners


class Readings:
    """A reader that is running from start to stop and deaf otherwise."""

    def __init__(self) -> None:
        self._status = DeviceStatus(DeviceState.STOPPED)
        self._watchers: Listeners[DeviceStatus] = Listeners()
        self._cards: Listeners[Card] = Listeners()
        self._faults: Listeners[CardFault] = Listeners()

    @property
    def status(self) -> DeviceStatus:
        """Where the reader stands."""
        return self._status

    def start(self) -> None:
        """Listen for cards."""
        self._become(DeviceStatus(DeviceState.RUNNING))

    def stop(self) -> None:
        """Listen no more."""
        self._become(DeviceStatus(DeviceState.STOPPED))

    def join(self, timeout_s: float) -> bool:
        """Nothing of it runs by itself."""
        return True

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status."""
        return self._watchers.add(on_status)

    def subscribe(self, on_card: Callable[[Card], None], on_fault: Callable[[CardFault], None]) -> Unsubscribe:
        """Get every card and every failed reading."""
        leave_cards, leave_faults = self._cards.add(on_card), self._faults.add(on_fault)

        def leave() -> None:
            leave_cards()
            leave_faults()

        return leave

    def enter(self, text: str) -> None:
        """A number typed by a person: heard also while the reader itself is lost or has failed."""
        if self._status.state is not DeviceState.STOPPED:
            self._pass_on(card_from_text(text))

    def _tell(self, reading: Card | CardFault) -> None:
        """What the reader read: keys that come are proof that it is there, whatever was last seen of its plug."""
        if self._status.state in (DeviceState.RUNNING, DeviceState.STARTING):
            self._pass_on(reading)

    def _pass_on(self, reading: Card | CardFault) -> None:
        if isinstance(reading, Card):
            self._cards.tell(reading)
        else:
            self._faults.tell(reading)

    def _become(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            self._watchers.tell(status)

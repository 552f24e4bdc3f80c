"""Fetches the room's view whenever something may have changed, and pays what this machine owes by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.link.client import RoomClient
from app.link.debts import Debts
from app.link.faults import LinkFault, RoomRefused
from app.link.timing import Pace, Timing
from app.link.worker import Worker


class Watch:
    """One thread that looks when it is rung; a burst of rings costs one look, not one each."""

    def __init__(
        self,
        client: RoomClient,
        debts: Debts,
        position: Callable[[], int],
        on_view: Callable[[dict[str, Any]], None],
        on_gone_back: Callable[[], None],
        timing: Timing,
    ) -> None:
        """`position` says how far the stream has been read; `on_gone_back` hears that the room knows less than that."""
        self._client, self._debts, self._position = client, debts, position
        self._on_view, self._on_gone_back = on_view, on_gone_back
        self._timing = timing
        self._pace = Pace(timing)
        self.worker = Worker("view", self._look)

    def look(self) -> None:
        """Fetch the view again soon."""
        self.worker.ring()

    def _look(self) -> float | None:
        read = self._position()
        try:
            view = self._client.view()
        except (LinkFault, RoomRefused):
            return self._pace.next()
        self._pace.reset()
        # A view is never older than what the stream had told before it was asked for, unless the room was restored.
        if view["position"] < read:
            self._on_gone_back()
        self._on_view(view)
        pause = self._debts.pay(view)
        self.worker.stopped.wait(self._timing.view_pause_s)
        return pause

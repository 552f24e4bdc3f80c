"""Brings the outbox to the room, one command after another in their order, each until the room has answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.link.client import RoomClient
from app.link.faults import ROOM_AWAY, LinkFault, RoomRefused
from app.link.outbox import Command, Outbox
from app.link.sheets import SheetKeeper, place_of
from app.link.timing import Pace, Timing
from app.link.worker import Worker

SEAL_SHEET = "SealSheet"
MOST_TRIES = 12
"""How often a command is tried that the room answers and yet cannot take (an answer that nobody understands, a sheet
for which it offers no new key), before whoever sent it is told: about half a minute."""


@dataclass(frozen=True)
class PostNews:
    """Whom the post tells, from its own thread."""

    answered: Callable[[Command, Any], None]
    refused: Callable[[Command, RoomRefused | LinkFault], None]


class Post:
    """The thread that delivers. A command that cannot be delivered now holds up those behind it: order is kept."""

    def __init__(self, outbox: Outbox, client: RoomClient, sheets: SheetKeeper, news: PostNews, timing: Timing) -> None:
        self._outbox, self._client, self._sheets, self._news = outbox, client, sheets, news
        self._pace = Pace(timing)
        self._tries = 0
        self.worker = Worker("commands", self._deliver)

    def ring(self) -> None:
        """There is something new to deliver, or the line is back: try at once."""
        self._pace.reset()
        self.worker.ring()

    def _deliver(self) -> float | None:
        command = self._outbox.first()
        if command is None:
            return None
        try:
            answer = self._client.command(command.id, command.stream, command.type, command.data)
        except LinkFault as fault:
            return self._pace.next() if fault.code == ROOM_AWAY else self._try_again(command, fault)
        except RoomRefused as refused:
            if refused.passes:
                return self._pace.next()
            if command.type == SEAL_SHEET and refused.code == "old_key":
                return self._seal_again(command, refused)
            return self._end(command, refused)
        self._next_turn(command)
        self._news.answered(command, answer)
        return 0

    def _try_again(self, command: Command, fault: RoomRefused | LinkFault) -> float:
        self._tries += 1
        return self._pace.next() if self._tries < MOST_TRIES else self._end(command, fault)

    def _end(self, command: Command, fault: RoomRefused | LinkFault) -> float:
        certain = isinstance(fault, RoomRefused) and fault.is_certain
        if command.type == SEAL_SHEET and certain and fault.code != "already_sealed":
            self._sheets.refused(place_of(command.stream, command.data), command.data["sealed"]["commitment"])
        self._next_turn(command)
        self._news.refused(command, fault)
        return 0

    def _next_turn(self, command: Command) -> None:
        self._outbox.done(command.request)
        self._pace.reset()
        self._tries = 0

    # --- a room that restarted meanwhile

    def _seal_again(self, command: Command, refused: RoomRefused) -> float:
        """The same sheet for the room's new key, in the same turn."""
        try:
            key = self._newest_key(command.stream)
        except (LinkFault, RoomRefused):
            return self._pace.next()
        if key is None or key["id"] == command.data["key_id"]:
            return self._try_again(command, refused)  # the room is about to offer one
        data = self._sheets.seal_again(command.stream, command.data, key)
        if data is None:
            return self._end(command, refused)
        self._outbox.replace(command.renewed(data))
        return 0

    def _newest_key(self, stream: str) -> dict[str, str] | None:
        evaluations = self._client.view().get("evaluations", ())
        return next((found.get("sealing_key") for found in evaluations if found["stream"] == stream), None)

"""Commands that the room has not answered yet, oldest first; they survive a power cut at any instant."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.journal import canonical
from app.link.safe import Safe

MOST_WAITING = 500
"""A machine sends a few commands in an hour: whoever piles up more is a program gone wild."""


@dataclass(frozen=True)
class Command:
    """A command on its way. `request` is what the window got; `id` is what the room knows it by."""

    request: str
    id: str
    stream: str
    type: str
    data: dict[str, Any]

    def __repr__(self) -> str:
        return f"Command({self.type}, {self.id})"  # what is in it is nobody's business but the room's

    def renewed(self, data: dict[str, Any]) -> Command:
        """The same request with other content, hence under another id."""
        return replace(self, id=str(uuid.uuid4()), data=data)


def new_command(stream: str, kind: str, data: dict[str, Any]) -> Command:
    """A command that nobody has sent yet; raises `NotCanonical` for data that JSON or the journal cannot hold."""
    command_id = str(uuid.uuid4())
    # A copy: what the window does with its data afterwards changes nothing any more.
    return Command(command_id, command_id, stream, kind, dict(json.loads(canonical(data))))


class Outbox:
    """The waiting commands, in memory and each in a file of its own that says its turn.

    There is no list of files beside them that could be older or newer than they are. Safe from several threads.
    """

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._lock = threading.RLock()
        self.damaged = safe.set_aside()
        """How many files could not be read at the start; they were set aside."""
        found = sorted(_read(safe), key=lambda pair: pair[0])
        self._waiting = {command.request: (turn, command) for turn, command in found}
        self._turn = found[-1][0] if found else 0
        self._unkept: set[str] = set()
        """Requests that the disk did not take; they are tried again with the next."""

    def add(self, command: Command) -> bool:
        """Keep a command behind the others; False where the disk did not take it, so that only memory holds it."""
        with self._lock:
            self._turn += 1
            return self._put(self._turn, command)

    def replace(self, command: Command) -> bool:
        """Put another command in place of the one of the same request, which keeps its turn; False as `add`."""
        with self._lock:
            turn, _ = self._waiting[command.request]
            return self._put(turn, command)

    def done(self, request: str) -> None:
        """The room has answered."""
        with self._lock:
            self._waiting.pop(request, None)
            self._unkept.discard(request)
            # A file that stays is sent again after the next start, and its id gets the same answer.
            with suppress(OSError):
                self._safe.drop(request)

    def first(self) -> Command | None:
        """The command whose turn it is."""
        with self._lock:
            return next((command for _, command in self._waiting.values()), None)

    def waiting(self) -> tuple[Command, ...]:
        """What still waits, oldest first."""
        with self._lock:
            return tuple(command for _, command in self._waiting.values())

    def __len__(self) -> int:
        return len(self._waiting)

    def _put(self, turn: int, command: Command) -> bool:
        self._waiting[command.request] = (turn, command)
        self._unkept.add(command.request)
        for request in sorted(self._unkept, key=lambda name: self._waiting[name][0]):
            turn, unkept = self._waiting[request]
            try:
                self._safe.put(request, {"turn": turn, "command": asdict(unkept)})
            except OSError:
                return False
            self._unkept.discard(request)
        return True


def _read(safe: Safe) -> Iterator[tuple[int, Command]]:
    """Every command in the safe with its turn; a value of another form (an older program's) is passed over."""
    for _, value in safe.items():
        with suppress(KeyError, TypeError, ValueError):
            yield int(value["turn"]), Command(**value["command"])

"""The room's own stream as it is told to those who watch: each entry whole, so that its chain and tree can be computed
again here. The entries of an evaluation are not all told whole; its heads, which stand in the room's stream, are."""

from __future__ import annotations

from typing import Any

from app.evaluation.room.events import JournalRecovered, StreamHead
from app.journal import Entry, JournalFault, Tree, check_chain, entry_bytes

ROOM = "room"
_PROOF = ("v", "seq", "prev", "hash")


class RoomChain:
    """Takes the messages of the room's stream in their order; the first that does not fit is kept as `fault`."""

    def __init__(self) -> None:
        self.fault: JournalFault | None = None
        self.first_at = ""
        """When the first entry was made."""
        self.recovered: tuple[int, str] | None = None
        """Place of the last `JournalRecovered`, and the moment of the backup that the room was restored from."""
        self._last: Entry | None = None
        self._tree = Tree()
        self._heads: dict[str, dict[int, bytes]] = {}

    @property
    def size(self) -> int:
        """How many entries fit."""
        return self._tree.size

    def hear(self, message: dict[str, Any]) -> None:
        """One message of the stream; others, and those that come without their proof, are passed over."""
        if message.get("stream") != ROOM or any(key not in message for key in _PROOF):
            return
        if self.fault is not None:
            return
        fields = {key: message[key] for key in (*_PROOF, "stream", "at", "type", "actor", "data")}
        try:
            entry = Entry.from_json(fields)
        except JournalFault as fault:
            self.fault = fault
            return
        self.fault = check_chain([entry], self._last)
        if self.fault is None:
            self._take(entry)

    def root(self, size: int) -> bytes | None:
        """The root over the first `size` entries, or None where so many were not told yet."""
        return self._tree.root(size) if size <= self._tree.size else None

    def head(self, stream: str, size: int) -> bytes | None:
        """What the room's stream says of the root of another one at that size."""
        return self._heads.get(stream, {}).get(size)

    def _take(self, entry: Entry) -> None:
        if self._last is None:
            self.first_at = entry.at
        self._last = entry
        self._tree.append(entry_bytes(entry))
        if entry.type == StreamHead.__name__:
            of_stream = self._heads.setdefault(str(entry.data["stream"]), {})
            of_stream[int(str(entry.data["size"]))] = bytes.fromhex(str(entry.data["root"]))
        elif entry.type == JournalRecovered.__name__:
            self.recovered = entry.seq, str(entry.data["made_at"])

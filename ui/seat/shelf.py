"""The documents at this seat: fetched in the background, held in memory only, four at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from app.link import Answered, Failed
from ui.reader.kept import Kept
from ui.seat.desk import Desk

MOST = 4
"""Documents held at once: two in sight and two to go back to; a bid may have hundreds of MB."""

Taken = Callable[[Kept], None]
Missed = Callable[[str], None]


class Shelf:
    """Documents by their SHA-256. The last one asked for wins where several are on their way to one place."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held: OrderedDict[str, Kept] = OrderedDict()
        self._fetches: dict[str, _Fetch] = {}

    def want(self, sha256: str, taken: Taken, missed: Missed) -> None:
        """Hand over a document: at once where it is here, else when it has come; `missed` gets the sentence why not."""
        if sha256 in self._held:
            self._held.move_to_end(sha256)
            taken(self._held[sha256])
            return
        fetch = self._fetches.get(sha256)
        if fetch is None:
            fetch = self._fetches[sha256] = _Fetch(self, sha256)
            self._desk.ask(fetch, "file", lambda client: client.file(sha256))
        fetch.waiting.append((taken, missed))

    def held(self) -> tuple[str, ...]:
        """What is in memory, the longest unused first."""
        return tuple(self._held)

    def clear(self) -> None:
        """Drop every document; those on their way are dropped when they come."""
        self._held.clear()
        for fetch in self._fetches.values():
            self._desk.forget(fetch)
        self._fetches.clear()

    def put(self, sha256: str, content: bytes) -> Kept:
        """A document has come: hold it, and let the longest unused one go."""
        self._fetches.pop(sha256, None)
        self._held[sha256] = kept = Kept(content)
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        return kept

    def drop(self, sha256: str) -> None:
        """A fetch ended without a document."""
        self._fetches.pop(sha256, None)


class _Fetch:
    """One document on its way, and who waits for it."""

    def __init__(self, shelf: Shelf, sha256: str) -> None:
        self._shelf, self._sha256 = shelf, sha256
        self.waiting: list[tuple[Taken, Missed]] = []

    def answered(self, answer: Answered) -> None:
        kept = self._shelf.put(self._sha256, bytes(answer.value))
        for taken, _missed in self.waiting:
            taken(kept)

    def refused(self, failure: Failed) -> None:
        self._shelf.drop(self._sha256)
        for _taken, missed in self.waiting:
            missed(failure.sentence)

"""Unfinished sheets on their way to the room: only the newest of each place travels, and none overtakes a later one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.safe import Safe
from app.link.sheets import SheetKeeper
from app.link.timing import Pace, Timing
from app.link.worker import Worker

DISK_PAUSE_S = 5.0
"""Before a disk that did not take a draft is tried again."""


@dataclass(frozen=True)
class Draft:
    """A sealed draft: where it belongs, its version, its content."""

    place: str
    version: int
    sealed: str


@dataclass(frozen=True)
class DraftNews:
    """Whom the drafts tell: `delivered` and `refused` a draft; `unkept` once when the disk takes none any more."""

    delivered: Callable[[Draft, Any], None]
    refused: Callable[[Draft, RoomRefused], None]
    unkept: Callable[[], None]


class DraftBox:
    """The drafts that the room does not have yet. `put` never waits: one thread brings them to this machine's disk,
    another to the room, side by side, so that a room which does not answer keeps nothing from the disk."""

    def __init__(self, safe: Safe, sheets: SheetKeeper, client: RoomClient, news: DraftNews, timing: Timing) -> None:
        self._safe, self._sheets, self._client, self._news = safe, sheets, client, news
        self._pace = Pace(timing)
        self._lock = threading.Lock()
        """Over `_waiting` and `_unkept`; held for moments only."""
        self._disk = threading.Lock()
        """Over the files; taken before `_lock`, never by `put`."""
        self._unkept: set[str] = set()
        self._told_unkept = False
        self.damaged = safe.set_aside()
        """How many files could not be read at the start; they were set aside."""
        self._waiting = {draft.place: draft for draft in _read(safe)}
        self._keeper = Worker("keeper", self._keep)
        self._post = Worker("drafts", self._deliver)
        self._started = False

    # --- life

    def start(self) -> None:
        """Begin to keep and to deliver."""
        self._started = True
        self._keeper.start()
        self._post.start()

    def ring(self) -> None:
        """The line is back: try again at once."""
        self._pace.reset()
        self._post.ring()

    def stop(self) -> None:
        """End both threads and bring what is left to the disk; does not wait for them."""
        self._started = False
        self._keeper.stop()
        self._post.stop()
        self._keep()

    def workers(self) -> tuple[Worker, ...]:
        """The threads, to wait for."""
        return self._keeper, self._post

    # --- what the window does

    def put(self, place: str, version: int, content: object) -> None:
        """Keep a draft in place of an older one that still waits; `version` rises from draft to draft of a place.
        Raises `NotCanonical` for what is not JSON."""
        draft = Draft(place, version, self._sheets.seal_draft(place, content))
        with self._lock:
            before = self._waiting.get(place)
            if before is not None and before.version > version:
                return
            self._waiting[place] = draft
            self._unkept.add(place)
        if not self._started:  # before the start and behind the end nobody else would
            self._keep()
        self._keeper.ring()
        self._post.ring()

    def newest(self, place: str) -> Draft | None:
        """The draft of a place that still waits."""
        with self._lock:
            return self._waiting.get(place)

    def wipe(self) -> None:
        """Forget every draft. Raises `OSError` where the disk does not let go of one."""
        with self._disk:
            with self._lock:
                self._waiting.clear()
                self._unkept.clear()
            self._safe.clear()

    def __len__(self) -> int:
        return len(self._waiting)

    # --- to the disk

    def _keep(self) -> float | None:
        while True:
            with self._disk:
                with self._lock:
                    draft = next((self._waiting[place] for place in self._unkept), None)
                if draft is None:
                    self._told_unkept = False
                    return None
                try:
                    self._safe.put(draft.place, asdict(draft))
                except OSError:
                    break
                with self._lock:
                    if self._waiting.get(draft.place) is draft:
                        self._unkept.discard(draft.place)
        if not self._told_unkept:
            self._told_unkept = True
            self._news.unkept()
        return DISK_PAUSE_S

    # --- to the room

    def _deliver(self) -> float | None:
        with self._lock:
            draft = next(iter(self._waiting.values()), None)
        if draft is None:
            return None
        try:
            answer = self._client.put_draft(draft.place, draft.version, draft.sealed)
        except LinkFault:
            return self._later(draft)
        except RoomRefused as refused:
            if refused.passes or not refused.is_certain:
                return self._later(draft)
            if self._done(draft):
                self._news.refused(draft, refused)
            return 0
        self._pace.reset()
        if self._done(draft):
            self._news.delivered(draft, answer)
        return 0

    def _later(self, draft: Draft) -> float:
        """A draft that cannot be delivered now goes behind those of other places: it holds up none of them."""
        with self._lock:
            if self._waiting.get(draft.place) is draft:
                self._waiting[draft.place] = self._waiting.pop(draft.place)
        return self._pace.next()

    def _done(self, sent: Draft) -> bool:
        """The room has what was sent; False where a newer one took its place meanwhile, which still waits."""
        with self._disk:
            with self._lock:
                if self._waiting.get(sent.place) is not sent:
                    return False
                del self._waiting[sent.place]
                self._unkept.discard(sent.place)
            # A file that stays is sent again after the next start: the room has that version already.
            with suppress(OSError):
                self._safe.drop(sent.place)
        return True


def _read(safe: Safe) -> list[Draft]:
    """Every draft in the safe; a value of another form (an older program's) is passed over."""
    found = []
    for _, value in safe.items():
        with suppress(TypeError):
            found.append(Draft(**value))
    return found

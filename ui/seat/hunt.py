"""Looks for words through many documents, one after another: hits are told as they come, and it can be given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from ui.reader.kept import Kept
from ui.reader.shapes import Hit
from ui.seat.listed import Listed
from ui.seat.shelf import Shelf
from ui.widgets.pdf_worker import Answer, DocumentFault, DocumentOpened, PageRenderer, SearchTold

MOST = 2_000
"""Hits of one hunt; more are no help to anybody."""


@dataclass(frozen=True)
class Found:
    """Places of one document, in its order."""

    file: Listed
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Progress:
    """How far it is: documents looked through, of how many, hits so far, those that could not be read."""

    done: int
    whole: int
    hits: int
    unread: tuple[str, ...]
    ended: bool


class Hunt(QObject):
    """One hunt at a time. `found` carries a Found, `went` a Progress."""

    found = Signal(object)
    went = Signal(object)

    def __init__(self, shelf: Shelf, renderer: PageRenderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._renderer = shelf, renderer
        self._files: tuple[Listed, ...] = ()
        self._words = ""
        self._at = self._told = self._hits = self._number = 0
        self._unread: list[str] = []
        self._ticket: int | None = None
        renderer.answered.connect(self._take)

    def begin(self, words: str, files: Sequence[Listed]) -> None:
        """Look for words through these documents, in this order, in place of the hunt that runs."""
        self.stop()
        if words.strip():
            self._words, self._files = words.strip(), tuple(files)
            self._at = self._hits = 0
            self._unread = []
            self._next()

    def stop(self) -> None:
        """Give it up."""
        self._number += 1
        self._files = ()
        self._close()

    def running(self) -> bool:
        """Whether one is under way."""
        return bool(self._files)

    def _close(self) -> None:
        if self._ticket is not None:
            self._renderer.close(self._ticket)
            self._ticket = None

    def _next(self) -> None:
        """The next document, or the end."""
        ended = self._at >= len(self._files) or self._hits >= MOST
        self.went.emit(Progress(self._at, len(self._files), self._hits, tuple(self._unread), ended))
        if ended:
            self._files = ()
            return
        number, file = self._number, self._files[self._at]

        def taken(kept: Kept) -> None:
            if number == self._number:
                self._told = 0
                self._ticket = self._renderer.open(kept, shown=False)
                self._renderer.search(self._ticket, self._words)

        def missed(_sentence: str) -> None:
            if number == self._number:
                self._pass_over()

        self._shelf.want(file.sha256, taken, missed)

    def _pass_over(self) -> None:
        self._unread.append(self._files[self._at].title)
        self._go_on()

    def _go_on(self) -> None:
        self._close()
        self._at += 1
        self._next()

    def _take(self, answer: Answer) -> None:
        if answer.ticket != self._ticket or isinstance(answer, DocumentOpened):
            return
        if isinstance(answer, DocumentFault):
            self._pass_over()
        elif isinstance(answer, SearchTold):
            fresh = answer.hits[self._told :]
            if fresh:
                self._told = len(answer.hits)
                self._hits += len(fresh)
                self.found.emit(Found(self._files[self._at], fresh))
            if answer.ended:
                self._go_on()

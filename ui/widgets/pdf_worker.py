"""The one thread in which PDF pages are painted and searched; PDFium must not be called from two at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal
from PySide6.QtGui import QImage

from ui.models.contents import ContentsEntry
from ui.widgets.pdf_search import Box, hits

# Pages searched before the queue is looked at again, so that turning a page never waits for a search.
_STRIDE = 8
# Hits kept of one search; a word that stands everywhere is not looked up one by one.
_MOST_HITS = 2_000
# Pages with an area beyond this (A0 plans at high zoom) are painted coarser and drawn larger.
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class DocumentOpened:
    """A document is open: the size of each page in points, and its bookmarks."""

    ticket: int
    sizes: tuple[tuple[float, float], ...]
    contents: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class PagePainted:
    """A page (counted from 0) at `scale` px per point."""

    ticket: int
    page: int
    scale: float
    image: QImage


@dataclass(frozen=True)
class SearchTold:
    """How far a search is: pages looked through, hits so far as (page, boxes in points from the top left)."""

    ticket: int
    query: str
    searched: int
    hits: tuple[tuple[int, tuple[Box, ...]], ...]
    ended: bool


@dataclass(frozen=True)
class DocumentFault:
    """A document cannot be shown: `code` is `damaged`, `protected` or `missing`."""

    ticket: int
    code: str


Answer = DocumentOpened | PagePainted | SearchTold | DocumentFault


@dataclass
class _Search:
    query: str
    at: int = 0
    hits: list[tuple[int, tuple[Box, ...]]] = field(default_factory=list)


class _Inbox:
    """What is asked for, written by the windows' thread and read by the worker; newer wishes replace older ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opens: deque[tuple[int, bytes | Path]] = deque()
        self._closes: deque[int] = deque()
        self._wants: dict[int, deque[tuple[int, float]]] = {}
        self._searches: dict[int, _Search] = {}
        self.ended = threading.Event()

    def open(self, ticket: int, source: bytes | Path) -> None:
        with self._lock:
            self._opens.append((ticket, source))

    def close(self, ticket: int) -> None:
        with self._lock:
            self._wants.pop(ticket, None)
            self._searches.pop(ticket, None)
            self._closes.append(ticket)

    def want(self, ticket: int, pages: Sequence[tuple[int, float]]) -> None:
        with self._lock:
            self._wants[ticket] = deque(pages)

    def search(self, ticket: int, query: str) -> None:
        with self._lock:
            self._searches.pop(ticket, None)
            if query:
                self._searches[ticket] = _Search(query)

    def next_close(self) -> int | None:
        with self._lock:
            return self._closes.popleft() if self._closes else None

    def next_open(self) -> tuple[int, bytes | Path] | None:
        with self._lock:
            return self._opens.popleft() if self._opens else None

    def next_page(self) -> tuple[int, int, float] | None:
        with self._lock:
            for ticket, pages in self._wants.items():
                if pages:
                    return ticket, *pages.popleft()
            return None

    def next_search(self) -> tuple[int, _Search] | None:
        with self._lock:
            return next(iter(self._searches.items()), None)

    def end_search(self, ticket: int, search: _Search) -> None:
        with self._lock:
            # A newer search of the same document may have taken its place meanwhile.
            if self._searches.get(ticket) is search:
                del self._searches[ticket]


class _Worker(QObject):
    """Does one thing after another in its own thread: close, open, paint, search a stride, in this order."""

    answered = Signal(object)
    # Emitted from any thread; taken up in the worker's own.
    wake = Signal()

    def __init__(self, inbox: _Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self._documents: dict[int, Any] = {}
        self.wake.connect(self.work, Qt.ConnectionType.QueuedConnection)

    def work(self) -> None:
        """Do the most urgent thing, then come back for the next."""
        if self._inbox.ended.is_set():
            self._finish()
            return
        if (ticket := self._inbox.next_close()) is not None:
            self._close(ticket)
        elif (opening := self._inbox.next_open()) is not None:
            self._open(*opening)
        elif (page := self._inbox.next_page()) is not None:
            self._paint(*page)
        elif (search := self._inbox.next_search()) is not None:
            self._search(*search)
        else:
            return
        self.wake.emit()

    def _finish(self) -> None:
        """Close everything and end the thread: PDFium's objects must go where they came from."""
        for ticket in list(self._documents):
            self._close(ticket)
        QThread.currentThread().quit()

    def _close(self, ticket: int) -> None:
        document = self._documents.pop(ticket, None)
        if document is not None:
            document.close()

    def _open(self, ticket: int, source: bytes | Path) -> None:
        try:
            document = pypdfium2.PdfDocument(source)
            sizes = tuple(document.get_page_size(page) for page in range(len(document)))
        except FileNotFoundError:
            self.answered.emit(DocumentFault(ticket, "missing"))
            return
        except pypdfium2.PdfiumError as fault:
            locked = getattr(fault, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
            self.answered.emit(DocumentFault(ticket, "protected" if locked else "damaged"))
            return
        self._documents[ticket] = document
        self.answered.emit(DocumentOpened(ticket, sizes, _contents(document)))

    def _paint(self, ticket: int, number: int, scale: float) -> None:
        document = self._documents.get(ticket)
        if document is None:
            return
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            self.answered.emit(PagePainted(ticket, number, scale, QImage()))
            return
        width, height = page.get_size()
        coarse = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=coarse)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888
        ).copy()
        bitmap.close()
        page.close()
        self.answered.emit(PagePainted(ticket, number, scale, picture))

    def _search(self, ticket: int, search: _Search) -> None:
        document = self._documents.get(ticket)
        if document is None:
            self._inbox.end_search(ticket, search)
            return
        count = len(document)
        for number in range(search.at, min(search.at + _STRIDE, count)):
            search.hits.extend((number, boxes) for boxes in hits(document, number, search.query))
        search.at = min(search.at + _STRIDE, count)
        ended = search.at >= count or len(search.hits) >= _MOST_HITS
        if ended:
            self._inbox.end_search(ticket, search)
        self.answered.emit(SearchTold(ticket, search.query, search.at, tuple(search.hits), ended))


class PageRenderer(QObject):
    """Opens documents and hands out their pages, without ever keeping a window waiting.

    Every call returns at once; answers come by `answered` in the windows' thread, each with the ticket that `open`
    gave. One renderer serves all views of a program. It ends by `shutdown`, at the latest with
    the application or with its parent.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = _Inbox()
        self._tickets = 0
        # The thread belongs to the application: its object must outlive this one until it has ended.
        app = QCoreApplication.instance()
        self._thread = QThread(app)
        self._thread.setObjectName("pdf-pages")
        self._worker = _Worker(self._inbox)
        self._worker.moveToThread(self._thread)
        self._worker.answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        # A function that does not need this object: it may be half gone when its parent is deleted.
        self._end = partial(_end, self._inbox, self._worker, self._thread)
        self.destroyed.connect(self._end)
        if app is not None:
            app.aboutToQuit.connect(self._end)
        self._thread.start()

    def open(self, source: bytes | Path) -> int:
        """Open a document given as bytes or by path; returns its ticket."""
        self._tickets += 1
        self._inbox.open(self._tickets, source)
        self._worker.wake.emit()
        return self._tickets

    def want(self, ticket: int, pages: Sequence[tuple[int, float]]) -> None:
        """Ask for these (page, scale), most wanted first; what was asked for before and not begun is forgotten."""
        self._inbox.want(ticket, pages)
        self._worker.wake.emit()

    def search(self, ticket: int, query: str) -> None:
        """Look for `query` (no case) from the first page on; an empty one ends the search that runs."""
        self._inbox.search(ticket, query)
        self._worker.wake.emit()

    def close(self, ticket: int) -> None:
        """Forget a document."""
        self._inbox.close(ticket)
        self._worker.wake.emit()

    def shutdown(self) -> None:
        """End the thread; waits for the page that is being painted. Calling it again does nothing."""
        self._end()

    def _answer(self, answer: Answer) -> None:
        self.answered.emit(answer)


def _end(inbox: _Inbox, worker: _Worker, thread: QThread, _gone: object = None) -> None:
    if thread.isRunning():
        inbox.ended.set()
        worker.wake.emit()
        thread.wait()


def _contents(document: Any) -> tuple[ContentsEntry, ...]:
    """The bookmarks that lead to a page of this document."""
    entries: list[ContentsEntry] = []
    try:
        for mark in document.get_toc():
            target = mark.get_dest()
            page = target.get_index() if target is not None else None
            if page is not None and 0 <= page < len(document):
                entries.append(ContentsEntry(mark.get_title().strip(), page + 1, mark.level))
    except pypdfium2.PdfiumError:
        # A broken outline does not make the pages unreadable.
        return tuple(entries)
    return tuple(entries)

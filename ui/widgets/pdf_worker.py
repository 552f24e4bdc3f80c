"""Documents for windows: opened, painted and searched in the reader's process, told in the windows' thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QImage

from ui.models.contents import ContentsEntry
from ui.reader.owner import Owner, Source
from ui.reader.shapes import Header, Hit


@dataclass(frozen=True)
class DocumentOpened:
    """A document is open: the size of each page in points, the later ones as if they were like the last one known."""

    ticket: int
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SizesTold:
    """The true size of each page; it comes behind the first pages."""

    ticket: int
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class ContentsTold:
    """The bookmarks of a document; they come behind its first pages."""

    ticket: int
    contents: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class PagePainted:
    """A page (counted from 0) at `scale` px per point."""

    ticket: int
    page: int
    scale: float
    image: QImage
    turned: int = 0
    """By how many degrees to the right it is turned."""


@dataclass(frozen=True)
class SearchTold:
    """How far a search is: pages looked through, hits so far."""

    ticket: int
    query: str
    searched: int
    hits: tuple[Hit, ...]
    ended: bool


@dataclass(frozen=True)
class DocumentFault:
    """A document cannot be shown: `code` is `damaged`, `protected` or `missing`."""

    ticket: int
    code: str


Answer = DocumentOpened | SizesTold | ContentsTold | PagePainted | SearchTold | DocumentFault


class PageRenderer(QObject):
    """Opens documents and hands out their pages, without ever keeping a window waiting.

    Every call returns at once; answers come by `answered` in the windows' thread, each with the ticket that `open`
    gave. One renderer serves all views of a program. It ends by `shutdown`, at the latest with
    the application or with its parent.
    """

    answered = Signal(object)
    _came = Signal(object)
    """Emitted in the owner's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = 0
        self._searches: dict[int, tuple[int, str, list[Hit]]] = {}
        self._numbers = 0
        self._came.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self.owner = Owner(self._tell)
        # Functions that do not need this object: it may be half gone when its parent is deleted.
        self._end = partial(_end, self.owner)
        self.destroyed.connect(self._end)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._end)

    def open(self, source: Source, *, shown: bool = True) -> int:
        """Open a document; returns its ticket. One that is not to be shown comes without sizes and contents."""
        self._tickets += 1
        self.owner.open(self._tickets, source, shown=shown)
        return self._tickets

    def want(self, ticket: int, pages: Sequence[tuple[int, float]], turned: int = 0) -> None:
        """Ask for these (page, scale), most wanted first; what was asked for before and not begun is forgotten."""
        self.owner.want(ticket, [(page, scale, turned) for page, scale in pages])

    def search(self, ticket: int, query: str) -> None:
        """Look for `query` (no case) from the first page on; an empty one ends the search that runs."""
        self._numbers += 1
        if query:
            self._searches[ticket] = (self._numbers, query, [])
        elif self._searches.pop(ticket, None) is None:
            return
        self.owner.search(ticket, self._numbers, query)

    def close(self, ticket: int) -> None:
        """Forget a document."""
        self._searches.pop(ticket, None)
        self.owner.close(ticket)

    def shutdown(self) -> None:
        """End thread and process. Calling it again does nothing."""
        self._end()

    # --- the owner's thread

    def _tell(self, header: Header, payload: bytearray) -> None:
        ticket = header["ticket"]
        match header["is"]:
            case "opened":
                known = _sizes(header)
                self._came.emit(DocumentOpened(ticket, known + known[-1:] * (header["count"] - len(known))))
            case "sizes":
                self._came.emit(SizesTold(ticket, _sizes(header)))
            case "contents":
                entries = tuple(ContentsEntry(*entry) for entry in header["contents"])
                self._came.emit(ContentsTold(ticket, entries))
            case "page":
                self._came.emit(
                    PagePainted(ticket, header["page"], header["scale"], _image(header, payload), header["turned"])
                )
            case "fault":
                self._came.emit(DocumentFault(ticket, header["code"]))
            case "hits":
                self._came.emit(header)

    # --- the windows' thread

    def _answer(self, answer: Answer | Header) -> None:
        if not isinstance(answer, dict):
            self.answered.emit(answer)
            return
        number, query, hits = self._searches.get(answer["ticket"], (0, "", []))
        if number == answer["number"]:
            hits += ((page, tuple(tuple(box) for box in boxes), around) for page, boxes, around in answer["hits"])
            told = SearchTold(answer["ticket"], query, answer["searched"], tuple(hits), answer["ended"])
            self.answered.emit(told)


def _end(owner: Owner, _gone: object = None) -> None:
    owner.end()


def _sizes(header: Header) -> tuple[tuple[float, float], ...]:
    return tuple((float(width), float(height)) for width, height in header["sizes"])


def _image(header: Header, payload: bytearray) -> QImage:
    if not header["height"]:
        return QImage()
    form = QImage.Format.Format_BGR888
    return QImage(bytes(payload), header["width"], header["height"], header["stride"], form).copy()

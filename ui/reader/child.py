"""The reader's process: does one thing after another, the most urgent first, and says what it is at.

Close, open, paint, measure, list the contents, search a stride, in this order: a page never waits for anything else.
Before anything that the library might hang or die of it says so, that its owner knows what to leave out in the next
process. It ends when its owner's end of the wire closes.
"""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import sys
import time
from collections import deque
from dataclasses import dataclass

import pypdfium2

from ui.reader.document import Document, fault_of
from ui.reader.post import Doing, Post
from ui.reader.shapes import Header, Hit
from ui.reader.wire import Line, receive
from ui.reader.words import fold

MOST_MEMORY = 1 << 30
"""Bytes that it may take for itself; a file that wants more ends this process, not the seat."""
STRIDE_S = 0.05
"""Searched so long before the wire is looked at again."""
FIRST, STRIDE = 8, 64
"""Pages whose sizes are known when a document opens, and those measured before the wire is looked at again."""
MOST_HITS = 2_000
"""Hits told of one search; a word that stands everywhere is not looked up one by one."""


@dataclass
class _Search:
    ticket: int
    number: int
    folded: str
    at: int
    skip: frozenset[int]
    left: int = MOST_HITS


class Reader:
    """What is open, and what is wanted of it."""

    def __init__(self, line: Line, post: Post) -> None:
        self._line, self._post = line, post
        self._open: dict[int, Document] = {}
        self._opens: deque[tuple[int, int, bool]] = deque()
        self._measures: deque[tuple[int, list[tuple[float, float]]]] = deque()
        self._lists: deque[int] = deque()
        self._wants: dict[int, deque[tuple[int, float, int]]] = {}
        self._searches: dict[int, _Search] = {}

    def take(self, header: Header, file: int | None) -> None:
        """Note a wish; newer ones replace older ones."""
        ticket = header["ticket"]
        match header["do"]:
            case "open":
                self._opens.append((ticket, -1 if file is None else file, header["shown"]))
            case "close":
                self._wants.pop(ticket, None)
                self._searches.pop(ticket, None)
                self._opens = deque(self._kept(ticket))
                if (document := self._open.pop(ticket, None)) is not None:
                    document.close()
            case "want":
                self._wants[ticket] = deque((page, scale, turned) for page, scale, turned in header["pages"])
            case "search":
                self._searches.pop(ticket, None)
                if folded := fold(header["query"]):
                    self._searches[ticket] = _Search(
                        ticket, header["number"], folded, header["at"], frozenset(header["skip"])
                    )

    def _kept(self, ticket: int) -> list[tuple[int, int, bool]]:
        for _ticket, file, _shown in (one for one in self._opens if one[0] == ticket):
            os.close(file)
        return [one for one in self._opens if one[0] != ticket]

    def step(self) -> bool:
        """Do the most urgent thing; False when there is nothing to do."""
        if self._opens:
            self._open_one(*self._opens.popleft())
            return True
        for ticket, pages in self._wants.items():
            if pages:
                self._paint(ticket, *pages.popleft())
                return True
        if self._measures:
            self._measure(*self._measures[0])
            return True
        if self._lists:
            self._list(self._lists.popleft())
            return True
        if self._searches:
            self._search(next(iter(self._searches.values())))
            return True
        return False

    def _open_one(self, ticket: int, file: int, shown: bool) -> None:
        """One that is searched alone needs neither sizes nor contents."""
        self._post.say(Doing.OPEN, ticket)
        try:
            document = Document(file)
            sizes = document.sizes(0, FIRST) if shown else []
        except (pypdfium2.PdfiumError, OSError, ValueError) as fault:
            self._line.send({"is": "fault", "ticket": ticket, "code": fault_of(fault)})
        else:
            self._open[ticket] = document
            self._line.send({"is": "opened", "ticket": ticket, "count": len(document), "sizes": sizes})
            if shown:
                self._measures.append((ticket, sizes))
        finally:
            os.close(file)  # what is seen of it stays

    def _measure(self, ticket: int, sizes: list[tuple[float, float]]) -> None:
        """Some sizes more; a long bid has thousands of pages, and each is looked up."""
        document = self._open.get(ticket)
        if document is not None and len(sizes) < len(document):
            self._post.say(Doing.LIST, ticket)
            sizes += document.sizes(len(sizes), STRIDE)
            return
        self._measures.popleft()
        if document is not None:
            self._line.send({"is": "sizes", "ticket": ticket, "sizes": sizes})
            self._lists.append(ticket)

    def _list(self, ticket: int) -> None:
        document = self._open.get(ticket)
        if document is not None:
            self._post.say(Doing.LIST, ticket)
            self._line.send({"is": "contents", "ticket": ticket, "contents": document.contents()})

    def _paint(self, ticket: int, page: int, scale: float, turned: int) -> None:
        document = self._open.get(ticket)
        if document is None:
            return
        self._post.say(Doing.PAINT, ticket, page)
        told = {"is": "page", "ticket": ticket, "page": page, "scale": scale, "turned": turned}
        try:
            width, height, stride, pixels = document.paint(page, scale, turned)
        except (pypdfium2.PdfiumError, MemoryError, ValueError):
            self._line.send(told | {"width": 0, "height": 0, "stride": 0})
        else:
            self._line.send(told | {"width": width, "height": height, "stride": stride}, pixels)

    def _search(self, search: _Search) -> None:
        document = self._open.get(search.ticket)
        if document is None:
            del self._searches[search.ticket]
            return
        until = time.monotonic() + STRIDE_S
        found: list[Hit] = []
        first = search.left == MOST_HITS
        while search.at < len(document) and search.left > 0:
            self._post.say(Doing.SEARCH, search.ticket, search.at)
            with contextlib.suppress(pypdfium2.PdfiumError):
                if search.at not in search.skip:
                    found += document.find(search.at, search.folded)[: search.left - len(found)]
            search.at += 1
            if time.monotonic() > until or (first and found) or search.left <= len(found):
                break
        search.left -= len(found)
        ended = search.at >= len(document) or search.left <= 0
        told = {"is": "hits", "ticket": search.ticket, "number": search.number, "searched": search.at}
        self._line.send(told | {"hits": found, "ended": ended})
        if ended:
            del self._searches[search.ticket]


def run(wire: socket.socket, post: Post) -> None:
    """Until the owner's end closes."""
    line = Line(wire)
    reader = Reader(line, post)
    while True:
        idle = not reader.step()
        if idle:
            post.say(Doing.REST)
        while line.ready() or idle:
            idle = False
            came = receive(wire)
            if came is None:
                return
            reader.take(*came)


def main() -> None:
    """Take the limits on, then work on the wire and the post whose numbers are given."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with socket.socket(fileno=int(sys.argv[1])) as wire, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        run(wire, Post(int(sys.argv[2])))


if __name__ == "__main__":
    main()

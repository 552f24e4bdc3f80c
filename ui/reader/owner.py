"""The reader's process seen from the windows: started when needed, ended when it hangs, started anew when it dies.

One thread owns it. Calls only note what is wanted and return at once. A document that kills the process while it opens
is told as damaged; a page, as damaged; in a search the page is left out. All else that was open is opened again and
what was wanted is asked for again, so a window notices nothing but a moment's delay.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.own import own_command
from ui.reader.kept import Kept
from ui.reader.post import At, Doing, Post
from ui.reader.shapes import Header
from ui.reader.wire import Broken, pair, read, send_with

log = logging.getLogger(__name__)

HANG_S = 20.0
"""At one page for so long: it hangs."""
LOOK_S = 0.5
"""How often it is looked after while it works."""
VAIN = 3
"""So many lives that tell nothing, and what is open is told as damaged: there is no use in another."""
DEATHS = 8
"""Documents that kill it so often are told as damaged, whatever they were at."""

Source = bytes | Path | Kept
"""A document: its bytes, where it lies, or where it is held in memory."""

_TOLD = {"opened": Doing.OPEN, "fault": Doing.OPEN, "page": Doing.PAINT, "contents": Doing.LIST}

COMMAND = own_command("ui.reader.child")

Told = Callable[[Header, bytearray], None]
"""What is told, in the owner's thread: `is` names it."""


@dataclass
class _Search:
    number: int
    query: str
    at: int = 0
    skip: set[int] = field(default_factory=set)


@dataclass
class _Held:
    """A document and what is wanted of it, for a process that starts anew."""

    file: int
    shown: bool = True
    opened: bool = False
    measured: bool = False
    listed: bool = False
    wants: tuple[tuple[int, float, int], ...] = ()
    painted: set[tuple[int, float, int]] = field(default_factory=set)
    search: _Search | None = None
    damaged: set[int] = field(default_factory=set)
    deaths: int = 0


class _Process:
    """One life of the child."""

    def __init__(self, command: Sequence[str]) -> None:
        self.post = Post()
        self.wire, theirs = pair()
        with theirs:
            self.child = subprocess.Popen(
                [*command, str(theirs.fileno()), str(self.post.file)],
                pass_fds=[theirs.fileno(), self.post.file],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # complaints of the library about a stranger's file
            )

    def kill(self) -> At:
        """End it at once; what it was at. What it said before can still be read."""
        self.child.kill()
        self.child.wait()
        return self.post.read()

    def close(self) -> None:
        """Let go of the wire."""
        self.wire.close()
        self.post.close()


class Owner:
    """`told` is called in the owner's thread."""

    def __init__(self, told: Told, command: Sequence[str] = COMMAND, hang_s: float = HANG_S) -> None:
        self._told, self._command, self._hang_s = told, command, hang_s
        self._lock = threading.Lock()
        self._wishes: deque[tuple[str, int, Any]] = deque()
        self._wake, self._bell = socket.socketpair()
        self._ended = False
        self._held: dict[int, _Held] = {}
        self._process: _Process | None = None
        self._seen: tuple[At, float] | None = None
        self._done: tuple[Doing, int, int] | None = None
        """What was told of last."""
        self._vain = 0
        """Lives in a row that told nothing."""
        self._thread = threading.Thread(target=self._run, name="pdf-reader", daemon=True)
        self._started = False

    # --- from any thread

    def open(self, ticket: int, source: Source, *, shown: bool = True) -> None:
        """Open a document; `opened` or `fault` is told, and later `contents`. One that is not `shown` is searched
        alone: it comes without sizes and contents."""
        self._wish("open", ticket, (source, shown))

    def close(self, ticket: int) -> None:
        """Forget a document."""
        self._wish("close", ticket)

    def want(self, ticket: int, pages: Sequence[tuple[int, float, int]]) -> None:
        """Paint these (page, scale, turned), most wanted first, in place of what was wanted before."""
        self._wish("want", ticket, tuple(pages))

    def search(self, ticket: int, number: int, query: str) -> None:
        """Look for words from the first page on, in place of the search that runs; '' ends it."""
        self._wish("search", ticket, _Search(number, query))

    def pid(self) -> int | None:
        """The process, for whoever measures or kills it; None before the first document."""
        process = self._process
        return process.child.pid if process is not None else None

    def end(self) -> None:
        """End thread and process; waits for both. Calling it again does nothing."""
        with self._lock:
            running, self._ended = self._started and not self._ended, True
        if running:
            self._bell.send(b"!")
            self._thread.join()
        self._wake.close()
        self._bell.close()

    def running(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    def _wish(self, what: str, ticket: int, more: Any = None) -> None:
        with self._lock:
            if self._ended:
                return
            self._wishes.append((what, ticket, more))
            if not self._started:
                self._started = True
                self._thread.start()
            self._bell.send(b"!")

    # --- the thread

    def _run(self) -> None:
        try:
            while not self._ended:
                self._turn()
        except Exception:
            log.exception("the owner of the reader broke down")
        finally:
            if self._process is not None:
                self._process.kill()
                self._process.close()
                self._process = None
            for held in self._held.values():
                os.close(held.file)
            self._held.clear()

    def _turn(self) -> None:
        process = self._process
        ears: list[socket.socket] = [self._wake] if process is None else [self._wake, process.wire]
        heard = select.select(ears, [], [], LOOK_S if process is not None and not self._rests() else None)[0]
        if self._wake in heard:
            self._wake.recv(4096)
        try:
            if process is not None and process.wire in heard:
                self._hear(process)
            self._work_off()
        except (OSError, Broken):
            self._start_anew()
        else:
            if self._hangs():
                self._start_anew()

    def _rests(self) -> bool:
        return self._process is not None and self._process.post.read().doing is Doing.REST and not self._wishes

    def _hangs(self) -> bool:
        if self._process is None:
            return False
        at, now = self._process.post.read(), time.monotonic()
        if at.doing is Doing.REST or self._seen is None or self._seen[0] != at:
            self._seen = (at, now)
            return False
        return now - self._seen[1] > self._hang_s

    def _work_off(self) -> None:
        while self._wishes and not self._ended:
            with self._lock:
                what, ticket, more = self._wishes.popleft()
            if what == "open":
                self._open(ticket, *more)
            elif (held := self._held.get(ticket)) is not None:
                self._change(ticket, held, what, more)

    def _open(self, ticket: int, source: Source, shown: bool) -> None:
        try:
            file = _file_of(source)
        except OSError:
            self._told({"is": "fault", "ticket": ticket, "code": "missing"}, bytearray())
            return
        self._held[ticket] = held = _Held(file, shown)
        self._send_open(ticket, held)

    def _send_open(self, ticket: int, held: _Held) -> None:
        if self._process is None:
            self._process, self._seen = _Process(self._command), None
        send_with(
            self._process.wire, {"do": "open", "ticket": ticket, "shown": held.shown and not held.listed}, held.file
        )

    def _change(self, ticket: int, held: _Held, what: str, more: Any) -> None:
        if what == "close":
            del self._held[ticket]
            os.close(held.file)
            self._say({"do": "close", "ticket": ticket})
        elif what == "want":
            held.wants = more
            held.painted.clear()
            self._send_wants(ticket, held)
        else:
            held.search = more if more.query else None
            self._say_search(ticket, more)

    def _say_search(self, ticket: int, search: _Search) -> None:
        told = {"number": search.number, "query": search.query, "at": search.at, "skip": sorted(search.skip)}
        self._say({"do": "search", "ticket": ticket, **told})

    def _send_wants(self, ticket: int, held: _Held) -> None:
        left = [one for one in held.wants if one not in held.painted]
        for page, scale, turned in left:
            if page in held.damaged:
                held.painted.add((page, scale, turned))
                self._tell_damaged(ticket, page, scale, turned)
        self._say({"do": "want", "ticket": ticket, "pages": [one for one in left if one[0] not in held.damaged]})

    def _tell_damaged(self, ticket: int, page: int, scale: float, turned: int) -> None:
        told = {"is": "page", "ticket": ticket, "page": page, "scale": scale, "turned": turned}
        self._told(told | {"width": 0, "height": 0, "stride": 0}, bytearray())

    def _say(self, header: Header) -> None:
        if self._process is not None:
            send_with(self._process.wire, header, None)

    def _hear(self, process: _Process) -> None:
        came = read(process.wire)
        if came is None:
            raise Broken
        header, payload = came
        self._vain = 0
        doing = _TOLD.get(header.get("is", ""))
        if doing is not None:
            self._done = (doing, header["ticket"], header.get("page", -1))
        held = self._held.get(header.get("ticket", 0))
        if held is None:
            return
        match header.get("is"):
            case "opened":
                if held.opened:  # in an earlier life: the windows know
                    return
                held.opened = True
            case "sizes":
                if held.measured:
                    return
                held.measured = True
            case "contents":
                if held.listed:
                    return
                held.listed = True
            case "page":
                held.painted.add((header["page"], header["scale"], header["turned"]))
                if header["stride"] * header["height"] != len(payload) or header["width"] * 3 > header["stride"]:
                    raise Broken
            case "hits":
                search = held.search
                if search is None or search.number != header["number"]:
                    return
                search.at = header["searched"]
                if header["ended"]:
                    held.search = None
            case "fault":
                self._forget(header["ticket"])
        self._told(header, payload)

    def _give_up(self, ticket: int) -> None:
        self._forget(ticket)
        self._told({"is": "fault", "ticket": ticket, "code": "damaged"}, bytearray())

    def _forget(self, ticket: int) -> None:
        os.close(self._held.pop(ticket).file)

    def _start_anew(self) -> None:
        """The process died or hangs: leave out what it was at, and bring everything else back."""
        process, self._process = self._process, None
        if process is None:
            return
        at = process.kill()
        with contextlib.suppress(OSError, Broken):
            while True:
                self._hear(process)
        process.close()
        log.warning("the reader's process ended while it was at %s", at)
        self._blame(at)
        self._vain += 1
        if self._vain > VAIN:
            for ticket in list(self._held):
                self._give_up(ticket)
        try:
            for ticket, held in list(self._held.items()):
                self._bring_back(ticket, held)
        except OSError:
            log.warning("the reader's new process did not take what was open")

    def _blame(self, at: At) -> None:
        """Leave out what it was at, unless it had told of that already."""
        culprit = self._held.get(at.ticket)
        if culprit is not None and self._done != (at.doing, at.ticket, at.page):
            culprit.deaths += 1
            if at.doing is Doing.OPEN or culprit.deaths > DEATHS:
                self._give_up(at.ticket)
            elif at.doing is Doing.PAINT:
                culprit.damaged.add(at.page)
            elif at.doing is Doing.LIST and not culprit.listed:
                culprit.listed = True
                self._told({"is": "contents", "ticket": at.ticket, "contents": []}, bytearray())
            elif culprit.search is not None:
                culprit.search.skip.add(at.page)

    def _bring_back(self, ticket: int, held: _Held) -> None:
        self._send_open(ticket, held)
        self._send_wants(ticket, held)
        if held.search is not None:
            self._say_search(ticket, held.search)


def _file_of(source: Source) -> int:
    """An open file of a document: one in memory that has no name, or the one on the disk."""
    if isinstance(source, Path):
        return os.open(source, os.O_RDONLY | os.O_CLOEXEC)
    return (Kept(source) if isinstance(source, bytes) else source).another()

"""Pictures without sound between machines: follows what the view says of who shows itself to whom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from app.ports.call import Call, CallNews, PictureCame, Signalling
from app.ports.camera import Frame
from app.ports.device import Unsubscribe
from ui.call.line import RoomLine, SignalLink
from ui.call.seen import CallSeen

END_S = 5.0
"""Seconds that a window which closes waits for its engine at most."""


class PictureDesk(QObject):
    """One engine while there is anybody to show to or to see. `came` carries whose picture, and the Frame.

    The state of a link is not told on: only the age of the newest picture says whether one sees somebody.
    """

    came = Signal(str, object)
    _heard = Signal(object)

    def __init__(
        self,
        link: SignalLink,
        signalled: SignalInstance,
        make: Callable[[Signalling], Call],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._signalled, self._make = link, signalled, make
        self._seen: CallSeen | None = None
        self._call: Call | None = None
        self._line: RoomLine | None = None
        self._leave: Unsubscribe | None = None
        self._peers: set[str] = set()
        self._heard.connect(self._take)

    def follow(self, seen: CallSeen | None) -> None:
        """Be linked with those whom the view names; with nobody where it names none."""
        before, self._seen = self._seen, seen
        if seen is None or not seen.inside:
            self._end()
            return
        if before is None or (before.stream, before.call, before.party) != (seen.stream, seen.call, seen.party):
            self._end()
        if self._call is None:
            self._begin(seen)
        self._meet(seen)

    @property
    def is_open(self) -> bool:
        """Whether there is anybody."""
        return self._call is not None

    def show(self, frame: Frame) -> None:
        """The own picture, from any thread."""
        call = self._call
        if call is not None:
            call.show(frame)

    def close(self) -> None:
        """The window ends."""
        call = self._call
        self._end()
        if call is not None:
            call.join(END_S)

    def _begin(self, seen: CallSeen) -> None:
        self._line = RoomLine(self._link, self._signalled, seen.stream, seen.call, self)
        call = self._call = self._make(self._line)
        self._leave = call.subscribe(self._hear)
        call.start()

    def _meet(self, seen: CallSeen) -> None:
        if self._call is None:
            return
        wanted = {partner.party: partner for partner in seen.partners}
        for party in self._peers - set(wanted):
            self._call.drop(party)
        for party, partner in wanted.items():
            if party not in self._peers:
                self._call.connect(party, offers=partner.offers)
        self._peers = set(wanted)

    def _end(self) -> None:
        self._peers = set()
        if self._leave is not None:
            self._leave()
            self._leave = None
        if self._call is not None:
            self._call.stop()
            self._call = None
        if self._line is not None:
            self._line.deleteLater()
            self._line = None

    def _hear(self, news: CallNews) -> None:
        """From the engine's thread."""
        if isinstance(news, PictureCame):
            self._heard.emit(news)

    @Slot(object)
    def _take(self, news: PictureCame) -> None:
        if news.peer in self._peers:  # of someone who is gone meanwhile nothing is shown
            self.came.emit(news.peer, news.frame)

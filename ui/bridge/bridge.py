"""One object that a window holds: it starts the link, and the link's messages arrive as signals in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from app.link import (
    Answered,
    Failed,
    Happened,
    Identity,
    JournalProved,
    LineChanged,
    RoomLink,
    SessionEnded,
    Signalled,
    Trouble,
    ViewChanged,
    WritingChanged,
)
from ui.bridge.inbox import Inbox

AT_ONCE = 50
"""Messages passed on before the window has a turn again: a long journal must not freeze it."""


class Bridge(QObject):
    """Owns the machine's `RoomLink` (`link`) and re-emits its messages, each a frozen dataclass of `app.link`."""

    view_changed = Signal(object)
    happened = Signal(object)
    answered = Signal(object)
    failed = Signal(object)
    line_changed = Signal(object)
    session_ended = Signal(object)
    signalled = Signal(object)
    proved = Signal(object)
    writing_changed = Signal(object)
    trouble = Signal(object)
    _arrived = Signal()

    def __init__(self, identity: Identity, folder: Path, lang: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Queued, always: it crosses over from the link's thread, and lets the window have its turn in between.
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        # What is left after one helping waits for a timer: a signal posted meanwhile would be heard in the same turn,
        # and keys, clocks and pictures would wait until all is told.
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._pass_on)
        self._stopped = False
        # Weakly: what ends a forgotten link must not be what keeps its bridge alive.
        wake = WeakMethod(self._wake)
        self._inbox = Inbox(lambda: (awake := wake()) and awake())
        self.link = RoomLink(identity, folder, self._inbox.put, lang)
        # A window that is deleted without a word leaves no thread either.
        self.destroyed.connect(_ending(self._inbox, self.link))

    def start(self) -> None:
        """Begin; the first view follows. The end of the application ends the link too."""
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)
        self.link.start()

    @Slot()
    def stop(self) -> None:
        """End the link and its threads, within two seconds; no signal comes afterwards."""
        self._stopped = True
        self._next.stop()
        self._inbox.close()
        self.link.stop()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # this object is being deleted meanwhile
            self._arrived.emit()

    @Slot()
    def _pass_on(self) -> None:
        signals = {
            ViewChanged: self.view_changed,
            Happened: self.happened,
            Answered: self.answered,
            Failed: self.failed,
            LineChanged: self.line_changed,
            SessionEnded: self.session_ended,
            Signalled: self.signalled,
            JournalProved: self.proved,
            WritingChanged: self.writing_changed,
            Trouble: self.trouble,
        }
        for message in self._inbox.take(AT_ONCE):
            if self._stopped:  # by a window that closed because of the message before
                return
            signals[type(message)].emit(message)
        if self._inbox:
            self._next.start()


def _ending(inbox: Inbox, link: RoomLink) -> Callable[[], None]:
    """What ends a link whose bridge is gone; holds no reference to the bridge."""

    def end() -> None:
        inbox.close()
        link.stop()

    return end

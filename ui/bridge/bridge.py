"""One object that a window holds: it starts the link, and the link's messages arrive as signals in the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.link import (
    Answered,
    Failed,
    Happened,
    Identity,
    LineChanged,
    LinkMessage,
    RoomLink,
    SessionEnded,
    ViewChanged,
)


class Bridge(QObject):
    """Owns the machine's `RoomLink` (`link`) and re-emits its messages, each a frozen dataclass of `app.link`."""

    view_changed = Signal(object)
    happened = Signal(object)
    answered = Signal(object)
    failed = Signal(object)
    line_changed = Signal(object)
    session_ended = Signal(object)
    _arrived = Signal(object)

    def __init__(self, identity: Identity, folder: Path, lang: str = "zh", parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The link calls from its own threads: `_arrived` crosses over, because its receiver lives in this one.
        self._arrived.connect(self._pass_on)
        self.link = RoomLink(identity, folder, self._arrived.emit, lang)

    def start(self) -> None:
        """Begin; the first view follows."""
        self.link.start()

    def stop(self) -> None:
        """End the link and its threads."""
        self.link.stop()

    @Slot(object)
    def _pass_on(self, message: LinkMessage) -> None:
        signals = {
            ViewChanged: self.view_changed,
            Happened: self.happened,
            Answered: self.answered,
            Failed: self.failed,
            LineChanged: self.line_changed,
            SessionEnded: self.session_ended,
        }
        signals[type(message)].emit(message)

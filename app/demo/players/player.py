"""What every scripted person can do: look, press, type, and keep a picture of every screen."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.demo.wires import Message, Wire

W = TypeVar("W", bound=QWidget)

TICK_MS = 120
"""How often a player looks at the window: a person is slower, a rehearsal should not be."""

PATIENCE = 40
"""Looks after which a player acts on a page that has not settled: a document that cannot be had stops nobody."""


class Player(QObject):
    """Sits before `window`, which has `page_name`. Subclasses add one method `on_<page>` a page they act on.

    Where a real person plays, `acts` is false: then the player only watches, and tells the others what anyone in the
    room would see.
    """

    patience = PATIENCE

    def __init__(self, window: Any, wire: Wire, pictures: Path, name: str, *, acts: bool) -> None:
        super().__init__()
        self._acts = acts
        self.window: Any = window
        self.wire = wire
        self._pictures = pictures
        self._name = name
        self._seen: dict[str, int] = {}
        self._did: set[str] = set()
        self._page = ""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to act."""
        self._timer.start()

    def stop(self) -> None:
        """Sit still."""
        self._timer.stop()

    def hear(self, message: Message) -> None:
        """Take a message of the play; subclasses decide what it means."""

    # --- looking

    def _look(self) -> None:
        page = str(self.window.page_name)
        if page != self._page:
            self._page = page
            self.wire.say("page", page=page)
        self._seen[page] = self._seen.get(page, 0) + 1
        self.watch()
        if self._seen[page] < 3 or (not self.settled() and self._seen[page] < self.patience):
            return
        if self.once(f"settled/{page}"):
            self.picture(page)
        act = getattr(self, f"on_{page}", None)
        if self._acts and act is not None:
            act()

    def watch(self) -> None:
        """Tell the play what happened at this window, whoever made it happen; at every look."""

    def settled(self) -> bool:
        """Whether the page shows all that a person waits for before acting; asked at every look."""
        return True

    def picture(self, page: str) -> None:
        """Keep a picture of the window as it is now, once a page."""
        stamp = f"{time.monotonic_ns():020d}"
        path = self._pictures / f"{stamp}~{self._name}~{page}.png"
        if not any(self._pictures.glob(f"*~{self._name}~{page}.png")):
            self.window.grab().save(str(path))

    def find(self, name: str) -> QWidget | None:
        """The visible, enabled widget of this name, or None."""
        for widget in self.window.findChildren(QWidget, name):
            if isinstance(widget, QWidget) and widget.isVisible() and widget.isEnabled():
                return widget
        return None

    def shown(self, kind: type[W]) -> W | None:
        """The first visible widget of a kind: what a person looks at."""
        for widget in self.window.findChildren(kind):
            if isinstance(widget, kind) and widget.isVisible():
                return widget
        return None

    # --- acting

    def press(self, name: str) -> bool:
        """Click a button; False where it cannot be pressed now."""
        widget = self.find(name)
        if widget is not None and not isinstance(widget, QAbstractButton):
            widget = next((b for b in widget.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()), None)
        if widget is None:
            return False
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        return True

    def write(self, name: str, text: str) -> bool:
        """Put text into a field, in place of what it holds; False where there is no such field now."""
        widget = self._editor(name)
        if widget is None:
            return False
        widget.setFocus()
        widget.selectAll()
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        commit = QInputMethodEvent()
        commit.setCommitString(text)  # as an input method commits Chinese text
        QApplication.sendEvent(widget, commit)
        return True

    def _editor(self, name: str) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
        found = self.find(name)
        if found is None or isinstance(found, QLineEdit | QPlainTextEdit | QTextEdit):
            return found
        for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
            for child in found.findChildren(kind):
                if isinstance(child, kind) and child.isVisible():
                    return child
        return None

    def once(self, name: str) -> bool:
        """True the first time that `name` is asked for: some things a person does only once."""
        new = name not in self._did
        self._did.add(name)
        return new

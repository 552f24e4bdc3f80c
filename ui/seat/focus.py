"""Notices when a seat that fills its screen loses the keyboard to something else, and tells the room, once a minute."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.evaluation.matters.focus import MOST
from app.link import Answered, Failed
from app.ports.ambient import Clock
from ui.seat.desk import Desk

QUIET_S = 60.0
"""A window that comes and goes makes one entry a minute, with how often."""


class FocusWatch(QObject):
    """Of a window that is not full screen nothing is told: there other windows are meant to be."""

    def __init__(self, desk: Desk, window: QWidget, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._window, self._clock = desk, window, clock
        self._lost = 0
        self._told_s: float | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._take)

    @Slot(Qt.ApplicationState)
    def _take(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationInactive and self._window.isFullScreen():
            self._lost = min(self._lost + 1, MOST)
            self.tick()

    def tick(self) -> None:
        """Tell what is to be told; without a member at the seat it concerns nobody."""
        if self._lost == 0:
            return
        if not self._desk.sight.alias:
            self._lost = 0
            return
        now = self._clock.monotonic()
        if self._told_s is None or now - self._told_s >= QUIET_S:
            self._told_s, times, self._lost = now, self._lost, 0
            self._desk.send(self, "NoteFocusLoss", {"times": times})

    def answered(self, answer: Answered) -> None:
        """It is an entry."""

    def refused(self, failure: Failed) -> None:
        """The member is not at work any more: it concerns nobody."""

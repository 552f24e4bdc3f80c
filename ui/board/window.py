"""The wall display's window: the room's name, its time, its seats."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, QLocale, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent

from app.link import Happened, LineChanged, ViewChanged
from app.ports.ambient import Clock
from ui.board.seats import BoardPlan, BoardSeat
from ui.bridge.bridge import Bridge
from ui.models.room_time import RoomTime
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Page
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text

LOOK_MS = 3000


class BoardWindow(Page):
    """One page that needs nobody. `page_name` is `board`; `page_changed` is there for whoever drives windows."""

    page_changed = Signal(str)

    def __init__(self, bridge: Bridge, clock: Clock) -> None:
        self._header = HeaderBar()
        super().__init__(self._header)
        self._time = RoomTime(clock)
        self._away = self.add(
            NoticeLine(
                Notice(Tone.ATTENTION, self.tr("The line to the room is interrupted; what is shown may be old."))
            )
        )
        self._away.hide()
        body = self.add(Column(gap=Space.WIDE, margin=Space.PAGE), 1)
        self._free = body.add(Text("", Role.INSTRUCTION))
        self._plan = body.add(BoardPlan(), 1)
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()
        # A display is told no entries, so it looks by itself.
        self._again = QTimer(self)
        self._again.setInterval(LOOK_MS)
        self._again.timeout.connect(bridge.link.refresh)
        self._again.start()
        bridge.view_changed.connect(self._view_changed)
        bridge.happened.connect(self._happened)
        bridge.line_changed.connect(self._line_changed)

    @property
    def page_name(self) -> str:
        """The only page."""
        return "board"

    @Slot(object)
    def _view_changed(self, message: ViewChanged) -> None:
        room: dict[str, Any] = message.view.get("room") or {}
        if at := message.view.get("at"):
            self._time.hear(str(at))
            self._tick()
        self._header.set_title(str(room.get("name") or ""))
        self._header.set_rehearsal(bool(room.get("rehearsal")))
        seats = [
            BoardSeat(str(seat["id"]), int(seat["x"]), int(seat["y"]), in_use=bool(seat.get("in_use")))
            for seat in room.get("seats") or ()
        ]
        self._plan.show_seats(seats)
        free = sum(not seat.in_use for seat in seats)
        self._free.setText(self.tr("{free} of {all} seats are free").format(free=free, all=len(seats)))

    @Slot(object)
    def _happened(self, message: Happened) -> None:
        if at := message.entry.get("at"):
            self._time.hear(str(at))

    @Slot(object)
    def _line_changed(self, message: LineChanged) -> None:
        self._away.setVisible(not message.up)

    @Slot()
    def _tick(self) -> None:
        now = self._time.now()
        if now is not None:
            day = QLocale().toString(QDate(now.year, now.month, now.day), QLocale.FormatType.LongFormat)
            self._header.set_clock(now.strftime("%H:%M"), day)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what ticks."""
        self._ticker.stop()
        self._again.stop()
        super().closeEvent(event)

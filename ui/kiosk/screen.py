"""The kiosk's screen: the header, one page at a time, and a line in place while the room is away."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.ports.ambient import Clock
from ui.kiosk.face_pages import FacePage, TurnPage
from ui.kiosk.names import Name, PageName
from ui.kiosk.pages import BoxPage, DoubtPage, IdlePage, MessagePage, SeatPage, TakePage, leave_page
from ui.kiosk.stage import Stage
from ui.models.room_time import RoomTime
from ui.theme import Tone, look
from ui.widgets.boxes import Page
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice, NoticeLine

_LOW = 560
"""Below this height (px at scale 1.0) pages leave out what is said elsewhere too: 768 px at the largest type."""


class Screen(Page):
    """Shows; decides nothing. `page_changed` carries the new page's name."""

    page_changed = Signal(str)

    def __init__(self, clock: Clock, needed: int) -> None:
        self._header = HeaderBar()
        super().__init__(self._header)
        self._time = RoomTime(clock)
        self._away = self.add(
            NoticeLine(Notice(Tone.ATTENTION, self.tr("The line to the room is interrupted; it comes back by itself.")))
        )
        self._away.hide()
        self._stack = self.add(QStackedWidget(), 1)
        # The line above the pages may come at any time: the window must not grow beyond the screen for it.
        self._stack.setMinimumHeight(1)
        self.idle = IdlePage()
        self.face = FacePage(needed)
        self.turn = TurnPage()
        self.doubt = DoubtPage()
        self.store = BoxPage(
            self.tr("Put your phone into this box"),
            self.tr(
                "Also watches and anything that stores, takes pictures or records. Close the box, then press Enter."
            ),
            self.tr("My things are in, the box is closed (Enter)"),
            Name.PHONE_STORED,
            self.tr("This box does not open: another one"),
        )
        self.take = TakePage()
        self.seat = SeatPage()
        self.collect = BoxPage(
            self.tr("Take your phone out of this box"),
            self.tr("Take everything that is yours, close the box, then press Enter."),
            self.tr("I have my things (Enter)"),
            Name.PHONE_TAKEN,
        )
        self.leave = leave_page()
        self.message = MessagePage()
        self._pages: dict[PageName, Stage | SeatPage | FacePage | TurnPage] = {
            PageName.IDLE: self.idle,
            PageName.FACE: self.face,
            PageName.TURN: self.turn,
            PageName.DOUBT: self.doubt,
            PageName.STORE_PHONE: self.store,
            PageName.TAKE_SLOT: self.take,
            PageName.SEAT: self.seat,
            PageName.TAKE_PHONE: self.collect,
            PageName.LEAVE: self.leave,
        }
        for page in (*self._pages.values(), self.message):
            self._stack.addWidget(page)
        self._name = PageName.IDLE
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A screen that is low for its type shows what counts, whole, and leaves the rest out."""
        super().resizeEvent(event)
        low = self.height() < look().px(_LOW)
        for page in (*self._pages.values(), self.message):
            page.be_low(low)

    @property
    def page_name(self) -> str:
        """The page shown now."""
        return self._name.value

    def turn_to(self, name: PageName) -> None:
        """Show a page; the focus goes to its one control."""
        page = self._pages.get(name, self.message)
        self._name = name
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit(name.value)

    def say(self, name: PageName, headline: str, detail: str, button: str = "", notice: Notice | None = None) -> None:
        """Show one of the pages that only say something."""
        self.message.show_message(headline, detail, button, notice)
        self.turn_to(name)

    def back_words(self) -> str:
        """The caption of the one button of a page that only says something."""
        return self.tr("Back to the start (Enter)")

    def show_room(self, room: str, *, rehearsal: bool) -> None:
        """Which room this is the door of."""
        self._header.set_title(room, self.tr("Entrance"))
        self._header.set_rehearsal(rehearsal)

    def hear_time(self, at: str) -> None:
        """The room named a moment."""
        self._time.hear(at)
        self._tick()

    def show_line(self, *, up: bool) -> None:
        """Whether the room can be reached."""
        self._away.setVisible(not up)

    def stop(self) -> None:
        """End what ticks."""
        self._ticker.stop()

    def _tick(self) -> None:
        now = self._time.now()
        if now is not None:
            day = QLocale().toString(QDate(now.year, now.month, now.day), QLocale.FormatType.LongFormat)
            self._header.set_clock(now.strftime("%H:%M"), day)

"""The phone into its box on the way in, out of it on the way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.link import Failed
from ui.kiosk.counter import Counter
from ui.kiosk.gate import Gate
from ui.kiosk.names import PageName
from ui.kiosk.pages import BoxPage
from ui.kiosk.screen import Screen
from ui.kiosk.visit import Visit
from ui.theme import Tone
from ui.widgets.notice import Notice


class Phones(QObject):
    """Opens boxes and waits until they are shut. `ready` when it is the person's turn, `settled` when the room
    has what was done in its journal, `refused` with a Failed when it has not, `full` when no box is left."""

    ready = Signal()
    settled = Signal()
    refused = Signal(object)
    full = Signal()

    def __init__(self, screen: Screen, counter: Counter, gate: Gate) -> None:
        super().__init__(screen)
        self._screen, self._counter, self._gate = screen, counter, gate
        self._box = ""
        self._told_open = False
        screen.store.done.connect(self._in)
        screen.store.other.connect(self.other)
        screen.collect.done.connect(self._out)

    def offer(self, visit: Visit) -> None:
        """Open a free box."""
        box = self._gate.boxes.offer(visit.locker)
        if box is None:
            self.full.emit()
        else:
            self._open(box, PageName.STORE_PHONE, self._screen.store)

    def give_back(self, box: str) -> None:
        """Open the person's own box."""
        self._open(box, PageName.TAKE_PHONE, self._screen.collect)

    @Slot()
    def other(self) -> None:
        """This box is no good: the next one."""
        self._gate.boxes.set_aside(self._box)
        if self._counter.visit is not None:
            self.offer(self._counter.visit)

    def _open(self, box: str, name: PageName, page: BoxPage) -> None:
        self._box, self._told_open = box, False
        page.begin(box)
        self._screen.turn_to(name)
        mine = self._counter.mine
        self._gate.open_box(box, mine(lambda _nothing: self._opened(page)), mine(lambda _fault: self._stuck(page)))

    def _opened(self, page: BoxPage) -> None:
        page.ready()
        self.ready.emit()

    def _stuck(self, page: BoxPage) -> None:
        if page is self._screen.store:
            page.stuck(Notice(Tone.ERROR, self.tr("This box did not open: press Enter for another one.")))
        else:
            page.ready(Notice(Tone.ERROR, self.tr("The box did not open: staff will open it for you.")))

    @Slot()
    def _in(self) -> None:
        self._when_closed(self._screen.store, self._stored)

    @Slot()
    def _out(self) -> None:
        self._when_closed(self._screen.collect, self._taken)

    def _stored(self, box: str) -> None:
        self._counter.send("StorePhone", self._done, self._not_stored, locker=box)

    def _taken(self, box: str) -> None:
        self._counter.send("ReturnPhone", self._done, self.refused.emit, locker=box)

    def _done(self, _answer: object) -> None:
        self.settled.emit()

    def _not_stored(self, failure: Failed) -> None:
        if failure.code == "locker_in_use":
            self.other()
        else:
            self.refused.emit(failure)

    def _when_closed(self, page: BoxPage, done: Callable[[str], None]) -> None:
        """Go on once the box is shut, or once the person said twice that it is: sensors break."""
        page.wait()

        def told(closed: bool) -> None:
            if closed or self._told_open:
                done(self._box)
                return
            self._told_open = True
            text = self.tr("The box seems to be open: please close it, then press Enter again.")
            page.ready(Notice(Tone.ATTENTION, text))

        self._gate.look_at_box(self._box, self._counter.mine(told))

"""The seat's number, and the door: it opens when the room has it in its journal, inwards and outwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.link import Failed
from ui.kiosk.counter import Counter
from ui.kiosk.gate import Gate
from ui.kiosk.names import PageName
from ui.kiosk.screen import Screen
from ui.kiosk.sought import Outcome
from ui.kiosk.visit import DoorWay, SeatDrawn, Visit, qr_content
from ui.theme import Tone
from ui.widgets.notice import Notice
from ui.widgets.seat_number import DrawnSeat


class Doorway(QObject):
    """`shown` when a seat stands on the screen; `gone` with whether the door let the person out."""

    shown = Signal()
    gone = Signal(bool)

    def __init__(self, screen: Screen, counter: Counter, gate: Gate) -> None:
        super().__init__(screen)
        self._screen, self._counter, self._gate = screen, counter, gate
        self.seat_id = ""
        screen.leave.done.connect(self._go)

    def forget(self) -> None:
        """The next person sees no seat."""
        self.seat_id = ""
        self._screen.seat.clear()

    # --- in

    def show_seat(self, visit: Visit, seat: SeatDrawn) -> None:
        """Show the seat, and open the door where the room says that it may be opened now."""
        self.seat_id = seat.id
        self._screen.seat.show_seat(DrawnSeat(seat.id, seat.way, seat.code, qr_content(seat.code)), self._said(visit))
        self._screen.seat.offer_staff(offered=visit.door is DoorWay.INSIDE)
        self._screen.turn_to(PageName.SEAT)
        self.shown.emit()
        if visit.door is DoorWay.VISIT:
            self.enter(None)
        elif visit.door is DoorWay.OPENED:
            self._open_inwards(None)

    def _said(self, visit: Visit) -> Notice | None:
        if visit.door is DoorWay.OTHER and visit.seat is not None:
            text = self.tr("This is another room's door. Your room: {room}.").format(room=visit.seat.room)
            return Notice(Tone.ATTENTION, text)
        if visit.door in {DoorWay.INSIDE, DoorWay.NONE}:
            return Notice(Tone.INFO, self.tr("You are checked in already; this is your seat."))
        return None

    def enter(self, outcome: Outcome | None) -> None:
        """Ask the room to open: with the face that was known, or in the visit in which the key was pressed."""
        more: dict[str, object] = {}
        if outcome is not None and outcome.decision is not None:
            told = outcome.decision.evidence()
            more = {"score": told["score"], "engine": told["engine"], "liveness": outcome.alive()}
        self._counter.send("EnterRoom", self._open_inwards, self._not_opened, **more)

    def _open_inwards(self, _answer: object) -> None:
        mine = self._counter.mine
        self._gate.open_door(mine(self._opened), mine(self._stuck_inwards))

    def _opened(self, _nothing: object) -> None:
        self._screen.seat.tell(Notice(Tone.OK, self.tr("The door is open: please go in.")))

    def _stuck_inwards(self, _fault: Exception) -> None:
        self._screen.seat.tell(Notice(Tone.ATTENTION, self.tr("Staff will open the door for you.")))

    def _not_opened(self, failure: Failed) -> None:
        self._screen.seat.tell(Notice(Tone.ATTENTION, failure.sentence))
        self._screen.seat.offer_staff(offered=True)

    def print_slip(self, room: str, seat: SeatDrawn) -> None:
        """Print the draw for the witness."""
        self._gate.print_slip(room, seat, self._counter.mine(self._not_printed))

    def _not_printed(self, _fault: Exception) -> None:
        self._screen.seat.tell_slip(Notice(Tone.ATTENTION, self.tr("The slip was not printed; please tell the staff.")))

    # --- out

    def offer_way_out(self, _visit: Visit) -> None:
        """The seat is wiped, the phone is out of its box."""
        self._screen.leave.show_message(
            self.tr("Thank you for your work"),
            self.tr("The door opens for you alone. Who has left does not come in again."),
            self.tr("Open the door (Enter)"),
        )
        self._screen.turn_to(PageName.LEAVE)

    @Slot()
    def _go(self) -> None:
        self._counter.send("LeaveRoom", self._left, self._not_left)

    def _not_left(self, failure: Failed) -> None:
        self._screen.say(
            PageName.ASK_STAFF, self.tr("This is not possible now"), failure.sentence, self._screen.back_words()
        )
        self.gone.emit(False)

    def _left(self, _answer: object) -> None:
        mine = self._counter.mine
        self._gate.open_door(mine(self._door_open), mine(self._door_stuck))

    def _door_open(self, _nothing: object) -> None:
        words = self.tr("The door is open. Goodbye!")
        self._screen.say(PageName.GOODBYE, words, "", self._screen.back_words())
        self.gone.emit(True)

    def _door_stuck(self, _fault: Exception) -> None:
        stuck = Notice(Tone.ERROR, self.tr("The door does not answer: staff will open it for you."))
        self._screen.say(PageName.GOODBYE, self.tr("Thank you, goodbye!"), "", self._screen.back_words(), stuck)
        self.gone.emit(False)

"""The kiosk's window: serves one person after another, as the room says what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent

from app.link import Failed, Happened, LineChanged, ViewChanged
from app.ports.ambient import Clock
from app.ports.card import Card, CardFault
from app.ports.face import FaceDecision
from ui.bridge.bridge import Bridge
from ui.kiosk.admission import Admission
from ui.kiosk.counter import Counter
from ui.kiosk.face_tally import Doubt, FaceRule
from ui.kiosk.gate import Gate
from ui.kiosk.hardware import Hardware
from ui.kiosk.names import PageName
from ui.kiosk.phones import Phones
from ui.kiosk.reader_keys import ReaderKeys
from ui.kiosk.screen import Screen
from ui.kiosk.visit import Visit, qr_content
from ui.kiosk.words import card_words, doubt_reason, staff_words
from ui.theme import Tone
from ui.widgets.forms import FieldEntered
from ui.widgets.notice import Notice
from ui.widgets.seat_number import DrawnSeat

_OPEN_TO_CARDS = frozenset({PageName.IDLE, PageName.SEAT, PageName.GOODBYE, PageName.ASK_STAFF, PageName.AWAY})
"""Pages on which the next person may lay a card."""


@dataclass(frozen=True)
class Patience:
    """Seconds after which the kiosk goes back by itself: from the seat's number, from the last words, from a page
    that nobody acts on; and between two questions whether staff have decided."""

    seat_s: float = 30
    last_words_s: float = 12
    rest_s: float = 120
    ask_s: float = 2


PATIENCE = Patience()
FACE_RULE = FaceRule()


class KioskWindow(Screen):
    """One person after another. `page_name` and `page_changed` tell where it stands, `seat_id` which seat it shows."""

    _card_laid = Signal(object)
    _card_failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        hardware: Hardware,
        clock: Clock,
        *,
        patience: Patience = PATIENCE,
        face_rule: FaceRule = FACE_RULE,
    ) -> None:
        super().__init__(clock, face_rule.needed)
        self._hardware, self._patience = hardware, patience
        self._counter = Counter(bridge, self)
        self._gate = Gate(hardware, self)
        self._admission = Admission(self, hardware, clock, face_rule)
        self._phones = Phones(self, self._counter, self._gate)
        self._keys = ReaderKeys(self, hardware.card_reader, clock, lambda: self._name is not PageName.IDLE)
        self._room = ""
        self._fresh = False
        self.seat_id = ""
        self._rest = _single_shot(self, self.rest)
        self._poll = _single_shot(self, self._look_again)
        self._connect(bridge)
        hardware.card_reader.start()
        hardware.camera.start()
        QCoreApplication.instance().installEventFilter(self._keys)  # type: ignore[union-attr]
        self.turn_to(PageName.IDLE)

    def _connect(self, bridge: Bridge) -> None:
        bridge.view_changed.connect(self._view_changed)
        bridge.happened.connect(self._happened)
        bridge.line_changed.connect(self._line_changed)
        self._card_laid.connect(self._card)
        self._card_failed.connect(self._card_fault)
        self._unsubscribe = self._hardware.card_reader.subscribe(self._card_laid.emit, self._card_failed.emit)
        self.idle.entered.connect(self._number_entered)
        self._admission.known.connect(self._face_known)
        self._admission.doubted.connect(self._wait_a_while)
        self._admission.called.connect(self._call_people)
        self._phones.stored.connect(self._phone_stored)
        self._phones.taken.connect(self._phone_taken)
        self._phones.full.connect(self._no_box)
        self.take.taken.connect(self._take_slot)
        self.seat.done.connect(self.rest)
        self.leave.done.connect(self._go)
        self.message.done.connect(self.rest)

    # --- between two people

    @Slot()
    def rest(self) -> None:
        """Back to the beginning; nothing of the person before is left on the screen or in memory."""
        self._drop_visit()
        broken = self.tr("The camera is out of order; staff will look at your document instead.")
        self.idle.tell(Notice(Tone.ATTENTION, broken) if self._admission.camera_failed else None)
        self.turn_to(PageName.IDLE)

    def _drop_visit(self) -> None:
        self._counter.next_person()
        self._admission.stop()
        self._rest.stop()
        self._poll.stop()
        self._fresh = False
        self.seat_id = ""
        self.seat.clear()

    @Slot()
    def _wait_a_while(self) -> None:
        """A page that nobody acts on goes back to the start."""
        self._rest.start(_ms(self._patience.rest_s))

    @Slot(object)
    def _number_entered(self, entered: FieldEntered) -> None:
        self._hardware.card_reader.enter(entered.text)

    @Slot(object)
    def _card(self, card: Card) -> None:
        if self._name in _OPEN_TO_CARDS:
            self._drop_visit()
            self.say(PageName.LOOKING, self.tr("One moment, please"), "")
            self._counter.look_up(card.number, self._found, self._not_found)

    @Slot(object)
    def _card_fault(self, fault: CardFault) -> None:
        if self._name is PageName.IDLE:
            self.idle.tell(Notice(Tone.ERROR, card_words(fault)))

    # --- what comes next

    @Slot()
    def _look_again(self, _answer: object = None) -> None:
        """What comes next for the person who stands here?"""
        self._counter.look_again(self._found, self._not_found)

    def _found(self, visit: Visit | None) -> None:
        if visit is None:
            self._to_staff(*staff_words(""))
        elif self._name is PageName.WAITING and visit.page is PageName.WAITING:
            self._poll.start(_ms(self._patience.ask_s))
        elif self._name is PageName.WAITING and visit.page is PageName.FACE:
            self._to_staff(self.tr("Staff could not confirm who you are"), staff_words("")[1])
        else:
            self._go_on(visit)

    def _not_found(self, failure: Failed) -> None:
        if self._name is PageName.WAITING and failure.code == "room_away":  # staff are coming all the same
            self._poll.start(_ms(self._patience.ask_s))
            return
        self.say(PageName.AWAY, self.tr("Please try again"), failure.sentence, self._start_again())
        self._wait_a_while()

    def _go_on(self, visit: Visit) -> None:
        self._wait_a_while()
        step = {
            PageName.FACE: self._compare,
            PageName.WAITING: self._wait_for_people,
            PageName.STORE_PHONE: self._phones.offer,
            PageName.TAKE_SLOT: self._offer_slot,
            PageName.SEAT: self._show_seat,
            PageName.TAKE_PHONE: self._give_back,
            PageName.LEAVE: self._offer_way_out,
        }.get(visit.page)
        if step is None:
            self._to_staff(*staff_words(visit.state))
        else:
            step(visit)

    def _refused(self, failure: Failed) -> None:
        self._to_staff(self.tr("This is not possible now"), failure.sentence)

    def _to_staff(self, headline: str, detail: str) -> None:
        self._admission.stop()
        self._poll.stop()
        self.say(PageName.ASK_STAFF, headline, detail, self._start_again())
        self._wait_a_while()

    def _start_again(self) -> str:
        return self.tr("Back to the start (Enter)")

    # --- the face, or two people

    def _compare(self, visit: Visit) -> None:
        self._rest.stop()  # the check has its own limit
        self._admission.compare(visit)

    @Slot(object)
    def _face_known(self, known: FaceDecision) -> None:
        self._admission.stop()
        self.say(PageName.LOOKING, self.tr("Thank you"), self.tr("One moment, please"))
        told = known.evidence()
        self._counter.send("CheckIn", self._look_again, self._refused, score=told["score"], engine=told["engine"])

    @Slot(object)
    def _call_people(self, why: Doubt) -> None:
        reason = doubt_reason(why)
        self._counter.send("RequestRelease", self._look_again, self._not_called, what="admission", reason=reason)

    def _not_called(self, failure: Failed) -> None:
        if failure.code == "already_requested":
            self._look_again()
        else:
            self.doubt.tell(Notice(Tone.ERROR, failure.sentence))

    def _wait_for_people(self, visit: Visit) -> None:
        headline = self.tr("Staff are coming, please wait here")
        self.say(PageName.WAITING, headline, self.tr("Have your document ready. This page goes on by itself."))
        self._rest.stop()
        self._poll.start(_ms(self._patience.ask_s))

    # --- the phone

    @Slot(str)
    def _phone_stored(self, box: str) -> None:
        self._counter.send("StorePhone", self._look_again, self._box_refused, locker=box)

    def _box_refused(self, failure: Failed) -> None:
        if failure.code == "locker_in_use":
            self._phones.other()
        else:
            self._refused(failure)

    @Slot()
    def _no_box(self) -> None:
        self._to_staff(self.tr("No phone box is free"), staff_words("")[1])

    def _give_back(self, visit: Visit) -> None:
        if visit.locker is None:
            self._to_staff(*staff_words(visit.state))
        else:
            self._phones.give_back(visit.locker)

    @Slot(str)
    def _phone_taken(self, box: str) -> None:
        self._counter.send("ReturnPhone", self._look_again, self._refused, locker=box)

    # --- the seat

    def _offer_slot(self, visit: Visit) -> None:
        self.take.begin()
        self.turn_to(PageName.TAKE_SLOT)

    @Slot()
    def _take_slot(self) -> None:
        self._counter.send("TakeSlot", self._slot_taken, self._slot_refused)

    def _slot_taken(self, _answer: object) -> None:
        self._fresh = True
        self._look_again()

    def _slot_refused(self, failure: Failed) -> None:
        self.take.tell(Notice(Tone.ERROR, failure.sentence))

    def _show_seat(self, visit: Visit) -> None:
        seat = visit.seat
        if seat is None:
            self._to_staff(*staff_words(visit.state))
            return
        fresh, self._fresh = self._fresh, False
        self.seat_id = seat.id
        told = None if fresh else Notice(Tone.INFO, self.tr("You are checked in already; this is your seat."))
        self.seat.show_seat(DrawnSeat(seat.id, seat.way, seat.code, qr_content(seat.code)), told)
        self.turn_to(PageName.SEAT)
        self._rest.start(_ms(self._patience.seat_s))
        if fresh:
            self._gate.print_slip(self._room, seat, self._counter.mine(self._not_printed))

    def _not_printed(self, _fault: Exception) -> None:
        self.seat.tell(Notice(Tone.ATTENTION, self.tr("The slip was not printed; please tell the staff.")))

    # --- the way out

    def _offer_way_out(self, visit: Visit) -> None:
        self.leave.show_message(
            self.tr("Thank you for your work"),
            self.tr("The door opens for you alone. Who has left does not come in again."),
            self.tr("Open the door (Enter)"),
        )
        self.turn_to(PageName.LEAVE)

    @Slot()
    def _go(self) -> None:
        self._counter.send("LeaveRoom", self._left, self._refused)

    def _left(self, _answer: object) -> None:
        mine = self._counter.mine
        self._gate.open_door(mine(self._door_open), mine(self._door_stuck))

    def _door_open(self, _nothing: object) -> None:
        self.say(PageName.GOODBYE, self.tr("The door is open. Goodbye!"), "", self._start_again())
        self._rest.start(_ms(self._patience.last_words_s))

    def _door_stuck(self, _fault: Exception) -> None:
        stuck = Notice(Tone.ERROR, self.tr("The door does not answer: staff will open it for you."))
        self.say(PageName.GOODBYE, self.tr("Thank you, goodbye!"), "", self._start_again(), stuck)
        self._wait_a_while()

    # --- what the link tells

    @Slot(object)
    def _view_changed(self, message: ViewChanged) -> None:
        room = message.view.get("room") or {}
        self._room = str(room.get("name") or "")
        self.show_room(self._room, rehearsal=bool(room.get("rehearsal")))
        if at := message.view.get("at"):
            self.hear_time(str(at))
        self._ask_soon()

    @Slot(object)
    def _happened(self, message: Happened) -> None:
        if at := message.entry.get("at"):
            self.hear_time(str(at))
        self._ask_soon()

    def _ask_soon(self) -> None:
        """Something happened: staff may have decided."""
        if self._name is PageName.WAITING and not self._counter.waiting:
            self._look_again()

    @Slot(object)
    def _line_changed(self, message: LineChanged) -> None:
        self.show_line(up=message.up)

    # --- the window itself

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the start: a person may begin again at any time."""
        if event.key() == Qt.Key.Key_Escape and self._name is not PageName.LOOKING:
            self.rest()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of everything that runs."""
        QCoreApplication.instance().removeEventFilter(self._keys)  # type: ignore[union-attr]
        self._drop_visit()
        self._unsubscribe()
        self._hardware.card_reader.stop()
        self._hardware.camera.stop()
        self._hardware.camera.join(5)
        self._gate.stop()
        self.stop()
        super().closeEvent(event)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _single_shot(parent: QObject, call: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    return timer

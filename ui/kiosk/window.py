"""The kiosk's window: serves one person after another, as the room says what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent

from app.link import Failed, Happened, LineChanged, ViewChanged
from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.card import Card, CardFault
from app.ports.device import DeviceState
from ui.bridge.bridge import Bridge
from ui.bridge.requests import Requests
from ui.kiosk.camera_feed import CameraFeed
from ui.kiosk.face_check import FaceCheck, FaceNews
from ui.kiosk.face_tally import Doubt, FaceRule
from ui.kiosk.gate import Gate
from ui.kiosk.hardware import Hardware
from ui.kiosk.names import PageName
from ui.kiosk.pages import BoxPage
from ui.kiosk.reader_keys import ReaderKeys
from ui.kiosk.screen import Screen
from ui.kiosk.visit import Visit, qr_content, read_visit
from ui.kiosk.words import card_words, doubt_reason, doubt_words, staff_words
from ui.theme import Tone
from ui.widgets.forms import FieldEntered
from ui.widgets.notice import Notice
from ui.widgets.seat_number import DrawnSeat

STREAM = "kiosk"
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
        self._bridge, self._hardware, self._patience = bridge, hardware, patience
        self._requests = Requests(bridge, self)
        self._gate = Gate(hardware, self)
        self._check = FaceCheck(hardware.camera, hardware.matcher, clock, face_rule, self)
        self._feed = CameraFeed(hardware.camera, self)
        self._keys = ReaderKeys(self, hardware.card_reader, clock, lambda: self._name is not PageName.IDLE)
        self._room = ""
        self._visit: Visit | None = None
        self._turn = 0
        self._why = Doubt.OWN_WISH
        self._box = ""
        self._told_open = False
        self._fresh = False
        self.seat_id = ""
        self._rest = _single_shot(self, self.rest)
        self._poll = _single_shot(self, self._look_again)
        self._connect()
        hardware.card_reader.start()
        hardware.camera.start()
        QCoreApplication.instance().installEventFilter(self._keys)  # type: ignore[union-attr]
        self.turn_to(PageName.IDLE)

    def _connect(self) -> None:
        self._bridge.view_changed.connect(self._view_changed)
        self._bridge.happened.connect(self._happened)
        self._bridge.line_changed.connect(self._line_changed)
        self._card_laid.connect(self._card)
        self._card_failed.connect(self._card_fault)
        self._unsubscribe = self._hardware.card_reader.subscribe(self._card_laid.emit, self._card_failed.emit)
        self._check.news.connect(self._face_news)
        self._feed.seen.connect(self._frame)
        self.idle.entered.connect(self._number_entered)
        self.face.called.connect(self._wish_for_people)
        self.doubt.called.connect(self._call_people)
        self.doubt.again.connect(self._try_again)
        self.store.done.connect(self._phone_in)
        self.store.other.connect(self._other_box)
        self.take.taken.connect(self._take_slot)
        self.seat.done.connect(self.rest)
        self.collect.done.connect(self._phone_out)
        self.leave.done.connect(self._go)
        self.message.done.connect(self.rest)

    # --- between two people

    @Slot()
    def rest(self) -> None:
        """Back to the beginning; nothing of the person before is left on the screen or in memory."""
        self._drop_visit()
        self.idle.tell(self._no_camera() if self._hardware.camera.status.state is DeviceState.FAILED else None)
        self.turn_to(PageName.IDLE)

    def _drop_visit(self) -> None:
        self._turn += 1
        self._visit = None
        self._fresh = False
        self._requests.forget()
        self._stop_looking()
        self._rest.stop()
        self._poll.stop()
        self.seat_id = ""
        self.seat.clear()
        self.face.begin("")

    def _stop_looking(self) -> None:
        self._check.end()
        self._feed.close()
        self.face.camera.show_nothing()

    def _no_camera(self) -> Notice:
        return Notice(Tone.ATTENTION, self.tr("The camera is out of order; staff will look at your document instead."))

    @Slot(object)
    def _number_entered(self, entered: FieldEntered) -> None:
        self._hardware.card_reader.enter(entered.text)

    @Slot(object)
    def _card(self, card: Card) -> None:
        if self._name not in _OPEN_TO_CARDS:
            return
        self._drop_visit()
        self.say(PageName.LOOKING, self.tr("One moment, please"), "")
        self._ask({"document": card.number})

    @Slot(object)
    def _card_fault(self, fault: CardFault) -> None:
        if self._name is PageName.IDLE:
            self.idle.tell(Notice(Tone.ERROR, card_words(fault)))

    # --- asking the room

    def _mine(self, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        """The callback, unless another person stands here by then."""
        turn = self._turn
        return lambda value: callback(value) if turn == self._turn else None

    def _ask(self, asked: dict[str, str]) -> None:
        self._requests.ask(
            "lookup", lambda client: client.lookup(asked), self._mine(self._looked_up), self._mine(self._not_looked_up)
        )

    @Slot()
    def _look_again(self, _answer: object = None) -> None:
        """What comes next for the person who stands here?"""
        if self._visit is not None:
            self._ask({"ticket": self._visit.ticket})

    def _send(self, kind: str, done: Callable[[Any], None], refused: Callable[[Failed], None], **more: str) -> None:
        if self._visit is not None:
            data = {"ticket": self._visit.ticket, **more}
            self._requests.send(STREAM, kind, data, self._mine(done), self._mine(refused))

    def _looked_up(self, answer: dict[str, Any]) -> None:
        try:
            visit = read_visit(answer)
        except ValueError:
            self._to_staff(*staff_words(""))
            return
        self._visit = self._visit.again(visit) if self._visit is not None else visit
        if self._name is not PageName.WAITING:
            self._go_on(self._visit)
        elif visit.page is PageName.WAITING:
            self._poll.start(_ms(self._patience.ask_s))
        elif visit.page is PageName.FACE:
            self._to_staff(self.tr("Staff could not confirm who you are"), staff_words("")[1])
        else:
            self._go_on(self._visit)

    def _not_looked_up(self, failure: Failed) -> None:
        if self._name is PageName.WAITING:  # staff are coming all the same
            self._poll.start(_ms(self._patience.ask_s))
            return
        self.say(PageName.AWAY, self.tr("Please try again"), failure.sentence, self._start_again())
        self._rest.start(_ms(self._patience.rest_s))

    def _start_again(self) -> str:
        return self.tr("Back to the start (Enter)")

    def _refused(self, failure: Failed) -> None:
        self._to_staff(self.tr("This is not possible now"), failure.sentence)

    def _to_staff(self, headline: str, detail: str) -> None:
        self._stop_looking()
        self.say(PageName.ASK_STAFF, headline, detail, self._start_again())
        self._rest.start(_ms(self._patience.rest_s))

    # --- what comes next

    def _go_on(self, visit: Visit) -> None:
        self._rest.start(_ms(self._patience.rest_s))
        step = {
            PageName.FACE: self._compare,
            PageName.WAITING: self._wait,
            PageName.STORE_PHONE: self._offer_box,
            PageName.TAKE_SLOT: self._offer_slot,
            PageName.SEAT: self._show_seat,
            PageName.TAKE_PHONE: self._open_own_box,
            PageName.LEAVE: self._offer_way_out,
        }.get(visit.page)
        if step is None:
            self._to_staff(*staff_words(visit.state))
        else:
            step(visit)

    # --- the face, or two people

    def _compare(self, visit: Visit) -> None:
        if visit.portrait is None:
            self._doubt(Doubt.NO_PORTRAIT)
        elif self._hardware.camera.status.state is DeviceState.FAILED:
            self._doubt(Doubt.NO_CAMERA)
        else:
            self._rest.stop()  # the check has its own limit
            self.face.begin(visit.greeting)
            self._feed.open()
            self._check.begin(visit.portrait)
            self.turn_to(PageName.FACE)

    @Slot(object)
    def _frame(self, frame: Frame) -> None:
        self.face.camera.show_frame(frame.width, frame.height, frame.rgb)

    @Slot(object)
    def _face_news(self, news: FaceNews) -> None:
        if news.run != self._check.run or self._name is not PageName.FACE:
            return
        self.face.tell(news.same, news.advice)
        if news.known is not None:
            known = news.known.evidence()
            self._stop_looking()
            self.say(PageName.LOOKING, self.tr("Thank you"), self.tr("One moment, please"))
            self._send("CheckIn", self._look_again, self._refused, score=known["score"], engine=known["engine"])
        elif news.doubt is not None:
            self._doubt(news.doubt)

    def _doubt(self, doubt: Doubt) -> None:
        self._stop_looking()
        self._why = doubt
        self.doubt.begin(doubt_words(doubt), may_try=doubt not in {Doubt.NO_PORTRAIT, Doubt.NO_CAMERA})
        self.turn_to(PageName.DOUBT)
        self._rest.start(_ms(self._patience.rest_s))

    @Slot()
    def _wish_for_people(self) -> None:
        self._doubt(Doubt.OWN_WISH)

    @Slot()
    def _try_again(self) -> None:
        if self._visit is not None:
            self._go_on(self._visit)

    @Slot()
    def _call_people(self) -> None:
        reason = doubt_reason(self._why)
        self._send("RequestRelease", self._look_again, self._not_called, what="admission", reason=reason)

    def _not_called(self, failure: Failed) -> None:
        if failure.code == "already_requested":
            self._look_again()
        else:
            self.doubt.tell(Notice(Tone.ERROR, failure.sentence))

    def _wait(self, visit: Visit) -> None:
        headline = self.tr("Staff are coming, please wait here")
        self.say(PageName.WAITING, headline, self.tr("Have your document ready. This page goes on by itself."))
        self._rest.stop()
        self._poll.start(_ms(self._patience.ask_s))

    # --- the phone

    def _offer_box(self, visit: Visit) -> None:
        box = self._gate.boxes.offer(visit.locker)
        if box is None:
            self._to_staff(self.tr("No phone box is free"), staff_words("")[1])
        else:
            self._open_box(box, PageName.STORE_PHONE, self.store)

    def _open_own_box(self, visit: Visit) -> None:
        if visit.locker is None:
            self._to_staff(*staff_words(visit.state))
        else:
            self._open_box(visit.locker, PageName.TAKE_PHONE, self.collect)

    def _open_box(self, box: str, name: PageName, page: BoxPage) -> None:
        self._box, self._told_open = box, False
        page.begin(box)
        self.turn_to(name)
        self._gate.open_box(box, self._mine(lambda _nothing: page.ready()), self._mine(self._box_stuck))

    def _box_stuck(self, _fault: Exception) -> None:
        if self._name is PageName.STORE_PHONE:
            self.store.stuck(Notice(Tone.ERROR, self.tr("This box did not open: press Enter for another one.")))
        else:
            self.collect.ready(Notice(Tone.ERROR, self.tr("The box did not open: staff will open it for you.")))

    @Slot()
    def _other_box(self) -> None:
        self._gate.boxes.set_aside(self._box)
        if self._visit is not None:
            self._offer_box(self._visit)

    @Slot()
    def _phone_in(self) -> None:
        self._when_closed(self.store, "StorePhone", self._box_refused)

    @Slot()
    def _phone_out(self) -> None:
        self._when_closed(self.collect, "ReturnPhone", self._refused)

    def _when_closed(self, page: BoxPage, kind: str, refused: Callable[[Failed], None]) -> None:
        """Send the command once the box is shut, or once the person said twice that it is: sensors break."""
        page.wait()

        def told(closed: bool) -> None:
            if closed or self._told_open:
                self._send(kind, self._look_again, refused, locker=self._box)
                return
            self._told_open = True
            page.ready(
                Notice(Tone.ATTENTION, self.tr("The box seems to be open: please close it, then press Enter again."))
            )

        self._gate.look_at_box(self._box, self._mine(told))

    def _box_refused(self, failure: Failed) -> None:
        if failure.code == "locker_in_use":
            self._other_box()
        else:
            self._refused(failure)

    # --- the seat

    def _offer_slot(self, visit: Visit) -> None:
        self.take.begin()
        self.turn_to(PageName.TAKE_SLOT)

    @Slot()
    def _take_slot(self) -> None:
        self._send("TakeSlot", self._slot_taken, self._slot_refused)

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
            self._gate.print_slip(self._room, seat, self._mine(self._not_printed))

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
        self._send("LeaveRoom", self._left, self._refused)

    def _left(self, _answer: object) -> None:
        self._gate.open_door(self._mine(self._door_open), self._mine(self._door_stuck))

    def _door_open(self, _nothing: object) -> None:
        self.say(PageName.GOODBYE, self.tr("The door is open. Goodbye!"), "", self._start_again())
        self._rest.start(_ms(self._patience.last_words_s))

    def _door_stuck(self, _fault: Exception) -> None:
        stuck = Notice(Tone.ERROR, self.tr("The door does not answer: staff will open it for you."))
        self.say(PageName.GOODBYE, self.tr("Thank you, goodbye!"), "", self._start_again(), stuck)
        self._rest.start(_ms(self._patience.rest_s))

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
        if self._name is PageName.WAITING and self._requests.waiting() == 0:
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

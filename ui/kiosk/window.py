"""The kiosk's window: serves one person after another, as the room says what comes next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent

from app.link import Failed, Happened, LineChanged, ViewChanged
from app.ports.ambient import Clock
from app.ports.card import Card, CardFault
from app.ports.device import DeviceFault, DeviceState
from ui.bridge.bridge import Bridge
from ui.kiosk.admission import Admission, Knock, What
from ui.kiosk.calling import Calling
from ui.kiosk.counter import Counter
from ui.kiosk.device_watch import DeviceWatch
from ui.kiosk.doorway import Doorway
from ui.kiosk.face_check import RULE
from ui.kiosk.face_tally import FaceRule
from ui.kiosk.gate import Gate
from ui.kiosk.hardware import Hardware
from ui.kiosk.names import PageName
from ui.kiosk.patience import PATIENCE, Patience
from ui.kiosk.phones import Phones
from ui.kiosk.reader_keys import ReaderKeys
from ui.kiosk.screen import Screen
from ui.kiosk.seeking import Seeking
from ui.kiosk.sought import Outcome
from ui.kiosk.speech import Speech
from ui.kiosk.stopwatch import Done, Stopwatch
from ui.kiosk.visit import SOUGHT, DoorWay, Visit
from ui.kiosk.words import card_words, staff_words
from ui.theme import Tone
from ui.widgets.forms import FieldEntered
from ui.widgets.notice import Notice

_OPEN_TO_CARDS = frozenset({PageName.IDLE, PageName.SEAT, PageName.GOODBYE, PageName.ASK_STAFF, PageName.AWAY})
"""Pages on which the next person may lay a card."""
_PERSONS_TURN = frozenset({PageName.TURN, PageName.TAKE_SLOT, PageName.DOUBT, PageName.WAITING})
"""Pages on which the machine waits for a person."""


class KioskWindow(Screen):
    """One person after another. `page_name` and `page_changed` tell where it stands, `seat_id` which seat it shows;
    `served` carries a Served once a check-in has come to its seat."""

    served = Signal(object)
    _card_laid = Signal(object)
    _card_failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        hardware: Hardware,
        clock: Clock,
        *,
        patience: Patience = PATIENCE,
        face_rule: FaceRule = RULE,
    ) -> None:
        super().__init__(clock, face_rule.needed)
        self._hardware, self._patience = hardware, patience
        self._speech = Speech(hardware.voice, clock)
        self._watch = Stopwatch(clock)
        self._counter = Counter(bridge, hardware.matcher.reads, self)
        self._gate = Gate(hardware, self, answer_s=patience.answer_s)
        self._admission = Admission(self, hardware, clock, face_rule, self._speech)
        self._calling = Calling(self, self._counter, patience.ask_s)
        self._seeking = Seeking(self, self._counter, self._admission)
        self._phones = Phones(self, self._counter, self._gate)
        self._doorway = Doorway(self, self._counter, self._gate)
        self._devices = DeviceWatch((hardware.camera, hardware.card_reader), self, retry_s=patience.retry_s)
        self._keys = ReaderKeys(self, hardware.card_reader, clock, lambda: self._name is not PageName.IDLE)
        self._room = ""
        self._chip: bytes | None = None
        self._fresh = False
        self._rest = _single_shot(self, self.rest)
        self._connect(bridge)
        hardware.card_reader.start()
        hardware.camera.start()
        QCoreApplication.instance().installEventFilter(self._keys)  # type: ignore[union-attr]
        self.turn_to(PageName.IDLE)

    @property
    def seat_id(self) -> str:
        """The seat on the screen, or nothing."""
        return self._doorway.seat_id

    def _connect(self, bridge: Bridge) -> None:
        bridge.view_changed.connect(self._view_changed)
        bridge.happened.connect(self._happened)
        bridge.line_changed.connect(self._line_changed)
        self._card_laid.connect(self._card)
        self._card_failed.connect(self._card_fault)
        self._unsubscribe = self._hardware.card_reader.subscribe(self._card_laid.emit, self._card_failed.emit)
        self._devices.changed.connect(self._device_changed)
        self.idle.entered.connect(self._number_entered)
        self.idle.no_card.connect(self._no_card)
        self._seeking.waits.connect(self._found)
        self._seeking.to_staff.connect(self._to_staff)
        self._admission.known.connect(self._face_known)
        self._admission.alike.connect(lambda: self._watch.acted(Done.LOOK))
        self._admission.doubted.connect(self._wait_a_while)
        self._admission.called.connect(self._call_people)
        self._calling.asks.connect(self._look_again)
        self._phones.ready.connect(self._watch.waiting)
        self._phones.settled.connect(self._look_again)
        self._phones.refused.connect(self._refused)
        self._phones.full.connect(self._no_box)
        self.store.done.connect(lambda: self._watch.acted(Done.LOCKER))
        self.take.taken.connect(self._take_slot)
        self.seat.done.connect(self.rest)
        self.seat.called.connect(self._at_closed_door)
        self._doorway.shown.connect(self._seat_shown)
        self._doorway.gone.connect(self._gone)
        self.message.done.connect(self.rest)

    def turn_to(self, name: PageName) -> None:
        """Show a page, and say aloud what to do."""
        super().turn_to(name)
        self._speech.page(name)
        if name in _PERSONS_TURN:
            self._watch.waiting()

    # --- between two people

    @Slot()
    def rest(self) -> None:
        """Back to the beginning; nothing of the person before is left on the screen or in memory."""
        self._drop_visit()
        self.idle.tell(self._broken())
        self.turn_to(PageName.IDLE)

    def _broken(self) -> Notice | None:
        """What does not work here now, and what to do instead."""
        reader = self._hardware.card_reader.status
        if reader.state is DeviceState.FAILED or reader.fault is DeviceFault.LOST:
            return Notice(Tone.ATTENTION, self.tr("The card reader does not answer: please type your number."))
        if self._hardware.camera.status.fault in {DeviceFault.NOT_ENROLLED, DeviceFault.VIRTUAL}:
            foreign = self.tr("This camera is not enrolled for this room; staff will look at your document instead.")
            return Notice(Tone.ATTENTION, foreign)
        if self._admission.camera_failed:
            broken = self.tr("The camera is out of order; staff will look at your document instead.")
            return Notice(Tone.ATTENTION, broken)
        return None

    @Slot()
    def _device_changed(self) -> None:
        if self._name is PageName.IDLE:
            self.idle.tell(self._broken())
        self._admission.camera_changed()

    def _drop_visit(self) -> None:
        self._counter.next_person()
        self._admission.stop()
        self._doorway.forget()
        self._watch.forget()
        self._rest.stop()
        self._calling.stop()
        self._chip = None
        self._fresh = False

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
            self._watch.begin()
            self._chip = card.chip_photo
            self.say(PageName.LOOKING, self.tr("One moment, please"), "")
            self._counter.look_up(card.number, self._found, self._not_found)

    @Slot(object)
    def _card_fault(self, fault: CardFault) -> None:
        if self._name is PageName.IDLE:
            self.idle.tell(Notice(Tone.ERROR, card_words(fault)))

    @Slot()
    def _no_card(self) -> None:
        self._drop_visit()
        self._seeking.begin()

    # --- what comes next

    @Slot()
    def _look_again(self, _answer: object = None) -> None:
        """What comes next for the person who stands here?"""
        self._counter.look_again(self._found, self._not_found)

    def _found(self, visit: Visit | None) -> None:
        if visit is None:
            self._to_staff(*staff_words(""))
        elif self._name is PageName.WAITING and visit.page is PageName.WAITING:
            self._calling.go_on_waiting()
        elif self._name is PageName.WAITING and _was_refused(visit):
            self._to_staff(self.tr("Staff could not confirm who you are"), staff_words("")[1])
        else:
            self._go_on(visit)

    def _not_found(self, failure: Failed) -> None:
        if self._name is PageName.WAITING and failure.code == "room_away":  # staff are coming all the same
            self._calling.go_on_waiting()
            return
        self.say(PageName.AWAY, self.tr("Please try again"), failure.sentence, self.back_words())
        self._wait_a_while()

    def _go_on(self, visit: Visit) -> None:
        self._wait_a_while()
        steps: dict[PageName, Callable[[Visit], None]] = {
            PageName.FACE: self._compare,
            PageName.WAITING: self._wait_for_people,
            PageName.STORE_PHONE: self._phones.offer,
            PageName.TAKE_SLOT: self._offer_slot,
            PageName.SEAT: self._show_seat,
            PageName.TAKE_PHONE: self._give_back,
            PageName.LEAVE: self._doorway.offer_way_out,
        }
        step = steps.get(visit.page)
        if step is None:
            self._to_staff(*staff_words(visit.state))
        else:
            step(visit)

    @Slot(object)
    def _refused(self, failure: Failed) -> None:
        self._to_staff(self.tr("This is not possible now"), failure.sentence)

    @Slot(str, str)
    def _to_staff(self, headline: str, detail: str) -> None:
        self._admission.stop()
        self._calling.stop()
        self.say(PageName.ASK_STAFF, headline, detail, self.back_words())
        self._wait_a_while()

    # --- the face, or two people

    def _compare(self, visit: Visit) -> None:
        self._rest.stop()  # the check has its own limit
        self._admission.compare(visit, self._chip)

    @Slot(object)
    def _face_known(self, outcome: Outcome) -> None:
        what = self._admission.what
        self._watch.acted(Done.TURN)
        self._admission.stop()
        self.say(PageName.LOOKING, self.tr("Thank you"), self.tr("One moment, please"))
        if outcome.decision is None:  # nothing is known without a comparison
            return
        if what is What.ENTRY:
            self._enter_by_face(outcome)
            return
        told = outcome.decision.evidence()
        more = {"score": told["score"], "engine": told["engine"], "liveness": outcome.alive()}
        self._counter.send("CheckIn", self._look_again, self._refused, **more)

    @Slot(object)
    def _call_people(self, knock: Knock) -> None:
        self._watch.acted(Done.STAFF)
        self._calling.call(knock)

    def _wait_for_people(self, visit: Visit) -> None:
        self._rest.stop()
        if visit.state == SOUGHT:
            self._calling.wait_unknown()
        else:
            self._calling.wait()

    # --- the phone

    @Slot()
    def _no_box(self) -> None:
        self._to_staff(self.tr("No phone box is free"), staff_words("")[1])

    def _give_back(self, visit: Visit) -> None:
        if visit.locker is None:
            self._to_staff(*staff_words(visit.state))
        else:
            self._phones.give_back(visit.locker)

    # --- the seat and the door

    def _offer_slot(self, visit: Visit) -> None:
        self.take.begin()
        self.turn_to(PageName.TAKE_SLOT)

    @Slot()
    def _take_slot(self) -> None:
        self._watch.acted(Done.KEY)
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
        elif visit.door is DoorWay.FACE:
            self._rest.stop()
            self._admission.compare(visit, self._chip, What.ENTRY)
        elif visit.door is DoorWay.STAFF:
            self._admission.at_closed_door(visit)
        else:
            self._doorway.show_seat(visit, seat)
            fresh, self._fresh = self._fresh, False
            if fresh:
                self._doorway.print_slip(self._room, seat)
                if (served := self._watch.end()) is not None:
                    self.served.emit(served)

    def _enter_by_face(self, outcome: Outcome) -> None:
        visit = self._counter.visit
        if visit is None or visit.seat is None:
            self._to_staff(*staff_words(""))
            return
        self._doorway.show_seat(visit, visit.seat)
        self._doorway.enter(outcome)

    @Slot()
    def _at_closed_door(self) -> None:
        visit = self._counter.visit
        if visit is not None:
            self._doorway.forget()
            self._admission.at_closed_door(visit)

    @Slot()
    def _seat_shown(self) -> None:
        self._rest.start(_ms(self._patience.seat_s))

    @Slot(bool)
    def _gone(self, out: bool) -> None:
        self._rest.start(_ms(self._patience.last_words_s if out else self._patience.rest_s))

    # --- what the link tells

    @Slot(object)
    def _view_changed(self, message: ViewChanged) -> None:
        room = message.view.get("room") or {}
        self._room = str(room.get("name") or "")
        self.idle.offer_search(bool(room.get("search")))
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
        self._admission.close()
        self._unsubscribe()
        self._devices.stop()
        self._speech.stop()
        self._hardware.card_reader.stop()
        self._hardware.camera.stop()
        self._hardware.camera.join(5)
        self._gate.stop()
        self.stop()
        super().closeEvent(event)


def _was_refused(visit: Visit) -> bool:
    """Whether the two who were asked said no: what was waited for is as open as before."""
    return visit.page is PageName.FACE or (visit.page is PageName.SEAT and visit.door is not DoorWay.OPENED)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _single_shot(parent: QObject, call: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    return timer

"""The seat's window: takes views, shows the page of the next step, and gives answers back to who asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Property, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent

from app.link import Answered, Failed, Happened, LineChanged, SessionEnded, Trouble, ViewChanged
from app.ports.ambient import Clock
from app.ports.call import RecordingState
from app.ports.camera import Camera
from app.ports.face import FaceMatcher
from app.ports.presence import Presence
from app.ports.signer import SigningKey
from ui.call.desk import Equipment
from ui.call.kept import RecorderMaker
from ui.call.shown import Watched
from ui.models.room_time import RoomTime
from ui.seat.broadcast import SeatBroadcast
from ui.seat.calls import SeatCalls
from ui.seat.camera import SeatCamera
from ui.seat.desk import Desk, Link
from ui.seat.focus import FocusWatch
from ui.seat.frame import Frame
from ui.seat.help import SeatHelp
from ui.seat.keeper import Keeper
from ui.seat.kit import Kit
from ui.seat.looking import LOOK_S
from ui.seat.page import Fittings, SeatPage
from ui.seat.pages import make
from ui.seat.pages.acts import ActsPage
from ui.seat.pages.devices import DevicesPage
from ui.seat.recording import SeatRecording
from ui.seat.shelf import Shelf
from ui.seat.steps import LOCKED, NO_ACTS, PageCode, Place, Sight
from ui.seat.watched import SeatWatched, mark_of
from ui.theme import Tone
from ui.widgets.boxes import Page
from ui.widgets.contrast_switch import CONTRAST_KEY
from ui.widgets.key_card import KeyCard, KeyHelp
from ui.widgets.notice import Notice
from ui.widgets.page_stack import PageStack
from ui.widgets.pdf_worker import PageRenderer


class SeatBridge(Protocol):
    """What the window takes from `ui.bridge.Bridge`."""

    view_changed: SignalInstance
    happened: SignalInstance
    answered: SignalInstance
    failed: SignalInstance
    line_changed: SignalInstance
    session_ended: SignalInstance
    trouble: SignalInstance
    signalled: SignalInstance

    @property
    def link(self) -> Link:
        """The link below."""
        ...


class SeatWindow(Page):
    """Give it a bridge and start that; the window follows. `page_changed` carries the new page's code."""

    page_changed = Signal(str)

    def __init__(
        self,
        bridge: SeatBridge,
        camera: Camera,
        matcher: FaceMatcher,
        clock: Clock,
        lang: str = "zh",
        presence: Presence | None = None,
        look_s: float = LOOK_S,
        calls: Equipment | None = None,
        recorder: RecorderMaker | None = None,
        watched: Watched | None = None,
        kit: Kit | None = None,
        signer: SigningKey | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("seat.window")
        self._clock = clock
        self._time = RoomTime(clock)
        self._desk = Desk(bridge.link, lang, self)
        self._shelf = Shelf(self._desk)
        self._renderer = PageRenderer(self)
        self._camera = SeatCamera(camera, self)
        self._keeper = Keeper(self._desk, self._camera, presence, clock, self, look_s)
        self._focus = FocusWatch(self._desk, self, clock, self)
        self._fit = Fittings(
            self._desk, self._shelf, self._renderer, camera, matcher, clock, self._time, self._keeper, kit, signer
        )
        self._pages: dict[Place, SeatPage] = {}
        self._place: Place | None = None
        self._lot = ""
        self._left = False
        self._up = True
        self._acting = False
        """The person looks at what may be done beside the next step."""
        self._choosing = False
        """The person looks at the seat's devices."""
        self._frame = self.add(Frame())
        self._recording: SeatRecording | None = None
        if recorder is not None:
            self._recording = SeatRecording(bridge.link.recordings, camera, recorder, self)
            self._recording.changed.connect(self._show_recording)
            calls = None if calls is None else replace(calls, raw=self._recording.say)
        self._calls: SeatCalls | None = None
        self._help: SeatHelp | None = None
        self._broadcast: SeatBroadcast | None = None
        if calls is not None:
            self._broadcast = SeatBroadcast(bridge.link, bridge.signalled, calls, self._desk, self)
            self.add(self._broadcast.line)
            self._help = SeatHelp(bridge.link, bridge.signalled, calls, self._desk, self)
            self.add(self._help.line)
            self._calls = SeatCalls(bridge.link, bridge.signalled, calls, self._desk, self._camera, self)
            self.add(self._calls.strip)
        self._watched: SeatWatched | None = None
        if watched is not None:
            self._watched = SeatWatched(bridge.link, bridge.signalled, watched, camera, self)
        self._stack = self.add(PageStack(), 1)
        self._card: KeyCard | None = None
        self._connect(bridge)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self.setWindowTitle(self.tr("Seat"))
        self._show(Sight({}))

    def _connect(self, bridge: SeatBridge) -> None:
        bridge.view_changed.connect(self._take_view)
        bridge.happened.connect(self._take_entry)
        bridge.answered.connect(self._take_answer)
        bridge.failed.connect(self._take_failure)
        bridge.line_changed.connect(self._take_line)
        bridge.session_ended.connect(self._end_session)
        bridge.trouble.connect(self._tell_trouble)
        self._desk.sent.connect(self._show_line)
        self._camera.pictured.connect(self._frame.show_picture)
        self._keeper.changed.connect(self._show_keeping)
        self._frame.help_asked.connect(self._call_help)
        self._frame.keys_asked.connect(self._toggle_keys)
        self._frame.devices_asked.connect(self._toggle_devices)
        self._frame.lot_chosen.connect(self._choose_lot)
        self._frame.acts_asked.connect(self._toggle_acts)
        self._frame.urgent_asked.connect(self._open_urgent)

    # --- what is shown

    @property
    def page(self) -> SeatPage:
        """The page on the screen."""
        return self._pages[self.place]

    @property
    def place(self) -> Place:
        """Its place."""
        assert self._place is not None  # noqa: S101 - set in __init__
        return self._place

    @property
    def alias(self) -> str:
        """The alias of the member here, '' while nobody has the seat."""
        return self._desk.sight.alias

    @property
    def lot_id(self) -> str:
        """The lot that the page on the screen is about, '' where it is about none."""
        return self.place.lot

    def _page_name(self) -> str:
        return self.place.code.value

    page_name = Property(str, _page_name, notify=page_changed)
    """The code of the page on the screen, one of `PageCode`."""

    def _take_view(self, message: ViewChanged) -> None:
        if at := message.view.get("at"):
            self._time.hear(str(at))
        self._show(Sight(message.view))

    def _show(self, sight: Sight) -> None:
        """Show the page that this view asks for; pages whose place is gone are let go."""
        gone = self._desk.sight.evaluation is not None and sight.evaluation is None
        self._desk.sight = sight
        place = sight.place(self._lot)
        if place.code is PageCode.WAITING and (self._left or (gone and self.place.code is PageCode.WIPE_SEAT)):
            # The seat is nobody's any more, but its last expert still sits before it.
            self._left = True
            place = Place(PageCode.GOODBYE)
        elif place.code is not PageCode.GOODBYE:
            self._left = False
        if place.code in {PageCode.WAITING, PageCode.GOODBYE}:
            self._forget()
        self._keeper.show_sight(sight, place)
        if self._keeper.locking is not None:
            place = Place(PageCode.UNLOCK)
        self._acting = self._acting and place.code not in NO_ACTS
        self._choosing = self._choosing and place.code not in LOCKED
        shown = Place(PageCode.ACTS) if self._acting else place
        shown = Place(PageCode.DEVICES) if self._choosing else shown
        if shown != self._place:
            self._turn_to(shown)
        else:
            self.page.show_view()
        self._drop_past(sight)
        self._frame.show_view(sight, place, acting=self._acting)
        self._frame.show_devices(can=self._fit.kit is not None and place.code not in LOCKED, shown=self._choosing)
        self._frame.tick(self._time.now())
        self._frame.show_camera(self._camera.is_open)
        if self._calls is not None and self._help is not None:
            self._help.show_sight(sight)
            self._frame.hold_help(self._help.caption())
            self._calls.show_sight(sight, held=self._help.talking)
        if self._broadcast is not None and self._calls is not None:
            self._broadcast.show_sight(sight)
            self._calls.strip.give_room(given=self._broadcast.hears)
        if self._watched is not None:
            self._watched.show_sight(sight)
            self._frame.tell_watched(mark_of(sight))
        if self._recording is not None:
            self._recording.show_sight(sight, sits=place.code not in {PageCode.WAITING, PageCode.GOODBYE})
        self._frame.tell_presence(self._keeper.notice())
        self._show_line()

    def _show_recording(self) -> None:
        state = None if self._recording is None else self._recording.state
        self._frame.show_recording(state)
        if self._calls is not None:
            self._calls.show_recording(running=state is RecordingState.RUNNING)

    def _show_keeping(self) -> None:
        """The camera notices something, or no more; the seat locks, or need not after all."""
        locked = self.place.code is PageCode.UNLOCK
        if locked != (self._main(self._desk.sight).code is PageCode.UNLOCK):
            self._show(self._desk.sight)
        self._frame.tell_presence(self._keeper.notice())

    def _turn_to(self, place: Place) -> None:
        before = self._pages.get(self._place) if self._place is not None else None
        if before is not None:
            before.leave()
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = make(self._fit, place)
            if isinstance(page, ActsPage):
                page.left.connect(self._end_acts)
            if isinstance(page, DevicesPage):
                page.left.connect(self._toggle_devices)
                page.camera_chosen.connect(self._camera.again)
            self._stack.put(page)
        self._place = place
        page.show_view()
        self._stack.turn_to(page)
        page.enter()
        self._renew_card(page)
        target = page.first_focus()
        (target or self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit(place.code.value)

    def _drop_past(self, sight: Sight) -> None:
        """Let go of pages that cannot come back: what they show belongs to a step that is over."""
        alive = sight.places() if sight.evaluation is not None else frozenset()
        alive |= {Place(PageCode.DEVICES)}  # the machine's own, whoever sits here
        if sight.evaluation is not None and self._main(sight).code not in NO_ACTS:
            alive |= {Place(PageCode.ACTS)}  # what was filled in there stays until the person leaves the seat
        for place in [place for place in self._pages if place != self._place and place not in alive]:
            page = self._pages.pop(place)
            page.discard()
            self._stack.drop(page)

    def _forget(self) -> None:
        """Nobody has the seat: documents go, and the lot that was chosen."""
        self._shelf.clear()
        self._lot = ""

    # --- what arrives

    def _take_entry(self, message: Happened) -> None:
        at = message.entry.get("at")
        if at:
            self._time.hear(str(at))
            self._show_time()

    def _take_answer(self, message: Answered) -> None:
        if message.kind == "WipeSeat":
            self._left = True
        self._desk.take_answer(message)
        self._show_line()

    def _take_failure(self, message: Failed) -> None:
        self._desk.take_failure(message)
        self._show_line()

    def _take_line(self, message: LineChanged) -> None:
        back = message.up and not self._up
        self._up = message.up
        self._show_line()
        if back:
            self.page.line_back()

    def _end_session(self, message: SessionEnded) -> None:
        if message.reason != "closing":  # a room that only goes down comes back to the same session
            self._frame.session_over()

    def _tell_trouble(self, message: Trouble) -> None:
        self._frame.tell_trouble(message.sentence)

    def _main(self, sight: Sight) -> Place:
        """The page of the next step, whatever is shown over it."""
        return Place(PageCode.UNLOCK) if self._keeper.locking is not None else sight.place(self._lot)

    def _tick(self) -> None:
        self._show_time()
        self._show_line()
        self._keeper.tick()
        self._focus.tick()
        self.page.tick()

    def _show_time(self) -> None:
        now = self._time.now()
        if now is not None:
            self._frame.show_time(f"{now:%H:%M}", f"{now:%Y-%m-%d}")
            self._frame.tick(now)

    def _show_line(self) -> None:
        self._frame.show_line(self._up, self._desk.waiting)

    # --- what a person does with the frame

    def _call_help(self) -> None:
        if self._desk.sight.alias:
            self._desk.send(self, "CallHelp", {"text": ""})

    def answered(self, answer: Answered) -> None:
        """The call for help has arrived; the next view says so."""

    def refused(self, failure: Failed) -> None:
        """The call for help was refused: say why on the page."""
        self.page.say(Notice(Tone.ERROR, failure.sentence))

    def _choose_lot(self, lot: str) -> None:
        self._lot = lot
        self._acting = False
        self._show(self._desk.sight)

    def _toggle_acts(self) -> None:
        self._acting = not self._acting
        self._show(self._desk.sight)

    def _toggle_devices(self) -> None:
        self._choosing = not self._choosing
        self._show(self._desk.sight)

    def _open_urgent(self) -> None:
        self._acting = True
        self._show(self._desk.sight)
        if isinstance(self.page, ActsPage):
            self.page.open_urgent()

    def _end_acts(self) -> None:
        self._acting = False
        self._show(self._desk.sight)

    def _renew_card(self, page: SeatPage) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
        general = (
            KeyHelp(("Tab",), self.tr("next control")),
            KeyHelp(("F1",), self.tr("call for help, answer the centre")),
            KeyHelp(("F2",), self.tr("show or hide these keys")),
            KeyHelp((CONTRAST_KEY,), self.tr("high contrast, or the usual colours")),
            KeyHelp(("F3",), self.tr("what may be done beside the next step")),
            *((KeyHelp(("Shift", "F4"), self.tr("devices of this seat")),) if self._fit.kit is not None else ()),
        )
        self._card = KeyCard(self, self.tr("Keys on this page"), (*page.keys(), *general))

    def _toggle_keys(self) -> None:
        if self._card is not None:
            self._card.toggle()

    # --- the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Camera, comparison and the thread of the documents end with the window."""
        self._second.stop()
        for page in self._pages.values():
            page.leave()
            if isinstance(page, DevicesPage):
                page.discard()
        self._keeper.close()
        if self._watched is not None:
            self._watched.close()
        if self._calls is not None and self._help is not None:
            self._calls.close()
            self._help.close()
        if self._broadcast is not None:
            self._broadcast.close()
        if self._recording is not None:
            self._recording.close()
        self._renderer.shutdown()
        super().closeEvent(event)

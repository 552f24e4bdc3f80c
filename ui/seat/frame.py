"""What stays around every page: header, rail, the line to the room, help and keys."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication

from app.ports.call import RecordingState
from app.ports.camera import Frame as CameraFrame
from ui.call.seen import last_answer
from ui.models.language import in_words
from ui.seat.answer import WrittenAnswer
from ui.seat.lot_bar import LotBar
from ui.seat.names import Name
from ui.seat.steps import LOCKED, NO_ACTS, OWN_LOT, UNBRIEFED, Place, Sight
from ui.seat.words import lot_title, member_name, rail, seat_name
from ui.theme import Colour, Scale, Space, Tone, apply, look
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import CallButton, PrimaryButton, QuietButton, ScaleSwitch
from ui.widgets.contrast_switch import ContrastSwitch
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.own_picture import OwnPicture
from ui.widgets.rail import StageRail
from ui.widgets.standing import StandingStrip
from ui.widgets.symbols import Symbol
from ui.widgets.text import Fact

DEVICES_KEY = "Shift+F4"
"""Pressed once in a while: it leaves the plain keys to the pages."""


class Frame(Column):
    """Header and rail above, and how things stand. The signals say what a person pressed."""

    acts_asked = Signal()
    urgent_asked = Signal()
    help_asked = Signal()
    keys_asked = Signal()
    devices_asked = Signal()
    lot_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=0)
        self.header = self.add(HeaderBar())
        switch = ScaleSwitch(look().scale)
        switch.setObjectName(Name.SCALE)
        switch.chosen.connect(self._rescale)
        self.own = OwnPicture()
        self.own.setObjectName(Name.OWN_PICTURE)
        self.own.hide()
        self.header.add_control(self.own)
        self.header.add_control(switch)
        self.header.add_control(ContrastSwitch()).button.setObjectName(Name.CONTRAST)
        whole = self.add(_Bar())
        self.rail = whole.add(StageRail(), 1)
        self.rail.setObjectName("seat.rail")
        bar = whole.add(Row(gap=Space.HAIR))
        self.recorded = bar.add(StatusPill(bare=True))
        self.recorded.setObjectName(Name.RECORDED)
        self.recorded.hide()
        bar.add(Row()).setFixedWidth(8)  # air between two states that have no ground of their own
        self.state = bar.add(StatusPill(bare=True))
        self.devices = bar.add(QuietButton(self.tr("Devices")))
        self.devices.setObjectName(Name.DEVICES)
        self.devices.clicked.connect(self.devices_asked)
        self.devices.hide()
        self._devices_key = QShortcut(QKeySequence(DEVICES_KEY), self)
        self._devices_key.activated.connect(self.devices_asked)
        self.keys = bar.add(QuietButton(self.tr("Keys"), "F2"))
        self.keys.setObjectName(Name.KEYS)
        self.acts = bar.add(QuietButton(self.tr("Matters"), "F3"))
        self.acts.setObjectName(Name.ACTS)
        self.acts.clicked.connect(self.acts_asked)
        self.help = bar.add(CallButton())
        self.help.setObjectName(Name.HELP)
        self.away = self.add(NoticeLine())
        self.away.hide()
        self.fault = self.add(NoticeLine())
        """What stays wrong until someone has seen to it, whatever the line does."""
        self.fault.hide()
        self.unrecorded = self.add(NoticeLine())
        """Why nothing is recorded although it is to be."""
        self.unrecorded.hide()
        self.presence = self.add(NoticeLine())
        """What the camera notices that is not as it should be."""
        self.presence.hide()
        self.answer = self.add(WrittenAnswer())
        self.standing = self.add(StandingStrip())
        self.urgent = self.add(_Urgent())
        self.urgent.pressed.connect(self.urgent_asked)
        self.urgent.hide()
        self.lots = self.add(LotBar())
        self.lots.hide()
        self.help.clicked.connect(self._ask_help)
        self.keys.clicked.connect(self._ask_keys)
        self.lots.chosen.connect(self._choose_lot)

    def show_view(self, sight: Sight, place: Place, *, acting: bool = False) -> None:
        """What the frame tells of a view; nothing of a project before the discipline is read.

        `place` is that of the next step; `acting`: what may be done beside it is shown over it.
        """
        project = None if place.code in UNBRIEFED | LOCKED else (sight.evaluation or {}).get("project")
        room = str(sight.room.get("name") or "")
        several = len(sight.lots) > 1 and project is not None
        if project is not None:
            number = sight.words.get("tender_number", "")
            below = f"{number} {project['id']}"
            if not several and sight.lots:
                below += f" · {lot_title(sight.lots[0], sight.words)}"
            self.header.set_title(str(project["name"]), f"{below} · {room}")
        else:
            self.header.set_title(room)
        alias = sight.alias
        who = Fact(sight.words.get("chair" if sight.chairs else "alias", ""), member_name(alias))
        self.header.set_facts([who] if alias else [])
        self.header.set_rehearsal(sight.rehearsal)
        self.header.set_seat(seat_name(sight.seat))
        # Without an evaluation (goodbye) there are no words of a track, hence no stops to name.
        self.rail.set_stages(rail(place.code, sight.words, sight.carries) if sight.words else ())
        in_lots = several and place.code in OWN_LOT
        self.lots.setVisible(in_lots)
        if in_lots:
            self.lots.show_lots(sight, place.lot)
        self._show_help(sight)
        self._show_acts(sight, place, acting)

    def tick(self, now: datetime | None) -> None:
        """The room's time is this: limits count down."""
        self.standing.tick(now)

    def _show_acts(self, sight: Sight, place: Place, acting: bool) -> None:
        offered = () if place.code in NO_ACTS else sight.offers
        self.acts.setEnabled(bool(offered) or acting)
        self.acts.set_caption(self.tr("Back to the evaluation") if acting else self.tr("Matters"))
        urgent = [one for one in offered if one.act.urgent]
        self.urgent.setVisible(bool(urgent) and not acting)
        if urgent:
            self.urgent.tell(in_words(urgent[0].act.title), len(urgent))
        self.standing.show_standing(() if place.code in UNBRIEFED else sight.notices, None)

    def show_devices(self, *, can: bool, shown: bool) -> None:
        """Whether the seat's devices can be chosen here, and whether that page is on the screen."""
        self.devices.setVisible(can)
        self._devices_key.setEnabled(can)
        self.devices.set_caption(self.tr("Back") if shown else self.tr("Devices"))

    def hold_help(self, caption: str) -> None:
        """While the centre calls this seat or talks with it (`caption` says which), it is not called for help."""
        if caption:
            self.help.setEnabled(False)
            self.help.set_caption(caption)

    def show_time(self, time: str, date: str) -> None:
        """The room's time."""
        self.header.set_clock(time, date)

    def show_line(self, up: bool, waiting: int) -> None:
        """Whether the room is reached, and how much waits for it here."""
        if not up:
            self.state.show_state(self.tr("Line away"), Tone.ATTENTION, Symbol.OFFLINE)
            told = self.tr("The line to the room is away; reconnecting by itself. Nothing is lost, go on working.")
            if waiting:
                told = self.tr("{told} {count} kept at this seat.").format(told=told, count=waiting)
            self.away.tell(Notice(Tone.ATTENTION, told))
        elif waiting:
            self.state.show_state(self.tr("Being kept"), Tone.QUIET, Symbol.PROGRESS)
        else:
            self.state.show_state(self.tr("All kept"), Tone.OK, Symbol.DONE)
        self.away.setVisible(not up)

    def show_camera(self, on: bool) -> None:
        """Whether the camera is to be on: then its picture, or that there is none, is shown."""
        self.own.setVisible(on)

    def show_picture(self, frame: CameraFrame | None) -> None:
        """The own picture as it is now."""
        if frame is None:
            self.own.show_nothing()
        else:
            self.own.show_frame(frame.width, frame.height, frame.rgb)

    def tell_watched(self, words: str) -> None:
        """Who sees the camera's picture besides the person here; empty for nobody."""
        self.own.tell_watched(words)

    def show_recording(self, state: RecordingState | None) -> None:
        """How it stands with the recording of this seat; None: nothing is recorded, nor to be."""
        running = state is RecordingState.RUNNING
        self.recorded.setVisible(state is not None)
        if running:
            self.recorded.show_state(self.tr("Recording"), Tone.INFO, Symbol.RECORDING)
        elif state is not None:
            self.recorded.show_state(self.tr("Not recording"), Tone.ERROR, Symbol.PAUSED)
        self.unrecorded.setVisible(state is not None and not running)
        if state is RecordingState.DISK:
            told = self.tr("The disk of this seat has no room: nothing is recorded. Call staff, please.")
            self.unrecorded.tell(Notice(Tone.ERROR, told))
        elif state is RecordingState.BROKEN:
            told = self.tr("What was recorded here before was changed: nothing is recorded. Call staff, please.")
            self.unrecorded.tell(Notice(Tone.ERROR, told))

    def tell_presence(self, notice: Notice | None) -> None:
        """What the camera notices, or nothing."""
        self.presence.tell(notice)
        self.presence.setVisible(notice is not None)

    def session_over(self) -> None:
        """The room shut this machine out."""
        told = self.tr("The room has ended this seat's session. Call staff; what you filled in is kept here.")
        self.tell_trouble(told)

    def tell_trouble(self, sentence: str) -> None:
        """Something is wrong with this machine itself: its disk, its files."""
        self.fault.tell(Notice(Tone.ERROR, sentence))
        self.fault.show()

    def _show_help(self, sight: Sight) -> None:
        evaluation = sight.evaluation or {}
        called = bool(evaluation.get("help_waiting"))
        self.answer.show_answer(*last_answer((evaluation.get("matters") or {}).get("call") or {}))
        self.help.setEnabled(bool(sight.alias) and not called)
        self.help.set_caption(self.tr("Help is coming") if called else self.tr("Call for help"))

    def _ask_help(self) -> None:
        self.help_asked.emit()

    def _ask_keys(self) -> None:
        self.keys_asked.emit()

    def _choose_lot(self, lot: str) -> None:
        self.lot_chosen.emit(lot)

    def _rescale(self, scale: Scale) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, scale)


class _Urgent(Row):
    """What somebody waits for, with the button that opens it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=Space.GAP, margin=(0, 0, Space.WIDE, 0))
        self._line = self.add(NoticeLine(), 1)
        button = self.add(PrimaryButton(self.tr("Answer now")))
        button.setObjectName(Name.ACTS_URGENT)
        button.clicked.connect(self.pressed)

    def tell(self, title: str, count: int) -> None:
        """The first thing that waits, and how many there are."""
        more = self.tr("{title} (and {count} more)").format(title=title, count=count - 1) if count > 1 else title
        self._line.tell(Notice(Tone.ATTENTION, more, self.tr("Someone waits for you")))


class _Bar(Folding):
    """The white bar below the header."""

    def __init__(self) -> None:
        super().__init__(gap=Space.HAIR, margin=(0, 0, Space.WIDE, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Colour.SURFACE.value))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(Colour.LINE.value))

"""One console: log-in, then what the view of this role holds; incidents first, quiet when all is well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QLocale, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from app.link import (
    Failed,
    Happened,
    JournalProved,
    LineChanged,
    SessionEnded,
    StreamProof,
    ViewChanged,
    WritingChanged,
)
from app.ports.ambient import Clock
from ui.bridge.bridge import Bridge
from ui.call.desk import Equipment
from ui.call.seen import OUTSIDE
from ui.console.calls import ConsoleCalls
from ui.console.camera_recording import CameraRecording
from ui.console.desk import Desk, sentence_of
from ui.console.face_capture import FaceDesk
from ui.console.names import Name, PageName
from ui.console.outside import OutsideCall
from ui.console.pages.login import LoginPage
from ui.console.proof_words import fault_word
from ui.console.side import TARGETS, Waiting, waiting
from ui.console.sight import STAFF, Kind, Matter, Sight, Target, Todo
from ui.console.telling import MACHINERY, Teller
from ui.console.watching import ConsoleWatching, WatchEquipment
from ui.console.words import console_title
from ui.console.workspace import Workspace
from ui.models.room_time import RoomTime
from ui.theme import Scale, Tone, apply, look
from ui.widgets.boxes import Page
from ui.widgets.buttons import ScaleSwitch
from ui.widgets.contrast_switch import ContrastSwitch
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice
from ui.widgets.page_stack import PageStack
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.text import Fact

_NARROW = 1_200


class ConsoleWindow(Page):
    """The console of `role`. `page_name` and `page_changed` tell which page is shown; files are saved in `folder`.
    With `faces` it is an enrolment desk; with `calls` staff talk with seats and others are asked; with `watch` staff
    see cameras."""

    page_changed = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        role: str,
        clock: Clock,
        folder: Path,
        scale: Scale = Scale.NORMAL,
        faces: FaceDesk | None = None,
        calls: Equipment | None = None,
        watch: WatchEquipment | None = None,
    ) -> None:
        self._header = HeaderBar(console_title(role))
        super().__init__(self._header)
        self._bridge, self._role = bridge, role
        self._time = RoomTime(clock)
        self._teller = Teller()
        self._sight = Sight({})
        self._untold: list[dict[str, Any]] = []
        self._position = 0
        self._away: Matter | None = None
        self._writing = "ok"
        self._proofs: tuple[StreamProof, ...] = ()
        self._sending = ""
        self._inside = False
        self._desk = Desk(bridge, folder, self)
        self._renderer = PageRenderer(self)
        self._login = LoginPage(self._desk, role)
        self._calls: ConsoleCalls | None = None
        if calls is not None and role in STAFF:
            self._calls = ConsoleCalls(bridge.link, bridge.signalled, calls, self._desk, self)
        self._asked: OutsideCall | None = None
        if calls is not None and role in OUTSIDE:
            self._asked = OutsideCall(bridge.link, bridge.signalled, calls, self._desk, self)
        self._watching: ConsoleWatching | None = None
        if watch is not None and role in STAFF:
            self._watching = ConsoleWatching(bridge.link, bridge.signalled, watch, self._desk, self)
        self._recording: CameraRecording | None = None
        if self._watching is not None and watch is not None and watch.recorder is not None and watch.cameras:
            cameras = self._watching.cameras
            self._recording = CameraRecording(bridge.link.recordings, cameras, watch.recorder, watch.shrink, self)
        self._work = Workspace(self._desk, role, self._renderer, self._time, faces, self._calls, self._watching)
        if self._asked is not None:
            self._work.add_above(self._asked.line)
        self._stack = self.add(PageStack(), 1)
        self._stack.put(self._login)
        self._stack.put(self._work)
        switch = ScaleSwitch(scale)
        switch.setObjectName(Name.SCALE)
        self._header.add_control(switch)
        self._header.add_control(ContrastSwitch()).button.setObjectName(Name.CONTRAST)
        switch.chosen.connect(self._resize_type)
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()
        self._connect()
        self._login.setFocus()

    def _connect(self) -> None:
        self._bridge.view_changed.connect(self._view_changed)
        self._bridge.happened.connect(self._happened)
        self._bridge.line_changed.connect(self._line_changed)
        self._bridge.session_ended.connect(self._session_ended)
        self._bridge.proved.connect(self._proved)
        self._bridge.writing_changed.connect(self._writing_changed)
        self._login.entered.connect(self._entered)
        self._desk.went.connect(self._work.go)
        self._work.turned.connect(self._turned)
        self._work.left.connect(self._log_out)
        self._work.side.chosen.connect(self._chosen)

    @property
    def page_name(self) -> str:
        """The page shown now."""
        return (self._work.page if self._inside else PageName.LOGIN).value

    # --- who is here

    @Slot()
    def _entered(self) -> None:
        """The room knows the one who logged in: another view, and the journal from its beginning."""
        self._bridge.link.begin_again()

    @Slot()
    def _log_out(self) -> None:
        self._desk.ask("logout", lambda client: client.logout(), lambda _answer: None, lambda _failure: None)
        self._shut(None)
        self._bridge.link.begin_again()

    def _shut(self, notice: Notice | None) -> None:
        """Nobody is at this console: nothing of what was seen stays."""
        was_inside, self._inside = self._inside, False
        self._desk.forget()
        self._sight = Sight({})
        self._untold.clear()
        self._sending = ""
        if self._calls is not None:
            self._calls.show_sight(self._sight)
        if self._asked is not None:
            self._asked.show_sight(self._sight)
        if self._watching is not None:
            self._watching.show_sight(self._sight)
        self._work.leave()
        self._login.leave()
        self._login.tell(notice)
        self._stack.turn_to(self._login)
        self._header.set_facts(())
        if was_inside:
            self._login.setFocus()
            self.page_changed.emit(self.page_name)

    @Slot(object)
    def _session_ended(self, message: SessionEnded) -> None:
        """A room that only goes down comes back to the same session: the line says so, nothing is lost."""
        if message.reason == "closing":
            return
        text = self.tr("The room has ended this machine's session. Ask the centre, then log in again.")
        self._shut(Notice(Tone.ATTENTION, text))

    # --- what the room says

    @Slot(object)
    def _view_changed(self, message: ViewChanged) -> None:
        sight = Sight(message.view)
        if at := message.view.get("at"):
            self._time.hear(str(at))
        room = str(sight.room.get("name") or "")
        self._header.set_title(console_title(self._role), room)
        self._header.set_rehearsal(bool(sight.room.get("rehearsal")))
        self._login.show_sight(sight)
        if self._recording is not None:  # also while nobody is logged in
            self._recording.show_sight(sight)
        if sight.role != self._role:
            if self._inside:
                self._shut(Notice(Tone.INFO, self.tr("You are logged out; please log in again.")))
            return
        self._sight = sight
        if self._calls is not None:
            self._calls.show_sight(sight)
        if self._asked is not None:
            self._asked.show_sight(sight)
        if self._watching is not None:
            self._watching.show_sight(sight)
        self._work.show_sight(sight)
        if not self._inside:
            self._inside = True
            self._work.show_proof(self._proofs)
            self._stack.turn_to(self._work)
            self._work.go_home()
        self._tell()
        self._show_waiting()
        self._tick()

    def _show_waiting(self) -> None:
        queued = self._calls is not None and self._role == "centre"
        found = waiting(self._sight, self._own_troubles(), queued=queued)
        self._work.side.show_waiting(found)
        urgent = sum(one.incident.tone in {Tone.ERROR, Tone.ATTENTION} for one in found)
        urgent += 0 if self._calls is None else len(self._calls.queue.waiting)
        seats = self._sight.seats
        facts = [Fact(self.tr("to handle"), str(urgent))]
        if seats:
            facts.append(Fact(self.tr("seats in use"), f"{self._sight.in_use()} / {len(seats)}"))
        self._header.set_facts(facts)

    def _own_troubles(self) -> list[Matter]:
        """What is wrong with this console's line, with what it is told, or with the room's disk."""
        target = Target(PageName.JOURNAL)
        broken = [Matter(Kind.JOURNAL_BROKEN, target, "", (fault_word(one),)) for one in self._proofs if one.fault]
        return [*([] if self._away is None else [self._away]), *self._unwritten(), *broken]

    def _unwritten(self) -> list[Matter]:
        """What keeps the room from writing, for as long as it does and the room says so."""
        if self._writing == "ok" or self._away is not None:
            return []
        kind = Kind.ROOM_SLOW if self._writing == "disk_slow" else Kind.ROOM_UNWRITTEN
        return [Matter(kind, Target(PageName.ROOM), "", (self._writing,))]

    @Slot(object)
    def _writing_changed(self, message: WritingChanged) -> None:
        self._writing = message.state
        if self._inside:
            self._show_waiting()

    @Slot(object)
    def _proved(self, message: JournalProved) -> None:
        self._proofs = message.streams
        if self._inside:
            self._work.show_proof(self._proofs)
            self._show_waiting()

    @Slot(object)
    def _happened(self, message: Happened) -> None:
        if at := message.entry.get("at"):
            self._time.hear(str(at))
        position = int(message.entry["position"])
        if position <= self._position:  # the stream begins anew, as someone else's: so does the journal
            self._untold.clear()
            self._work.forget_journal()
        self._position = position
        self._untold.append(message.entry)
        data = message.entry.get("data")
        if message.entry["type"] == "DrawOpened" and data:
            self._work.open_draw(int(data["draw_no"]), data["transcript"])

    def _tell(self) -> None:
        """Tell what happened since, in the words of the view that followed it."""
        lines = [(entry["type"], self._teller.line(entry, self._sight)) for entry in self._untold]
        self._untold.clear()
        running = [line for kind, line in lines if kind not in MACHINERY]
        self._work.tell([line for _kind, line in lines], running)

    @Slot(object)
    def _line_changed(self, message: LineChanged) -> None:
        facts = (str(message.waiting),)
        self._away = None if message.up else Matter(Kind.ROOM_AWAY, Target(PageName.ROOM), "", facts)
        if self._inside:
            self._show_waiting()
        elif not message.up:
            away = self.tr("The room server cannot be reached; it is tried again by itself.")
            self._login.tell(Notice(Tone.ATTENTION, away))
        else:
            self._login.tell(None)

    # --- what the person does

    @Slot(object)
    def _chosen(self, one: Waiting) -> None:
        """The button of something that waits: a page, the room again, or one command."""
        self._work.side.tell(None)
        if one.todo is not None:
            self._step(one.todo)
        elif one.target is not None and self._away is not None and one.incident.key.startswith(Kind.ROOM_AWAY):
            self._bridge.link.refresh()
        elif one.target is not None:
            self._work.go(one.target)

    def _step(self, todo: Todo) -> None:
        if todo.code in TARGETS:
            self._work.go(Target(TARGETS[todo.code], todo.stream, todo.lot))
        elif self._sending != todo.code:
            self._send_step(todo)

    def _send_step(self, todo: Todo) -> None:
        commands: dict[str, tuple[str, str, dict[str, Any]]] = {
            "call_draw": ("room", "CallDraw", {"purpose": "slots", "streams": self._to_draw()}),
            "constitute_committee": (todo.stream, "ConstituteCommittee", {}),
            "close_evaluation": (todo.stream, "CloseEvaluation", {}),
        }
        found = commands.get(todo.code)
        if found is None:
            return
        self._sending = todo.code
        self._work.side.tell(Notice(Tone.INFO, self.tr("Sending …")))
        self._desk.send(*found, self._step_done, self._step_refused)
        if todo.code == "call_draw":
            self._work.go(Target(PageName.DRAWS))

    def _to_draw(self) -> list[str]:
        """One draw seats every evaluation that waits for it, so that none is beside its own."""
        return [todo.stream for todo in self._sight.todos() if todo.code == "call_draw"]

    def _step_done(self, _answer: object) -> None:
        self._sending = ""
        self._work.side.tell(None)

    def _step_refused(self, failure: Failed) -> None:
        self._sending = ""
        self._work.side.tell(Notice(Tone.ERROR, sentence_of(failure)))

    # --- the window itself

    @Slot()
    def _turned(self) -> None:
        if self._inside:
            self.page_changed.emit(self.page_name)

    @Slot(object)
    def _resize_type(self, scale: Scale) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, scale)

    @Slot()
    def _tick(self) -> None:
        now = self._time.now()
        if now is not None:
            # The long date takes the room of the title where the type is large on a small screen.
            long = self.width() >= look().px(_NARROW)
            form = QLocale.FormatType.LongFormat if long else QLocale.FormatType.ShortFormat
            day = QLocale().toString(QDate(now.year, now.month, now.day), form)
            self._header.set_clock(now.strftime("%H:%M:%S"), day)
        self._work.tick()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything that runs."""
        self._ticker.stop()
        if self._calls is not None:
            self._calls.close()
        if self._asked is not None:
            self._asked.close()
        self._work.end()
        if self._recording is not None:
            self._recording.close()
        if self._watching is not None:
            self._watching.close()
        self._desk.stop()
        self._renderer.shutdown()
        super().closeEvent(event)

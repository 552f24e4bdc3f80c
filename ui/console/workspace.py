"""The console behind the log-in: the way to each page, the page itself, and the side that never goes away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.link import StreamProof
from app.ports.ambient import Clock
from ui.console.calls import ConsoleCalls
from ui.console.desk import Desk, DeskPage
from ui.console.face_capture import FaceDesk
from ui.console.names import Name, PageName, part
from ui.console.pages.acts import ActsPage
from ui.console.pages.broadcast import BroadcastPage
from ui.console.pages.check_in import CheckInPage
from ui.console.pages.draws import DrawsPage
from ui.console.pages.evaluations import EvaluationsPage
from ui.console.pages.faces import FacesPage
from ui.console.pages.forms import FormsPage
from ui.console.pages.gallery import GalleryPage
from ui.console.pages.importing import ImportPage
from ui.console.pages.journal import JournalPage
from ui.console.pages.keeping import KeepingPage
from ui.console.pages.ledger import LedgerPage
from ui.console.pages.machines import MachinesPage
from ui.console.pages.platform import PlatformPage
from ui.console.pages.release import ReleasePage
from ui.console.pages.replay import ReplayPage
from ui.console.pages.report import ReportPage
from ui.console.pages.result import ResultPage
from ui.console.pages.room import RoomPage
from ui.console.pages.scan import ScanPage
from ui.console.pages.seat import SeatPage
from ui.console.pages.tables import TablesPage
from ui.console.side import Side
from ui.console.sight import RELEASERS, STAFF, Json, Sight, Target
from ui.console.watching import ConsoleWatching
from ui.models.journal import RUNNING, JournalLine, JournalModel
from ui.models.room_time import RoomTime
from ui.theme import Space
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import QuietButton
from ui.widgets.flow import Flow
from ui.widgets.page_stack import PageStack
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.standing import StandingStrip
from ui.widgets.text import Text

HOME = {PageName.SEAT: PageName.ROOM, PageName.RELEASE: PageName.ROOM, PageName.TABLES: PageName.EVALUATIONS}
HOME |= {PageName.FORMS: PageName.EVALUATIONS, PageName.SCAN: PageName.ACTS}
HOME |= {PageName.PLATFORM: PageName.EVALUATIONS, PageName.REPLAY: PageName.JOURNAL}
HOME |= {PageName.RESULT: PageName.EVALUATIONS, PageName.REPORT: PageName.EVALUATIONS}
HOME |= {PageName.BROADCAST: PageName.ROOM, PageName.KEEPING: PageName.ROOM}
"""Pages that are reached from another one, and which one that is."""
_LOOKS = frozenset({PageName.GALLERY, PageName.REPLAY})
"""Pages on which people are seen."""


def destinations(role: str, *, watches: bool = False) -> tuple[PageName, ...]:
    """What the way to each page offers a role. It hides what this role could never fill; the view hides the rest."""
    pages = [PageName.ROOM, *((PageName.GALLERY,) if watches else ()), PageName.EVALUATIONS, PageName.ACTS]
    if role in STAFF:
        pages.append(PageName.CHECK_IN)
    pages += [PageName.DRAWS, PageName.JOURNAL]
    if role in STAFF:
        pages.append(PageName.LEDGER)
    if role in RELEASERS:
        pages.append(PageName.FACES)
    if role == "centre":
        pages += [PageName.IMPORT, PageName.MACHINES]
    return tuple(pages)


def _replay(desk: Desk, clock: Clock, watching: ConsoleWatching | None) -> tuple[ReplayPage, ...]:
    """The page that shows recordings, where there is what shows them."""
    if watching is None or watching.reel is None:
        return ()
    return (ReplayPage(desk, clock, watching.reel, watching.replay_sound(clock)),)


class _Body(Folding):
    """Page and side: both scroll by themselves, so that neither asks for the height it would like to have."""

    def hasHeightForWidth(self) -> bool:
        """What there is must do."""
        return False


class Workspace(Column):
    """`turned` when another page is shown, `left` when the person logs out."""

    turned = Signal()
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        role: str,
        renderer: PageRenderer,
        time: RoomTime,
        faces: FaceDesk | None = None,
        calls: ConsoleCalls | None = None,
        watching: ConsoleWatching | None = None,
    ) -> None:
        super().__init__(gap=Space.GAP, margin=(Space.WIDE, Space.GAP, Space.WIDE, Space.WIDE))
        self._role, self._time = role, time
        self.journal = JournalModel(self, RUNNING)
        self.side = Side(self.journal, None if calls is None else calls.queue)
        self._queue = None if calls is None else calls.queue
        replay = _replay(desk, time.clock, watching)
        self._journal_page = JournalPage(desk, replays=bool(replay))
        self._draws = DrawsPage(desk)
        self._gallery = GalleryPage(desk, time.clock, watching)
        made: tuple[DeskPage, ...] = (
            RoomPage(desk),
            SeatPage(desk, calls),
            EvaluationsPage(desk),
            CheckInPage(desk),
            self._draws,
            ImportPage(desk),
            MachinesPage(desk),
            self._journal_page,
            LedgerPage(desk, renderer),
            KeepingPage(desk),
            ReleasePage(desk),
            TablesPage(desk),
            ResultPage(desk),
            ReportPage(desk, renderer),
            ActsPage(desk, role, time),
            FormsPage(desk, renderer),
            ScanPage(desk, renderer),
            FacesPage(desk, faces),
            PlatformPage(desk, role),
            self._gallery,
            BroadcastPage(desk, speaks=calls is not None),
            *replay,
        )
        self._pages = {page.page: page for page in made}
        self._build_way(destinations(role, watches=watching is not None))
        if calls is not None:
            self.add(calls.line)
            self.add(calls.broadcasts.line)
        self._standing = self.add(StandingStrip())
        # Where the type is large on a small screen, what waits for someone comes first.
        body = self.add(_Body(gap=Space.WIDE, upwards=True), 1)
        self._stack = body.add(PageStack(), 5)
        for page in made:
            self._stack.put(page)
        body.add(self.side, 3)
        self._sight = Sight({})
        self._now = PageName.ROOM
        self.go_home()

    def _build_way(self, offered: tuple[PageName, ...]) -> None:
        row = self.add(Row(gap=Space.HAIR))
        ways = row.add(Flow(gap=0), 1)
        self._group = QButtonGroup(self)
        self._ways: dict[PageName, QuietButton] = {}
        for name in offered:
            button = ways.add(QuietButton(self._caption(name)))
            button.setCheckable(True)
            button.setObjectName(part(Name.NAV, name.value))
            button.clicked.connect(lambda _on=False, to=name: self.go(Target(to)))
            self._group.addButton(button)
            self._ways[name] = button
        self._post = row.add(Text("", soft=True, wrap=False))
        out = row.add(QuietButton(self.tr("Log out")))
        out.setObjectName(Name.LOG_OUT)
        out.clicked.connect(self.left)

    def _caption(self, name: PageName) -> str:
        return {
            PageName.ROOM: self.tr("Room"),
            PageName.EVALUATIONS: self.tr("Evaluations"),
            PageName.ACTS: self.tr("Matters"),
            PageName.CHECK_IN: self.tr("Check-in"),
            PageName.DRAWS: self.tr("Draws"),
            PageName.JOURNAL: self.tr("Journal"),
            PageName.LEDGER: self.tr("Ledger"),
            PageName.IMPORT: self.tr("Import"),
            PageName.MACHINES: self.tr("Machines"),
            PageName.FACES: self.tr("Faces"),
            PageName.GALLERY: self.tr("Gallery"),
        }[name]

    @property
    def page(self) -> PageName:
        """The page shown."""
        return self._now

    def add_above(self, widget: QWidget) -> None:
        """Something that stands above every page."""
        self.insert(self.place_of(self._standing), widget)

    def go_home(self) -> None:
        """The page that a role begins with."""
        self.go(Target(PageName.ROOM if self._role in STAFF else PageName.EVALUATIONS))

    def go(self, target: Target) -> None:
        """Show a page about a target."""
        page = self._pages[target.page]
        if self._now in _LOOKS and target.page is not self._now:
            self._pages[self._now].leave()  # looking lasts as long as somebody looks
        self._now = target.page
        page.open(target)
        page.show_sight(self._sight)
        self._stack.turn_to(page)
        way = self._ways.get(HOME.get(target.page, target.page))
        if way is not None:
            way.setChecked(True)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def show_sight(self, sight: Sight) -> None:
        """Show what is there now; a page out of sight is told when it is opened."""
        self._sight = sight
        self._post.setText(sight.post)
        self._standing.show_standing(sight.notices(), self._time.now())
        self._pages[self._now].show_sight(sight)

    def tick(self) -> None:
        """A second has passed: limits count down."""
        self._standing.tick(self._time.now())
        self._gallery.tick()
        if self._queue is not None:
            self._queue.tick(self._time.now())

    def tell(self, lines: list[JournalLine], running: list[JournalLine]) -> None:
        """New lines of the journal: all of them, and those that run along."""
        self.journal.extend(running)
        self._journal_page.extend(lines)

    def open_draw(self, number: int, transcript: Json) -> None:
        """A draw was disclosed with its transcript."""
        self._draws.open_draw(number, transcript)

    def show_proof(self, proofs: tuple[StreamProof, ...]) -> None:
        """How far this console has proved the journal."""
        self._journal_page.show_proof(proofs)

    def forget_journal(self) -> None:
        """The journal will be told again from its beginning."""
        self.journal.clear()
        self._journal_page.forget()

    def leave(self) -> None:
        """The person goes: every page forgets what it showed."""
        self._sight = Sight({})
        self.forget_journal()
        self.side.show_waiting([])
        self.side.tell(None)
        self._standing.show_standing((), None)
        self._post.setText("")
        self.end()
        self.go_home()

    def end(self) -> None:
        """Nothing typed or seen stays, and no camera runs."""
        for page in self._pages.values():
            page.leave()

"""The gallery: the cameras of seats and room beside one another, incidents first, and one of them large on demand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from app.ports.ambient import Clock
from app.ports.camera import Frame
from ui.console.desk import Desk, DeskPage
from ui.console.gallery_grid import GalleryGrid
from ui.console.gallery_order import SIZES, Shown, fitting, in_order
from ui.console.gallery_tile import PictureTile
from ui.console.names import Name, PageName, part
from ui.console.sight import Sight, Target
from ui.console.watching import ConsoleWatching, Wanted, watching_of
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text


def obstacle_words(obstacle: str) -> str:
    """Why this post does not watch now."""
    translate = QCoreApplication.translate
    return {
        "watching_closed": translate(
            "Gallery", "Closed for this post while members work alone; it opens by itself afterwards."
        ),
        "watching_not_allowed": translate("Gallery", "The rule set does not let this post watch the seats."),
    }.get(obstacle, translate("Gallery", "Nobody sits at a seat now."))


class GalleryPage(DeskPage):
    """Watching lasts as long as this page is open; the room, the seats and the journal know of it."""

    page = PageName.GALLERY

    def __init__(self, desk: Desk, clock: Clock, watching: ConsoleWatching | None) -> None:
        super().__init__(desk)
        self._clock, self._watching = clock, watching
        self._sight = Sight({})
        self._open = False
        self._size: int | None = None
        self._first = 0
        self._alone: Shown | None = None
        self._refused = ""
        card = self.add(Card(self.tr("Gallery"), margin=Space.WIDE, gap=Space.GAP), 1)
        self._way = card.add_beside_title(Row(gap=Space.HAIR))
        self._build_sizes()
        self._line = card.add(NoticeLine())
        self._stack = card.add(QStackedWidget(), 1)
        self._grid = GalleryGrid()
        self._grid.setObjectName(Name.GALLERY)
        self._grid.chosen.connect(self._look_at)
        self._stack.addWidget(self._grid)
        self._large = Column(gap=Space.GAP)
        self._tile: PictureTile | None = None
        below = self._large.add(Row(gap=Space.GAP))
        self._back = below.add(Button(self.tr("All pictures"), "Esc"))
        self._back.setObjectName(Name.GALLERY_BACK)
        self._back.clicked.connect(self._look_at_all)
        self._seat = below.add(Button(self.tr("To the page of this seat")))
        self._seat.setObjectName(Name.GALLERY_SEAT)
        self._seat.clicked.connect(self._go_to_seat)
        below.fill()
        self._stack.addWidget(self._large)
        if watching is not None:
            watching.came.connect(self._came)
            watching.refused.connect(self._not_watched)

    def _build_sizes(self) -> None:
        self._before = self._way.add(QuietButton("‹"))
        self._before.setAccessibleName(self.tr("Pictures before these"))
        self._where = self._way.add(Text("", Role.BODY, soft=True, wrap=False))
        self._after = self._way.add(QuietButton("›"))
        self._after.setAccessibleName(self.tr("Pictures behind these"))
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._group = QButtonGroup(self)
        self._sizes: dict[int, QuietButton] = {}
        for size in SIZES:
            button = self._sizes[size] = self._way.add(QuietButton(str(size)))
            button.setAccessibleName(self.tr("{count} pictures").format(count=size))
            button.setCheckable(True)
            button.setObjectName(part(Name.GALLERY_SIZE, str(size)))
            button.clicked.connect(lambda _on=False, to=size: self._choose_size(to))
            self._group.addButton(button)

    # --- the desk's page

    def open(self, target: Target) -> None:
        """Somebody looks: from now on the seats are watched."""
        super().open(target)
        self._open, self._refused = True, ""

    def leave(self) -> None:
        """Nobody looks any more: nothing is watched, and no face stays."""
        self._open = False
        self._alone = None
        self._first = 0
        self._size = None
        self._drop_large()
        self._grid.show_all((), 4)
        self._want(())

    def show_sight(self, sight: Sight) -> None:
        """The seats as they are now."""
        self._sight = sight
        if not self._open:
            return
        found = [one for one in self._all() if not self._obstacle(one.stream)]
        self._show(found)
        self._want(self._shown_of(found))

    def tick(self) -> None:
        """A second has passed: pictures grow old."""
        now = self._clock.monotonic()
        for tile in (*self._grid.tiles, *((self._tile,) if self._tile is not None else ())):
            tile.tick(now)

    # --- what is shown

    def _all(self) -> list[Shown]:
        cameras = self._watching.cameras.names if self._watching is not None else ()
        return in_order(self._sight, cameras)

    def _obstacle(self, stream: str) -> str:
        """Of an evaluation; of the room's cameras only where it stands in every one."""
        seen = [watching_of(one) for one in self._sight.evaluations if stream in ("", one["stream"])]
        found = [str(one.get("obstacle") or "") for one in seen]
        return "" if "" in found else (found[0] if found else "nobody_at_seat")

    def _shown_of(self, found: list[Shown]) -> list[Shown]:
        size = self._size or fitting(len(found))
        self._first = min(self._first, max(0, (len(found) - 1) // size * size))
        return found[self._first : self._first + size]

    def _show(self, found: list[Shown]) -> None:
        size = self._size or fitting(len(found))
        here = self._shown_of(found)
        self._grid.show_all(here, size)
        self._sizes[size].setChecked(True)
        pages = max(1, -(-len(found) // size))
        self._where.setText(f"{self._first // size + 1} / {pages}")
        for widget in (self._before, self._where, self._after):
            widget.setVisible(pages > 1)
        self._before.setEnabled(self._first > 0)
        self._after.setEnabled(self._first + size < len(found))
        alone = next((one for one in here if self._alone is not None and one.key == self._alone.key), None)
        if self._alone is not None and alone is None:
            self._look_at_all()
        elif alone is not None and self._tile is not None:
            self._alone = alone
            self._tile.show_seat(alone)
        self._say(here)

    def _say(self, here: list[Shown]) -> None:
        obstacles = [self._obstacle(one["stream"]) for one in self._sight.evaluations]
        closed = next((one for one in obstacles if one and one != "nobody_at_seat"), "")
        seats = sum(bool(one.stream) for one in here)
        if self._refused:
            notice = Notice(Tone.ERROR, self._refused)
        elif closed:
            notice = Notice(Tone.ATTENTION, obstacle_words(closed))
        elif not here:
            notice = Notice(Tone.INFO, obstacle_words("nobody_at_seat"))
        elif self._alone is not None and self._alone.stream:
            notice = Notice(Tone.INFO, self.tr("This seat knows that you look closely; it is in the journal."))
        else:
            told = self.tr("{count} seats know that you watch; it is in the journal. Nobody's screen is seen.")
            notice = Notice(Tone.INFO, told.format(count=seats))
        self._line.tell(notice)

    # --- what is watched

    def _want(self, here: list[Shown] | tuple[Shown, ...]) -> None:
        if self._watching is None:
            return
        cameras = tuple(one.name for one in here if not one.stream)
        streams = {str(one["stream"]) for one in self._sight.evaluations} if here else set()
        wanted = {}
        for stream in streams:
            aliases = tuple(one.name for one in here if one.stream == stream)
            if aliases and not self._obstacle(stream):
                large = self._alone.name if self._alone is not None and self._alone.stream == stream else ""
                wanted[stream] = Wanted(aliases, large if large in aliases else "", cameras)
        close = self._alone.name if self._alone is not None and not self._alone.stream else ""
        self._watching.want(wanted, close)

    def _came(self, stream: str, name: str, frame: Frame) -> None:
        if not self._open:
            return
        now = self._clock.monotonic()
        for tile in (*self._grid.tiles, *((self._tile,) if self._tile is not None else ())):
            if tile.shown.key == (stream, name):
                tile.show_picture(frame, now)

    def _not_watched(self, sentence: str) -> None:
        self._refused = sentence
        if self._open:
            self._say(self._shown_of(self._all()))

    # --- what is pressed

    def _choose_size(self, size: int) -> None:
        self._size, self._first = size, 0
        self.show_sight(self._sight)

    def _turn(self, by: int) -> None:
        size = self._size or fitting(len(self._all()))
        if 0 <= self._first + by * size < len(self._all()):
            self._first += by * size
            self.show_sight(self._sight)
            self._grid.take_focus()

    def _look_at(self, shown: Shown) -> None:
        self._alone = shown
        self._drop_large()
        self._tile = self._large.insert(0, PictureTile(shown, large=True))
        self._tile.setObjectName(Name.GALLERY_LARGE)
        self._tile.chosen.connect(self._look_at_all)
        self._seat.setVisible(bool(shown.stream))
        self._stack.setCurrentWidget(self._large)
        self.show_sight(self._sight)
        if self._tile is not None:
            self._tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at_all(self, _shown: object = None) -> None:
        before, self._alone = self._alone, None
        self._drop_large()
        self.show_sight(self._sight)
        self._grid.take_focus(before)

    def _drop_large(self) -> None:
        self._stack.setCurrentWidget(self._grid)
        if self._tile is not None:
            self._large.drop(self._tile)
            self._tile = None

    def _go_to_seat(self) -> None:
        if self._alone is not None:
            self.desk.go(Target(PageName.SEAT, seat=self._alone.seat))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn the pages, as the arrows beside them do."""
        if self._alone is None and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

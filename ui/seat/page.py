"""What every page of the seat is: a column that is shown a view, may ask the room, and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.link import Answered, Failed
from app.ports.ambient import Clock
from app.ports.camera import Camera
from app.ports.face import FaceMatcher
from app.ports.signer import SigningKey
from ui.models.room_time import RoomTime
from ui.seat.desk import Desk
from ui.seat.keeper import Keeper
from ui.seat.kit import Kit
from ui.seat.shelf import Shelf
from ui.seat.steps import Place, Sight
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column, Row
from ui.widgets.key_card import KeyHelp
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.text import Text


@dataclass(frozen=True)
class Fittings:
    """What a seat is equipped with; pages take what they need."""

    desk: Desk
    shelf: Shelf
    renderer: PageRenderer
    camera: Camera
    matcher: FaceMatcher
    clock: Clock
    time: RoomTime
    keeper: Keeper
    kit: Kit | None = None
    signer: SigningKey | None = None


class SeatPage(Column):
    """One page. It is made when its place is first shown, and kept while that place can still be shown."""

    def __init__(self, fittings: Fittings, place: Place, *, margin: float = Space.PAGE) -> None:
        super().__init__(gap=Space.GAP, margin=margin)
        self.fit = fittings
        self.place = place
        self.notice = NoticeLine()
        self.notice.hide()

    # --- for the window

    @property
    def sight(self) -> Sight:
        """The newest view."""
        return self.fit.desk.sight

    def show_view(self) -> None:
        """A view has come (the first one before the page is shown)."""

    def enter(self) -> None:
        """The page is on the screen now."""

    def leave(self) -> None:
        """Another page takes its place; this one may come back."""

    def discard(self) -> None:
        """The page will not come back: let go of what it holds."""
        self.fit.desk.forget(self)

    def tick(self) -> None:
        """A second has passed."""

    def line_back(self) -> None:
        """The line to the room has come back."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard is when the page comes."""
        return None

    def keys(self) -> tuple[KeyHelp, ...]:
        """What keys do here beyond Tab and Enter."""
        return ()

    # --- what the room says

    def answered(self, answer: Answered) -> None:
        """The room did what was asked; the view that follows moves on."""
        self.say(None)

    def refused(self, failure: Failed) -> None:
        """The room said no: its sentence, where the person looks."""
        self.say(Notice(Tone.ERROR, failure.sentence))

    # --- for pages

    def send(self, kind: str, data: dict[str, Any]) -> None:
        """Send a command in this page's name."""
        self.say(Notice(Tone.INFO, self.tr("Sent; waiting for the room.")))
        self.fit.desk.send(self, kind, data)

    def say(self, notice: Notice | None) -> None:
        """Say something in place, or nothing."""
        self.notice.tell(notice)
        self.notice.setVisible(notice is not None)

    @property
    def words(self) -> Mapping[str, str]:
        """The track's own words."""
        return self.sight.words


class Narrow(Row):
    """Holds one widget in the middle, no wider than `width` px of scale 1.0: long lines tire."""

    def __init__(self, inner: QWidget, width: float = 1060) -> None:
        self._inner, self._width = inner, width
        super().__init__(gap=0)
        self.fill()
        self.add(inner, 1000)
        self.fill()
        self.restyle()

    def restyle(self) -> None:
        """Scale the limit."""
        super().restyle()
        self._inner.setMaximumWidth(look().px(self._width))


def headline(text: str, below: str = "", *, centred: bool = False) -> Column:
    """A page's title and the one sentence below it that says what to do."""
    align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    made = Column(Text(text, Role.PAGE, align=align), gap=Space.HAIR)
    if below:
        made.add(Text(below, Role.BODY, soft=True, align=align))
    return made

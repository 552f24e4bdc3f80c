"""A seat at a glance: its number, the alias sitting there, what is going on, the line and since when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.notice import paint_state
from ui.widgets.painted import paint_focus, paint_plate
from ui.widgets.symbols import Symbol

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class LineQuality(Enum):
    """How well a seat's line holds; NONE where no device is expected."""

    NONE = auto()
    GOOD = auto()
    WEAK = auto()
    LOST = auto()


@dataclass(frozen=True)
class SeatSight:
    """What a console may see of a seat. `word` names the state, `note` says more in half a line."""

    number: str
    word: str
    tone: Tone = Tone.QUIET
    symbol: Symbol = Symbol.EMPTY
    alias: str = ""
    note: str = ""
    since: str = ""
    line: LineQuality = LineQuality.NONE


@dataclass(frozen=True)
class SeatChosen:
    """A person wants to look at this seat."""

    number: str


def line_word(line: LineQuality) -> str:
    """The word for the quality of a line."""
    translate = QCoreApplication.translate
    return {
        LineQuality.NONE: "",
        LineQuality.GOOD: translate("LineQuality", "Line good"),
        LineQuality.WEAK: translate("LineQuality", "Line weak"),
        LineQuality.LOST: translate("LineQuality", "Line lost"),
    }[line]


class SeatTile(QAbstractButton):
    """A SeatSight to look at and to choose, by click, space bar or Return. Calm unless something is the matter."""

    chosen = Signal(object)

    def __init__(self, sight: SeatSight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sight = sight
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)
        self.show_sight(sight)

    def show_sight(self, sight: SeatSight) -> None:
        """Show what has become of the seat."""
        self._sight = sight
        seat = self.tr("Seat {number}").format(number=sight.number)
        parts = (seat, sight.alias, sight.word, sight.note, line_word(sight.line), sight.since)
        told = ", ".join(part for part in parts if part)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def sight(self) -> SeatSight:
        """What is shown."""
        return self._sight

    def sizeHint(self) -> QSize:
        """A tile in comfort."""
        return QSize(look().px(230), look().px(142))

    def minimumSizeHint(self) -> QSize:
        """The smallest at which nothing is cut: three lines of type."""
        px = look().px
        high = sum(QFontMetrics(look().font(role)).height() for role in (Role.SEAT, Role.BODY, Role.SMALL))
        return QSize(px(176), high + px(Space.WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses; arrows are left to the room plan, which knows the neighbours."""
        if event.key() in ARROWS:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self.chosen.emit(SeatChosen(self._sight.number))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint plate, number, state, alias, line and time."""
        painter = QPainter(self)
        sight, px = self._sight, look().px
        free = sight.tone is Tone.QUIET
        loud = sight.tone in {Tone.ATTENTION, Tone.ERROR}
        ground = sight.tone.ground if loud or free else Colour.SURFACE
        edge = sight.tone.ink if loud or sight.tone is Tone.REMOTE else Colour.LINE
        paint_plate(painter, QRectF(self.rect()), ground, edge=edge, width=px(2) if loud else 1)
        pad = px(14)
        inner = self.rect().adjusted(pad, px(Space.SMALL), -pad, -px(Space.SMALL))
        top = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(look().font(Role.SEAT)).height())
        painter.setFont(look().font(Role.SEAT))
        painter.setPen(QColor((Colour.INK_SOFT if free else Colour.INK).value))
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, start, sight.number)
        used = painter.fontMetrics().horizontalAdvance(sight.number) + px(Space.SMALL)
        beside = top.adjusted(used, 0, 0, 0)
        middle = QRect(inner.left(), top.bottom() + 1, inner.width(), px(28))
        if self._state_width() <= beside.width():
            paint_state(painter, beside, sight.word, sight.tone, sight.symbol, role=Role.BODY_STRONG)
            _pair(painter, middle, sight.alias, sight.note, Role.BODY_STRONG)
        else:  # a long state takes a line of its own
            _pair(painter, beside, "", sight.alias)
            paint_state(painter, middle, sight.word, sight.tone, sight.symbol, role=Role.BODY_STRONG)
        low = px(24)
        foot = QRect(inner.left(), inner.bottom() - low, inner.width(), low)
        # A good line needs no word: three full bars are quiet, and the place is the time's.
        word = "" if sight.line is LineQuality.GOOD else line_word(sight.line)
        _pair(painter, foot.adjusted(self._paint_line(painter, foot), 0, 0, 0), word, sight.since)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), px(Space.RADIUS))

    def _state_width(self) -> int:
        px = look().px
        word = QFontMetrics(look().font(Role.BODY_STRONG)).horizontalAdvance(self._sight.word)
        return word + px(Role.BODY_STRONG.size + 3) + px(6) + 1

    def _paint_line(self, painter: QPainter, foot: QRect) -> int:
        """Three bars of which as many are full as the line is good; returns the room they took in px."""
        full = {LineQuality.NONE: -1, LineQuality.LOST: 0, LineQuality.WEAK: 1, LineQuality.GOOD: 3}[self._sight.line]
        if full < 0:
            return 0
        px = look().px
        bottom = foot.center().y() + px(7)
        for bar in range(3):
            height = px(5 + 4 * bar)
            colour = Colour.INK_SOFT if bar < full else Colour.LINE
            painter.fillRect(foot.left() + bar * px(6), bottom - height, px(4), height, QColor(colour.value))
        return px(26)


def _pair(painter: QPainter, box: QRect, left: str, right: str, role: Role = Role.SMALL) -> None:
    """Two texts at the ends of one line; the left one keeps its place, the right one is elided."""
    painter.setFont(look().font(role))
    painter.setPen(QColor(Colour.INK.value if role.bold else Colour.INK_SOFT.value))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.setFont(look().font(Role.SMALL))
    painter.setPen(QColor(Colour.INK_SOFT.value))
    rest = box.adjusted(metrics.horizontalAdvance(shown) + look().px(Space.SMALL), 0, 0, 0)
    tail = painter.fontMetrics().elidedText(right, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tail)

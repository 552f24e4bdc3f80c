"""One incident: what it is, since when, and the one button that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.theme.look import Look
from ui.widgets.boxes import Folding
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.notice import SYMBOL_OF_TONE
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.symbols import Symbol, paint_symbol

_WRAPPED = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Incident:
    """Something that waits for an answer; `key` names it for good, `action` is the caption of its button.

    The button is the primary one where `primary` says so: many of them in a list would shout.
    """

    key: str
    tone: Tone
    word: str
    title: str
    detail: str
    since: str
    action: str
    symbol: Symbol | None = None
    primary: bool = True


@dataclass(frozen=True)
class IncidentAnswered:
    """A person pressed the button of the incident `key`."""

    key: str


class IncidentCard(Folding):
    """A bar in the tone of the incident, its words, and its button."""

    answered = Signal(object)

    def __init__(self, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.WIDE, margin=(20, Space.GAP, Space.GAP, Space.GAP), parent=parent)
        self._incident = incident
        self._words = self.add(_IncidentWords(incident), 1)
        self._button = self.add((PrimaryButton if incident.primary else Button)(incident.action))
        self._button.clicked.connect(self._answer)
        self.show_incident(incident)

    def show_incident(self, incident: Incident) -> None:
        """Show what has become of it."""
        self._incident = incident
        self._words.show_incident(incident)
        self._button.set_caption(incident.action)
        self._button.setAccessibleName(f"{incident.action}: {incident.title}")
        self.setAccessibleName(f"{incident.word}: {incident.title} {incident.detail}".strip())
        self.update()

    def incident(self) -> Incident:
        """What is shown."""
        return self._incident

    def _answer(self) -> None:
        self.answered.emit(IncidentAnswered(self._incident.key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and its bar."""
        tone = self._incident.tone
        paint_plate(QPainter(self), QRectF(self.rect()), tone.ground, edge=tone.ink, bar=tone.ink)


class _IncidentWords(Painted):
    """State and time in the first line, then title and detail, each as high as it wraps.

    One painted widget and no labels: a room of forty seats shows dozens of these, and a label lays out its text anew
    whenever anything near it moves.
    """

    def __init__(self, incident: Incident) -> None:
        super().__init__()
        self._incident = incident
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_incident(self, incident: Incident) -> None:
        """Other words; the place that they take is asked for only where they take another one."""
        told, self._incident = self._incident, incident
        self.setAccessibleName(" ".join(filter(None, (incident.word, incident.since, incident.title, incident.detail))))
        if (told.word, told.title, told.detail) != (incident.word, incident.title, incident.detail):
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Long words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of all lines within `width`."""
        gap = look().px(Space.HAIR)
        return self._head() + sum(gap + height for _role, _text, height in self._parts(width))

    def sizeHint(self) -> QSize:
        """Some width, and the height that goes with it."""
        width = max(self.width(), look().px(240))
        return QSize(look().px(240), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for the first line."""
        px = look().px
        word = QFontMetrics(look().font(Role.SMALL_STRONG)).horizontalAdvance(self._incident.word)
        since = QFontMetrics(look().font(Role.BODY)).horizontalAdvance(self._incident.since)
        return QSize(max(px(120), px(18) + word + since + 3 * px(Space.SMALL)), self._head())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _head(self) -> int:
        return look().px(32)

    def _parts(self, width: int) -> list[tuple[Role, str, int]]:
        lines = (Role.STRONG, self._incident.title), (Role.BODY, self._incident.detail)
        return [(role, text, _height(role, text, width, look())) for role, text in lines if text]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint symbol, state, time, title and detail."""
        painter = QPainter(self)
        told, tone, px = self._incident, self._incident.tone, look().px
        side, head, middle = px(18), self._head(), Qt.AlignmentFlag.AlignVCenter
        symbol = told.symbol if told.symbol is not None else SYMBOL_OF_TONE[tone]
        paint_symbol(painter, symbol, QRectF(0, (head - side) / 2, side, side), tone.ink, tone.ground)
        line = QRect(side + px(Space.SMALL), 0, self.width() - side - px(Space.SMALL), head)
        painter.setFont(look().font(Role.SMALL_STRONG))
        painter.setPen(QColor(tone.ink.value))
        painter.drawText(line, middle, told.word)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(told.word) + px(Space.SMALL))
        painter.setFont(look().font(Role.BODY))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        painter.drawText(line, middle, told.since)
        painter.setPen(QColor(Colour.INK.value))
        top = head
        for role, text, height in self._parts(self.width()):
            top += px(Space.HAIR)
            painter.setFont(look().font(role))
            painter.drawText(QRect(0, top, self.width(), height), _WRAPPED, text)
            top += height


@lru_cache(maxsize=1024)
def _height(role: Role, text: str, width: int, worn: Look) -> int:
    room = QRect(0, 0, max(1, width), 10_000)
    return QFontMetrics(worn.font(role)).boundingRect(room, _WRAPPED, text).height()

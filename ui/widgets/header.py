"""The dark bar at the top of every window: what this is, the room's time, the seat, and whether it is a rehearsal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import ScaleSwitch
from ui.widgets.contrast_switch import ContrastSwitch
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.symbols import Symbol, paint_symbol
from ui.widgets.text import ElidedText, Fact

W = TypeVar("W", bound=QWidget)
# Bars narrower than this (px at scale 1.0) fold: 1366 px with larger type.
_NARROW = 1_200


class Badge(Painted):
    """A few words on a plate of their own."""

    def __init__(
        self,
        text: str,
        role: Role,
        ink: Colour,
        ground: Colour,
        symbol: Symbol | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._ink, self._ground, self._symbol = role, ink, ground, symbol
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def _symbol_space(self) -> int:
        return look().px(self._role.size + Space.SMALL) if self._symbol is not None else 0

    def sizeHint(self) -> QSize:
        """The words with air around them."""
        metrics = QFontMetrics(look().font(self._role))
        air = look().px(Space.WIDE)
        width = metrics.horizontalAdvance(self._text) + self._symbol_space() + 2 * air
        return QSize(width, metrics.ascent() + metrics.descent() + look().px(Space.HAIR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint plate, symbol and words."""
        painter = QPainter(self)
        paint_plate(painter, QRectF(self.rect()), self._ground)
        painter.setFont(look().font(self._role))
        painter.setPen(QColor(self._ink.value))
        rest = self.rect().adjusted(look().px(Space.WIDE), 0, -look().px(Space.WIDE), 0)
        if self._symbol is not None:
            side = look().px(self._role.size)
            box = QRectF(rest.left(), (self.height() - side) / 2, side, side)
            paint_symbol(painter, self._symbol, box, self._ink, self._ground)
            rest.setLeft(rest.left() + self._symbol_space())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class HeaderBar(Row):
    """Title and subtitle at the left; at the right the window's controls, facts, clock, and the badges.

    The clock shows what it is given: the room's time, never this machine's.
    """

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.PAGE, margin=(Space.PAGE, 10, Space.PAGE, 10), parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title = ElidedText(title, Role.SECTION, Colour.HEADER_INK)
        self._subtitle = ElidedText(subtitle, Role.SMALL, Colour.HEADER_SOFT)
        self.add(Column(self._title, self._subtitle, gap=0), 1)
        self._controls = self.add(Row(gap=Space.SMALL))
        self._facts = self.add(Row(gap=Space.PAGE))
        self._figures: list[_Figure] = []
        self._clock = self.add(_Figure(Fact("", "")))
        self._rehearsal = self.add(
            Badge(self.tr("REHEARSAL"), Role.STRONG, Colour.ATTENTION, Colour.ATTENTION_GROUND, Symbol.WARNING)
        )
        self._seat = self.add(Badge("", Role.PAGE, Colour.HEADER, Colour.BADGE))
        for hidden in (self._controls, self._facts, self._clock, self._rehearsal, self._seat):
            hidden.hide()
        self.set_title(title, subtitle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """What this window is about; a seat shows no project before its expert may know it."""
        self._title.set_text(title)
        self._subtitle.set_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(f"{title} {subtitle}".strip())

    def set_clock(self, time: str, caption: str = "") -> None:
        """The room's time, ready to be read, and what is below it (the date, or what is being timed)."""
        self._clock.set_fact(Fact(caption, time))
        self._clock.setVisible(bool(time))

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Figures beside the clock: the value large, its name below."""
        while len(self._figures) > len(facts):
            self._facts.drop(self._figures.pop())
        for figure, fact in zip(self._figures, facts, strict=False):
            figure.set_fact(fact)
        for fact in facts[len(self._figures) :]:
            self._figures.append(self._facts.add(_Figure(fact)))
        self._facts.setVisible(bool(facts))

    def set_rehearsal(self, rehearsal: bool) -> None:
        """Whether all of this is a rehearsal: said in every window as long as it is one."""
        self._rehearsal.setVisible(rehearsal)

    def set_seat(self, text: str) -> None:
        """The words of the amber badge ('Seat 7', '7 号座', or an alias); empty hides it."""
        self._seat.set_text(text)
        self._seat.setVisible(bool(text))

    def add_control(self, control: W) -> W:
        """Put a small control (type size, language) into the bar and return it."""
        self._controls.show()
        return self._controls.add(control)

    def minimumSizeHint(self) -> QSize:
        """What is left once the bar is folded."""
        hint = super().minimumSizeHint()
        return QSize(hint.width() - self._spared(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand closer together, with one letter for the size of type, where the title would be left no room."""
        super().resizeEvent(event)
        self._fold(event.size().width() < look().px(_NARROW))

    def restyle(self) -> None:
        """Another type, another room."""
        super().restyle()
        if hasattr(self, "_seat"):
            self._fold(self.width() < look().px(_NARROW))

    def _fold(self, folded: bool) -> None:
        self._box_gap = Space.GAP if folded else Space.PAGE
        self._box_layout.setSpacing(look().px(self._box_gap))
        for switch in self._switches():
            switch.fold(folded=folded)

    def _switches(self) -> list[ScaleSwitch | ContrastSwitch]:
        return [*self._controls.findChildren(ScaleSwitch), *self._controls.findChildren(ContrastSwitch)]

    def _spared(self) -> int:
        """Px of width that folding would save now."""
        if self._box_gap == Space.GAP:
            return 0
        gaps = sum(not w.isHidden() for w in (self._controls, self._facts, self._clock, self._rehearsal, self._seat))
        return gaps * look().px(Space.PAGE - Space.GAP) + sum(switch.folds_by() for switch in self._switches())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark ground."""
        QPainter(self).fillRect(self.rect(), QColor(Colour.HEADER.value))


class _Figure(Column):
    """A value in bold with its name below, set to the right."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(gap=0)
        right = Qt.AlignmentFlag.AlignRight
        self._value = self.add(ElidedText("", Role.STRONG, Colour.HEADER_INK, align=right))
        self._name = self.add(ElidedText("", Role.SMALL, Colour.HEADER_SOFT, align=right))
        self._fact: Fact | None = None
        self.set_fact(fact)

    def set_fact(self, fact: Fact) -> None:
        if fact == self._fact:
            return
        self._fact = fact
        self._value.set_text(fact.value)
        self._name.set_text(fact.name)
        self._name.setVisible(bool(fact.name))
        self.setAccessibleName(f"{fact.name} {fact.value}".strip())
        # Figures are never cut short: a clock that ends in … is none.
        hint = max(self._value.sizeHint().width(), self._name.sizeHint().width())
        self.setMinimumWidth(hint)

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_name"):
            self.setMinimumWidth(max(self._value.sizeHint().width(), self._name.sizeHint().width()))

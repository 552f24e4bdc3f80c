"""Words on the screen: one label class by role and tone, and pairs of a name and its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.painted import Painted


class Text(QLabel):
    """Plain text set by its role; wraps. `tone` None is ink, `soft` the second ink.

    Text from outside is never read as rich text, so that a bidder's name cannot carry a tag.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        tone: Tone | None = None,
        soft: bool = False,
        wrap: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.name.lower())
        self.setWordWrap(wrap)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self._paint_tone(tone, soft)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; screen readers read the same."""
        super().setText(text)
        self.setAccessibleName(text)

    def set_role(self, role: Role) -> None:
        """Set the text in another size."""
        if self.property("role") != role.name.lower():
            self.setProperty("role", role.name.lower())
            self.style().unpolish(self)
            self.style().polish(self)

    def set_tone(self, tone: Tone | None, *, soft: bool = False) -> None:
        """Change the colour of the text."""
        self._paint_tone(tone, soft)
        self.style().unpolish(self)
        self.style().polish(self)

    def _paint_tone(self, tone: Tone | None, soft: bool) -> None:
        self.setProperty("tone", tone.name.lower() if tone is not None else ("soft" if soft else ""))


class Beside(Text):
    """Words in a line of buttons: as high as these, so that they stand in the middle."""

    def sizeHint(self) -> QSize:
        """At least a button's height."""
        return super().sizeHint().expandedTo(QSize(0, look().px(Space.BUTTON)))


class ElidedText(Painted):
    """One line that ends in … where the place is too narrow; the whole of it then shows as a tool tip."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        colour: Colour = Colour.INK,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._colour, self._align = role, colour, align
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole line."""
        return self._text

    def sizeHint(self) -> QSize:
        """Room for the whole line."""
        metrics = QFontMetrics(look().font(self._role))
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Three characters are enough to live on."""
        metrics = QFontMetrics(look().font(self._role))
        return QSize(min(self.sizeHint().width(), metrics.horizontalAdvance("卡位…")), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setFont(look().font(self._role))
        painter.setPen(QColor(self._colour.value))
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._text if shown != self._text else "")
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter, shown)


@dataclass(frozen=True)
class Fact:
    """A name and its value, both ready to be read."""

    name: str
    value: str


class FactList(Painted):
    """Names at the left in the soft ink, values at the right in bold; one pair a row."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self.restyle()
        self.set_facts(facts)

    def restyle(self) -> None:
        """Scale the distances."""
        px = look().px
        self._grid.setContentsMargins(QMargins())
        self._grid.setHorizontalSpacing(px(Space.PAGE))
        self._grid.setVerticalSpacing(px(Space.GAP))

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these pairs instead of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, fact in enumerate(facts):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Text(fact.name, soft=True, wrap=False), row, 0, top)
            value = Text(fact.value, Role.STRONG)
            value.setAccessibleName(f"{fact.name}: {fact.value}")
            self._grid.addWidget(value, row, 1, top)

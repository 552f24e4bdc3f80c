"""Things to fill in: a field with its caption and message, and a list of choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.boxes import Column
from ui.widgets.painted import paint_focus
from ui.widgets.symbols import Symbol, paint_symbol
from ui.widgets.text import Text


@dataclass(frozen=True)
class FieldEntered:
    """What stands in a field, given by Return."""

    text: str


class Field(Column):
    """A caption, one line to fill in, and below it what is asked or what is wrong.

    `hint` says in one sentence what belongs there; `fault` takes its place, in red with a word, until mended.
    """

    entered = Signal(object)

    def __init__(
        self, caption: str, hint: str = "", *, secret: bool = False, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(gap=Space.HAIR, parent=parent)
        self._hint = hint
        self._caption = self.add(Text(caption, Role.BODY_STRONG))
        self.line = self.add(QLineEdit())
        self.line.setAccessibleName(caption)
        if large:
            self.line.setProperty("kind", "large")
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._below = self.add(Text(hint, Role.SMALL, soft=True))
        self._caption.setBuddy(self.line)
        self.setFocusProxy(self.line)
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(self.mend)
        self.mend()

    def text(self) -> str:
        """What stands in the line, without blanks around it."""
        return self.line.text().strip()

    def fault(self, sentence: str) -> None:
        """Say what is wrong with what stands there and what to do."""
        self._below.setText(f"✕ {sentence}")
        self._below.set_tone(Tone.ERROR)
        self._below.show()
        self.line.setAccessibleDescription(sentence)

    def mend(self) -> None:
        """Take the fault back."""
        self._below.setText(self._hint)
        self._below.set_tone(None, soft=True)
        self._below.setVisible(bool(self._hint))
        self.line.setAccessibleDescription(self._hint)

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()
        self.mend()

    def _enter(self) -> None:
        self.entered.emit(FieldEntered(self.text()))


@dataclass(frozen=True)
class Choice:
    """Something to choose; a choice that cannot be made says why in `closed`."""

    key: str
    text: str
    closed: str = ""


@dataclass(frozen=True)
class Chosen:
    """The keys that are chosen now, in the order they are listed."""

    keys: tuple[str, ...]


class ChoiceList(Column):
    """Choices one below the other: one of them (radio buttons), or any number with `several`."""

    changed = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[Choice], *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(gap=Space.HAIR, parent=parent)
        self.setAccessibleName(name)
        self._several = several
        # Only radio buttons are a group: boxes in one would be left by Tab all at once.
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QCheckBox | QRadioButton] = {}
        for choice in choices:
            button = _Check() if several else _Radio()
            text = f"{choice.text} ({choice.closed})" if choice.closed else choice.text
            button.setAccessibleName(text)
            button.setEnabled(not choice.closed)
            self._buttons[choice.key] = self.add(button)
            if not several:
                self._group.addButton(button)
            button.toggled.connect(self._change)

    def chosen(self) -> tuple[str, ...]:
        """The keys that are chosen, in the order they are listed."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str, on: bool = True) -> None:
        """Choose `key` (or take it back); KeyError where there is none."""
        self._buttons[key].setChecked(on)

    def button(self, key: str) -> QCheckBox | QRadioButton:
        """The button of a choice."""
        return self._buttons[key]

    def _change(self, checked: bool) -> None:
        # Choosing another radio button toggles two: only the newly chosen one is told.
        if checked or self._several:
            self.changed.emit(Chosen(self.chosen()))


def _paint_choice(button: QCheckBox | QRadioButton) -> None:
    """Paint the mark, the text (wrapped) and the focus ring; Fusion's own mark is too faint to be found."""
    px = look().px
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on, able = button.isChecked(), button.isEnabled()
    side = px(24)
    box = QRectF(px(10), (button.height() - side) / 2, side, side)
    painter.setPen(QPen(QColor((Colour.BRAND if on and able else Colour.EDGE).value), px(2)))
    painter.setBrush(QColor((Colour.SURFACE if able else Colour.SUNKEN).value))
    inside = box.adjusted(1, 1, -1, -1)
    if isinstance(button, QRadioButton):
        painter.drawEllipse(inside)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(Colour.BRAND.value))
            painter.drawEllipse(inside.adjusted(px(5), px(5), -px(5), -px(5)))
    else:
        painter.drawRoundedRect(inside, px(4), px(4))
        if on:
            paint_symbol(painter, Symbol.DONE, box, Colour.BRAND)
    painter.setFont(look().font(Role.BODY_STRONG if on else Role.BODY))
    painter.setPen(QColor((Colour.INK if able else Colour.INK_SOFT).value))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(button.rect().adjusted(px(46), 0, -px(Space.SMALL), 0), flags, button.accessibleName())
    if button.hasFocus():
        paint_focus(painter, QRectF(button.rect()), px(Space.RADIUS))


def _choice_size(button: QCheckBox | QRadioButton) -> QSize:
    metrics = QFontMetrics(look().font(Role.BODY_STRONG))
    width = max(button.width() - look().px(46 + Space.SMALL), look().px(200))
    box = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), button.accessibleName())
    return QSize(look().px(320), max(look().px(Space.BUTTON), box.height() + look().px(Space.WIDE)))


class _Radio(QRadioButton):
    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def minimumSizeHint(self) -> QSize:
        return _choice_size(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_choice(self)


class _Check(QCheckBox):
    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def minimumSizeHint(self) -> QSize:
        return _choice_size(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_choice(self)

"""Buttons by weight (primary, secondary, quiet, danger, call for help), each with its focus ring and its reasons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.theme import Colour, Role, Scale, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.painted import paint_focus
from ui.widgets.text import Text


class Button(QPushButton):
    """A secondary button; `kind` makes the others. Return presses it as the space bar does.

    `shortcut` is shown after the caption and works in the whole window.
    """

    kind = "secondary"

    def __init__(self, caption: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", self.kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shortcut = shortcut
        self.set_caption(caption)

    def set_caption(self, caption: str) -> None:
        """Show another caption; the shortcut stays."""
        # An ampersand in a caption is a character, not a mnemonic.
        shown = caption.replace("&", "&&")
        self.setText(f"{shown}  {self._shortcut}" if self._shortcut else shown)
        self.setAccessibleName(caption)
        if self._shortcut:
            # Qt forgets the shortcut with every new text.
            self.setShortcut(QKeySequence(self._shortcut))

    def sizeHint(self) -> QSize:
        """At least as high as a finger is wide."""
        hint = super().sizeHint()
        return hint.expandedTo(
            QSize(look().px(96) if self.kind not in {"quiet", "header"} else 0, look().px(Space.BUTTON))
        )

    def minimumSizeHint(self) -> QSize:
        """A caption is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Enter press the button that has the focus."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the ring around it where it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            ring = look().px(Space.FOCUS)
            paint_focus(QPainter(self), QRectF(self.rect()), look().px(Space.RADIUS) + ring / 2)


class PrimaryButton(Button):
    """The one next step of a screen."""

    kind = "primary"


class QuietButton(Button):
    """A small service at the side: page back, larger, contents."""

    kind = "quiet"


class DangerButton(Button):
    """Ends or takes away something."""

    kind = "danger"


class CallButton(Button):
    """Calls a person for help; F1 in the whole window."""

    kind = "attention"

    def __init__(self, caption: str = "", shortcut: str = "F1", parent: QWidget | None = None) -> None:
        super().__init__(caption, shortcut, parent)
        if not caption:
            self.set_caption(self.tr("Call for help"))


class StepButton(Column):
    """The primary button of a screen with one line below it that says why it cannot be pressed yet."""

    pressed = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.HAIR, parent=parent)
        self.button = self.add(PrimaryButton(caption))
        self._why = self.add(Text("", Role.SMALL, soft=True, align=Qt.AlignmentFlag.AlignHCenter))
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._press)
        self.allow()

    def allow(self) -> None:
        """The step can be taken now."""
        self.button.setEnabled(True)
        self.button.setAccessibleDescription("")
        self._why.setText("")
        self._why.hide()

    def block(self, reason: str) -> None:
        """The step cannot be taken yet; `reason` is one sentence that says what is missing."""
        self.button.setEnabled(False)
        self.button.setAccessibleDescription(reason)
        self._why.setText(reason)
        self._why.show()

    def _press(self) -> None:
        self.pressed.emit()


class ScaleSwitch(Row):
    """Three letters A, growing: the size of the type. Made for the header bar."""

    chosen = Signal(object)

    def __init__(self, scale: Scale = Scale.NORMAL, parent: QWidget | None = None) -> None:
        super().__init__(gap=0, parent=parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Scale, _LetterButton] = {}
        for step, name in (
            (Scale.NORMAL, self.tr("Normal type")),
            (Scale.LARGE, self.tr("Large type")),
            (Scale.LARGEST, self.tr("Largest type")),
        ):
            button = _LetterButton(step, name)
            self._buttons[step] = self.add(button)
            self._group.addButton(button)
        self._buttons[scale].setChecked(True)
        self._group.buttonClicked.connect(self._choose)
        self._next = self.add(_LetterButton(scale, self.tr("Next size of type")))
        self._next.setCheckable(False)
        self._next.clicked.connect(self._step)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Where the bar is narrow, one letter stands for the three and goes to the next size."""
        for button in self._buttons.values():
            button.setVisible(not folded)
        self._next.setVisible(folded)

    def folds_by(self) -> int:
        """How many px of width folding saves; 0 when it is folded."""
        return 0 if self._next.isVisibleTo(self) else 2 * self._next.sizeHint().width()

    def _now(self) -> Scale:
        return next(step for step, button in self._buttons.items() if button.isChecked())

    def _choose(self) -> None:
        self.chosen.emit(self._now())

    def _step(self) -> None:
        steps = list(Scale)
        step = steps[(steps.index(self._now()) + 1) % len(steps)]
        self._buttons[step].setChecked(True)
        self._choose()


class _LetterButton(Button):
    """The letter A at the size of one step, light on the header; painted, since captions have one size."""

    kind = "header"

    def __init__(self, step: Scale, name: str) -> None:
        super().__init__("")
        self._step = step
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """A square."""
        side = look().px(Space.BUTTON)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame as any button, then the letter."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(look().sized(12 * self._step.value + 3, bold=True))
        painter.setPen(QColor(Colour.HEADER_INK.value))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "A")

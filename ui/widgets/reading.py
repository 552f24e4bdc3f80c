"""A text that has to be read to its end before one can go on: the discipline, a pledge, a report."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.theme import Space
from ui.widgets.boxes import Column
from ui.widgets.buttons import StepButton
from ui.widgets.progress import WordedProgress


@dataclass(frozen=True)
class ReadThrough:
    """A person came to the end of the text `key` and said so."""

    key: str


class ReadingPane(Column):
    """The text, how much of it is left, and a button that opens at its end.

    Space and Page Down turn the page. What fits the screen is at its end at once.
    """

    read = Signal(object)

    def __init__(self, key: str, text: str, confirm: str, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.GAP, parent=parent)
        self._key = key
        self._reached = False
        self._text = self.add(Pages(), 1)
        self._text.setPlainText(text)
        self._left = self.add(WordedProgress())
        self._step = self.add(StepButton(confirm))
        self._step.pressed.connect(self._confirm)
        bar = self._text.verticalScrollBar()
        bar.valueChanged.connect(self._look)
        bar.rangeChanged.connect(self._look)
        self.setFocusProxy(self._text)
        self._look()

    def at_end(self) -> bool:
        """Whether the end has been in sight once."""
        return self._reached

    def button(self) -> StepButton:
        """The step at the end."""
        return self._step

    def text(self) -> QTextBrowser:
        """The text's own widget."""
        return self._text

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is on the screen counts as read."""
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A larger window may bring the end into sight."""
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        bar = self._text.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        seen = bar.value() + bar.pageStep()
        # Before the text is laid out the bar has no range: nothing has been seen then.
        laid_out = self.isVisible() and self._text.viewport().height() > 1
        if laid_out and seen >= whole - 2:
            self._reached = True
        if self._reached:
            self._left.report(self.tr("Read to the end"), 1, 1)
            self._step.allow()
        else:
            share = seen * 100 // whole if laid_out and whole else 0
            told = self.tr("{share} % read").format(share=share)
            self._left.report(told, share, 100, self.tr("Space bar or Page Down: on"))
            self._step.block(self.tr("Please read the text to its end first."))

    def _confirm(self) -> None:
        self.read.emit(ReadThrough(self._key))


class Pages(QTextBrowser):
    """Plain text in large type, read by keyboard; the space bar turns pages, Tab leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "reading")
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Tab must leave the text, or a person without a mouse is caught in it.
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setAccessibleName(self.tr("Text to read"))

    def keyPressEvent(self, event: object) -> None:
        """Page by space bar, Page Down and Page Up, line by arrows, ends by Home and End."""
        bar = self.verticalScrollBar()
        # A little of the page before stays in sight, so that no line is lost.
        page = max(1, bar.pageStep() - bar.singleStep() * 2)
        steps = {
            Qt.Key.Key_Space: page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Down: bar.singleStep() * 2,
            Qt.Key.Key_Up: -bar.singleStep() * 2,
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Home: -bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))  # type: ignore[attr-defined]
        if step is None:
            event.ignore()  # type: ignore[attr-defined]
            return
        bar.setValue(bar.value() + step)

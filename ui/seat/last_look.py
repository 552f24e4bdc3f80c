"""The last look before a sheet is sealed: only what is empty or impossible, each one press away, and the seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.seat.names import Name, part
from ui.seat.words import and_more
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import Button, StepButton
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text
from ui.widgets.wrapped_button import WrappedButton

_LISTED = 12
"""More than a dozen are not read; the matrix shows them all in amber."""


@dataclass(frozen=True)
class Gap:
    """A cell that keeps the sheet from being sealed: its row, its bid, and what is wrong in a few words."""

    row: str
    bid: str
    text: str


def gap_text(bid: str, line: str, lacking: str) -> str:
    """How a gap is told: whose bid, which line, what is wrong with it."""
    told = QCoreApplication.translate("LastLook", "{bid} · {line}: {lacking}")
    return told.format(bid=bid, line=line, lacking=lacking)


@dataclass(frozen=True)
class LookNames:
    """The object names of the three kinds of buttons."""

    back: Name
    gap: Name
    seal: Name


class LastLook(Column):
    """`chosen` carries the Gap to go to, `back` and `seal` nothing."""

    chosen = Signal(object)
    back = Signal()
    seal = Signal()

    def __init__(self, names: LookNames, caption: str, warning: str) -> None:
        super().__init__(gap=Space.GAP)
        self._names = names
        self._gaps: tuple[Gap, ...] = ()
        self._title = self.add(Text(self.tr("Last look"), Role.PAGE))
        self._told = self.add(NoticeLine())
        self._list: QWidget | None = None
        self._body = self.add(Column(gap=0), 1)
        self._warning = self.add(Text(warning, Role.STRONG, soft=True))
        foot = self.add(Row(gap=Space.GAP))
        self.back_button = foot.add(Button(self.tr("Back to the work"), "Esc"), align=Qt.AlignmentFlag.AlignTop)
        self.back_button.setObjectName(names.back)
        # Escape is the window's while another page is shown.
        self.back_button.setShortcut("")
        foot.fill()
        self.step = foot.add(StepButton(caption))
        self.step.button.setObjectName(names.seal)
        self.back_button.clicked.connect(self._go_back)
        self.step.pressed.connect(self._seal)

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Show what is in the way, or that nothing is."""
        self._gaps = tuple(gaps)
        if self._list is not None:
            self._body.drop(self._list)
        listed = Column(gap=0)
        for number, gap in enumerate(self._gaps[:_LISTED]):
            button = listed.add(WrappedButton(gap.text))
            button.setObjectName(part(self._names.gap, number))
            button.clicked.connect(self._choose)
        if len(self._gaps) > _LISTED:
            listed.add(Text(and_more(len(self._gaps) - _LISTED), soft=True))
        listed.fill()
        self._list = self._body.add(Scroll(listed), 1)
        if gaps:
            told = self.tr("{count} places still need you. Choose one to go there.").format(count=len(gaps))
            self._told.tell(Notice(Tone.ATTENTION, told))
            self.step.block(self.tr("Everything must be filled in first."))
        else:
            self._told.tell(Notice(Tone.OK, self.tr("Nothing is empty and nothing is impossible.")))
            self.step.allow()

    def busy(self) -> None:
        """The seal is on its way."""
        self.step.block(self.tr("Being sealed"))

    def first_focus(self) -> QWidget:
        """The first gap, or the seal."""
        if self._gaps and self._list is not None:
            found = self._list.findChild(Button)
            if found is not None:
                return found
        return self.step.button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the work."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        sender = self.sender()
        number = int(sender.objectName().rpartition(".")[2]) if sender is not None else 0
        self.chosen.emit(self._gaps[number])

    def _go_back(self) -> None:
        self.back.emit()

    def _seal(self) -> None:
        self.seal.emit()

"""Having a stage done again: the lawful ground and the reason, by the chair alone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal

from ui.seat.names import Name
from ui.seat.pick import Pick
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import DangerButton
from ui.widgets.forms import Field
from ui.widgets.text import Text

REVIEW_GROUND = "committee"
"""The one ground on which a review is done again: the committee wants it."""


class RepeatPanel(Column):
    """`grounds` are the lawful ones in words, as the rule set has them; a single one needs no choice. The reason is
    always written. `asked` says that both are there."""

    asked = Signal()

    def __init__(self, title: str, grounds: Mapping[str, str], caption: str) -> None:
        super().__init__(gap=Space.SMALL)
        self._grounds = tuple(grounds)
        self.add(Text(title, Role.STRONG, tone=Tone.ATTENTION))
        self.ground = Pick(self.tr("Ground"))
        self.ground.setObjectName(Name.REPEAT_GROUND)
        self.ground.addItems(list(grounds.values()))
        row = self.add(Row(gap=Space.GAP))
        if len(grounds) > 1:
            choice = Column(Text(self.tr("Ground"), Role.BODY_STRONG), self.ground, gap=Space.HAIR)
            choice.fill()
            row.add(choice, 2)
        hint = self.tr("One sentence; it is entered in the record.")
        self.reason = row.add(Field(self.tr("Reason"), hint), 3)
        self.reason.line.setObjectName(Name.REPEAT_REASON)
        self.button = row.add(DangerButton(caption), align=Qt.AlignmentFlag.AlignVCenter)
        self.button.setObjectName(Name.REPEAT)
        self.button.clicked.connect(self._ask)
        self.reason.entered.connect(self._ask)

    def data(self) -> dict[str, str]:
        """Ground and reason of the command."""
        ground = self._grounds[max(0, self.ground.currentIndex())]
        return {"ground": ground, "reason": self.reason.text()}

    def choose(self, ground: str) -> None:
        """Point at a ground, where it is a lawful one; another may still be chosen."""
        if ground in self._grounds:
            self.ground.setCurrentIndex(self._grounds.index(ground))

    def propose(self, reason: str) -> None:
        """Put a reason into the empty field, to be kept or changed."""
        if not self.reason.text():
            self.reason.line.setText(reason)

    def _ask(self) -> None:
        if not self.reason.text():
            self.reason.fault(self.tr("Write in one sentence why."))
            self.reason.line.setFocus()
            return
        self.asked.emit()

"""Having a stage done again: the lawful ground and the reason, by the chair alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal

from ui.seat.names import Name
from ui.seat.pick import Pick
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import DangerButton
from ui.widgets.forms import Field
from ui.widgets.text import Text

REVIEW_GROUNDS = ("committee",)
ZC_GROUNDS = ("objective", "sum", "range", "extreme")
"""The closed list of 87号令 64."""
GC_GROUNDS = ("objective", "sum", "range", "extreme", "committee")


def lawful_grounds(track: str) -> tuple[str, ...]:
    """The grounds on which marks may be given again, in this track."""
    return ZC_GROUNDS if track == "ZC" else GC_GROUNDS


def ground_name(ground: str) -> str:
    """A ground in words."""
    translate = QCoreApplication.translate
    return {
        "objective": translate("RepeatPanel", "Marks on an objective factor differ"),
        "sum": translate("RepeatPanel", "A sum was computed wrongly"),
        "range": translate("RepeatPanel", "A mark lies outside its range"),
        "extreme": translate("RepeatPanel", "The committee finds a mark plainly too high or too low"),
        "committee": translate("RepeatPanel", "The committee decides to do this stage again"),
    }[ground]


class RepeatPanel(Column):
    """One ground needs no choice; the reason is always written. `asked` says that both are there."""

    asked = Signal()

    def __init__(self, title: str, grounds: tuple[str, ...], caption: str) -> None:
        super().__init__(gap=Space.SMALL)
        self._grounds = grounds
        self.add(Text(title, Role.STRONG, tone=Tone.ATTENTION))
        self.ground = Pick(self.tr("Ground"))
        self.ground.setObjectName(Name.REPEAT_GROUND)
        self.ground.addItems([ground_name(ground) for ground in grounds])
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

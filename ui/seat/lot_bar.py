"""Which lot is in hand, where one committee judges several: one button each, with where it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from ui.seat.names import Name, part
from ui.seat.steps import Sight
from ui.seat.words import ended, in_progress, lot_title
from ui.theme import Space
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow


class LotBar(Column):
    """`chosen` carries the lot's id. A dot stands before the lots that want something of the person."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=Space.SMALL, margin=(Space.PAGE, Space.SMALL, Space.PAGE, 0))
        self._line = self.add(Flow(gap=Space.SMALL))
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self._told: dict[str, str] = {}

    def show_lots(self, sight: Sight, current: str) -> None:
        """Show the lots of a view; `current` is the one whose page is shown."""
        if list(self._buttons) != [lot["id"] for lot in sight.lots]:
            self._build(sight)
        for lot in sight.lots:
            page = sight.lot_page(lot)
            state = ended() if page.startswith("wait_") or page == "report" else in_progress()
            caption = f"{lot_title(lot, sight.words)} · {state}"
            if self._told.get(lot["id"]) != caption:
                self._told[lot["id"]] = caption
                self._buttons[lot["id"]].set_caption(caption)
            if lot["id"] == current:
                self._buttons[lot["id"]].setChecked(True)

    def _build(self, sight: Sight) -> None:
        for old in self._buttons.values():
            self._group.removeButton(old)
            self._line.drop(old)
        self._told = {}
        self._buttons = {}
        for lot in sight.lots:
            button = Button(lot["id"])
            button.setCheckable(True)
            button.setObjectName(part(Name.LOT, lot["id"]))
            self._group.addButton(button)
            self._buttons[lot["id"]] = self._line.add(button)

    def _choose(self) -> None:
        found = next((lot for lot, button in self._buttons.items() if button.isChecked()), None)
        if found is not None:
            self.chosen.emit(found)

"""The whole journal that this console has been told, to be searched."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Sight
from ui.models.journal import JournalLine, JournalModel
from ui.theme import Space
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.journal_list import JournalList


class JournalPage(DeskPage):
    """Words to find, and a switch for what stands out alone."""

    page = PageName.JOURNAL

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = self.add(Card(self.tr("Journal"), gap=Space.WIDE), 1)
        row = card.add(Row(gap=Space.GAP))
        self._find = row.add(Field(self.tr("Find"), self.tr("Words, an alias, a seat, a time")), 1)
        self._find.line.setObjectName(Name.JOURNAL_FIND)
        self._find.line.textChanged.connect(self._filter)
        self._only = row.add(Button(self.tr("Only what stands out")))
        self._only.setObjectName(Name.JOURNAL_ONLY)
        self._only.setCheckable(True)
        self._only.toggled.connect(self._filter)
        self._lines: list[JournalLine] = []
        self._model = JournalModel(self)
        card.add(JournalList(self._model), 1)
        self.setFocusProxy(self._find)

    def extend(self, lines: list[JournalLine]) -> None:
        """New lines, in rising order."""
        self._lines += lines
        self._model.extend([line for line in lines if self._wanted(line)])

    def show_sight(self, sight: Sight) -> None:
        """Nothing here depends on the view."""

    def forget(self) -> None:
        """Forget every line."""
        self._lines.clear()
        self._model.clear()

    def leave(self) -> None:
        """Nothing told or typed stays."""
        self.forget()
        self._find.clear()
        self._only.setChecked(False)

    def _wanted(self, line: JournalLine) -> bool:
        words = self._find.text().casefold().split()
        told = f"{line.time} {line.text}".casefold()
        return (line.stands_out or not self._only.isChecked()) and all(word in told for word in words)

    def _filter(self) -> None:
        self._model.clear()
        self._model.extend([line for line in self._lines if self._wanted(line)])

"""The whole journal that this console has been told, to be searched; and the way to what was recorded at an entry."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
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

    def __init__(self, desk: Desk, *, replays: bool = False) -> None:
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
        self._list = card.add(JournalList(self._model, choosing=replays), 1)
        if replays:
            self._recorded = row.add(Button(self.tr("What was recorded then")))
            self._recorded.setObjectName(Name.JOURNAL_RECORDED)
            self._recorded.setEnabled(False)
            self._recorded.setToolTip(self.tr("Choose an entry first"))
            self._recorded.clicked.connect(lambda: self._replay(self._list.line()))
            self._list.marked.connect(lambda line: self._recorded.setEnabled(line is not None))
            self._list.chosen.connect(self._replay)
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

    def _replay(self, line: JournalLine | None) -> None:
        if line is not None:
            self.desk.go(Target(PageName.REPLAY, line.stream, what=line.at))

    def _wanted(self, line: JournalLine) -> bool:
        words = self._find.text().casefold().split()
        told = f"{line.time} {line.text}".casefold()
        return (line.stands_out or not self._only.isChecked()) and all(word in told for word in words)

    def _filter(self) -> None:
        self._model.clear()
        self._model.extend([line for line in self._lines if self._wanted(line)])

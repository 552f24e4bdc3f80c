"""Who has come: opaque members by their place on the sealed list, never a name."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName, part
from ui.console.sight import Json, Sight
from ui.console.words import alias_word, means_word, member_word
from ui.models.results import ResultColumn, ResultRow
from ui.models.room_time import to_the_second
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Scroll
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.result_table import ResultTable


class CheckInPage(DeskPage):
    """A table an evaluation."""

    page = PageName.CHECK_IN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._empty = self.add(NoticeLine(Notice(Tone.INFO, self.tr("No evaluation has been imported yet."))))
        self._list = Column(gap=Space.WIDE)
        self.add(Scroll(self._list), 1)
        self._tables: dict[str, tuple[Card, ResultTable]] = {}

    def show_sight(self, sight: Sight) -> None:
        """Show where everyone stands now."""
        self._empty.setVisible(not sight.evaluations)
        for stream in [stream for stream in self._tables if sight.evaluation(stream) is None]:
            self._list.drop(self._tables.pop(stream)[0])
        for evaluation in sight.evaluations:
            self._show(evaluation)

    def leave(self) -> None:
        """Nothing stays."""
        self.show_sight(Sight({}))

    def _show(self, evaluation: Json) -> None:
        stream = evaluation["stream"]
        if stream not in self._tables:
            self._tables[stream] = self._table(stream)
        card, table = self._tables[stream]
        project = evaluation["project"] or {}
        arrived = self.tr("Arrived: {arrived} of {expected}")
        card.set_title(
            str(project.get("name") or ""),
            arrived.format(arrived=evaluation["arrived"], expected=evaluation["expected"]),
        )
        rows = [self._row(evaluation, number, member) for number, member in enumerate(evaluation["members"], 1)]
        table.set_rows(rows)

    def _table(self, stream: str) -> tuple[Card, ResultTable]:
        card = self._list.add(Card(), 1)
        columns = [
            ResultColumn(self.tr("Step")),
            ResultColumn(self.tr("Since")),
            ResultColumn(self.tr("Admitted by")),
            ResultColumn(self.tr("Phone box")),
            ResultColumn(self.tr("Seat")),
            ResultColumn(self.tr("Alias")),
        ]
        table = card.add(ResultTable(columns, highlighted=0), 1)
        table.table.header_share = 0.16
        table.table.setObjectName(part(Name.CHECK_IN_TABLE, stream))
        table.table.setAccessibleName(self.tr("Check-in list"))
        return card, table

    def _row(self, evaluation: Json, number: int, member: Json) -> ResultRow:
        since = to_the_second(max(member["at"].values(), default=None))
        figures = (
            member_word(member["stage"], evaluation["words"]),
            since,
            means_word(member["means"]),
            member["locker"] or "",
            member["seat"] or "",
            alias_word(member["alias"]),
        )
        return ResultRow(self.tr("Person {number}").format(number=number), figures)

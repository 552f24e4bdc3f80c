"""The result of a lot: ranks, points, candidates; findings and what members said to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Json, Sight, Target
from ui.console.words import alias_word
from ui.seat.findings_words import finding_lines
from ui.seat.result_board import result_columns, result_rows
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Scroll
from ui.widgets.buttons import QuietButton
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.result_table import ResultTable
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text


class ResultPage(DeskPage):
    """Built anew only when the result changed."""

    page = PageName.RESULT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card = self.add(Card(gap=Space.GAP), 1)
        back = self._card.add_beside_title(QuietButton(self.tr("Back to the evaluations")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.EVALUATIONS)))
        self._body = self._card.add(Column(gap=0), 3)
        self._below = Column(gap=Space.GAP)
        self._below.fill()
        self._card.add(Scroll(self._below), 2)
        self._made: list[QWidget] = []
        self._table: ResultTable | None = None
        self._shown: object = None

    def leave(self) -> None:
        """No figure stays."""
        self._clear()
        self._shown = None

    def show_sight(self, sight: Sight) -> None:
        """Show the lot's result, as far as this role may see it."""
        lot = sight.lot(self.target.stream, self.target.lot)
        evaluation = sight.evaluation(self.target.stream)
        key = (self.target, repr((lot["result"], lot["opinions"], lot["finding_note"])) if lot is not None else "")
        if key == self._shown:
            return
        self._shown = key
        self._clear()
        if lot is None or evaluation is None or not lot["result"]:
            self._card.set_title(self.tr("There is no result to be seen yet."))
            return
        words = evaluation["words"]
        self._card.set_title(words.get("ranking", ""), f"{words.get('lot', '')} {lot['id']} · {lot['name']}")
        self._table = self._body.add(ResultTable(result_columns(lot, words), result_rows(lot, words)), 1)
        self._table.table.setObjectName(Name.RESULT_TABLE)
        self._show_opinions(lot, words)
        self._show_findings(lot)

    def _clear(self) -> None:
        if self._table is not None:
            self._body.drop(self._table)
            self._table = None
        for widget in self._made:
            self._below.drop(widget)
        self._made = []

    def _tell(self, widget: QWidget) -> None:
        self._below.insert(len(self._made), widget)
        self._made.append(widget)

    def _show_findings(self, lot: Json) -> None:
        lines = finding_lines(lot)
        for line in lines:
            self._tell(NoticeLine(Notice(line.tone, line.text)))
        if lines and lot["finding_note"]:
            self._tell(Text(self.tr("The committee says: {note}").format(note=lot["finding_note"])))
        if not lines:
            self._tell(NoticeLine(Notice(Tone.OK, self.tr("The arithmetic found nothing that stands out."))))

    def _show_opinions(self, lot: Json, words: Json) -> None:
        if not lot["opinions"]:
            return
        self._tell(Text(self.tr("What members said"), Role.STRONG))
        row = Flow(gap=Space.SMALL)
        for alias, reasons in sorted(lot["opinions"].items()):
            agreed = reasons is None
            word = self.tr("confirmed") if agreed else words.get("dissent", self.tr("dissent"))
            row.add(
                StatusPill(
                    f"{alias_word(alias)} {word}",
                    Tone.OK if agreed else Tone.ATTENTION,
                    Symbol.DONE if agreed else Symbol.WARNING,
                )
            )
        self._tell(row)
        for alias, reasons in sorted(lot["opinions"].items()):
            if reasons is not None:
                self._tell(NoticeLine(Notice(Tone.ATTENTION, reasons, alias_word(alias))))

"""The check of the alias tables before the committee confirms (87号令 45, 64): totals, marks and price points."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.console import alias_tables
from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName, part
from ui.console.sentence_form import Make, Ready, SentenceForm
from ui.console.sight import Json, Sight, Target
from ui.console.words import alias_word
from ui.models.results import ResultColumn, ResultRow
from ui.seat.findings_words import finding_lines
from ui.theme import Space, Tone
from ui.widgets.boxes import Column
from ui.widgets.buttons import DangerButton, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.result_table import ResultTable

_ALL = "all"


class TablesPage(DeskPage):
    """All bids at a glance, or one bid factor by factor; below it the two answers."""

    page = PageName.TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card = self.add(Card(gap=Space.GAP), 1)
        self._choice = self._card.add(Flow(gap=Space.SMALL))
        self._group = QButtonGroup(self)
        self._body = self._card.add(Column(gap=Space.GAP), 1)
        self._table: QWidget | None = None
        self._finding = self._card.add(NoticeLine())
        self._form = self.add(
            SentenceForm(
                desk,
                self.tr("Remarks"),
                self.tr("Needed where something is not in order: which bid, which factor, which member."),
                Name.TABLES_REMARKS,
            )
        )
        in_order = PrimaryButton(self.tr("The tables are in order"))
        self._form.add_act(in_order, Name.TABLES_IN_ORDER, self._act(in_order=True), needs_words=False)
        raise_ = DangerButton(self.tr("Back to the committee, with remarks"))
        self._form.add_act(raise_, Name.TABLES_RAISE, self._act(in_order=False))
        self._shown: object = None
        self._lot: Json | None = None
        self._bid = _ALL
        self.setFocusProxy(self._form)

    def open(self, target: Target) -> None:
        """Another lot is checked."""
        if target != self.target:
            self._form.clear()
            self._bid = _ALL
            self._shown = None
        super().open(target)

    def leave(self) -> None:
        """No mark stays."""
        self._form.clear()
        self._lot, self._shown = None, None
        self._show_table(None)

    def show_sight(self, sight: Sight) -> None:
        """Show the tables as they are opened to this role."""
        lot = sight.lot(self.target.stream, self.target.lot)
        evaluation = sight.evaluation(self.target.stream) or {"words": {}}
        due = any(
            (todo.code, todo.stream, todo.lot) == ("check_tables", self.target.stream, self.target.lot)
            for todo in sight.todos()
        )
        self._form.setVisible(due)
        readable = lot is not None and bool(lot["marks"]) and bool(lot["result"])
        self._lot = lot if readable else None
        key = (self._bid, repr(lot["marks"]) if lot is not None else "")
        if key == self._shown:
            return
        self._shown = key
        words = evaluation["words"]
        name = f"{words.get('lot', '')} {lot['id']} · {lot['name']}" if lot is not None else ""
        self._card.set_title(words.get("check", ""), name)
        self._offer_bids()
        self._show_table(self._lot)
        self._tell_findings()

    def _offer_bids(self) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._choice.drop(old)
        bids = alias_tables.live(self._lot) if self._lot is not None else []
        for key, caption in [(_ALL, self.tr("All bids")), *((bid["id"], bid["bidder"]) for bid in bids)]:
            button = self._choice.insert(self._group.buttons().__len__(), QuietButton(caption))
            button.setCheckable(True)
            button.setChecked(key == self._bid)
            button.setObjectName(part(Name.TABLES_BID, key))
            button.clicked.connect(lambda _on=False, chosen=key: self._choose(chosen))
            self._group.addButton(button)

    def _choose(self, bid: str) -> None:
        self._bid = bid
        self._show_table(self._lot)

    def _show_table(self, lot: Json | None) -> None:
        if self._table is not None:
            self._body.drop(self._table)
            self._table = None
        if lot is not None:
            self._table = self._body.add(self._totals(lot) if self._bid == _ALL else self._marks(lot, self._bid), 1)

    def _totals(self, lot: Json) -> ResultTable:
        members = alias_tables.aliases(lot)
        columns = [
            ResultColumn(self.tr("Rank"), strong=True),
            ResultColumn(self.tr("Total"), strong=True),
            *(ResultColumn(alias_word(alias)) for alias in members),
            ResultColumn(self.tr("Points of the marks")),
            ResultColumn(self.tr("Price points")),
        ]
        names = {bid["id"]: bid["bidder"] for bid in lot["bids"]}
        rows = []
        for bid in lot["result"]["bids"]:
            figures = (
                str(bid["rank"] or "—"),
                bid["total"] or "—",
                *(alias_tables.total(lot, alias, bid["id"]) for alias in members),
                alias_tables.exact_sum((bid["factor_scores"] or {}).values()),
                bid["price_score"] or "—",
            )
            rows.append(ResultRow(names[bid["id"]], figures, out=bool(bid["rejected"])))
        return self._made(columns, rows)

    def _marks(self, lot: Json, bid: str) -> ResultTable:
        members = alias_tables.aliases(lot)
        found = next((one for one in lot["result"]["bids"] if one["id"] == bid), None)
        scores = (found or {}).get("factor_scores") or {}
        columns = [ResultColumn(alias_word(alias)) for alias in members]
        columns.append(ResultColumn(self.tr("Points"), strong=True))
        rows = [
            ResultRow(
                factor["name"],
                (
                    *(alias_tables.mark(lot, alias, bid, factor["id"]) for alias in members),
                    str(scores.get(factor["id"], "—")),
                ),
                f"{factor['min']}–{factor['max']}" if factor["max"] is not None else "",
            )
            for factor in lot["factors"]
        ]
        return self._made(columns, rows)

    def _made(self, columns: list[ResultColumn], rows: list[ResultRow]) -> ResultTable:
        table = ResultTable(columns, rows, highlighted=0)
        table.table.header_share = 0.24
        table.table.setAccessibleName(self.tr("Tables by alias"))
        return table

    def _tell_findings(self) -> None:
        lines = finding_lines(self._lot) if self._lot is not None else ()
        if not lines:
            self._finding.tell(Notice(Tone.OK, self.tr("The arithmetic found nothing that stands out.")))
            return
        told = self.tr("{count} findings. {first}").format(count=len(lines), first=lines[0].text)
        self._finding.tell(Notice(lines[0].tone, told))

    def _act(self, *, in_order: bool) -> Make:
        return lambda words: Ready(
            self.target.stream,
            "CheckTables",
            {"lot": self.target.lot, "in_order": in_order, "remarks": words},
        )

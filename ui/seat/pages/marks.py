"""Marking one lot, alone: factors by bids on the number pad, documents beside, grounds that travel with a mark."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.evaluation.basis import asked
from app.evaluation.model import SheetKind
from ui.models.marking import BidColumn, CellState, MarkTyped
from ui.seat.bases import Bases
from ui.seat.last_look import Gap, LookNames, gap_text
from ui.seat.mark_words import FactorDesk
from ui.seat.names import Name
from ui.seat.page import Fittings
from ui.seat.price_words import price_rule
from ui.seat.sheet_page import SheetPage, closed_word
from ui.seat.steps import Json, Place
from ui.seat.words import factors
from ui.theme import Role, Space
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import Button
from ui.widgets.hinted_line import HintedLine
from ui.widgets.key_card import KeyHelp
from ui.widgets.marking import CellVisited, MarkingMatrix
from ui.widgets.text import Text


class MarksPage(SheetPage):
    """A draft holds what is typed so far, impossible marks too, in the form of the sheet:
    {"marks": {bid: {factor: text}}, "reasons": ..., "basis": ...}, the last where there is any."""

    kind = SheetKind.MARKS

    def __init__(self, fittings: Fittings, place: Place) -> None:
        self._reasons: dict[tuple[str, str], str] = {}
        self._complete: set[tuple[str, str]] = set()
        self._bases = Bases(fittings.desk.sight.basis)
        super().__init__(
            fittings,
            place,
            LookNames(Name.MARKS_BACK, Name.MARKS_GAP, Name.MARKS_SEAL),
            Name.MARKS_CHECK,
            self.tr("Once sealed, marks cannot be changed. They are opened when every member has ended."),
        )
        self.stack.addWidget(self._build_rule())

    # --- building

    def make_matrix(self) -> QWidget:
        """Factors down, bids across; rejected bids are closed."""
        places = self.lot["scoring"].get("places")
        words = dict(self.words)
        self._desks = {
            factor["id"]: FactorDesk(factor, words, 2 if places is None else int(places))
            for factor in self.lot["factors"]
        }
        bids = [BidColumn(bid["id"], bid["bidder"], closed_word(bid, words)) for bid in self.lot["bids"]]
        lines = [desk.line for desk in self._desks.values()]
        self.marks = MarkingMatrix(lines, bids, self._judge, asks=self._asks)
        self.marks.setObjectName(Name.MARKS_MATRIX)
        self.marks.typed.connect(self._typed)
        self.marks.visited.connect(self._visited)
        self.marks.reason_asked.connect(self._to_ground)
        self.marks.needed = self._needed
        return self.marks

    def fill_foot(self, foot: Row) -> None:
        """The ground of the mark one is at, and the price rule."""
        self.ground = foot.add(HintedLine(self.tr("Grounds (optional)"), self.tr("Grounds of this mark")), 1)
        self.ground.setObjectName(Name.MARKS_NOTE)
        self.ground.setMaxLength(500)
        self.ground.textEdited.connect(self._write)
        self.ground.returnPressed.connect(self._to_matrix)
        self._take_word = self.tr("+ page in view")
        self.take_page = foot.add(Button(self._take_word, "F6"))
        self.take_page.setObjectName(Name.DOCUMENT_GROUND)
        self.take_page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take_page.clicked.connect(self._take_page)
        self.rule_button = foot.add(Button(self.words.get("price_score", "")))
        self.rule_button.setObjectName(Name.MARKS_RULE)
        self.rule_button.clicked.connect(self._show_rule)
        # Two documents leave little room beside them: the ground of a mark needs it more than the price rule.
        self.documents.two.toggled.connect(self.rule_button.setHidden)

    def _build_rule(self) -> Column:
        self._rule_page = Column(gap=Space.GAP)
        self._rule_page.add(Text(self.words.get("price_score", ""), Role.PAGE))
        told = Column(gap=Space.GAP)
        for line in price_rule(self.lot["scoring"], dict(self.words)):
            told.add(Text(line, Role.STRONG))
        told.add(
            Text(self.tr("The room computes it when all marks are opened; nobody types it."), Role.BODY, soft=True)
        )
        told.fill()
        self._rule_page.add(Scroll(told), 1)
        back = self._rule_page.add(Button(self.tr("Back to the work")), align=Qt.AlignmentFlag.AlignLeft)
        back.clicked.connect(self._close_look)
        self._rule_back = back
        return self._rule_page

    def _judge(self, factor_id: str, text: str) -> str | None:
        return self._desks[factor_id].fault(text, self.fit.desk.lang)

    def _asks(self, factor_id: str, text: str) -> bool:
        return self._asks_reason(factor_id, text) or asked(self._bases.rule, self._fails(factor_id, text))

    def _asks_reason(self, factor_id: str, text: str) -> bool:
        return self._desks[factor_id].asks(text)

    def _fails(self, factor_id: str, text: str) -> bool:
        return bool(text) and self._desks[factor_id].mark(text) == "fail"

    def _lacks(self, cell: tuple[str, str]) -> bool:
        """Whether the mark in a cell lacks its page."""
        return self._bases.lacks(cell, self._fails(cell[0], self.marks.model.marks().get(cell, "")))

    def _explain(self, *cells: tuple[str, str]) -> None:
        """Tell the matrix whether these marks have all that is asked of them."""
        marks = self.marks.model.marks()
        for cell in cells:
            text = marks.get(cell, "")
            self._complete.discard(cell)
            # An impossible mark has no reason to lack yet.
            if self.marks.model.fault(*self.marks.model.place(*cell)):
                continue
            if (cell in self._reasons or not text or not self._asks_reason(cell[0], text)) and not self._lacks(cell):
                self._complete.add(cell)
        self.marks.model.set_explained(self._complete)

    # --- the sheet

    def keys(self) -> tuple[KeyHelp, ...]:
        """The matrix's keys."""
        return (
            KeyHelp(("0", "…", "9", "."), self.tr("type a mark")),
            KeyHelp(("Enter",), self.tr("next factor, then next bid")),
            KeyHelp(("←", "↑", "↓", "→"), self.tr("move")),
            KeyHelp(("Del",), self.tr("empty the cell")),
            KeyHelp(("+", "−"), self.tr("one level, step or item more or less")),
            KeyHelp(("/",), self.tr("next cell that lacks something")),
            KeyHelp(("*",), self.tr("write the reason of the mark")),
            KeyHelp(("Ctrl", "Z"), self.tr("take back")),
            KeyHelp(("Ctrl", "Y"), self.tr("do again what was taken back")),
            KeyHelp(("F4",), self.tr("all, one bid, or one factor")),
            KeyHelp(("F6",), self.tr("the page in view becomes a ground")),
            *self.documents.keys(),
        )

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be typed, or let it again."""
        self.marks.set_read_only(read_only)
        self.ground.setEnabled(not read_only)
        self.take_page.setEnabled(not read_only)
        self.check.setEnabled(not read_only)

    def content(self) -> dict[str, Any]:
        """Marks as typed, and grounds, by bid and factor."""
        marks: dict[str, dict[str, str]] = {}
        for (factor, bid), text in self.marks.model.marks().items():
            marks.setdefault(bid, {})[factor] = text
        reasons: dict[str, dict[str, str]] = {}
        for (factor, bid), text in self._reasons.items():
            reasons.setdefault(bid, {})[factor] = text
        bases = self._bases.rows()
        return {"marks": marks, "reasons": reasons} | ({"basis": bases} if bases else {})

    def sheet(self) -> dict[str, Any]:
        """The same with the marks that the texts stand for: verdicts in words, counts as points."""
        made = self.content()
        made["marks"] = {
            bid: {factor: self._desks[factor].mark(text) for factor, text in row.items()}
            for bid, row in made["marks"].items()
        }
        return made

    def restore(self, content: dict[str, Any]) -> None:
        """Show what was kept."""
        places = {(factor["id"], bid["id"]) for factor in self.lot["factors"] for bid in self._live()}
        kept = {
            (factor, bid): str(text)
            for bid, row in content.get("marks", {}).items()
            for factor, text in row.items()
            if (factor, bid) in places
        }
        self._reasons = {
            (factor, bid): str(text)
            for bid, row in content.get("reasons", {}).items()
            for factor, text in row.items()
            if (factor, bid) in places
        }
        self._bases.restore(content.get("basis", {}), places)
        self.marks.set_marks(kept)
        self._complete.clear()
        self._explain(*kept)
        self.marks.go_to_first_gap()
        self._show_ground()

    def gaps(self) -> tuple[Gap, ...]:
        """Impossible marks first, then empty ones, then those without the reason that they need."""
        model = self.marks.model
        found = []
        for state in (CellState.IMPOSSIBLE, CellState.EMPTY, CellState.UNEXPLAINED):
            for row, column in model.cells(state):
                factor, bid = model.factor(row), model.bid(column)
                wrong = model.fault(row, column) or self._lacking(state, (factor.id, bid.id))
                found.append(Gap(factor.id, bid.id, gap_text(bid.name, factor.name, wrong)))
        return tuple(found)

    def _needed(self, factor: str, bid: str) -> str:
        if self._lacks((factor, bid)):
            return self.tr("This mark needs the page it rests on: turn to it and press F6.")
        return ""

    def _lacking(self, state: CellState, cell: tuple[str, str]) -> str:
        if state is CellState.EMPTY:
            return self.tr("empty")
        if self._lacks(cell):
            return self.tr("the page it rests on is missing (F6)")
        return self.tr("the reason is missing")

    def go_to(self, row: str, bid: str) -> None:
        """Make a cell the current one."""
        self.marks.go_to(row, bid)

    def line_name(self, row: str) -> str:
        """The factor's name."""
        return factors(self.lot)[row]

    def cell_here(self) -> tuple[str, str] | None:
        """Factor and bid of the current cell."""
        here = self.marks.cell()
        return (self.marks.model.factor(here[0]).id, self.marks.model.bid(here[1]).id) if here is not None else None

    def _live(self) -> list[Json]:
        return [bid for bid in self.lot["bids"] if bid["status"] == "live"]

    # --- what a person does

    def _typed(self, typed: MarkTyped) -> None:
        self._explain((typed.factor_id, typed.bid_id))
        self.keep()

    def _visited(self, _visited: CellVisited) -> None:
        self._follow()
        self._show_ground()

    def _show_ground(self) -> None:
        # The first cell is visited while the page is still being built.
        if hasattr(self, "ground"):
            cell = self.cell_here()
            self.ground.setText(self._reasons.get(cell, "") if cell is not None else "")
            basis = self._bases.given.get(cell) if cell is not None else None
            page = self.tr("page in view instead of p. {page}").format(page=basis["page"]) if basis else ""
            self.take_page.setToolTip(page)
            self.take_page.set_caption(self.tr("✓ p. {page}").format(page=basis["page"]) if basis else self._take_word)

    def _write(self, text: str) -> None:
        cell = self.cell_here()
        if cell is None:
            return
        if text.strip():
            self._reasons[cell] = text.strip()
        else:
            self._reasons.pop(cell, None)
        self._explain(cell)
        self.keep()

    def _take_page(self) -> None:
        """The page in sight of this bid's document becomes a ground of the mark one is at."""
        cell = self.cell_here()
        if cell is None or self.marks.model.read_only:
            return
        basis = self.documents.basis_of(cell[1])
        if basis is not None:
            self._bases.given[cell] = basis
            self._explain(cell)
            self.keep()
            self._show_ground()

    def _to_ground(self) -> None:
        if self.ground.isEnabled():
            self.ground.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_matrix(self) -> None:
        self.marks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rule(self) -> None:
        self.stack.setCurrentWidget(self._rule_page)
        self._rule_back.setFocus(Qt.FocusReason.OtherFocusReason)

"""The preliminary review of one lot: items by bids, each failing one with its reason and page, documents beside."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.evaluation.model import SheetKind
from ui.models.marking import BidColumn
from ui.models.review import Finding, FindingTyped, ReviewItem, Verdict, VerdictWords
from ui.seat.bases import Bases, first_number
from ui.seat.last_look import Gap, LookNames, gap_text
from ui.seat.names import Name
from ui.seat.page import Fittings
from ui.seat.sheet_page import SheetPage, closed_word
from ui.seat.steps import Place
from ui.seat.words import items
from ui.widgets.document_view import PageTurned
from ui.widgets.key_card import KeyHelp
from ui.widgets.review import ItemVisited, ReviewMatrix


class ReviewPage(SheetPage):
    """A draft holds what is decided so far in the form of the sheet: {"bids": {bid: {item: verdict}}}."""

    kind = SheetKind.REVIEW

    def __init__(self, fittings: Fittings, place: Place) -> None:
        self._bases = Bases(fittings.desk.sight.basis)
        super().__init__(
            fittings,
            place,
            LookNames(Name.REVIEW_BACK, Name.REVIEW_GAP, Name.REVIEW_SEAL),
            Name.REVIEW_CHECK,
            self.tr("Once sealed, verdicts cannot be changed. They are opened when every member has ended."),
        )

    def make_matrix(self) -> QWidget:
        """Items down, bids across; a bid that did not qualify is closed."""
        words = dict(self.words)
        # A group that all items share tells nothing and costs the rows their height.
        several = len({item["group"] for item in self.lot["items"]}) > 1
        items = [
            ReviewItem(item["id"], item["name"], self._demand(item), item["group"] if several else "")
            for item in self.lot["items"]
        ]
        # A bid rejected in an earlier round is reviewed again with the others: only the unqualified ones are out.
        bids = [
            BidColumn(bid["id"], bid["bidder"], closed_word(bid, words) if bid["status"] == "unqualified" else "")
            for bid in self.lot["bids"]
        ]
        self.review = ReviewMatrix(items, bids, VerdictWords(words.get("passed", ""), words.get("failed", "")))
        self.review.setObjectName(Name.REVIEW_MATRIX)
        self.review.reason.setObjectName(Name.REVIEW_REASON)
        self.review.page.setObjectName(Name.REVIEW_PAGE)
        self.review.typed.connect(self._typed)
        self.review.visited.connect(self._visited)
        self.documents.turned.connect(self._turned)
        take = QShortcut(QKeySequence("F6"), self)
        take.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        take.activated.connect(self._take_page)
        return self.review

    def _demand(self, item: dict[str, Any]) -> str:
        """The clause of the documents that the item comes from."""
        return self.tr("{documents}: {clause}").format(documents=self.words.get("documents", ""), clause=item["clause"])

    def keys(self) -> tuple[KeyHelp, ...]:
        """The matrix's keys."""
        passed, failed = self.words.get("passed", ""), self.words.get("failed", "")
        return (
            KeyHelp(("1", "Y"), passed),
            KeyHelp(("0", "N"), self.tr("{failed}: then reason, Enter, page").format(failed=failed)),
            KeyHelp(("Enter",), self.tr("next cell")),
            KeyHelp(("←", "↑", "↓", "→"), self.tr("move")),
            KeyHelp(("Del",), self.tr("open again")),
            KeyHelp(("F6",), self.tr("the verdict rests on the page in view")),
            *self.documents.keys(),
        )

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or let it again."""
        self.review.set_read_only(read_only)
        self.check.setEnabled(not read_only)

    def content(self) -> dict[str, Any]:
        """Verdicts by bid and item."""
        bids: dict[str, dict[str, Any]] = {}
        for (item, bid), finding in self.review.model.findings().items():
            if finding.verdict is Verdict.PASS:
                bids.setdefault(bid, {})[item] = {"pass": True}
            else:
                bids.setdefault(bid, {})[item] = {"pass": False, "reason": finding.reason, "page": finding.page}
            if (item, bid) in self._bases.given:
                bids[bid][item]["basis"] = self._bases.given[item, bid]
        return {"bids": bids}

    def restore(self, content: dict[str, Any]) -> None:
        """Show what was kept."""
        items = {item["id"] for item in self.lot["items"]}
        bids = {bid["id"] for bid in self.lot["bids"]}
        kept = {
            (item, bid): _finding(verdict)
            for bid, verdicts in content.get("bids", {}).items()
            for item, verdict in verdicts.items()
            if item in items and bid in bids
        }
        bases = {
            bid: {item: verdict["basis"] for item, verdict in verdicts.items() if "basis" in verdict}
            for bid, verdicts in content.get("bids", {}).items()
        }
        self._bases.restore(bases, kept.keys())
        self.review.set_findings(kept)
        self.review.go_to_first_waiting()

    def gaps(self) -> tuple[Gap, ...]:
        """Open verdicts, and failing ones that lack reason or page."""
        model = self.review.model
        found = []
        for row, column in model.waiting():
            item, bid, finding = model.item(row), model.bid(column), model.finding(row, column)
            lacking = self.tr("open") if finding.verdict is Verdict.OPEN else self.tr("reason and page are needed")
            found.append(Gap(item.id, bid.id, gap_text(bid.name, item.name, lacking)))
        for (item_id, bid_id), finding in model.findings().items():
            failing = finding.verdict is Verdict.FAIL
            if finding.complete and self._bases.lacks((item_id, bid_id), failing):
                name = next(bid["bidder"] for bid in self.lot["bids"] if bid["id"] == bid_id)
                lacking = self.tr("the page it rests on is missing (F6)")
                found.append(Gap(item_id, bid_id, gap_text(name, self.line_name(item_id), lacking)))
        return tuple(found)

    def go_to(self, row: str, bid: str) -> None:
        """Make a cell the current one."""
        self.review.go_to(row, bid)

    def cell_here(self) -> tuple[str, str] | None:
        """Item and bid of the current cell."""
        here = self.review.table.here()
        return (self.review.model.item(here[0]).id, self.review.model.bid(here[1]).id) if here is not None else None

    def line_name(self, row: str) -> str:
        """The item's name."""
        return items(self.lot)[row]

    def _typed(self, typed: FindingTyped) -> None:
        """The page in view when a verdict is given is what it rests on, where the rule set wants one; a page typed
        for a failing one moves it within its file."""
        cell = (typed.item_id, typed.bid_id)
        if typed.finding.verdict is Verdict.OPEN:
            self._bases.given.pop(cell, None)
        elif self._bases.lacks(cell, typed.finding.verdict is Verdict.FAIL):
            self._take(cell)
        page = first_number(typed.finding.page)
        before = self._bases.given.get(cell)
        if before is not None and page and page != before["page"]:
            self._bases.given[cell] = {"file": before["file"], "page": page}
        self.keep()

    def _take(self, cell: tuple[str, str]) -> None:
        basis = self.documents.basis_of(cell[1])
        if basis is not None:
            self._bases.given[cell] = basis

    def _take_page(self) -> None:
        """The page in sight of this bid's document becomes what the verdict one is at rests on."""
        cell = self.cell_here()
        if cell is not None and not self.review.model.read_only:
            self._take(cell)
            self.keep()

    def _visited(self, visited: ItemVisited) -> None:
        self._follow()
        page = self.documents.page_of(visited.bid_id)
        self.review.offer_page(str(page) if page else "")

    def _turned(self, turned: PageTurned) -> None:
        self.review.offer_page(str(turned.page))


def _finding(verdict: dict[str, Any]) -> Finding:
    if verdict.get("pass"):
        return Finding(Verdict.PASS)
    return Finding(Verdict.FAIL, str(verdict.get("reason", "")), str(verdict.get("page", "")))

"""Findings of a review: items down, bids across, each cell open, passed or failed with a reason and a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.models.digits import typed_characters
from ui.models.marking import BidColumn
from ui.models.roles import NOTE_ROLE

Index = QModelIndex | QPersistentModelIndex
_NAMES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole})


class Verdict(Enum):
    """What was found."""

    OPEN = auto()
    PASS = auto()
    FAIL = auto()


@dataclass(frozen=True)
class Finding:
    """A verdict; a failing one is complete with a reason and the page of the bid where it shows."""

    verdict: Verdict
    reason: str = ""
    page: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.verdict is Verdict.PASS or (self.verdict is Verdict.FAIL and bool(self.reason and self.page))


OPEN = Finding(Verdict.OPEN)


@dataclass(frozen=True)
class ReviewItem:
    """A line to be reviewed; `demand` is what the documents ask for, in full."""

    id: str
    name: str
    demand: str = ""
    group: str = ""


@dataclass(frozen=True)
class VerdictWords:
    """What this track calls the verdicts; words of law, hence given."""

    passed: str
    failed: str
    open: str = "—"


@dataclass(frozen=True)
class FindingTyped:
    """A cell as it stands after a key."""

    item_id: str
    bid_id: str
    finding: Finding


class ReviewModel(QAbstractTableModel):
    """The cells and their words. Emits `typed` for what a person did, never for what was loaded."""

    typed = Signal(object)

    def __init__(
        self,
        items: Sequence[ReviewItem],
        bids: Sequence[BidColumn],
        words: VerdictWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        self._bids = tuple(bids)
        self._words = words
        self._findings: dict[tuple[str, str], Finding] = {}
        self._read_only = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many items there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many bids there are."""
        return 0 if parent.isValid() else len(self._bids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The word of a cell; for screen readers the item, the bid, the word, reason and page."""
        finding = self.finding(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.word(finding.verdict)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            item, bid = self._items[index.row()], self._bids[index.column()]
            unseen = QCoreApplication.translate("ReviewModel", "not yet reviewed")
            word = bid.closed or (unseen if finding.verdict is Verdict.OPEN else self.word(finding.verdict))
            return " ".join(part for part in (f"{item.name}, {bid.name}: {word}", finding.reason, finding.page) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names; as NOTE_ROLE the second line."""
        across = orientation is Qt.Orientation.Horizontal
        if role in _NAMES:
            return self._bids[section].name if across else self._items[section].name
        if role == NOTE_ROLE:
            return self._bids[section].closed if across else self._items[section].group
        return None

    def item(self, row: int) -> ReviewItem:
        """The item of a row."""
        return self._items[row]

    def bid(self, column: int) -> BidColumn:
        """The bid of a column."""
        return self._bids[column]

    def word(self, verdict: Verdict) -> str:
        """What this track calls a verdict."""
        return {
            Verdict.OPEN: self._words.open,
            Verdict.PASS: self._words.passed,
            Verdict.FAIL: self._words.failed,
        }[verdict]

    def finding(self, row: int, column: int) -> Finding:
        """What was found in a cell."""
        return self._findings.get((self._items[row].id, self._bids[column].id), OPEN)

    def findings(self) -> dict[tuple[str, str], Finding]:
        """All findings that are not open, by (item, bid)."""
        return dict(self._findings)

    def waiting(self) -> list[tuple[int, int]]:
        """Cells that are open or lack reason or page, bid by bid from top to bottom."""
        columns = [column for column, bid in enumerate(self._bids) if not bid.closed]
        rows = range(len(self._items))
        return [(row, column) for column in columns for row in rows if not self.finding(row, column).complete]

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._read_only

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or let it again."""
        self._read_only = read_only
        self._tell_all()

    def set_findings(self, findings: Mapping[tuple[str, str], Finding]) -> None:
        """Show these findings; nothing is emitted."""
        self._findings = {key: finding for key, finding in findings.items() if finding != OPEN}
        self._tell_all()

    def decide(self, row: int, column: int, verdict: Verdict) -> None:
        """Give a verdict; reason and page are kept while it fails, so that a slip of the finger costs nothing."""
        before = self.finding(row, column)
        kept = before if verdict is Verdict.FAIL else OPEN
        self._put(row, column, Finding(verdict, kept.reason, kept.page))

    def explain(self, row: int, column: int, reason: str, page: str) -> None:
        """Say why a cell fails and on which page it shows; other cells take no reason."""
        if self.finding(row, column).verdict is Verdict.FAIL:
            digits = typed_characters(page).strip(".-")
            self._put(row, column, Finding(Verdict.FAIL, reason.strip(), digits))

    def _put(self, row: int, column: int, finding: Finding) -> None:
        key = (self._items[row].id, self._bids[column].id)
        if self._read_only or self._bids[column].closed or finding == self.finding(row, column):
            return
        if finding == OPEN:
            del self._findings[key]
        else:
            self._findings[key] = finding
        cell = self.index(row, column)
        self.dataChanged.emit(cell, cell)
        self.typed.emit(FindingTyped(*key, finding))

    def _tell_all(self) -> None:
        if self._items and self._bids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(self._bids) - 1))

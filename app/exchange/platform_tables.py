"""Tables as platforms export them, from CSV or a workbook: their names, their headings, and the place of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.exchange.platform_draft import refusal
from app.exchange.platform_refusal import PlatformRefusal
from app.exchange.tables import BRACKETS, bare
from app.recompute import Place, place_text
from app.rules.reading import shown

Vocabulary = Mapping[str, tuple[str, ...]]
"""What each column may be called, Chinese and English; case does not matter."""

TABLES: Final[Vocabulary] = {
    "rules": ("规则", "评分规则", "rules"),
    "factors": ("因素", "评审因素", "评分因素", "评分标准", "factors"),
    "bids": ("投标", "投标人", "供应商", "报价", "投标报价", "开标一览表", "开标记录", "bids"),
    "marks": ("评分", "打分", "评分表", "评分明细", "分项评分表", "专家打分", "marks"),
    "totals": ("汇总", "得分汇总", "汇总表", "得分汇总表", "评分汇总", "评分汇总表", "totals"),
}
"""What the tables are called: a CSV file by its name, a sheet by its title."""
SKIPPED: Final = "#"
"""A table or column whose name begins so is not read."""
IGNORED: Final = frozenset(
    {
        *("序号", "备注", "统一社会信用代码", "工期", "服务期", "交货期", "签到顺序", "文件接收时间", "解密状态"),
        *("签字", "签名", "日期", "时间", "no", "remark", "uscc", ""),
    }
)
"""Columns that hold nothing to check."""
_HEAD_WITHIN: Final = 10  # lines: titles and notes may stand above the heading


@dataclass(frozen=True)
class Table:
    """A table's rows that hold something, each with its line; `letters` are a workbook's column names."""

    file: str
    sheet: str | None
    lines: Sequence[tuple[int, list[str]]]
    lettered: bool = False

    def place(self, row: int | None = None, column: int | None = None, heading: str | None = None) -> Place:
        """The place of a cell, or of a line, or of the table."""
        cell = f"{letters(column)}{row}" if self.lettered and row is not None and column is not None else None
        return Place(self.file, self.sheet, row, heading or None, cell)


@dataclass(frozen=True)
class Row:
    """One line below the heading."""

    table: Table
    line: int
    cells: Sequence[str]
    headings: Sequence[str]

    def text(self, column: int | None) -> str:
        """The cell in a column, blank where there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def place(self, column: int | None = None) -> Place:
        """The place of a cell of this row, or of the row."""
        return self.table.place(self.line, column, None if column is None else self.headings[column])


@dataclass(frozen=True)
class Headed:
    """A table whose heading was found: columns by field, the other columns, and the rows below."""

    table: Table
    line: int
    columns: Mapping[str, int]
    others: Mapping[int, str]
    """Headings that no field claims, blank and ignorable ones left out."""
    rows: Sequence[Row]

    def unknown(self, column: int) -> PlatformRefusal:
        """The refusal of a column that nothing is known about."""
        place = self.table.place(self.line, column, self.others[column])
        return refusal("unknown_column", place, column=shown(self.others[column]))


def table_kind(name: str) -> str | None:
    """Which table a file or sheet of this name is, None for an unknown one."""
    return next((kind for kind, names in TABLES.items() if name.strip().lower() in names), None)


def head(table: Table, vocabulary: Vocabulary, needed: Sequence[tuple[str, ...]]) -> Headed:
    """Find the heading: the first of the first lines that names one field of each tuple in `needed`.

    Raises `column_missing` for what the likeliest line lacks, `column_twice`.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    for position, (line, cells) in enumerate(table.lines[:_HEAD_WITHIN]):
        found = _fields(cells, vocabulary)
        lacking = [fields for fields in needed if not any(field in found for field in fields)]
        if not lacking:
            return _headed(table, vocabulary, position)
        if best is None or len(found) > best[0]:
            best = (len(found), line, lacking[0])
    _, line, fields = best or (0, 1, needed[0])
    names = [name for field in fields for name in vocabulary[field]]
    raise refusal("column_missing", table.place(line), column=names[0], names="、".join(names))


def _fields(cells: Sequence[str], vocabulary: Vocabulary) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for column, cell in enumerate(cells):
        for field, names in vocabulary.items():
            if cell.lower() in names or bare(cell).lower() in names:
                found.setdefault(field, []).append(column)
                break
    return found


def _headed(table: Table, vocabulary: Vocabulary, position: int) -> Headed:
    line, headings = table.lines[position]
    found = _fields(headings, vocabulary)
    for field, columns in found.items():
        if len(columns) > 1:
            place = table.place(line, columns[1], headings[columns[1]])
            raise refusal("column_twice", place, column=vocabulary[field][0])
    taken = {columns[0] for columns in found.values()}
    others = {
        column: heading
        for column, heading in enumerate(headings)
        if column not in taken and heading.lower() not in IGNORED and not heading.startswith(SKIPPED)
    }
    rows = []
    for number, cells in table.lines[position + 1 :]:
        if any(cells[len(headings) :]):
            raise refusal("csv_cells", table.place(number), actual=len(cells), wanted=len(headings))
        rows.append(Row(table, number, cells, headings))
    return Headed(table, line, {field: columns[0] for field, columns in found.items()}, others, rows)


def stripped(heading: str) -> str:
    """A heading without what brackets at its end say, for a second look."""
    return BRACKETS.sub("", heading).strip()


def letters(column: int) -> str:
    """A spreadsheet's name of a column counted from 0: A, B ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sort_out(tables: Sequence[tuple[str, Table]]) -> dict[str, Table]:
    """Tables by what they are. Raises `unknown_table`, `table_twice`; empty and skipped ones are left out."""
    found: dict[str, Table] = {}
    for name, table in tables:
        if name.startswith(SKIPPED) or not table.lines:
            continue
        kind = table_kind(name)
        if kind is None:
            allowed = "、".join(f"{names[0]} ({names[-1]})" for names in TABLES.values())
            raise PlatformRefusal("unknown_table", place_text(table.place(), "en"), name=shown(name), allowed=allowed)
        if kind in found:
            raise PlatformRefusal("table_twice", place_text(table.place(), "en"), table=TABLES[kind][0])
        found[kind] = table
    return found

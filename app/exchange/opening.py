"""Opening records (开标一览表) as CSV, as platforms export them: read whole, with every price in yuan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.exchange.refusal import PackageRefusal
from app.exchange.tables import NOTHING, bare, csv_lines, text_of, yuan

BIDDER, USCC, PRICE, LOT = "bidder", "uscc", "price", "lot"
ORDER, RECEIVED, STATUS, PERIOD = "order", "received", "status", "period"

_HEADINGS: dict[str, tuple[str, ...]] = {
    BIDDER: ("投标人名称", "投标人", "供应商名称", "供应商", "投标单位", "投标单位名称", "企业名称", "企业别名"),
    USCC: ("统一社会信用代码", "社会信用代码"),
    PRICE: ("投标总报价", "投标报价", "总报价", "报价", "投标总价", "投标价"),
    LOT: ("标段", "标段编号", "包号", "采购包", "包"),
    ORDER: ("签到顺序", "序号", "开标顺序"),
    RECEIVED: ("文件接收时间", "递交时间", "投标文件递交时间"),
    STATUS: ("解密状态", "开标状态"),
    PERIOD: ("工期", "服务期", "交货期", "合同履行期限"),
}
"""What the columns of this field are called; a unit or a remark in brackets after the name is not part of it."""

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_TAKEN = frozenset({"解密成功", "已解密", "成功", "已开标", "正常"})


@dataclass(frozen=True)
class OpeningRow:
    """One bid as opened: its line in the file, its price in yuan, and every cell as it stands."""

    line: int
    bidder: str
    uscc: str
    """The credit code, or as much of it as the record shows; empty where there is no such column."""
    lot: str
    price: str | None
    """In yuan, exact, as a decimal string; None where the bid was not opened."""
    opened: bool
    cells: Mapping[str, str]
    """All cells by their heading, untouched but for blanks around them."""


def read_opening_csv(source: Path | bytes) -> list[OpeningRow]:
    """Read an opening record. Raises `PackageRefusal` with `line N, column` for the first thing wrong.

    UTF-8 (with or without mark) or GB18030; prices with thousands separators or full-width digits; the unit
    (元, 千元, 万元, 亿元) stands in brackets in the heading, 元 where it does not. A bid whose status is not an
    opened one, or whose price cell is empty or a dash, has no price. Columns not known are kept in `cells`.
    """
    data = source if isinstance(source, bytes) else _bytes_of(source)
    lines = list(csv_lines(_text_of(data)))
    if not lines:
        raise PackageRefusal("bad_csv", "line 1", detail="empty")
    first_line, headings = lines[0]
    columns = _columns(headings, f"line {first_line}")
    rows: list[OpeningRow] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in lines[1:]:
        if len(cells) != len(headings):
            raise PackageRefusal("csv_cells", f"line {number}", actual=len(cells), wanted=len(headings))
        row = _row(number, headings, cells, columns)
        key = (row.lot, row.bidder)
        if key in seen:
            where = f"line {number}, {headings[columns[BIDDER]]}"
            raise PackageRefusal("csv_duplicate", where, value=row.bidder, first=seen[key])
        seen[key] = number
        rows.append(row)
    return rows


def fill_prices(tender: object, rows: Sequence[OpeningRow] | None) -> object:
    """Return a tender's JSON with the prices that `opening.csv` carries for bids that state none.

    A bid is found by its credit code, else by its bidder's name; a record with a column of lots is asked for
    the lot too. Where both state a price they must agree (`price_differs`), and every opened row needs its bid
    (`no_bid_for_row`). A shape that is not a tender's is left for the reader of tenders to refuse.
    """
    if rows is None or not isinstance(tender, dict) or not isinstance(tender.get("lots"), list):
        return tender
    used: set[int] = set()
    filled = {**tender, "lots": [_fill_lot(lot, i, rows, used) for i, lot in enumerate(tender["lots"])]}
    for row in rows:
        if row.opened and row.line not in used:
            raise PackageRefusal("no_bid_for_row", "$.lots", line=row.line)
    return filled


def _fill_lot(lot: object, number: int, rows: Sequence[OpeningRow], used: set[int]) -> object:
    if not isinstance(lot, dict) or not isinstance(lot.get("bids"), list):
        return lot
    ours = [row for row in rows if row.lot in ("", lot.get("id"), lot.get("name"))]
    bids = [_fill_bid(bid, f"$.lots[{number}].bids[{i}]", ours, used) for i, bid in enumerate(lot["bids"])]
    return {**lot, "bids": bids}


def _fill_bid(bid: object, where: str, rows: Sequence[OpeningRow], used: set[int]) -> object:
    if not isinstance(bid, dict):
        return bid
    row = _find(bid, rows)
    if row is not None:
        used.add(row.line)
    if row is None or row.price is None:
        if "price" in bid:
            return bid
        raise PackageRefusal("no_opening_row", f"{where}.price")
    stated = bid.get("price", row.price)
    if isinstance(stated, str) and _NUMBER.fullmatch(stated) and Decimal(stated) != Decimal(row.price):
        raise PackageRefusal("price_differs", f"{where}.price", csv=row.price, tender=stated)
    return {**bid, "price": stated}


def _find(bid: Mapping[str, Any], rows: Sequence[OpeningRow]) -> OpeningRow | None:
    by_code = [row for row in rows if row.uscc and row.uscc == bid.get("uscc")]
    by_name = [row for row in rows if row.bidder == bid.get("bidder")]
    found = by_code or by_name
    return found[0] if len(found) == 1 else None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PackageRefusal("not_readable", "", path=path.name, detail=detail) from None


def _text_of(data: bytes) -> str:
    text = text_of(data)
    if text is None:
        raise PackageRefusal("bad_csv", "line 1", detail="encoding")
    return text


def _columns(headings: Sequence[str], where: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for field, names in _HEADINGS.items():
        for i, heading in enumerate(headings):
            if bare(heading) in names:
                if field in columns:
                    raise PackageRefusal("csv_column_twice", where, column=names[0])
                columns[field] = i
    for field in (BIDDER, PRICE):
        if field not in columns:
            raise PackageRefusal("csv_column_missing", where, column=_HEADINGS[field][0])
    return columns


def _row(number: int, headings: Sequence[str], cells: Sequence[str], columns: Mapping[str, int]) -> OpeningRow:
    def cell(field: str) -> str:
        return cells[columns[field]] if field in columns else ""

    bidder = cell(BIDDER)
    if not bidder:
        where = f"line {number}, {headings[columns[BIDDER]]}"
        raise PackageRefusal("missing_key", where, key=headings[columns[BIDDER]])
    status = cell(STATUS)
    opened = cell(PRICE) not in NOTHING and (not status or status in _TAKEN)
    heading = headings[columns[PRICE]]
    return OpeningRow(
        line=number,
        bidder=bidder,
        uscc=cell(USCC),
        lot=cell(LOT),
        price=_price(cell(PRICE), heading, f"line {number}, {heading}") if opened else None,
        opened=opened,
        cells=dict(zip(headings, cells, strict=True)),
    )


def _price(text: str, heading: str, where: str) -> str:
    price = yuan(text, heading)
    if price is None:
        raise PackageRefusal("csv_price", where, value=text[:40])
    if Decimal(price) <= 0:
        raise PackageRefusal("bad_price", where, value=text[:40])
    return price

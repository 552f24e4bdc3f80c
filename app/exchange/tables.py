"""Text and numbers of tables as other systems write them: encodings, lines, separators, units."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from app.exchange.refusal import PackageRefusal

BRACKETS = re.compile(r"[（(]([^（）()]*)[)）]\s*$")
"""A unit or a remark in brackets at a heading's end."""

_UNITS = {"元": Decimal(1), "人民币元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000)}
_UNITS["亿元"] = Decimal(100_000_000)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?|[0-9]+(\.[0-9]+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
_LONGEST_PRICE = 20
_LONGEST_NUMBER = 60
_FLOAT_DIGITS = 15  # what a double can always give back
_SEEN = Context(prec=_FLOAT_DIGITS, rounding=ROUND_HALF_EVEN)
NOTHING = frozenset({"", "/", "-", "—", "无"})
"""What stands in a cell that holds no number."""


def text_of(data: bytes) -> str | None:
    """The text of a file in UTF-8, with or without mark, or GB18030; None where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text that hold something, each with the line on which it begins.

    Raises `PackageRefusal` (`bad_csv`) at the first line that is no CSV.
    """
    if "\x00" in text:
        raise PackageRefusal("bad_csv", "line 1", detail="NUL")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise PackageRefusal("bad_csv", f"line {begins}", detail=str(error)[:60]) from None


def bare(heading: str) -> str:
    """A heading without the brackets at its end and the blanks around it."""
    return BRACKETS.sub("", heading).strip()


def plain_number(text: str) -> str | None:
    """A decimal string from a cell: full-width digits, thousands separators and blanks allowed; None for no number."""
    plain = text.translate(_FULL_WIDTH).replace(" ", "")
    sign = "-" if plain.startswith("-") else ""
    plain = plain.removeprefix("-")
    if len(plain) > _LONGEST_NUMBER or not _GROUPED.fullmatch(plain):
        return None
    return f"{sign}{plain.replace(',', '')}"


def seen(token: str) -> str | None:
    """The decimal that a person sees where a program wrote a binary float: at most fifteen significant digits.

    `29.849999999999998` is 29.85, as every spreadsheet shows it. None for what is no number, or a huge one.
    """
    try:
        number = Decimal(token)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        return "0" if number.is_zero() else None
    if len(number.as_tuple().digits) > _FLOAT_DIGITS:
        number = _SEEN.plus(number)
    return _short(f"{number:f}")


def yuan(text: str, heading: str) -> str | None:
    """The price in yuan: unit from the cell's end or the heading's brackets (元 where there is none).

    None where it is no number without a sign.
    """
    plain = text.translate(_FULL_WIDTH).replace(" ", "").removeprefix("¥").removeprefix("￥")
    bracket = BRACKETS.search(heading)
    unit = bracket.group(1).split("：")[-1].strip() if bracket else "元"
    for name in sorted(_UNITS, key=len, reverse=True):
        if plain.endswith(name):
            plain, unit = plain.removesuffix(name), name
            break
    if len(plain) > _LONGEST_PRICE or not _GROUPED.fullmatch(plain):
        return None
    return _short(f"{Decimal(plain.replace(',', '')) * _UNITS.get(unit, Decimal(1)):f}")


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number

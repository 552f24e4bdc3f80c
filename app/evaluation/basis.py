"""On what a verdict or a mark rests (依据): a page of a file of that bid, and where on it; sealed with the sheet.

A cell's basis is `{"file": 1, "page": 12}`: the file counted from 1 as the member sees the bid's files, so that under
a code the basis does not tell whose bid it is. It may have `"region": [left, top, right, bottom]` in thousandths of the
page's width and height from its top left corner: whole numbers, so that one place has one form in the seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.evaluation.model import LotState
from app.evaluation.refusal import Refused
from app.rules.model import Basis, BidFile

WHOLE = 1000
"""The page's width or height in the units of a region."""
MOST_PAGES = 100_000
"""A higher page number is a slip of the finger."""


def asked(rule: Basis, failing: bool) -> bool:
    """Whether a verdict or mark is not complete without its basis."""
    return rule is Basis.ALL or (rule is Basis.FAILING and failing)


def files_of(lot: LotState, bid: str, blind: bool) -> tuple[BidFile, ...]:
    """The files of a bid in the order in which a basis counts them."""
    return tuple(file for one in lot.lot.bids if one.id == bid for file in one.files if file.blind or not blind)


def most_files(lot: LotState, bid: str, blind: bool) -> int:
    """How many files a basis may count; which bid stands behind a code only the room knows, so the longest counts."""
    bids = [one.id for one in lot.lot.bids] if blind else [bid]
    return max(len(files_of(lot, one, blind)) for one in bids)


def check_basis(given: object, files: int, where: str) -> None:
    """Refuse a basis that names no page of so many files, or no place on one."""
    if not isinstance(given, Mapping) or not {"file", "page"} <= given.keys() <= {"file", "page", "region"}:
        raise Refused("bad_value", where)
    for key, most in (("file", files), ("page", MOST_PAGES)):
        if not _whole(given[key]) or not 1 <= given[key] <= most:
            raise Refused("bad_value", f"{where}.{key}")
    if "region" in given:
        _check_region(given["region"], f"{where}.region")


def _check_region(region: Any, where: str) -> None:
    if not isinstance(region, list | tuple) or len(region) != 4 or not all(_whole(side) for side in region):
        raise Refused("bad_value", where)
    left, top, right, bottom = region
    if not (0 <= left < right <= WHOLE and 0 <= top < bottom <= WHOLE):
        raise Refused("bad_value", where)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)

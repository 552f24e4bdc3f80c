"""Reading factors and the marks on them; one mark is checked by the same words at a seat and here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import getitem
from typing import Any, Final

from app.scoring import numbers
from app.scoring.model import Factor, FactorKind, Marks, Verdicts
from app.scoring.reading import Record, as_object, as_text
from app.scoring.refusal import Code, Refusal, at

FACTOR_KEYS: Final = {"id", "group", "kind", "min", "max"}
VERDICTS: Final = {"pass": 1, "fail": 0}
_VERDICT: Final[dict[int | None, bool]] = {1: True, 0: False}  # anything else is an absent verdict


def read_factor(value: object, where: str = "") -> Factor:
    """The factor in a decoded JSON object; refuses with the codes of the contract."""
    record = Record(value, where, FACTOR_KEYS)
    name = as_text(record.need("id"), record.path("id"))
    kind = record.choice_or("kind", FactorKind, FactorKind.SUBJECTIVE)
    group = record.text("group")
    if kind is FactorKind.PASS_FAIL:
        for key in ("min", "max"):
            if record.get(key) is not None:
                raise Refusal(
                    Code.BAD_VALUE,
                    record.path(key),
                    ("合格制因素没有分值, 请删除。", "A pass or fail factor has no points; remove this."),
                )
        return Factor(name, group, kind, Fraction(0), Fraction(0))
    least, most = record.number_or("min", 0), record.needed_number("max", least=0)
    if least > most:
        raise Refusal(
            Code.BAD_VALUE,
            record.path("min"),
            ("下限高于上限, 请核对分值范围。", "The lower limit is above the upper one; check the range."),
        )
    return Factor(name, group, kind, least, most)


def check_mark(factor: Factor, text: object, places: int = 2, where: str | None = None) -> Refusal | None:
    """What is wrong with one mark as typed (`bad_number`, `out_of_range`, `too_many_decimals`), or None.

    `places` is the most decimals a mark may have as written (`8.500` has three). For a pass or fail factor
    only `pass` and `fail` are marks (`bad_value`). `where` names the place, by default the factor.
    """
    found = _inspect(factor, text, places, factor.id if where is None else where)
    return found if isinstance(found, Refusal) else None


def _inspect(factor: Factor, text: object, places: int, where: str) -> int | Refusal:
    """The mark in units of 10^-`places` points (verdicts: pass 1, fail 0), or what is wrong with it."""
    if factor.kind is FactorKind.PASS_FAIL:
        if isinstance(text, str) and text in VERDICTS:
            return VERDICTS[text]
        words = ('请填写 "pass" (合格) 或 "fail" (不合格)。', 'Give "pass" or "fail".')
        return Refusal(Code.BAD_VALUE, where, words)
    parts = numbers.read(text)
    if parts is None:
        return Refusal(Code.BAD_NUMBER, where)
    units, decimals = parts
    scale, least, most = 10**decimals, factor.least, factor.most
    if units * least.denominator < least.numerator * scale or units * most.denominator > most.numerator * scale:
        low, high = numbers.exact(least), numbers.exact(most)
        return Refusal(
            Code.OUT_OF_RANGE,
            where,
            (f"打分须在 {low} 至 {high} 之间，请改正。", f"The mark must lie between {low} and {high}; correct it."),
        )
    if decimals > places:
        return Refusal(
            Code.TOO_MANY_DECIMALS,
            where,
            (f"打分最多 {places} 位小数，请改正。", f"A mark has at most {places} decimals; correct it."),
        )
    return units * int(10 ** (places - decimals))


class SheetReader:
    """Reads sheets into rows of whole units (10^-places points), each spelling of a mark checked once."""

    def __init__(self, bids: Sequence[str], factors: Sequence[Factor], places: int) -> None:
        self._bids = {name: position for position, name in enumerate(bids)}
        self._places = places
        points = [factor for factor in factors if factor.kind is not FactorKind.PASS_FAIL]
        verdicts = [factor for factor in factors if factor.kind is FactorKind.PASS_FAIL]
        self._factors = {factor.id: factor for factor in factors}
        self._columns = {factor.id: column for column, factor in enumerate([*points, *verdicts])}
        self._width, self._points = len(factors), len(points)
        self._order = [factor.id for factor in (*points, *verdicts)]
        # What each spelling stands for: null is an absent mark, verdicts are 1 and 0. Factors with the same
        # limits share what they have learnt.
        alike: dict[object, dict[Any, int | None]] = {}
        self._known = {
            factor.id: alike.setdefault((factor.kind is FactorKind.PASS_FAIL, factor.least, factor.most), {None: None})
            for factor in factors
        }
        self._row_known = [self._known[name] for name in self._order]

    def read(self, value: object, where: str) -> tuple[tuple[Marks, ...], tuple[Verdicts, ...]]:
        """One expert's sheet: marks and verdicts, bid by bid in the order of the bids."""
        empty = (None,) * self._width
        rows: list[tuple[int | None, ...]] = [empty] * len(self._bids)
        for bid, entry in as_object(value, where).items():
            position = self._bids.get(bid)
            if position is None:
                raise Refusal(Code.UNKNOWN_BID, at(where, bid))
            if entry is not None:
                rows[position] = self._row(entry, where, bid)
        if self._points == self._width:
            return tuple(rows), ((),) * len(rows)
        cut = self._points
        return tuple([row[:cut] for row in rows]), tuple([tuple(map(_VERDICT.get, row[cut:])) for row in rows])

    def _row(self, entry: object, where: str, bid: str) -> tuple[int | None, ...]:
        if not isinstance(entry, dict):
            raise Refusal(Code.BAD_VALUE, at(where, bid))
        if list(entry) == self._order:  # a full sheet in the factors' order, as most are
            try:
                return tuple(map(getitem, self._row_known, entry.values()))
            except (KeyError, TypeError):  # a spelling not met before: read mark by mark
                pass
        row: list[int | None] = [None] * self._width
        known, columns = self._known, self._columns
        for factor, mark in entry.items():
            try:
                row[columns[factor]] = known[factor][mark]
            except (KeyError, TypeError):  # a spelling not met before, an unknown factor, a list for a mark
                row[columns.get(factor, 0)] = self._learn(factor, mark, at(where, bid))
        return tuple(row)

    def _learn(self, name: str, mark: object, where: str) -> int:
        factor = self._factors.get(name)
        if factor is None:
            raise Refusal(Code.UNKNOWN_FACTOR, at(where, name))
        found = _inspect(factor, mark, self._places, at(where, name))
        if isinstance(found, Refusal):
            raise found
        self._known[name][mark] = found
        return found

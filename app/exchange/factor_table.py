"""Tables of factors as they come out of other systems: everything that is wrong with one, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from app.rules.reading import NUMBER, Node

_SENTENCES: dict[str, tuple[str, str]] = {
    "sum_not_100": (
        "各项满分之和是 {sum}，不是 100。",
        "The maxima add up to {sum}, not 100.",
    ),
    "duplicate_id": ("编号“{id}”重复。", 'The id "{id}" is used twice.'),
    "unknown_kind": (
        "类型“{kind}”不是打分、合格制、扣分或公式之一。",
        'The kind "{kind}" is none of subjective, objective, deduction, pass_fail, formula.',
    ),
    "no_maximum": ("没有满分。", "It has no maximum."),
    "bad_number": ("“{value}”不是规范的十进制数。", '"{value}" is not a plain decimal number.'),
    "bad_range": ("下限 {min} 不小于上限 {max}。", "The lower limit {min} is not below the upper limit {max}."),
    "unexpected_maximum": ("合格制的一项不应当有满分。", "A pass-or-fail line has no maximum."),
    "no_rule": ("没有写评审标准，无从评判。", "It has no rule text, so there is nothing to judge by."),
    "vague_name": ("名称“{name}”没有内容。", 'The name "{name}" says nothing.'),
    "band_top_differs": (
        "评分档最高到 {top}，满分却是 {max}：满分得不到或超出。",
        "The bands end at {top} but the maximum is {max}: it is out of reach or exceeded.",
    ),
    "band_bottom_differs": (
        "评分档从 {bottom} 起，下限却是 {min}。",
        "The bands begin at {bottom} but the lower limit is {min}.",
    ),
    "band_gap": (
        "评分档之间有空当（{low} 与 {high} 之间的分不属于任何一档）。",
        "There is a gap between bands: a mark between {low} and {high} belongs to none.",
    ),
    "band_overlap": (
        "评分档重叠（{low} 至 {high} 属于两档）。",
        "Bands overlap: {low} to {high} belong to two.",
    ),
    "edge_in_two_bands": (
        "界值 {edge} 同时属于两档，须写明归哪一档。",
        "The edge {edge} belongs to two bands: say to which.",
    ),
    "full_differs": (
        "评审标准写的满分是 {stated}，表中却是 {max}。",
        "The rule text speaks of {stated} points but the table says {max}.",
    ),
    "cap_differs": (
        "评审标准写的最高分是 {stated}，表中却是 {max}。",
        "The rule text caps at {stated} points but the table says {max}.",
    ),
}

_KINDS = ("subjective", "objective", "deduction", "pass_fail", "formula")
_VAGUE = frozenset({"其他", "其它", "等", "/", "-"})
_N = r"([0-9]+(?:\.[0-9]+)?)"
_DASH = r"\s*[-–—~～至]\s*"
_EDGES = re.compile(rf"{_N}{_DASH}{_N}\s*[=＝]\s*{_N}\s*分")
_OPEN_EDGE = re.compile(rf"{_N}\s*(?:及?以[上下])\s*[=＝]")
_BAND = re.compile(rf"{_N}(?:{_DASH}{_N})?")
_GRADES = re.compile(r"优|良|一般|中|差")
_GRADE_BAND = re.compile(rf"(?:优秀?|良好?|一般|中等?|较?差)\s*{_N}(?:{_DASH}{_N})?")
_ONE_RANGE = re.compile(rf"[（(]\s*{_N}{_DASH}{_N}\s*分?\s*[)）]")
_FULL = re.compile(rf"^\s*{_N}\s*分\s*[;；,，]")
_CAP = re.compile(rf"(?:最高|最多)\s*{_N}\s*分")


class Band(NamedTuple):
    """A band of marks, both ends in it."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class TableFault:
    """One thing wrong with a table: a stable code, the JSON path, and what fills the sentence."""

    code: str
    where: str
    details: tuple[tuple[str, str], ...] = ()

    def message(self, lang: str = "zh") -> str:
        """Return one sentence for a person."""
        chinese, english = _SENTENCES[self.code]
        return (english if lang == "en" else chinese).format(**dict(self.details))


def check_factor_table(table: object) -> list[TableFault]:
    """Return all that is wrong with a table `{"criteria": [{id, group, name, max, type, rule_text}], ...}`.

    `max` and `min` are decimal strings or null, `type` is subjective, objective, deduction, pass_fail or
    formula (the price). A shape that is no such table raises `Refusal`; what a person must put right in the
    document is returned, in reading order. Rule texts are read for marks they name: bands of marks, caps and
    full scores; a text that names none is taken as it is.
    """
    rows = Node(table).table().get("criteria", Node(None, "$.criteria")).rows(at_least=1)
    faults: list[TableFault] = []
    seen: set[str] = set()
    total = Fraction(0)
    for row in rows:
        f = row.table()
        row_id = _text(f, "id")
        if row_id in seen:
            faults.append(_fault("duplicate_id", f"{row.where}.id", id=row_id))
        seen.add(row_id)
        row_faults = list(_row_faults(f, row.where))
        faults.extend(row_faults)
        total += _number(_text(f, "max")) or 0
    if total != 100:
        faults.append(_fault("sum_not_100", "$.criteria", sum=_shown(total)))
    return faults


def _row_faults(f: dict[str, Node], where: str) -> Iterator[TableFault]:
    kind, name, rule = _text(f, "type"), _text(f, "name"), _text(f, "rule_text")
    if kind not in _KINDS:
        yield _fault("unknown_kind", f"{where}.type", kind=kind)
    if not name or name in _VAGUE:
        yield _fault("vague_name", f"{where}.name", name=name)
    if not rule:
        yield _fault("no_rule", f"{where}.rule_text")
    for key in ("min", "max"):
        if _text(f, key) and _number(_text(f, key)) is None:
            yield _fault("bad_number", f"{where}.{key}", value=_text(f, key))
            return
    highest, lowest = _number(_text(f, "max")), _number(_text(f, "min"))
    if kind == "pass_fail":
        if highest is not None:
            yield _fault("unexpected_maximum", f"{where}.max")
        return
    if highest is None:
        yield _fault("no_maximum", f"{where}.max")
        return
    if lowest is not None and lowest >= highest:
        yield _fault("bad_range", f"{where}.min", min=_shown(lowest), max=_shown(highest))
    yield from _rule_faults(rule, kind, lowest, highest, f"{where}.rule_text")


def _rule_faults(rule: str, kind: str, lowest: Fraction | None, highest: Fraction, where: str) -> Iterator[TableFault]:
    edges = [(Fraction(a), Fraction(b)) for a, b, _ in _EDGES.findall(rule)]
    if edges:
        ends = [end for pair in edges for end in pair] + [Fraction(end) for end in _OPEN_EDGE.findall(rule)]
        for edge in sorted({end for end in ends if ends.count(end) > 1}, reverse=True):
            yield _fault("edge_in_two_bands", where, edge=_shown(edge))
        return
    if (full := _FULL.search(rule)) and kind == "formula" and Fraction(full.group(1)) != highest:
        yield _fault("full_differs", where, stated=full.group(1), max=_shown(highest))
    if kind != "formula" and (cap := _CAP.search(rule)) and Fraction(cap.group(1)) != highest:
        yield _fault("cap_differs", where, stated=cap.group(1), max=_shown(highest))
    if kind == "subjective":
        yield from _band_faults(_bands(rule), lowest, highest, where)


def _bands(rule: str) -> list[Band]:
    """Return the bands of marks that a rule text names, from the lowest up; none where it names no bands."""
    if _GRADES.search(rule):
        found = _GRADE_BAND.findall(rule)
    elif "/" in rule:
        parts = [_BAND.fullmatch(part.strip().removesuffix("分").strip()) for part in rule.split("/")]
        if any(part is None for part in parts):
            return []
        found = [(part.group(1), part.group(2) or "") for part in parts if part is not None]
    else:
        found = _ONE_RANGE.findall(rule)
    return sorted(Band(Fraction(low), Fraction(high or low)) for low, high in found)


def _band_faults(bands: list[Band], lowest: Fraction | None, highest: Fraction, where: str) -> Iterator[TableFault]:
    if not bands:
        return
    top, bottom = max(band.high for band in bands), bands[0].low
    if top != highest:
        yield _fault("band_top_differs", where, top=_shown(top), max=_shown(highest))
    if bottom != (lowest or 0):
        yield _fault("band_bottom_differs", where, bottom=_shown(bottom), min=_shown(lowest or Fraction(0)))
    for below, above in pairwise(bands):
        if above.low > below.high:
            yield _fault("band_gap", where, low=_shown(below.high), high=_shown(above.low))
        elif above.low < below.high:
            yield _fault("band_overlap", where, low=_shown(above.low), high=_shown(below.high))


def _text(f: dict[str, Node], key: str) -> str:
    node = f.get(key)
    return "" if node is None or node.value is None else node.text_or_empty().strip()


def _number(text: str) -> Fraction | None:
    return Fraction(text) if NUMBER.fullmatch(text) and len(text) <= 20 else None


def _shown(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _fault(code: str, where: str, **details: str) -> TableFault:
    return TableFault(code, where, tuple(details.items()))

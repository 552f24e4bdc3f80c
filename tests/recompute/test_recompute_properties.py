"""Properties: a clean statement of any shape has no fault, one wrong figure is found where it is, no float anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from statement_factory import Doc, remarks_of, statement_of, with_figures
from statement_forms import workbook_of

from app.exchange import read_platform
from app.recompute import Severity, answer, check, work_out
from app.rules import Refusal as RulesRefusal
from app.scoring import Refusal

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))  # the random cases of the scoring core's own tests

from scoring_cases import cases

ABSENT = {"sheet_missing", "mark_missing"}
FIGURES = ("evaluated_price", "price_score", "total", "rank", "sum")


def documents(case: Doc) -> Doc:
    """A case of the scoring tests as a document; every rejected bid has its reason."""
    case = deepcopy(case)
    for bid in case["bids"]:
        if bid.get("rejected"):
            bid["reason"] = "未响应实质性要求"
    try:
        return with_figures({"case": case})
    except (AssertionError, Refusal, RulesRefusal):  # the marks tell no result, or the prices no benchmark
        reject()


def faults(document: Doc) -> list[tuple[str, str | None, str | None]]:
    """Faults by code, place and right figure, absent marks aside: the cases of the scoring tests have them."""
    return [
        (remark.kind.value, remark.place.path, remark.right)
        for remark in remarks_of(document)
        if remark.severity is Severity.FAULT and remark.kind.value not in ABSENT | {"objective_differs"}
    ]


def spots(document: Doc) -> Iterator[tuple[Doc, str, str]]:
    """Every stated number with the object that holds it and its path."""
    stated = document["stated"]
    for bid, row in stated["bids"].items():
        for name in FIGURES:
            if name in row:
                yield row, name, f"$.stated.bids.{bid}.{name}"
        for part in ("factor_means", "group_scores"):
            for name in row.get(part, {}):
                yield row[part], name, f"$.stated.bids.{bid}.{part}.{name}"
    for expert, row in stated["expert_totals"].items():
        for bid in row:
            yield row, bid, f"$.stated.expert_totals.{expert}.{bid}"
    if "benchmark" in stated:
        yield stated, "benchmark", "$.stated.benchmark"


@settings(max_examples=40)
@given(cases())
def test_a_clean_statement_of_any_shape_has_no_fault(case: Doc) -> None:
    document = documents(case)
    assert faults(document) == []


@settings(max_examples=40)
@given(cases(), st.data())
def test_one_wrong_figure_is_found_where_it_is_and_nowhere_else(case: Doc, data: st.DataObject) -> None:
    document = documents(case)
    places = list(spots(document))
    assume(places)
    row, name, path = data.draw(st.sampled_from(places))
    off = data.draw(st.sampled_from(["0.01", "-0.01", "1", "-7"]))
    if name == "rank":
        off = "1000"  # no tie makes that one right
    right = str(row[name])
    row[name] = str(Decimal(right) + Decimal(off)) if len(right) < 28 else "1"
    found = faults(document)
    assert [place for _, place, _ in found] == [path]
    assert [told for _, _, told in found] == [right]


@settings(max_examples=20)
@given(cases(), st.data())
def test_a_mark_that_is_changed_shows_in_every_figure_that_rests_on_it(case: Doc, data: st.DataObject) -> None:
    document = documents(case)
    sheets = document["case"]["sheets"]
    live = document["stated"]["bids"]
    given_marks = [
        (expert, bid, factor)
        for expert, sheet in sheets.items()
        for bid, entry in sheet.items()
        for factor, mark in entry.items()
        if bid in live and mark not in (None, "pass", "fail")
    ]
    assume(given_marks)
    assume("judge_trim" not in document["case"])
    expert, bid, factor = data.draw(st.sampled_from(given_marks))
    # By a point at least: less may vanish in the rounding of a weighted total, and then nothing is wrong with it.
    sheets[expert][bid][factor] = "3" if abs(Decimal(sheets[expert][bid][factor]) - 3) >= 1 else "0"
    found = faults(document)
    # An expert with an absent mark has no total; the mean of the factor is theirs all the same, rounding aside.
    assert all(bid in str(place) for code, place, _ in found if code in ("factor_mean_wrong", "group_score_wrong"))
    full = all(mark is not None for mark in sheets[expert][bid].values()) and bid in document["stated"][
        "expert_totals"
    ].get(expert, {})
    weight = _weight(document, factor)
    if full and weight:
        assert ("expert_total_wrong", f"$.stated.expert_totals.{expert}.{bid}") in {(c, p) for c, p, _ in found}


def _weight(document: Doc, factor: str) -> bool:
    """Whether the factor counts for a total enough to be seen after rounding."""
    group = next(item.get("group") for item in document["case"]["factors"] if item["id"] == factor)
    return Decimal((document["case"].get("weights") or {}).get(group or "", "1")) >= Decimal("0.2")


def numbers_in(value: object) -> Iterator[object]:
    """Every leaf of nested data."""
    if isinstance(value, Enum):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from numbers_in(getattr(value, each.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from numbers_in(key)
            yield from numbers_in(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from numbers_in(item)
    else:
        yield value


@settings(max_examples=10)
@given(cases(experts=3, bids=4))
def test_no_float_enters_or_leaves(tmp_path_factory: Any, case: Doc) -> None:
    document = documents(case)
    folder = tmp_path_factory.mktemp("book")
    # Adjustments by amount and bonus, kept and unopened bids are told in the document's own form alone.
    plain = all(set(bid) <= {"id", "price", "brand"} for bid in document["case"]["bids"])
    statements = [statement_of(document)]
    if plain and document["case"]["factors"]:
        statements.append(read_platform(workbook_of(folder, document)))
    for statement in statements:
        right = work_out(statement)
        remarks = check(statement, right)
        leaves = [*numbers_in(statement), *numbers_in(remarks), *numbers_in(answer(statement, right, remarks))]
        assert leaves
        assert not [leaf for leaf in leaves if isinstance(leaf, float)]

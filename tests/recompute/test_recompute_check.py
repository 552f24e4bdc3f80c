"""Each kind of remark is found exactly where it was planted, and nothing is found in clean published evaluations."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pytest
from statement_factory import Doc, codes_of, gc, r4, r5, r9, remarks_of, small, statement_of, tied, with_figures

from app.recompute import Kind, Severity, Topic, check, extent, message, work_out

STATED = "$.stated.bids"
SHEETS = "$.case.sheets"


@pytest.mark.parametrize("published", [r4, r5, gc, small])
def test_nothing_is_found_in_a_clean_evaluation(published: Callable[[], Doc]) -> None:
    assert remarks_of(published()) == []


def test_what_r4_states_is_compared_figure_by_figure() -> None:
    statement = statement_of(r4())
    told = extent(statement, work_out(statement))
    assert {name: count for name, count in told.compared.items() if count} == {
        "marks": 15,
        "expert_totals": 15,
        "group_scores": 3,
        "price_scores": 3,
        "sums": 3,
        "totals": 3,
        "ranks": 3,
        "candidates": 3,
        "committee": 1,
    }
    assert told.untold == {}


def test_sixty_published_panels_and_the_one_whose_absent_mark_was_written_as_a_zero() -> None:
    hints = {Kind.TIE, Kind.DEVIATION}
    absent = [remark for remark in remarks_of(r9()) if remark.kind not in hints]
    assert [(remark.kind, remark.bid) for remark in absent] == [(Kind.MARK_MISSING, "P57")]
    (wrong,) = [remark for remark in remarks_of(r9(absent=False)) if remark.kind not in hints]
    assert (wrong.kind, wrong.place.path) == (Kind.FACTOR_MEAN_WRONG, f"{STATED}.P57.factor_means.T")
    assert (wrong.stated, wrong.right) == ("7.50", "7.43")


@dataclass(frozen=True)
class Planted:
    """What is changed in a clean evaluation, and the one thing that must be found."""

    kind: Kind
    plant: Callable[[Doc], object]
    path: str
    stated: str | None = None
    right: str | None = None
    again: bool = False
    """Whether every figure is stated anew, right for the changed marks."""
    base: Callable[[], Doc] = small


def put(*path: str | int) -> Callable[[object], Callable[[Doc], object]]:
    """`put("case", "track")(value)` sets one value of a document."""

    def to(value: object) -> Callable[[Doc], object]:
        def change(document: Doc) -> None:
            target: Doc = document
            for part in path[:-1]:
                target = target[part]
            target[path[-1]] = value

        return change

    return to


def drop(*path: str | int) -> Callable[[Doc], object]:
    def change(document: Doc) -> None:
        target: Doc = document
        for part in path[:-1]:
            target = target[part]
        del target[path[-1]]

    return change


def both(*changes: Callable[[Doc], object]) -> Callable[[Doc], object]:
    def change(document: Doc) -> None:
        for each in changes:
            each(document)

    return change


def mark(expert: str, bid: str, factor: str) -> Callable[[object], Callable[[Doc], object]]:
    return put("case", "sheets", expert, bid, factor)


def figure(bid: str, *name: str) -> Callable[[object], Callable[[Doc], object]]:
    return put("stated", "bids", bid, *name)


def no_marks(document: Doc) -> None:
    """The third expert hands in nothing."""
    document["case"]["sheets"]["A3"] = {}


def alike(document: Doc) -> None:
    """The second expert's subjective marks are the first one's."""
    sheets = document["case"]["sheets"]
    for bid, entry in sheets["A2"].items():
        entry |= {"T1": sheets["A1"][bid]["T1"], "T2": sheets["A1"][bid]["T2"]}


PLANTED = [
    Planted(Kind.SHEET_MISSING, no_marks, SHEETS, again=True),
    Planted(Kind.MARK_MISSING, drop("case", "sheets", "A2", "乙", "T1"), SHEETS, again=True),
    Planted(Kind.MARK_MISSING, mark("A2", "乙", "P1")(None), SHEETS, again=True),
    Planted(Kind.MARK_OUT_OF_RANGE, mark("A2", "乙", "T1")("10.5"), f"{SHEETS}.A2.乙.T1", "10.5", "0–10", again=True),
    Planted(Kind.MARK_OUT_OF_RANGE, mark("A1", "乙", "D1")("-1"), f"{SHEETS}.A1.乙.D1", "-1", "0–3", again=True),
    Planted(Kind.MARK_TOO_FINE, mark("A2", "乙", "T1")("7.505"), f"{SHEETS}.A2.乙.T1", "7.505"),
    Planted(Kind.OBJECTIVE_DIFFERS, mark("A3", "乙", "C1")("3"), f"{SHEETS}.A3.乙.C1", "A1 4、A2 4、A3 3", again=True),
    Planted(
        Kind.REASON_MISSING_BELOW,
        both(put("asks", "reason_below")("0.70"), mark("A1", "乙", "T2")("3.4")),
        f"{SHEETS}.A1.乙.T2",
        "3.4",
        again=True,
    ),
    Planted(
        Kind.REASON_MISSING_DEVIATION,
        both(put("asks", "reason_for_deviation")(True), mark("A3", "丙", "T1")("3")),
        f"{SHEETS}.A3.丙.T1",
        "3",
        again=True,
    ),
    Planted(
        Kind.REASON_MISSING_DEDUCTION,
        both(put("asks", "reason_for_deduction")(True), mark("A3", "丙", "D1")("1")),
        f"{SHEETS}.A3.丙.D1",
        "1",
        again=True,
    ),
    Planted(
        Kind.EXPERT_TOTAL_WRONG,
        put("stated", "expert_totals", "A2", "乙")("18.60"),
        "$.stated.expert_totals.A2.乙",
        "18.60",
        "18.50",
    ),
    Planted(
        Kind.EXPERT_TOTAL_WRONG,
        put("stated", "expert_totals", "A3", "B1")("93.50"),
        "$.stated.expert_totals.A3.B1",
        "93.50",
        "92.50",
        base=r4,
    ),
    Planted(Kind.SUM_WRONG, figure("B2", "sum")("343.80"), f"{STATED}.B2.sum", "343.80", "343.90", base=r4),
    Planted(
        Kind.FACTOR_MEAN_WRONG,
        figure("B4", "factor_means", "2.6")("2.84"),
        f'{STATED}.B4.factor_means["2.6"]',
        "2.84",
        "2.83",
        base=gc,
    ),
    Planted(
        Kind.GROUP_SCORE_WRONG,
        figure("甲", "group_scores", "commercial")("8.50"),
        f"{STATED}.甲.group_scores.commercial",
        "8.50",
        "8.00",
    ),
    Planted(
        Kind.EVALUATED_PRICE_WRONG,
        figure("甲", "evaluated_price")("980001"),
        f"{STATED}.甲.evaluated_price",
        "980001",
        "980000",
    ),
    Planted(Kind.BENCHMARK_WRONG, put("stated", "benchmark")("960000.01"), "$.stated.benchmark", "960000.01", "960000"),
    Planted(
        Kind.PRICE_SCORE_WRONG,
        figure("B3", "price_score")("29.65"),
        f"{STATED}.B3.price_score",
        "29.65",
        "29.64",
        base=r4,
    ),
    Planted(Kind.TOTAL_WRONG, figure("B1", "total")("95.64"), f"{STATED}.B1.total", "95.64", "95.46", base=gc),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "total"), f"{STATED}.乙"),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "factor_means", "T1"), f"{STATED}.乙"),
    Planted(Kind.FIGURE_MISSING, drop("stated", "bids", "乙", "group_scores", "technical"), f"{STATED}.乙"),
    Planted(Kind.RANK_WRONG, figure("B4", "rank")(5), f"{STATED}.B4.rank", "5", "4", base=gc),
    Planted(Kind.RANK_NOT_DUE, put("stated", "bids", "丁")({"rank": 4}), f"{STATED}.丁.rank", "4"),
    Planted(
        Kind.CANDIDATE_WRONG,
        put("stated", "candidates")(["B1", "B5", "B2"]),
        "$.stated.candidates[1]",
        "B1、B5、B2",
        "B1、B2、B5",
        base=gc,
    ),
    Planted(
        Kind.CANDIDATE_COUNT_WRONG,
        put("stated", "candidates")(["B1", "B2", "B5", "B4"]),
        "$.stated.candidates[3]",
        "B1、B2、B5、B4",
        "B1、B2、B5",
        base=gc,
    ),
    Planted(
        Kind.CANDIDATE_COUNT_WRONG,
        put("stated", "candidates")(["甲", "丙"]),
        "$.stated.candidates[1]",
        "甲、丙",
        "甲、丙、乙",
    ),
    Planted(Kind.CANDIDATE_COUNT_WRONG, put("stated", "candidates")([]), SHEETS, "0", "甲、丙、乙"),
    Planted(Kind.REJECTION_WITHOUT_REASON, drop("case", "bids", 3, "reason"), "$.case.bids[3]"),
    Planted(
        Kind.COMMITTEE_TOO_SMALL,
        put("committee")({"experts": 2, "delegates": 1}),
        "$.committee",
        "2+1",
        "5",
    ),
    Planted(
        Kind.COMMITTEE_TOO_FEW_EXPERTS,
        put("committee")({"experts": 1, "delegates": 2, "minimum": 3}),
        "$.committee",
        "1+2",
    ),
    Planted(
        Kind.COMMITTEE_SHEETS_DIFFER,
        put("committee")({"experts": 4, "delegates": 1}),
        "$.committee",
        "3",
        "5",
    ),
    Planted(Kind.DEVIATION, mark("A3", "丙", "T1")("3"), f"{SHEETS}.A3.丙.T1", "3", again=True),
    Planted(Kind.IDENTICAL_SHEETS, alike, SHEETS, "A1、A2", again=True),
    Planted(Kind.ABNORMALLY_LOW, put("case", "abnormally_low")({"second_lowest": "0.95"}), "$.case.bids[2]", "900000"),
    Planted(Kind.TOO_FEW_BIDS, put("case", "min_bids")(4), "$.case.bids[0]", "3", "≥ 4"),
    Planted(Kind.TIE, tied, f"{STATED}.甲.rank", "甲、丙", again=True),
]


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{p.kind.value}-{i}" for i, p in enumerate(PLANTED)])
def test_what_is_planted_is_found_there_and_nothing_else(planted: Planted) -> None:
    document = planted.base()
    planted.plant(document)
    if planted.again:
        document = with_figures(document)
    (found,) = remarks_of(document)
    assert (found.kind, found.place.path) == (planted.kind, planted.path)
    assert (found.stated, found.right) == (planted.stated, planted.right)
    assert found.rule == statement_of(document).standard.citations[found.kind.topic]
    assert message(found, "zh")
    assert message(found, "en")


def test_an_even_committee_is_found_with_the_missing_sheet() -> None:
    document = small()
    document["committee"] = {"experts": 3, "delegates": 1, "minimum": 3}
    assert codes_of(document) == ["committee_even", "committee_sheets_differ"]


def test_every_kind_of_remark_was_planted() -> None:
    elsewhere = {Kind.COMMITTEE_EVEN, Kind.TIE_RESOLVED}  # tests of their own beside this one
    assert {planted.kind for planted in PLANTED} | elsewhere == set(Kind)


def test_hints_are_hints_and_all_else_is_a_fault() -> None:
    hints = {kind for kind in Kind if kind.severity is Severity.HINT}
    assert hints == {
        Kind.DEVIATION,
        Kind.IDENTICAL_SHEETS,
        Kind.ABNORMALLY_LOW,
        Kind.TOO_FEW_BIDS,
        Kind.TIE,
        Kind.TIE_RESOLVED,
    }
    assert {kind.topic for kind in Kind} == set(Topic)


def test_a_check_never_touches_what_it_checks() -> None:
    document = gc()
    document["stated"]["bids"]["B1"]["total"] = "1"
    before = deepcopy(document)
    statement = statement_of(document)
    assert check(statement) == check(statement, work_out(statement))
    assert document == before

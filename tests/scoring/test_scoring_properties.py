"""What must hold for every case: agreement with a second implementation, and the laws of fair arithmetic."""

from __future__ import annotations

import copy
import itertools
import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scoring_cases import BENCHMARKS, cases, decimals, priced, score_rules
from scoring_reference import reference

from app.scoring import Refusal, dumps, parse, price_scores, read_case, score, score_document

many = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
some = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def scored(case):
    """The output, or None where a mixed benchmark came out at zero or less."""
    try:
        return score_document(copy.deepcopy(case))
    except Refusal as refusal:
        if refusal.code != "bad_price":
            raise
        return None


@pytest.mark.slow
@settings(many, max_examples=1000)
@given(cases(experts=8, bids=9))
def test_a_second_implementation_agrees_for_long(case):
    agree(case)


@many
@given(cases())
def test_a_second_implementation_agrees(case):
    agree(case)


def agree(case):
    found = scored(case)
    assume(found is not None)
    expected = reference(case)
    assert (found["benchmark"] or {}).get("value") == expected["benchmark"]
    for bid in found["bids"]:
        bid.pop("working")
    assert found["bids"] == expected["bids"]
    assert found["abnormally_low"] == expected["abnormally_low"]
    assert found["findings"] == expected["findings"]


@some
@given(cases())
def test_the_same_input_gives_the_same_bytes_and_the_input_stays_untouched(case):
    assume(scored(case) is not None)
    before = copy.deepcopy(case)
    first = dumps(score(read_case(case)))
    assert case == before
    assert dumps(score(parse(json.dumps(case)))) == first
    assert dumps(score(parse(json.dumps(case, indent=3, ensure_ascii=False).encode()))) == first
    assert json.loads(first) == score_document(case)
    assert first.endswith(b"}\n")


@some
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_bids_changes_no_figure(case, dice):
    found = scored(case)
    assume(found is not None)
    shuffled = copy.deepcopy(case)
    dice.shuffle(shuffled["bids"])
    again = scored(shuffled)

    def figures(result):
        return {
            bid["id"]: (bid["price_score"], bid["factor_scores"], bid["total"], bid["rank"]) for bid in result["bids"]
        }

    assert figures(again) == figures(found)
    assert again["input_rules"] == found["input_rules"]


@some
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_experts_changes_no_score_where_whole_sheets_are_kept(case, dice):
    assume((case.get("judge_trim") or {}).get("per") != "total")
    assume(not (case.get("judge_trim") or {}).get("widest_first"))
    found = scored(case)
    assume(found is not None)
    names = list(case["sheets"])
    mixed = names[:]
    dice.shuffle(mixed)
    renamed = copy.deepcopy(case)
    renamed["sheets"] = {new: case["sheets"][old] for old, new in zip(names, mixed, strict=True)}
    again = scored(renamed)
    assert [(b["id"], b["total"], b["rank"]) for b in again["bids"]] == [
        (b["id"], b["total"], b["rank"]) for b in found["bids"]
    ]


@some
@given(st.lists(decimals(8000, 12000), min_size=1, max_size=8), BENCHMARKS, score_rules(), st.integers(1, 1000))
def test_points_do_not_depend_on_the_currency_s_unit(prices, benchmark, rule, unit):
    assume(benchmark.get("places") is None)
    whole = {"full": "40", "benchmark": benchmark, "score": rule}

    def at(scale):
        def grow(text):
            return str(Fraction(text) * 100 * scale)

        try:
            return price_scores(whole, [grow(p) for p in prices], ceiling=grow("120"), budget=grow("115")).scores
        except Refusal:
            return None

    assert at(1) == at(unit)


@some
@given(st.lists(decimals(8000, 12000), min_size=1, max_size=8), st.sampled_from(["ratio", "deviation", "power"]))
def test_a_lower_price_never_scores_less_than_a_higher_one_above_the_benchmark(prices, kind):
    rule = {
        "full": "30",
        "benchmark": {"value": "lowest"},
        "score": {"kind": kind, "above": "1.5", "below": "0.5"},
    }
    scores = price_scores(rule, prices).scores
    paired = sorted(zip(map(Fraction, prices), map(Fraction, scores), strict=True))
    assert all(cheap[1] >= dear[1] for cheap, dear in itertools.pairwise(paired))
    assert paired[0][1] == 30


@some
@given(st.lists(decimals(8000, 12000), min_size=1, max_size=9), BENCHMARKS)
def test_no_trim_ever_drops_all_and_the_benchmark_lies_among_the_prices(prices, benchmark):
    plain = {key: value for key, value in benchmark.items() if key in ("trim", "trim_ties")}
    found = price_scores({"full": "30", "benchmark": plain}, prices)
    numbers = [Fraction(price) for price in prices]
    assert len(found.benchmark_working[0]["dropped"]) < len(prices)
    assert min(numbers) - Fraction(1, 10**20) <= Fraction(found.benchmark) <= max(numbers) + Fraction(1, 10**20)


@some
@given(cases())
def test_a_total_is_the_sum_of_its_parts(case):
    case |= {"method": "comprehensive", "weights": None, "average": None}
    for factor in case["factors"]:
        factor.setdefault("group", "other")
    (case.get("price") or {}).pop("places", None)
    found = scored(case)
    assume(found is not None)
    for bid in found["bids"]:
        if bid["rank"] is not None:
            parts = sum(map(Fraction, bid["group_scores"].values()), Fraction(bid["price_score"] or 0))
            assert Fraction(bid["total"]) == parts
            assert sum(map(Fraction, bid["factor_scores"].values())) == sum(map(Fraction, bid["group_scores"].values()))


@some
@given(cases())
def test_ranks_count_those_in_front_and_follow_the_totals(case):
    found = scored(case)
    assume(found is not None)
    ranked = [bid for bid in found["bids"] if bid["rank"] is not None]
    assert [bid["rank"] for bid in ranked] == sorted(bid["rank"] for bid in ranked)
    for bid in ranked:
        assert bid["rank"] == 1 + sum(other["rank"] < bid["rank"] for other in ranked)
    if case["method"] == "comprehensive":
        totals = [Fraction(bid["total"]) for bid in ranked]
        assert totals == sorted(totals, reverse=True)
    assert [bid["rank"] for bid in found["bids"]][len(ranked) :] == [None] * (len(found["bids"]) - len(ranked))


@some
@given(st.lists(decimals(1, 10**6), min_size=1, max_size=6), decimals(1, 10**6))
def test_raising_one_s_own_price_never_helps_under_lowest_price(others, price):
    rule = {"full": "30", "benchmark": {"value": "lowest"}}
    mine = Fraction(price_scores(rule, [price, *others]).scores[0])
    dearer = f"{price}1" if "." in price else f"{price}.01"
    assert Fraction(price_scores(rule, [dearer, *others]).scores[0]) <= mine


def test_a_case_of_prices_alone_needs_no_marks():
    found = score_document(priced({"full": "30"}, ["100", "110"]))
    assert [bid["total"] for bid in found["bids"]] == ["30.00", "28.64"]


def test_the_second_implementation_is_asked_for_more_than_one_shape():
    with pytest.raises(KeyError):
        reference({"track": "GC", "method": "comprehensive"})


def nodes(value, way=()):
    """Every place in a JSON value."""
    yield way
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from nodes(value[key], (*way, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=4),
    st.sampled_from(["0", "-1", "1e9", "99999999999", "0.000001", "\ud800", "mean", "ceiling", "T", "B0", "E1"]),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@settings(some, max_examples=200)
@given(cases(), st.data())
def test_whatever_is_broken_is_refused_and_never_falls_over(case, data):
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from([place for place in nodes(case) if place]))
        target = case
        for key in way:
            target = target[key]
        if data.draw(st.booleans()) and isinstance(target, dict):
            del target[last]
            target[data.draw(st.text(max_size=3))] = data.draw(JUNK)
        else:
            target[last] = data.draw(JUNK)
    refused, answer = None, b""
    try:
        answer = dumps(score(read_case(case)))
    except Refusal as refusal:
        refused = refusal
    if refused is None:
        assert json.loads(answer)["input_rules"].startswith("sha256:")
    else:
        assert refused.where
        assert refused.message("zh") != refused.message("en")

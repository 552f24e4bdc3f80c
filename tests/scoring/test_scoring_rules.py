"""Each step of a price rule by hand: trim, band, value, mix, rounding, every kind of score."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scoring_cases import priced

from app.scoring import Refusal, price_scores, score_document


def found(benchmark, prices, **limits):
    return price_scores({"full": "30", "benchmark": benchmark}, prices, **limits)


def dropped(benchmark, prices):
    """The prices that the trim drops, by rising price."""
    (step,) = [step for step in found(benchmark, prices).benchmark_working if step["step"] == "trim"]
    return [prices[int(place)] for place in step["dropped"]]


def scores(score, prices, benchmark="100", full="30", **more):
    rule = {"full": full, "benchmark": {"value": "budget"}, "score": score, **more}
    return list(price_scores(rule, prices, budget=benchmark).scores)


@pytest.mark.parametrize(
    ("n", "gone"), [(5, []), (6, ["106"]), (7, ["101", "107"]), (10, ["101", "110"]), (11, ["101", "110", "111"])]
)
def test_the_last_row_that_applies_trims(n, gone):
    rows = [
        {"from": 6, "high": 1, "low": 0},
        {"from": 7, "high": 1, "low": 1},
        {"from": 11, "high": 2, "low": 1},
    ]
    assert dropped({"trim": rows}, [str(101 + place) for place in range(n)]) == gone


def test_the_last_row_in_the_list_counts_not_the_largest():
    rows = [{"from": 4, "high": 2, "low": 0}, {"from": 2, "high": 1, "low": 0}]
    assert dropped({"trim": rows}, ["1", "2", "3", "4"]) == ["4"]


def test_a_row_without_from_applies_always():
    assert dropped({"trim": [{"high": 1}]}, ["1", "2"]) == ["2"]


@pytest.mark.parametrize(("n", "each"), [(7, 1), (8, 2), (12, 2), (13, 3)])
def test_a_share_is_rounded_half_up_at_each_end(n, each):
    prices = [str(100 + place) for place in range(n)]
    gone = dropped({"trim": [{"share": "0.20"}]}, prices)
    assert gone == [*prices[:each], *prices[-each:]]


def test_half_a_bid_counts_as_one():
    assert dropped({"trim": [{"share": "0.25"}]}, ["1", "2"]) == []  # 0.5 -> 1 at each end leaves nothing
    assert dropped({"trim": [{"share": "0.25"}]}, ["1", "2", "3", "4", "5", "6"]) == ["1", "2", "5", "6"]


@pytest.mark.parametrize(
    ("ties", "gone"),
    [
        ("position", ["100", "105"]),
        ("value", ["100", "100", "105", "105"]),
        ("keep", []),
    ],
)
def test_prices_equal_to_the_dropped_ones(ties, gone):
    prices = ["105", "100", "102", "105", "100"]
    assert sorted(dropped({"trim": [{"high": 1, "low": 1}], "trim_ties": ties}, prices)) == gone


def test_keep_asks_only_for_the_last_one_to_be_dropped():
    two = {"trim": [{"high": 2}], "trim_ties": "keep"}
    assert dropped(two, ["100", "105", "110", "110"]) == ["110", "110"]
    assert dropped(two, ["100", "110", "110", "110"]) == []
    assert dropped(two, ["100", "105", "105", "110"]) == ["110"]


def test_a_trim_that_leaves_nothing_is_not_done():
    assert dropped({"trim": [{"high": 1, "low": 1}]}, ["1", "2"]) == []
    assert dropped({"trim": [{"high": 3}]}, ["1", "2"]) == []
    assert dropped({"trim": [{"high": 1}], "trim_ties": "value"}, ["2", "2"]) == []
    assert dropped({"trim": [{"high": 1, "low": 1}], "trim_ties": "value"}, ["1", "1", "2", "2"]) == []
    assert dropped({"trim": [{"high": 1, "low": 1}], "trim_ties": "keep"}, ["2", "2"]) == []


def test_trimmed_bids_are_still_scored():
    result = score_document(priced({"full": "30", "benchmark": {"trim": [{"high": 1}]}}, ["90", "110", "200"]))
    assert result["benchmark"]["value"] == "100"
    assert [bid["price_score"] for bid in result["bids"]] == ["30.00", "27.27", "15.00"]


BAND = {"around": "mean", "low": "-0.10", "high": "0.10"}


@pytest.mark.parametrize(("inclusive", "value"), [(False, "100"), (True, "100")])
def test_band_keeps_what_lies_inside(inclusive, value):
    prices = ["90", "100", "110"]
    result = found({"band": {**BAND, "inclusive": inclusive}, "value": "mean"}, prices)
    (step,) = [step for step in result.benchmark_working if step["step"] == "band"]
    assert step["kept"] == (["0", "1", "2"] if inclusive else ["1"])
    assert (step["low"], step["high"], step["reference"]) == ("90", "110", "100")
    assert result.benchmark == value


@pytest.mark.parametrize(
    ("around", "reference"),
    [("mean", "110"), ("median", "105"), ("mean_all", "128"), ("ceiling", "150"), ("budget", "140")],
)
def test_band_around_every_reference(around, reference):
    benchmark = {"trim": [{"high": 1}], "band": {"around": around, "low": "-0.5", "high": "0.5"}}
    result = found(benchmark, ["100", "100", "110", "130", "200"], ceiling="150", budget="140")
    (step,) = [step for step in result.benchmark_working if step["step"] == "band"]
    assert step["reference"] == reference


def test_band_open_at_one_end():
    assert found({"band": {"low": "0"}, "value": "lowest"}, ["90", "100", "140"]).benchmark == "140"
    assert found({"band": {"high": "0"}, "value": "highest"}, ["90", "100", "140"]).benchmark == "100"
    assert found({"band": {}, "value": "highest"}, ["90", "100", "140"]).benchmark == "140"


def test_band_applies_from_n_on():
    assert found({"band": {**BAND, "from": 4}}, ["50", "100", "150"]).benchmark == "100"
    assert found({"band": {**BAND, "from": 3}, "value": "lowest"}, ["50", "100", "150"]).benchmark == "100"
    assert found({"band": {**BAND, "from": 4}, "value": "lowest"}, ["50", "100", "150"]).benchmark == "50"


@pytest.mark.parametrize(("if_empty", "value"), [(None, "50"), ("trimmed", "50"), ("all", "100")])
def test_an_empty_band_falls_back(if_empty, value):
    benchmark = {"trim": [{"from": 3, "high": 1}], "band": {**BAND, "if_empty": if_empty}}
    assert found(benchmark, ["20", "80", "200"]).benchmark == value


def test_mix_if_empty_replaces_the_mix():
    mixed = {
        "band": {"around": "ceiling", "low": "-0.05", "high": "0", "inclusive": True},
        "mix": [{"of": "value", "weight": "0.5"}, {"of": "ceiling", "weight": "0.5"}],
    }
    assert found(mixed, ["96", "98", "80"], ceiling="100").benchmark == "98.5"
    assert found(mixed, ["80", "90"], ceiling="100").benchmark == "92.5"
    mixed["band"]["mix_if_empty"] = [{"of": "ceiling", "weight": "0.98"}]
    assert found(mixed, ["80", "90"], ceiling="100").benchmark == "98"
    mixed["band"]["mix_if_empty"] = []
    assert found(mixed, ["80", "90"], ceiling="100").benchmark == "85"
    assert found(mixed, ["96", "98", "80"], ceiling="100").benchmark == "98.5"


@pytest.mark.parametrize(
    ("value", "price"),
    [
        (None, "106"),
        ("mean", "106"),
        ("median", "104"),
        ("lowest", "100"),
        ("second_lowest", "102"),
        ("highest", "118"),
        ("ceiling", "150"),
        ("budget", "140"),
    ],
)
def test_every_value(value, price):
    benchmark = {} if value is None else {"value": value}
    assert found(benchmark, ["118", "100", "106", "102"], ceiling="150", budget="140").benchmark.startswith(
        {"106": "106.5"}.get(price, price)
    )


def test_second_lowest_goes_by_position_and_needs_no_second_price():
    assert found({"value": "second_lowest"}, ["100", "100", "120"]).benchmark == "100"
    assert found({"value": "second_lowest"}, ["100"]).benchmark == "100"


@pytest.mark.parametrize(
    ("of", "price"),
    [
        ("value", "111"),
        ("mean_all", "126"),
        ("median", "112"),
        ("lowest", "100"),
        ("second_lowest", "112"),
        ("highest", "121"),
        ("ceiling", "150"),
        ("budget", "140"),
    ],
)
def test_a_mix_takes_what_the_band_left(of, price):
    benchmark = {"trim": [{"high": 1}], "mix": [{"of": of, "weight": "1"}]}
    result = found(benchmark, ["171", "100", "112", "121"], ceiling="150", budget="140")
    assert result.benchmark == price


def test_the_order_of_the_last_steps():
    benchmark = {
        "value": "mean",
        "mix": [{"of": "value", "weight": "0.5"}, {"of": "lowest", "weight": "0.5"}],
        "float": "-0.01",
        "factor": "0.95",
        "places": 1,
    }
    result = found(benchmark, ["100", "110"])
    assert result.benchmark == "96.4"  # 102.5 x 0.99 x 0.95 = 96.40125
    assert [step["step"] for step in result.benchmark_working] == [
        "trim",
        "value",
        "mix",
        "float",
        "factor",
        "round",
    ]
    assert [step.get("result") for step in result.benchmark_working[1:]] == [
        "105",
        "102.5",
        "101.475",
        "96.40125",
        "96.4",
    ]


def test_the_rule_s_own_places_and_rounding_win_over_the_case_s():
    rule = {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}}
    case = priced(rule, ["97", "100"], places=1, rounding="up")
    assert [bid["price_score"] for bid in score_document(case)["bids"]] == ["30.0", "29.1"]
    case["price"] |= {"places": 3, "rounding": "down"}
    assert [bid["price_score"] for bid in score_document(case)["bids"]] == ["30.000", "29.100"]
    assert [bid["total"] for bid in score_document(case)["bids"]] == ["30.0", "29.1"]
    rounded = {"full": "30", "benchmark": {"places": 0}, "rounding": "up"}
    assert price_scores(rounded, ["100", "100.1"]).benchmark == "101"


def test_unopened_and_kept_bids_count_for_n_as_the_rule_says():
    rule = {"full": "30", "benchmark": {"trim": [{"from": 4, "high": 1}]}}
    case = priced(rule, ["90", "100", "110"])
    case["bids"].append({"id": "U", "not_opened": True})
    assert score_document(case)["benchmark"]["value"] == "100"
    rule["count_not_opened"] = True
    assert score_document(case)["benchmark"]["value"] == "95"
    case["bids"][-1]["rejected"] = True  # both: counts nowhere
    assert score_document(case)["benchmark"]["value"] == "100"
    case["bids"][-1] = {"id": "K", "price": "140", "rejected": True, "kept_in_benchmark": True}
    rule["count_not_opened"] = False
    result = score_document(case)
    assert result["benchmark"] == {
        "value": "100",
        "working": [{"step": "trim", "dropped": ["K"]}, {"step": "value", "kind": "mean", "result": "100"}],
    }
    case["bids"][-1]["kept_in_benchmark"] = False
    assert score_document(case)["benchmark"]["working"][0]["dropped"] == []


def test_ratio_is_never_above_full():
    assert scores({"kind": "ratio"}, ["100", "120", "80"]) == ["30.00", "25.00", "30.00"]
    assert scores({"kind": "ratio_high"}, ["100", "120", "80"]) == ["30.00", "30.00", "24.00"]
    assert scores({}, ["120"]) == ["25.00"]


def test_highest_is_the_usual_benchmark_of_discounts():
    rule = {"full": "10", "benchmark": {"value": "highest"}, "score": {"kind": "ratio_high"}}
    assert price_scores(rule, ["0.05", "0.08", "0.10"]).scores == ("5.00", "8.00", "10.00")


@pytest.mark.parametrize(
    ("step", "points"),
    [
        ("linear", ["30.00", "27.80", "27.00", "30.62", "31.00"]),
        ("ceil", ["30.00", "27.00", "27.00", "31.00", "31.00"]),
        ("floor", ["30.00", "28.00", "27.00", "30.50", "31.00"]),
    ],
)
def test_deviation_steps_and_a_bonus_under_the_benchmark(step, points):
    score = {"kind": "deviation", "above": "1", "below": "-0.5", "step": step}
    assert scores(score, ["100", "102.2", "103", "98.76", "98"]) == points


def test_deviation_caps_and_floor():
    score = {"kind": "deviation", "above": "2", "below": "1", "max_loss_above": "5", "max_loss_below": "3"}
    assert scores(score, ["101", "110", "98", "90"]) == ["28.00", "25.00", "28.00", "27.00"]
    bonus = {"kind": "deviation", "above": "2", "below": "-1", "max_loss_below": "3"}
    assert scores(bonus, ["98", "90", "120"]) == ["32.00", "33.00", "-10.00"]
    assert scores({**bonus, "floor": "0"}, ["120"]) == ["0.00"]
    assert scores({**bonus, "floor": "12.5"}, ["120", "105"]) == ["12.50", "20.00"]


def test_deviation_is_rounded_before_it_is_stepped():
    score = {"kind": "deviation", "above": "1", "below": "1", "step": "ceil", "deviation_places": 1}
    assert scores(score, ["101.04", "101.05", "98.96"]) == ["29.00", "28.00", "29.00"]


def test_power_on_both_sides():
    score = {"kind": "power", "above": "2", "below": "0.5"}
    assert scores(score, ["100", "125", "64", "81"]) == ["30.00", "19.20", "24.00", "27.00"]
    assert scores(score, ["50"], places=26) == ["21.21320343559642573202533086"]  # 0.7071 to 28 digits


def test_table_rows_take_their_upper_limit_in():
    rows = [{"up_to": "-5", "score": "20"}, {"up_to": "0", "score": "30"}, {"up_to": None, "score": "12.345"}]
    score = {"kind": "table", "rows": rows}
    assert scores(score, ["90", "95", "95.01", "100", "100.01"]) == ["20.00", "20.00", "30.00", "30.00", "12.35"]
    assert scores({**score, "deviation_places": 0}, ["100.4"]) == ["30.00"]


def test_a_score_bonus_never_lifts_above_full_and_never_lowers():
    def one(score, bonus, price, full="30"):
        rule = {"full": full, "benchmark": {"value": "budget"}, "score": score}
        case = priced(rule, [price], budget="100")
        case["bids"][0]["adjustments"] = [{"kind": "small", "score_bonus": bonus}, {"score_bonus": "0.01"}]
        (bid,) = score_document(case)["bids"]
        return bid["price_score"]

    ratio = {"kind": "ratio"}
    assert one(ratio, "0.02", "120") == "25.75"
    assert one(ratio, "0.02", "101") == "30.00"
    bonus = {"kind": "deviation", "above": "1", "below": "-1"}
    assert one(bonus, "0.02", "90") == "40.00"  # above full already
    assert one(bonus, "0.02", "140") == "-10.00"  # below zero already
    assert one(bonus, "0.02", "130") == "0.00"


def test_adjustments_add_up_and_enter_benchmark_and_score():
    rule = {"full": "30", "benchmark": {"value": "lowest"}}
    case = priced(rule, ["100", "100"])
    case["bids"][0]["adjustments"] = [
        {"rate": "0.10", "amount": "1"},
        {"kind": "late", "amount": "2.5"},
        {"amount": "-0.5"},
    ]
    result = score_document(case)
    first = result["bids"][0]
    assert (first["id"], first["price"], first["evaluated_price"]) == ("B0", "100", "93")
    assert result["benchmark"]["value"] == "93"
    assert first["working"][0] == "evaluated price: 100 - 0.1 x 100 + 1 + 2.5 - 0.5 = 93"
    assert result["bids"][1]["price_score"] == "27.90"
    assert result["bids"][1]["working"][0] == "price: 30 x 93 / 100 = 27.9 -> 27.90"


def test_an_evaluated_price_is_not_rounded():
    case = priced({"full": "30", "benchmark": {"value": "lowest"}}, ["100.01"])
    case["bids"][0]["adjustments"] = [{"rate": "0.333"}]
    (bid,) = score_document(case)["bids"]
    assert bid["evaluated_price"] == "66.70667"


def test_the_lines_can_be_recomputed_by_hand():
    score = {
        "kind": "deviation",
        "above": "1.5",
        "below": "0.5",
        "deviation_places": 2,
        "max_loss_above": "4",
        "floor": "27",
    }
    rule = {"full": "30", "benchmark": {"value": "budget"}, "score": score}
    assert price_scores(rule, ["104.333"], budget="100").working == (
        "d = (104.333 - 100) / 100 x 100 = 4.333 -> 4.33; 4.33 x 1.5 = 6.495, at most 4; 30 - 4 = 26, "
        "at least 27 -> 27.00",
    )
    power = {"full": "30", "benchmark": {"value": "budget"}, "score": {"kind": "power", "above": "1", "below": "2"}}
    assert price_scores(power, ["50", "120"], budget="100").working == (
        "30 x (50 / 100) ^ 2 = 7.5 -> 7.50",
        "30 x (100 / 120) ^ 1 = 25 -> 25.00",
    )
    high = {"full": "30", "benchmark": {"value": "budget"}, "score": {"kind": "ratio_high"}}
    assert price_scores(high, ["3", "100", "200"], budget="9").working[0] == "30 x 3 / 9 = 10 -> 10.00"
    table = {"kind": "table", "rows": [{"up_to": "0", "score": "30"}, {"up_to": None, "score": "10"}]}
    assert price_scores({**rule, "score": table}, ["90", "130"], budget="100").working == (
        "d = (90 - 100) / 100 x 100 = -10; up to 0: 30 -> 30.00",
        "d = (130 - 100) / 100 x 100 = 30; all others: 10 -> 10.00",
    )


def test_a_benchmark_that_does_not_end_is_written_to_28_digits_and_used_exactly():
    result = price_scores({"full": "30"}, ["1", "1", "2"])
    assert result.benchmark == "1.333333333333333333333333333"
    assert result.scores == ("30.00", "30.00", "20.00")
    assert Fraction(result.benchmark_working[1]["result"]) < Fraction(4, 3)


def test_a_mixed_benchmark_below_zero_is_refused():
    with pytest.raises(Refusal) as refused:
        found({"mix": [{"of": "value", "weight": "-1"}]}, ["100"])
    assert refused.value.code == "bad_price"

"""Reading, rounding, writing and powers, down to the last digit."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scoring import numbers
from app.scoring.numbers import Rounding


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("0", (0, 0)),
        ("-0", (0, 0)),
        ("007", (7, 0)),
        ("8.50", (850, 2)),
        ("-0.05", (-5, 2)),
        ("8.", None),
        (".8", None),
        ("8e0", None),
        ("８", None),
        (8, None),
        (None, None),
        ("1" * 100, (int("1" * 100), 0)),
        ("1" * 101, None),
    ],
)
def test_only_plain_decimal_strings_are_numbers(text, parts):
    assert numbers.read(text) == parts
    assert (numbers.read_fraction(text) is None) == (parts is None)


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("2.5", 3, 2, 2, 3),
        ("3.5", 4, 4, 3, 4),
        ("-2.5", -3, -2, -2, -3),
        ("2.4999", 2, 2, 2, 3),
        ("2.5001", 3, 3, 2, 3),
        ("-2.0001", -2, -2, -2, -3),
        ("2", 2, 2, 2, 2),
        ("0", 0, 0, 0, 0),
    ],
)
def test_rounding_acts_on_the_magnitude(value, half_up, half_even, down, up):
    exact = Fraction(value)
    found = [numbers.divide(exact.numerator, exact.denominator, how) for how in Rounding]
    assert found == [half_up, half_even, down, up]


@given(st.fractions(), st.integers(0, 6), st.sampled_from(list(Rounding)))
def test_rounding_is_within_one_unit_and_stable(value, places, how):
    once = numbers.round_value(value, places, how)
    assert abs(once - value) < Fraction(1, 10**places)
    assert numbers.round_value(once, places, how) == once
    assert numbers.round_value(-value, places, how) == -once


@given(st.integers(-(10**12), 10**12), st.integers(0, 8))
def test_what_ends_is_written_exactly_and_read_back(units, places):
    value = Fraction(units, 10**places)
    text = numbers.exact(value)
    assert numbers.read_fraction(text) == value
    assert "." not in text or not text.endswith("0")
    fixed = numbers.write_units(units, places)
    assert numbers.read_fraction(fixed) == value
    assert len(fixed.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 3), "0.3333333333333333333333333333"),
        (Fraction(200000, 3), "66666.66666666666666666666667"),
        (Fraction(-2, 3), "-0.6666666666666666666666666667"),
        (Fraction(1, 3 * 10**10), "0.00000000003333333333333333333333333333"),
        (Fraction(1, 2**40), "0.0000000000009094947017729282379150390625"),
        (Fraction(10**30), "1" + "0" * 30),
        (Fraction(0), "0"),
    ],
)
def test_what_goes_on_is_written_to_28_digits(value, text):
    assert numbers.exact(value) == text


def test_numbers_longer_than_python_writes_by_itself_are_written():
    long = 10**5000
    assert numbers.write_units(long, 0) == "1" + "0" * 5000
    assert numbers.write_units(-long, 2) == "-1" + "0" * 4998 + ".00"


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "text"),
    [
        (1, 3, 4, "0.3333..."),
        (-1, 3, 4, "-0.3333..."),
        (5, 2, 4, "2.5"),
        (10, 1, 2, "10"),
        (10, 1, 0, "10"),
        (19999, 10000, 2, "1.99..."),
    ],
)
def test_a_quotient_is_shown_cut_never_rounded(numerator, denominator, places, text):
    assert numbers.shown(numerator, denominator, places) == text


def test_whole_powers_are_exact_and_others_good_to_28_digits():
    assert numbers.power(Fraction(2, 3), Fraction(3)) == Fraction(8, 27)
    assert numbers.power(Fraction(2, 3), Fraction(-2)) == Fraction(9, 4)
    assert numbers.power(Fraction(2, 3), Fraction(0)) == 1
    assert numbers.power(Fraction(1, 4), Fraction(1, 2)) == Fraction(1, 2)
    root = numbers.power(Fraction(1, 2), Fraction(1, 2))
    assert root == Fraction("0.7071067811865475244008443621")


@given(st.fractions(min_value=Fraction(1, 100), max_value=1), st.integers(-999, 999).filter(lambda x: x % 100))
def test_powers_agree_with_exp_and_log_at_twice_the_digits(base, hundredths):
    found = numbers.power(base, Fraction(hundredths, 100))
    with localcontext() as context:
        context.prec = 100
        log = (Decimal(base.numerator) / Decimal(base.denominator)).ln()
        context.prec = 90
        wide = (log * hundredths / 100).exp()
        context.prec = 28
        assert Fraction(+wide) == found
    assert math.isclose(float(found), float(base) ** (hundredths / 100), rel_tol=1e-12)

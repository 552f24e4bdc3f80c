"""Document numbers and amounts in words."""

from __future__ import annotations

import pytest
from exchange_factory import check_digit
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import identity
from app.exchange.money_words import yuan_in_words


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_right(number: str) -> None:
    assert identity.is_id_card_number(number)


@given(st.integers(0, 9), st.integers(0, 16), st.dates())
def test_one_wrong_digit_is_always_found(digit: int, place: int, day: object) -> None:
    first = f"110105{str(day).replace('-', '')}123"
    number = first + check_digit(first)
    assert identity.check_digit(first) == number[17]
    assert identity.is_id_card_number(number)
    changed = number[:place] + str(digit) + number[place + 1 :]
    assert identity.is_id_card_number(changed) is (changed == number)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("E12345678", True),
        ("H1234567890", True),
        ("12345678", True),
        ("110105491231002", False),
        ("11010519491331002X", False),
        ("11010519491231002x", False),
        ("1101051949123100２X", False),
        ("E1", False),
        ("", False),
        ("e12345678", False),
    ],
)
def test_other_documents_are_known_by_their_form(text: str, right: bool) -> None:
    assert identity.is_document_number(text) is right


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1566000", "壹佰伍拾陆万陆仟元整"),
        ("1574022", "壹佰伍拾柒万肆仟零贰拾贰元整"),
        ("1598400.05", "壹佰伍拾玖万捌仟肆佰元零伍分"),
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("100000001.10", "壹亿零壹元壹角整"),
        ("10010", "壹万零壹拾元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("20305000", "贰仟零叁拾万伍仟元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_are_written_in_capital_numerals(amount: str, words: str) -> None:
    assert yuan_in_words(amount) == words


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000"])
def test_amounts_out_of_range_are_not_written(amount: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        yuan_in_words(amount)

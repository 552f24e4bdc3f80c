"""Whatever is sealed comes back as it was, and one changed byte anywhere keeps it shut."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.journal import (
    OpenedSheet,
    SealedFor,
    SealedSheet,
    SealedValue,
    SealingFault,
    commit,
    open_sealed,
    open_value,
    open_with,
    seal,
    seal_to,
    seal_value,
)
from app.journal.recipients import public_key_of

KEYS = st.binary(min_size=32, max_size=32)
NONCES = st.binary(min_size=12, max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MARKS = st.dictionaries(TEXT, st.none() | st.sampled_from(["8.5", "10", "pass", "0"]) | TEXT, max_size=4)
SHEETS = st.dictionaries(TEXT, MARKS, max_size=4)
WHOSE = st.tuples(TEXT, TEXT, st.integers(1, 2**53 - 2), TEXT)
BLOCKS = st.sampled_from([1024, 2048, 4096])

FIELDS = ["alg", "stream", "stage", "round", "alias", "commitment", "nonce", "ciphertext"]
"""What a sealed sheet is made of; the first test says so."""


def flipped(data: bytes, draw: st.DataObject) -> bytes:
    """`data`, not empty, with one byte changed."""
    place, by = draw.draw(st.integers(0, len(data) - 1)), draw.draw(st.integers(1, 255))
    return data[:place] + bytes([data[place] ^ by]) + data[place + 1 :]


def changed(value: object, boxed: bool, draw: st.DataObject) -> object:
    """A field of a sealed object with one letter, number or byte of what it spells changed."""
    if isinstance(value, int):
        return value + 1
    assert isinstance(value, str)
    if boxed:
        return base64.b64encode(flipped(base64.b64decode(value), draw)).decode()
    if not value:
        return "x"
    place = draw.draw(st.integers(0, len(value) - 1))
    letter = "x" if value[place] != "x" else "y"
    return value[:place] + letter + value[place + 1 :]


@given(KEYS, NONCES, WHOSE, KEYS, SHEETS, BLOCKS)
def test_a_sheet_comes_back_with_its_salt_through_json(
    key: bytes, nonce: bytes, whose: tuple[str, str, int, str], salt: bytes, sheet: dict[str, Any], block: int
) -> None:
    sealed = seal(key, nonce, *whose, salt, sheet, block=block)
    written = sealed.to_json()
    assert list(written) == FIELDS
    assert SealedSheet.from_json(written) == sealed
    assert open_sealed(key, sealed) == OpenedSheet(sheet, salt)
    assert (len(sealed.ciphertext) - 16) % block == 0


@pytest.mark.parametrize("field", FIELDS)
@given(KEYS, NONCES, WHOSE, KEYS, SHEETS, st.data())
def test_one_changed_byte_of_any_field_keeps_a_sheet_shut(
    field: str,
    key: bytes,
    nonce: bytes,
    whose: tuple[str, str, int, str],
    salt: bytes,
    sheet: dict[str, Any],
    data: st.DataObject,
) -> None:
    written = seal(key, nonce, *whose, salt, sheet).to_json()
    written[field] = changed(written[field], field in ("nonce", "ciphertext"), data)  # type: ignore[assignment]
    with pytest.raises(SealingFault) as refused:
        open_sealed(key, SealedSheet.from_json(written))
    assert refused.value.code == ("unknown_algorithm" if field == "alg" else "not_opened")


@given(KEYS, NONCES, WHOSE, KEYS, SHEETS, st.data())
def test_a_key_with_one_changed_byte_opens_nothing(
    key: bytes, nonce: bytes, whose: tuple[str, str, int, str], salt: bytes, sheet: dict[str, Any], data: st.DataObject
) -> None:
    with pytest.raises(SealingFault) as refused:
        open_sealed(flipped(key, data), seal(key, nonce, *whose, salt, sheet))
    assert refused.value.code == "not_opened"


@given(WHOSE, WHOSE, KEYS, KEYS, SHEETS, SHEETS)
def test_two_commitments_are_equal_only_where_everything_is(
    one: tuple[str, str, int, str],
    other: tuple[str, str, int, str],
    salt: bytes,
    pepper: bytes,
    sheet: dict[str, Any],
    page: dict[str, Any],
) -> None:
    same = (one, salt, sheet) == (other, pepper, page)
    assert (commit(*one, salt, sheet) == commit(*other, pepper, page)) is same
    assert commit(*one, salt, sheet) == commit(*one, bytes(salt), dict(sheet))


@given(KEYS, NONCES, TEXT, MARKS, SHEETS, st.data())
def test_a_value_opens_for_its_purpose_and_place_and_unchanged_alone(
    key: bytes, nonce: bytes, purpose: str, bound: dict[str, Any], value: dict[str, Any], data: st.DataObject
) -> None:
    sealed = seal_value(key, nonce, purpose, bound, value)
    assert open_value(key, SealedValue.from_json(sealed.to_json()), purpose, bound) == value
    bent: dict[str, Any] = sealed.to_json()
    field = data.draw(st.sampled_from(["nonce", "ciphertext"]))
    bent[field] = changed(bent[field], True, data)
    for box, why, where in (
        (bent, purpose, bound),
        (sealed.to_json(), f"{purpose}x", bound),
        (sealed.to_json(), purpose, {**bound, "more": "1"}),
    ):
        with pytest.raises(SealingFault) as refused:
            open_value(key, SealedValue.from_json(box), why, where)
        assert refused.value.code == "not_opened"


@given(st.lists(KEYS, min_size=1, max_size=3), KEYS, KEYS, NONCES, TEXT, st.binary(max_size=2000), st.data())
def test_each_recipient_opens_and_one_changed_byte_of_any_field_keeps_them_out(
    privates: list[bytes],
    ephemeral: bytes,
    key: bytes,
    nonce: bytes,
    purpose: str,
    content: bytes,
    data: st.DataObject,
) -> None:
    publics = [public_key_of(private) for private in privates]
    assume(len(set(publics)) == len(publics))
    sealed = seal_to(publics, ephemeral, key, nonce, purpose, content)
    assert SealedFor.from_json(sealed.to_json()) == sealed
    assert [open_with(private, sealed, purpose) for private in privates] == [content] * len(privates)
    written: dict[str, Any] = sealed.to_json()
    field = data.draw(st.sampled_from(["ephemeral", "wrapped", "key", "nonce", "ciphertext"]))
    if field in ("wrapped", "key"):
        one = data.draw(st.sampled_from(written["recipients"]))
        one[field] = flipped(bytes.fromhex(one[field]), data).hex()
    elif field == "ephemeral":
        written[field] = flipped(bytes.fromhex(written[field]), data).hex()
    else:
        written[field] = changed(written[field], True, data)
    for private in privates:
        with pytest.raises(SealingFault) as refused:
            open_with(private, SealedFor.from_json(written), purpose)
        assert refused.value.code in ("not_opened", "not_a_recipient", "bad_key")

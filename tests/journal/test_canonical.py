"""The canonical form equals RFC 8785's and refuses what a journal may not hold."""

from __future__ import annotations

import json
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.journal import NotCanonical, canonical, plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=30)


@given(VALUES)
def test_equals_the_reference_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(VALUES)
def test_reads_back_to_the_same_value_and_bytes(value: object) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_keys_are_in_utf16_order_not_code_point_order() -> None:
    # RFC 8785, 3.2.3: its own example of names to be sorted.
    names = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical(names)).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_escapes_only_what_must_be() -> None:
    assert canonical('\x00\x1f\b\f\n\r\t"\\/\x7f\u2028评') == (
        b'"\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\/\x7f\xe2\x80\xa8\xe8\xaf\x84"'
    )


def test_enums_tuples_and_mappings_become_plain() -> None:
    class Stage(StrEnum):
        MARKING = "marking"

    class Level(IntEnum):
        TWO = 2

    given_value = MappingProxyType({Stage.MARKING: (Level.TWO, Stage.MARKING, True)})
    found = plain(given_value)
    assert found == {"marking": [2, "marking", True]}
    assert isinstance(found, dict)
    assert {type(key) for key in found} == {str}
    assert [type(item) for item in found["marking"]] == [int, str, bool]  # type: ignore[union-attr]


def test_plain_copies_deeply() -> None:
    inner = ["a"]
    copy = plain({"x": inner})
    inner.append("b")
    assert copy == {"x": ["a"]}


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"data": [{"mark": 8.5}]}, "float", "$.data[0].mark"),
        ([0, float("nan")], "float", "$[1]"),
        ({"n": 2**53}, "integer_range", "$.n"),
        (-(2**53), "integer_range", "$"),
        ({"a": {1: "x"}}, "not_json", "$.a"),
        ({"a": b"x"}, "not_json", "$.a"),
        ({"a": "\ud800"}, "bad_text", "$.a"),
        ({"\udc00": 1}, "bad_text", "$"),
        ({"a": {1, 2}}, "not_json", "$.a"),
    ],
)
def test_refuses_with_the_path(value: object, code: str, path: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert (refused.value.code, refused.value.where) == (code, path)
    assert path in refused.value.message("zh")
    assert path in refused.value.message("en")


def test_refuses_bottomless_nesting() -> None:
    value: object = "x"
    for _ in range(64):
        value = [value]
    assert canonical(value).startswith(b"[[")
    with pytest.raises(NotCanonical) as refused:
        canonical([value])
    assert refused.value.code == "too_deep"
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(NotCanonical):
        canonical(loop)

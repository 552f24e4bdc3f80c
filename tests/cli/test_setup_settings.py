"""Keys set in the text of a settings file: the file says what was set, and everything else as it was."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.cli.settings_text import with_keys

KEYS = st.sampled_from(["room", "scale", "lang", "camera", "window", "new-key"])
VALUES = st.one_of(
    st.booleans(),
    st.integers(0, 65535),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), max_size=30),
)


def usual() -> str:
    return resources.path("config", "kawei.toml").read_text("utf-8")


@given(st.sampled_from(["seat", "kiosk", "console", "further"]), st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_set_is_read_again_and_nothing_else_changes(section: str, values: dict[str, str | int | bool]) -> None:
    before, after = tomllib.loads(usual()), tomllib.loads(with_keys(usual(), section, values))
    assert after.get(section, {}) == {**before.get(section, {}), **values}
    assert {name: kept for name, kept in after.items() if name != section} == {
        name: kept for name, kept in before.items() if name != section
    }
    assert with_keys(with_keys(usual(), section, values), section, values) == with_keys(usual(), section, values)


def test_comments_stay_and_an_offered_key_is_taken_up_in_its_place() -> None:
    written = with_keys(usual(), "seat", {"scale": "1.5"})
    changed = [(a, b) for a, b in zip(usual().splitlines(), written.splitlines(), strict=True) if a != b]
    assert changed == [('#scale = "1.0"', 'scale = "1.5"')]


def test_a_line_break_never_becomes_a_second_setting() -> None:
    with pytest.raises(ValueError, match="control"):
        with_keys(usual(), "seat", {"room": 'x"\ntls = false'})

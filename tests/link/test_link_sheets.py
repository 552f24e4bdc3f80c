"""Sheets sealed at the seat: bound to their round, found by their commitment, their keys for the room alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.evaluation.model import SheetKind
from app.journal import SealedFor, SealedSheet, open_sealed, open_with
from app.journal.recipients import public_key_of
from app.link.safe import Safe
from app.link.sheets import MOST_SEALS, SheetKeeper, SheetPlace, place_of

KEY, DRAFTS = bytes(range(32)), bytes(range(1, 33))
ROOM = bytes(range(2, 34))
ROOM_KEY = {"id": "k1", "public": public_key_of(ROOM).hex()}
NEXT = bytes(range(3, 35))
NEXT_KEY = {"id": "k2", "public": public_key_of(NEXT).hex()}
PLACE = SheetPlace("evaluation/ev1", "lot1", SheetKind.MARKS, 1, "M1")

marks = st.dictionaries(st.sampled_from(["B1", "B2", "B3"]), st.decimals(0, 100, places=2).map(str), min_size=1)


def keeper(folder: Path, unkept: Any = lambda: None) -> SheetKeeper:
    return SheetKeeper(Safe(folder, KEY), DRAFTS, unkept)


def opened(data: dict[str, Any], private: bytes = ROOM, key: Any = None) -> Any:
    """What the room finds in a `SealSheet`."""
    purpose = "kawei/sheet-key/1 " + data["sealed"]["commitment"]
    content_key = open_with(private, SealedFor.from_json(key or data["key"]), purpose)
    return open_sealed(content_key, SealedSheet.from_json(data["sealed"])).sheet


@settings(max_examples=25)
@given(st.lists(marks, min_size=1, max_size=5, unique_by=json.dumps))
def test_each_sheet_has_its_seal_and_each_commitment_its_key(
    tmp_path_factory: pytest.TempPathFactory, sheets: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("sheets")
    made = [keeper(folder).seal(PLACE, {"marks": sheet}, ROOM_KEY) for sheet in sheets]
    assert [opened(data)["marks"] for data in made] == sheets
    assert len({data["sealed"]["commitment"] for data in made}) == len(sheets)
    again = keeper(folder)
    for data, sheet in zip(made, sheets, strict=True):
        repeated = again.seal(PLACE, {"marks": sheet}, ROOM_KEY)
        assert repeated["sealed"] == data["sealed"]
        given_again = again.key_again(PLACE, data["sealed"]["commitment"], NEXT_KEY)
        assert given_again is not None
        assert (given_again["key_id"], given_again["lot"], given_again["round"]) == ("k2", "lot1", 1)
        assert opened(data, NEXT, given_again["key"])["marks"] == sheet
        renewed = again.seal_again(PLACE.stream, data, NEXT_KEY)
        assert renewed is not None
        assert opened(renewed, NEXT)["marks"] == sheet
        assert renewed["sealed"] == data["sealed"]
    assert place_of(PLACE.stream, made[0]) == PLACE


def test_a_sheet_corrected_after_a_crash_is_the_corrected_one(tmp_path: Path) -> None:
    """Sealed and never sent, corrected, sealed again: what is on the screen is what is sealed."""
    keeper(tmp_path).seal(PLACE, {"marks": {"B1": "7"}}, ROOM_KEY)
    assert opened(keeper(tmp_path).seal(PLACE, {"marks": {"B1": "9"}}, ROOM_KEY)) == {"marks": {"B1": "9"}}


def test_a_seal_belongs_to_its_round_and_alias(tmp_path: Path) -> None:
    sheets = keeper(tmp_path)
    made = {}
    for number, alias in ((1, "M1"), (2, "M1"), (1, "M2")):
        place = SheetPlace(PLACE.stream, "lot1", SheetKind.MARKS, number, alias)
        made[number, alias] = sheets.seal(place, {}, ROOM_KEY)["sealed"]["commitment"]
        assert sheets.key_again(place, "0" * 64, ROOM_KEY) is None
    assert len(set(made.values())) == 3
    assert sheets.key_again(PLACE, made[2, "M1"], ROOM_KEY) is None


def test_the_content_key_never_leaves_in_the_clear(tmp_path: Path) -> None:
    data = keeper(tmp_path).seal(PLACE, {"marks": {"B1": "8.5"}}, ROOM_KEY)
    purpose = "kawei/sheet-key/1 " + data["sealed"]["commitment"]
    key = open_with(ROOM, SealedFor.from_json(data["key"]), purpose)
    assert key.hex() not in json.dumps(data)
    assert "8.5" not in json.dumps(data)
    assert not [path for path in tmp_path.iterdir() if key.hex().encode() in path.read_bytes()]


def test_refused_opened_and_wiped_sheets_are_forgotten(tmp_path: Path) -> None:
    sheets = keeper(tmp_path)
    first, second = (sheets.seal(PLACE, {"marks": mark}, ROOM_KEY) for mark in ("7", "8"))
    sheets.refused(PLACE, first["sealed"]["commitment"])
    sheets.refused(PLACE, "0" * 64)
    assert sheets.seal_again(PLACE.stream, first, NEXT_KEY) is None
    assert sheets.seal_again(PLACE.stream, second, NEXT_KEY) is not None
    sheets.opened(PLACE)
    assert sheets.seal_again(PLACE.stream, second, NEXT_KEY) is None
    sheets.seal(PLACE, {}, ROOM_KEY)
    sheets.wipe()
    assert list(tmp_path.iterdir()) == []


def test_seals_of_one_round_do_not_pile_up(tmp_path: Path) -> None:
    sheets = keeper(tmp_path)
    made = [sheets.seal(PLACE, {"k": k}, ROOM_KEY)["sealed"]["commitment"] for k in range(MOST_SEALS + 1)]
    here = [sheets.key_again(PLACE, commitment, ROOM_KEY) is not None for commitment in made]
    assert here == [False] + [True] * MOST_SEALS


def test_a_disk_that_takes_no_key_is_told_and_memory_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    sheets = keeper(tmp_path, lambda: told.append("unkept"))

    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.link.safe.write_private", full)
        data = sheets.seal(PLACE, {"marks": "8"}, ROOM_KEY)
        assert told == ["unkept"]
        assert sheets.seal_again(PLACE.stream, data, NEXT_KEY) is not None
    assert sheets.seal(PLACE, {"marks": "8"}, ROOM_KEY)["sealed"] == data["sealed"]
    assert keeper(tmp_path).seal_again(PLACE.stream, data, NEXT_KEY) is not None


def test_damaged_seals_count_as_none(tmp_path: Path) -> None:
    data = keeper(tmp_path).seal(PLACE, {"marks": "8"}, ROOM_KEY)
    for path in tmp_path.iterdir():
        path.write_bytes(b"{}")
    sheets = keeper(tmp_path)
    assert sheets.seal_again(PLACE.stream, data, NEXT_KEY) is None
    assert sheets.seal(PLACE, {"marks": "8"}, ROOM_KEY)["sealed"] != data["sealed"]


@given(st.text(max_size=8), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4))
def test_drafts_open_at_their_own_machine_and_place_only(
    tmp_path_factory: pytest.TempPathFactory, place: str, content: dict[str, str]
) -> None:
    sheets = keeper(tmp_path_factory.mktemp("sheets"))
    sealed = sheets.seal_draft(place, content)
    assert sheets.open_draft(place, sealed) == content
    assert sheets.open_draft(place + "x", sealed) is None
    assert sheets.open_draft(place, sealed[:-9]) is None
    assert SheetKeeper(Safe(tmp_path_factory.mktemp("other"), KEY), KEY, lambda: None).open_draft(place, sealed) is None


def test_a_drafts_length_says_little(tmp_path: Path) -> None:
    sheets = keeper(tmp_path)
    few = sheets.seal_draft("p", {"marks": {"B1": "1"}})
    many = sheets.seal_draft("p", {"marks": {f"B{k}": "10.00" for k in range(200)}})
    assert len(few) == len(many)

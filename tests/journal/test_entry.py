"""Entries and their chain: one line each, strictly read, and no change that goes unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.journal import (
    ZERO,
    Entry,
    JournalFault,
    check_chain,
    entry_bytes,
    entry_hash,
    entry_line,
    make_entry,
    read_line,
    read_lines,
    timestamp,
)

AT = "2026-03-02T09:00:00.123456+08:00"
ACTOR = {"role": "member", "alias": "M3"}


def chain(length: int, stream: str = "evaluation/ev1") -> list[Entry]:
    entries: list[Entry] = []
    prev = ZERO
    for seq in range(1, length + 1):
        entries.append(make_entry(stream, seq, AT, "SheetSealed", ACTOR, {"n": seq, "词": "评审"}, prev))
        prev = entries[-1].hash
    return entries


def test_the_hash_is_sha256_of_the_canonical_entry_without_it() -> None:
    entry = chain(1)[0]
    body = {
        "v": 1,
        "stream": "evaluation/ev1",
        "seq": 1,
        "at": AT,
        "type": "SheetSealed",
        "actor": ACTOR,
        "data": {"n": 1, "词": "评审"},
        "prev": "0" * 64,
    }
    assert entry.hash == hashlib.sha256(rfc8785.dumps(body)).hexdigest()
    assert entry_hash(entry) == entry.hash
    assert entry_bytes(entry) == rfc8785.dumps({**body, "hash": entry.hash})


def test_round_trip_through_its_line() -> None:
    for entry in chain(3):
        assert read_line(entry_line(entry)) == entry
        assert Entry.from_json(entry.to_json()) == entry


def test_what_the_caller_changes_later_does_not_reach_the_entry() -> None:
    data = {"list": [1]}
    entry = make_entry("room", 1, AT, "X", ACTOR, data, ZERO)
    data["list"].append(2)
    assert entry_hash(entry) == entry.hash


def test_a_sound_chain_has_no_fault_from_its_start_or_from_anywhere() -> None:
    entries = chain(5)
    assert check_chain(entries) is None
    assert check_chain(entries[3:], after=entries[2]) is None
    assert check_chain([]) is None


def fault_of(entries: list[Entry]) -> tuple[str, int]:
    fault = check_chain(entries)
    assert fault is not None
    assert str(fault.seq) in fault.message("zh")
    assert fault.where == f"seq {fault.seq}"
    return fault.code, fault.seq


def rehashed(entry: Entry, **changes: Any) -> Entry:
    changed = replace(entry, **changes)
    return replace(changed, hash=entry_hash(changed))


def test_each_fault_is_named_at_its_place() -> None:
    good = chain(5)
    assert fault_of([*good[:2], *good[3:]]) == ("seq_gap", 3)
    assert fault_of([*good[:2], good[1], *good[2:]]) == ("seq_gap", 3)
    assert fault_of([good[0], good[2], good[1]]) == ("seq_gap", 2)
    assert fault_of(good[1:]) == ("seq_gap", 1)
    assert fault_of([replace(good[0], data={}), *good[1:]]) == ("hash_mismatch", 1)
    # Whoever recomputes the hash of the entry that they changed is found at the next one.
    assert fault_of([good[0], rehashed(good[1], data={}), *good[2:]]) == ("prev_mismatch", 3)
    assert fault_of([rehashed(good[0], prev="1" * 64)]) == ("prev_mismatch", 1)
    assert fault_of([good[0], rehashed(good[1], stream="room")]) == ("stream_changed", 2)


def read_and_check(lines: list[bytes]) -> JournalFault | None:
    try:
        return check_chain(read_lines(lines))
    except JournalFault as fault:
        return fault


@given(st.data())
def test_any_changed_bit_is_found_and_its_place_named(data: st.DataObject) -> None:
    lines = [entry_line(entry) for entry in CHAIN]
    seq = data.draw(st.integers(1, len(lines)))
    line = bytearray(lines[seq - 1])
    bit = data.draw(st.integers(0, 8 * (len(line) - 1) - 1))  # its newline is the file's, not the entry's
    line[bit // 8] ^= 1 << bit % 8
    lines[seq - 1] = bytes(line)
    fault = read_and_check(lines)
    assert fault is not None
    assert fault.seq == seq


def test_every_bit_of_one_entry() -> None:
    line = entry_line(CHAIN[1])
    for bit in range(8 * (len(line) - 1)):
        changed = bytearray(line)
        changed[bit // 8] ^= 1 << bit % 8
        fault = read_and_check([entry_line(CHAIN[0]), bytes(changed), entry_line(CHAIN[2])])
        assert fault is not None, bit
        assert fault.seq == 2


CHAIN = chain(4)


def spoiled(**changes: object) -> Callable[[dict[str, object]], object]:
    return lambda obj: {**obj, **changes}


def without(key: str) -> Callable[[dict[str, object]], object]:
    return lambda obj: {name: value for name, value in obj.items() if name != key}


@pytest.mark.parametrize(
    ("spoil", "code", "detail"),
    [
        (lambda obj: [obj], "bad_json", "not an object"),
        (without("seq"), "missing_key", "seq"),
        (without("hash"), "missing_key", "hash"),
        (spoiled(extra=1), "unknown_key", "extra"),
        (spoiled(v="1"), "bad_value", "$.v"),
        (spoiled(v=True), "bad_value", "$.v"),
        (spoiled(v=2), "unknown_version", "2"),
        (spoiled(stream=""), "bad_value", "$.stream"),
        (spoiled(stream="a b"), "bad_value", "$.stream"),
        (spoiled(seq=0), "bad_value", "$.seq"),
        (spoiled(seq=True), "bad_value", "$.seq"),
        (spoiled(at="2026-03-02 09:00"), "bad_value", "$.at"),
        (spoiled(at="2026-03-02T09:00:00"), "bad_value", "$.at"),
        (spoiled(at="2026-13-02T09:00:00Z"), "bad_value", "$.at"),
        (spoiled(at=7), "bad_value", "$.at"),
        (spoiled(type=7), "bad_value", "$.type"),
        (spoiled(actor={"alias": "M3"}), "bad_value", "$.actor"),
        (spoiled(actor="M3"), "bad_value", "$.actor"),
        (spoiled(data=[]), "bad_value", "$.data"),
        (spoiled(data={"mark": 8.5}), "bad_value", "$.mark"),
        (spoiled(prev="00"), "bad_value", "$.prev"),
        (spoiled(hash="A" * 64), "bad_value", "$.hash"),
    ],
)
def test_reads_strictly(spoil: Callable[[dict[str, object]], object], code: str, detail: str) -> None:
    with pytest.raises(JournalFault) as refused:
        Entry.from_json(spoil(CHAIN[0].to_json()), 7)
    assert (refused.value.code, refused.value.seq) == (code, 7)
    assert refused.value.detail.endswith(detail.removeprefix("$"))
    assert str(refused.value) == refused.value.message("en")


def test_names_the_entry_that_it_claims_to_be_where_no_place_is_known() -> None:
    with pytest.raises(JournalFault) as refused:
        Entry.from_json({**CHAIN[2].to_json(), "extra": 1})
    assert refused.value.seq == 3
    with pytest.raises(JournalFault) as refused:
        Entry.from_json({"seq": "x"})
    assert refused.value.seq == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "bad_json"),
        (b"\xff", "bad_json"),
        (b'{"v":1,"v":1}', "bad_json"),
        (b'{"v":1.0}', "bad_json"),
        (b'{"v":NaN}', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (entry_bytes(CHAIN[0]).replace(b'":', b'": ', 1), "not_canonical"),
        (json.dumps(CHAIN[0].to_json()).encode(), "not_canonical"),
    ],
)
def test_one_entry_has_one_line(line: bytes, code: str) -> None:
    with pytest.raises(JournalFault) as refused:
        read_line(line, 9)
    assert (refused.value.code, refused.value.seq) == (code, 9)


def test_a_float_in_an_entry_is_an_error_that_says_where() -> None:
    with pytest.raises(JournalFault) as refused:
        make_entry("room", 4, AT, "X", ACTOR, {"marks": [{"mark": 8.5}]}, ZERO)
    assert (refused.value.code, refused.value.seq) == ("bad_value", 4)
    assert "marks[0].mark" in refused.value.message("zh")


def test_timestamps_are_rfc3339_with_microseconds_and_offset() -> None:
    beijing = timezone(timedelta(hours=8))
    assert timestamp(datetime(2026, 3, 2, 9, 0, 0, tzinfo=beijing)) == "2026-03-02T09:00:00.000000+08:00"
    assert timestamp(datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)) == "2026-03-02T01:00:00.000005+00:00"
    with pytest.raises(ValueError, match="offset"):
        timestamp(datetime(2026, 3, 2, 9, 0, 0))


@given(st.integers(2, 12), st.data())
def test_an_entry_that_is_left_out_moved_or_told_twice_is_found_where_it_happened(
    length: int, data: st.DataObject
) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 2))
    left_out = [*entries[:place], *entries[place + 1 :]]
    moved = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
    twice = [*entries[: place + 1], *entries[place:]]
    assert fault_of(left_out) == ("seq_gap", place + 1)
    assert fault_of(moved) == ("seq_gap", place + 1)
    assert fault_of(twice) == ("seq_gap", place + 2)
    # A tail cut off leaves a sound chain: that is what checkpoints are for.
    assert check_chain(entries[: place + 1]) is None


@given(st.integers(2, 12), st.data())
def test_an_entry_rewritten_with_its_hash_breaks_the_chain_at_the_next(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 2))
    entries[place] = rehashed(entries[place], data={"n": "another"})
    assert fault_of(entries) == ("prev_mismatch", place + 2)

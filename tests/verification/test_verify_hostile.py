"""Whatever lies in the folder, a verification ends with a verdict: never a traceback, never `verified`."""

from __future__ import annotations

import json
from typing import Any

from evidence_factory import evidence, rechained
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import journal
from app.verification import Folder, inspect, sentence

FILES = sorted(evidence("gc").files)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def refused(folder: Folder) -> None:
    """The package is refused in words, with and without a key."""
    verdict = inspect(folder, evidence("gc").key)
    assert not verdict.good
    for check in verdict.checks:
        if check.problem is not None:
            assert sentence(check.problem)
            assert sentence(check.problem, "en")


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes | None]:
    """A file and what is put in its place: cut, bent, grown, swapped with another, gone, or anything at all."""
    files = evidence("gc").files
    path = draw(st.sampled_from(FILES))
    data = files[path]
    at = draw(st.integers(0, max(len(data) - 1, 0)))
    way = draw(st.integers(0, 6))
    if way == 0:
        return path, None
    if way == 1:
        return path, data[:at]
    if way == 2:
        return path, data[:at] + draw(st.binary(min_size=1, max_size=40)) + data[at:]
    if way == 3:
        return path, data[:at] + data[at + draw(st.integers(1, 40)) :]
    if way == 4:
        return path, files[draw(st.sampled_from([other for other in FILES if other != path]))]
    if way == 5:
        return path, draw(st.binary(max_size=200))
    bent = bytearray(data)
    bent[at] ^= draw(st.integers(1, 255))
    return path, bytes(bent)


@given(st.lists(mutations(), min_size=1, max_size=3), st.booleans())
@settings(max_examples=30, suppress_health_check=SLOW)
def test_any_mutation_is_refused(changes: list[tuple[str, bytes | None]], anew: bool) -> None:
    found = evidence("gc")
    folder = (found.rebagged if anew else found.folder)(**dict(changes))
    if folder.files != found.files:  # a bag file that was bent is whole again in a bag made anew
        refused(folder)


WILD = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [path] if path else []
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += places(item, (*path, key))
    return found


def put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    """Put something else at a place."""
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = new


@given(st.data())
@settings(max_examples=30, suppress_health_check=SLOW)
def test_any_entry_of_the_journal_may_be_wild_under_good_hashes(data: st.DataObject) -> None:
    found = evidence("gc")
    entries = list(found.played.log.entries)
    at = data.draw(st.integers(0, len(entries) - 1))
    obj: Any = json.loads(journal.entry_line(entries[at]))
    body = {"data": obj["data"], "actor": obj["actor"]}
    path = data.draw(st.sampled_from([place for place in places(body) if len(place) > 1]))
    put(body, path, data.draw(WILD))
    if not isinstance(body["actor"].get("role"), str) or not body["actor"]["role"].split():
        return
    try:
        fields = (obj["stream"], obj["seq"], obj["at"], obj["type"], body["actor"], body["data"], obj["prev"])
        entries[at] = journal.make_entry(*fields)
    except journal.JournalFault:
        return
    if entries[at] == found.played.log.entries[at]:
        return
    lines = b"".join(journal.entry_line(entry) for entry in rechained(entries, at))
    refused(found.rebagged(**{"data/journal.jsonl": lines}))


@given(st.sampled_from(["data/room/proofs.json", "data/room/entries.jsonl", "data/names.sealed"]), st.data())
@settings(max_examples=30, suppress_health_check=SLOW)
def test_the_rooms_files_may_be_wild_json(path: str, data: st.DataObject) -> None:
    found = evidence("gc")
    lines = found.files[path].splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    obj: Any = json.loads(lines[at])
    place = data.draw(st.sampled_from(places(obj)))
    before = journal.canonical(obj)
    put(obj, place, data.draw(WILD))
    if journal.canonical(obj) == before:
        return
    lines[at] = journal.canonical(obj)
    refused(found.rebagged(**{path: b"\n".join(lines) + b"\n"}))

"""What a machine keeps on its disk: private, whole or absent, and silent about what it is."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.link import Identity, LinkFault, load, save
from app.link.disk import private_folder, write_private
from app.link.identity import new_secret
from app.link.safe import Safe
from tests.link.link_ground import identity

KEY = bytes(range(32))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- identity


def test_an_identity_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o755)
    kept = replace(identity("http://room"), secret=new_secret())
    save(kept, folder)
    assert load(folder) == kept
    assert mode(folder) == 0o700
    assert [mode(path) for path in folder.iterdir()] == [0o600]
    assert kept.secret.hex() not in repr(kept)


def test_a_machine_that_was_never_enrolled_says_so(tmp_path: Path) -> None:
    with pytest.raises(LinkFault) as caught:
        load(tmp_path)
    assert caught.value.code == "not_enrolled"


@pytest.mark.parametrize(
    "change",
    [
        {"secret": None},
        {"secret": "00"},
        {"secret": "no hex"},
        {"device": 7},
        {"seat": 7},
        {"stranger": "x"},
        "half",
        "[]",
    ],
)
def test_a_damaged_identity_is_told_apart_from_none(tmp_path: Path, change: Any) -> None:
    save(identity("http://room"), tmp_path)
    path = tmp_path / "identity.json"
    if isinstance(change, str):
        path.write_text(change)
    else:
        data = json.loads(path.read_text()) | change
        path.write_text(json.dumps({key: value for key, value in data.items() if value is not None or key == "seat"}))
    with pytest.raises(LinkFault) as caught:
        load(tmp_path)
    assert caught.value.code == "bad_state"
    assert "secret" not in str(caught.value)


def test_keys_differ_by_purpose_and_machine() -> None:
    one, other = identity("u"), replace(identity("u"), secret=new_secret())
    keys = {one.key("a"), one.key("b"), other.key("a"), one.secret}
    assert len(keys) == 4
    assert one.signer.public_key == Identity("x", "seat", None, "v", "", one.secret).signer.public_key


# --- files


def test_what_a_cut_off_write_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".0123.half").write_bytes(b"half a secret")
    (tmp_path / "whole").write_bytes(b"kept")
    private_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_private(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


# --- the safe


@settings(max_examples=30)
@given(st.dictionaries(texts, values, max_size=4), texts)
def test_the_safe_gives_back_what_was_put(tmp_path_factory: pytest.TempPathFactory, kept: Any, other: str) -> None:
    folder = tmp_path_factory.mktemp("safe")
    safe = Safe(folder, KEY)
    for name, value in kept.items():
        safe.put(name, "older")
        safe.put(name, value)
    again = Safe(folder, KEY)
    assert dict(again.items()) == kept
    assert len(again) == len(kept)
    assert all(again.get(name) == value for name, value in kept.items())
    assert again.get(other) == kept.get(other)
    for name in kept:
        again.drop(name)
    again.drop(other)
    assert list(folder.iterdir()) == []


def test_a_finder_of_the_disk_learns_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "safe"
    safe = Safe(folder, KEY)
    safe.put("sheet/evaluation/ev1/lot1/marks", {"marks": "8.5", "alias": "M2"})
    safe.put("short", {})
    for path in folder.iterdir():
        content = path.read_bytes() + path.name.encode()
        assert mode(path) == 0o600
        assert not [word for word in (b"marks", b"8.5", b'"M2"', b"/lot1", b"short", KEY) if word in content]
    assert mode(folder) == 0o700
    assert len({path.stat().st_size for path in folder.iterdir()}) == 1
    assert KEY.hex() not in repr(safe)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(["flip", "cut", "empty", "foreign"]))
def test_a_damaged_file_counts_as_absent_and_is_set_aside(
    tmp_path_factory: pytest.TempPathFactory, at: int, how: str
) -> None:
    folder = tmp_path_factory.mktemp("safe")
    safe = Safe(folder, KEY)
    safe.put("good", 1)
    safe.put("bad", 2)
    path = safe._path("bad")
    raw = bytearray(path.read_bytes())
    if how == "flip":
        # Within the JSON's values: a flip that only changes its layout is no damage.
        start = raw.index(b"ciphertext") + 14
        place = start + at % (len(raw) - start - 4)
        raw[place] = ord("A") if raw[place] != ord("A") else ord("B")
    elif how == "cut":
        raw = raw[: at % len(raw)]
    elif how == "empty":
        raw = bytearray()
    else:
        raw = bytearray(safe._path("good").read_bytes())  # a whole file in another's place
    path.write_bytes(raw)
    assert safe.get("bad") is None
    assert dict(safe.items()) == {"good": 1}
    assert safe.set_aside() == 1
    assert safe.set_aside() == 0
    assert len(safe) == 1
    assert len(list(folder.iterdir())) == 2
    safe.clear()
    assert list(folder.iterdir()) == []


def test_another_secret_opens_nothing(tmp_path: Path) -> None:
    Safe(tmp_path, KEY).put("name", 1)
    assert list(Safe(tmp_path, bytes(32)).items()) == []
    assert Safe(tmp_path, bytes(32)).get("name") is None

"""Resources are found in a source tree and in a frozen build by the same call."""

from __future__ import annotations

import sys
from pathlib import Path

import resources


def test_in_a_source_tree_they_lie_beside_the_function():
    assert resources.path() == Path(resources.__file__).resolve().parent
    assert resources.path("rules", "price", "sgcc-lowest.json").is_file()


def test_in_a_frozen_build_they_lie_where_it_unpacked(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.path("fonts", "x.ttf") == tmp_path / "resources" / "fonts" / "x.ttf"

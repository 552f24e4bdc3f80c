"""The benchmark measures a journal that verifies, by the clock that it is given."""

from __future__ import annotations

from itertools import count

from app.journal import bench


def test_measures_with_the_given_clock() -> None:
    ticks = count()
    found = bench.run(lambda: float(next(ticks)), entries=20)
    assert found == {
        "entries": 20,
        "verified": True,
        "appends_per_s": 20,
        "tree_appends_per_s": 20,
        "checks_per_s": 20,
        "consistency_ms": 1000.0,
    }

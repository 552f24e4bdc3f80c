"""Kills, cuts and restarts by chance under scripted marking: no acknowledged event lost, no mark older than a second.

`KAWEI_FAULT_CYCLES` and `KAWEI_FAULT_SEED` make the long run by hand; a season has 40 cycles.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fault_field import Figures, Loss, Season

CYCLES = int(os.environ.get("KAWEI_FAULT_CYCLES", "40"))
SEED = int(os.environ.get("KAWEI_FAULT_SEED", "20261124"))
A_SEASON = 40

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")


def burn(folder: Path, seed: int, cycles: int) -> Figures:
    """A season with its figures."""
    season = Season(folder, seed)
    try:
        season.begin()
        for _ in range(cycles):
            season.cycle()
        season.finish()
    finally:
        season.close()
    for log in folder.glob("*.log"):
        told = log.read_text("utf-8")
        assert "Traceback" not in told, log
        assert "bug in" not in told, log
    return season.figures


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_nothing_acknowledged_is_lost_under_fire(tmp_path: Path) -> None:
    done = 0
    while done < CYCLES:
        seed = SEED + done // A_SEASON
        figures = burn(tmp_path / str(seed), seed, min(A_SEASON, CYCLES - done))
        done += figures.cycles
        back, seat = sorted(figures.room_back_s), sorted(figures.seat_back_s)
        print(
            f"seed {seed}: {figures.cycles} cycles ({done} in all), {sum(figures.faults.values())} faults"
            f" {dict(sorted(figures.faults.items()))}, {figures.typed} marks typed, oldest lost"
            f" {figures.oldest_lost_s * 1000:.0f} ms, {figures.acknowledged} of {figures.entries} entries acknowledged"
            f" and there; room back in {back[len(back) // 2]:.2f} s, at most {back[-1]:.2f} s;"
            f" seat in {seat[len(seat) // 2]:.2f} s, at most {seat[-1]:.2f} s",
            flush=True,
        )
    assert done >= CYCLES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "seat", "found"),
    [
        (("acknowledge_early",), (), "acknowledged and lost|delivered drafts are gone"),
        ((), ("keep_late",), "lost a mark of"),
        (("forget_answers",), (), "applied twice"),
    ],
)
def test_the_fire_finds_a_planted_fault(
    tmp_path: Path, room: tuple[str, ...], seat: tuple[str, ...], found: str
) -> None:
    season = Season(tmp_path, SEED, room, seat)
    try:
        with pytest.raises(Loss, match=found):  # noqa: PT012 - any of the cycles may find it
            season.begin()
            for _ in range(40):
                season.cycle()
    finally:
        season.close()

"""How much of a line the picture takes: less at once where packets wait, more again after a while."""

from __future__ import annotations

import pytest

from devices.call.ceiling import CALM, HELD, LEAST, NARROW, SHARE, STEP, Ceiling

MOST = 1_200_000
NEAR_S, QUEUED_S = 0.05, 0.25
CARRIED = 400_000.0


def calm(ceiling: Ceiling, turns: int, carried: float = CARRIED) -> list[bool]:
    """So many turns without a queue; whether each changed it."""
    return [ceiling.turn(NEAR_S, carried) for _ in range(turns)]


def test_a_wide_line_is_left_alone_however_late_its_packets_are() -> None:
    ceiling = Ceiling(MOST)
    assert not any(calm(ceiling, 5, 2 * MOST))
    assert not any(ceiling.turn(QUEUED_S, NARROW * MOST) for _ in range(5))
    assert ceiling.now == MOST


def test_packets_that_wait_on_a_narrow_line_cut_the_share_and_once() -> None:
    ceiling = Ceiling(MOST)
    calm(ceiling, 3)
    assert ceiling.turn(QUEUED_S, CARRIED)
    assert ceiling.now == int(SHARE * CARRIED)
    assert not any(ceiling.turn(QUEUED_S, CARRIED) for _ in range(CALM))
    assert ceiling.turn(QUEUED_S, CARRIED)  # it did not drain
    assert ceiling.now == int(SHARE * int(SHARE * CARRIED))


def test_an_estimate_that_falls_cuts_before_any_report_has_come() -> None:
    ceiling = Ceiling(MOST)
    ceiling.turn(NEAR_S, 2.0 * MOST)
    assert not ceiling.turn(None, 1.1 * MOST)
    assert ceiling.turn(None, CARRIED)
    assert ceiling.now == int(SHARE * CARRIED)


def test_it_never_falls_below_what_a_small_picture_needs() -> None:
    ceiling = Ceiling(MOST)
    calm(ceiling, 1)
    for _ in range(20):
        ceiling.turn(QUEUED_S, 90_000)
    assert ceiling.now == LEAST


def test_it_is_held_a_while_and_rises_step_by_step_to_the_most() -> None:
    ceiling = Ceiling(MOST)
    calm(ceiling, 3)
    ceiling.turn(QUEUED_S, CARRIED)
    cut = ceiling.now
    assert not any(calm(ceiling, HELD))
    assert calm(ceiling, 1) == [True]
    assert ceiling.now == pytest.approx(STEP * cut, abs=1)
    calm(ceiling, 40)
    assert ceiling.now == MOST
    assert calm(ceiling, 1) == [False]


def test_without_an_estimate_nothing_changes() -> None:
    ceiling = Ceiling(MOST)
    assert not ceiling.turn(QUEUED_S, None)
    assert ceiling.now == MOST

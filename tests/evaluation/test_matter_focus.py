"""A seat that lost the keyboard says so: an entry for staff and the member, a line in the report, nothing else."""

from __future__ import annotations

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, member
from evaluation_stages import at, refused

from app.evaluation.matters.focus import MOST, FocusLost, NoteFocusLoss, report
from app.evaluation.matters.presence.records import LockSeat
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_each_loss_is_an_entry_and_the_report_adds_them_up(track: str) -> None:
    it = at("marking", track)
    one, other = it.it.committee[:2]
    assert report(it.it, "1") == []
    assert it.do(NoteFocusLoss(1), member(one)) == ["FocusLost"]
    assert it.do(NoteFocusLoss(MOST), member(one)) == ["FocusLost"]
    it.do(NoteFocusLoss(2), member(other))
    assert [line.text for line in report(it.it, "1")] == [
        f"{one}席位窗口失去键盘焦点 {MOST + 1} 次。",
        f"{other}席位窗口失去键盘焦点 2 次。",
    ]
    assert check(it.log.entries) == (it.it, None)


def test_a_locked_seat_tells_it_too() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(LockSeat("absent", 61), member(one))
    assert it.do(NoteFocusLoss(1), member(one)) == ["FocusLost"]


def test_only_the_own_seat_says_it_and_in_numbers() -> None:
    it = at("marking")
    one = it.it.committee[0]
    for viewer in (CENTRE, WITNESS, AGENCY):
        with refused("not_permitted", viewer.role.value):
            it.do(NoteFocusLoss(1), viewer)
    for times in (0, -1, MOST + 1):
        with refused("bad_value", "$.times"):
            it.do(NoteFocusLoss(times), member(one))


def test_who_is_told() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    event = FocusLost(one, 1)
    assert [told(it.it, event, viewer) for viewer in (CENTRE, WITNESS, member(one))] == [Told.WHOLE] * 3
    assert [told(it.it, event, viewer) for viewer in (AGENCY, member(other))] == [Told.NOTHING] * 2

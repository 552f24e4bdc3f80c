"""The seat while the group talks with the suppliers: where one is, who leads, minutes that wait to be confirmed."""

from __future__ import annotations

import pytest
from evaluation_factory import member
from seat_ground import Seat
from talk_play import rules_json, talk_tender

from app.evaluation import commands as c
from app.evaluation.matters.talks import HoldTalk
from ui.seat.names import Name


@pytest.fixture
def talking(qtbot) -> Seat:
    made = Seat("ZC", "p2", tender=talk_tender("consultation"), rules=rules_json("consultation"), members=3)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    return made


def to_the_talks(seat: Seat) -> None:
    seat.elect()
    seat.play.review("1")
    seat.play.conclude("1")


def test_the_chair_is_told_to_lead_and_nobody_is_called_ended(talking, qtbot):
    to_the_talks(talking)
    talking.show()
    text = talking.shown_text()
    assert "磋商: the whole group together" in text
    assert "You lead." in text
    assert "ended" not in text
    assert talking.find(Name.ACTS).isEnabled()


def test_a_member_is_asked_to_stand_by_minutes(talking, qtbot):
    talking.gather()
    other = talking.other()
    first, *rest = talking.play.it.committee
    talking.play.do(c.ProposeChair(other), member(first))
    for alias in rest:
        if talking.play.it.chair is None:
            talking.play.do(c.AgreeToChair(), member(alias))
    talking.play.review("1")
    talking.play.conclude("1")
    talking.show()
    assert "The 磋商小组组长 leads." in talking.shown_text()
    talking.play.do(HoldTalk("1", "A", "质保三年"), member(other))
    talking.show()
    assert "Stand by the minutes: A, talk 1" in talking.shown_text()

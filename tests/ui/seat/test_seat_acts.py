"""What a member may do beside the next step: one key away, nothing of the step lost, and told when somebody waits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from acts_ground import LEAVE, PAUSED, RENEWED, STOP, VOTE, plant
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from seat_ground import Seat

from app.evaluation.matter import Act, Notice
from ui.seat.names import Name


def show(seat: Seat, *acts: Act, notices: tuple[Notice, ...] = ()) -> None:
    def change(view: dict[str, Any]) -> None:
        plant(view, *acts, notices=notices)
        view["at"] = "2026-03-02T14:10:00.000000+08:00"

    seat.show(change)


def key(seat: Seat, pressed: Qt.Key) -> None:
    QTest.keyClick(seat.window.focusWidget() or seat.window, pressed)


def hidden(seat: Seat, name: str) -> bool:
    return not [one for one in seat.window.findChildren(QWidget, name) if one.isVisible()]


def test_matters_are_one_key_away_and_the_step_waits_untouched(seat, qtbot):
    seat.to_marks()
    show(seat, LEAVE)
    seat.bridge.draft()
    before = seat.window.page
    with qtbot.waitSignal(seat.find(Name.ACTS).clicked):
        key(seat, Qt.Key.Key_F3)
    assert seat.window.page_name == "acts"
    assert "Ask to leave the seat" in seat.shown_text()
    key(seat, Qt.Key.Key_Return)
    QTest.keyClicks(seat.window.focusWidget(), "10")
    show(seat, LEAVE)  # a view comes in the middle: nothing typed is lost
    assert seat.find("act.field.minutes").text() == "10"
    key(seat, Qt.Key.Key_Tab)
    key(seat, Qt.Key.Key_Space)
    seat.find("act.send").setFocus()
    key(seat, Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.stream) == ("RequestLeave", "evaluation/ev1")
    assert sent.data == {"minutes": 10, "why": "toilet", "reason": ""}
    seat.bridge.accept()
    show(seat)
    assert "Done, and entered in the journal" in seat.shown_text()
    seat.press(Name.ACTS_BACK)
    assert seat.window.page is before
    assert not seat.find(Name.ACTS).isEnabled()


def test_a_refusal_stands_at_its_field(seat):
    seat.to_marks()
    show(seat, LEAVE)
    seat.press(Name.ACTS)
    seat.press("act.open.RequestLeave")
    seat.find("act.field.minutes").setText("90")
    seat.find("act.field.why.meal").setChecked(True)
    seat.press("act.send")
    seat.bridge.refuse("too_long", "At most 60 minutes.", "$.data.minutes")
    assert "✕ At most 60 minutes." in seat.shown_text()
    assert seat.window.focusWidget() is seat.find("act.field.minutes")
    assert seat.find("act.send").isEnabled()


def test_what_somebody_waits_for_is_told_on_any_page_and_opened_by_one_press(seat):
    seat.to_marks()
    show(seat, LEAVE, VOTE)
    seat.bridge.draft()
    assert "Someone waits for you: Say whether the price may harm the work" in seat.shown_text()
    seat.press(Name.ACTS_URGENT)
    assert seat.window.page_name == "acts"
    assert seat.find("act.field.finding.accept")
    assert hidden(seat, Name.ACTS_URGENT)
    seat.press(Name.ACTS)
    assert seat.window.page_name == "marks"
    show(seat, LEAVE)
    assert hidden(seat, Name.ACTS_URGENT)


def test_a_grave_act_is_asked_twice(seat):
    seat.to_confirm(seat.alias)
    show(seat, STOP)
    seat.press(Name.ACTS)
    seat.press("act.open.ProposeTermination")
    QTest.keyClicks(seat.find("act.field.reason"), "why")
    before = len(seat.bridge.link.sent)
    seat.press("act.send")
    assert len(seat.bridge.link.sent) == before
    assert "cannot be taken back" in seat.shown_text()
    seat.press("act.send")
    assert seat.bridge.link.sent[-1].data == {"reason": "why"}


def test_how_things_stand_is_told_above_every_page_by_the_rooms_time(seat):
    seat.to_marks()
    show(seat, notices=(RENEWED, PAUSED))
    told = seat.shown_text()
    assert "The evaluation is paused, since 14:05; 25:00 left" in told
    assert told.index("paused") < told.index("away from the seat")
    seat.clock.advance(60)
    seat.window._tick()
    assert "24:00 left" in seat.shown_text()
    show(seat)
    assert "paused" not in seat.shown_text()


def test_before_the_discipline_is_read_nothing_is_offered_or_told(seat):
    seat.sit("seated")
    show(seat, VOTE, notices=(PAUSED,))
    assert seat.window.page_name == "read_discipline"
    assert not seat.find(Name.ACTS).isEnabled()
    assert "price" not in seat.shown_text()
    assert "paused" not in seat.shown_text()


def test_who_leaves_the_seat_leaves_nothing_filled_in(seat):
    seat.to_marks()
    show(seat, LEAVE)
    seat.press(Name.ACTS)
    seat.press("act.open.RequestLeave")
    QTest.keyClicks(seat.find("act.field.minutes"), "10")
    page = seat.window.page
    seat.bridge.show({"evaluations": [], "seat": "A01", "room": {}})
    assert seat.window.page_name == "waiting"
    assert page not in seat.window._pages.values()


def test_the_scan_that_an_act_is_about_can_be_looked_at(seat):
    seat.to_marks()
    check = replace(STOP, paper={"sha256": "ab" * 32, "bytes": 9, "title": "答复函"})
    show(seat, check)
    seat.press(Name.ACTS)
    seat.press("act.open.ProposeTermination")
    QTest.keyClicks(seat.find("act.field.reason"), "half")
    for content, shown in ((b"no picture at all", "cannot be shown"), (b"%PDF-1.4 no pages", "")):
        seat.press("act.look")
        assert seat.bridge.last_question() == ("paper", ("ab" * 32,))
        seat.bridge.answer(content)
        assert shown in seat.shown_text()
        key(seat, Qt.Key.Key_Escape)
        assert seat.find("act.field.reason").toPlainText() == "half"
    seat.press("act.look")
    seat.bridge.fail("not_found", "There is no such thing.")
    assert "There is no such thing." in seat.shown_text()
    seat.press(Name.ACTS_SCAN_BACK)
    assert seat.find("act.send")

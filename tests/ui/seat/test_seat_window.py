"""What stays around every page: header, rail, line, help, keys, type; and what must never be on a page."""

from __future__ import annotations

import json

import pytest
from evaluation_factory import CENTRE, good_marks, member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView
from seat_ground import Seat

from app.evaluation import commands as c
from app.link import Trouble
from ui.seat.names import Name
from ui.seat.pages import PAGES, make
from ui.seat.steps import UNBRIEFED, PageCode, Place
from ui.theme import Scale, apply, look

# How to come to each page; what is after it is not played.
WAYS = {
    "waiting": lambda seat: None,
    "open_seat": lambda seat: seat.sit("drawn"),
    "read_discipline": lambda seat: seat.sit("seated"),
    "give_pledge": lambda seat: seat.sit("briefed"),
    "wait_committee": lambda seat: seat.sit("pledged"),
    "propose_chair": lambda seat: seat.gather(),
    "review": lambda seat: seat.elect(),
    "conclude_review": lambda seat: (seat.elect(), seat.play.review("1")),
    "marks": lambda seat: seat.to_marks(),
    "note_findings": lambda seat: seat.to_result(),
    "confirm": lambda seat: seat.to_confirm(),
    "wait_report": lambda seat: seat.to_report(issued=False),
    "wipe_seat": lambda seat: seat.to_report(),
}


def settled(seat: Seat) -> Seat:
    seat.show()
    if seat.window.page_name in {"review", "marks"}:
        seat.bridge.draft()
    return seat


@pytest.mark.parametrize("name", WAYS)
def test_every_page_can_be_painted_in_all_sizes_and_each_control_has_a_name(seat, name):
    WAYS[name](seat)
    settled(seat)
    assert seat.window.page_name == name
    for scale in Scale:
        apply(QApplication.instance(), scale)
        picture = seat.window.grab()
        assert picture.width() >= 1366
        colours = {picture.toImage().pixelColor(x, y).name() for x in range(0, 1366, 40) for y in range(0, 768, 40)}
        assert len(colours) > 3
    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView):
        for control in seat.window.findChildren(kind):
            if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert control.accessibleName(), control.objectName()


@pytest.mark.parametrize("name", WAYS)
def test_the_keyboard_alone_reaches_every_control(seat, name):
    WAYS[name](seat)
    settled(seat)
    wanted = {
        w
        for w in seat.window.page.findChildren(QAbstractButton)
        if w.isVisible()
        and w.isEnabled()
        and w.objectName().startswith("seat.")
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = set()
    for _ in range(80):
        QTest.keyClick(seat.window.focusWidget() or seat.window, Qt.Key.Key_Tab)
        reached.add(seat.window.focusWidget())
    # Of an exclusive group Tab reaches one; arrows lead on from there.
    by_arrows = {w for w in wanted if w.group() is not None and w.group().exclusive()}
    assert wanted - by_arrows <= reached


def planted(view: dict) -> None:
    """A room that tells too much: the page must not pass it on."""
    mine = view["evaluations"][0]
    mine["project"] = {"id": "SECRET-ID", "name": "SECRET-NAME"}
    mine["bidders"] = ["SECRET-BIDDER"]
    mine["committee"] = [{"alias": "SECRET-ALIAS", "chair": False, "kind": "expert", "state": "ended"}]
    mine["people"] = {"M1": "SECRET-PERSON"}


WATCHED = sorted(code.value for code in UNBRIEFED if code.value in WAYS and code.value != "waiting")


@pytest.mark.parametrize("name", WATCHED)
def test_before_the_discipline_is_read_nothing_of_the_project_is_shown(seat, name):
    WAYS[name](seat)
    seat.show(planted)
    assert seat.window.page_name == name
    assert "SECRET" not in seat.shown_text()
    assert "SECRET" not in json.dumps([seat.window.windowTitle(), seat.window.accessibleName()])


def others_work(view: dict) -> None:
    lot = view["evaluations"][0]["lots"][0]
    sheet = {"marks": {"A": {"T1": "SECRET-1"}}, "reasons": {}}
    lot["marks"] = {"M1": sheet}
    lot["review"] = {"M1": {"bids": {"A": {"F1": {"pass": False, "reason": "SECRET-2", "page": "9"}}}}}
    lot["opinions"] = {"M9": "SECRET-3"}
    lot["round"]["ended"] = ["SECRET-4"]
    lot["result"] = {"bids": [], "findings": [], "abnormally_low": [], "secret": "SECRET-5"}


@pytest.mark.parametrize("name", ["review", "marks"])
def test_while_working_alone_nobody_elses_work_is_shown(seat, name):
    WAYS[name](seat)
    seat.show(others_work)
    seat.bridge.draft()
    assert seat.window.page_name == name
    assert "SECRET" not in seat.shown_text()


@pytest.mark.parametrize("name", ["review", "marks"])
def test_one_who_has_ended_sees_no_more_than_who_has_ended(seat, name):
    from app.evaluation.model import SheetKind

    WAYS[name](seat)
    lot = seat.play.it.lots["1"]
    sheet = (
        {"bids": {b.id: {i.id: {"pass": True} for i in lot.lot.review_items} for b in lot.lot.bids}}
        if name == "review"
        else {
            "marks": {b: {f.id: good_marks(seat.alias, b, f.id) for f in lot.lot.factors} for b in lot.live_bids()},
            "reasons": {},
        }
    )
    seat.play.seal("1", SheetKind(name), 1, seat.alias, sheet)
    seat.show(others_work)
    assert seat.window.page_name == f"wait_{name}"
    assert "SECRET" not in seat.shown_text()


def test_no_member_is_told_by_more_than_an_alias(seat):
    seat.to_result()
    seat.show(lambda view: view["evaluations"][0].update(names={"M1": "SECRET-NAME"}, member="SECRET-REF"))
    assert "SECRET" not in seat.shown_text()


def test_every_step_has_its_page():
    served = {code.value for code in PageCode}
    assert set(PAGES) <= set(PageCode)
    assert served >= {"waiting", "wait_lot", "goodbye"}


@pytest.mark.parametrize("code", [code for code in PageCode if code.value.startswith("wait_") and code not in PAGES])
def test_every_waiting_page_says_what_is_waited_for(seat, code):
    seat.to_result()
    seat.show()
    page = make(seat.window._fit, Place(code, "1", 1))
    page.show_view()
    from PySide6.QtWidgets import QLabel

    titles = [label.text() for label in page.findChildren(QLabel) if label.property("role") == "page"]
    assert titles[0].strip()
    page.discard()
    page.deleteLater()


def test_the_header_tells_project_alias_time_and_rehearsal(seat):
    seat.to_marks()
    seat.show()
    seat.bridge.tell(1, "SlotTaken", at="2026-03-02T10:42:08.000000+08:00")
    shown = seat.shown_text()
    for told in (seat.play.it.tender.name, f"Member {seat.alias[1:]}", "10:42", "REHEARSAL", "Seat "):
        assert told in shown
    seat.clock.advance(60)
    seat.window._tick()
    assert "10:43" in seat.shown_text()


def test_help_is_called_by_f1_and_its_state_is_shown(seat, qtbot):
    seat.to_marks()
    settled(seat)
    with qtbot.waitSignal(seat.find(Name.HELP).clicked):
        QTest.keyClick(seat.window.page.marks.table, Qt.Key.Key_F1)
    assert seat.bridge.link.sent[-1].kind == "CallHelp"
    seat.play.do(c.CallHelp(""), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert not seat.find(Name.HELP).isEnabled()
    assert "coming" in seat.find(Name.HELP).text()
    seat.play.do(c.AnswerHelp(seat.alias, "on the way"), CENTRE)
    seat.show()
    assert seat.find(Name.HELP).isEnabled()


def test_a_refused_call_for_help_is_told(seat):
    seat.to_marks()
    settled(seat)
    seat.press(Name.HELP)
    seat.bridge.refuse("already_requested", "staff are on it")
    assert "staff are on it" in seat.shown_text()


def test_the_keys_of_a_page_are_shown_and_put_away(seat, qtbot):
    seat.to_marks()
    settled(seat)
    card = seat.window._card
    for shown in (True, False):
        with qtbot.waitSignal(seat.find(Name.KEYS).clicked):
            QTest.keyClick(seat.window.page.marks.table, Qt.Key.Key_F2)
        assert card.isVisible() is shown
    assert "type a mark" in card.accessibleName()


def test_a_line_that_is_away_says_that_nothing_is_lost_and_how_much_waits(seat):
    seat.to_marks()
    settled(seat)
    seat.bridge.link.waiting = 4
    seat.bridge.line(False)
    shown = seat.shown_text()
    assert "Nothing is lost" in shown
    assert "4 kept" in shown
    seat.bridge.line(True)
    assert "Nothing is lost" not in seat.shown_text()
    assert "Being kept" in seat.shown_text()
    seat.bridge.link.waiting = 0
    seat.window._tick()
    assert "All kept" in seat.shown_text()


def test_typing_goes_on_while_the_line_is_away(seat):
    seat.to_marks()
    settled(seat)
    seat.bridge.line(False)
    QTest.keyClicks(seat.window.page.marks.table, "8")
    assert seat.bridge.link.drafts[-1].content["marks"]["A"]["T1"] == "8"


def test_a_session_that_was_ended_is_told(seat):
    seat.to_marks()
    settled(seat)
    seat.bridge.end_session()
    seat.window._tick()
    assert "Call staff" in seat.shown_text(), "still there when the clock went on"


def test_a_room_that_only_goes_down_alarms_nobody(seat):
    seat.to_marks()
    settled(seat)
    seat.bridge.end_session("closing")
    assert "Call staff" not in seat.shown_text()


def test_trouble_with_this_machine_stays_in_sight(seat):
    seat.to_marks()
    settled(seat)
    seat.bridge.trouble.emit(Trouble("disk_full", "The disk is full: call staff."))
    seat.window._tick()
    assert "The disk is full" in seat.shown_text()


def test_the_type_is_made_larger_in_place(seat):
    seat.to_marks()
    settled(seat)
    seat.find(Name.SCALE).findChildren(QAbstractButton)[2].click()
    assert look().scale is Scale.LARGEST
    apply(QApplication.instance(), Scale.NORMAL)


def test_pages_that_are_over_are_let_go(seat):
    seat.elect()
    settled(seat)
    seat.play.review("1")
    seat.show()
    seat.play.conclude("1")
    seat.show()
    assert [place.code for place in seat.window._pages] == [PageCode.MARKS]


def test_the_next_member_finds_nothing_of_the_last_one(make_seat):
    seat = make_seat()
    seat.to_report()
    seat.show()
    seat.press(Name.WIPE)
    seat.play.do(c.WipeSeat(seat.play.it.members[seat.ref].seat or ""), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    next_one = make_seat()
    next_one.sit("drawn")
    seat.bridge.show(next_one.view())
    assert seat.window.page_name == "open_seat"
    assert seat.play.it.tender.name not in seat.shown_text()
    assert set(seat.window._pages) == {seat.window.place}


def test_who_sits_here_and_which_lot_is_in_hand(seat):
    seat.show()
    assert (seat.window.alias, seat.window.lot_id) == ("", "")
    seat.to_marks()
    seat.show()
    assert (seat.window.alias, seat.window.lot_id) == (seat.alias, "1")
    with pytest.raises(AttributeError):
        seat.window.alias = "M9"

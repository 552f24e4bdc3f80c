"""The review matrix: verdicts by one key, reasons and pages in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.models.marking import BidColumn
from ui.models.review import OPEN, Finding, FindingTyped, ReviewItem, Verdict, VerdictWords
from ui.theme import Tone
from ui.widgets.review import ItemVisited, ReviewMatrix

ITEMS = [ReviewItem("seal", "签字盖章", "投标函须盖章", "形式"), ReviewItem("term", "投标有效期", "90 日")]
BIDS = [BidColumn("b1", "甲公司"), BidColumn("b2", "乙公司", "否决"), BidColumn("b3", "丙公司")]


@pytest.fixture
def matrix(qtbot):
    widget = ReviewMatrix(ITEMS, BIDS, VerdictWords("符合", "不符合"))
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.table.setFocus()
    return widget


@pytest.fixture
def typed(matrix):
    heard: list[FindingTyped] = []
    matrix.typed.connect(heard.append)
    return heard


def at(matrix: ReviewMatrix) -> tuple[str, str]:
    row, column = matrix.table.here()
    return matrix.model.item(row).id, matrix.model.bid(column).id


@pytest.mark.parametrize("keys", ["1111", "yYyY"])
def test_passing_goes_on_by_itself(qtbot, matrix, keys):
    qtbot.keyClicks(matrix.table, keys)
    assert {finding.verdict for finding in matrix.model.findings().values()} == {Verdict.PASS}
    assert matrix.waiting() == 0
    assert matrix.notice().tone is Tone.OK


def test_failing_asks_for_reason_and_page_in_place(qtbot, matrix, typed):
    qtbot.keyClicks(matrix.table, "0")
    assert matrix.reason.hasFocus()
    assert matrix.notice().tone is Tone.ATTENTION
    assert matrix.waiting() == 4
    qtbot.keyClicks(matrix.reason, "no seal")
    qtbot.keyClick(matrix.reason, Qt.Key.Key_Return)
    assert matrix.page.hasFocus()
    qtbot.keyClicks(matrix.page, "12")
    assert typed[0] == FindingTyped("seal", "b1", Finding(Verdict.FAIL))
    assert typed[-1] == FindingTyped("seal", "b1", Finding(Verdict.FAIL, "no seal", "12"))
    qtbot.keyClick(matrix.page, Qt.Key.Key_Return)
    assert matrix.table.hasFocus()
    assert at(matrix) == ("term", "b1")
    assert matrix.waiting() == 3


def test_the_editor_is_not_left_by_return_before_it_is_complete(qtbot, matrix):
    qtbot.keyClicks(matrix.table, "n")
    qtbot.keyClick(matrix.reason, Qt.Key.Key_Return)
    qtbot.keyClicks(matrix.page, "3")
    qtbot.keyClick(matrix.page, Qt.Key.Key_Return)
    assert matrix.reason.hasFocus()


def test_escape_goes_back_to_the_matrix(qtbot, matrix):
    qtbot.keyClicks(matrix.table, "0")
    qtbot.keyClick(matrix.reason, Qt.Key.Key_Escape)
    assert matrix.table.hasFocus()
    assert at(matrix) == ("seal", "b1")


def test_the_page_in_view_is_offered(qtbot, matrix):
    matrix.offer_page("37")
    qtbot.keyClicks(matrix.table, "0")
    assert matrix.page.text() == "37"
    assert matrix.model.finding(0, 0).page == "37"


def test_full_width_keys_count(qtbot, matrix):
    event = QInputMethodEvent()
    event.setCommitString("１")
    QApplication.sendEvent(matrix.table, event)
    assert matrix.model.finding(0, 0).verdict is Verdict.PASS
    qtbot.keyClicks(matrix.table, "0")
    matrix.page.setFocus()
    matrix.page.setText("１２")
    matrix.page.textEdited.emit("１２")
    assert matrix.model.finding(1, 0).page == "12"


def test_a_slip_of_the_finger_costs_no_reason(qtbot, matrix):
    matrix.set_findings({("seal", "b1"): Finding(Verdict.FAIL, "缺章", "3")})
    matrix.go_to("seal", "b1")
    qtbot.keyClicks(matrix.table, "0")
    assert matrix.model.finding(0, 0) == Finding(Verdict.FAIL, "缺章", "3")


def test_delete_opens_again(qtbot, matrix, typed):
    qtbot.keyClicks(matrix.table, "1")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Up)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Delete)
    assert typed[-1] == FindingTyped("seal", "b1", OPEN)
    assert matrix.model.findings() == {}


def test_a_rejected_bid_is_passed_over_and_takes_nothing(qtbot, matrix, typed):
    qtbot.keyClicks(matrix.table, "11")
    assert at(matrix) == ("seal", "b3")
    matrix.go_to("seal", "b2")
    count = len(typed)
    qtbot.keyClicks(matrix.table, "1")
    assert len(typed) == count


def test_the_mouse_can_decide_too(qtbot, matrix):
    qtbot.mouseClick(matrix._pass, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(matrix._fail, Qt.MouseButton.LeftButton)
    assert matrix.model.finding(0, 0).verdict is Verdict.PASS
    assert matrix.model.finding(1, 0).verdict is Verdict.FAIL
    assert matrix.reason.hasFocus()


def test_read_only_takes_nothing(qtbot, matrix, typed):
    matrix.set_read_only(True)
    qtbot.keyClicks(matrix.table, "1")
    assert typed == []
    assert matrix.notice() is None


def test_moving_is_told_and_enter_walks(qtbot, matrix):
    seen: list[ItemVisited] = []
    matrix.visited.connect(seen.append)
    for _ in range(4):
        qtbot.keyClick(matrix.table, Qt.Key.Key_Enter)
    assert [(one.item_id, one.bid_id) for one in seen] == [
        ("term", "b1"),
        ("seal", "b3"),
        ("term", "b3"),
        ("seal", "b1"),
    ]


def test_loading_emits_nothing_and_screen_readers_hear_it(matrix, typed):
    matrix.set_findings({("seal", "b1"): Finding(Verdict.FAIL, "缺章", "3")})
    assert typed == []
    cell = matrix.model.index(0, 0)
    assert matrix.model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "签字盖章, 甲公司: 不符合 缺章 3"

"""The matrix by bid and by factor, levels and reasons at the number pad, redo, and that nothing fills many cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.models.mark_entry import OneOf, Points, Verdict
from ui.models.marking import BidColumn, CellState, Factor
from ui.theme import Tone
from ui.widgets.marking import MarkingMatrix
from ui.widgets.marking_table import Span

LEVELS = OneOf("0", "10", levels=(("10", "优"), ("6", "良"), ("0", "差")))
FACTORS = [
    Factor("plan", "施工方案与技术措施", "0–12", entry=Points("0", "12")),
    Factor("staff", "项目经理资格与业绩", "10 / 6 / 0", entry=LEVELS),
    Factor("seal", "签字盖章", "1 = 合格, 0 = 不合格", entry=Verdict(passed="合格", failed="不合格")),
]
BIDS = [BidColumn("b1", "甲公司"), BidColumn("b2", "乙公司", "否决"), BidColumn("b3", "丙公司")]


def judge(factor: str, text: str) -> str | None:
    return "只能打 0 到 12 分" if factor == "plan" and text == "13" else None


@pytest.fixture
def matrix(qtbot):
    made = MarkingMatrix(FACTORS, BIDS, judge, asks=lambda factor, text: factor == "plan" and text in {"3", "4"})
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def here(matrix: MarkingMatrix) -> tuple[str, str]:
    cell = matrix.cell()
    assert cell is not None
    return matrix.model.factor(cell[0]).id, matrix.model.bid(cell[1]).id


def pad(qtbot, matrix, keys: str) -> None:
    """Keys of the number pad; E is its Enter."""
    for key in keys:
        if key == "E":
            qtbot.keyClick(matrix.in_use, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        else:
            qtbot.keyClick(matrix.in_use, key, Qt.KeyboardModifier.KeypadModifier)


def test_by_bid_one_column_is_shown_and_enter_turns_to_the_next_bid(qtbot, matrix):
    matrix.show_span(Span.BID)
    shown = lambda: [c for c in range(3) if not matrix.table.isColumnHidden(c)]  # noqa: E731
    assert shown() == [0]
    pad(qtbot, matrix, "8E6E1E")
    assert (shown(), here(matrix)) == ([2], ("plan", "b3"))
    qtbot.keyClick(matrix.table, Qt.Key.Key_Left)
    assert shown() == [1]
    qtbot.keyClick(matrix.table, Qt.Key.Key_Left)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Left)
    assert (shown(), here(matrix)) == ([0], ("plan", "b1"))


def test_by_factor_bids_stand_below_each_other_and_enter_goes_on_with_the_next_factor(qtbot, matrix):
    matrix.show_span(Span.FACTOR)
    assert matrix.in_use.hasFocus()
    pad(qtbot, matrix, "8E9E")
    assert here(matrix) == ("staff", "b1")
    assert matrix.model.marks() == {("plan", "b1"): "8", ("plan", "b3"): "9"}
    assert [c for c in range(3) if not matrix.in_use.isColumnHidden(c)] == [1]
    qtbot.keyClick(matrix.in_use, Qt.Key.Key_Right)
    assert here(matrix) == ("seal", "b1")


def test_f4_goes_through_the_views_and_the_cell_stays(qtbot, matrix):
    matrix.go_to("staff", "b3")
    for span in (Span.BID, Span.FACTOR, Span.ALL):
        qtbot.keyClick(matrix.in_use, Qt.Key.Key_F4)
        qtbot.waitUntil(lambda wanted=span: matrix.span is wanted)
        assert here(matrix) == ("staff", "b3")
        assert matrix.in_use.hasFocus()
    assert not any(matrix.table.isColumnHidden(column) for column in range(3))


def test_plus_and_minus_go_through_the_levels(qtbot, matrix):
    matrix.go_to("staff", "b1")
    pad(qtbot, matrix, "+")
    assert matrix.model.text(1, 0) == "0"
    pad(qtbot, matrix, "+E")
    assert matrix.model.shown(1, 0) == "6 良"
    pad(qtbot, matrix, "-")
    assert matrix.model.shown(2, 0) == "不合格"


def test_plus_is_no_mark_where_there_are_no_steps(qtbot, matrix):
    pad(qtbot, matrix, "+")
    assert matrix.model.marks() == {}
    assert "digits" in matrix.notice().text


def test_a_mark_that_needs_a_reason_is_seen_and_the_star_asks_for_it(qtbot, matrix):
    with qtbot.waitSignal(matrix.reason_asked, timeout=1000):
        pad(qtbot, matrix, "3*")
    assert matrix.model.state(0, 0) is CellState.UNEXPLAINED
    assert matrix.notice().tone is Tone.ATTENTION
    assert "1 without reason" not in matrix.matrix.sums()  # what is empty comes first
    matrix.set_marks({(f.id, b.id): "3" if f.id == "plan" else "0" for f in FACTORS for b in BIDS if not b.closed})
    assert "甲公司: 3 1 without reason" in matrix.matrix.sums()
    assert matrix.unexplained() == 2
    matrix.model.set_explained({("plan", "b1")})
    assert matrix.model.state(0, 0) is CellState.POSSIBLE
    assert matrix.unexplained() == 1
    matrix.model.set_explained(())
    assert matrix.unexplained() == 2


def test_the_slash_goes_to_the_next_cell_that_lacks_something(qtbot, matrix):
    matrix.set_marks({(f.id, b.id): "1" for f in FACTORS for b in BIDS if not b.closed} | {("plan", "b3"): "13"})
    matrix.model.set_explained(())
    matrix.go_to("seal", "b3")
    pad(qtbot, matrix, "/")
    assert here(matrix) == ("plan", "b3")
    matrix.set_marks({("plan", "b3"): "5"})
    pad(qtbot, matrix, "//")
    assert here(matrix) == ("seal", "b3")


def test_what_was_taken_back_can_be_done_again_until_something_else_is_typed(qtbot, matrix):
    redo = (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    pad(qtbot, matrix, "8E6E")
    for _ in range(2):
        qtbot.keyClick(matrix.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert matrix.model.marks() == {}
    for _ in range(3):
        qtbot.keyClick(matrix.table, *redo)
    assert matrix.model.marks() == {("plan", "b1"): "8", ("staff", "b1"): "6"}
    assert here(matrix) == ("staff", "b1")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pad(qtbot, matrix, "5")
    qtbot.keyClick(matrix.table, *redo)
    assert matrix.model.text(1, 0) == "5"
    matrix.set_read_only(True)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert matrix.model.text(1, 0) == "5"


def test_no_key_fills_more_than_one_cell(qtbot, matrix):
    QApplication.clipboard().setText("1\t2\t3\n4\t5\t6")
    pad(qtbot, matrix, "7E")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for modifier in (control, shift, control | shift, Qt.KeyboardModifier.AltModifier):
        for key in (*range(Qt.Key.Key_A, Qt.Key.Key_Z + 1), Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Insert):
            if (modifier, key) != (control, Qt.Key.Key_Z):
                qtbot.keyClick(matrix.table, Qt.Key(key), modifier)
    assert matrix.model.marks() == {("plan", "b1"): "7"}

"""The marking matrix under the keys of an expert: digits, Enter, arrows, undo, faults and gaps."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.models.digits import plain_number, typed_characters
from ui.models.marking import BidColumn, CellState, Factor, MarkingModel, MarkTyped
from ui.theme import Scale, Tone, apply, look
from ui.widgets.marking import CellVisited, MarkingMatrix

FACTORS = [
    Factor("plan", "施工方案与技术措施", "0–12", "方案完整的得 9–12 分。", "施工组织设计"),
    Factor("quality", "质量管理体系", "0–8"),
    Factor("staff", "项目经理资格与业绩", "0–10"),
]
MOST = {"plan": 12, "quality": 8, "staff": 10}
BIDS = [BidColumn("b1", "甲公司"), BidColumn("b2", "乙公司", "否决"), BidColumn("b3", "丙公司")]


def judge(factor_id: str, text: str) -> str | None:
    try:
        mark = Decimal(text)
    except InvalidOperation:
        return "要填一个数"
    return None if 0 <= mark <= MOST[factor_id] else f"只能打 0 到 {MOST[factor_id]} 分"


@pytest.fixture
def matrix(qtbot):
    widget = MarkingMatrix(FACTORS, BIDS, judge)
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.table.setFocus()
    return widget


@pytest.fixture
def typed(matrix):
    heard: list[MarkTyped] = []
    matrix.typed.connect(heard.append)
    return heard


def at(matrix: MarkingMatrix) -> tuple[str, str]:
    row, column = matrix.table.here()
    return matrix.model.factor(row).id, matrix.model.bid(column).id


def test_digits_go_down_the_bid_and_on_to_the_next_open_one(qtbot, matrix, typed):
    for text in ("8.5", "7", "10", "3"):
        qtbot.keyClicks(matrix.table, text)
        qtbot.keyClick(matrix.table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    # The rejected bid is passed over.
    assert matrix.model.marks() == {
        ("plan", "b1"): "8.5",
        ("quality", "b1"): "7",
        ("staff", "b1"): "10",
        ("plan", "b3"): "3",
    }
    assert at(matrix) == ("quality", "b3")


def test_every_key_is_told_as_it_is_typed(qtbot, matrix, typed):
    qtbot.keyClicks(matrix.table, "12.5")
    assert typed == [
        MarkTyped("plan", "b1", "1", True),
        MarkTyped("plan", "b1", "12", True),
        MarkTyped("plan", "b1", "12.", True),
        MarkTyped("plan", "b1", "12.5", False),
    ]


def test_return_moves_by_one(qtbot, matrix):
    qtbot.keyClick(matrix.table, Qt.Key.Key_Return)
    assert at(matrix) == ("quality", "b1")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert at(matrix) == ("plan", "b1")


def test_after_the_last_cell_comes_the_first_gap(qtbot, matrix):
    matrix.set_marks({("plan", "b1"): "1", ("staff", "b3"): "2"})
    matrix.go_to("staff", "b3")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Enter)
    assert at(matrix) == ("quality", "b1")


def test_enter_stays_at_the_end_when_all_is_there(qtbot, matrix):
    matrix.set_marks({(factor.id, bid.id): "1" for factor in FACTORS for bid in BIDS if not bid.closed})
    matrix.go_to("staff", "b3")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Enter)
    assert at(matrix) == ("staff", "b3")
    assert matrix.gaps() == 0
    assert matrix.notice().tone is Tone.OK


def test_arrows_move_in_both_directions(qtbot, matrix):
    qtbot.keyClick(matrix.table, Qt.Key.Key_Down)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Right)
    assert at(matrix) == ("quality", "b2")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Right)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Up)
    assert at(matrix) == ("plan", "b3")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Left)
    assert at(matrix) == ("plan", "b2")


def test_full_width_digits_and_the_chinese_full_stop_are_numbers(qtbot, matrix, typed):
    for committed in ("８", "。", "５"):
        event = QInputMethodEvent()
        event.setCommitString(committed)
        QApplication.sendEvent(matrix.table, event)
    assert typed[-1] == MarkTyped("plan", "b1", "8.5", True)


@pytest.mark.parametrize(
    ("text", "plain"), [("８．５", "8.5"), ("8。5", "8.5"), ("－3", "-3"), ("１０", "10"), ("8.5", "8.5")]
)
def test_numbers_are_read_as_they_are_keyed(text, plain):
    assert plain_number(text) == plain
    assert typed_characters(f" {text}分") == plain


def test_an_impossible_mark_is_said_and_does_not_hold_the_cursor(qtbot, matrix):
    qtbot.keyClicks(matrix.table, "13")
    assert matrix.notice().tone is Tone.ERROR
    assert matrix.notice().text == "只能打 0 到 12 分"
    assert matrix.model.state(0, 0) is CellState.IMPOSSIBLE
    qtbot.keyClick(matrix.table, Qt.Key.Key_Enter)
    assert at(matrix) == ("quality", "b1")
    # It stays in sight: what, where, and what is allowed.
    assert "施工方案与技术措施" in matrix.notice().text
    assert "甲公司" in matrix.notice().text
    assert "只能打 0 到 12 分" in matrix.notice().text
    assert matrix.faults() == 1


def test_coming_back_the_first_digit_replaces_and_the_next_one_appends(qtbot, matrix):
    qtbot.keyClicks(matrix.table, "13")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Down)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Up)
    qtbot.keyClicks(matrix.table, "11")
    assert matrix.model.text(0, 0) == "11"


def test_backspace_delete_and_escape(qtbot, matrix, typed):
    matrix.set_marks({("plan", "b1"): "8.5"})
    qtbot.keyClick(matrix.table, Qt.Key.Key_Backspace)
    assert matrix.model.text(0, 0) == "8."
    qtbot.keyClick(matrix.table, Qt.Key.Key_Escape)
    assert matrix.model.text(0, 0) == "8.5"
    qtbot.keyClick(matrix.table, Qt.Key.Key_Delete)
    assert matrix.model.text(0, 0) == ""
    assert typed[-1] == MarkTyped("plan", "b1", "", True)


def test_undo_takes_back_cell_by_cell(qtbot, matrix):
    for text in ("8", "7"):
        qtbot.keyClicks(matrix.table, text)
        qtbot.keyClick(matrix.table, Qt.Key.Key_Enter)
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(matrix.table, *undo)
    assert matrix.model.marks() == {("plan", "b1"): "8"}
    assert at(matrix) == ("quality", "b1")
    qtbot.keyClick(matrix.table, *undo)
    qtbot.keyClick(matrix.table, *undo)
    assert matrix.model.marks() == {}


def test_a_letter_is_not_taken_and_told(qtbot, matrix, typed):
    qtbot.keyClicks(matrix.table, "x")
    assert typed == []
    assert "digits" in matrix.notice().text


def test_a_held_key_does_not_fill_the_cell(qtbot, matrix):
    qtbot.keyClicks(matrix.table, "1" * 40)
    assert len(matrix.model.text(0, 0)) <= 8


class Window(QWidget):
    """A matrix with a line after it, and the keys that reach the window."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.matrix = MarkingMatrix(FACTORS, BIDS, judge)
        self.after = QLineEdit()
        lines = QVBoxLayout(self)
        lines.addWidget(self.matrix)
        lines.addWidget(self.after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def window(qtbot):
    widget = Window()
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.matrix.setFocus()
    return widget


def test_function_keys_are_left_to_the_window(qtbot, window):
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_Escape):
        qtbot.keyClick(window.matrix.table, key)
    assert window.keys == [Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_Escape]
    assert window.matrix.model.marks() == {}


def test_tab_leaves_the_matrix_in_the_order_of_reading(qtbot, window):
    qtbot.keyClick(window.matrix.table, Qt.Key.Key_Tab)
    assert window.after.hasFocus()


def test_a_rejected_bid_takes_no_mark(qtbot, matrix, typed):
    matrix.go_to("plan", "b2")
    qtbot.keyClicks(matrix.table, "5")
    assert typed == []
    assert matrix.model.state(0, 1) is CellState.CLOSED
    assert matrix.gaps() == 6


def test_subtotals_are_exact_and_say_what_is_missing(qtbot, matrix):
    matrix.set_marks({("plan", "b1"): "0.1", ("quality", "b1"): "0.2", ("plan", "b3"): "99"})
    assert matrix.model.subtotal(0) == "0.3"
    told = matrix.matrix.sums()
    assert "甲公司: 0.3 1 empty" in told
    assert "丙公司: — 1 impossible" in told
    assert "乙公司: — 否决" in told


def test_what_the_judge_lets_stand_may_be_no_number(qtbot):
    model = MarkingModel(FACTORS, BIDS, lambda _factor, _text: None)
    model.set_marks({("plan", "b1"): "优"})
    assert model.subtotal(0) == ""


def test_a_read_only_matrix_shows_and_takes_nothing(qtbot, matrix, typed):
    matrix.set_marks({("plan", "b1"): "8"})
    matrix.set_read_only(True)
    qtbot.keyClicks(matrix.table, "5")
    qtbot.keyClick(matrix.table, Qt.Key.Key_Delete)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert typed == []
    assert matrix.model.text(0, 0) == "8"
    assert matrix.notice() is None
    assert "empty" not in matrix.matrix.sums()


def test_loading_a_draft_emits_nothing(matrix, typed):
    matrix.set_marks({("plan", "b1"): "８。５"})
    assert typed == []
    assert matrix.model.text(0, 0) == "8.5"


def test_moving_is_told_with_factor_and_bid(qtbot, matrix):
    seen: list[CellVisited] = []
    matrix.visited.connect(seen.append)
    qtbot.keyClick(matrix.table, Qt.Key.Key_Down)
    assert seen == [CellVisited("quality", "b1")]


def test_screen_readers_hear_factor_bid_and_fault(matrix):
    matrix.set_marks({("plan", "b1"): "13"})
    cell = matrix.model.index(0, 0)
    assert matrix.model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "施工方案与技术措施, 甲公司: 13"
    assert matrix.model.data(cell, Qt.ItemDataRole.AccessibleDescriptionRole) == "只能打 0 到 12 分"
    assert "empty" in str(matrix.model.data(matrix.model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.parametrize("scale", Scale)
def test_headers_are_never_clipped(qapp, qtbot, scale):
    apply(qapp, scale)
    long = [Factor("a", "技术负责人资格与业绩（须附社保缴纳证明、聘用合同与职称证书原件扫描件）", "0–6 分"), *FACTORS]
    bids = [BidColumn("x", "中国建筑第八工程局有限公司与甘肃华锐建设有限公司联合体"), *BIDS]
    matrix = MarkingMatrix(long, bids, judge)
    qtbot.addWidget(matrix)
    matrix.resize(round(900 * scale.value), round(600 * scale.value))
    matrix.show()
    table = matrix.table
    for row in range(matrix.model.rowCount()):
        assert table.rows.sectionSize(row) >= table.rows.needed_height(row, table.rows.width())
        assert table.rows.sectionSize(row) >= look().px(50)
    for column in range(matrix.model.columnCount()):
        assert table.columns.height() >= table.columns.needed_height(column, table.columns.sectionSize(column))
    assert table.columns.texts(0)[0].endswith("…")


def test_columns_share_the_width_without_a_bar(qtbot, matrix):
    table = matrix.table
    assert table.columns.length() <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0


def test_the_current_cell_stays_in_sight_when_the_window_narrows(qtbot, matrix):
    matrix.table.go(0, matrix.model.columnCount() - 1)
    matrix.resize(420, 600)
    qtbot.waitUntil(lambda: matrix.table.horizontalScrollBar().maximum() > 0)
    seen = matrix.table.visualRect(matrix.table.currentIndex())
    assert matrix.table.viewport().rect().contains(seen.center())


def test_the_cells_are_painted_by_their_state(qtbot, matrix):
    def ground(row: int, column: int) -> str:
        box = table.visualRect(matrix.model.index(row, column))
        corner = box.topLeft() + QPoint(8, 8)
        return table.viewport().grab().toImage().pixelColor(corner).name().upper()

    table = matrix.table
    matrix.set_marks({("plan", "b1"): "13", ("quality", "b1"): "5"})
    matrix.go_to("staff", "b3")
    assert ground(0, 0) == "#FDE9E7"
    assert ground(1, 0) == "#FFFFFF"
    assert ground(2, 0) == "#FFF3DA"
    matrix.set_read_only(True)
    assert ground(2, 0) != "#FFF3DA"


def test_a_click_chooses_the_cell(qtbot, matrix):
    box = matrix.table.visualRect(matrix.model.index(2, 2))
    qtbot.mouseClick(matrix.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.keyClicks(matrix.table, "9")
    assert matrix.model.text(2, 2) == "9"

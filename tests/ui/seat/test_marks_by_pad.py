"""A sheet filled on the number pad alone: how many keys it takes, every kind, reasons, and the seal without a mouse."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from evaluation_case import tender_json
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.seat.names import Name
from ui.theme import Scale, apply

BIDS, FACTORS = 3, 16
KINDS: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"kind": "subjective", "min": "0", "max": "4"}, "3.5", "3.5"),
    ({"kind": "deduction", "min": "0", "max": "3"}, "1", "1"),
    ({"kind": "objective", "min": "0", "max": "4", "form": {"each": {"points": "2", "name": "业绩"}}}, "3", "4"),
    ({"kind": "pass_fail", "min": None, "max": None}, "1", "pass"),
)
"""What a factor is, what is typed, what is sealed."""


def tender() -> dict[str, Any]:
    made = copy.deepcopy(tender_json("ZC"))
    made["lots"][0]["factors"] = [
        {"id": f"F{k:02}", "group": "technical", "name": f"第{k}项", "rule": "按响应程度评分。"}
        | KINDS[k % len(KINDS)][0]
        for k in range(FACTORS)
    ]
    return made


@pytest.fixture
def marking(make_seat):
    seat = make_seat(tender=tender())
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    seat.window.page.marks.setFocus()
    return seat


def press(key: str) -> None:
    """One key into whatever has the focus; E is Enter."""
    target = QApplication.focusWidget()
    assert target is not None
    if key == "E":
        QTest.keyClick(target, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    else:
        QTest.keyClick(target, key, Qt.KeyboardModifier.KeypadModifier)


def test_one_key_beyond_the_digits_for_each_mark(marking):
    digits = pressed = 0
    for _ in range(BIDS):
        for k in range(FACTORS):
            for key in (*KINDS[k % len(KINDS)][1], "E"):
                press(key)
                pressed += 1
                digits += key != "E"
    page = marking.window.page
    assert page.gaps() == ()
    assert pressed - digits == BIDS * FACTORS
    sealed = page.sheet()["marks"]
    assert {tuple(row.values()) for row in sealed.values()} == {
        tuple(KINDS[k % len(KINDS)][2] for k in range(FACTORS)),
    }
    assert len(sealed) == BIDS


def test_the_last_look_names_a_missing_reason_and_the_seal_waits_for_it(make_seat):
    made = tender()
    made["lots"][0]["factors"] = [made["lots"][0]["factors"][0] | {"form": {"explain": {"below": "2"}}}]
    seat = make_seat(tender=made)
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    page = seat.window.page
    page.marks.setFocus()
    for key in "1E3E3E":
        press(key)
    (gap,) = page.gaps()
    assert "reason" in gap.text
    page.go_to(gap.row, gap.bid)
    page.marks.setFocus()
    press("*")
    assert QApplication.focusWidget().objectName() == Name.MARKS_NOTE
    QTest.keyClicks(QApplication.focusWidget(), "No plan at all.")
    press("E")
    assert page.gaps() == ()
    assert page.sheet()["reasons"] == {gap.bid: {gap.row: "No plan at all."}}
    assert page.marks.table.hasFocus()


def test_a_sheet_is_sealed_by_keys_alone(marking):
    for _ in range(BIDS):
        for k in range(FACTORS):
            for key in (*KINDS[k % len(KINDS)][1], "E"):
                press(key)
    for _ in range(12):
        if QApplication.focusWidget().objectName() == Name.MARKS_CHECK:
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == Name.MARKS_CHECK
    press("E")
    assert QApplication.focusWidget().objectName() == Name.MARKS_SEAL
    press("E")
    (sheet,) = marking.bridge.link.sealed
    assert len(sheet.sheet["marks"]) == BIDS


@pytest.mark.parametrize("scale", [Scale.NORMAL, Scale.LARGE])
def test_the_page_fits_a_screen_of_1366x768(marking, qapp, scale):
    apply(qapp, scale)
    marking.window.resize(1366, 768)
    for _ in range(5):
        qapp.processEvents()
    assert (marking.window.width(), marking.window.height()) == (1366, 768)
    assert marking.window.minimumSizeHint().height() <= 768

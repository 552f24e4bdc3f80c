"""A text to be read to its end: the button opens there, and not before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.reading import ReadingPane, ReadThrough

LONG = "\n".join(f"第 {n} 条 评标委员会成员应当客观、公正地履行职责。" for n in range(1, 200))


@pytest.fixture
def pane(qtbot):
    widget = ReadingPane("discipline", LONG, "Go on")
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    return widget


def test_the_button_is_closed_and_says_why(pane):
    button = pane.button().button
    assert not pane.at_end()
    assert not button.isEnabled()
    assert "end first" in button.accessibleDescription()


def test_the_space_bar_turns_pages_to_the_end(qtbot, pane):
    heard: list[ReadThrough] = []
    pane.read.connect(heard.append)
    presses = 0
    while not pane.at_end():
        qtbot.keyClick(pane.text(), Qt.Key.Key_Space)
        presses += 1
        assert presses < 100
    assert presses > 5
    assert pane.button().button.isEnabled()
    assert heard == []
    pane.button().button.setFocus()
    qtbot.keyClick(pane.button().button, Qt.Key.Key_Return)
    assert heard == [ReadThrough("discipline")]


def test_having_been_at_the_end_is_enough(qtbot, pane):
    qtbot.keyClick(pane.text(), Qt.Key.Key_End)
    qtbot.keyClick(pane.text(), Qt.Key.Key_Home)
    assert pane.at_end()
    assert pane.button().button.isEnabled()


def test_one_line_short_of_the_end_is_not_the_end(pane):
    bar = pane.text().verticalScrollBar()
    bar.setValue(bar.maximum() - 30)
    assert not pane.at_end()


def test_tab_leaves_the_text(qtbot, pane):
    qtbot.keyClick(pane.text(), Qt.Key.Key_End)
    qtbot.keyClick(pane.text(), Qt.Key.Key_Tab)
    assert pane.button().button.hasFocus()


def test_what_fits_is_read_when_it_is_shown(qtbot):
    pane = ReadingPane("short", "一句话。", "Go on")
    qtbot.addWidget(pane)
    assert not pane.at_end()
    pane.resize(800, 500)
    pane.show()
    qtbot.waitUntil(pane.at_end)
    assert pane.button().button.isEnabled()


def test_markup_in_a_text_is_only_text(qtbot):
    pane = ReadingPane("x", "<b>甲</b>&amp;", "Go on")
    qtbot.addWidget(pane)
    assert pane.text().toPlainText() == "<b>甲</b>&amp;"

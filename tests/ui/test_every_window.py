"""Every window serves everybody, in both languages and with the largest type on the smallest screen: nothing that is
to be read is cut off, every control has a name, a role and its turn, and no colour stands alone.

`python tests/ui/every_window.py` walks all pages at all sizes; here are those that are hardest to fit.
"""

from __future__ import annotations

import pytest
from cut_text import cuts
from every_window import EVERY, faults, opened, sizes
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from told import by_colour_alone, out_of_order, untold

from ui.theme import Language, Tone
from ui.widgets.boxes import Column, Folding, Row, Scroll
from ui.widgets.notice import StatusPill

HARDEST = (
    ("seat/zc:marks", Language.ZH),
    ("seat/zc:give_pledge", Language.EN),
    ("console/room-gathering", Language.EN),
    ("kiosk/seat", Language.EN),
)


@pytest.mark.parametrize(("name", "language"), HARDEST)
def test_the_hardest_pages_serve_everybody(qapp, name, language):
    size, scale = sizes(name)[0]
    with opened(name, language, size, scale) as window:
        assert faults(window, size) == []


class _Painter(QWidget):
    """Paints a sentence into a box that is too narrow, and one shortened."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(QRect(0, 0, 40, 20), 0, "a sentence that is longer than forty px")
        painter.fontMetrics().elidedText("a name that is shortened", Qt.TextElideMode.ElideRight, 30)


def test_what_is_cut_is_found(qtbot):
    painted, label, button = _Painter(), QLabel("a label without room"), QPushButton("a caption without room")
    painted.setFixedSize(60, 20)
    label.setFixedWidth(20)
    button.setFixedWidth(20)
    wide = QLabel("beside the window")
    wide.setMinimumWidth(400)
    holder = Column(painted, label, button, Scroll(Column(wide)))
    qtbot.addWidget(holder)
    holder.setFixedSize(200, 200)
    holder.show()
    found = {(cut.how, cut.text) for cut in cuts(holder)}
    assert ("clipped", "a sentence that is longer than forty px") in found
    assert ("elided", "a name that is shortened") in found
    assert ("clipped", "a label without room") in found
    assert ("clipped", "a caption without room") in found
    assert ("outside", "beside the window") in found


def test_a_window_that_wants_more_than_the_screen_is_found(qtbot):
    window = QWidget()
    window.setMinimumSize(300, 100)
    qtbot.addWidget(window)
    window.resize(200, 50)
    window.show()
    assert faults(window, QSize(200, 50))[0] == "wants 300x100"


def test_a_folding_row_stands_as_a_column_where_it_is_narrow(qtbot):
    one, other = QPushButton("one"), QPushButton("other")
    one.setMinimumWidth(200)
    other.setMinimumWidth(200)
    row = Folding(one, Row(other))
    window = Column(row)
    qtbot.addWidget(window)
    window.resize(500, 200)
    window.show()
    assert one.x() < other.parentWidget().x()
    window.resize(300, 200)
    qtbot.waitUntil(lambda: other.parentWidget().y() > one.y() and other.parentWidget().x() == one.x())
    assert row.minimumSizeHint().width() == 200


class _Nameless(QWidget):
    """A control that paints itself and tells nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def test_what_a_screen_reader_is_not_told_is_found(qtbot):
    window = Column(_Nameless(), StatusPill("", Tone.ERROR))
    qtbot.addWidget(window)
    window.show()
    assert list(untold(window)) == ["_Nameless() has no name", "_Nameless() has no role but Client"]
    assert list(by_colour_alone(window)) == ["pill  has no word"]


def test_tab_against_the_way_of_reading_is_found(qtbot):
    one, two, three = (QPushButton(name) for name in ("one", "two", "three"))
    for button in (one, two, three):
        button.setObjectName(button.text())
    window = Row(one, two, three)
    qtbot.addWidget(window)
    window.show()
    assert list(out_of_order(window)) == []
    QWidget.setTabOrder(one, three)
    assert list(out_of_order(window)) == ["two after three"]


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_pages_of_every_window_serve_everybody(qapp, language):
    """One page in nine for each language, at the largest type that it can have, so that the walk keeps its time."""
    told = []
    for name in EVERY[list(Language).index(language) * 4 :: 9]:
        size, scale = sizes(name)[0]
        with opened(name, language, size, scale) as window:
            told += [f"{name} {fault}" for fault in faults(window, size)]
    assert told == []

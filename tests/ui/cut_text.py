"""Measures text that does not get the room it needs: what is elided, clipped, or pushed out of its window.

Painted text is measured where it is painted: while a window is grabbed, every `drawText` with a box is compared with
the box, and every `elidedText` with the text that it was given. What Qt paints itself (labels, buttons, fields) is
compared with what it asks for. A column that scrolls up and down may be longer than the screen; nothing scrolls
sideways but tables, whose cells are measured by what is painted in them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from ui.widgets.boxes import Column
from ui.widgets.header import HeaderBar
from ui.widgets.text import ElidedText

# Glyphs may stand over the advance that the metrics tell by a px at each side.
SLACK = 2
# The bundled face leaves a fifth of its size empty above and below what it paints; without that no ink is lost.
AIR = 0.2


@dataclass(frozen=True)
class Cut:
    """A text that lacks room: whose it is, what befell it (`elided`, `clipped`, `outside`, `covered`), by how much."""

    owner: str
    how: str
    text: str
    lacks: str = ""

    def __str__(self) -> str:
        return f"{self.how} {self.owner} {self.text[:60]!r} {self.lacks}".rstrip()


def cuts(window: QWidget) -> list[Cut]:
    """Everything in `window`, as it stands on the screen now, that lacks room."""
    with _painting() as painted:
        window.grab()
    found = [*painted, *(cut for widget in _shown(window) for cut in _of(widget)), *_covered(window)]
    return list(dict.fromkeys(found))


def _shown(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def _named(thing: QObject | None) -> str:
    if thing is None:
        return "?"
    above, name = thing.parent(), thing.objectName()
    while not name and above is not None:
        name, above = above.objectName(), above.parent()
    return f"{type(thing).__name__}({name})"


# --- what is painted


@contextmanager
def _painting() -> Iterator[list[Cut]]:
    found: list[Cut] = []
    draw, elide = QPainter.drawText, QFontMetrics.elidedText

    def drawing(painter: QPainter, *given: Any) -> Any:
        found.extend(_painted(painter, given))
        return draw(painter, *given)

    def eliding(metrics: QFontMetrics, text: str, *given: Any) -> str:
        short = elide(metrics, text, *given)
        if short != text and not _foreign(_painter()):
            found.append(Cut(_named(_painter()), "elided", text))
        return short

    QPainter.drawText, QFontMetrics.elidedText = drawing, eliding
    try:
        yield found
    finally:
        QPainter.drawText, QFontMetrics.elidedText = draw, elide


def _foreign(owner: QObject | None) -> bool:
    """Whether this is the name of a project or its number in the header of a window.

    They come from outside and have no bound; the header shows their beginning, the tip and a screen reader the whole.
    """
    return (
        isinstance(owner, ElidedText)
        and isinstance(owner.parent(), Column)
        and isinstance(owner.parent().parent(), HeaderBar)
    )


def _painter() -> QObject | None:
    """Who paints: the widget (or the delegate) whose method is running."""
    frame = sys._getframe(1)
    while frame is not None:
        owner = frame.f_locals.get("self")
        if isinstance(owner, QObject):
            return owner
        frame = frame.f_back
    return None


def _painted(painter: QPainter, given: tuple[Any, ...]) -> list[Cut]:
    owner = _painter()
    if isinstance(given[0], QRect | QRectF) and len(given) >= 3 and isinstance(given[2], str):
        box, flags, text = QRectF(given[0]), int(given[1]), given[2]
        if flags & int(Qt.TextFlag.TextDontClip) or not text:
            return []
        needs = QRectF(painter.fontMetrics().boundingRect(QRect(0, 0, int(box.width()), 100_000), flags, text))
        wide, high = needs.width() - box.width(), needs.height() - box.height()
        cut = wide > SLACK or high > _air(painter.fontMetrics())
        return [Cut(_named(owner), "clipped", text, f"{wide:.0f}x{high:.0f}")] if cut else []
    if isinstance(given[0], int) and isinstance(owner, QWidget) and painter.worldTransform().isIdentity():
        over = given[0] + painter.fontMetrics().horizontalAdvance(given[2]) - owner.width()
        under = given[1] - owner.height()
        return [Cut(_named(owner), "clipped", given[2], f"{over}x{under}")] if max(over, under) > SLACK else []
    return []


def _air(metrics: QFontMetrics) -> float:
    """How many px of height a text may lack before ink is lost."""
    return SLACK + AIR * metrics.ascent()


# --- what Qt paints


def _of(widget: QWidget) -> list[Cut]:
    name = _named(widget)
    told = [Cut(name, "clipped", text, f"{lacks}") for text, lacks in _lacking(widget) if lacks > SLACK]
    if _text(widget) and (out := _outside(widget)):
        told.append(Cut(name, "outside", _text(widget), out))
    return told


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText() or "-"
    return widget.accessibleName() if not widget.findChildren(QWidget) else ""


def _lacking(widget: QWidget) -> list[tuple[str, int]]:
    """Texts of a widget, and how many px each has too few."""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            metrics = widget.fontMetrics()
            room = widget.contentsRect()
            needs = metrics.boundingRect(
                QRect(0, 0, room.width(), 100_000), int(Qt.TextFlag.TextWordWrap), widget.text()
            )
            high = needs.height() - room.height() - int(_air(metrics))
            return [(widget.text(), max(high, needs.width() - room.width()))]
        needed = widget.sizeHint()
        high = needed.height() - widget.height() - int(_air(widget.fontMetrics()))
        return [(widget.text(), max(needed.width() - widget.width(), high))]
    if isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.sizeHint()
        if isinstance(widget, QRadioButton | QCheckBox):
            return [(widget.text(), needed.width() - widget.width())]
        return [(widget.text(), max(needed.width() - widget.width(), needed.height() - widget.height()))]
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        # 10 px of padding each, and Qt's own margin of 2.
        return [(widget.placeholderText(), needed + 20 + 4 - widget.width())]
    if type(widget) is QComboBox:  # those of the seat paint themselves
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return [(widget.currentText(), needed + 40 - widget.width())]
    return []


def _outside(widget: QWidget) -> str:
    """By how much `widget` is cut by what holds it; empty where it is whole, or can be scrolled to."""
    box, above = QRect(QPoint(0, 0), widget.size()), widget
    while (parent := above.parentWidget()) is not None and not above.isWindow():
        box.translate(above.pos())
        area = parent.parentWidget()
        scrolls = isinstance(area, QAbstractScrollArea) and area.viewport() is parent
        if scrolls and isinstance(area, QAbstractItemView | QHeaderView):
            return ""
        room = parent.rect()
        left, right = -box.left(), box.right() - room.right()
        over, under = -box.top(), box.bottom() - room.bottom()
        if scrolls and isinstance(area, QScrollArea):
            over = under = 0
            if area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                left = right = 0
            if max(left, right) <= SLACK:
                box = QRect(QPoint(0, 0), room.size())
        if max(left, right, over, under) > SLACK:
            return f"{max(left, right)}x{max(over, under)} of {_named(parent)}"
        above = parent
    return ""


def _covered(window: QWidget) -> list[Cut]:
    """Children of one layout that lie over each other: it had less room than they need."""
    found = []
    for holder in [window, *_shown(window)]:
        layout = holder.layout()
        if layout is None or layout.count() < 2:
            continue
        inside = [item.widget() for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
        laid = [w for w in inside if w is not None and w.isVisible()]
        for at, one in enumerate(laid):
            for other in laid[at + 1 :]:
                common = one.geometry() & other.geometry()
                if min(common.width(), common.height()) > SLACK:
                    what = f"{common.width()}x{common.height()} by {_named(other)}"
                    found.append(Cut(_named(one), "covered", _text(one), what))
    return found

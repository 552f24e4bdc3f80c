"""What a screen reader is told of a window, and in which order the Tab key goes through it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.theme import Colour
from ui.widgets.incident_card import IncidentCard
from ui.widgets.matrix import MatrixTable
from ui.widgets.notice import NoticeLine, StatusPill
from ui.widgets.seat_tile import SeatTile

# A widget without a role of its own is a `Client` to a screen reader: nothing to press, nothing to fill in.
_NO_CONTROL = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}
# Qt itself tells a region that scrolls as a `Client`; the bar of a recording paints a time that its name says.
_PAINTED = ("console.replay.bar",)
_LOUD = {Colour.ATTENTION_GROUND, Colour.ERROR_GROUND}


def controls(window: QWidget) -> list[QWidget]:
    """What the Tab key stops at, in its order, from the first one of the window on."""
    found: list[QWidget] = []
    at = window.nextInFocusChain()
    while at is not None and at is not window:
        tabbed = at.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if tabbed and at.isVisible() and at.isEnabled() and at.focusProxy() is None:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def untold(window: QWidget) -> Iterator[str]:
    """Controls that a screen reader could not name or would not know how to use."""
    for control in controls(window):
        seen = QAccessible.queryAccessibleInterface(control)
        what = f"{type(control).__name__}({control.objectName()})"
        if not seen.text(QAccessible.Text.Name).strip():
            yield f"{what} has no name"
        region = isinstance(control, QAbstractScrollArea) or control.objectName() in _PAINTED
        if seen.role() in _NO_CONTROL and not region:
            yield f"{what} has no role but {seen.role().name}"
        if not seen.state().focusable:
            yield f"{what} is not told to take the focus"


def out_of_order(window: QWidget) -> Iterator[str]:
    """Neighbours in one box that Tab goes through against the way of reading: down, and along each line."""
    last: dict[QWidget, tuple[QWidget, QPoint]] = {}
    for control in controls(window):
        holder = control.parentWidget()
        if holder is None or isinstance(holder.parentWidget(), QAbstractScrollArea):
            continue
        here = control.geometry().center()
        if holder in last:
            before, there = last[holder]
            line = min(before.height(), control.height()) // 2
            above = here.y() < there.y() - line
            left = abs(here.y() - there.y()) <= line and here.x() < there.x()
            if above or left:
                yield f"{control.objectName() or control.accessibleName()} after {before.objectName()}"
        last[holder] = control, here


def by_colour_alone(window: QWidget) -> Iterator[str]:
    """States that have a colour but neither a word nor, beside it, a symbol."""
    for pill in window.findChildren(StatusPill):
        if pill.isVisible() and not pill.word().strip():
            yield f"pill {pill.objectName()} has no word"
    for line in window.findChildren(NoticeLine):
        notice = line.notice()
        if line.isVisible() and notice is not None and line.accessibleName() in {notice.text, f": {notice.text}"}:
            yield f"notice {notice.text!r} has no word"
    for tile in window.findChildren(SeatTile):
        if tile.isVisible() and not tile.sight().word.strip():
            yield f"seat {tile.sight().number} has no word"
    for card in window.findChildren(IncidentCard):
        if card.isVisible() and not card.incident().word.strip():
            yield f"incident {card.incident().title!r} has no word"
    for table in window.findChildren(MatrixTable):
        if table.isVisible():
            yield from _coloured_cells(table)


def _coloured_cells(table: MatrixTable) -> Iterator[str]:
    model = table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            look = table._cell_look(row, column)
            # An empty cell tells that it is empty by a dash, or by being empty.
            if look.ground in _LOUD and look.text.strip(" —") and look.symbol is None:
                yield f"cell {row},{column} {look.text!r} has no symbol"

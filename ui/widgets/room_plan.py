"""The room as it is: seats in their real places, the door and other landmarks where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Role, Space, look
from ui.widgets.painted import Painted
from ui.widgets.seat_tile import ARROWS, SeatChosen, SeatSight, SeatTile
from ui.widgets.text import Text

# A column or row of the grid in which nothing stands is an aisle: this part of a seat's length.
AISLE = 0.22


@dataclass(frozen=True)
class Place:
    """Where a seat stands: column and row of the room's grid, counted from the upper left corner."""

    number: str
    x: int
    y: int


@dataclass(frozen=True)
class Landmark:
    """A word in the plan (door, window, screen), taking one field of the grid."""

    text: str
    x: int
    y: int


class RoomPlan(Painted):
    """Tiles in the places of a plan; arrows walk from seat to seat, Return or click chooses one."""

    chosen = Signal(object)

    def __init__(
        self, places: Sequence[Place], landmarks: Sequence[Landmark] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._places = {place.number: place for place in places}
        self._tiles: dict[str, SeatTile] = {}
        self._signs = [(mark, Text(mark.text, Role.BODY, soft=True, parent=self)) for mark in landmarks]
        for _mark, sign in self._signs:
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before: QWidget | None = None
        for place in sorted(places, key=lambda place: (place.y, place.x)):
            tile = SeatTile(SeatSight(place.number, ""), self)
            tile.chosen.connect(self._choose)
            self._tiles[place.number] = tile
            if before is not None:
                QWidget.setTabOrder(before, tile)
            before = tile
        self.setAccessibleName(self.tr("Seats of the room"))

    def set_sights(self, sights: Mapping[str, SeatSight]) -> None:
        """Show what is going on at these seats; seats not named stay as they are."""
        for number, sight in sights.items():
            if (tile := self._tiles.get(number)) is not None and tile.sight() != sight:
                tile.show_sight(sight)

    def tile(self, number: str) -> SeatTile:
        """The tile of a seat; KeyError where the plan has none of that number."""
        return self._tiles[number]

    def restyle(self) -> None:
        """Lay out again: smallest sizes have changed."""
        self._place_all()

    def _columns(self) -> tuple[list[int], list[int]]:
        """The columns and rows of the grid in which something stands."""
        things: list[Place | Landmark] = [*self._places.values()]
        things += [mark for mark, _sign in self._signs]
        return sorted({thing.x for thing in things}), sorted({thing.y for thing in things})

    def minimumSizeHint(self) -> QSize:
        """Every tile at its smallest."""
        xs, ys = self._columns()
        tile = next(iter(self._tiles.values()), None)
        one = tile.minimumSizeHint() if tile is not None else QSize()
        gap = look().px(Space.GAP)
        return QSize(_needed(xs, one.width(), gap), _needed(ys, one.height(), gap))

    def sizeHint(self) -> QSize:
        """Every tile in comfort."""
        xs, ys = self._columns()
        tile = next(iter(self._tiles.values()), None)
        one = tile.sizeHint() if tile is not None else QSize()
        gap = look().px(Space.GAP)
        return QSize(_needed(xs, one.width(), gap), _needed(ys, one.height(), gap))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the room over the place there is."""
        self._place_all()

    def _place_all(self) -> None:
        xs, ys = self._columns()
        gap = look().px(Space.GAP)
        # A plan with two seats shall not show them as large as doors.
        across = _spans(xs, self.width(), gap, look().px(380))
        down = _spans(ys, self.height(), gap, look().px(200))
        for number, place in self._places.items():
            (left, width), (top, height) = across[place.x], down[place.y]
            self._tiles[number].setGeometry(QRect(left, top, width, height))
        for mark, sign in self._signs:
            (left, width), (top, height) = across[mark.x], down[mark.y]
            sign.setGeometry(QRect(left, top, width, height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to the nearest seat in the direction of the arrow."""
        here = next((number for number, tile in self._tiles.items() if tile.hasFocus()), None)
        if event.key() not in ARROWS or here is None:
            super().keyPressEvent(event)
            return
        there = self._neighbour(self._places[here], Qt.Key(event.key()))
        if there is not None:
            self._tiles[there.number].setFocus(Qt.FocusReason.TabFocusReason)

    def _neighbour(self, here: Place, key: Qt.Key) -> Place | None:
        step_x = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        step_y = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)

        def ahead(place: Place) -> int:
            return (place.x - here.x) * step_x + (place.y - here.y) * step_y

        def aside(place: Place) -> int:
            return abs((place.x - here.x) * step_y) + abs((place.y - here.y) * step_x)

        # One step aside weighs as much as two ahead: the eye follows the row.
        before = [place for place in self._places.values() if ahead(place) > 0]
        return min(before, key=lambda place: ahead(place) + 2 * aside(place), default=None)

    def _choose(self, choice: SeatChosen) -> None:
        self.chosen.emit(choice)


def _aisles(used: Sequence[int]) -> int:
    """How many empty columns lie between the used ones."""
    return used[-1] - used[0] + 1 - len(used) if used else 0


def _needed(used: Sequence[int], one: int, gap: int) -> int:
    return round(len(used) * one + _aisles(used) * one * AISLE + max(0, len(used) - 1) * gap)


def _spans(used: Sequence[int], length: int, gap: int, most: int) -> dict[int, tuple[int, int]]:
    """Start and length in px of every used column within `length`, aisles between them, all set in the middle."""
    if not used:
        return {}
    free = length - (len(used) - 1) * gap
    one = min(free / (len(used) + AISLE * _aisles(used)), most)
    at = max(0.0, (length - _needed(used, round(one), gap)) / 2)
    spans: dict[int, tuple[int, int]] = {}
    for index, column in enumerate(used):
        if index:
            at += gap + (column - used[index - 1] - 1) * one * AISLE
        spans[column] = (round(at), int(one))
        at += one
    return spans

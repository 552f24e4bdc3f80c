"""The pictures of one page of the gallery in rows and columns of one size; arrows walk from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isqrt

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.console.gallery_order import Shown
from ui.console.gallery_tile import PictureTile
from ui.theme import Space, look
from ui.widgets.painted import Painted
from ui.widgets.seat_tile import ARROWS


class GalleryGrid(Painted):
    """`chosen` carries a Shown. A tile keeps whose picture it shows as long as that one is on the page."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: tuple[PictureTile, ...] = ()
        self._columns = 2
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_all(self, shown: Sequence[Shown], size: int) -> None:
        """These, on a page of `size`."""
        self._columns = isqrt(size)
        known = {tile.shown.key: tile for tile in self.tiles}
        tiles = []
        for one in shown:
            tile = known.pop(one.key, None)
            if tile is None:
                tile = PictureTile(one, parent=self)
                tile.chosen.connect(self.chosen)
                tile.show()
            tile.show_seat(one)
            tiles.append(tile)
        for tile in known.values():
            tile.hide()
            tile.deleteLater()
        if tuple(tiles) != self.tiles:
            self.tiles = tuple(tiles)
            for before, behind in pairwise(tiles):
                QWidget.setTabOrder(before, behind)
        self._lay_out()

    def take_focus(self, shown: Shown | None = None) -> None:
        """To this picture, else to the first."""
        same = (tile for tile in self.tiles if shown is not None and tile.shown.key == shown.key)
        tile = next(same, next(iter(self.tiles), None))
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """In comfort."""
        return QSize(look().px(840), look().px(520))

    def minimumSizeHint(self) -> QSize:
        """The pictures give way to the window."""
        return QSize(look().px(320), look().px(200))

    def restyle(self) -> None:
        """Distances grow with the type."""
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk; where there is nothing further the focus stays."""
        here = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if event.key() not in ARROWS or here is None:
            super().keyPressEvent(event)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns}
        there = here + step.get(Qt.Key(event.key()), self._columns)
        if 0 <= there < len(self.tiles):
            self.tiles[there].setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        gap, count = look().px(Space.SMALL), self._columns
        rows = max(1, -(-len(self.tiles) // count))
        wide = (self.width() - gap * (count - 1)) / count
        high = (self.height() - gap * (rows - 1)) / rows
        for number, tile in enumerate(self.tiles):
            row, column = divmod(number, count)
            left, top = round(column * (wide + gap)), round(row * (high + gap))
            tile.setGeometry(QRect(left, top, round(wide), round(high)))

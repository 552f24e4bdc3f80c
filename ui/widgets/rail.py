"""The rail of stages: where one is, what is behind and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, look
from ui.widgets.painted import Painted
from ui.widgets.symbols import Symbol, paint_symbol

# Windows lower than this (px at scale 1.0) have no place for two lines: 1080 px with the largest type.
LOW = 740
NEARLY_LOW = 860


class StageState(Enum):
    """Where a stage stands on the way."""

    DONE = auto()
    CURRENT = auto()
    COMING = auto()


@dataclass(frozen=True)
class Stage:
    """One stop of the rail; `name` is what the rule set of this track calls it."""

    name: str
    state: StageState


class StageRail(Painted):
    """Stages from left to right: a tick where done, a filled number now, an open number to come."""

    def __init__(self, stages: Sequence[Stage] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_stages(stages)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show these stages."""
        self._stages = tuple(stages)
        self.setAccessibleName(self._told())
        self.updateGeometry()
        self.update()

    def _told(self) -> str:
        """The rail in one sentence, for a screen reader."""
        for number, stage in enumerate(self._stages, 1):
            if stage.state is StageState.CURRENT:
                said = self.tr("Stage {number} of {count}: {name}")
                return said.format(number=number, count=len(self._stages), name=stage.name)
        return self.tr("Stages")

    def sizeHint(self) -> QSize:
        """As high as the highest name, wrapped to the width there is."""
        return QSize(look().px(110) * max(1, len(self._stages)), self._height(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """The present stage with its name and how many there are: to that the rail folds where it is narrow."""
        return QSize(self._folded_width(), self._height(max(1, self.width())))

    def _folded_width(self) -> int:
        count = QFontMetrics(look().font(Role.BODY)).horizontalAdvance(self._count())
        return self._disc() + self._widest_name() + count + look().px(3 * Space.SMALL)

    def _widest_name(self) -> int:
        """Of the present stage: moving on changes it, but never while something is being pressed."""
        metrics = QFontMetrics(look().font(Role.BODY_STRONG))
        present = (stage for stage in self._stages if stage.state is StageState.CURRENT)
        return max((metrics.horizontalAdvance(stage.name) + look().px(Space.SMALL) for stage in present), default=0)

    def _count(self) -> str:
        """How many stages there are, said after the present one."""
        return self.tr("of {count}").format(count=len(self._stages)) if self._stages else ""

    def _folds(self) -> bool:
        """Whether the stops stand so close that nothing could be told apart."""
        stops = len(self._stages) * look().px(40)
        return bool(self._stages) and self.width() < stops + (self._widest_name() if self._low() else 0)

    def resizeEvent(self, event: object) -> None:
        """Another width may wrap the names otherwise."""
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known how high the window is."""
        super().showEvent(event)
        self.updateGeometry()

    def _disc(self) -> int:
        return look().px(32)

    def _low(self) -> bool:
        """Whether the window is so low that only the current stage gets its name, beside its number."""
        height, px = self.window().height(), look().px
        if height < px(LOW):
            return True
        # Names of two lines cost a row of the work below: in a window that is nearly low they are not worth it.
        each = max(1, self.width()) // max(1, len(self._stages))
        one = QFontMetrics(look().font(Role.BODY_STRONG)).lineSpacing()
        return height < px(NEARLY_LOW) and self.width() > 1 and self._name_height(each) > one * 1.5

    def _name_height(self, width: int) -> int:
        lines = (_lines(stage, width) for stage in self._stages)
        return max(lines, default=0)

    def _height(self, width: int) -> int:
        if self._low() or self._folds():
            return 2 * look().px(Space.SMALL) + self._disc()
        each = width // max(1, len(self._stages))
        return 2 * look().px(Space.SMALL) + self._disc() + look().px(Space.HAIR) + self._name_height(each)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line, stops and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(Colour.SURFACE.value))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(Colour.LINE.value))
        if not self._stages:
            return
        centre = look().px(Space.SMALL) + self._disc() / 2
        if self._folds():
            self._paint_folded(painter, centre)
            return
        middles = self._middles()
        each = self.width() / len(self._stages)
        for at, stage in enumerate(self._stages):
            if at:
                behind = stage.state is not StageState.COMING
                painter.setPen(QPen(QColor((Colour.BRAND if behind else Colour.LINE).value), look().px(3)))
                gap = self._disc() / 2 + look().px(Space.SMALL)
                start = middles[at - 1] + gap + self._name_beside(self._stages[at - 1])
                painter.drawLine(round(start), round(centre), round(middles[at] - gap), round(centre))
        for at, stage in enumerate(self._stages):
            self._paint_stop(painter, stage, at, middles[at], centre)
            if not self._low():
                self._paint_name(painter, stage, round(each * at), round(each))
            elif stage.state is StageState.CURRENT:
                self._paint_name_beside(painter, stage, middles[at])

    def _paint_folded(self, painter: QPainter, centre: float) -> None:
        """The present stage alone: its number, its name, and of how many it is one."""
        at = next((at for at, stage in enumerate(self._stages) if stage.state is StageState.CURRENT), None)
        if at is None:  # behind the last stage
            at = len(self._stages) - 1
        middle = look().px(Space.SMALL) + self._disc() / 2
        self._paint_stop(painter, self._stages[at], at, middle, centre)
        left = round(middle + self._disc() / 2) + look().px(Space.SMALL)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.BRAND.value))
        name = self._stages[at].name if self._stages[at].state is StageState.CURRENT else ""
        middled = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 1, self.width() - left, self.height() - 2), middled, name)
        left += self._widest_name()
        painter.setFont(look().font(Role.BODY))
        painter.setPen(QColor(Colour.INK_SOFT.value))
        painter.drawText(QRect(left, 1, self.width() - left, self.height() - 2), middled, self._count())

    def _middles(self) -> list[float]:
        """Where the stops stand: evenly; in a low window the current one keeps room for its name beside it."""
        named = [self._name_beside(stage) for stage in self._stages]
        each = (self.width() - sum(named)) / len(self._stages)
        return [each * (at + 0.5) + sum(named[:at]) for at in range(len(self._stages))]

    def _name_beside(self, stage: Stage) -> int:
        """Width in px of the name beside a stop; 0 where it stands below or is left out."""
        if not self._low() or stage.state is not StageState.CURRENT:
            return 0
        return QFontMetrics(look().font(Role.BODY_STRONG)).horizontalAdvance(stage.name) + look().px(Space.SMALL)

    def _paint_stop(self, painter: QPainter, stage: Stage, at: int, x: float, y: float) -> None:
        side = self._disc()
        box = QRectF(x - side / 2, y - side / 2, side, side)
        if stage.state is StageState.DONE:
            paint_symbol(painter, Symbol.DONE, box, Colour.BRAND)
            return
        current = stage.state is StageState.CURRENT
        painter.setBrush(QColor((Colour.BRAND if current else Colour.SURFACE).value))
        painter.setPen(QPen(QColor((Colour.BRAND if current else Colour.EDGE).value), look().px(2)))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setFont(look().font(Role.SMALL_STRONG))
        painter.setPen(QColor((Colour.SURFACE if current else Colour.INK_SOFT).value))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(at + 1))

    def _paint_name(self, painter: QPainter, stage: Stage, left: int, width: int) -> None:
        current = stage.state is StageState.CURRENT
        painter.setFont(look().font(Role.BODY_STRONG if current else Role.BODY))
        painter.setPen(QColor((Colour.BRAND if current else Colour.INK_SOFT).value))
        top = look().px(Space.SMALL) + self._disc() + look().px(Space.HAIR)
        pad = look().px(Space.HAIR)
        box = QRect(left + pad, top, width - 2 * pad, self.height() - top)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, stage.name)

    def _paint_name_beside(self, painter: QPainter, stage: Stage, x: float) -> None:
        """The name at the right of its number."""
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(Colour.BRAND.value))
        left = round(x + self._disc() / 2) + look().px(Space.SMALL)
        box = QRect(left, 1, self._name_beside(stage), self.height() - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, stage.name)


def _lines(stage: Stage, width: int) -> int:
    """Height in px of a stage's name wrapped into `width`, measured bold so that moving on never clips it."""
    metrics = QFontMetrics(look().font(Role.BODY_STRONG))
    box = QRect(0, 0, max(1, width - 2 * look().px(Space.HAIR)), 10_000)
    return metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), stage.name).height()

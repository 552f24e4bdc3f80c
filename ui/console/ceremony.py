"""A draw shown as it was computed: commitments, numbers, seed, swap after swap, and who sits where because of it.

Everything comes from the transcript and is computed again here; nothing is invented for the eye. A key skips it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.drawing import Replay, replay, verify
from ui.console.names import Name
from ui.console.words import role_word
from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.text import Text

STEP_MS = 700
_SHOWN = 16
"""Letters of a number that are shown: enough to compare it with the transcript."""


def computed(transcript: Mapping[str, Any]) -> Replay | None:
    """The draw computed again, which may take a second; None where the transcript is not right."""
    return replay(transcript) if verify(dict(transcript)) is None else None


class Ceremony(Column):
    """Plays one transcript. `step` counts what was shown, `last` is the end; Space or Escape goes there at once."""

    def __init__(self, transcript: Mapping[str, Any], replayed: Replay | None, parent: QWidget | None = None) -> None:
        """`replayed` is what `computed` made of it; None: it is not right."""
        super().__init__(gap=Space.SMALL, parent=parent)
        self._transcript = transcript
        self._parties = sorted(transcript["nonces"], key=str.encode)
        self._replay = Replay((), ()) if replayed is None else replayed
        right = self.tr("This console has computed the draw again: it is right.")
        wrong = self.tr("This draw is not what its numbers give. Have it cancelled.")
        self.add(NoticeLine(Notice(Tone.OK, right) if replayed is not None else Notice(Tone.ERROR, wrong)))
        self._said = self.add(Text(""))
        self._strip = self.add(_Strip())
        self._result = self.add(Text("", Role.BODY_STRONG))
        row = self.add(Row(gap=Space.GAP))
        self._skip = row.add(Button(self.tr("To the end (Space)")))
        self._skip.setObjectName(Name.CEREMONY_SKIP)
        self._skip.clicked.connect(self.finish)
        self._again = row.add(Button(self.tr("Once more")))
        self._again.setObjectName(Name.CEREMONY_AGAIN)
        self._again.clicked.connect(self.begin)
        row.fill()
        self._clock = QTimer(self)
        self._clock.setInterval(STEP_MS)
        self._clock.timeout.connect(self.next)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.last = 2 * len(self._parties) + 1 + len(self._replay.swaps)
        self.step = 0
        self.begin()

    def begin(self) -> None:
        """From the first commitment on."""
        self.step = 0
        self._clock.start()
        self._show()

    def next(self) -> None:
        """One step further."""
        self.step += 1
        if self.step >= self.last:
            self.finish()
        else:
            self._show()

    def finish(self) -> None:
        """The outcome."""
        self.step = self.last
        self._clock.stop()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Escape: the end."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Escape}:
            self.finish()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        over = self.step >= self.last
        swap = self.step - 2 * len(self._parties) - 1
        done = max(0, min(swap, len(self._replay.swaps)))
        pair = self._replay.swaps[done - 1] if done and not over else None
        self._strip.show_order(self._replay.after(done), pair)
        self._said.setText(self._words(swap, over=over))
        self._result.setText(self._outcome() if over else "")
        self._result.setVisible(over)
        self._skip.setEnabled(not over)
        self._again.setEnabled(over)

    def _words(self, swap: int, *, over: bool) -> str:
        count = len(self._parties)
        if over:
            return self.tr("Seed of the draw: {seed}").format(seed=str(self._transcript["seed"]))
        if self.step < count:
            party = self._parties[self.step]
            number = str(self._transcript["commitments"][party])[:_SHOWN]
            return self.tr("{party} commits: {number} …").format(party=role_word(party), number=number)
        if self.step < 2 * count:
            party = self._parties[self.step - count]
            number = str(self._transcript["nonces"][party])[:_SHOWN]
            told = self.tr("{party} reveals {number} …, which is what it committed to")
            return told.format(party=role_word(party), number=number)
        if swap <= 0:
            seed = str(self._transcript["seed"])[:_SHOWN]
            text = self.tr("From all numbers together, the seed: {seed} …").format(seed=seed)
            tries = int(self._transcript.get("attempts", 1))
            more = self.tr("Shuffles that broke a rule and were left out: {count}").format(count=tries - 1)
            return f"{text} {more}" if tries > 1 else text
        i, j = self._replay.swaps[swap - 1]
        return self.tr("Swap {number} of {all}: place {i} with place {j}").format(
            number=swap, all=len(self._replay.swaps), i=i + 1, j=j + 1
        )

    def _outcome(self) -> str:
        seating = self._transcript.get("seating")
        if seating is not None:
            return " · ".join(f"{slot} → {seat}" for slot, seat in seating.items())
        return " · ".join(f"{place}. {item}" for place, item in enumerate(self._transcript["order"], 1))


class _Strip(Painted):
    """The items in their order, the two that were just swapped marked by an edge and a ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[str] = []
        self._pair: tuple[int, int] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_order(self, order: list[str], pair: tuple[int, int] | None) -> None:
        grown = len(order) != len(self._order)
        self._order, self._pair = order, pair
        self.setAccessibleName(", ".join(order))
        if grown:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self._order) // self._columns(width))
        return max(1, lines) * look().px(52)

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), self.heightForWidth(max(self.width(), look().px(320))))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(52))

    def _wide(self) -> int:
        metrics = self.fontMetrics()
        return max([look().px(64), *(metrics.horizontalAdvance(item) + look().px(28) for item in self._order)])

    def _columns(self, width: int) -> int:
        return max(1, width // (self._wide() + look().px(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font(Role.BODY_STRONG))
        wide, high, columns = self._wide(), look().px(44), self._columns(self.width())
        for place, item in enumerate(self._order):
            left = (place % columns) * (wide + look().px(8))
            box = QRectF(left, (place // columns) * look().px(52), wide, high)
            swapped = self._pair is not None and place in self._pair
            ground = Colour.BRAND_GROUND if swapped else Colour.SURFACE
            edge, width = (Colour.BRAND, look().px(3)) if swapped else (Colour.EDGE, 1)
            paint_plate(painter, box, ground, edge=edge, width=width)
            painter.setPen(QColor(Colour.INK.value))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, item)

"""One line in place that says how things are: a bar, a symbol, a word and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.painted import Painted, paint_plate
from ui.widgets.symbols import Symbol, paint_symbol

SYMBOL_OF_TONE: dict[Tone, Symbol] = {
    Tone.QUIET: Symbol.INFO,
    Tone.INFO: Symbol.INFO,
    Tone.OK: Symbol.DONE,
    Tone.ATTENTION: Symbol.WARNING,
    Tone.ERROR: Symbol.ERROR,
    Tone.REMOTE: Symbol.INFO,
}


@dataclass(frozen=True)
class Notice:
    """A sentence and how it is meant. `word` stands before it; empty takes the word of the tone."""

    tone: Tone
    text: str
    word: str = ""


def word_of(tone: Tone) -> str:
    """The word that says in print what the tone's colour says."""
    translate = QCoreApplication.translate
    return {
        Tone.QUIET: translate("Notice", "Note"),
        Tone.INFO: translate("Notice", "Note"),
        Tone.OK: translate("Notice", "In order"),
        Tone.ATTENTION: translate("Notice", "Attention"),
        Tone.ERROR: translate("Notice", "Error"),
        Tone.REMOTE: translate("Notice", "Remote"),
    }[tone]


class NoticeLine(Painted):
    """Shows a Notice; keeps `lines` lines of room while empty, so that nothing jumps when it speaks."""

    def __init__(self, notice: Notice | None = None, *, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._notice: Notice | None = None
        self.restyle()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if notice is not None:
            self.tell(notice)

    def tell(self, notice: Notice | None) -> None:
        """Say `notice` instead of what was said; None says nothing."""
        if notice == self._notice:
            return
        before = self.heightForWidth(self.width())
        self._notice = notice
        self._heights.clear()
        self.setAccessibleName(f"{_word(notice)}: {notice.text}" if notice is not None else "")
        # Laying a whole page out again for a sentence of the same height would cost every key its time.
        if not self.isVisible() or self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()
        if notice is not None and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def notice(self) -> Notice | None:
        """What is being said."""
        return self._notice

    def hasHeightForWidth(self) -> bool:
        """A long sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of the sentence within `width`, at least the room that is kept."""
        if width not in self._heights:
            pad = 2 * look().px(Space.SMALL)
            kept = QFontMetrics(look().font(Role.BODY_STRONG)).lineSpacing() * self._lines + pad
            said = self._text_box(width).height() + pad if self._notice is not None else 0
            self._heights[width] = max(kept, said)
        return self._heights[width]

    def restyle(self) -> None:
        """Another look, other heights."""
        self._heights = dict[int, int]()

    def sizeHint(self) -> QSize:
        """Some width, and the height that goes with it."""
        width = max(self.width(), look().px(320))
        return QSize(look().px(320), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Half a dozen words wide and the lines kept high: a long sentence takes its height from what can scroll.

        Asked before the width is known, the height of the whole sentence would blow a window up beyond the screen.
        """
        line = QFontMetrics(look().font(Role.BODY_STRONG)).lineSpacing()
        return QSize(look().px(160), line * self._lines + 2 * look().px(Space.SMALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _left(self) -> int:
        return look().px(Space.BAR + Space.WIDE + 22 + Space.SMALL)

    def _text_box(self, width: int) -> QRect:
        room = QRect(0, 0, max(1, width - self._left() - look().px(Space.WIDE)), 10_000)
        metrics = QFontMetrics(look().font(Role.BODY_STRONG))
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), _sentence(self._notice))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bar, symbol and sentence."""
        if self._notice is None:
            return
        painter = QPainter(self)
        tone = self._notice.tone
        paint_plate(painter, QRectF(self.rect()), tone.ground, bar=tone.ink)
        side = look().px(22)
        pad = look().px(Space.SMALL)
        line = QFontMetrics(look().font(Role.BODY_STRONG)).lineSpacing()
        lone = self._text_box(self.width()).height() <= line
        top = (self.height() - side) / 2 if lone else pad + (line - side) / 2
        box = QRectF(look().px(Space.BAR + Space.WIDE), top, side, side)
        paint_symbol(painter, SYMBOL_OF_TONE[tone], box, tone.ink, tone.ground)
        painter.setFont(look().font(Role.BODY_STRONG))
        painter.setPen(QColor(tone.ink.value))
        rest = self.rect().adjusted(self._left(), pad if not lone else 0, -look().px(Space.WIDE), 0)
        down = Qt.AlignmentFlag.AlignVCenter if lone else Qt.AlignmentFlag.AlignTop
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | down | Qt.TextFlag.TextWordWrap, _sentence(self._notice))


def _word(notice: Notice) -> str:
    return notice.word or word_of(notice.tone)


def _sentence(notice: Notice | None) -> str:
    if notice is None:
        return ""
    return QCoreApplication.translate("Notice", "{word}: {sentence}").format(word=_word(notice), sentence=notice.text)


class StatusPill(Painted):
    """A state at a glance: symbol and word, on the ground of its tone or (`bare`) on what is there."""

    def __init__(
        self,
        word: str = "",
        tone: Tone = Tone.QUIET,
        symbol: Symbol | None = None,
        *,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bare = bare
        self._word, self._tone, self._symbol = "", tone, Symbol.INFO
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(word, tone, symbol)

    def show_state(self, word: str, tone: Tone, symbol: Symbol | None = None) -> None:
        """Show another state; without a symbol the tone's own is taken."""
        shown = word, tone, symbol if symbol is not None else SYMBOL_OF_TONE[tone]
        if shown == (self._word, self._tone, self._symbol):
            return
        self._word, self._tone, self._symbol = shown
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """The word shown."""
        return self._word

    def sizeHint(self) -> QSize:
        """Symbol, word and air."""
        metrics = QFontMetrics(look().font(Role.SMALL_STRONG))
        width = metrics.horizontalAdvance(self._word) + look().px(18 + Space.SMALL) + 2 * self._pad()
        return QSize(width, look().px(32))

    def _pad(self) -> int:
        return 0 if self._bare else look().px(Space.GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, symbol and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tone.ground.value))
        if not self._bare:
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        side = look().px(18)
        box = QRectF(self._pad(), (self.height() - side) / 2, side, side)
        paint_symbol(painter, self._symbol, box, self._tone.ink, self._tone.ground)
        painter.setFont(look().font(Role.SMALL_STRONG))
        painter.setPen(QColor(self._tone.ink.value))
        rest = self.rect().adjusted(self._pad() + look().px(18 + Space.SMALL), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word)


def paint_state(
    painter: QPainter, box: QRect, word: str, tone: Tone, symbol: Symbol, *, role: Role = Role.SMALL_STRONG
) -> None:
    """A symbol and its word set to the right end of `box`, without a ground of their own."""
    painter.save()
    painter.setFont(look().font(role))
    painter.setPen(QColor(tone.ink.value))
    side = look().px(role.size + 3)
    # One px more than the advance, which is rounded down: else a word that fits would end in ….
    width = min(painter.fontMetrics().horizontalAdvance(word) + 1, box.width() - side - look().px(6))
    shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, width)
    left = box.right() - width
    mark = QRectF(left - side - look().px(6), box.center().y() - side / 2 + 0.5, side, side)
    paint_symbol(painter, symbol, mark, tone.ink, Colour.SURFACE)
    text = QRect(left, box.top(), width + 1, box.height())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()

"""The check of a platform's figures on the screen: how many faults and hints, then each with its place and rule."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.models.language import in_words
from ui.models.platform import PlatformCheck, RemarkLine
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Scroll
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text


class PlatformCheckCard(Card):
    """Built anew only where something changed. Of counts alone it says the counts."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: PlatformCheck | None = None
        self._lines: list[QWidget] = []
        self._list = Column(gap=Space.SMALL, margin=(0, 0, Space.SMALL, 0))
        self.add(Scroll(self._list), 1)

    def show_check(self, check: PlatformCheck | None, names: Mapping[str, str]) -> None:
        """Show a check; `names` are the bidders by bid."""
        if check is None or check == self._shown:
            return
        self._shown = check
        self.set_title(self.tr("The platform's figures, computed again"))
        for old in self._lines:
            self._list.drop(old)
        self._lines = []
        self._line(NoticeLine(summary(check)))
        if check.note:
            self._line(Text(self.tr("What the committee says"), Role.STRONG))
            self._line(Text(check.note))
        if check.done:
            self._line(
                Text(self.tr("Check {count}, file SHA-256 {hash}…").format(**_file(check)), Role.SMALL, soft=True)
            )
        for remark in check.remarks:
            self._line(_remark(remark))
        if check.more:
            rest = self.tr("{count} more are in the record that is printed at the end.")
            self._line(Text(rest.format(count=check.more), soft=True))
        if check.ranks:
            self._line(Text(self.tr("The order that the stated marks give"), Role.STRONG))
            ranked = [f"{rank}　{names.get(bid, bid)}　{total}" for rank, bid, total in check.ranks]
            self._line(Text("\n".join(ranked)))
        tail = Column()
        tail.fill()
        self._line(tail)

    def forget(self) -> None:
        """Nothing stays."""
        self._shown = None
        for old in self._lines:
            self._list.drop(old)
        self._lines = []

    def _line(self, widget: QWidget) -> None:
        self._lines.append(self._list.add(widget))


def _file(check: PlatformCheck) -> dict[str, object]:
    return {"count": check.checks, "hash": check.sha256[:16]}


def summary(check: PlatformCheck) -> Notice:
    """How it stands, in one line."""
    translate = QCoreApplication.translate
    if check.asked:
        told = translate("PlatformCheckCard", "A correction is awaited: {reason}").format(reason=check.asked)
        return Notice(Tone.ATTENTION, told)
    if not check.done:
        return Notice(Tone.INFO, translate("PlatformCheckCard", "Nothing of the platform has been sent yet."))
    if not check.faults and not check.hints:
        return Notice(Tone.OK, translate("PlatformCheckCard", "Everything that the platform states is right."))
    told = translate("PlatformCheckCard", "Faults: {faults}; hints: {hints}.")
    tone = Tone.ERROR if check.faults else Tone.ATTENTION
    return Notice(tone, told.format(faults=check.faults, hints=check.hints))


def _remark(remark: RemarkLine) -> Column:
    translate = QCoreApplication.translate
    if remark.fault:
        word, tone = translate("PlatformCheckCard", "Fault"), Tone.ERROR
    else:
        word, tone = translate("PlatformCheckCard", "Hint"), Tone.ATTENTION
    below = " · ".join(part for part in (in_words(remark.place), remark.rule) if part)
    made = Column(NoticeLine(Notice(tone, in_words(remark.text), word)), gap=Space.HAIR)
    made.add(Text(below, Role.SMALL, soft=True))
    return made

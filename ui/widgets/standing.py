"""How things stand beside the main way, one line each above every page: since when, and how long still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.evaluation.matter import Notice as Standing
from ui.models.language import in_words
from ui.models.notices import countdown
from ui.models.room_time import hour_minute
from ui.theme import Space, Tone
from ui.widgets.boxes import Column
from ui.widgets.notice import Notice, NoticeLine

translate = QCoreApplication.translate


class StandingStrip(Column):
    """Not there while nothing stands. `tick` counts down by the room's time."""

    def __init__(self, *, margin: float = 0) -> None:
        super().__init__(gap=Space.HAIR, margin=margin)
        self._standing: tuple[Standing, ...] = ()
        self._lines: list[NoticeLine] = []
        self.hide()

    def show_standing(self, standing: Sequence[Standing], now: datetime | None) -> None:
        """Show these instead of those before."""
        self._standing = tuple(standing)
        while len(self._lines) > len(self._standing):
            self.drop(self._lines.pop())
        while len(self._lines) < len(self._standing):
            self._lines.append(self.add(NoticeLine()))
        self.setVisible(bool(self._standing))
        self.tick(now)

    def tick(self, now: datetime | None) -> None:
        """The room's time is this."""
        for line, one in zip(self._lines, self._standing, strict=True):
            late = (left := countdown(one, now)) is not None and left.over
            tone = Tone.ERROR if late else Tone.ATTENTION if one.urgent else Tone.INFO
            line.tell(Notice(tone, standing_words(one, now)))


def standing_words(one: Standing, now: datetime | None) -> str:
    """What stands, since when, and how long still or by how much it is late."""
    said = in_words(one.text)
    if one.since is not None:
        said = translate("Standing", "{text}, since {time}").format(text=said, time=hour_minute(one.since))
    left = countdown(one, now)
    if left is None:
        return said
    late = translate("Standing", "{text}; late by {span}")
    rest = translate("Standing", "{text}; {span} left")
    return (late if left.over else rest).format(text=said, span=left)

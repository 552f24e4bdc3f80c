"""What the centre has answered in writing to a call for help, until the member has read it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.models.room_time import hour_minute
from ui.seat.names import Name
from ui.theme import Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.notice import Notice, NoticeLine


class WrittenAnswer(Row):
    """The newest answer and a button to put it away; each answer comes once, a newer one again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.GAP, margin=(Space.PAGE, Space.SMALL, Space.PAGE, 0), parent=parent)
        self.line = self.add(NoticeLine(), 1)
        self.line.setObjectName(Name.HELP_ANSWER)
        self.read = self.add(Button(self.tr("I have read it")))
        self.read.setObjectName(Name.HELP_ANSWER_READ)
        self.read.clicked.connect(self._put_away)
        self._at = self._read_at = ""
        self.hide()

    def show_answer(self, at: str, text: str) -> None:
        """Show the answer of this moment (RFC 3339); empty where there is none."""
        self._at = at
        if text:
            told = self.tr("{text} (answered at {time})").format(text=text, time=hour_minute(at))
            self.line.tell(Notice(Tone.INFO, told, self.tr("The centre")))
        self.setVisible(bool(text) and at != self._read_at)

    def _put_away(self) -> None:
        self._read_at = self._at
        self.hide()

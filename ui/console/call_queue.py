"""The queue of calls at a console: who waits, how long, and one button that answers; the longest wait has the key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal

from ui.call.ringing import Ringing
from ui.console.names import Name, part
from ui.console.waiting_calls import WaitingCall, Why
from ui.console.words import alias_word, seat_word
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text

ANSWER_KEY = "F1"
"""The key that a seat calls with answers it here."""
MOST = 3
"""So many are shown; the rest is counted."""

translate = QCoreApplication.translate


def span_words(seconds: int) -> str:
    """`2:05`, or with hours `1:02:05`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class CallQueue(Card):
    """Not there while nobody waits. `answered` carries the WaitingCall to be talked with, `written` the one to be
    answered in writing."""

    answered = Signal(object)
    written = Signal(object)

    def __init__(self, ringing: Ringing) -> None:
        super().__init__(self.tr("Calls"), gap=Space.SMALL)
        self.setObjectName(Name.CALL_QUEUE)
        self._ringing = ringing
        self._waiting: tuple[WaitingCall, ...] = ()
        self._now: datetime | None = None
        self._rows: list[_Entry] = []
        self._count = self.add_beside_title(StatusPill())
        self.silence = self.add_beside_title(QuietButton(""))
        self.silence.setObjectName(Name.CALL_SILENCE)
        self.silence.clicked.connect(lambda: ringing.silence(silent=not ringing.silenced))
        self.fault = self.add(NoticeLine())
        self.fault.hide()
        self._body_rows = self.add(Column(gap=Space.SMALL))
        self._more = self.add(Text("", soft=True))
        ringing.changed.connect(self._show_silence)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Why the room would not do what was asked here; empty takes it away."""
        self.fault.tell(Notice(Tone.ERROR, sentence) if sentence else None)
        self.fault.setVisible(bool(sentence))

    @property
    def waiting(self) -> tuple[WaitingCall, ...]:
        """Who waits, the longest wait first."""
        return self._waiting

    def show_waiting(self, waiting: Sequence[WaitingCall]) -> None:
        """Show these; a button that has the focus keeps it."""
        if tuple(waiting) != self._waiting:
            self._waiting = tuple(waiting)
            self.tell("")
            self._fill()
        self.setVisible(bool(self._waiting))
        self._show_silence()

    def tick(self, now: datetime | None) -> None:
        """The room's time is this."""
        self._now = now
        for row in self._rows:
            row.tick(now)
        if self._ringing.silenced:
            self._show_silence()

    def _fill(self) -> None:
        shown = self._waiting[:MOST]
        while len(self._rows) > len(shown):
            self._body_rows.drop(self._rows.pop())
        while len(self._rows) < len(shown):
            row = self._body_rows.add(_Entry(ANSWER_KEY if not self._rows else ""))
            row.answer.clicked.connect(lambda _on=False, row=row: self.answered.emit(row.one))
            row.write.clicked.connect(lambda _on=False, row=row: self.written.emit(row.one))
            self._rows.append(row)
        for row, one in zip(self._rows, shown, strict=True):
            row.show_call(one, self._now)
        more = len(self._waiting) - len(shown)
        self._more.setText(self.tr("and {count} more").format(count=more))
        self._more.setVisible(more > 0)
        self._count.show_state(self.tr("{count} waiting").format(count=len(self._waiting)), Tone.ATTENTION, Symbol.CALL)

    def _show_silence(self) -> None:
        rings = any(one.rings for one in self._waiting)
        self.silence.setVisible(rings or self._ringing.silenced)
        if self._ringing.silenced:
            left = span_words(self._ringing.left_s)
            self.silence.set_caption(self.tr("Ring again (silent {span})").format(span=left))
        else:
            self.silence.set_caption(self.tr("Silent for 5 minutes"))


class _Entry(Row):
    """One who waits."""

    def __init__(self, key: str) -> None:
        super().__init__(gap=Space.SMALL)
        said = self.add(Column(gap=0), 1)
        self._who = said.add(Text("", Role.STRONG))
        self._how = said.add(Text("", soft=True))
        self.answer = self.add(PrimaryButton(translate("CallQueue", "Answer"), key))
        self.write = self.add(Button(translate("CallQueue", "Write")))
        self.one = WaitingCall(Why.CALLS, "", "", "", "", "")

    def show_call(self, one: WaitingCall, now: datetime | None) -> None:
        """Show this one."""
        self.one = one
        self._who.setText(f"{seat_word(one.seat)} · {alias_word(one.alias)}")
        self.answer.set_caption(
            translate("CallQueue", "Talk again") if one.why is Why.HELD else translate("CallQueue", "Answer")
        )
        self.answer.setObjectName(part(Name.CALL_ANSWER, one.seat))
        self.write.setObjectName(part(Name.CALL_WRITE, one.seat))
        self.write.setVisible(one.why is Why.CALLS)
        self.tick(now)

    def tick(self, now: datetime | None) -> None:
        """So long it waits by now."""
        span = span_words(self.one.waited_s(now))
        how = {
            Why.CALLS: translate("CallQueue", "waits {span}"),
            Why.OFFERED: translate("CallQueue", "handed over to you, since {span}"),
            Why.HELD: translate("CallQueue", "on hold here, since {span}"),
        }[self.one.why].format(span=span)
        self._how.setText(f"{how} · {self.one.text}" if self.one.text else how)
        self.setAccessibleName(f"{self._who.text()}, {how}")

"""To tell all seats something: of the whole room or of one evaluation, with one's voice or in writing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.models.room_time import hour_minute
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, DangerButton, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.notice import Notice, NoticeLine

ALL = "*"
"""Every evaluation of the room."""


class BroadcastPage(DeskPage):
    """What is begun here is shown above every page, and ended there or here; without `speaks` one only writes."""

    page = PageName.BROADCAST

    def __init__(self, desk: Desk, *, speaks: bool) -> None:
        super().__init__(desk)
        self._sight = Sight({})
        self._offered: tuple[tuple[str, str], ...] = ()
        self._open = 0
        self._refusal = ""
        card = self.add(Card(self.tr("Tell every seat"), gap=Space.WIDE, margin=Space.PAGE), 1)
        back = card.add_beside_title(QuietButton(self.tr("Back to the room")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.ROOM)))
        told = self.tr(
            "Locked seats hear and read it too; no seat is heard by anybody. It stands in journal and report."
        )
        card.add(NoticeLine(Notice(Tone.INFO, told)))
        self._whom = card.add(Column(gap=0))
        self._choice: ChoiceList | None = None
        self.field = card.add(
            Field(self.tr("What the seats read"), self.tr("Needed in writing; with your voice as well as you like."))
        )
        self.field.line.setObjectName(Name.BROADCAST_TEXT)
        row = card.add(Row(gap=Space.GAP))
        self.speak = row.add(PrimaryButton(self.tr("Speak to the seats")))
        self.speak.setObjectName(Name.BROADCAST_VOICE)
        self.speak.setVisible(speaks)
        self.write = row.add(Button(self.tr("Tell in writing")))
        self.write.setObjectName(Name.BROADCAST_WRITE)
        row.fill()
        self.over = row.add(DangerButton(self.tr("Take the broadcast away")))
        self.over.setObjectName(Name.BROADCAST_OVER)
        self.notice = card.add(NoticeLine())
        self.notice.hide()
        card.fill()
        self.speak.clicked.connect(lambda: self._begin(spoken=True))
        self.write.clicked.connect(lambda: self._begin(spoken=False))
        self.over.clicked.connect(self._end)
        self.setFocusProxy(self.field)

    def show_sight(self, sight: Sight) -> None:
        """Who can be told, and what is on."""
        self._sight = sight
        offered = tuple((one["stream"], sight.title(one["stream"]) or one["stream"]) for one in sight.evaluations)
        if offered != self._offered:
            self._offer(offered)
        self._show_on()

    def leave(self) -> None:
        """Nothing typed stays."""
        self.field.clear()
        self._refusal = ""
        self._tell(None)

    def _offer(self, offered: tuple[tuple[str, str], ...]) -> None:
        self._offered = offered
        if self._choice is not None:
            self._whom.drop(self._choice)
        whole = [Choice(ALL, self.tr("All seats of the room"))] if len(offered) != 1 else []
        choices = whole + [Choice(stream, name) for stream, name in offered]
        self._choice = self._whom.add(ChoiceList(self.tr("Whom"), choices))
        self._choice.choose(choices[0].key)
        self._choice.changed.connect(lambda _chosen: self._show_on())

    def _streams(self) -> list[str]:
        chosen = self._choice.chosen() if self._choice is not None else ()
        return [stream for stream, _ in self._offered if chosen and chosen[0] in (ALL, stream)]

    def _on(self) -> dict[str, dict[str, Any]]:
        """What every seat is told now, by evaluation, among those chosen."""
        found = ((one["stream"], (one.get("matters") or {}).get("call") or {}) for one in self._sight.evaluations)
        return {stream: told["broadcast"] for stream, told in found if told.get("broadcast")}

    def _show_on(self) -> None:
        chosen = self._streams()
        on = [told for stream, told in self._on().items() if stream in chosen]
        free = bool(chosen) and not on and not self._open
        self.speak.setEnabled(free)
        self.write.setEnabled(free)
        self.over.setVisible(bool(on))
        if on:
            since = hour_minute(min(str(told["at"]) for told in on))
            said = self.tr("A broadcast is on since {time}; take it away before the next one.").format(time=since)
            self._tell(Notice(Tone.ATTENTION, said))
        else:
            self._tell(Notice(Tone.ERROR, self._refusal) if self._refusal else None)

    # --- what is pressed

    def _begin(self, *, spoken: bool) -> None:
        text = self.field.text()
        if not text and not spoken:
            self.field.fault(self.tr("Please write what the seats are to read."))
            self.field.setFocus()
            return
        self._send("Broadcast", self._streams(), {"text": text, "spoken": spoken})

    def _end(self) -> None:
        on = self._on()
        self._send("EndBroadcast", [stream for stream in self._streams() if stream in on], {})

    def _send(self, kind: str, streams: Iterable[str], data: dict[str, Any]) -> None:
        self._refusal = ""
        for stream in streams:
            self._open += 1
            self.desk.send(stream, kind, data, self._done, self._refused)
        self._show_on()

    def _done(self, _answer: object) -> None:
        self._open -= 1
        self.field.clear()
        self._show_on()

    def _refused(self, failure: Failed) -> None:
        self._open -= 1
        self._refusal = sentence_of(failure)
        self._show_on()

    def _tell(self, notice: Notice | None) -> None:
        self.notice.tell(notice)
        self.notice.setVisible(notice is not None)

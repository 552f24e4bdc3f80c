"""The witness ledger: remarks with their time, and the witness's own next one."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sentence_form import Ready, SentenceForm
from ui.console.sight import Sight
from ui.models.room_time import to_the_second
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Scroll
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Fact, FactList


class LedgerPage(DeskPage):
    """Remarks of every evaluation; only the witness can add one."""

    page = PageName.LEDGER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card = self.add(Card(self.tr("Witness ledger"), gap=Space.WIDE, margin=Space.PAGE), 1)
        self._empty = self._card.add(NoticeLine(Notice(Tone.INFO, self.tr("No remark has been written yet."))))
        self._list = Column(gap=Space.GAP)
        self._facts = self._list.add(FactList())
        self._list.fill()
        self._card.add(Scroll(self._list), 1)
        self._about = self._card.add(Column(gap=0))
        self._choice: ChoiceList | None = None
        self._streams: tuple[tuple[str, str], ...] = ()
        self._form = self._card.add(
            SentenceForm(
                desk,
                self.tr("Remark"),
                self.tr("What you saw, in one sentence; it cannot be changed later."),
                Name.LEDGER_TEXT,
            )
        )
        self._form.add_act(PrimaryButton(self.tr("Write into the ledger")), Name.LEDGER_ADD, self._add)
        self.setFocusProxy(self._form)

    def show_sight(self, sight: Sight) -> None:
        """Show the remarks that there are."""
        facts = [
            Fact(to_the_second(remark.get("at")), remark["text"])
            for evaluation in sight.evaluations
            for remark in evaluation["remarks"]
        ]
        self._facts.set_facts(facts)
        self._empty.setVisible(not facts)
        streams = tuple((one["stream"], str((one["project"] or {}).get("name") or "")) for one in sight.evaluations)
        if streams != self._streams:
            self._offer(streams)
        self._form.setVisible(sight.role == "witness" and bool(streams))
        self._about.setVisible(sight.role == "witness" and len(streams) > 1)

    def leave(self) -> None:
        """Nothing stays."""
        self._facts.set_facts(())
        self._form.clear()
        self._offer(())

    def _offer(self, streams: tuple[tuple[str, str], ...]) -> None:
        self._streams = streams
        if self._choice is not None:
            self._about.drop(self._choice)
        self._choice = self._about.add(
            ChoiceList(self.tr("Evaluation"), [Choice(stream, name) for stream, name in streams])
        )
        if streams:
            self._choice.choose(streams[-1][0])

    def _add(self, words: str) -> Ready | None:
        chosen = self._choice.chosen() if self._choice is not None else ()
        return Ready(chosen[0], "AddRemark", {"text": words}) if chosen else None

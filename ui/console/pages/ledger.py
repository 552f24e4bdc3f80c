"""The witness ledger: remarks and dissuasions with their time, what the witness adds, and the ledger on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from app.evaluation.matter import Words
from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName
from ui.console.sentence_form import Ready, SentenceForm
from ui.console.sight import Json, Sight, Target
from ui.console.words import alias_word
from ui.models.acts import offers
from ui.models.language import in_words
from ui.models.room_time import to_the_second
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Folding, Scroll
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.document_view import DocumentSource, DocumentView
from ui.widgets.flow import Flow
from ui.widgets.forms import Choice, ChoiceList
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.text import Fact, FactList

_ACTS = {"NoteDissuasion": Name.LEDGER_DISSUADE, "EndDissuasion": Name.LEDGER_RESULT, "FileLedger": Name.LEDGER_FILE}


class LedgerPage(DeskPage):
    """Of every evaluation; only the witness adds remarks and prints, the centre may note dissuasions too."""

    page = PageName.LEDGER

    def __init__(self, desk: Desk, renderer: PageRenderer) -> None:
        super().__init__(desk)
        self._card = self.add(Card(self.tr("Witness ledger"), gap=Space.GAP), 1)
        self._save = self._card.add_beside_title(Button(self.tr("Save a copy")))
        self._save.setObjectName(Name.LEDGER_SAVE)
        self._save.clicked.connect(self._save_copy)
        self._empty = self._card.add(NoticeLine(Notice(Tone.INFO, self.tr("No remark has been written yet."))))
        body = self._card.add(Folding(gap=Space.PAGE), 1)
        self._list = Column(gap=Space.GAP)
        self._facts = self._list.add(FactList())
        self._list.fill()
        body.add(Scroll(self._list), 2)
        self._view = body.add(DocumentView(renderer), 3)
        self._about = self._card.add(Column(gap=0))
        self._choice: ChoiceList | None = None
        self._lots: tuple[tuple[str, str, str], ...] = ()
        self._acts = self._card.add(Flow(gap=Space.GAP))
        self._ways: dict[str, Button] = {}
        self._print = self._acts.add(Button(self.tr("Print the ledger")))
        self._print.setObjectName(Name.LEDGER_PRINT)
        self._print.clicked.connect(self._ask)
        self._notice = self._card.add(NoticeLine())
        self._form = self._card.add(
            SentenceForm(
                desk,
                self.tr("Remark"),
                self.tr("What you saw, in one sentence; it cannot be changed later."),
                Name.LEDGER_TEXT,
            )
        )
        self._form.add_act(PrimaryButton(self.tr("Write into the ledger")), Name.LEDGER_ADD, self._add)
        self._content: bytes | None = None
        self.setFocusProxy(self._form)
        self._put_away()

    def show_sight(self, sight: Sight) -> None:
        """Show what was added, and what may be added now."""
        facts = sorted(fact for evaluation in sight.evaluations for fact in _facts(evaluation))
        self._facts.set_facts([Fact(to_the_second(at), text) for at, text in facts])
        self._empty.setVisible(not facts)
        lots = tuple(
            (one["stream"], lot["id"], " · ".join(part for part in (sight.title(one["stream"]), lot["name"]) if part))
            for one in sight.evaluations
            for lot in one["lots"]
        )
        if lots != self._lots:
            self._offer(lots)
        witness = sight.role == "witness"
        self._form.setVisible(witness and bool(lots))
        self._print.setVisible(witness and bool(lots))
        self._about.setVisible(witness and len(lots) > 1)
        self._show_acts(sight)

    def leave(self) -> None:
        """Nothing stays."""
        self._facts.set_facts(())
        self._form.clear()
        self._offer(())
        self._show_acts(Sight({}))
        self._put_away()

    # --- what may be added

    def _show_acts(self, sight: Sight) -> None:
        """One button for each act of the ledger; its form is that of every other matter."""
        found = {
            offer.key: (offer, evaluation["stream"])
            for evaluation in sight.evaluations
            for offer in offers(evaluation)
            if offer.act.command in _ACTS
        }
        for key in [key for key in self._ways if key not in found]:
            self._acts.drop(self._ways.pop(key))
        for key, (offer, stream) in found.items():
            if key not in self._ways:
                button = self._ways[key] = self._acts.add(Button(in_words(offer.act.title)))
                button.setObjectName(_ACTS[offer.act.command])
                self._lead(button, Target(PageName.ACTS, stream, what=key))

    def _lead(self, button: QAbstractButton, target: Target) -> None:
        button.clicked.connect(lambda: self.desk.go(target))

    def _offer(self, lots: tuple[tuple[str, str, str], ...]) -> None:
        self._lots = lots
        if self._choice is not None:
            self._about.drop(self._choice)
        self._choice = self._about.add(
            ChoiceList(self.tr("Evaluation"), [Choice(str(at), name) for at, (_, _, name) in enumerate(lots)])
        )
        if lots:
            self._choice.choose(str(len(lots) - 1))

    def _chosen(self) -> tuple[str, str] | None:
        chosen = self._choice.chosen() if self._choice is not None else ()
        return self._lots[int(chosen[0])][:2] if chosen else None

    def _add(self, words: str) -> Ready | None:
        chosen = self._chosen()
        return Ready(chosen[0], "AddRemark", {"text": words}) if chosen is not None else None

    # --- on paper

    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        stream, lot = chosen
        self._print.setEnabled(False)
        self._tell(Notice(Tone.INFO, self.tr("The room prints …")))
        self.desk.ask(
            "form",
            lambda client: client.print_form(stream, "ledger", lot, [], "", 1),
            self._printed,
            self._refused,
        )

    def _printed(self, content: object) -> None:
        self._print.setEnabled(True)
        if not isinstance(content, bytes):
            return
        self._content = content
        self._save.show()
        self._view.show()
        self._view.open(DocumentSource("ledger", self.tr("Witness ledger"), content))
        self._tell(Notice(Tone.OK, self.tr("Printed and counted; save it to the printer's stick.")))

    def _refused(self, failure: Failed) -> None:
        self._print.setEnabled(True)
        self._tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _save_copy(self) -> None:
        if self._content is not None:
            self.desk.save("ledger.pdf", self._content, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self._tell(Notice(Tone.OK, self.tr("Saved: {path}").format(path=path)))

    def _not_saved(self, fault: Exception) -> None:
        self._tell(Notice(Tone.ERROR, self.tr("Could not be saved: {why}").format(why=fault)))

    def _put_away(self) -> None:
        self._content = None
        self._print.setEnabled(True)
        self._view.close_document()
        self._view.hide()
        self._save.hide()
        self._tell(None)

    def _tell(self, notice: Notice | None) -> None:
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)


def _facts(evaluation: Json) -> Iterator[tuple[str, str]]:
    """Remarks and dissuasions with their moments."""
    for remark in evaluation["remarks"]:
        yield str(remark["at"]), str(remark["text"])
    seen = (evaluation.get("matters") or {}).get("ledger") or {}
    for one in seen.get("dissuasions", ()):
        what = in_words(Words(**seen["words"]["conduct"][one["conduct"]]))
        who = alias_word(one["alias"])
        yield str(one["at"]), " · ".join(part for part in (what, who, one["seen"], one["done"]) if part)
        if "outcome" in one:
            outcome = in_words(Words(**seen["words"]["outcome"][one["outcome"]]))
            told = f"{one['number']}: {outcome}"
            yield str(one["ended_at"]), " · ".join(part for part in (f"→ {told}", one["result"]) if part)

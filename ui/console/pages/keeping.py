"""The terms of recordings: until when they are kept, longer while an objection is open, and deleted by two people."""

from __future__ import annotations

from typing import Any

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.kept import KeptOf, kept
from ui.console.names import Name, PageName, part
from ui.console.sentence_form import Ready, SentenceForm
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Scroll
from ui.widgets.buttons import Button, DangerButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.notice import Notice, NoticeLine

ROOM = "room"


class KeepingPage(DeskPage):
    """One person is enough to keep, another role ends that; what is over its term two people delete, both here."""

    page = PageName.KEEPING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sight = Sight({})
        self._told: tuple[KeptOf, ...] = ()
        card = self.add(Card(self.tr("Terms of recordings"), gap=Space.GAP), 1)
        back = card.add_beside_title(QuietButton(self.tr("Back to the room"), "Esc"))
        back.setObjectName(part(Name.BACK, "keeping"))
        back.clicked.connect(lambda: desk.go(Target(PageName.ROOM)))
        self._line = card.add(NoticeLine())
        self._line.hide()
        whole = Column(gap=Space.WIDE)
        card.add(Scroll(whole), 1)
        self._list = whole.add(Column(gap=0))
        self._choice: ChoiceList | None = None
        self._form = whole.add(
            SentenceForm(
                desk,
                self.tr("Why they are kept longer, or no longer"),
                self.tr("An objection, a complaint, an order; it stands in the journal."),
                Name.KEEPING_REASON,
            )
        )
        hold, free = Button(self.tr("Keep beyond the term")), Button(self.tr("No longer keep beyond it"))
        self._hold = self._form.add_act(hold, Name.KEEPING_HOLD, lambda why: self._ready("HoldRecordings", why))
        self._free = self._form.add_act(free, Name.KEEPING_FREE, lambda why: self._ready("FreeRecordings", why))
        self._form.done.connect(self._ask)
        self._delete = whole.add(Column(gap=Space.GAP))
        self._second = self._delete.add(
            Field(self.tr("Account of the second person"), self.tr("Of another role than yours; both are named."))
        )
        self._second.line.setObjectName(Name.KEEPING_SECOND)
        self._password = self._delete.add(
            Field(self.tr("Their password"), self.tr("Typed here by themselves; it is kept nowhere."), secret=True)
        )
        self._password.line.setObjectName(Name.KEEPING_PASSWORD)
        self._button = self._delete.add(DangerButton(self.tr("Delete what is over its term")))
        self._button.setObjectName(Name.KEEPING_DELETE)
        self._button.clicked.connect(self._expire)
        whole.fill()
        self._show()

    # --- the desk's page

    def open(self, target: Target) -> None:
        """Ask the room anew."""
        super().open(target)
        self._ask()

    def show_sight(self, sight: Sight) -> None:
        """Only the names of the evaluations come from the view."""
        self._sight = sight

    def leave(self) -> None:
        """Nothing typed or told stays."""
        self._told = ()
        self._form.clear()
        self._clear_second()
        self._say(None)
        self._show()

    # --- what there is

    def _ask(self) -> None:
        self.desk.ask("kept", lambda client: client.kept(), self._heard, self._not_heard)

    def _heard(self, told: dict[str, Any]) -> None:
        self._told = kept(told["recordings"])
        if not self._told:
            self._say(Notice(Tone.INFO, self.tr("The room has no recording.")))
        self._show()

    def _not_heard(self, failure: Failed) -> None:
        self._say(Notice(Tone.ERROR, sentence_of(failure)))

    def _show(self) -> None:
        before = self._chosen()
        if self._choice is not None:
            self._list.drop(self._choice)
        choices = [Choice(one.stream, one.words(self._sight.title(one.stream) or one.stream)) for one in self._told]
        self._choice = self._list.add(ChoiceList(self.tr("Evaluation"), choices))
        self._choice.changed.connect(lambda _chosen: self._offer())
        if self._told:
            streams = [one.stream for one in self._told]
            self._choice.choose(before.stream if before is not None and before.stream in streams else streams[0])
        self._offer()

    def _say(self, notice: Notice | None) -> None:
        self._line.tell(notice)
        self._line.setVisible(notice is not None)

    def _chosen(self) -> KeptOf | None:
        keys = self._choice.chosen() if self._choice is not None else ()
        return next((one for one in self._told if one.stream in keys), None)

    def _offer(self) -> None:
        """What can be done with the chosen one."""
        chosen = self._chosen()
        self._form.setVisible(chosen is not None)
        self._hold.setVisible(chosen is not None and not chosen.held)
        self._free.setVisible(chosen is not None and bool(chosen.held))
        self._delete.setVisible(chosen is not None and bool(chosen.due))

    # --- what is done

    def _ready(self, kind: str, why: str) -> Ready | None:
        chosen = self._chosen()
        return None if chosen is None else Ready(ROOM, kind, {"stream": chosen.stream, "reason": why})

    def _expire(self) -> None:
        chosen, second, password = self._chosen(), self._second.text(), self._password.line.text()
        for field, text in ((self._second, second), (self._password, password)):
            if not text:
                field.fault(self.tr("The second person fills this in."))
                field.setFocus()
                return
        if chosen is None:
            return
        self._button.setEnabled(False)
        self._password.clear()
        self._say(Notice(Tone.INFO, self.tr("Deleting …")))

        def each(client: Any) -> int:
            for one in chosen.due:
                client.expire_recording(chosen.stream, one.party, one.device, second, password)
            return len(chosen.due)

        self.desk.ask("expire", each, self._expired, self._not_expired)

    def _expired(self, count: int) -> None:
        self._clear_second()
        text = self.tr("{count} recordings are deleted; both people stand in the journal.").format(count=count)
        self._say(Notice(Tone.OK, text))
        self._ask()

    def _not_expired(self, failure: Failed) -> None:
        self._button.setEnabled(True)
        if failure.where == "$.password":
            self._say(None)
            self._password.fault(failure.sentence)
            self._password.setFocus()
        else:
            self._say(Notice(Tone.ERROR, sentence_of(failure)))
        self._ask()  # some may be deleted already

    def _clear_second(self) -> None:
        self._second.clear()
        self._password.clear()
        self._button.setEnabled(True)

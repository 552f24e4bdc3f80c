"""Enrolled faces: a card is laid down, and what concerns its holder can be done: enrol, confirm, delete."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.face_capture import FaceDesk
from ui.console.face_enrol import FaceEnrolment
from ui.console.names import Name, PageName, part
from ui.console.sight import Json, Sight
from ui.console.words import face_stage_word
from ui.models.results import ResultColumn, ResultRow
from ui.models.room_time import day_minute
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column, Folding, Scroll
from ui.widgets.buttons import Button, DangerButton, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.forms import Field
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.result_table import ResultTable
from ui.widgets.text import Text


class FacesPage(DeskPage):
    """The number goes to the room and back into nothing: the page keeps it while its holder stands here."""

    page = PageName.FACES

    def __init__(self, desk: Desk, devices: FaceDesk | None) -> None:
        super().__init__(desk)
        self._sight = Sight({})
        self._document = ""
        self._found: str | None = None
        self._stack = self.add(QStackedWidget(), 1)
        self._counter = Column(gap=Space.WIDE)
        self._look = Scroll(self._counter)
        self._stack.addWidget(self._look)
        self._build_holder()
        self._build_register()
        self._enrolment: FaceEnrolment | None = None
        if devices is not None:
            card = Card()
            self._enrolment = card.add(FaceEnrolment(desk, devices), 1)
            self._enrolment.ended.connect(self._ended)
            self._stack.addWidget(card)
        self.setFocusProxy(self._field)

    def _build_holder(self) -> None:
        card = self._counter.add(Card(self.tr("Whose face?")))
        row = card.add(Folding(gap=Space.GAP))
        hint = self.tr("Lay the card on the reader, or type the number; it is looked up and kept nowhere.")
        self._field = row.add(Field(self.tr("Number of the document"), hint), 1)
        self._field.line.setObjectName(Name.FACE_DOCUMENT)
        self._field.entered.connect(lambda _entered: self._find())
        find = row.add(Button(self.tr("Look up")))
        find.setObjectName(Name.FACE_FIND)
        find.clicked.connect(self._find)
        self._facts = card.add(Text("", Role.STRONG))
        self._notice = card.add(NoticeLine())
        self._reason = card.add(Field(self.tr("What did you check?"), self.tr("It stands in the journal.")))
        self._reason.line.setObjectName(Name.FACE_REASON)
        self._ready = card.add(Flow(gap=Space.SMALL))
        for number, words in enumerate(
            (self.tr("Expert present, original card checked"), self.tr("The expert asked for it"))
        ):
            ready = self._ready.add(QuietButton(words))
            ready.setObjectName(part(Name.FACE_READY, str(number)))
            ready.clicked.connect(lambda _on=False, text=words: self._reason.line.setText(text))
        acts = card.add(Flow(gap=Space.GAP))
        self._enrol = acts.add(PrimaryButton(self.tr("Enrol this face")))
        self._enrol.setObjectName(Name.FACE_ENROL)
        self._enrol.clicked.connect(self._begin)
        self._confirm = acts.add(PrimaryButton(self.tr("Confirm: same person, same card")))
        self._confirm.setObjectName(Name.FACE_CONFIRM)
        self._confirm.clicked.connect(self._confirm_it)
        self._refuse = acts.add(DangerButton(self.tr("Do not confirm; delete")))
        self._refuse.setObjectName(Name.FACE_REFUSE)
        self._refuse.clicked.connect(lambda: self._forget("refused"))
        self._delete = acts.add(DangerButton(self.tr("Delete at the expert's wish")))
        self._delete.setObjectName(Name.FACE_FORGET)
        self._delete.clicked.connect(lambda: self._forget("request"))
        self._guests = card.add(Text("", Role.SMALL, soft=True))
        self._offer()

    def _build_register(self) -> None:
        card = self._counter.add(Card(self.tr("Enrolled faces")), 1)
        note = self.tr(
            "By reference only: the register holds no name, no number, no picture. "
            "Each template is deleted by the room itself when its time is over."
        )
        card.add(Text(note, Role.SMALL, soft=True))
        titles = (self.tr("State"), self.tr("Enrolled"), self.tr("Kept until"), self.tr("By"))
        self._table = card.add(ResultTable([ResultColumn(title) for title in titles], highlighted=0), 1)
        self._table.table.header_share = 0.2
        self._table.table.setAccessibleName(self.tr("Enrolled faces"))
        self._table.setMinimumHeight(look().px(230))

    # --- what the room says

    def show_sight(self, sight: Sight) -> None:
        """The register as it is; what was found stays as long as it exists."""
        self._sight = sight
        self._table.set_rows([self._row(face) for face in sight.faces])
        guests = sight.admitted_by_two
        told = self.tr("Let in by two people today: {persons} of the list. Offer to enrol them, for the next time.")
        self._guests.setText(told.format(persons=" · ".join(guests)))
        self._guests.setVisible(bool(guests) and sight.role == "centre")
        if self._found is not None:
            self._offer()

    def leave(self) -> None:
        """No number stays on the screen, no picture in memory."""
        self._forget_holder()
        self._notice.tell(None)
        self._table.set_rows(())
        if self._enrolment is not None:
            self._enrolment.leave()
        self._stack.setCurrentWidget(self._look)

    def _row(self, face: Json) -> ResultRow:
        by = " · ".join(name for name in (face["proposed_by"], face["confirmed_by"]) if name)
        figures = (face_stage_word(face["stage"]), day_minute(face["proposed_at"]), self._until(face), by)
        return ResultRow(str(face["expert"])[:8], figures, out=face["stage"] != "enrolled")

    def _until(self, face: Json) -> str:
        return day_minute(face["until"]) if face["until"] else self.tr("the evaluation's close")

    # --- one holder

    def _find(self) -> None:
        document = self._field.text()
        if not document:
            self._field.fault(self.tr("Lay the card down, or type its number."))
            return
        self._forget_holder()
        self._document = document
        self.desk.ask("faces", lambda client: client.find_face(document), self._told, self._refused)

    def _forget_holder(self) -> None:
        self._document, self._found = "", None
        self._field.clear()
        self._reason.clear()
        self._facts.setText("")
        self._offer()

    def _told(self, answer: dict[str, Any]) -> None:
        known = {face["expert"]: face for face in self._sight.faces}
        mine = [known[expert] for expert in answer["experts"] if expert in known]
        waiting = [face["expert"] for face in mine if face["stage"] == "proposed"]
        self._found = (waiting or [face["expert"] for face in mine] or [""])[0]
        if not self._found:
            expected = bool(answer["expected"])
            words = self.tr("Not enrolled. On the list of an evaluation that is open.")
            if not expected:
                words = self.tr("Not enrolled, and on no list of an open evaluation.")
            self._notice.tell(Notice(Tone.INFO, self._with_desk(words)))
        self._offer()

    def _with_desk(self, words: str) -> str:
        if self._enrolment is not None or self._sight.role != "centre":
            return words
        more = self.tr("This console has no camera: enrol at one that was started with --camera.")
        return f"{words} {more}"

    def _offer(self) -> None:
        """The acts that are possible for the one who stands here."""
        face = next((one for one in self._sight.faces if one["expert"] == self._found), None)
        stage = str(face["stage"]) if face else ""
        mine = bool(face) and face is not None and face["proposed_by"] == self._sight.post
        waits = stage == "proposed" and not mine
        self._enrol.setVisible(
            self._found is not None
            and stage != "proposed"
            and self._enrolment is not None
            and self._sight.role == "centre"
        )
        self._enrol.setText(self.tr("Enrol anew") if face else self.tr("Enrol this face"))
        self._confirm.setVisible(waits)
        self._refuse.setVisible(waits)
        self._delete.setVisible(bool(face))
        self._reason.setVisible(bool(face))
        self._ready.setVisible(bool(face))
        self._facts.setVisible(face is not None)
        if face is None:
            return
        told = self.tr("{reference} · {stage} · kept until {until}")
        until = self._until(face)
        self._facts.setText(told.format(reference=face["expert"][:8], stage=face_stage_word(stage), until=until))
        if waits:
            words = self.tr("Look at expert and card yourself; then confirm. You are the second of two people.")
            self._notice.tell(Notice(Tone.ATTENTION, words, self.tr("Your decision")))
        elif stage == "proposed":
            self._notice.tell(Notice(Tone.INFO, self.tr("You proposed it: somebody else has to confirm.")))
        else:
            self._notice.tell(Notice(Tone.OK, self.tr("Enrolled by two people.")))

    def _begin(self) -> None:
        if self._enrolment is not None and self._document:
            document = self._document
            self._forget_holder()
            self._notice.tell(None)
            self._stack.setCurrentIndex(1)
            self._enrolment.begin(document)

    def _ended(self, notice: Notice) -> None:
        self._stack.setCurrentWidget(self._look)
        self._notice.tell(notice)
        self._field.setFocus()

    def _words(self) -> str:
        words = self._reason.text()
        if not words:
            self._reason.fault(self.tr("Please write it; it stands in the journal."))
            self._reason.setFocus()
        return words

    def _confirm_it(self) -> None:
        expert, document, words = self._found or "", self._document, self._words()
        if words:
            self._send(lambda client: client.confirm_face(expert, document, words), self.tr("Enrolled by two people."))

    def _forget(self, why: str) -> None:
        expert, words = self._found or "", self._words()
        if words:
            told = self.tr("Deleted from the disk; a signed record of it stands in the journal.")
            self._send(lambda client: client.forget_face(expert, why, words), told)

    def _send(self, question: Any, told: str) -> None:
        def done(_answer: object) -> None:
            self._forget_holder()
            self._notice.tell(Notice(Tone.OK, told))

        self._notice.tell(Notice(Tone.INFO, self.tr("Sending …")))
        self.desk.ask("faces", question, done, self._refused)

    def _refused(self, failure: Failed) -> None:
        self._notice.tell(Notice(Tone.ERROR, sentence_of(failure)))

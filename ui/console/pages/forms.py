"""Blank forms to be filled in by hand: chosen, printed by the room, which counts every copy, looked at and saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.evaluation.matter import Words
from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.sight import Json, Sight, Target
from ui.models.acts import Offer, offers
from ui.models.digits import plain_number
from ui.models.language import in_words
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import Button, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.document_view import DocumentSource, DocumentView
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.text import Text

ACT = "act"
OF_LOT = ("review", "marks", "opinion")
KINDS = ("pledge", *OF_LOT, "replacement", "leave", "pause")
MEMBERS, NOBODY = "members", "nobody"


class FormsPage(DeskPage):
    """What to print at the left, what was printed at the right. A target's `what` is an act whose form is wanted."""

    page = PageName.FORMS

    def __init__(self, desk: Desk, renderer: PageRenderer) -> None:
        super().__init__(desk)
        card = self.add(Card(self.tr("Blank forms"), gap=Space.GAP), 1)
        self._save = card.add_beside_title(Button(self.tr("Save a copy")))
        self._save.setObjectName(Name.FORM_SAVE)
        self._save.clicked.connect(self._save_copy)
        back = card.add_beside_title(QuietButton(self.tr("Back to the evaluations")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.EVALUATIONS)))
        body = card.add(Row(gap=Space.PAGE), 1)
        self._form = Column(gap=Space.GAP, margin=(0, 0, Space.SMALL, 0))
        self._form.fill()
        side = body.add(Column(gap=Space.GAP), 2)
        side.add(Scroll(self._form), 1)
        self._count = side.add(Text("", Role.SMALL, soft=True))
        self._notice = side.add(NoticeLine())
        self._notice.hide()
        self._print = side.add(PrimaryButton(self.tr("Print")), align=Qt.AlignmentFlag.AlignLeft)
        self._print.setObjectName(Name.FORM_PRINT)
        self._print.clicked.connect(self._ask)
        self._view = body.add(DocumentView(renderer), 3)
        self._kind: ChoiceList | None = None
        self._lot: ChoiceList | None = None
        self._whom: ChoiceList | None = None
        self._copies: Field | None = None
        self._made: Column | None = None
        self._shown: object = None
        self._committee: list[str] = []
        self._first_lot = ""
        self._content: bytes | None = None
        self._save.setEnabled(False)

    def open(self, target: Target) -> None:
        """Another evaluation, or another act: choose anew."""
        super().open(target)
        self._drop()

    def show_sight(self, sight: Sight) -> None:
        """Offer what this evaluation has; what was chosen stays while that is the same."""
        evaluation = sight.evaluation(self.target.stream)
        if evaluation is None:
            return
        found = evaluation["matters"].get("forms") or {}
        copies = sum(one["copies"] for one in found.get("printed", ()))
        self._count.setText(self.tr("Printed so far: {count} copies").format(count=copies))
        self._committee = [one["alias"] for one in evaluation["committee"]]
        asked = next((one for one in offers(evaluation) if one.act.command == self.target.what), None)
        lots = [(lot["id"], lot["name"]) for lot in evaluation["lots"]]
        key = (self.target, found.get("forms"), lots, bool(self._committee), asked is not None)
        if key != self._shown:
            self._shown = key
            self._build(evaluation, found.get("forms") or {}, asked)

    def leave(self) -> None:
        """Nothing stays."""
        self._drop()
        if self._made is not None:
            self._form.drop(self._made)
            self._made = None
        self._shown = None
        self._tell(None)

    # --- the choices

    def _build(self, evaluation: Json, kinds: Json, asked: Offer | None) -> None:
        if self._made is not None:
            self._form.drop(self._made)
        made = self._made = self._form.insert(0, Column(gap=Space.GAP))
        self._kind = self._lot = self._whom = None
        if asked is not None:
            made.add(Text(in_words(asked.act.title), Role.STRONG))
        else:
            names = [Choice(kind, in_words(Words(**kinds[kind]))) for kind in KINDS if kind in kinds]
            self._kind = _choose(made, self.tr("Which form"), names, Name.FORM_KIND)
            self._first_lot = str(evaluation["lots"][0]["id"]) if evaluation["lots"] else ""
            lots = [Choice(lot["id"], f"{lot['id']} · {lot['name']}") for lot in evaluation["lots"]]
            if len(lots) > 1:
                self._lot = _choose(made, str(evaluation["words"].get("lot", "")), lots, Name.FORM_LOT)
        if self._committee and asked is None:
            whom = [Choice(MEMBERS, self.tr("One for each member")), Choice(NOBODY, self.tr("Without a member"))]
            self._whom = _choose(made, self.tr("For whom"), whom, Name.FORM_WHOM)
        self._copies = made.add(Field(self.tr("Copies"), self.tr("Only where they are for no member.")))
        self._copies.line.setObjectName(Name.FORM_COPIES)
        self._copies.line.setText("1")
        self._copies.entered.connect(self._ask)
        self.setFocusProxy(self._kind.button(KINDS[0]) if self._kind is not None and kinds else self._copies)

    def _ask(self) -> None:
        if self._copies is None:
            return
        for_members = self._whom is not None and self._whom.chosen() == (MEMBERS,)
        aliases = list(self._committee) if for_members else []
        typed = plain_number(self._copies.text())
        if not for_members and not (typed.isascii() and typed.isdigit()):
            self._copies.fault(self.tr("Please write a whole number."))
            self._copies.setFocus()
            return
        copies = len(aliases) if for_members else int(typed)
        kind = self._kind.chosen()[0] if self._kind is not None else ACT
        lot = self._chosen_lot() if kind in OF_LOT else ""
        act = self.target.what if kind == ACT else ""
        stream = self.target.stream
        self._print.setEnabled(False)
        self._tell(Notice(Tone.INFO, self.tr("The room prints …")))
        self.desk.ask(
            "form",
            lambda client: client.print_form(stream, kind, lot, aliases, act, copies),
            self._printed,
            self._refused,
        )

    def _chosen_lot(self) -> str:
        return self._lot.chosen()[0] if self._lot is not None else self._first_lot

    # --- what came of it

    def _drop(self) -> None:
        self._content = None
        self._save.setEnabled(False)
        self._print.setEnabled(True)
        self._view.close_document()

    def _printed(self, content: object) -> None:
        self._print.setEnabled(True)
        if not isinstance(content, bytes):
            return
        self._content = content
        self._save.setEnabled(True)
        self._tell(Notice(Tone.OK, self.tr("Printed and counted; save it to the printer's stick.")))
        self._view.open(DocumentSource(self.target.stream, self.tr("Blank forms"), content))

    def _save_copy(self) -> None:
        if self._content is not None:
            name = f"forms-{self.target.stream.rsplit('/', 1)[-1]}.pdf"
            self.desk.save(name, self._content, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self._tell(Notice(Tone.OK, self.tr("Saved: {path}").format(path=path)))

    def _not_saved(self, fault: Exception) -> None:
        self._tell(Notice(Tone.ERROR, self.tr("Could not be saved: {why}").format(why=fault)))

    def _refused(self, failure: Failed) -> None:
        self._print.setEnabled(True)
        self._tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _tell(self, notice: Notice | None) -> None:
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)


def _choose(box: Column, caption: str, choices: list[Choice], name: Name) -> ChoiceList:
    """A list of choices under its caption, the first one chosen."""
    box.add(Text(caption, Role.BODY_STRONG))
    made = box.add(ChoiceList(caption, choices))
    for choice in choices:
        made.button(choice.key).setObjectName(part(name, choice.key))
    if choices:
        made.choose(choices[0].key)
    return made

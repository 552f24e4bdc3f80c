"""Two people decide: what was asked for, why, who has agreed, and this console's own word."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.doubt_pictures import DoubtPictures
from ui.console.names import Name, PageName
from ui.console.sentence_form import Make, Ready, SentenceForm
from ui.console.sight import RELEASERS, Json, Sight, Target
from ui.console.words import role_word, what_word
from ui.models.room_time import to_the_second
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Row, Scroll
from ui.widgets.buttons import DangerButton, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Fact, FactList, Text


class ReleasePage(DeskPage):
    """Shows one release; when it is decided the page says so."""

    page = PageName.RELEASE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = self.add(Card(margin=Space.WIDE, gap=Space.SMALL), 1)
        head = card.add(Row())
        self._title = head.add(Text("", Role.PAGE), 1)
        back = head.add(QuietButton(self.tr("Back to the room")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.ROOM)))
        # What is looked at gives way on a low screen, then scrolls; what decides stays in sight below it.
        seen = Folding(gap=Space.PAGE)
        card.add(Scroll(seen), 1)
        facts = seen.add(Column(gap=0), 2)
        self._facts = facts.add(FactList())
        facts.fill()
        self._pictures = seen.add(DoubtPictures(desk), 3)
        self._turn = card.add(NoticeLine())
        self._form = card.add(
            SentenceForm(
                desk,
                self.tr("What did you check?"),
                self.tr("One sentence; it stands in the journal with your role."),
                Name.RELEASE_REASON,
                (self.tr("Original identity card checked"), self.tr("Same person as on the document")),
            )
        )
        self._form.add_act(PrimaryButton(self.tr("Approve")), Name.RELEASE_APPROVE, self._act("ApproveRelease"))
        self._form.add_act(DangerButton(self.tr("Refuse")), Name.RELEASE_REFUSE, self._act("RefuseRelease"))
        self.setFocusProxy(self._form)

    def open(self, target: Target) -> None:
        """Another release is looked at."""
        if target != self.target:
            self._form.clear()
            self._pictures.forget()
        super().open(target)

    def leave(self) -> None:
        """Nothing typed stays, and nobody's face."""
        self._form.clear()
        self._pictures.forget()
        self._facts.set_facts(())

    def show_sight(self, sight: Sight) -> None:
        """Where the decision stands."""
        target = self.target
        found = sight.release(target)
        number = sight.person(target.stream, target.member)
        self._title.setText(self.tr("{what}: person {number}").format(what=what_word(target.what), number=number))
        self._form.setVisible(found is not None and self._may(sight, found))
        if found is None:
            self._pictures.forget()
            self._turn.tell(Notice(Tone.OK, self.tr("This is decided; nothing waits any more.")))
            return
        if sight.role in RELEASERS:
            self._pictures.show_of(target)
        facts = [Fact(self.tr("Asked because"), found["reason"]), Fact(self.tr("Since"), to_the_second(found["at"]))]
        for role in RELEASERS:
            words = found["approvals"].get(role)
            said = self.tr("Approved: {reason}").format(reason=words) if words else self.tr("has not decided yet")
            facts.append(Fact(role_word(role), said))
        self._facts.set_facts(facts)
        self._turn.tell(self._whose_turn(sight, found))

    def _may(self, sight: Sight, found: Json) -> bool:
        return sight.role in RELEASERS and sight.role not in found["approvals"]

    def _whose_turn(self, sight: Sight, found: Json) -> Notice:
        missing = [role_word(role) for role in RELEASERS if role not in found["approvals"]]
        if self._may(sight, found):
            text = self.tr("Compare the person with the original document, then decide. Two roles must agree.")
            return Notice(Tone.ATTENTION, text, self.tr("Your decision"))
        return Notice(Tone.INFO, self.tr("Still to decide: {roles}").format(roles=" · ".join(missing)))

    def _act(self, kind: str) -> Make:
        return lambda words: Ready(
            self.target.stream, kind, {"what": self.target.what, "member": self.target.member, "reason": words}
        )

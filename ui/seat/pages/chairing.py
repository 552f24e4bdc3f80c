"""The committee's chair: put forward, agreed or objected to, and the secret ballot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.evaluation.model import SheetKind
from app.link import Failed
from ui.seat.names import Name, part
from ui.seat.page import Fittings, Narrow, SeatPage, headline
from ui.seat.steps import Place
from ui.seat.words import member_name
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import Button, PrimaryButton, StepButton
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList
from ui.widgets.key_card import KeyHelp
from ui.widgets.notice import Notice
from ui.widgets.text import Text


class _ChoosingPage(SeatPage):
    """Candidates by alias, one of them chosen, one button."""

    name = Name.CHAIR_CHOICE

    def __init__(self, fittings: Fittings, place: Place, title: str, below: str, caption: str) -> None:
        super().__init__(fittings, place)
        inner = Column(gap=Space.WIDE)
        inner.add(headline(title, below))
        card = inner.add(Card(), 1)
        self.about = card.add(Text("", Role.STRONG, soft=True))
        self.about.hide()
        aliases = self.candidates()
        choices = [Choice(alias, self._told(alias)) for alias in aliases]
        self.choice = ChoiceList(title, choices)
        for alias in aliases:
            self.choice.button(alias).setObjectName(part(self.name, alias))
        self.choice.changed.connect(self._look)
        listed = Column(self.choice, gap=0)
        listed.fill()
        card.add(Scroll(listed), 1)
        self.step = card.add(StepButton(caption))
        self.step.pressed.connect(self._press)
        inner.add(self.notice)
        self.add(Narrow(inner, 860), 1)
        self._look()

    def candidates(self) -> tuple[str, ...]:
        """Who may be chosen."""
        return tuple(self.sight.present["election"]["eligible"])

    def press(self, alias: str) -> None:
        """The choice was made."""
        raise NotImplementedError

    def first_focus(self) -> QWidget | None:
        """The first candidate."""
        aliases = self.candidates()
        return self.choice.button(aliases[0]) if aliases else None

    def keys(self) -> tuple[KeyHelp, ...]:
        """How to choose."""
        return (
            KeyHelp(("↑", "↓"), self.tr("another member")),
            KeyHelp((self.tr("Space"),), self.tr("choose")),
        )

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self._look()

    def _told(self, alias: str) -> str:
        own = alias == self.sight.alias
        return self.tr("{member} (yourself)").format(member=member_name(alias)) if own else member_name(alias)

    def _look(self) -> None:
        if self.choice.chosen():
            self.step.allow()
        else:
            self.step.block(self.tr("Choose a member first."))

    def _press(self) -> None:
        chosen = self.choice.chosen()
        if chosen:
            self.step.block(self.tr("Sent; waiting for the room."))
            self.press(chosen[0])


class ProposePage(_ChoosingPage):
    """Anyone may put a member forward; all have to agree, or a ballot decides."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        chair = fittings.desk.sight.words.get("chair", "")
        super().__init__(
            fittings,
            place,
            self.tr("Put a member forward as {chair}").format(chair=chair),
            self.tr("The first proposal counts; the others are then asked whether they agree."),
            self.tr("Put forward"),
        )
        self.step.button.setObjectName(Name.CHAIR_PROPOSE)

    def press(self, alias: str) -> None:
        """Put forward."""
        self.send("ProposeChair", {"candidate": alias})


class BallotPage(_ChoosingPage):
    """A secret ballot: the vote is sealed at this seat and opened when all have voted."""

    name = Name.BALLOT_CHOICE

    def __init__(self, fittings: Fittings, place: Place) -> None:
        chair = fittings.desk.sight.words.get("chair", "")
        super().__init__(
            fittings,
            place,
            self.tr("Secret ballot, round {round}: {chair}").format(round=place.round, chair=chair),
            self.tr("Your vote is sealed here. Only the sums are told, when all have voted."),
            self.tr("Cast the vote (sealed)"),
        )
        self.step.button.setObjectName(Name.BALLOT_SEAL)

    def candidates(self) -> tuple[str, ...]:
        """The ballot's candidates."""
        ballot = self.sight.present["election"]["ballot"] or {}
        return tuple(ballot.get("candidates", ()))

    def show_view(self) -> None:
        """The sums of the ballot before, where there was one."""
        votes = self.sight.present["election"]["votes"]
        if votes:
            told = ", ".join(f"{member_name(alias)} {count}" for alias, count in votes[-1].items())
            self.about.setText(self.tr("The ballot before ended in a tie: {votes}").format(votes=told))
            self.about.show()

    def press(self, alias: str) -> None:
        """Seal the vote."""
        if self.fit.desk.seal(self, "", SheetKind.BALLOT, self.place.round, {"candidate": alias}):
            self.say(Notice(Tone.INFO, self.tr("Sealed and sent; waiting for the room.")))
        else:
            self.say(Notice(Tone.ATTENTION, self.tr("The room is not ready to take sealed votes; press once more.")))
            self._look()


class AnswerPage(SeatPage):
    """Someone is put forward: agree, or object and let a ballot decide."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        inner = Column(gap=Space.WIDE)
        inner.fill()
        card = inner.add(Card(gap=Space.WIDE))
        middle = Qt.AlignmentFlag.AlignHCenter
        chair = self.words.get("chair", "")
        card.add(Text(self.tr("Put forward as {chair}").format(chair=chair), Role.SECTION, align=middle))
        self._who = card.add(Text("", Role.INSTRUCTION, align=middle))
        self._by = card.add(Text("", Role.STRONG, soft=True, align=middle))
        buttons = card.add(Row(gap=Space.WIDE))
        buttons.fill()
        self.agree = buttons.add(PrimaryButton(self.tr("Agree")))
        self.object = buttons.add(Button(self.tr("Object: let a secret ballot decide")))
        buttons.fill()
        self.agree.setObjectName(Name.CHAIR_AGREE)
        self.object.setObjectName(Name.CHAIR_OBJECT)
        self.agree.clicked.connect(self._agree)
        self.object.clicked.connect(self._object)
        inner.add(self.notice)
        inner.fill()
        self.add(Narrow(inner, 860), 1)

    def show_view(self) -> None:
        """Who, and by whom."""
        proposal = self.sight.present["election"]["proposal"] or {}
        self._who.setText(member_name(proposal.get("candidate", "")))
        by = proposal.get("by", "")
        self._by.setText(self.tr("by {member}").format(member=member_name(by)) if by else "")

    def first_focus(self) -> QWidget | None:
        """The likelier answer."""
        return self.agree

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self._able(True)

    def _able(self, able: bool) -> None:
        self.agree.setEnabled(able)
        self.object.setEnabled(able)

    def _agree(self) -> None:
        self._able(False)
        self.send("AgreeToChair", {})

    def _object(self) -> None:
        self._able(False)
        self.send("ObjectToChair", {})

"""Who bids, one statement for each, and the pledge; or withdrawing, with the reason."""

from __future__ import annotations

import re
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.seat.names import Name, part
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.steps import Place
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column, Folding, Row, Scroll
from ui.widgets.buttons import Button, DangerButton, StepButton
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.key_card import KeyHelp
from ui.widgets.notice import Notice
from ui.widgets.painted import Rule
from ui.widgets.reading import Pages
from ui.widgets.text import Text


class Statement(Enum):
    """What a member states about one bidder."""

    OPEN = auto()
    NO_INTEREST = auto()
    INTEREST = auto()


class StatementRow(Row):
    """A bidder and the two statements; choosing 'no interest' moves on to the next one."""

    changed = Signal()
    stated = Signal()

    def __init__(self, number: int, bidder: str) -> None:
        super().__init__(gap=Space.SMALL, margin=(0, Space.HAIR, 0, Space.HAIR))
        self.bidder = bidder
        self.add(Text(f"{number + 1}", Role.BODY_STRONG, soft=True, wrap=False))
        self.add(Text(bidder, Role.STRONG), 1)
        self.none = self.add(Button(""))
        self.interest = self.add(Button(""))
        self._group = QButtonGroup(self)
        for button, name in ((self.none, Name.PLEDGE_NONE), (self.interest, Name.PLEDGE_INTEREST)):
            button.setObjectName(part(name, number))
            button.setCheckable(True)
            self._group.addButton(button)
        self._group.buttonToggled.connect(self._change)
        self.none.clicked.connect(self._state)
        self._word()
        self.restyle()

    def restyle(self) -> None:
        """Both statements are as wide as they get, so that choosing moves nothing."""
        super().restyle()
        if hasattr(self, "interest"):
            metrics = QFontMetrics(look().font(Role.BODY_STRONG))
            for button, said in ((self.none, self._captions()[0]), (self.interest, self._captions()[1])):
                button.setMinimumWidth(max(look().px(186), metrics.horizontalAdvance(f"✓ {said}") + look().px(56)))

    def statement(self) -> Statement:
        """What is stated now."""
        if self.none.isChecked():
            return Statement.NO_INTEREST
        return Statement.INTEREST if self.interest.isChecked() else Statement.OPEN

    def _state(self) -> None:
        self.stated.emit()

    def _change(self, _button: object, checked: bool) -> None:
        if checked:
            self._word()
            self.changed.emit()

    def _captions(self) -> tuple[str, str]:
        return self.tr("No interest"), self.tr("I have an interest")

    def _word(self) -> None:
        none, interest = self._captions()
        stated = self.statement()
        self.none.set_caption(f"✓ {none}" if stated is Statement.NO_INTEREST else none)
        self.interest.set_caption(f"! {interest}" if stated is Statement.INTEREST else interest)
        self.none.setAccessibleName(f"{self.bidder}: {none}")
        self.interest.setAccessibleName(f"{self.bidder}: {interest}")


class PledgePage(SeatPage):
    """Statements at the left, pledge and signature at the right; an interest turns the right side to withdrawing."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self.add(
            headline(
                f"{self.words.get('recusal', '')} · {self.words.get('pledge', '')}",
                self.tr("State for each one whether you have an interest, then sign."),
            )
        )
        body = self.add(Folding(gap=Space.PAGE), 1)
        body.add(self._build_bidders(), 5)
        body.add(self._build_pledge(), 4)
        self.add(self.notice)
        self._look()

    def _build_bidders(self) -> Card:
        names = list(self.sight.present["bidders"])
        card = Card(self.words.get("bidder", ""), self.tr("{count} in all").format(count=len(names)))
        listed = Column(gap=0, margin=(0, 0, Space.SMALL, 0))
        self.rows = [StatementRow(number, name) for number, name in enumerate(names)]
        for row in self.rows:
            if row is not self.rows[0]:
                listed.add(Rule())
            listed.add(row)
            row.changed.connect(self._look)
            row.stated.connect(self._go_on)
        listed.fill()
        self._scroll = card.add(Scroll(listed), 1)
        return card

    def _build_pledge(self) -> Card:
        card = Card()
        self._signing = card.add(Column(gap=Space.GAP), 1)
        self._signing.add(Text(self.words.get("pledge", ""), Role.SECTION))
        self.text = self._signing.add(Pages(), 1)
        self.text.setObjectName(Name.PLEDGE_TEXT)
        self.text.setPlainText(_paragraphs(str(self.sight.present["pledge"]["text"])))
        self.sign = self._signing.add(StepButton(self.tr("I give this pledge (sign)")))
        self.sign.button.setObjectName(Name.PLEDGE_SIGN)
        self.sign.pressed.connect(self._sign)
        self._leaving = card.add(Column(gap=Space.GAP), 1)
        self._leaving.add(Text(self.words.get("recusal", ""), Role.SECTION))
        self._withdraws = self._leaving.add(Text("", Role.STRONG, tone=Tone.ATTENTION))
        self.reason = self._leaving.add(
            Field(self.tr("What the interest is"), self.tr("One sentence; it is entered in the record."))
        )
        self.reason.line.setObjectName(Name.PLEDGE_REASON)
        self.recuse = self._leaving.add(DangerButton(self.tr("Withdraw from this evaluation")))
        self.recuse.setObjectName(Name.PLEDGE_RECUSE)
        self._leaving.add(
            Text(self.tr("Pressed the wrong one? Choose 'No interest' again at the left."), Role.SMALL, soft=True)
        )
        self._leaving.fill()
        self.recuse.clicked.connect(self._recuse)
        self.reason.entered.connect(self._recuse)
        return card

    def first_focus(self) -> QWidget | None:
        """The first statement."""
        return self.rows[0].none if self.rows else self.sign.button

    def keys(self) -> tuple[KeyHelp, ...]:
        """How to state."""
        return (
            KeyHelp(("Enter",), self.tr("no interest, next one")),
            KeyHelp(("←", "→"), self.tr("the other statement")),
        )

    def statements(self) -> dict[str, Statement]:
        """What is stated, by bidder."""
        return {row.bidder: row.statement() for row in self.rows}

    def _look(self) -> None:
        interested = self._interested()
        self._signing.setVisible(interested is None)
        self._leaving.setVisible(interested is not None)
        if interested is not None:
            self._withdraws.setText(
                self.tr("You stated an interest in {bidder}. You then do not judge this tender.").format(
                    bidder=interested
                )
            )
        waiting = sum(1 for row in self.rows if row.statement() is Statement.OPEN)
        if waiting:
            self.sign.block(self.tr("{count} statements are still open.").format(count=waiting))
        else:
            self.sign.allow()

    def _interested(self) -> str | None:
        return next((row.bidder for row in self.rows if row.statement() is Statement.INTEREST), None)

    def _go_on(self) -> None:
        """To the next open statement, then to the signature."""
        waiting = [row for row in self.rows if row.statement() is Statement.OPEN]
        if waiting:
            waiting[0].none.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(waiting[0])
        elif self._interested() is None:
            self.sign.button.setFocus(Qt.FocusReason.TabFocusReason)

    def _sign(self) -> None:
        self.sign.block(self.tr("Being signed"))
        data = {"pledge_hash": self.sight.present["pledge"]["hash"], "no_interest": [row.bidder for row in self.rows]}
        self.send("GivePledge", data)

    def _recuse(self) -> None:
        bidder, reason = self._interested(), self.reason.text()
        if bidder is None:
            return
        if not reason:
            self.reason.fault(self.tr("Write in one sentence what the interest is."))
            self.reason.line.setFocus()
            return
        self.send("Recuse", {"bidder": bidder, "reason": reason})

    def say(self, notice: Notice | None) -> None:
        """What is said also opens the signature again where it was refused."""
        super().say(notice)
        if notice is not None and notice.tone is Tone.ERROR:
            self._look()


def _paragraphs(text: str) -> str:
    """The pledge with each of its numbered promises as a paragraph of its own."""
    return re.sub(r"(?=[一二三四五六七八九十]+、)", "\n\n", text).strip()

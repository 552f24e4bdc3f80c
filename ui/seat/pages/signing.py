"""The member's signature on the issued report: written by hand on a pad, made by the token's key, or on paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.link import Answered, Failed
from ui.seat.names import Name
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.signature import NotSigned, Signing, sentence
from ui.seat.steps import Place
from ui.seat.words import lot_title
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.notice import Notice
from ui.widgets.text import Text
from ui.widgets.writing_pad import WritingPad


class SignPage(SeatPage):
    """Pad, PIN, one key. Without a reader for tokens at this seat the page says what to do instead."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self.add(headline(self.tr("Sign the report"), lot_title(self.sight.lot(place.lot), self.words)))
        self.stand = self.add(Text("", soft=True))
        sides = self.add(Card()).add(Row(gap=Space.PAGE))
        by_hand, by_key = sides.add(Column()), sides.add(Column(), 1)
        self.pad = by_hand.add(
            WritingPad(
                Name.SIGN_PAD,
                self.tr("Your signature by hand"),
                self.tr("Write your name here, with pen or mouse. It may stay empty: then a tick stands in your cell."),
            )
        )
        self.clear = by_hand.add(QuietButton(self.tr("Clear the pad")))
        self.clear.setObjectName(Name.SIGN_CLEAR)
        self.clear.clicked.connect(self.pad.clear)
        once = self.tr("Used once and kept nowhere; it never leaves this seat.")
        self.pin = by_key.add(Field(self.tr("PIN of your token"), once, secret=True))
        self.pin.line.setObjectName(Name.SIGN_PIN)
        self.pin.entered.connect(self._sign)
        self.sign = by_key.add(PrimaryButton(self.tr("Sign with the token")))
        self.sign.setObjectName(Name.SIGN_DONE)
        self.sign.clicked.connect(self._sign)
        by_key.fill()
        self.add(self.notice)
        paper = self.tr("No token? Ask the staff for the printed report and sign that; two people enter it.")
        self.add(Text(paper, soft=True))
        self.fill()
        self._able(fittings.signer is not None)
        if fittings.signer is None:
            no_reader = self.tr(
                "This seat is not set up for tokens. Ask the staff for the printed report and sign that."
            )
            self.say(Notice(Tone.ATTENTION, no_reader))

    def show_view(self) -> None:
        """Who has signed."""
        lots = ((self.sight.present.get("matters") or {}).get("signatures") or {}).get("lots") or {}
        found = lots.get(self.place.lot) or {}
        signed = [*found.get("signed", ()), *found.get("on_paper", ())]
        self.stand.setText(
            self.tr("Signed so far: {who}").format(who="、".join(signed))
            if signed
            else self.tr("Nobody has signed yet.")
        )

    def first_focus(self) -> QWidget | None:
        """The PIN: who writes by hand takes the pen anyway."""
        return self.pin.line if self.fit.signer is not None else None

    def answered(self, answer: Answered) -> None:
        """It is signed, and the view that follows moves on; or the key did not sign."""
        if not isinstance(answer.value, NotSigned):
            super().answered(answer)
            return
        self._able(True)
        self.say(Notice(Tone.ERROR, sentence(answer.value)))
        self.pin.line.setFocus()

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self._able(True)

    def discard(self) -> None:
        """Forget the PIN with the page."""
        self.pin.clear()
        super().discard()

    def _able(self, able: bool) -> None:
        for one in (self.sign, self.pin.line, self.pad, self.clear):
            one.setEnabled(able)

    def _sign(self) -> None:
        key, pin = self.fit.signer, self.pin.line.text()
        if key is None or not self.sign.isEnabled():
            return
        if not pin:
            self.pin.fault(self.tr("Type the PIN of your token."))
            self.pin.line.setFocus()
            return
        self.pin.clear()
        self._able(False)
        self.say(Notice(Tone.INFO, self.tr("Signing; leave the token plugged in.")))
        desk = self.fit.desk
        desk.ask(self, "signature", Signing(key, desk.stream, self.place.lot, self.pad.strokes, pin))

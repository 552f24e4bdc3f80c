"""Every member's last word: the result with the working of each bid, confirmed, or dissented from with reasons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.link import Failed
from ui.models.platform import platform_check
from ui.seat.names import Name
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.platform_board import outcome_board
from ui.seat.steps import Place
from ui.seat.words import lot_title
from ui.theme import Space
from ui.widgets.boxes import Row
from ui.widgets.buttons import DangerButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.widgets.writing import Writing


class ConfirmPage(SeatPage):
    """Agree with one key; to dissent the reasons are written, and the law has them in the report."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        lot = self.sight.lot(place.lot)
        accompanied = platform_check(self.sight.present, place.lot) is not None
        record = self.tr("Do you agree with this record of the platform's figures?")
        self.add(
            headline(record if accompanied else self.tr("Do you agree with the result?"), lot_title(lot, self.words))
        )
        self.board = self.add(outcome_board(self.sight, place.lot, Name.CONFIRM_TABLE), 1)
        card = self.add(Card())
        row = card.add(Row(gap=Space.PAGE))
        agree = self.tr("I agree with the record") if accompanied else self.tr("I agree with the result")
        self.agree = row.add(PrimaryButton(agree), align=Qt.AlignmentFlag.AlignVCenter)
        self.agree.setObjectName(Name.CONFIRM_AGREE)
        self.agree.clicked.connect(self._agree)
        row.add(Text(self.tr("or"), soft=True, wrap=False))
        self.reasons = row.add(
            Writing(
                self.tr("{dissent}: my reasons").format(dissent=self.words.get("dissent", "")),
                self.tr("Printed in the report under your member number. Silence counts as agreement."),
                Name.CONFIRM_REASONS,
            ),
            1,
        )
        self.dissent = row.add(DangerButton(self.tr("Record my dissent")), align=Qt.AlignmentFlag.AlignVCenter)
        self.dissent.setObjectName(Name.CONFIRM_DISSENT)
        self.dissent.clicked.connect(self._dissent)
        self.add(self.notice)

    def show_view(self) -> None:
        """The result."""
        self.board.show_view(self.sight)

    def first_focus(self) -> QWidget | None:
        """The table first: one looks before one agrees."""
        return self.board.table.table if self.board.table is not None else self.agree

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self._able(True)

    def _able(self, able: bool) -> None:
        self.agree.setEnabled(able)
        self.dissent.setEnabled(able)

    def _agree(self) -> None:
        self._able(False)
        self.send("ConfirmResult", {"lot": self.place.lot})

    def _dissent(self) -> None:
        reasons = self.reasons.text()
        if not reasons:
            self.reasons.fault(self.tr("Write your reasons, or agree."))
            return
        self._able(False)
        self.send("DissentFromResult", {"lot": self.place.lot, "reasons": reasons})

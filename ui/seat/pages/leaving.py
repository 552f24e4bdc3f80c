"""The report to be read, the seat wiped, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.link import Answered, Failed
from ui.seat.names import Name
from ui.seat.page import Fittings, Narrow, SeatPage, headline
from ui.seat.steps import Place
from ui.seat.words import lot_title
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import StepButton
from ui.widgets.card import Card
from ui.widgets.document_view import DocumentSource, DocumentView
from ui.widgets.notice import Notice
from ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class ReportPage(SeatPage):
    """The issued report of a lot, fetched and shown, never kept on the disk."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self._lot = place.lot
        self._asked = False
        self.body = self.add(Folding(gap=Space.PAGE), 1)
        self.view: DocumentView | None = None
        if self._lot:
            card = self.body.add(Card(margin=Space.GAP), 5)
            self.view = card.add(DocumentView(fittings.renderer), 1)
            self.view.area.setObjectName(Name.REPORT)
        self.build_side(self.body)
        self.add(self.notice)

    def build_side(self, body: Row) -> None:
        """What stands beside the report."""
        side = body.add(Card(gap=Space.WIDE), 2)
        side.add(headline(self.words.get("report", ""), self._title()))
        done = self.tr("This {lot} is done. Another {lot} is still at work.")
        side.add(Text(done.format(lot=self.words.get("lot", "")), Role.STRONG, soft=True))
        side.fill()

    def enter(self) -> None:
        """Fetch the report."""
        self._fetch()

    def leave(self) -> None:
        """Close it."""
        self._close()

    def discard(self) -> None:
        """The same for good."""
        self._close()
        super().discard()

    def line_back(self) -> None:
        """Fetch it if it could not be had."""
        self._fetch()

    def answered(self, answer: Answered) -> None:
        """The report has come."""
        if answer.kind != "report":
            super().answered(answer)
            return
        self._asked = False
        if self.view is not None:
            self.say(None)
            title = f"{self.words.get('report', '')} {self._lot}"
            self.view.open(DocumentSource(f"report/{self._lot}", title, bytes(answer.value)))

    def refused(self, failure: Failed) -> None:
        """It could not be had."""
        if failure.kind == "report":
            self._asked = False
        super().refused(failure)

    def first_focus(self) -> QWidget | None:
        """The report's pages."""
        return self.view.area if self.view is not None else None

    def _title(self) -> str:
        return lot_title(self.sight.lot(self._lot), self.words) if self._lot else ""

    def _fetch(self) -> None:
        if self.view is None or self._asked or self.view.source() is not None:
            return
        self._asked = True
        stream, lot = self.fit.desk.stream, self._lot
        self.say(Notice(Tone.INFO, self.tr("The report is being fetched.")))
        self.fit.desk.ask(self, "report", lambda client: client.report(stream, lot))

    def _close(self) -> None:
        if self.view is not None:
            self.view.close_document()


class WipePage(ReportPage):
    """All is done (or the member withdrew): the seat forgets everything, then the way is free."""

    def build_side(self, body: Row) -> None:
        """What wiping means, and the button."""
        side = body.add(Card(gap=Space.WIDE), 2)
        withdrawn = self.sight.present.get("stage") in ("recused", "replaced")
        title = self.tr("You have withdrawn") if withdrawn else self.tr("The evaluation is done")
        side.add(headline(title, self._title()))
        side.add(
            Text(
                self.tr("Leave drafts and papers here. Wiping makes this seat forget marks, drafts and documents."),
                Role.STRONG,
            )
        )
        if not withdrawn:
            side.add(Text(self.tr("What was sealed and the report stay in the room's record."), soft=True))
        side.fill()
        self.step = side.add(StepButton(self.tr("Wipe this seat and leave")))
        self.step.button.setObjectName(Name.WIPE)
        self.step.pressed.connect(self._wipe)

    def first_focus(self) -> QWidget | None:
        """The button."""
        return self.step.button

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        self.step.allow()

    def _wipe(self) -> None:
        """Forget first, tell the room then: a seat that says it is wiped has been wiped."""
        self.step.block(self.tr("Being wiped"))
        self._close()
        self.fit.shelf.clear()
        self.fit.desk.wipe()
        self.send("WipeSeat", {"seat": self.sight.present["seat"]})


class GoodbyePage(SeatPage):
    """Nothing is left here; where to go now."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        inner = Column(gap=Space.WIDE)
        inner.fill()
        inner.add(Text(self.tr("Thank you"), Role.INSTRUCTION, align=_MIDDLE))
        for line in (
            self.tr("This seat has forgotten everything."),
            self.tr("Please take your phone out of the locker, then leave through the door."),
        ):
            inner.add(Text(line, Role.SECTION, soft=True, align=_MIDDLE))
        inner.fill()
        self.add(Narrow(inner), 1)
        self.add(self.notice)

"""The discipline, read to its end before anything about the project is told."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.seat.names import Name
from ui.seat.page import Fittings, Narrow, SeatPage, headline
from ui.seat.steps import Place
from ui.theme import Space
from ui.widgets.boxes import Column
from ui.widgets.key_card import KeyHelp
from ui.widgets.reading import ReadingPane


class DisciplinePage(SeatPage):
    """The track's discipline in large type; its button opens at the end, and the seconds are told."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self._begun_s = fittings.clock.monotonic()
        words = fittings.desk.sight.words
        inner = Column(gap=Space.GAP)
        inner.add(
            headline(words.get("discipline", ""), self.tr("Please read to the end. The project is disclosed after it."))
        )
        text = "\n\n".join(self.sight.present["discipline"])
        self.pane = inner.add(ReadingPane("discipline", text, self.tr("I have read it and will keep to it")), 1)
        self.pane.text().setObjectName(Name.DISCIPLINE_TEXT)
        self.pane.button().button.setObjectName(Name.DISCIPLINE_DONE)
        self.pane.read.connect(self._done)
        inner.add(self.notice)
        self.add(Narrow(inner), 1)

    def first_focus(self) -> QWidget | None:
        """The text: the space bar reads on at once."""
        return self.pane.text()

    def enter(self) -> None:
        """Reading begins when it can be seen."""
        self._begun_s = self.fit.clock.monotonic()

    def keys(self) -> tuple[KeyHelp, ...]:
        """How to read on."""
        return (
            KeyHelp((self.tr("Space"), "PgDn"), self.tr("read on")),
            KeyHelp(("PgUp",), self.tr("back")),
        )

    def _done(self) -> None:
        seconds = max(0, round(self.fit.clock.monotonic() - self._begun_s))
        self.send("ReadDiscipline", {"read_s": seconds})

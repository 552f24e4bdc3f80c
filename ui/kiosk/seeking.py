"""Somebody has neither card nor number: one clear look, which the room compares with those expected. Nothing of what
comes of it is shown here before two people have decided."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.link import Failed
from ui.kiosk.admission import Admission
from ui.kiosk.counter import Counter
from ui.kiosk.face_tally import Doubt
from ui.kiosk.names import PageName
from ui.kiosk.screen import Screen
from ui.kiosk.sought import Outcome
from ui.kiosk.stills import still
from ui.kiosk.visit import Visit
from ui.kiosk.words import doubt_words, search_reasons, staff_words


class Seeking(QObject):
    """`waits` carries the Visit of whom nobody knows yet; `to_staff` headline and detail where nothing is sought."""

    waits = Signal(object)
    to_staff = Signal(str, str)

    def __init__(self, screen: Screen, counter: Counter, admission: Admission) -> None:
        super().__init__(screen)
        self._screen, self._counter, self._admission = screen, counter, admission
        admission.seen.connect(self._seek)
        admission.unseen.connect(self._unseen)

    def begin(self) -> None:
        """Look at whoever stands here."""
        self._admission.look()

    @Slot(object)
    def _seek(self, outcome: Outcome) -> None:
        self._admission.stop()
        self._screen.say(PageName.LOOKING, self.tr("Thank you"), self.tr("One moment, please"))
        if outcome.last is not None:
            self._counter.seek(still(outcome.last), search_reasons(), self._told, self._refused)

    def _told(self, visit: Visit) -> None:
        self.waits.emit(visit)

    def _refused(self, failure: Failed) -> None:
        self.to_staff.emit(self.tr("This is not possible now"), failure.sentence)

    @Slot(object)
    def _unseen(self, doubt: Doubt) -> None:
        why = "" if doubt is Doubt.OWN_WISH else doubt_words(doubt)
        self.to_staff.emit(staff_words("")[1], why)

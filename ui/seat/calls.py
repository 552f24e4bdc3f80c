"""The committee's call at a seat: follows the view, shows the strip, sends what is pressed, lends the pictures."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, SignalInstance

from app.link import Answered, Failed
from app.ports.device import Unsubscribe
from ui.call.desk import CallDesk, Equipment
from ui.call.line import SignalLink
from ui.call.seen import OUTSIDE, committee_call, word_of
from ui.call.strip import Asked, CallStrip
from ui.seat.camera import SeatCamera
from ui.seat.desk import Desk
from ui.seat.steps import Sight
from ui.seat.words import member_name
from ui.theme import Tone
from ui.widgets.notice import Notice


class SeatCalls(QObject):
    """Beside every page; a seat without equipment has no strip and can join nothing."""

    def __init__(
        self,
        link: SignalLink,
        signalled: SignalInstance,
        equipment: Equipment,
        desk: Desk,
        camera: SeatCamera,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = CallDesk(link, signalled, equipment, self)
        self._words: Mapping[str, str] = {}
        self.strip = CallStrip(self._call, self._name)
        self.strip.setObjectName("seat.call")
        self.strip.asked.connect(self._ask)
        self._camera = camera
        self._leave: Unsubscribe | None = None

    def show_sight(self, sight: Sight, *, held: bool) -> None:
        """Be where the view says this seat is; `held`: it talks with the centre meanwhile, and with nobody else."""
        evaluation = sight.evaluation or {}
        matters = evaluation.get("matters") or {}
        seen, asking = matters.get("call") or {}, matters.get("agency_line") or {}
        self._words = sight.words
        self._call.follow(committee_call(str(evaluation.get("stream", "")), seen))
        self._lend_pictures()
        self.strip.hold(held=held)
        hears = next((one.party for one in self._call.partners if one.party in OUTSIDE), "")
        may_ask = "、".join(self._name(party) for party in asking.get("allowed") or ())
        self.strip.show_outside(may_ask=may_ask, hears=self._name(hears) if hears else "")
        self.strip.show_word(word_of(seen), chair=sight.chairs)

    def show_recording(self, *, running: bool) -> None:
        """Whether what is said here is recorded."""
        self.strip.show_recording(running=running)

    def _name(self, party: str) -> str:
        """A member's alias, or who is asked from outside in the words of the track."""
        return self._words.get(party) or member_name(party)

    def close(self) -> None:
        """End with the window; the room still has this seat inside, and a new window is back by itself."""
        self._call.close()
        self._lend_pictures()

    def answered(self, answer: Answered) -> None:
        """The next view says what came of it."""

    def refused(self, failure: Failed) -> None:
        """Say why where it was asked."""
        self.strip.line.tell(Notice(Tone.ERROR, failure.sentence))

    def _ask(self, asked: Asked) -> None:
        self._desk.send(self, asked.command, asked.data)

    def _lend_pictures(self) -> None:
        """Only while some go out: a camera that nobody listens to costs less. They are masked in its thread."""
        if self._call.shows and self._leave is None:
            self._leave = self._camera.subscribe(self._call.show)
        elif not self._call.shows and self._leave is not None:
            self._leave()
            self._leave = None

"""Is this the person, alive and in time? The camera first; where it does not decide, two people are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.device import DeviceState
from ui.kiosk.camera_feed import CameraFeed
from ui.kiosk.face_check import FaceCheck, FaceNews
from ui.kiosk.face_tally import Doubt, FaceRule
from ui.kiosk.hardware import Hardware
from ui.kiosk.names import PageName
from ui.kiosk.screen import Screen
from ui.kiosk.sought import Outcome, Sought
from ui.kiosk.speech import Speech
from ui.kiosk.visit import Visit
from ui.kiosk.words import doubt_reason, doubt_words

_FINAL = frozenset({Doubt.NO_PORTRAIT, Doubt.NO_LIVENESS, Doubt.CHIP, Doubt.LATE, Doubt.DOOR})
"""Doubts that another look of the camera does not clear up."""


class What(StrEnum):
    """What the face is shown for, as `RequestRelease` names it."""

    ADMISSION = "admission"
    ENTRY = "entry"
    FOUND = "found"
    """Without a document: the room seeks the face, the kiosk asks for nobody."""


@dataclass(frozen=True)
class Knock:
    """Two people are wanted: for what, why in words for the journal, and what they may see (never of someone who
    declined the camera)."""

    what: What
    reason: str
    live: Frame | None = field(default=None, repr=False)
    chip: bytes | None = field(default=None, repr=False)


class Admission(QObject):
    """Shows the pages before the camera. `known` carries the Outcome of a face that was known, `called` a Knock,
    `doubted` that the camera did not decide, `seen` the Outcome of one clear look at a face that is to be sought,
    `unseen` the Doubt why there was none, `alike` that the face was known and shows now that it lives."""

    known = Signal(object)
    called = Signal(object)
    doubted = Signal()
    seen = Signal(object)
    unseen = Signal(object)
    alike = Signal()

    def __init__(self, screen: Screen, hardware: Hardware, clock: Clock, rule: FaceRule, speech: Speech) -> None:
        super().__init__(screen)
        self._screen, self._camera, self._rule, self._speech = screen, hardware.camera, rule, speech
        self._check = FaceCheck(hardware, clock, rule, self)
        self._feed = CameraFeed(hardware.camera, self)
        self._visit: Visit | None = None
        self._chip: bytes | None = None
        self._what = What.ADMISSION
        self._why = Doubt.OWN_WISH
        self._outcome = Outcome()
        self._tries: tuple[str, int] = ("", 0)
        self._check.news.connect(self._told)
        self._feed.seen.connect(self._show)
        screen.face.called.connect(self._wish_for_people)
        screen.turn.called.connect(self._wish_for_people)
        screen.doubt.again.connect(self._again)
        screen.doubt.called.connect(self._call)

    @property
    def camera_failed(self) -> bool:
        """Whether the camera gives no picture and is not on its way to one."""
        return self._camera.status.state is DeviceState.FAILED

    @property
    def what(self) -> What:
        """What the face is shown for."""
        return self._what

    def compare(self, visit: Visit, chip: bytes | None, what: What = What.ADMISSION) -> None:
        """Compare who stands here with the visit's reference, or with the photo of the card's chip."""
        self._visit, self._chip, self._what, self._outcome = visit, chip, what, Outcome()
        sought = visit.sought(chip)
        if sought is None:
            self._doubt(Doubt.NO_PORTRAIT)
        elif self.camera_failed:
            self._doubt(Doubt.NO_CAMERA)
        else:
            ticket, count = self._tries
            self._tries = (visit.ticket, count + 1 if ticket == visit.ticket else 1)
            self._screen.face.begin(visit.greeting)
            self._feed.open()
            self._check.begin(sought)
            self._screen.turn_to(PageName.FACE)

    def look(self) -> None:
        """Look at somebody who has no document at hand; nothing is compared here."""
        self._visit, self._chip, self._what, self._outcome = None, None, What.FOUND, Outcome()
        if self.camera_failed:
            self.unseen.emit(Doubt.NO_CAMERA)
            return
        self._screen.face.begin("")
        self._feed.open()
        self._check.begin(Sought(None))
        self._screen.turn_to(PageName.FACE)

    def at_closed_door(self, visit: Visit) -> None:
        """The door does not open by face any more."""
        self._visit, self._chip, self._what, self._outcome = visit, None, What.ENTRY, Outcome()
        self._doubt(Doubt.DOOR)

    def stop(self) -> None:
        """No comparison any more, and nobody's face on the screen."""
        self._check.end()
        self._feed.close()
        self._screen.face.camera.show_nothing()
        self._screen.face.begin("")
        self._screen.turn.clear()
        self._visit, self._chip, self._outcome = None, None, Outcome()

    def close(self) -> None:
        """The window goes."""
        self.stop()
        self._check.close()

    @Slot()
    def camera_changed(self) -> None:
        """A camera that is back may be tried again by whoever was told that it is broken."""
        if self._visit is not None and self._screen.page_name == PageName.DOUBT and self._why is Doubt.NO_CAMERA:
            self._screen.doubt.allow_another_try(self._may_try(Doubt.NO_CAMERA))

    def _may_try(self, doubt: Doubt) -> bool:
        tried = self._visit is not None and self._tries == (self._visit.ticket, self._tries[1])
        count = self._tries[1] if tried else 0
        return doubt not in _FINAL and not self.camera_failed and count < self._rule.tries

    def _doubt(self, doubt: Doubt, outcome: Outcome = Outcome()) -> None:  # noqa: B008 - frozen
        visit, chip = self._visit, self._chip
        self.stop()
        self._visit, self._chip, self._why, self._outcome = visit, chip, doubt, outcome
        self._screen.doubt.begin(doubt_words(doubt), may_try=self._may_try(doubt))
        self._screen.turn_to(PageName.DOUBT)
        self.doubted.emit()

    @Slot(object)
    def _told(self, news: FaceNews) -> None:
        if news.run != self._check.run:
            return
        if news.outcome is not None:
            self._ended(news.outcome)
        elif news.step is not None:
            self._screen.turn.tell(news.step)
            if self._screen.page_name != PageName.TURN:
                self.alike.emit()
                self._screen.turn_to(PageName.TURN)
            self._speech.challenge(news.step.challenge)
            self._speech.advice(news.step.advice[0] if news.step.advice else None)
        else:
            self._screen.face.tell(news.same, news.advice)
            self._speech.advice(news.advice)

    def _ended(self, outcome: Outcome) -> None:
        if self._what is What.FOUND:
            if outcome.doubt is None and outcome.last is not None:
                self.seen.emit(outcome)
            else:
                self.unseen.emit(outcome.doubt or Doubt.TIMEOUT)
        elif outcome.doubt is not None:
            self._doubt(outcome.doubt, outcome)
        elif self._visit is not None and self._visit.late and self._what is What.ADMISSION:
            self._doubt(Doubt.LATE, outcome)
        else:
            self.known.emit(outcome)

    @Slot(object)
    def _show(self, frame: Frame) -> None:
        camera = self._screen.turn.camera if self._screen.page_name == PageName.TURN else self._screen.face.camera
        camera.show_frame(frame.width, frame.height, frame.rgb)

    @Slot()
    def _wish_for_people(self) -> None:
        if self._what is What.FOUND:
            self.unseen.emit(Doubt.OWN_WISH)
        else:
            self._doubt(Doubt.OWN_WISH)

    @Slot()
    def _again(self) -> None:
        if self._visit is not None:
            self.compare(self._visit, self._chip, self._what)

    @Slot()
    def _call(self) -> None:
        late = self._visit is not None and self._visit.late
        reason = doubt_reason(self._why, self._outcome.figures(), late=late)
        if self._why is Doubt.OWN_WISH:
            self.called.emit(Knock(self._what, reason))
        else:
            self.called.emit(Knock(self._what, reason, self._outcome.last or self._camera.latest, self._chip))

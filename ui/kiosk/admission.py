"""Is this the person? The camera's comparison first; where it does not decide, two people are called."""

from __future__ import annotations

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
from ui.kiosk.visit import Visit
from ui.kiosk.words import doubt_words


class Admission(QObject):
    """Shows the pages of the comparison. `known` carries its FaceDecision, `called` the Doubt for which people are
    wanted, `doubted` that the camera did not decide."""

    known = Signal(object)
    called = Signal(object)
    doubted = Signal()

    def __init__(self, screen: Screen, hardware: Hardware, clock: Clock, rule: FaceRule) -> None:
        super().__init__(screen)
        self._screen, self._camera = screen, hardware.camera
        self._check = FaceCheck(hardware.camera, hardware.matcher, clock, rule, self)
        self._feed = CameraFeed(hardware.camera, self)
        self._visit: Visit | None = None
        self._why = Doubt.OWN_WISH
        self._check.news.connect(self._told)
        self._feed.seen.connect(self._show)
        screen.face.called.connect(self._wish_for_people)
        screen.doubt.again.connect(self._again)
        screen.doubt.called.connect(self._call)

    @property
    def camera_failed(self) -> bool:
        """Whether the camera gives no picture and is not on its way to one."""
        return self._camera.status.state is DeviceState.FAILED

    def compare(self, visit: Visit) -> None:
        """Compare who stands here with the visit's portrait."""
        self._visit = visit
        if visit.portrait is None:
            self._doubt(Doubt.NO_PORTRAIT)
        elif self.camera_failed:
            self._doubt(Doubt.NO_CAMERA)
        else:
            self._screen.face.begin(visit.greeting)
            self._feed.open()
            self._check.begin(visit.portrait)
            self._screen.turn_to(PageName.FACE)

    def stop(self) -> None:
        """No comparison any more, and nobody's face on the screen."""
        self._check.end()
        self._feed.close()
        self._screen.face.camera.show_nothing()
        self._screen.face.begin("")
        self._visit = None

    def _doubt(self, doubt: Doubt) -> None:
        visit = self._visit
        self.stop()
        self._visit, self._why = visit, doubt
        may_try = doubt not in {Doubt.NO_PORTRAIT, Doubt.NO_CAMERA}
        self._screen.doubt.begin(doubt_words(doubt), may_try=may_try)
        self._screen.turn_to(PageName.DOUBT)
        self.doubted.emit()

    @Slot(object)
    def _told(self, news: FaceNews) -> None:
        if news.run != self._check.run:
            return
        self._screen.face.tell(news.same, news.advice)
        if news.known is not None:
            self.known.emit(news.known)
        elif news.doubt is not None:
            self._doubt(news.doubt)

    @Slot(object)
    def _show(self, frame: Frame) -> None:
        self._screen.face.camera.show_frame(frame.width, frame.height, frame.rgb)

    @Slot()
    def _wish_for_people(self) -> None:
        self._doubt(Doubt.OWN_WISH)

    @Slot()
    def _again(self) -> None:
        if self._visit is not None:
            self.compare(self._visit)

    @Slot()
    def _call(self) -> None:
        self.called.emit(self._why)

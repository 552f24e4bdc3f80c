"""The camera at the enrolment desk: the live face is compared with the card's photo, beside the window's thread."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from app.ports.camera import Camera, Frame
from app.ports.device import DeviceState, Unsubscribe
from app.ports.face import EnrolmentError, FaceAdvice, FaceDecision, FaceMatcher, FaceVerdict, Reference, Template

log = logging.getLogger(__name__)

NEEDED = 3
"""Pictures in a row that are like the chip photo: one lucky frame enrols nobody."""
BREATH_S = 0.15
"""Seconds between two comparisons."""
PATIENCE = 60
"""Comparisons after which the face is called too little alike: some twenty seconds before the camera."""
BLIND = 25
"""Looks in a row (a fifth of a second each) without a picture, after which the camera is called broken."""


@dataclass(frozen=True)
class FaceDesk:
    """The devices of an enrolment desk; whoever composes them owns them."""

    camera: Camera
    matcher: FaceMatcher


class CaptureFault(Enum):
    """Why there is nothing to enrol."""

    CHIP_PHOTO = auto()
    UNLIKE = auto()
    CAMERA = auto()
    ENGINE = auto()


@dataclass(frozen=True)
class Looking:
    """One picture was compared: how many in a row were alike, and what would make the next one serve."""

    alike: int
    advice: FaceAdvice | None


@dataclass(frozen=True)
class Captured:
    """A template of the live face, and the weakest of the comparisons with the chip photo that it passed."""

    template: Template
    decision: FaceDecision


CaptureNews = Looking | Captured | CaptureFault


class FaceCapture(QObject):
    """`framed` carries a Frame to be painted, `told` a CaptureNews; both come in the window's thread."""

    framed = Signal(object)
    told = Signal(object)
    _frame_came = Signal()

    def __init__(self, desk: FaceDesk, breath_s: float = BREATH_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera, self._matcher, self._breath_s = desk.camera, desk.matcher, breath_s
        self._lock = threading.Lock()
        self._to_paint: Frame | None = None
        self._to_judge: Frame | None = None
        self._woken = threading.Event()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._leave: Unsubscribe | None = None
        self._frame_came.connect(self._paint)

    def begin(self, chip_photo: bytes) -> None:
        """Start the camera and compare what it sees with this picture until `end`."""
        self.end()
        self._over = threading.Event()
        self._leave = self._camera.subscribe(self._take)
        self._camera.start()
        work = (chip_photo, self._over)
        self._thread = threading.Thread(target=self._main, args=work, name="kawei-enrol", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop camera and comparison, and forget the last pictures."""
        self._over.set()
        self._woken.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout=10)
        if self._leave is not None:
            self._leave()
            self._leave = None
            self._camera.stop()
            self._camera.join(2.0)
        with self._lock:
            self._to_paint = self._to_judge = None

    # --- the camera's thread

    def _take(self, frame: Frame) -> None:
        with self._lock:
            pending = self._to_paint is not None
            self._to_paint = self._to_judge = frame
        self._woken.set()
        if not pending:
            self._frame_came.emit()

    # --- the thread of the comparison

    def _main(self, chip_photo: bytes, over: threading.Event) -> None:
        try:
            last = self._compare_until_sure(self._matcher.enrol(chip_photo), over)
        except EnrolmentError:
            last = CaptureFault.CHIP_PHOTO
        except Exception:  # a fault of the models must not leave two people standing there
            log.exception("the enrolment's comparison failed")
            last = CaptureFault.ENGINE
        if last is not None and not over.is_set():
            self.told.emit(last)

    def _compare_until_sure(self, chip: Template, over: threading.Event) -> Captured | CaptureFault | None:
        alike: list[FaceDecision] = []
        compared = blind = 0
        while not over.is_set():
            if self._camera.status.state is DeviceState.FAILED or blind >= BLIND:
                return CaptureFault.CAMERA
            if compared >= PATIENCE:
                return CaptureFault.UNLIKE
            self._woken.wait(0.2)
            self._woken.clear()
            with self._lock:
                frame, self._to_judge = self._to_judge, None
            blind = blind + 1 if frame is None else 0
            if frame is None or over.is_set():
                continue
            advice = self._matcher.advise(frame)
            decision = self._matcher.compare(frame, chip, Reference.CHIP)
            compared += decision.score is not None
            alike = [*alike, decision] if decision.verdict is FaceVerdict.CONFIRM and not advice else []
            if len(alike) >= NEEDED:
                return Captured(self._matcher.enrol(frame), min(alike, key=lambda one: one.score or 0.0))
            self.told.emit(Looking(len(alike), advice[0] if advice else None))
            over.wait(self._breath_s)
        return None

    # --- the window's thread

    def _paint(self) -> None:
        with self._lock:
            frame, self._to_paint = self._to_paint, None
        if frame is not None and self._leave is not None:
            self.framed.emit(frame)

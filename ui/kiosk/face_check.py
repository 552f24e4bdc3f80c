"""Compares the face before the camera with a portrait, in a thread of its own, and tells the window how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.ports.ambient import Clock
from app.ports.camera import Camera, Frame
from app.ports.device import DeviceState
from app.ports.face import EnrolmentError, FaceAdvice, FaceDecision, FaceMatcher
from ui.kiosk.face_tally import Doubt, FaceRule, FaceTally

log = logging.getLogger(__name__)

RULE = FaceRule()
_LOOK_S = 0.2
"""How often the thread looks up from an empty hand: for the end, for the limit of time."""


@dataclass(frozen=True)
class FaceNews:
    """How the check `run` stands: `same` comparisons in a row, one piece of advice; at its end `known` or `doubt`."""

    run: int
    same: int = 0
    advice: FaceAdvice | None = None
    known: FaceDecision | None = None
    doubt: Doubt | None = None


class FaceCheck(QObject):
    """`begin` starts a check and ends the one before; `news` carries a FaceNews, the last one `known` or `doubt`."""

    news = Signal(object)

    def __init__(
        self,
        camera: Camera,
        matcher: FaceMatcher,
        clock: Clock,
        rule: FaceRule = RULE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rule = rule
        self._camera, self._matcher, self._clock = camera, matcher, clock
        self._number = 0
        self._run: _Run | None = None

    @property
    def run(self) -> int:
        """The number of the check in hand; news of an older one are not worth hearing."""
        return self._number

    def begin(self, portrait: bytes) -> None:
        """Compare with this picture (JPEG, PNG)."""
        self.end()
        self._number += 1
        self._run = _Run(self._number, self._camera, self._matcher, self._clock, self.rule, self.news.emit)
        self._run.start(portrait)

    def end(self) -> None:
        """Stop comparing; at most one comparison is waited for."""
        if self._run is not None:
            self._run.end()
            self._run = None
        self._number += 1


class _Run:
    """One check and its thread."""

    def __init__(
        self,
        number: int,
        camera: Camera,
        matcher: FaceMatcher,
        clock: Clock,
        rule: FaceRule,
        tell: Callable[[FaceNews], None],
    ) -> None:
        self._number, self._camera, self._matcher, self._clock, self._rule = number, camera, matcher, clock, rule
        self._tell = tell
        self._over = threading.Event()
        self._came = threading.Event()
        self._newest: Frame | None = None
        self._thread: threading.Thread | None = None

    def start(self, portrait: bytes) -> None:
        self._thread = threading.Thread(target=self._main, args=(portrait,), name="kiosk-face", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._came.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=10)

    def _main(self, portrait: bytes) -> None:
        leave = self._camera.subscribe(self._take)
        try:
            last = self._compare_until_sure(portrait)
        except EnrolmentError:
            last = FaceNews(self._number, doubt=Doubt.NO_PORTRAIT)
        except Exception:  # a fault of the models must not leave a person standing there
            log.exception("the face check failed")
            last = FaceNews(self._number, doubt=Doubt.UNSURE)
        finally:
            leave()
        if not self._over.is_set() and last is not None:
            self._tell(last)

    def _take(self, frame: Frame) -> None:
        """The camera's thread leaves the newest frame here; older ones are of no use."""
        self._newest = frame
        self._came.set()

    def _compare_until_sure(self, portrait: bytes) -> FaceNews | None:
        template = self._matcher.enrol(portrait)
        tally = FaceTally(self._rule)
        begun, compared = self._clock.monotonic(), -self._rule.period_s
        while not self._over.is_set():
            elapsed = self._clock.monotonic() - begun
            doubt = Doubt.NO_CAMERA if self._camera.status.state is DeviceState.FAILED else tally.doubt(elapsed)
            if doubt is not None:
                return FaceNews(self._number, tally.same, doubt=doubt)
            self._came.wait(_LOOK_S)
            self._came.clear()
            frame, self._newest = self._newest, None
            # Comparisons that follow each other too fast would look three times at one picture.
            if frame is None or elapsed - compared < self._rule.period_s:
                continue
            compared = elapsed
            advice = self._matcher.advise(frame)
            decision = self._matcher.compare(frame, template)
            tally = tally.with_(decision)
            if tally.known:
                return FaceNews(self._number, tally.same, known=decision)
            if not self._over.is_set():
                self._tell(FaceNews(self._number, tally.same, advice=advice[0] if advice else None))
        return None

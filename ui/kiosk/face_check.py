"""Compares the face before the camera with a reference and has it show that it lives, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.device import DeviceState
from app.ports.face import EnrolmentError, FaceAdvice, Template
from app.ports.liveness import Liveness, LivenessStep
from ui.kiosk.face_tally import Doubt, FaceRule, FaceTally
from ui.kiosk.hardware import Hardware
from ui.kiosk.sought import Outcome, Sought, doubt_of

log = logging.getLogger(__name__)

RULE = FaceRule()
_LOOK_S = 0.2
"""How often the thread looks up from an empty hand: for the end, for the limit of time."""
_DARK = 12
"""Brightest value (of 255) of a picture that shows nothing: a lid on the lens, or no light at all."""
_SAMPLE = 997
"""Every so-manieth byte tells dark from bright; a prime, so that no column is looked at alone."""


@dataclass(frozen=True)
class FaceNews:
    """How the check `run` stands: `same` comparisons in a row, one piece of advice, what a living face is asked to
    do; at its end the outcome."""

    run: int
    same: int = 0
    advice: FaceAdvice | None = None
    step: LivenessStep | None = None
    outcome: Outcome | None = None


class FaceCheck(QObject):
    """`begin` starts a check and ends the one before; `news` carries a FaceNews, the last one with its outcome."""

    news = Signal(object)

    def __init__(self, hardware: Hardware, clock: Clock, rule: FaceRule = RULE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rule = rule
        self._hardware, self._clock = hardware, clock
        self._number = 0
        self._run: _Run | None = None
        # Models are read at their first call, which may take seconds: better before anyone stands there.
        self._warming = threading.Thread(target=self._warm, name="kiosk-face-models", daemon=True)
        self._warming.start()

    def _warm(self) -> None:
        try:
            self._hardware.matcher.find(Frame(64, 64, bytes(3 * 64 * 64)))
        except Exception:  # a machine without models says so in the doctor, and at the first face
            log.info("the face models could not be read in advance", exc_info=True)

    def close(self) -> None:
        """The window goes."""
        self.end()
        self._warming.join(timeout=10)

    @property
    def run(self) -> int:
        """The number of the check in hand; news of an older one are not worth hearing."""
        return self._number

    def begin(self, sought: Sought) -> None:
        """Compare with this."""
        self.end()
        self._number += 1
        self._run = _Run(self._number, self._hardware, self._clock, self.rule, self.news.emit)
        self._run.start(sought)

    def end(self) -> None:
        """Stop comparing; at most one comparison is waited for."""
        if self._run is not None:
            self._run.end()
            self._run = None
        self._number += 1


class _Run:
    """One check and its thread."""

    def __init__(
        self, number: int, hardware: Hardware, clock: Clock, rule: FaceRule, tell: Callable[[FaceNews], None]
    ) -> None:
        self._number, self._hardware, self._clock, self._rule = number, hardware, clock, rule
        self._tell = tell
        self._over = threading.Event()
        self._came = threading.Event()
        self._newest: Frame | None = None
        self._last: Frame | None = None
        self._came_at = clock.monotonic()
        self._dark_since: float | None = None
        self._thread: threading.Thread | None = None

    def start(self, sought: Sought) -> None:
        self._thread = threading.Thread(target=self._main, args=(sought,), name="kiosk-face", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._came.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=10)

    def _main(self, sought: Sought) -> None:
        leave = self._hardware.camera.subscribe(self._take)
        try:
            outcome = self._until_sure(sought)
        except EnrolmentError:
            outcome = Outcome(Doubt.NO_PORTRAIT)
        except Exception:  # a fault of the models must not leave a person standing there
            log.exception("the face check failed")
            outcome = Outcome(Doubt.UNSURE)
        finally:
            leave()
        if not self._over.is_set() and outcome is not None:
            self._tell(FaceNews(self._number, outcome=replace(outcome, last=self._last)))

    def _take(self, frame: Frame) -> None:
        """The camera's thread leaves the newest frame here; older ones are of no use."""
        self._newest = frame
        self._came_at = self._clock.monotonic()  # here, so that slow models never make a good camera look broken
        self._came.set()

    def _frame(self) -> Frame | None:
        """The newest picture, once; a black one is none."""
        self._came.wait(_LOOK_S)
        self._came.clear()
        frame, self._newest = self._newest, None
        if frame is None:
            return None
        if max(frame.rgb[::_SAMPLE]) < _DARK:
            if self._dark_since is None:
                self._dark_since = self._clock.monotonic()
            return None
        self._dark_since, self._last = None, frame
        return frame

    def _blind(self) -> bool:
        """Whether the camera gives nothing to judge, and has not for so long that it will not by itself."""
        since = self._came_at if self._dark_since is None else min(self._came_at, self._dark_since)
        failed = self._hardware.camera.status.state is DeviceState.FAILED
        return failed or self._clock.monotonic() - since >= self._rule.still_s

    def _until_sure(self, sought: Sought) -> Outcome | None:
        face = sought.face
        if face is None:
            return self._until_clear()
        template = face if isinstance(face, Template) else self._hardware.matcher.enrol(face)
        found = self._until_alike(template, sought)
        if found is None or found.doubt is not None:
            return found
        if self._hardware.liveness is None:
            return replace(found, doubt=Doubt.NO_LIVENESS)
        return self._until_alive(self._hardware.liveness, found, sought)

    def _until_alike(self, template: Template, sought: Sought) -> Outcome | None:
        tally = FaceTally(self._rule)
        begun, compared = self._clock.monotonic(), -self._rule.period_s
        while not self._over.is_set():
            elapsed = self._clock.monotonic() - begun
            doubt = Doubt.NO_CAMERA if self._blind() else tally.doubt(elapsed)
            if doubt is not None:
                return Outcome(doubt, tally.last)
            frame = self._frame()
            # Comparisons that follow each other too fast would look three times at one picture.
            if frame is None or elapsed - compared < self._rule.period_s:
                continue
            compared = elapsed
            advice = self._hardware.matcher.advise(frame)
            decision = self._hardware.matcher.compare(frame, template, sought.kind)
            tally = tally.with_(decision)
            self._say(FaceNews(self._number, tally.same, advice[0] if advice else None))
            if tally.known:
                return Outcome(None, decision)
        return None

    def _until_clear(self) -> Outcome | None:
        """So many pictures in a row that show one face well; whose it is, nobody here knows."""
        clear, begun, looked = 0, self._clock.monotonic(), -self._rule.period_s
        while not self._over.is_set():
            elapsed = self._clock.monotonic() - begun
            if self._blind():
                return Outcome(Doubt.NO_CAMERA)
            if elapsed >= self._rule.limit_s:
                return Outcome(Doubt.TIMEOUT)
            frame = self._frame()
            if frame is None or elapsed - looked < self._rule.period_s:
                continue
            looked = elapsed
            advice = self._hardware.matcher.advise(frame)
            clear = 0 if advice else clear + 1
            self._say(FaceNews(self._number, clear, advice[0] if advice else None))
            if clear >= self._rule.needed:
                return Outcome()
        return None

    def _until_alive(self, liveness: Liveness, found: Outcome, sought: Sought) -> Outcome | None:
        """The picture that was alike begins the attempt: whoever turns the head is whoever was compared."""
        challenges = self._hardware.challenges()
        attempt = liveness.begin(challenges)
        found = replace(found, challenges=challenges)
        frame, begun = self._last, self._clock.monotonic()
        while not self._over.is_set():
            if self._blind():
                return replace(found, doubt=Doubt.NO_CAMERA)
            if self._clock.monotonic() - begun >= self._rule.alive_s:
                return replace(found, doubt=Doubt.NOT_SHOWN)
            if frame is not None:
                step = attempt.take(frame)
                if step.verdict is not None:
                    return replace(found, verdict=step.verdict, doubt=doubt_of(step.verdict, sought.kind))
                self._say(FaceNews(self._number, self._rule.needed, step=step))
            frame = self._frame()
        return None

    def _say(self, news: FaceNews) -> None:
        if not self._over.is_set():
            self._tell(news)

"""The seat's camera and the comparison of faces, off the windows' thread; a plain counter says when it is enough."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from app.ports.camera import Camera, Frame
from app.ports.device import DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from app.ports.face import EnrolmentError, FaceAdvice, FaceDecision, FaceMatcher, FaceVerdict, Template, TemplateKind

log = logging.getLogger(__name__)

NEEDED = 3
"""Decisions `same` in a row, each of another picture: one lucky frame opens no seat."""
PATIENCE_S = 20.0
"""Seconds after which two people are asked instead; a person before a camera finds more than that long."""
BREATH_S = 0.15
"""Seconds between two comparisons: half a dozen a second leave a core free for the picture."""
NOBODY_S = 0.5
"""Seconds to the next look where nobody was before the camera: an empty chair is not worth more."""


class FaceState(Enum):
    """How far the comparison is."""

    LOOKING = auto()
    KNOWN = auto()
    DOUBT = auto()


class FaceRun:
    """Counts decisions: known after three `same` in a row, in doubt when time is over. Pure; time is passed in."""

    def __init__(self, now_s: float) -> None:
        self._begun_s = now_s
        self._same: list[FaceDecision] = []
        self.state = FaceState.LOOKING

    @property
    def same(self) -> int:
        """How many `same` in a row."""
        return len(self._same)

    def take(self, decision: FaceDecision) -> FaceState:
        """Count a decision; once known or in doubt nothing changes any more."""
        if self.state is FaceState.LOOKING:
            self._same = [*self._same, decision] if decision.verdict is FaceVerdict.SAME else []
            if len(self._same) >= NEEDED:
                self.state = FaceState.KNOWN
        return self.state

    def look_at(self, now_s: float) -> FaceState:
        """Is time over?"""
        if self.state is FaceState.LOOKING and now_s - self._begun_s >= PATIENCE_S:
            self.state = FaceState.DOUBT
        return self.state

    def evidence(self) -> dict[str, str]:
        """Score and engine for the journal: the weakest of the three decisions. LookupError unless known."""
        if self.state is not FaceState.KNOWN:
            raise LookupError("not known")
        weakest = min(self._same, key=lambda decision: decision.score or 0.0).evidence()
        return {"score": weakest.get("score", ""), "engine": weakest["engine"]}


@dataclass(frozen=True)
class FaceJudged:
    """One picture was compared; `advice` says what would make the next one serve."""

    decision: FaceDecision
    advice: tuple[FaceAdvice, ...]


@dataclass(frozen=True)
class FaceUnusable:
    """There can be no comparison: the reference shows no single face, or the engine failed."""


@dataclass(frozen=True)
class CameraTold:
    """The camera's state changed."""

    status: DeviceStatus


FaceNews = FaceJudged | FaceUnusable | CameraTold


class FaceWatch(QObject):
    """Looks for a face in a camera that runs. `framed` carries a Frame to be painted, `told` a FaceNews.

    Both come in the windows' thread; of frames only the newest is kept on the way, so that a slow window never
    builds a queue.
    """

    framed = Signal(object)
    told = Signal(object)
    _frame_came = Signal()

    def __init__(
        self, camera: Camera, matcher: FaceMatcher, breath_s: float = BREATH_S, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._camera, self._matcher, self._breath_s = camera, matcher, breath_s
        self._lock = threading.Lock()
        self._to_paint: Frame | None = None
        self._to_judge: Frame | None = None
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._ends: list[Unsubscribe] = []
        self.template: Template | None = None
        """The face that is looked for, once it is read."""
        self._frame_came.connect(self._paint)

    def show(self) -> None:
        """Hand the camera's frames out; doing so again changes nothing."""
        if not self._ends:
            self._ends = [self._camera.watch(self._on_status), self._camera.subscribe(self._on_frame)]

    @property
    def reads(self) -> TemplateKind:
        """The templates that the matcher compares with."""
        return self._matcher.reads

    def compare_with(self, reference: bytes | Template) -> None:
        """Compare what the camera sees with this picture or enrolled template until `stop`."""
        self.show()
        self._end_thread()
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._judge, args=(reference, self._stopped), name="kawei-face", daemon=True
        )
        self._thread.start()

    def rest(self) -> None:
        """No more comparisons; the picture stays."""
        self._end_thread()

    def stop(self) -> None:
        """End the comparison, hear no more of the camera, and forget the last pictures and the face."""
        self._end_thread()
        for end in self._ends:
            end()
        self._ends = []
        self.template = None
        with self._lock:
            self._to_paint = self._to_judge = None

    @property
    def camera_failed(self) -> bool:
        """Whether the camera gives no picture and is not on its way to one."""
        return self._camera.status.state is DeviceState.FAILED

    @property
    def camera_refused(self) -> bool:
        """Whether it gives no picture because it is not the camera that is enrolled here."""
        return self.camera_failed and self._camera.status.fault in {DeviceFault.NOT_ENROLLED, DeviceFault.VIRTUAL}

    @property
    def camera_runs(self) -> bool:
        """Whether the camera gives pictures."""
        return self._camera.status.state is DeviceState.RUNNING

    # --- the camera's thread

    def _on_frame(self, frame: Frame) -> None:
        with self._lock:
            pending = self._to_paint is not None
            self._to_paint = self._to_judge = frame
        self._woken.set()
        if not pending:
            self._frame_came.emit()

    def _on_status(self, status: DeviceStatus) -> None:
        self.told.emit(CameraTold(status))

    # --- the thread of the comparison

    def _judge(self, reference: bytes | Template, stopped: threading.Event) -> None:
        try:
            template = reference if isinstance(reference, Template) else self._matcher.enrol(reference)
        except EnrolmentError:
            self.told.emit(FaceUnusable())
            return
        except Exception:
            log.exception("the face engine failed")
            self.told.emit(FaceUnusable())
            return
        self.template = template
        while not stopped.is_set():
            self._woken.wait(0.2)
            self._woken.clear()
            with self._lock:
                frame, self._to_judge = self._to_judge, None
            breath_s = self._breath_s
            if frame is not None and not stopped.is_set():
                verdict = self._compare(frame, template)
                if verdict is None:
                    return
                breath_s = max(breath_s, NOBODY_S) if verdict is FaceVerdict.NO_FACE else breath_s
            stopped.wait(breath_s)

    def _compare(self, frame: Frame, template: Template) -> FaceVerdict | None:
        """Judge one frame; None where the engine failed."""
        try:
            decision = self._matcher.compare(frame, template)
            advice = () if decision.verdict is FaceVerdict.SAME else self._matcher.advise(frame)
        except Exception:
            log.exception("the face engine failed")
            self.told.emit(FaceUnusable())
            return None
        self.told.emit(FaceJudged(decision, advice))
        return decision.verdict

    def _end_thread(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stopped.set()
            self._woken.set()
            thread.join()

    # --- the windows' thread

    def _paint(self) -> None:
        with self._lock:
            frame, self._to_paint = self._to_paint, None
        if frame is not None:
            self.framed.emit(frame)

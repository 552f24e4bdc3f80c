"""Keeps the seat for its member: says what the camera notices, and locks when that lasts as long as the rules allow."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.evaluation.matters.presence.records import LockKind
from app.link import Answered, Failed
from app.ports.ambient import Clock
from app.ports.face import Template
from app.ports.presence import Noticed, Presence
from ui.seat.camera import SeatCamera
from ui.seat.desk import Desk
from ui.seat.looking import LOOK_S, Looking, Told
from ui.seat.steps import OF_FACES, PageCode, Place, Sight
from ui.theme import Tone
from ui.widgets.notice import Notice

GRACE_S = 5.0
"""What is amiss so soon after two people opened the seat, they have seen themselves: it locks nothing until it has
been over once. Else a broken camera would ask for two people every minute."""
_OFF = frozenset({PageCode.WAITING, PageCode.GOODBYE})
_OPENING = OF_FACES | {PageCode.WAIT_RELEASE}


class Keeper(QObject):
    """Told of every view; `changed` says that notice or lock are others now. Without a Presence it only runs the
    camera. A lock stands here at once, before the room knows of it, and also while the line is away."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        camera: SeatCamera,
        presence: Presence | None,
        clock: Clock,
        parent: QObject | None = None,
        look_s: float = LOOK_S,
    ) -> None:
        super().__init__(parent)
        self._desk, self._camera, self._clock = desk, camera, clock
        self._looking = None if presence is None else Looking(camera, presence, clock, look_s, self)
        if self._looking is not None:
            self._looking.told.connect(self._take)
        self._known: Template | None = None
        self._opened = False
        """This program saw the seat being opened; one that was started since cannot know who sits there."""
        self._watch: int | None = None
        self._after_s = 0
        self._begun_s = 0.0
        self._unwell: Noticed | None = None
        self._excused: LockKind | None = None
        self._broken = False
        self.locking: LockKind | None = None
        """Why the seat is locked, as long as the room's own view does not say so yet."""

    # --- for the pages that open the seat

    def forget(self) -> None:
        """The seat is to be opened: by whom is open."""
        self._known = None

    def know(self, template: Template) -> None:
        """This face has just opened the seat, and is the one to look for."""
        self._known = template

    # --- for the window

    def show_sight(self, sight: Sight, place: Place) -> None:
        """A view has come; `place` is the page that it asks for."""
        if place.code in _OFF:
            self._leave()
            return
        self._camera.open()
        self._opened = self._opened or place.code in _OPENING
        if self._looking is None:
            return
        if sight.timeout_s is None:
            self._end()
            self.locking = None
        elif self.locking is None and not self._opened:
            self._lock(LockKind.RESTARTED, 0)
        elif self.locking is None and self._watch is None:
            self._begin(self._looking, sight.timeout_s)

    def tick(self) -> None:
        """A second has passed."""
        self._camera.tick()
        if self._watch is not None and self._unwell is not None:
            lasted = self._clock.monotonic() - self._unwell.since_s
            if self._unwell.kind is not None and lasted >= self._after_s:
                self._lock(self._unwell.kind, int(lasted))
            self.changed.emit()

    def close(self) -> None:
        """The window goes."""
        self._leave()
        if self._looking is not None:
            self._looking.close()

    def notice(self) -> Notice | None:
        """What the person is to be told, if anything."""
        if self._broken:
            return Notice(Tone.ATTENTION, self.tr("The watch over this seat does not work. Call staff, please."))
        if self._unwell is None or self._unwell.kind is None:
            return None
        left = max(0, round(self._after_s - (self._clock.monotonic() - self._unwell.since_s)))
        told = self._sentences()[self._unwell.kind]
        rest = self.tr("In {seconds} s the seat locks.").format(seconds=left)
        return Notice(Tone.ATTENTION, self.tr("{told} {rest}").format(told=told, rest=rest))

    def _sentences(self) -> dict[LockKind, str]:
        return {
            LockKind.ABSENT: self.tr("The camera does not see you. Look at the screen, please."),
            LockKind.SECOND_FACE: self.tr("Someone else is before this seat. Nobody but you may be here."),
            LockKind.OTHER_FACE: self.tr("The camera does not recognise you. Look straight at the screen, please."),
            LockKind.COVERED: self.tr("The camera is covered or its picture stands still. Clear it, please."),
            LockKind.CAMERA_LOST: self.tr("The camera gives no picture. Call staff, please."),
            LockKind.RESTARTED: "",
            LockKind.MOVED: "",
        }

    # --- watching

    def _begin(self, looking: Looking, after_s: int) -> None:
        self._after_s, self._begun_s = after_s, self._clock.monotonic()
        self._unwell = self._excused = None
        self._broken = False
        self._watch = looking.begin(self._known)

    def _end(self) -> None:
        if self._looking is not None and self._watch is not None:
            self._looking.end()
        self._watch = self._unwell = self._excused = None
        self._broken = False

    def _leave(self) -> None:
        self._end()
        self._known, self._opened, self.locking = None, False, None
        self._camera.close()

    def _take(self, told: Told) -> None:
        if told.number != self._watch:
            return
        if told.said is None:
            self._broken = True
        else:
            self._weigh(told.said)
        self.changed.emit()

    def _weigh(self, said: Noticed) -> None:
        now = self._clock.monotonic()
        excused_before = self._excused is not None
        if said.kind is None:
            self._excused = None
        elif self._known is None and now - self._begun_s < GRACE_S:
            self._excused = said.kind
        if said.kind is None or said.kind is self._excused:
            self._unwell = None
        elif self._unwell is None:
            self._unwell = Noticed(said.kind, now if excused_before else said.since_s)
        else:
            self._unwell = Noticed(said.kind, self._unwell.since_s)

    def _lock(self, kind: LockKind, seconds: int) -> None:
        self._end()
        self.locking = kind
        self._desk.send(self, "LockSeat", {"kind": kind.value, "seconds": seconds})

    # --- what the room says to the lock

    def answered(self, answer: Answered) -> None:
        """The view that follows shows the lock."""

    def refused(self, failure: Failed) -> None:
        """Something else holds the seat, or nothing does: what the room's view says stands."""
        self.locking = None
        self.changed.emit()


def lock_shown(sight: Sight, keeper: Keeper) -> LockKind | None:
    """Why the seat is locked, as the room says it or as the seat knows before the room."""
    found: dict[str, Any] | None = sight.lock
    return LockKind(found["kind"]) if found is not None else keeper.locking

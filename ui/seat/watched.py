"""A seat that is watched: it says so, and shows its camera's picture to those whom the view names; never its screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, SignalInstance

from app.ports.camera import Camera, Frame
from app.ports.device import Unsubscribe
from ui.call.line import SignalLink
from ui.call.picture_desk import PictureDesk
from ui.call.seen import watching_call
from ui.call.shown import Pace, Watched
from ui.seat.steps import Sight
from ui.seat.words import watchers_name


class SeatWatched(QObject):
    """Follows the view; `mark` is what the seat shows of it, empty while nobody watches."""

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, watched: Watched, camera: Camera, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._desk = PictureDesk(link, signalled, watched.make, self)
        self._pace = Pace(watched.shrink)
        self._leave: Unsubscribe | None = None

    def show_sight(self, sight: Sight) -> None:
        """Show oneself to whom the view says, and to nobody else."""
        evaluation = sight.evaluation or {}
        seen = (evaluation.get("matters") or {}).get("watching") or {}
        self._pace.look_closely(large=bool(seen.get("large")))
        self._desk.follow(watching_call(str(evaluation.get("stream", "")), seen))
        if self._desk.is_open and self._leave is None:
            self._leave = self._camera.subscribe(self._show)
        elif not self._desk.is_open:
            self._stop()

    def close(self) -> None:
        """The window ends."""
        self._stop()
        self._desk.close()

    def _stop(self) -> None:
        if self._leave is not None:
            self._leave()
            self._leave = None

    def _show(self, frame: Frame) -> None:
        """From the camera's thread."""
        taken = self._pace.taken(frame)
        if taken is not None:
            self._desk.show(taken)


def mark_of(sight: Sight) -> str:
    """What the seat shows of being watched; empty while nobody does."""
    seen: dict[str, Any] = ((sight.evaluation or {}).get("matters") or {}).get("watching") or {}
    return watchers_name([str(role) for role in seen.get("by", ())], sight.words)

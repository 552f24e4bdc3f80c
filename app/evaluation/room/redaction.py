"""What of each entry of the room's stream a viewer may be told; the default is nothing."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.room import events as e
from app.evaluation.telling import Told
from app.evaluation.visibility import STAFF
from app.rules.model import Party

_STAFF_ONLY = (
    e.DeviceEnrolled,
    e.DeviceRevoked,
    e.DeviceConnected,
    e.DeviceDisconnected,
    e.PostTaken,
    e.PostLeft,
    e.NamesLooked,
    e.ExpectedSearched,
    e.RecordingLooked,
    e.RecordingsHeld,
    e.RecordingsFreed,
    e.RecordingExpired,
    e.SessionOpened,
    e.PaperKept,
    e.PaperDropped,
    e.FaceProposed,
    e.FaceEnrolled,
    e.FaceLooked,
    e.TemplateForgotten,
    e.PortraitsForgotten,
    e.JournalRecovered,
    e.JournalExported,
    e.SigningKeyRotated,
    e.StreamHead,
    e.AccessRefused,
)
_CONSOLES = (e.RoomOpened, e.EvaluationImported)
_PARTIES = (
    e.DrawCalled,
    e.NonceCommitted,
    e.NonceRevealed,
    e.DrawSealed,
    e.DrawAccepted,
    e.CancelRequested,
    e.DrawCancelled,
)
"""Steps of a draw hold no secret, and every console or kiosk may be a party."""


def told_of_room(event: e.RoomEvent, viewer: Actor | None) -> Told:
    """How much of `event` the viewer may be told."""
    if viewer is None or viewer.role in {Party.MEMBER, Party.SYSTEM}:
        return Told.NOTHING
    staff = viewer.role in STAFF
    if isinstance(event, _PARTIES):
        return Told.WHOLE
    if isinstance(event, e.DrawOpened):
        return Told.WHOLE if staff else Told.HAPPENED
    if isinstance(event, _CONSOLES):
        return Told.WHOLE if staff else Told.NOTHING if viewer.role is Party.KIOSK else Told.HAPPENED
    return Told.WHOLE if staff and isinstance(event, _STAFF_ONLY) else Told.NOTHING

"""A watch that sees what it is told, for the rehearsal and for tests of other parts."""

from __future__ import annotations

import hashlib

from app.evaluation.matters.presence.records import LockKind
from app.ports.camera import Frame
from app.ports.face import Template
from app.ports.presence import Noticed

LOST_S = 2.0


class ScriptedPresence:
    """All is well before it, but in pictures of which `shows` told otherwise; `sees` holds over every picture."""

    def __init__(self) -> None:
        self._pictures: dict[str, LockKind] = {}
        self._kind: LockKind | None = None
        self.begun: list[Template | None] = []
        """Whom each watch was told to know."""

    def shows(self, picture: Frame, kind: LockKind) -> None:
        """This picture is one of that kind."""
        self._pictures[_key(picture)] = kind

    def sees(self, kind: LockKind | None) -> None:
        """From now on every picture shows this; None: back to the pictures themselves."""
        self._kind = kind

    def watch(self, known: Template | None, now_s: float) -> ScriptedWatch:
        """Watch, remembering whom."""
        self.begun.append(known)
        return ScriptedWatch(self, now_s)

    def kind_of(self, frame: Frame) -> LockKind | None:
        """What a picture shows."""
        return self._kind or self._pictures.get(_key(frame))


class ScriptedWatch:
    """One person at one seat, as the script says."""

    def __init__(self, script: ScriptedPresence, now_s: float) -> None:
        self._script = script
        self._told = Noticed(None, now_s)
        self._frame_s = now_s

    def take(self, frame: Frame) -> Noticed:
        """What the script says of it, at once."""
        self._frame_s = frame.at_s
        return self._tell(self._script.kind_of(frame), frame.at_s)

    def miss(self, now_s: float) -> Noticed:
        """Lost after two seconds."""
        if now_s - self._frame_s < LOST_S:
            return self._told
        return self._tell(LockKind.CAMERA_LOST, self._frame_s)

    def _tell(self, kind: LockKind | None, since_s: float) -> Noticed:
        if (kind is None) != (self._told.kind is None):
            self._told = Noticed(kind, since_s)
        elif kind is not self._told.kind:
            self._told = Noticed(kind, self._told.since_s)
        return self._told


def _key(picture: Frame) -> str:
    return hashlib.sha256(picture.rgb).hexdigest()

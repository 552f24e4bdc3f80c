"""Which cameras may serve: any of them in a rehearsal, in a live room those alone that are enrolled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path

from app.ports.device import DeviceError, DeviceFault
from devices.camera.liveliness import LIVE, LOOSE, Limits
from devices.camera.whose import BY_ID, SYSFS, identity_of, is_virtual

Admission = Callable[[int | str], Limits]
"""Asked before each opening, in the camera's thread: how closely its picture is looked at, or DeviceError."""


def any_real(source: int | str) -> Limits:
    """Any camera, film or stream but a software camera."""
    if isinstance(source, int) and is_virtual(source):
        raise DeviceError(DeviceFault.VIRTUAL, f"video{source}")
    return LOOSE


def anything(source: int | str) -> Limits:
    """Any source at all, as in a rehearsal."""
    return LOOSE


class Enrolled:
    """Admission for a machine of a room: `rehearsal` says what its room is, None while nobody knows.

    What is not known is treated as live; an answer is kept, since a room does not change from one to the other.
    """

    def __init__(
        self,
        enrolled: Collection[str],
        rehearsal: Callable[[], bool | None],
        *,
        root: Path = SYSFS,
        by_id: Path = BY_ID,
    ) -> None:
        self._enrolled = frozenset(enrolled)
        self._rehearsal = rehearsal
        self._known: bool | None = None
        self._lock = threading.Lock()
        self._root, self._by_id = root, by_id

    def __call__(self, source: int | str) -> Limits:
        """NOT_FOUND, VIRTUAL for a software camera, NOT_ENROLLED for another that the settings do not name."""
        with self._lock:
            if self._known is None:
                self._known = self._rehearsal()
            if self._known:
                return LOOSE
        if isinstance(source, int) and is_virtual(source, self._root):
            raise DeviceError(DeviceFault.VIRTUAL, f"video{source}")
        identity = identity_of(source, self._root, self._by_id)
        if identity is None:
            raise DeviceError(DeviceFault.NOT_FOUND, f"video{source}")
        if identity not in self._enrolled or not may_be_enrolled(identity):
            raise DeviceError(DeviceFault.NOT_ENROLLED, identity)
        return LIVE


def may_be_enrolled(identity: str) -> bool:
    """Whether a live room may take it at all: a film is no camera, nor is an address without a host."""
    return not identity.startswith("film:") and identity != "net:"

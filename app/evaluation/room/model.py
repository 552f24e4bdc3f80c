"""The state of the room: what its own stream folds to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

DEVICE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
"""What a machine may call itself."""


class DeviceKind(StrEnum):
    """What a machine is."""

    SEAT = "seat"
    CONSOLE = "console"
    KIOSK = "kiosk"
    BOARD = "board"


class DrawStage(StrEnum):
    """Where a draw stands."""

    COMMITTING = "committing"
    REVEALING = "revealing"
    COMPUTING = "computing"
    SEALED = "sealed"
    OPENED = "opened"
    CANCELLED = "cancelled"


class FaceStage(StrEnum):
    """How far an enrolment is."""

    PROPOSED = "proposed"
    ENROLLED = "enrolled"


class Forgetting(StrEnum):
    """Why a template was deleted."""

    REQUEST = "request"  # the expert asked for it
    REFUSED = "refused"  # the second person did not confirm
    UNCONFIRMED = "unconfirmed"  # nobody confirmed in time
    REPLACED = "replaced"  # a fresh one was confirmed
    EXPIRED = "expired"  # its time is over
    CLOSED = "closed"  # the evaluation that the expert came for is closed


@dataclass(frozen=True)
class EnrolledFace:
    """An expert's template in the register, by a reference that tells nothing; `until` '' is the close."""

    expert: str
    model: str
    version: int
    until: str
    proposed_by: str
    proposed_at: str
    stage: FaceStage = FaceStage.PROPOSED
    confirmed_by: str = ""
    confirmed_at: str = ""


@dataclass(frozen=True)
class Device:
    """An enrolled machine."""

    id: str
    kind: DeviceKind
    seat: str | None
    public_key: str
    revoked: bool = False
    connected: bool = False
    since: str = ""


@dataclass(frozen=True)
class Draw:
    """One draw; `purpose` is `slots`, `aliases` or `chair`."""

    number: int
    purpose: str
    streams: tuple[str, ...]
    request: dict[str, Any]
    stage: DrawStage = DrawStage.COMMITTING
    commitments: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    """Device by party: who committed must reveal."""
    revealed: tuple[str, ...] = ()
    transcript_hash: str | None = None
    relaxed: int = 0
    accepted: bool = False
    cancel_asked_by: str | None = None
    transcript: dict[str, Any] | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties in the request's order."""
        return tuple(self.request["parties"])


@dataclass(frozen=True)
class KeptPaper:
    """A scan on the room's disk: its size in bytes, and when it was brought last."""

    bytes: int
    at: str


@dataclass(frozen=True)
class KeyRotation:
    """A signing key (hex) that took the place of another, whose signature (hex) says so."""

    replaces: str
    public_key: str
    signature: str


@dataclass(frozen=True)
class Room:
    """Everything the room knows besides its evaluations."""

    stream: str
    rehearsal: bool
    room: str
    name: str
    seats: tuple[dict[str, Any], ...]
    public_key: str
    rotations: tuple[KeyRotation, ...] = ()
    """How `public_key` followed from the first one."""
    devices: dict[str, Device] = field(default_factory=dict)
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Who is logged in, by device: post, role, since."""
    evaluations: dict[str, str] = field(default_factory=dict)
    """Package hash by stream."""
    draws: dict[int, Draw] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    """The session of each evaluation that had more than one."""
    papers: dict[str, KeptPaper] = field(default_factory=dict)
    """Every scanned paper that was brought and not dropped, by its SHA-256."""
    faces: dict[str, EnrolledFace] = field(default_factory=dict)
    """The templates that there are, by their expert; a forgotten one is gone from here too."""
    held: dict[str, str] = field(default_factory=dict)
    """By evaluation whose recordings are kept beyond their term, the role that wanted it."""
    expired: frozenset[tuple[str, str, str]] = frozenset()
    """Stream, alias and machine of every recording whose segments were deleted by rule."""
    size: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Every signing key (hex) that the room has had, the newest last."""
        return (*(one.replaces for one in self.rotations), self.public_key)

    def seat_device(self, seat: str) -> Device | None:
        """The machine that stands at this seat."""
        return next((d for d in self.devices.values() if d.seat == seat and not d.revoked), None)

    def draws_for(self, purpose: str, stream: str) -> list[Draw]:
        """The draws of this purpose for the stream that were not cancelled, in their order."""
        return [
            d
            for d in self.draws.values()
            if d.purpose == purpose and stream in d.streams and d.stage is not DrawStage.CANCELLED
        ]

    def latest_draw(self, purpose: str, stream: str) -> Draw | None:
        """The last draw of this purpose for the stream that was not cancelled."""
        return next(reversed(self.draws_for(purpose, stream)), None)

"""What a recording is to the procedure: its gaps and its state, its events and commands, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line

CAMERA = "@"
"""Begins the party of a camera of the room; no alias begins so."""
MOST_NAME = 40
"""Characters of a camera's name."""
_NOT_IN_FILES = frozenset('/\\:*?"<>|')


def well_named(name: str) -> bool:
    """Whether a camera may be called so: short, printable, and the name of a folder on any system."""
    plain = name.isprintable() and not _NOT_IN_FILES & set(name)
    return plain and 0 < len(name) <= MOST_NAME and name == name.strip(" .")


def camera_party(name: str) -> str:
    """What a camera of the room is called where a recording says whom it shows."""
    return CAMERA + name


def is_camera(party: str) -> bool:
    """Whether a recording's party is a camera of the room, well named."""
    return party.startswith(CAMERA) and well_named(party.removeprefix(CAMERA))


class GapTrack(StrEnum):
    """What is missing."""

    PICTURE = "picture"
    SOUND = "sound"
    ALL = "all"


class GapReason(StrEnum):
    """Why it is missing."""

    SILENT = "silent"
    """Nothing was sent: muted, or no such device."""
    PAUSED = "paused"
    """Nobody sat there, or nothing was to be recorded."""
    INTERRUPTED = "interrupted"
    """The recording was cut off, and begun again."""
    DISK = "disk"
    """The disk had no room, or failed."""


FAILURES = frozenset({GapReason.INTERRUPTED, GapReason.DISK})
"""Gaps in which something may have been said or shown that nobody has."""


@dataclass(frozen=True)
class RecordingGap:
    """A stretch that is not in a recording, by the clock of the machine that recorded."""

    track: GapTrack
    start: str
    end: str
    why: GapReason


class RecordingState(StrEnum):
    """How it stands with a recording."""

    RUNNING = "running"
    LOW = "low"
    """The disk has fewer hours left than the centre's rule wants."""
    DISK = "disk"
    """The disk has no room, or failed: nothing is kept."""
    BROKEN = "broken"
    """What was recorded before was changed since: nothing is kept."""


@dataclass(frozen=True)
class RecordingNoted(Event):
    """A machine has so many segments of a member or a camera, and this is the hash of the last line of their list."""

    party: str
    device: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...]


@dataclass(frozen=True)
class RecordingTold(Event):
    """How it stands with a recording is another now; `hours_left` that its disk lasts at the least."""

    party: str
    device: str
    state: RecordingState
    hours_left: int


@dataclass(frozen=True)
class RecordingAsked(Event):
    """Someone wants the recording of a member opened before the evaluation has closed."""

    party: str
    reason: str


@dataclass(frozen=True)
class RecordingOpened(Event):
    """A second person of another role agreed."""

    party: str
    reason: str


@dataclass(frozen=True)
class RecordingRefused(Event):
    """A second person of another role did not agree."""

    party: str
    reason: str


@dataclass(frozen=True)
class NoteRecording(Command):
    """Bind a recording that was handed in up to a segment; `gaps` are those since the last note."""

    party: str
    device: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...]


@dataclass(frozen=True)
class TellRecording(Command):
    """Note how it stands with a recording."""

    party: str
    device: str
    state: RecordingState
    hours_left: int


@dataclass(frozen=True)
class AskRecording(Command):
    """Ask for a member's recording to be opened."""

    party: str
    reason: str


@dataclass(frozen=True)
class OpenRecording(Command):
    """Agree, as another role."""

    party: str
    reason: str


@dataclass(frozen=True)
class RefuseRecording(Command):
    """Do not agree, as another role."""

    party: str
    reason: str


@dataclass(frozen=True)
class Kept:
    """What one machine has recorded of one member by its last note; `at` is the room's time of it."""

    at: str
    party: str
    device: str
    seq: int
    sha256: str
    gaps: tuple[RecordingGap, ...] = ()


@dataclass(frozen=True)
class Recordings:
    """By member and machine, in the order of their first notes; who asked for which to be opened, and what is open."""

    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    states: dict[tuple[str, str], RecordingTold] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    """By alias, the role that asked."""
    opened: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()

"""A call: sound and picture between machines of one room, without a server between them.

An engine knows its partners by what the room calls them (an alias, a console's post), never by a name. What one
machine wants another to know so that they find each other travels through the room's stream alone (`Signalling`):
no machine outside is asked where we are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from app.ports.camera import Frame
from app.ports.device import Device, Unsubscribe

SOUND_RATE = 48_000
"""Samples a second of all sound at this port: 16 bits, one channel, little endian."""


class LinkState(Enum):
    """How it stands with one partner, judged by what arrives and not by what a connection says of itself."""

    JOINING = "joining"
    LIVE = "live"
    STALE = "stale"  # nothing new for longer than the watchdog allows: it is being mended
    GONE = "gone"


class Part(Enum):
    """What a machine has to do with a call: in one for talking all do both, in one for watching each does one."""

    TALK = "talk"
    SHOW = "show"  # the own picture goes out; no sound does, and nothing comes
    WATCH = "watch"  # pictures come; nothing goes out


@dataclass(frozen=True, slots=True)
class RelayServer:
    """A TURN server of the centre's own, for venues whose networks let nothing else through."""

    url: str
    user: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A partner's state changed."""

    peer: str
    state: LinkState


@dataclass(frozen=True, slots=True)
class PictureCame:
    """A decoded picture of a partner."""

    peer: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class SoundCame:
    """Ten milliseconds of a partner's sound, as it came out of the jitter buffer."""

    peer: str
    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The engine's process ended by itself; a new one is being started and joins again."""


class RecordingState(Enum):
    """How it stands with the recording of what this machine says and shows; the value is the stable code."""

    RUNNING = "running"
    DISK = "disk"  # the disk has no room or says no: nothing is kept, and it is tried again
    BROKEN = "broken"  # what was recorded before was changed since, or its folder cannot be used


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """The recording's state changed, or the room on its disk was looked at: seconds that it lasts at the least."""

    state: RecordingState
    seconds_left: int


@dataclass(frozen=True, slots=True)
class RecordingGap:
    """A stretch that is not in the recording: of `picture`, `sound` or `all`, in UTC, with the code of why."""

    track: str
    start: str
    end: str
    why: str


@dataclass(frozen=True, slots=True)
class SegmentKept:
    """A segment is whole and on the disk; `sha256` is of its line in the manifest and so binds all before it."""

    seq: int
    sha256: str
    start: str
    end: str
    gaps: tuple[RecordingGap, ...]


CallNews = LinkChanged | PictureCame | SoundCame | EngineLost | RecordingChanged | SegmentKept


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """What was measured of one partner: milliseconds, shares between 0 and 1, whole counts since the link began."""

    peer: str
    state: LinkState
    picture_age_ms: float | None
    sound_age_ms: float | None
    round_trip_ms: float | None
    lost_share: float
    concealed_share: float
    bytes_sent: int
    bytes_received: int
    sound_bytes_sent: int


Signal = Mapping[str, str]
"""One message of the engines among themselves: opaque to everyone between."""


class Signalling(Protocol):
    """The way from one machine in a call to another: the room's own stream, or a test's."""

    def send(self, to: str, message: Signal) -> None:
        """Hand a message on; returns at once, and what cannot be delivered is lost: the engines try again."""
        ...

    def subscribe(self, on_message: Callable[[str, Signal], None]) -> Unsubscribe:
        """Hear every message for this machine, with its sender as the room knows it."""
        ...


class Call(Device, Protocol):
    """One machine's part in one call. Starting it opens no link: `connect` does, for each partner the room names."""

    def connect(self, peer: str, *, offers: bool) -> None:
        """Open the link to a partner; of two partners exactly one `offers`. Again for the same does nothing."""
        ...

    def drop(self, peer: str) -> None:
        """End the link to a partner."""
        ...

    def show(self, picture: Frame | None) -> None:
        """The next own picture for all partners; None when there is none to be sent any more."""
        ...

    def say(self, pcm: bytes) -> None:
        """The next own sound: `SOUND_RATE`, any length; while muted it is dropped here and sent nowhere."""
        ...

    def mute(self, *, sound: bool, picture: bool) -> None:
        """What of the own must not leave this machine; muted means no packets, not silent ones."""
        ...

    def subscribe(self, on_news: Callable[[CallNews], None]) -> Unsubscribe:
        """Hear what comes, from the engine's thread: be quick, or hand it on."""
        ...

    def figures(self) -> Sequence[LinkFigures]:
        """What was measured last, by partner; never waits."""
        ...

"""What the link tells the window above it: one frozen dataclass a kind of message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LinkMessage:
    """Something that the link has to say."""


@dataclass(frozen=True)
class LineChanged(LinkMessage):
    """The line to the room came or went; `waiting` counts what the outbox still holds."""

    up: bool
    waiting: int


@dataclass(frozen=True)
class ViewChanged(LinkMessage):
    """A new view of everything this machine may see."""

    view: dict[str, Any]


@dataclass(frozen=True)
class Happened(LinkMessage):
    """An entry of the journal that this machine may know of."""

    entry: dict[str, Any]


@dataclass(frozen=True)
class Answered(LinkMessage):
    """A request was answered; `request` is what `RoomLink` returned, `kind` a command's type or a question's kind."""

    request: str
    kind: str
    value: Any


@dataclass(frozen=True)
class Failed(LinkMessage):
    """A request was refused, or could not reach the room; `sentence` is for the person, `code` is stable."""

    request: str
    kind: str
    code: str
    sentence: str
    where: str


@dataclass(frozen=True)
class Signalled(LinkMessage):
    """The engine of a partner in a call has something to say to ours."""

    stream: str
    call: str
    sender: str
    message: dict[str, str]


@dataclass(frozen=True)
class WritingChanged(LinkMessage):
    """How the room's writing stands: `ok`, else the code of what keeps it from its disk, or `disk_slow`."""

    state: str


@dataclass(frozen=True)
class StreamProof:
    """How far this machine itself has proved a stream of the journal.

    `size` entries are signed by the room and extend, since `since` entries (at `since_at`), whatever this machine saw
    before; checked at `at`. Of the room's stream `heard` entries were told whole and give the signed root. `cosigned`
    is the size that this machine signed last. `restored`: the room was restored from a backup of that moment. `fault`
    is empty while all fits, else `bad_note`, `not_signed`, `shorter`, `not_extended`, `other_content`, `other_head`, or
    what is wrong with the entry at `place` (a code of `app.journal`).
    """

    stream: str
    size: int = 0
    at: str = ""
    since: int = 0
    since_at: str = ""
    heard: int = 0
    cosigned: int = 0
    restored: str = ""
    fault: str = ""
    place: int = 0


@dataclass(frozen=True)
class JournalProved(LinkMessage):
    """How far the streams are proved that this machine may follow, the room's own first."""

    streams: tuple[StreamProof, ...]


@dataclass(frozen=True)
class SessionEnded(LinkMessage):
    """The room ended this machine's session (revoked, replaced, expired); a new one is tried by itself."""

    reason: str


@dataclass(frozen=True)
class Trouble(LinkMessage):
    """Something is wrong with this machine itself that nobody asked about; `code` is one of `app.link.faults`."""

    code: str
    sentence: str

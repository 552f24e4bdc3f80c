"""What is written of calls, what may be asked for, and what the evaluation remembers of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.rules.model import Party

COMMITTEE = "committee"
HELP = "help/"
"""Followed by the alias of the seat that the centre talks with."""
BROADCAST = "broadcast"
"""The centre is heard at every seat, and nobody else anywhere."""

OUTSIDE = frozenset({Party.AGENCY.value, Party.TENDEREE.value})
"""Parties of the committee's call who are no members: heard while the line to them is open, and not otherwise."""


@dataclass(frozen=True)
class CallJoined(Event):
    """Someone is in a call from now on: an alias, or a post such as `centre`; `device` may speak for it."""

    call: str
    party: str
    device: str


@dataclass(frozen=True)
class CallLeft(Event):
    """Someone is in the call no more; `why` is `left`, `ended` (the other hung up), `handed` (another took it over)
    or `closed` (by the room)."""

    call: str
    party: str
    why: str


@dataclass(frozen=True)
class CallsClosed(Event):
    """The room ended what may not go on; who had to leave follows."""


@dataclass(frozen=True)
class CallHeld(Event):
    """A call between the staff and a seat waits: neither hears the other."""

    call: str


@dataclass(frozen=True)
class CallResumed(Event):
    """They hear each other again; what was offered to somebody else is offered no more."""

    call: str


@dataclass(frozen=True)
class CallHandedOver(Event):
    """A call waits for another of the staff (`to`: a role) to take it."""

    call: str
    to: str


@dataclass(frozen=True)
class CallWritten(Event):
    """One side of a seat's call wrote to the other: the way that is left where no voice gets through."""

    call: str
    party: str
    text: str


@dataclass(frozen=True)
class WordAsked(Event):
    """A member would like to speak."""

    alias: str


@dataclass(frozen=True)
class WordGiven(Event):
    """The chair gave a member the word; with an empty alias everybody may speak again."""

    alias: str


@dataclass(frozen=True)
class BroadcastBegun(Event):
    """The centre tells every seat something: in writing, with its voice (`spoken`), or both."""

    text: str
    spoken: bool
    device: str


@dataclass(frozen=True)
class BroadcastEnded(Event):
    """It is over."""


@dataclass(frozen=True)
class JoinCall(Command):
    """Be in a call; again from another machine moves there."""

    call: str


@dataclass(frozen=True)
class LeaveCall(Command):
    """Be in it no more; a help call ends with that, also one that the other side has not answered."""

    call: str


@dataclass(frozen=True)
class CloseCalls(Command):
    """The room ends what may not go on."""


@dataclass(frozen=True)
class HoldCall(Command):
    """Let a seat wait: nothing is heard either way."""

    call: str


@dataclass(frozen=True)
class ResumeCall(Command):
    """Talk with it again."""

    call: str


@dataclass(frozen=True)
class HandOver(Command):
    """Let another of the staff take a seat's call: `to` is `centre` (another console of it) or a role that the rule
    set names."""

    call: str
    to: str


@dataclass(frozen=True)
class WriteInCall(Command):
    """Write to the other side of a seat's call that one is in."""

    call: str
    text: str


@dataclass(frozen=True)
class AskWord(Command):
    """Ask the chair for the word."""


@dataclass(frozen=True)
class GiveWord(Command):
    """Give the word to a member of the call, or with an empty alias to everybody."""

    alias: str


@dataclass(frozen=True)
class Broadcast(Command):
    """Tell every seat something, in writing or with one's voice."""

    text: str
    spoken: bool


@dataclass(frozen=True)
class EndBroadcast(Command):
    """Take it away again."""


@dataclass(frozen=True)
class Talk:
    """A stay in a call that is over or still goes on."""

    call: str
    party: str
    at: str
    ended_at: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Announcement:
    """What the centre tells every seat."""

    at: str
    text: str
    spoken: bool
    ended_at: str | None = None


@dataclass(frozen=True)
class Written:
    """What one side of a seat's call wrote."""

    at: str
    party: str
    text: str


@dataclass(frozen=True)
class OutsideLine:
    """The line to somebody outside, while the committee has one: whom, whether it is open, why it is held (a code)."""

    party: str
    open: bool = False
    held: str = ""


@dataclass(frozen=True)
class Calls:
    """Who is in which call with which machine, what waits for whom, who asks for the word and has it, every stay."""

    inside: dict[str, dict[str, str]] = field(default_factory=dict)
    """By call: device by party."""
    held: frozenset[str] = frozenset()
    """Calls that wait."""
    offered: dict[str, str] = field(default_factory=dict)
    """By call: the role that may take it over."""
    written: dict[str, tuple[Written, ...]] = field(default_factory=dict)
    """By call that is still on, in order."""
    asked: tuple[str, ...] = ()
    word: str = ""
    talks: tuple[Talk, ...] = ()
    announced: tuple[Announcement, ...] = ()
    """The last one may still be on."""
    line: OutsideLine | None = None

"""What the room's view says of a call, as a window needs it. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

COMMITTEE = "committee"
HELP = "help/"
"""Before the alias of the seat that talks with the centre."""
BROADCAST = "broadcast"
"""The centre is heard at every seat."""
OUTSIDE = frozenset({"agency", "tenderee"})
"""Parties whom the committee may ask, as the rule set says."""


@dataclass(frozen=True)
class Partner:
    """Another party of a call that this machine is in; of the two exactly one offers."""

    party: str
    offers: bool


@dataclass(frozen=True)
class MaskSeen:
    """How this party's voice and picture go out: what the rule set demands, and why.

    `voice` is `changed` or `plain`, `picture` is `none`, `drawn` or `blurred`. Whatever is not named goes out least.
    """

    voice: str = "changed"
    picture: str = "none"
    reason: str = ""


UNMASKED = MaskSeen("plain", "none")
"""Towards the centre, which knows who sits where, and sees seats in another way."""


@dataclass(frozen=True)
class CallSeen:
    """One call: whether this machine is inside, with whom, and what keeps it out ('' for nothing)."""

    stream: str
    call: str
    party: str
    inside: bool
    obstacle: str
    partners: tuple[Partner, ...]
    mask: MaskSeen = MaskSeen()
    held: str = ""
    """Of a seat's call on hold: `held`, or the role that it waits for."""
    written: tuple[tuple[str, str], ...] = ()
    """Of a seat's call: who wrote what last, in order."""


@dataclass(frozen=True)
class WordSeen:
    """Who has the word in the committee's call ('' for everybody), and who asks for it."""

    holder: str
    asked: tuple[str, ...]


def committee_call(stream: str, seen: Mapping[str, Any]) -> CallSeen | None:
    """The committee's call out of `matters.call` of a view; None for who does not sit."""
    return _call(stream, seen.get("committee"))


def help_call(stream: str, seen: Mapping[str, Any]) -> CallSeen | None:
    """The call between this seat and the centre; None for who has no seat."""
    return _call(stream, seen.get("help"))


def rings(seen: Mapping[str, Any]) -> bool:
    """Whether the centre waits for this seat to answer."""
    return bool((seen.get("help") or {}).get("rings"))


def help_of(alias: str) -> str:
    """The call between the centre and this seat."""
    return HELP + alias


def held_calls(stream: str, seen: Mapping[str, Any]) -> tuple[CallSeen, ...]:
    """The calls with seats that this machine of the staff is in."""
    calls = (_call(stream, told) for told in seen.get("mine", ()))
    return tuple(found for found in calls if found is not None and found.call.startswith(HELP))


def own_broadcast(stream: str, seen: Mapping[str, Any]) -> CallSeen | None:
    """The broadcast that this machine of the centre speaks in."""
    calls = (_call(stream, told) for told in seen.get("mine", ()))
    return next((found for found in calls if found is not None and found.call == BROADCAST), None)


def heard_broadcast(stream: str, seen: Mapping[str, Any]) -> CallSeen | None:
    """The broadcast that this seat may hear; None while nobody speaks to all seats."""
    told = seen.get("broadcast") or {}
    return _call(stream, told) if told.get("spoken") else None


def watching_call(stream: str, seen: Mapping[str, Any]) -> CallSeen | None:
    """Whom this machine shows itself to or watches, out of `matters.watching` of a view; None for nobody."""
    return _call(stream, seen.get("mine"))


def last_answer(seen: Mapping[str, Any]) -> tuple[str, str]:
    """When and what the centre answered in writing; empty where it did not."""
    answer = (seen.get("help") or {}).get("answer") or {}
    return str(answer.get("at", "")), str(answer.get("text", ""))


def word_of(seen: Mapping[str, Any]) -> WordSeen:
    """Who speaks, who would like to."""
    return WordSeen(str(seen.get("word", "")), tuple(str(alias) for alias in seen.get("asked", ())))


@dataclass(frozen=True)
class LineSeen:
    """The committee asks this machine: the way into its call once the line is open, and why it is held (a code)."""

    call: CallSeen | None
    held: str


def line_seen(stream: str, matters: Mapping[str, Any]) -> LineSeen | None:
    """The line to whoever has this view; None while they are not asked. Who is asked speaks with the own voice."""
    told = matters.get("agency_line") or {}
    if "line" not in told:
        return None
    call = _call(stream, told.get("call"))
    return LineSeen(None if call is None else replace(call, mask=UNMASKED), str(told["line"].get("held") or ""))


def _call(stream: str, told: Mapping[str, Any] | None) -> CallSeen | None:
    if not told:
        return None
    partners = tuple(Partner(str(peer["party"]), bool(peer["offers"])) for peer in told["peers"])
    return CallSeen(
        stream,
        str(told["call"]),
        str(told["party"]),
        bool(told["inside"]),
        str(told.get("obstacle") or ""),
        partners,
        _mask(str(told["call"]), told.get("mask")),
        str(told.get("held") or ""),
        tuple((str(one["party"]), str(one["text"])) for one in told.get("written", ())),
    )


def _mask(call: str, told: Mapping[str, str] | None) -> MaskSeen:
    if call != COMMITTEE:
        return UNMASKED
    return MaskSeen(told["voice"], told["picture"], told["reason"]) if told else MaskSeen()

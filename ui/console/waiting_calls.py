"""Who waits to be talked with at this console, the longest wait first. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ui.call.seen import HELP, CallSeen, held_calls, help_of
from ui.console.sight import Sight


class Why(StrEnum):
    """What a call waits for: an answer, somebody of this role to take it over, or this console to go on."""

    CALLS = "calls"
    OFFERED = "offered"
    HELD = "held"


@dataclass(frozen=True)
class WaitingCall:
    """One seat that waits; `since` is a moment (RFC 3339), `text` what its member wrote."""

    why: Why
    stream: str
    call: str
    seat: str
    alias: str
    since: str
    text: str = ""

    @property
    def rings(self) -> bool:
        """Whether nobody of the staff talks with it: this console's own pauses do not ring."""
        return self.why is not Why.HELD

    def waited_s(self, now: datetime | None) -> int:
        """Seconds since then by the room's time."""
        return (
            0
            if now is None or not self.since
            else max(0, int((now - datetime.fromisoformat(self.since)).total_seconds()))
        )


def waiting_calls(sight: Sight, shown: CallSeen | None) -> tuple[WaitingCall, ...]:
    """Seats that called, calls that are handed over to this role, calls that this console holds and does not show.

    A call that somebody of the staff answers already waits no more; seats call the centre and nobody else.
    """
    found = [one for evaluation in sight.evaluations for one in _of(evaluation, sight.role, shown)]
    return tuple(sorted(found, key=lambda one: one.since))


def _of(evaluation: dict[str, Any], role: str, shown: CallSeen | None) -> Iterator[WaitingCall]:
    stream = str(evaluation["stream"])
    told = (evaluation.get("matters") or {}).get("call") or {}
    seats = {help_of(str(m["alias"])): str(m["seat"]) for m in evaluation["members"] if m["alias"] and m["seat"]}
    since = told.get("since") or {}
    mine = held_calls(stream, told)
    for one in evaluation["helps"] if role == "centre" else ():
        call = help_of(str(one["alias"]))
        if not any(party != one["alias"] for party in (told.get("inside") or {}).get(call, ())):
            yield WaitingCall(
                Why.CALLS, stream, call, str(one["seat"]), str(one["alias"]), str(one["at"]), str(one["text"])
            )
    own = {seen.call for seen in mine}
    for call, to in (told.get("offered") or {}).items():
        if to == role and call not in own and call in seats:
            yield WaitingCall(Why.OFFERED, stream, call, seats[call], call.removeprefix(HELP), str(since.get(call, "")))
    for seen in mine:
        hidden = shown is None or (seen.stream, seen.call) != (shown.stream, shown.call)
        if seen.held and hidden and seen.call in seats:
            alias = seen.call.removeprefix(HELP)
            yield WaitingCall(Why.HELD, stream, seen.call, seats[seen.call], alias, str(since.get(seen.call, "")))

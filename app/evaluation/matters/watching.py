"""Watching (监看): a console shows the cameras of seats; each look is an entry, and a watched seat is told.

Staff watch as the rule set allows: some at any time, some never while members work alone. What is shown is the
camera, which looks at the person and never at the screen. A machine watches the seats that it named last and no
others; between a seat and a machine that does not watch it the room carries nothing (`app.room.signals`). Cameras of
the room that a console shows beside the seats stand in the entry by the names that the console knows them by.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.model import Evaluation
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_THE_SEAT, SEALED_STAGES
from app.evaluation.telling import Told, by_role
from app.rules.model import Party, Watch

CALL = "watching"
"""What engines call it towards the room, as they name a call."""
MOST_CAMERAS = 16
MOST_NAME = 40
"""Characters of a camera's name."""


@dataclass(frozen=True)
class SeatsWatched(Event):
    """From now on this machine watches these seats and no others; `large` is one of them or empty."""

    party: str
    device: str
    aliases: tuple[str, ...]
    large: str
    cameras: tuple[str, ...]


@dataclass(frozen=True)
class WatchingClosed(Event):
    """The room ended what may not or does not go on; who had to stop follows."""

    devices: tuple[str, ...]


@dataclass(frozen=True)
class WatchingStopped(Event):
    """This machine watches nothing more; `why` is `left`, or `closed` (by the room)."""

    party: str
    device: str
    why: str


@dataclass(frozen=True)
class WatchSeats(Command):
    """Watch these seats, by the aliases of those who sit there, and no others; one of them large, or none (empty).

    `cameras` are those of the room that are shown beside them.
    """

    aliases: tuple[str, ...]
    large: str
    cameras: tuple[str, ...]


@dataclass(frozen=True)
class StopWatching(Command):
    """Watch nothing more."""


@dataclass(frozen=True)
class CloseWatching(Command):
    """The room ends what may not go on, and for these machines what does not: they are away, or nobody who may watch
    is logged in there."""

    devices: tuple[str, ...]


@dataclass(frozen=True)
class Watcher:
    """What a machine watches now, and for whom it is there."""

    role: Party
    device: str
    aliases: tuple[str, ...]
    large: str
    cameras: tuple[str, ...]

    @property
    def party(self) -> str:
        """What engines know it by: there may be several machines of one role."""
        return f"{self.role.value}/{self.device}"


@dataclass(frozen=True)
class Watched:
    """A stretch in which a machine watched; `seats` are all that it saw in it, `close` those that it saw large."""

    role: Party
    device: str
    at: str
    seats: tuple[str, ...]
    close: tuple[str, ...]
    ended_at: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Watching:
    """Who watches now, by machine, and every stretch that there was."""

    now: dict[str, Watcher] = field(default_factory=dict)
    stretches: tuple[Watched, ...] = ()


# --- what is so


def obstacle(state: Evaluation, role: Party) -> str | None:
    """The code of what keeps a role from watching now, or None; asked of those who watch already as well."""
    allowed = state.ruleset.procedure.watching.get(role)
    if allowed is None:
        return "watching_not_allowed"
    if allowed is Watch.OPEN and any(lot.stage in SEALED_STAGES for lot in state.lots.values()):
        return "watching_closed"
    return None if _seated(state) else "nobody_at_seat"


def _seated(state: Evaluation) -> tuple[str, ...]:
    return tuple(one.alias for one in state.members.values() if one.alias and one.stage in AT_THE_SEAT)


def watchers(state: Evaluation, alias: str) -> list[Watcher]:
    """Who may see this member's camera now."""
    if alias not in _seated(state):
        return []
    found = state.memory(Watching).now.values()
    return [one for one in found if alias in one.aliases and obstacle(state, one.role) is None]


def over(state: Evaluation) -> list[Watcher]:
    """Everyone who must stop by now."""
    return [one for one in state.memory(Watching).now.values() if obstacle(state, one.role) is not None]


# --- what may be done


def watch(state: Evaluation, command: WatchSeats, actor: Actor, at: str) -> list[Event]:
    """Where the rule set lets this role, and somebody sits at each seat."""
    if (found := obstacle(state, actor.role)) is not None:
        raise Refused(found, state.stream)
    seated = _seated(state)
    for number, alias in enumerate(command.aliases):
        if alias not in seated or alias in command.aliases[:number]:
            raise Refused("nobody_at_seat", f"$.aliases[{number}]")
    if command.large and command.large not in command.aliases:
        raise Refused("nobody_at_seat", "$.large")
    if len(set(command.cameras)) != len(command.cameras) or len(command.cameras) > MOST_CAMERAS:
        raise Refused("bad_value", "$.cameras")
    for number, name in enumerate(command.cameras):
        if not name.strip() or len(name) > MOST_NAME:
            raise Refused("bad_value", f"$.cameras[{number}]")
    if not command.aliases and not command.cameras:
        raise Refused("nobody_at_seat", "$.aliases")
    device = actor.device or ""
    wanted = Watcher(actor.role, device, command.aliases, command.large, command.cameras)
    if state.memory(Watching).now.get(device) == wanted:
        raise Refused("already_watching", state.stream)
    return [SeatsWatched(actor.role.value, device, wanted.aliases, wanted.large, wanted.cameras)]


def stop(state: Evaluation, command: StopWatching, actor: Actor, at: str) -> list[Event]:
    """Whoever watches; also in the name of another of the same machine, who went without stopping."""
    found = state.memory(Watching).now.get(actor.device or "")
    if found is None:
        raise Refused("not_watching", state.stream)
    return [WatchingStopped(found.role.value, found.device, "left")]


def close(state: Evaluation, command: CloseWatching, actor: Actor, at: str) -> list[Event]:
    """Everyone who must stop."""
    ended = over(state)
    due = [one for one in state.memory(Watching).now.values() if one in ended or one.device in command.devices]
    if not due:
        raise Refused("no_watching_to_close", state.stream)
    return [WatchingClosed(command.devices), *(WatchingStopped(one.role.value, one.device, "closed") for one in due)]


# --- what becomes of it


def _watched(state: Evaluation, event: SeatsWatched, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Watching)
    one = Watcher(Party(event.party), event.device, event.aliases, event.large, event.cameras)
    before = memory.now.get(one.device)
    stretches = memory.stretches
    if before is not None and before.role is not one.role:
        stretches = tuple(_ended(found, one.device, at, "left") for found in stretches)
        before = None
    if before is None:
        stretches = (*stretches, Watched(one.role, one.device, at, (), ()))
    return state.remembering(
        Watching(memory.now | {one.device: one}, tuple(_extended(found, one) for found in stretches))
    )


def _extended(found: Watched, one: Watcher) -> Watched:
    """The stretch of this machine that still goes on, with what it sees now as well."""
    if (found.device, found.ended_at) != (one.device, None):
        return found
    seats = (*found.seats, *(alias for alias in one.aliases if alias not in found.seats))
    close = (*found.close, one.large) if one.large and one.large not in found.close else found.close
    return replace(found, seats=seats, close=close)


def _ended(found: Watched, device: str, at: str, why: str) -> Watched:
    going = (found.device, found.ended_at) == (device, None)
    return replace(found, ended_at=at, why=why) if going else found


def _stopped(state: Evaluation, event: WatchingStopped, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Watching)
    now = {device: one for device, one in memory.now.items() if device != event.device}
    ended = tuple(_ended(found, event.device, at, event.why) for found in memory.stretches)
    return state.remembering(Watching(now, ended))


# --- what is seen


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To a member who watches the own seat, by roles; to staff who watches what, and what the own machine does."""
    member = may.own(state, viewer)
    if member is not None and member.alias:
        found = watchers(state, member.alias)
        return {
            "by": sorted({one.role.value for one in found}),
            "large": any(one.large == member.alias for one in found),
            "mine": _call(member.alias, [(one.party, True) for one in found]),
        }
    if viewer.role not in may.STAFF:
        return {}
    memory = state.memory(Watching)
    told: dict[str, Any] = {
        "obstacle": obstacle(state, viewer.role),
        "watchers": [
            {"role": one.role.value, "device": one.device, "aliases": list(one.aliases), "large": one.large}
            for one in memory.now.values()
        ],
    }
    own = memory.now.get(viewer.device or "")
    if own is not None and own.role is viewer.role and obstacle(state, own.role) is None:
        there = [alias for alias in own.aliases if alias in _seated(state)]
        told["mine"] = _call(own.party, [(alias, False) for alias in there])
        told["mine"] |= {"large": own.large if own.large in there else "", "cameras": list(own.cameras)}
    return told


def _call(party: str, peers: list[tuple[str, bool]]) -> dict[str, Any]:
    """As a call is told to an engine: the seat offers, the console takes."""
    told = [{"party": peer, "offers": offers} for peer, offers in sorted(peers)]
    return {"call": CALL, "inside": bool(peers), "party": party, "peers": told}


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line a stretch: they concern every lot."""
    return [_line(found) for found in state.memory(Watching).stretches]


_WHO = {Party.CENTRE: "中心", Party.WITNESS: "见证人员", Party.REGULATOR: "行政监督人员"}


def _line(found: Watched) -> Line:
    seats = "、".join(found.seats) or "场地"
    close = f"，其中放大查看 {'、'.join(found.close)}" if found.close else ""
    if found.ended_at is None:
        return Line(found.at, "监看", f"{_WHO[found.role]}监看 {seats} 的影像{close}，至记录时未结束。")
    minutes = whole_minutes(moment(found.ended_at) - moment(found.at))
    closed = "，由系统关闭" if found.why == "closed" else ""
    text = f"{_WHO[found.role]}监看 {seats} 的影像{close}，{clock(found.ended_at)} 结束，历时 {minutes} 分钟{closed}。"
    return Line(found.at, "监看", text)


def _told(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """The whole to staff; to every seat that something of this kind changed, so that it looks whom it concerns."""
    if viewer.role in may.STAFF:
        return Told.WHOLE
    member = may.own(state, viewer)
    return Told.HAPPENED if member is not None and member.stage in AT_THE_SEAT else Told.NOTHING


WATCHING = Matter(
    name="watching",
    decisions={WatchSeats: watch, StopWatching: stop, CloseWatching: close},
    permits={WatchSeats: may.STAFF, StopWatching: may.STAFF, CloseWatching: frozenset({SYSTEM.role})},
    starts={SeatsWatched: WatchSeats, WatchingStopped: StopWatching, WatchingClosed: CloseWatching},
    folds={SeatsWatched: _watched, WatchingStopped: _stopped},
    told={SeatsWatched: _told, WatchingStopped: _told, WatchingClosed: by_role(staff=Told.WHOLE)},
    entries={
        SeatsWatched: Words("{party}监看 {count} 个席位的影像", "{party} watches the cameras of {count} seats"),
        WatchingStopped: Words("{party}结束监看", "{party} stops watching"),
        WatchingClosed: Words("关闭不得继续的监看", "Watching that may not go on is closed"),
    },
    view=view,
    report=report,
)

"""The room's door (入场): it opens for whoever drew a seat behind it, by face within a time, later by two people.

Law: the door opens in the journal first. From the draw of the seat until the seat knows its member, the face opens it
for `entry_min`; after that only a leave that still runs lets the face open it again, where the rule set has that leave
in `reentry` (东台: none). Whoever else stands before the door is let in by two people, or not at all. Going out needs
no permission: nobody is ever locked in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.decisions.releasing import Releasable
from app.evaluation.events import Event, Liveness
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.matters.leave.decisions import on_leave
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import after, reached
from app.evaluation.refusal import Refused
from app.evaluation.stages import MemberStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

INSIDE = (
    MemberStage.SEAT_DRAWN,
    MemberStage.SEATED,
    MemberStage.BRIEFED,
    MemberStage.PLEDGED,
    MemberStage.RECUSED,
    MemberStage.REPLACED,
)
"""Stages of a member who has a seat behind the door."""


@dataclass(frozen=True)
class DoorOpened(Event):
    """The door let a member in: `means` is `visit` (the face was known and the seat drawn a moment before, at the same
    kiosk), `face` or `two_person`; what was measured only for a face."""

    member: str
    means: str
    score: str | None
    engine: str | None
    liveness: Liveness | None = codec.spoken(None)


@dataclass(frozen=True)
class EnterRoom(Command):
    """Open the door. Without a face it is the same visit in which the seat was drawn; the room watches over that."""

    member: str
    score: str | None = None
    engine: str | None = None
    liveness: Liveness | None = None


@dataclass(frozen=True)
class Entries:
    """When and how the door opened last, by member; and the lines for the report."""

    last: dict[str, tuple[str, str]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def by_face(state: Evaluation, member: Member, at: str) -> str | None:
    """Why the face does not open the door now to a member who has a seat behind it (`INSIDE`), as the code of a
    refusal; None where it does."""
    if member.stage is MemberStage.SEAT_DRAWN:
        limit = after(member.at["SlotTaken"], state.ruleset.procedure.entry_min)
        return "entry_over" if reached(at, limit) else None
    leave = on_leave(state, member.alias)
    if leave is None:
        return "inside_already"
    return None if leave.kind.value in state.ruleset.procedure.reentry else "entry_by_staff"


def enter(state: Evaluation, command: EnterRoom, actor: Actor, at: str) -> list[Event]:
    """By the face, or right after the key was pressed."""
    member = guards.member(state, command.member, *INSIDE)
    why_not = by_face(state, member, at)
    if why_not is not None:
        raise Refused(why_not, member.ref, minutes=str(state.ruleset.procedure.entry_min))
    if command.score is None and member.stage is MemberStage.SEAT_DRAWN:
        return [DoorOpened(member.ref, "visit", None, None)]
    if command.score is None or command.engine is None:
        raise Refused("face_needed", "$.score")
    return [DoorOpened(member.ref, "face", command.score, command.engine, guards.alive(command.liveness))]


def _releasable(state: Evaluation, member: Member) -> None:
    guards.in_stage(member, *INSIDE)


def _opened(state: Evaluation, event: DoorOpened, actor: Actor, at: str) -> Evaluation:
    memory, member = state.memory(Entries), state.members[event.member]
    lines = memory.lines
    if event.means == "two_person":
        lines = (*lines, Line(at, "入场", f"{member.alias}经两人核验后开门进入评标室。"))
    memory = replace(memory, last=memory.last | {event.member: (at, event.means)}, lines=lines)
    releases = {key: one for key, one in state.releases.items() if key != ("entry", event.member)}
    return replace(state.remembering(memory), releases=releases)


def _report(state: Evaluation, lot: str) -> list[Line]:
    return list(state.memory(Entries).lines)


ENTRY = Matter(
    name="entry",
    decisions={EnterRoom: enter},
    permits={EnterRoom: frozenset({Party.KIOSK})},
    starts={DoorOpened: EnterRoom},
    folds={DoorOpened: _opened},
    told={DoorOpened: by_role(staff=Told.WHOLE, office=Told.HAPPENED, kiosk=Told.HAPPENED)},
    entries={
        DoorOpened: Words("评标室门为第 {person} 号人员打开（{means}）", "The door opened to person {person} ({means})")
    },
    releases={
        "entry": Releasable(Party.KIOSK, _releasable, lambda member: DoorOpened(member.ref, "two_person", None, None))
    },
    report=_report,
)

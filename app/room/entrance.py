"""Whom the door beside a kiosk lets in: which door it is, and whether the face is enough. The room says so."""

from __future__ import annotations

from enum import StrEnum

from app.evaluation.matters.entry import INSIDE, Entries, by_face
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import after, reached
from app.evaluation.stages import MemberStage
from app.room.plan import RoomPlan

OPENED_MIN = 1
"""So many minutes after two people opened the door the kiosk that waits for it may still carry it out."""


class DoorWay(StrEnum):
    """What a person who holds a seat may expect of the door before which the kiosk stands."""

    VISIT = "visit"
    """The seat was drawn in this very visit: the door opens without another look."""
    FACE = "face"
    """The door opens once the face is known."""
    STAFF = "staff"
    """Two people have to open it."""
    OPENED = "opened"
    """Two people have just opened it."""
    OTHER = "other"
    """It is the door of another room."""
    INSIDE = "inside"
    """The journal has the person inside, at work: there is nothing to open."""


def door_way(
    plan: RoomPlan, kiosk: str, state: Evaluation, member: Member, at: str, *, same_visit: bool
) -> DoorWay | None:
    """What this kiosk's door does for a member at server time `at`; None for one who has no seat behind any door."""
    if member.seat is None or member.stage not in INSIDE:
        return None
    here = plan.door_of(kiosk)
    if here is not None and here != plan.room_of(member.seat):
        return DoorWay.OTHER
    last = state.memory(Entries).last.get(member.ref)
    if last is not None and last[1] == "two_person" and not reached(at, after(last[0], OPENED_MIN)):
        return DoorWay.OPENED
    why_not = by_face(state, member, at)
    if why_not is None:
        return DoorWay.VISIT if same_visit and member.stage is MemberStage.SEAT_DRAWN else DoorWay.FACE
    return DoorWay.INSIDE if why_not == "inside_already" else DoorWay.STAFF

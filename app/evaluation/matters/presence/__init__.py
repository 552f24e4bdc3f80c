"""Presence at the seat (在席): a seat that no longer sees its member locks itself, and opens for the face alone.

Law: from opening to wiping, the seat's own machine looks whether its member, and nobody else, is before it. What it
saw for as long as the rule set says (`seat_timeout_s`) locks the seat; the entry says what and for how long, never a
picture. A face or two people open it again. A lock is a fact for the report, no verdict: nothing follows by itself.
The room takes the word of an enrolled machine, here as where a seat is first opened: one that lies can lock and open
its own seat, and no other.
"""

from __future__ import annotations

from app.evaluation.decisions.releasing import Releasable
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.presence import decisions, seen
from app.evaluation.matters.presence.records import LockEnd, LockSeat, SeatLocked, SeatUnlocked, UnlockSeat
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})
_STAFF_AND_OWN = by_role(staff=Told.WHOLE, own=Told.WHOLE)

PRESENCE = Matter(
    name="presence",
    decisions={LockSeat: decisions.lock, UnlockSeat: decisions.unlock},
    permits={LockSeat: _MEMBER, UnlockSeat: _MEMBER},
    starts={SeatLocked: LockSeat, SeatUnlocked: UnlockSeat},
    folds={SeatLocked: decisions.locked_folded, SeatUnlocked: decisions.unlocked_folded},
    told={SeatLocked: _STAFF_AND_OWN, SeatUnlocked: _STAFF_AND_OWN},
    entries={
        SeatLocked: Words("{alias}席位锁定（{kind}，{seconds} 秒）", "{alias}'s seat is locked ({kind}, {seconds} s)"),
        SeatUnlocked: Words("{alias}席位锁定结束（{means}）", "{alias}'s seat is no longer locked ({means})"),
    },
    gate=decisions.gate,
    releases={
        "unlock": Releasable(
            Party.MEMBER,
            decisions.unlockable,
            lambda member: SeatUnlocked(member.alias or "", LockEnd.TWO_PERSON.value, None, None),
        )
    },
    step=seen.step,
    view=seen.view,
    report=seen.report,
)

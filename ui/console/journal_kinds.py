"""Entries of the journal by what they are about, so that a person can look for one kind alone."""

from __future__ import annotations

from enum import StrEnum

from app.evaluation.matters import MATTERS


class EntryKind(StrEnum):
    """What an entry is about."""

    ARRIVAL = "arrival"
    DRAW = "draw"
    WORK = "work"
    MATTER = "matter"
    ROOM = "room"
    REFUSAL = "refusal"


_REFUSALS = frozenset({"CommandRefused", "AccessRefused", "ReleaseRefused"})
_ARRIVALS = frozenset(
    {
        "ReleaseRequested",
        "ReleaseApproved",
        "MemberCheckedIn",
        "PhoneStored",
        "SlotTaken",
        "SeatOpened",
        "DisciplineRead",
        "PledgeGiven",
        "MemberRecused",
        "SeatWiped",
        "PhoneReturned",
        "MemberLeft",
    }
)
_DRAWS = frozenset(
    {
        "DrawCalled",
        "NonceCommitted",
        "NonceRevealed",
        "DrawSealed",
        "DrawAccepted",
        "CancelRequested",
        "DrawCancelled",
        "DrawOpened",
        "SlotsAllotted",
        "LotDrawn",
    }
)
_MATTERS = frozenset(kind.__name__ for matter in MATTERS for kind in matter.entries) | {
    "HelpCalled",
    "HelpAnswered",
    "RemarkAdded",
}


def kind_of(stream: str, entry: str) -> EntryKind:
    """The kind of an entry by its stream and type."""
    for kind, types in (
        (EntryKind.REFUSAL, _REFUSALS),
        (EntryKind.ARRIVAL, _ARRIVALS),
        (EntryKind.DRAW, _DRAWS),
        (EntryKind.MATTER, _MATTERS),
    ):
        if entry in types:
            return kind
    return EntryKind.ROOM if stream == "room" else EntryKind.WORK

"""How much of an entry someone is told, and the rules that are made of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.model import Evaluation
from app.evaluation.stages import AT_THE_SEAT
from app.rules.model import Party


class Told(IntEnum):
    """How much of an entry is told."""

    NOTHING = 0
    HAPPENED = 1
    """That something of this type happened, with time and the actor's role; neither data nor alias."""
    WHOLE = 2


Rule = Callable[[Evaluation, Any, Actor], Told]

OFFICE = frozenset({Party.TENDEREE, Party.AGENCY})
"""Parties with a console who neither run nor watch the room."""


def by_role(
    staff: Told = Told.NOTHING,
    office: Told = Told.NOTHING,
    kiosk: Told = Told.NOTHING,
    own: Told = Told.NOTHING,
    sitting: Told = Told.NOTHING,
) -> Rule:
    """A rule by who looks: staff, office, kiosk, the member whom the event is about, the sitting committee."""

    def rule(state: Evaluation, event: Any, viewer: Actor) -> Told:
        if viewer.role in may.STAFF:
            return staff
        if viewer.role in OFFICE:
            return office
        if viewer.role is Party.KIOSK:
            return kiosk
        return max(own if _is_own(state, event, viewer) else Told.NOTHING, _sitting(state, viewer, sitting))

    return rule


def _sitting(state: Evaluation, viewer: Actor, level: Told) -> Told:
    return level if may.sits(state, viewer) else Told.NOTHING


def _is_own(state: Evaluation, event: Any, viewer: Actor) -> bool:
    member = may.own(state, viewer)
    if member is None or member.stage not in AT_THE_SEAT:
        return False
    return getattr(event, "alias", None) == member.alias or getattr(event, "member", None) == member.ref


def in_committee(centre: Told = Told.HAPPENED, own: Told = Told.NOTHING) -> Rule:
    """A rule for what the committee settles among itself: the whole to those who sit, to witness and regulator."""
    shared = by_role(staff=Told.WHOLE, own=own, sitting=Told.WHOLE)

    def rule(state: Evaluation, event: Any, viewer: Actor) -> Told:
        return centre if viewer.role is Party.CENTRE else shared(state, event, viewer)

    return rule

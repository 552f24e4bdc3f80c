"""Guards that several decisions share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.events import Liveness
from app.evaluation.model import Evaluation, LotState, Member
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.stages import LotStage, MemberStage


def member(state: Evaluation, ref: str, *stages: MemberStage) -> Member:
    """Return the member with this reference, in one of `stages`."""
    found = state.members.get(ref)
    if found is None:
        raise Refused("unknown_member", ref)
    return in_stage(found, *stages)


def acting(state: Evaluation, actor: Actor, *stages: MemberStage) -> Member:
    """Return the member who acts, in one of `stages`."""
    found = state.by_alias(actor.alias or "")
    if found is None:
        raise Refused("not_seated", actor.alias or "")
    return in_stage(found, *stages)


def in_stage(found: Member, *stages: MemberStage) -> Member:
    """Return the member if in one of `stages` (none given: any)."""
    if stages and found.stage not in stages:
        raise Refused("wrong_member_stage", found.alias or found.ref, stage=found.stage.value)
    return found


def sitting(state: Evaluation, actor: Actor) -> Member:
    """Return the acting member of the constituted committee."""
    found = acting(state, actor, MemberStage.PLEDGED)
    if found.alias not in state.committee:
        raise Refused("not_in_committee", actor.alias or "")
    return found


def chair(state: Evaluation, actor: Actor) -> Member:
    """Return the acting chair."""
    found = sitting(state, actor)
    if found.alias != state.chair:
        raise Refused("not_the_chair", actor.alias or "")
    return found


def lot(state: Evaluation, lot_id: str, *stages: LotStage) -> LotState:
    """Return the lot, in one of `stages`."""
    found = lot_of(state, lot_id)
    if found.stage not in stages:
        raise Refused("wrong_stage", lot_id, stage=found.stage.value)
    return found


def alive(liveness: Liveness | None) -> Liveness:
    """Return what showed that the face was a living person's; whatever leaves a doubt is for people to decide."""
    if liveness is None or liveness.reason != "passed" or liveness.cues or not liveness.challenges:
        raise Refused("liveness_needed", "$.liveness")
    return liveness


def text(value: str, where: str) -> str:
    """Return a text that someone has to have written."""
    if not value.strip():
        raise Refused("reason_needed", where)
    return value


def moment(value: str, where: str) -> str:
    """Return a time as RFC 3339 with its offset."""
    try:
        given = datetime.fromisoformat(value)
    except ValueError:
        raise Refused("bad_value", where) from None
    if given.tzinfo is None:
        raise Refused("bad_value", where)
    return value


def transcript(told: dict[str, Any], items: tuple[str, ...]) -> None:
    """Refuse what is no draw that anyone can verify of an order among just these items."""
    if drawing.verify(told) is not None or tuple(told.get("items", ())) != items:
        raise Refused("bad_transcript", "$.transcript")

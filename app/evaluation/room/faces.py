"""Enrolling an expert's face by two people, and forgetting it: consent, chip photo and retention are the law's (PIPL).

Sources: 个人信息保护法 (articles 28-30, 47, 55-56) and 人脸识别技术应用安全管理办法 (in force 2025-06-01): separate
consent to words that can be shown again, the shortest retention, deletion on request.
"""

from __future__ import annotations

import re

from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as c
from app.evaluation.room import events as e
from app.evaluation.room.events import RoomEvent
from app.evaluation.room.model import EnrolledFace, FaceStage, Forgetting, Room
from app.rules.model import Party

_HASH = re.compile(r"[0-9a-f]{64}")
_BY_STAFF = frozenset({Forgetting.REQUEST, Forgetting.REFUSED})
"""What people decide; everything else follows from the clock or the journal, and the room does it by itself."""


def propose(room: Room, command: c.ProposeFace, actor: Actor) -> list[RoomEvent]:
    """The first of two people: the expert is there, consented, and is like the card's chip photo."""
    if not command.expert or command.expert in room.faces:
        raise Refused("bad_value", "$.expert")
    for name in ("model", "score", "engine", "consent"):
        if not getattr(command, name):
            raise Refused("bad_value", f"$.{name}")
    if not _HASH.fullmatch(command.consent_sha256):
        raise Refused("bad_value", "$.consent_sha256")
    return [e.FaceProposed(**vars(command))]


def confirm(room: Room, command: c.ConfirmFace, actor: Actor) -> list[RoomEvent]:
    """The second of two people, never the first again."""
    face = _face(room, command.expert)
    if face.stage is not FaceStage.PROPOSED:
        raise Refused("nothing_requested", "$.expert")
    if face.proposed_by == actor.post:
        raise Refused("second_person", "$.expert")
    _expect_reason(command.reason)
    return [e.FaceEnrolled(command.expert, command.reason)]


def forget(room: Room, command: c.ForgetFace, actor: Actor) -> list[RoomEvent]:
    """Delete a template: at the expert's wish by one person, else by the room itself."""
    face = _face(room, command.expert)
    if command.why not in set(Forgetting):
        raise Refused("bad_value", "$.why")
    why = Forgetting(command.why)
    if (actor.role is Party.SYSTEM) == (why in _BY_STAFF):
        raise Refused("bad_value", "$.why")
    if why is Forgetting.REFUSED and face.stage is not FaceStage.PROPOSED:
        raise Refused("nothing_requested", "$.expert")
    if why in _BY_STAFF:
        _expect_reason(command.reason)
    return [e.TemplateForgotten(command.expert, why.value, command.reason)]


def _face(room: Room, expert: str) -> EnrolledFace:
    found = room.faces.get(expert)
    if found is None:
        raise Refused("no_such_face", "$.expert")
    return found


def _expect_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_needed", "$.reason")

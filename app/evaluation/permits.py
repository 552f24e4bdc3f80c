"""Which role may send which command at all. Stage, alias and content are the decisions' business."""

from __future__ import annotations

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.refusal import Refused
from app.rules.model import Party

_CENTRE = frozenset({Party.CENTRE})
_SYSTEM = frozenset({Party.SYSTEM})
_KIOSK = frozenset({Party.KIOSK})
_MEMBER = frozenset({Party.MEMBER})
_RELEASERS = frozenset({Party.CENTRE, Party.WITNESS})

PERMITTED: dict[type[c.Command], frozenset[Party]] = {
    c.OpenEvaluation: _CENTRE,
    c.OfferSealingKey: _SYSTEM,
    c.AllotSlots: _SYSTEM,
    c.RequestRelease: _KIOSK | _MEMBER,
    c.ApproveRelease: _RELEASERS,
    c.RefuseRelease: _RELEASERS,
    c.CheckIn: _KIOSK,
    c.StorePhone: _KIOSK,
    c.TakeSlot: _KIOSK,
    c.OpenSeat: _MEMBER,
    c.ReadDiscipline: _MEMBER,
    c.GivePledge: _MEMBER,
    c.Recuse: _MEMBER,
    c.ConstituteCommittee: _CENTRE,
    c.ProposeChair: _MEMBER,
    c.AgreeToChair: _MEMBER,
    c.ObjectToChair: _MEMBER,
    c.DrawChair: _SYSTEM,
    c.SealSheet: _MEMBER,
    c.GiveSheetKey: _MEMBER,
    c.OpenSheets: _SYSTEM,
    c.RepeatStage: _MEMBER,
    c.ConcludeReview: _MEMBER,
    c.FailLot: _MEMBER,
    c.NoteFindings: _MEMBER,
    c.CheckTables: frozenset({Party.AGENCY, Party.TENDEREE, Party.CENTRE}),
    c.ConfirmResult: _MEMBER,
    c.DissentFromResult: _MEMBER,
    c.IssueReport: _SYSTEM,
    c.WipeSeat: _MEMBER,
    c.ReturnPhone: _KIOSK,
    c.LeaveRoom: _KIOSK,
    c.CallHelp: _MEMBER,
    c.AnswerHelp: _RELEASERS,
    c.AddRemark: frozenset({Party.WITNESS}),
    c.RecordRefusal: frozenset(Party),
    c.CloseEvaluation: _CENTRE,
    **{kind: roles for matter in MATTERS for kind, roles in matter.permits.items()},
}
"""`RecordRefusal` carries the refused actor; only the room itself issues it, never a client."""


def permit(command: c.Command, actor: Actor) -> None:
    """Refuse a command that the actor's role may never send (`not_permitted`)."""
    if actor.role not in PERMITTED[type(command)]:
        raise Refused("not_permitted", actor.role.value)

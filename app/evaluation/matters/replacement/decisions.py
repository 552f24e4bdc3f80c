"""Who may be replaced by whose word, and when the committee may go on."""

from __future__ import annotations

from dataclasses import replace

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import gathering, guards
from app.evaluation.events import Event, LotFailed, PlatformDue
from app.evaluation.matters.group import ELECTION, GROUP
from app.evaluation.matters.replacement.records import (
    AddMembers,
    ApproveReplacement,
    Asked,
    AskReplacement,
    ChairVacated,
    CommitteeRecomposed,
    MemberDeparted,
    MemberReplaced,
    MembersAdded,
    RecomposeCommittee,
    RecordDeparture,
    RefuseReplacement,
    ReplacementApproved,
    ReplacementAsked,
    ReplacementRefused,
    Replacements,
)
from app.evaluation.matters.termination import terminated
from app.evaluation.model import Evaluation, LotState, Member
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.tally import competing
from app.rules.model import Party, SealedMember


def reporting(state: Evaluation) -> bool:
    """A report is made or issued: too late to replace anyone."""
    late = (LotStage.REPORTING, LotStage.REPORTED, LotStage.CLOSED)
    return any(lot.stage in late for lot in state.lots.values())


def _before_report(state: Evaluation) -> None:
    if reporting(state):
        raise Refused("already_reporting", state.stream)


def ask(state: Evaluation, command: AskReplacement, actor: Actor, at: str) -> list[Event]:
    """A sitting member; the ground is one of the rule set's."""
    _before_report(state)
    member = state.by_alias(command.alias)
    if member is None or member.alias not in state.committee:
        raise Refused("unknown_member", "$.alias")
    if actor.role is Party.MEMBER and actor.alias != command.alias:
        raise Refused("not_permitted", "$.alias")
    if command.ground not in state.ruleset.procedure.replacement_grounds:
        raise Refused("no_lawful_ground", "$.ground")
    guards.text(command.reason, "$.reason")
    if command.alias in state.memory(Replacements).asked:
        raise Refused("already_requested", command.alias)
    return [ReplacementAsked(**vars(command))]


def _asked(state: Evaluation, alias: str, actor: Actor) -> Asked:
    asked = state.memory(Replacements).asked.get(alias)
    if asked is None:
        raise Refused("nothing_requested", alias)
    if asked.by.role is actor.role:
        raise Refused("same_role", actor.role.value)
    return asked


def approve(state: Evaluation, command: ApproveReplacement, actor: Actor, at: str) -> list[Event]:
    """The member is out at once; a replaced chair leaves the chair vacant."""
    _before_report(state)
    asked = _asked(state, command.alias, actor)
    guards.text(command.reason, "$.reason")
    made: list[Event] = [
        ReplacementApproved(command.alias, command.reason),
        MemberReplaced(command.alias, asked.ground),
    ]
    return [*made, ChairVacated(command.alias)] if command.alias == state.chair else made


def refuse(state: Evaluation, command: RefuseReplacement, actor: Actor, at: str) -> list[Event]:
    """One no is enough; it may be asked for again on better grounds."""
    _asked(state, command.alias, actor)
    guards.text(command.reason, "$.reason")
    return [ReplacementRefused(**vars(command))]


def add(state: Evaluation, command: AddMembers, actor: Actor, at: str) -> list[Event]:
    """While the committee is being composed, or after a member was replaced; as many as there are slots."""
    _before_report(state)
    if state.committee and not state.vacant:
        raise Refused("nothing_vacant", state.stream)
    members = [codec.from_json(SealedMember, m, f"$.members[{i}]") for i, m in enumerate(command.members)]
    refs = {m.ref for m in members}
    if not members or len(refs) != len(members) or refs & set(state.members):
        raise Refused("bad_value", "$.members")
    if state.slots and len(state.members) + len(members) > len(state.slots):
        raise Refused("no_slot_left", state.stream, slots=str(len(state.slots) - len(state.members)))
    guards.text(command.reason, "$.reason")
    return [MembersAdded(**vars(command))]


def present(state: Evaluation) -> list[Member]:
    """Who sits here now, by alias."""
    sitting = [m for m in state.members.values() if m.stage is MemberStage.PLEDGED]
    return sorted(sitting, key=lambda m: m.alias or "")


def recompose(state: Evaluation, command: RecomposeCommittee, actor: Actor, at: str) -> list[Event]:
    """The composition check of the beginning, with whoever sits here now; everybody called in has arrived."""
    if not state.vacant:
        raise Refused("nothing_vacant", state.stream)
    waiting = gathering.members_missing(state)
    if waiting:
        raise Refused("members_missing", state.stream, count=str(len(waiting)))
    made: list[Event] = [CommitteeRecomposed(*gathering.composition(state, present(state)))]
    if state.chair is None:
        return made
    for lot in state.lots.values():
        if _unqualified(state, lot):
            made.append(LotFailed(lot.lot.id, "too_few_bids"))
        elif not state.ruleset.procedure.carries_review:
            made.append(PlatformDue(lot.lot.id))
    return made


def _unqualified(state: Evaluation, lot: LotState) -> bool:
    """Too few bids by the purchaser's own qualification review, which is no conclusion of the committee."""
    qualified = replace(lot, rejected={}, dropped={}, not_opened=())
    return lot.failed is not None and competing(state, qualified) < state.ruleset.least_after_review


def may_depart(state: Evaluation, member: Member) -> bool:
    """Whether a member works no more, or nobody does any more, and has not gone through the door."""
    gone = {MemberStage.RECUSED, MemberStage.REPLACED}
    if terminated(state):
        gone |= set(MemberStage) - {MemberStage.EXPECTED, MemberStage.PLEDGED, MemberStage.LEFT}
    return member.stage in gone or (member.replaced is not None and member.stage is not MemberStage.LEFT)


def depart(state: Evaluation, command: RecordDeparture, actor: Actor, at: str) -> list[Event]:
    """Of someone who withdrew or was replaced, or whose evaluation was ended, and went without the door."""
    member = guards.member(state, command.member)
    if not may_depart(state, member):
        raise Refused("wrong_member_stage", command.member, stage=member.stage.value)
    guards.text(command.reason, "$.reason")
    return [MemberDeparted(**vars(command))]


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """With a vacant place members may go on alone, but the group decides nothing."""
    if state.vacant and type(command).__name__ in GROUP | ELECTION:
        raise Refused("committee_incomplete", state.stream)

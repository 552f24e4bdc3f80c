"""From import to a checked committee: opening, slots, the door, the seat, discipline, pledge, composition."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from fractions import Fraction

from app.evaluation import codec, commands, events
from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import after, reached
from app.evaluation.refusal import Refused
from app.evaluation.stages import MemberStage
from app.journal import canonical
from app.rules import Refusal, read_ruleset, read_tender, ruleset_hash
from app.rules.model import MemberKind, SealedMember

_KEY = re.compile(r"[0-9a-f]{64}")


def open_evaluation(state: Evaluation | None, command: commands.OpenEvaluation, actor: Actor) -> list[Event]:
    """Import once, from a rule set and a tender that hold together."""
    if state is not None:
        raise Refused("already_open", state.stream)
    try:
        ruleset, tender = read_ruleset(command.ruleset), read_tender(command.tender)
    except Refusal as refusal:
        raise Refused("bad_value", refusal.where) from None
    if ruleset_hash(ruleset) != command.ruleset_hash:
        raise Refused("wrong_hash", "$.ruleset_hash")
    if ruleset.track is not tender.track:
        raise Refused("wrong_track", "$.tender.track")
    members = [codec.from_json(SealedMember, m, f"$.members[{i}]") for i, m in enumerate(command.members)]
    if len({m.ref for m in members}) != len(members) or not members:
        raise Refused("bad_value", "$.members")
    return [events.EvaluationOpened(**vars(command))]


def offer_sealing_key(state: Evaluation, command: commands.OfferSealingKey, actor: Actor) -> list[Event]:
    """A key of the room's memory, offered under a fresh id."""
    if command.key_id in state.sealing_keys:
        raise Refused("bad_value", "$.key_id")
    if not _KEY.fullmatch(command.public):
        raise Refused("bad_value", "$.public")
    return [events.SealingKeyOffered(command.key_id, command.public)]


def allot_slots(state: Evaluation, command: commands.AllotSlots, actor: Actor) -> list[Event]:
    """Slots before anyone has taken one; a later draw replaces an earlier one that was cancelled."""
    if any(m.slot for m in state.members.values()):
        raise Refused("slots_in_use", "$.slots")
    if len(command.slots) < len(state.members) or len(set(command.slots)) != len(command.slots):
        raise Refused("too_few_slots", "$.slots")
    return [events.SlotsAllotted(**vars(command))]


def check_in(state: Evaluation, command: commands.CheckIn, actor: Actor, at: str) -> list[Event]:
    """A face that the kiosk took for the same, shown by a living person, in time; everything else two people decide."""
    guards.member(state, command.member, MemberStage.EXPECTED)
    if not state.slots:
        raise Refused("not_drawn_yet", command.member)
    if is_late(state, at):
        raise Refused("late", command.member, minutes=str(state.ruleset.late_after_min))
    alive = guards.alive(command.liveness)
    return [events.MemberCheckedIn(command.member, "face", command.score, command.engine, alive)]


def is_late(state: Evaluation, at: str) -> bool:
    """Whether who comes now comes too late (迟到) by the rule set. A rehearsal may be held at any hour, and who is
    called in after the committee stood was not expected at its beginning."""
    limit = after(state.planned_at, state.ruleset.late_after_min)
    return not state.rehearsal and not state.committee and not reached(limit, at)


def store_phone(state: Evaluation, command: commands.StorePhone, actor: Actor) -> list[Event]:
    """One locker a person."""
    guards.member(state, command.member, MemberStage.CHECKED_IN)
    in_use = (MemberStage.LEFT, MemberStage.PHONE_RETURNED)
    if any(m.locker == command.locker and m.stage not in in_use for m in state.members.values()):
        raise Refused("locker_in_use", command.locker)
    guards.text(command.locker, "$.locker")
    return [events.PhoneStored(command.member, command.locker)]


def take_slot(state: Evaluation, command: commands.TakeSlot, actor: Actor) -> list[Event]:
    """The k-th to press takes the k-th slot."""
    member = guards.member(state, command.member, MemberStage.PHONE_STORED)
    taken = sum(m.slot is not None for m in state.members.values())
    if command.slot != state.slots[taken]:
        raise Refused("not_the_next_slot", command.slot)
    if member.alias not in (None, command.alias):  # who comes again keeps the alias
        raise Refused("bad_value", "$.alias")
    others = [m for m in state.members.values() if m.ref != member.ref]
    if any(command.seat == m.seat or command.alias == m.alias for m in others):
        raise Refused("seat_taken", command.seat)
    return [events.SlotTaken(**vars(command))]


def open_seat(state: Evaluation, command: commands.OpenSeat, actor: Actor) -> list[Event]:
    """A face that the seat took for its member's."""
    member = guards.acting(state, actor, MemberStage.SEAT_DRAWN)
    return [events.SeatOpened(member.alias or "", "face", command.score, command.engine)]


def read_discipline(state: Evaluation, command: commands.ReadDiscipline, actor: Actor) -> list[Event]:
    """Read to the end."""
    member = guards.acting(state, actor, MemberStage.SEATED)
    if command.read_s < 0:
        raise Refused("bad_value", "$.read_s")
    return [events.DisciplineRead(member.alias or "", command.read_s)]


def pledge_hash(text: str) -> str:
    """The hash that a pledge names its text by."""
    return hashlib.sha256(canonical(text)).hexdigest()


def bidders(state: Evaluation) -> tuple[str, ...]:
    """Every bidder of every lot once, in the tender's order."""
    return tuple(dict.fromkeys(bid.bidder for lot in state.lots.values() for bid in lot.lot.bids))


def give_pledge(state: Evaluation, command: commands.GivePledge, actor: Actor) -> list[Event]:
    """The whole pledge, and a statement for every bidder (条例 46; 采条 9)."""
    member = guards.acting(state, actor, MemberStage.BRIEFED)
    if command.pledge_hash != pledge_hash(state.ruleset.pledge):
        raise Refused("wrong_hash", "$.pledge_hash")
    if set(command.no_interest) != set(bidders(state)):
        raise Refused("interest_open", "$.no_interest")
    return [events.PledgeGiven(member.alias or "", command.pledge_hash, command.no_interest)]


def recuse(state: Evaluation, command: commands.Recuse, actor: Actor) -> list[Event]:
    """Withdraw before the committee is constituted; later it is a replacement, which is another procedure."""
    member = guards.acting(state, actor, MemberStage.BRIEFED, MemberStage.PLEDGED)
    if state.committee:
        raise Refused("already_constituted", member.alias or "")
    if command.bidder not in bidders(state):
        raise Refused("unknown_bidder", "$.bidder")
    guards.text(command.reason, "$.reason")
    return [events.MemberRecused(member.alias or "", command.bidder, command.reason)]


def largest_budget(state: Evaluation) -> Fraction:
    """The largest budget or ceiling of the lots, in yuan; zero where none is known."""
    known = [Fraction(s) for lot in state.lots.values() for s in _limits(lot.lot.scoring) if s is not None]
    return max(known, default=Fraction(0))


def _limits(rule: dict[str, str | None]) -> list[str | None]:
    return [rule.get("budget"), rule.get("ceiling")]


_READY = frozenset(
    {
        MemberStage.PLEDGED,
        MemberStage.RECUSED,
        MemberStage.REPLACED,
        MemberStage.SEAT_WIPED,
        MemberStage.PHONE_RETURNED,
        MemberStage.LEFT,
    }
)


def members_missing(state: Evaluation) -> list[Member]:
    """Members who have neither pledged nor recused yet; nobody wipes a seat before that."""
    return [m for m in state.members.values() if m.stage not in _READY]


def constitute_committee(state: Evaluation, command: commands.ConstituteCommittee, actor: Actor) -> list[Event]:
    """Once all have pledged or recused."""
    if state.committee:
        raise Refused("already_constituted", state.stream)
    waiting = members_missing(state)
    if waiting:
        raise Refused("members_missing", state.stream, count=str(len(waiting)))
    return [events.CommitteeConstituted(*composition(state, state.pledged))]


def composition(state: Evaluation, members: Sequence[Member]) -> tuple[tuple[str, ...], int, int]:
    """Return aliases, number of experts and of delegates of a committee that the law lets sit, or refuse:
    odd, large enough, experts two thirds, delegates authorised (招标投标法 37; 87号令 47)."""
    rule = state.ruleset.committee
    large = (
        rule.large_minimum is not None
        and rule.large_from is not None
        and largest_budget(state) >= Fraction(rule.large_from)
    )
    minimum = rule.large_minimum if large and rule.large_minimum is not None else rule.minimum
    experts = sum(m.kind is MemberKind.EXPERT for m in members)
    if len(members) < minimum:
        raise Refused("committee_too_small", state.stream, count=str(len(members)), minimum=str(minimum))
    if len(members) % 2 == 0:
        raise Refused("committee_even", state.stream, count=str(len(members)))
    if 3 * experts < 2 * len(members):
        raise Refused("too_few_experts", state.stream, count=str(experts), total=str(len(members)))
    if rule.delegate_needs_authorisation and any(m.kind is MemberKind.DELEGATE and not m.authorised for m in members):
        raise Refused("not_authorised", state.stream)
    return tuple(m.alias or "" for m in members), experts, len(members) - experts

"""What a replacement does to the committee, its rounds and its lots."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.matter import Line
from app.evaluation.matters.replacement.records import (
    Asked,
    ChairVacated,
    CommitteeRecomposed,
    MemberDeparted,
    MemberReplaced,
    MembersAdded,
    ReplacementApproved,
    ReplacementAsked,
    ReplacementRefused,
    Replacements,
)
from app.evaluation.model import Evaluation, LotState, Member, Round, SheetKind
from app.rules.model import SealedMember


def _line(state: Evaluation, at: str, text: str) -> Evaluation:
    memory = state.memory(Replacements)
    return state.remembering(replace(memory, lines=(*memory.lines, Line(at, "成员更换", text))))


def asked_folded(state: Evaluation, event: ReplacementAsked, actor: Actor, at: str) -> Evaluation:
    """It waits for another role."""
    memory = state.memory(Replacements)
    asked = Asked(event.alias, event.ground, event.reason, actor, at)
    state = state.remembering(replace(memory, asked=memory.asked | {event.alias: asked}))
    ground = state.ruleset.procedure.replacement_grounds[event.ground]
    return _line(state, at, f"申请更换{event.alias}：{ground}；{event.reason}")


def _settled(state: Evaluation, alias: str) -> Evaluation:
    memory = state.memory(Replacements)
    left = {key: asked for key, asked in memory.asked.items() if key != alias}
    return state.remembering(replace(memory, asked=left))


def refused_folded(state: Evaluation, event: ReplacementRefused, actor: Actor, at: str) -> Evaluation:
    """It is over."""
    return _line(_settled(state, event.alias), at, f"不同意更换{event.alias}：{event.reason}")


def approved_folded(state: Evaluation, event: ReplacementApproved, actor: Actor, at: str) -> Evaluation:
    """It is over; what follows is an entry of its own."""
    return _settled(state, event.alias)


def replaced_folded(state: Evaluation, event: MemberReplaced, actor: Actor, at: str) -> Evaluation:
    """Out of the committee and out of every round that still runs."""
    member = state.by_alias(event.alias)
    if member is None:
        return state
    members = state.members | {member.ref: replace(member, replaced=event.ground)}
    committee = tuple(alias for alias in state.committee if alias != event.alias)
    lots = {key: without(lot, event.alias) for key, lot in state.lots.items()}
    state = replace(state, members=members, committee=committee, lots=lots, vacant=True)
    if state.chair is None:
        state = _without_election(state)
    return _line(state, at, f"{event.alias}退出，其评审意见无效，原记录保留。")


def without(lot: LotState, alias: str) -> LotState:
    """Sheets that are not opened yet are not opened any more; opinions on a result that will reopen are gone."""
    for kind in (SheetKind.REVIEW, SheetKind.MARKS):
        for last in lot.newest_rounds(kind):
            if not last.opened:
                kept = replace(last, sealed=_but(last.sealed, alias), carried=_but(last.carried, alias))
                lot = lot.with_round(kept)
    return replace(lot, opinions={})


def _but(table: dict[str, Any], alias: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != alias}


def _without_election(state: Evaluation) -> Evaluation:
    """The election begins anew; its ballots go on counting."""
    before = state.ballots_before + len(state.ballots)
    return replace(state, proposal=None, ballots=(), votes=(), ballots_before=before)


def vacated_folded(state: Evaluation, event: ChairVacated, actor: Actor, at: str) -> Evaluation:
    """The election begins anew."""
    state = _without_election(replace(state, chair=None, chair_means=None))
    return _line(state, at, f"{event.alias}为{state.ruleset.words['chair']}，须重新推选。")


def added_folded(state: Evaluation, event: MembersAdded, actor: Actor, at: str) -> Evaluation:
    """They are expected like the others."""
    sealed = [codec.from_json(SealedMember, member) for member in event.members]
    members = state.members | {m.ref: Member(m.ref, m.kind, m.authorised) for m in sealed}
    return _line(replace(state, members=members), at, f"补抽 {len(sealed)} 人：{event.reason}")


def recomposed_folded(state: Evaluation, event: CommitteeRecomposed, actor: Actor, at: str) -> Evaluation:
    """Group results reopen; what those who stay had sealed and opened stands in the new rounds."""
    joined = [alias for alias in event.aliases if alias not in state.committee]
    lots = {key: reopened(lot, event.aliases) for key, lot in state.lots.items()}
    state = replace(state, committee=event.aliases, vacant=False, lots=lots)
    who = f"新成员{'、'.join(joined)}从头独立评审" if joined else "余下成员人数合法，继续评审"
    return _line(state, at, f"{state.ruleset.words['committee']}重新组成，共 {len(event.aliases)} 人，{who}。")


def reopened(lot: LotState, committee: tuple[str, ...]) -> LotState:
    """Rounds that were opened begin again, and the sheets of the committee stand in them; group results are gone."""
    for kind in (SheetKind.REVIEW, SheetKind.MARKS):
        for last in lot.newest_rounds(kind):
            if last.opened:
                rounds = lot.rounds(kind)
                stand = {alias: sheet for alias, sheet in (last.sheets or {}).items() if alias in committee}
                again = Round(kind, len(rounds) + 1, bids=last.bids, carried=stand, phase=last.phase)
                lot = lot.with_rounds(kind, (*rounds, again))
    return replace(
        lot,
        rejected={},
        competition=None,
        failed=None,
        case_hash=None,
        result_hash=None,
        finding_note=None,
        check_remarks=None,
        opinions={},
    )


def departed_folded(state: Evaluation, event: MemberDeparted, actor: Actor, at: str) -> Evaluation:
    """For the record; the stage moves by the table."""
    alias = state.members[event.member].alias or "未领席位的成员"
    return _line(state, at, f"{alias}已离场：{event.reason}")

"""What a rejection offers to whom, what is seen of it, and what the report says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Option, Words
from app.evaluation.matters.letters.acts import REASON
from app.evaluation.matters.letters.records import LetterKind, Letters
from app.evaluation.matters.rejection.decisions import AFTER_REVIEW, STAGES, missing
from app.evaluation.matters.rejection.records import Decided, Proposal, Rejections, Vote
from app.evaluation.model import Evaluation, LotState
from app.rules.model import Party

WATCHING = frozenset({Party.WITNESS, Party.REGULATOR})


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """A vote for each member who has not voted; proposals and the word on competition for the chair."""
    if not may.sits(state, viewer):
        return []
    lots = [lot for lot in state.lots.values() if lot.stage in STAGES]
    found = [act for lot in lots for act in _votes(state, lot, viewer.alias or "")]
    if viewer.alias == state.chair:
        found += [act for lot in lots for act in (*_competition(state, lot), *_proposals(state, lot))]
    return found


def _votes(state: Evaluation, lot: LotState, alias: str) -> Iterator[Act]:
    for proposal in state.memory(Rejections).open_in(lot.lot.id):
        if alias in proposal.votes and missing(state, proposal.votes):
            continue
        case, reject = proposal.case, state.ruleset.words["reject"]
        ground = f"{case.ground}：{state.ruleset.grounds[case.ground]}"
        why = f"依据 {ground}；条款：{case.clause}；页码：{case.page}；事实：{case.facts}"
        zh = f"{why}\n记名表决，过半数同意即{reject}。"
        agree = Field("agree", Words(f"同意{reject}", "Agree to reject"), FieldKind.FLAG)
        reason = Field("reason", Words("理由（不同意的必填）", "Reason (needed against)"), needed=False)
        title = Words(f"请表决：{reject}（{case.bid}）", f"Vote: reject {case.bid}")
        data = {"lot": case.lot, "bid": case.bid}
        yield Act("VoteRejection", title, Words(zh, case.facts), (agree, reason), data, urgent=True)


def _proposals(state: Evaluation, lot: LotState) -> Iterator[Act]:
    memory, letters, lot_id = state.memory(Rejections), state.memory(Letters), lot.lot.id
    free = tuple(
        bid
        for bid in lot.live_bids()
        if memory.open_for(lot_id, bid) is None and letters.open_for(lot_id, bid, LetterKind.LOW_PRICE) is None
    )
    if not free:
        return
    words = state.ruleset.words
    where = f"（{words['lot']} {lot_id}）" if len(state.lots) > 1 else ""
    title = Words(f"提请表决{words['reject']}{where}", f"Propose a rejection ({lot_id})")
    zh = f"写明法定情形、{words['documents']}条款、{words['bid']}页码和事实；全体成员记名表决，过半数同意才成立。"
    fields = (
        Field("bid", Words("投标代号", "Bid"), FieldKind.CHOICE, tuple(Option(b, Words(b, b)) for b in free)),
        Field("ground", Words("法定情形", "Ground"), FieldKind.CHOICE, _grounds(state.ruleset.grounds)),
        Field("clause", Words(f"{words['documents']}条款", "Clause"), FieldKind.LINE),
        Field("page", Words(f"{words['bid']}页码", "Page"), FieldKind.LINE),
        Field("facts", Words("事实和理由", "Facts")),
    )
    yield Act("ProposeRejection", title, Words(zh, "All members vote."), fields, {"lot": lot_id})


def _grounds(grounds: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, Words(f"{code}：{text}", f"{code}: {text}")) for code, text in grounds.items())


def _competition(state: Evaluation, lot: LotState) -> Iterator[Act]:
    if lot.lot.id not in state.memory(Rejections).competition_due or lot.stage not in AFTER_REVIEW:
        return
    left = len(lot.live_bids())
    title = Words("有效投标不足，认定竞争性", "State the competition")
    zh = f"有效投标只剩 {left} 家。仍有竞争性的，写明理由继续；明显缺乏竞争的，{state.ruleset.words['too_few']}。"
    competition = Field("competition", Words("仍有竞争性", "There is competition"), FieldKind.FLAG)
    en = f"{left} bids are left."
    yield Act("StateCompetition", title, Words(zh, en), (competition, REASON), {"lot": lot.lot.id}, urgent=True)


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Proposals and votes, to the committee and to those who watch."""
    proposals = state.memory(Rejections).proposals
    if not proposals or not (may.sits(state, viewer) or viewer.role in WATCHING):
        return {}
    return {"proposals": [codec.to_json(one) for one in proposals]}


def report(state: Evaluation, lot: str) -> list[Line]:
    """Each proposal, and how the vote went."""
    return [line for one in state.memory(Rejections).proposals if one.case.lot == lot for line in _lines(state, one)]


def _lines(state: Evaluation, one: Proposal) -> Iterator[Line]:
    head, case = state.ruleset.words["reject"], one.case
    yield Line(one.at, head, f"提请表决（{case.bid}）：{case.ground}；{case.clause}；第 {case.page} 页；{case.facts}")
    if one.decided is not None and one.decided_at is not None:
        said = {Decided.REJECTED: f"{head}成立", Decided.DECLINED: "未获过半数同意，该投标继续评审"}[one.decided]
        yield Line(one.decided_at, head, f"{case.bid}：{said}；{votes_words(one.votes)}")


def votes_words(votes: Mapping[str, Vote]) -> str:
    """Who was for and who against, with the reasons."""
    agreed = sorted(alias for alias, vote in votes.items() if vote.agree)
    against = sorted(
        f"{alias}：{vote.reason}" if vote.reason else alias for alias, vote in votes.items() if not vote.agree
    )
    yes = f"同意 {len(agreed)} 人" + (f"（{'、'.join(agreed)}）" if agreed else "")
    no = f"反对 {len(against)} 人" + (f"（{'；'.join(against)}）" if against else "")
    return f"{yes}，{no}。"

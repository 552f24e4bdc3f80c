"""Remarks on what follows from the totals: ranks, ties, candidates."""

from __future__ import annotations

from collections.abc import Iterator

from app.recompute.marks import remark
from app.recompute.model import Kind, Remark, Statement
from app.recompute.right import Right
from app.scoring import Bid, Track


def order_remarks(statement: Statement, right: Right) -> Iterator[Remark]:
    """Ranks and candidates against the right ranking; nothing where marks are lacking that decide it."""
    bids = {bid.id: bid for bid in statement.case.bids}
    for bid in statement.case.bids:
        figure = statement.ranks.get(bid.id)
        if figure is not None and not bid.live:
            yield remark(statement, Kind.RANK_NOT_DUE, figure.place, stated=figure.text, bid=bid)
    ranks = right.ranks
    if not ranks:
        return
    settled = dict(ranks)
    for rank in dict.fromkeys(ranks.values()):
        sharing = [bids[bid] for bid, its in ranks.items() if its == rank]
        yield from _rank_remarks(statement, rank, sharing)
        if _resolved(statement, rank, sharing):
            settled |= {bid.id: int(statement.ranks[bid.id].value) for bid in sharing}
    if statement.candidates is not None:
        yield from _candidate_remarks(statement, bids, dict(sorted(settled.items(), key=lambda item: item[1])))


def _resolved(statement: Statement, rank: int, sharing: list[Bid]) -> bool:
    """Whether the stated ranks part a tie: each of its places given once."""
    values = sorted(statement.ranks[bid.id].value for bid in sharing if bid.id in statement.ranks)
    return len(sharing) > 1 and values == [*range(rank, rank + len(sharing))]


def _rank_remarks(statement: Statement, rank: int, sharing: list[Bid]) -> Iterator[Remark]:
    """The stated ranks of the bids that share one: that rank, or all the places of the tie, each once."""
    stated = {bid.id: statement.ranks[bid.id] for bid in sharing if bid.id in statement.ranks}
    resolved = _resolved(statement, rank, sharing)
    if len(sharing) > 1:
        kind = Kind.TIE_RESOLVED if resolved else Kind.TIE
        first = sharing[0].id
        place = stated[first].place if first in stated else statement.bids_at[first]
        ids = "、".join(bid.id for bid in sharing)
        places = "、".join(stated[bid.id].text for bid in sharing) if resolved else None
        yield remark(statement, kind, place, stated=f"{ids}：{places}" if places else ids, rank=str(rank))
    if resolved:
        return
    for bid in sharing:
        figure = stated.get(bid.id)
        if figure is not None and figure.value != rank:
            yield remark(statement, Kind.RANK_WRONG, figure.place, stated=figure.text, right=str(rank), bid=bid)


def _candidate_remarks(statement: Statement, bids: dict[str, Bid], ranks: dict[str, int]) -> Iterator[Remark]:
    """The candidates must be the first of the ranking in its order; bids that tie may stand in any order."""
    standard, stated = statement.standard, statement.candidates or ()
    eligible = _eligible(statement, bids, ranks)
    wanted = min(standard.candidates or standard.most_candidates, len(eligible))
    at = stated[-1].place if stated else statement.marks_at
    listed = [candidate.bid for candidate in stated]
    due = [ranks[bid] for bid in eligible]
    order = [ranks.get(bid) for bid in listed]
    if not standard.candidates_ranked:
        due = due[: len(listed)]
        stated = tuple(sorted(stated, key=lambda candidate: ranks.get(candidate.bid, len(bids) + 1)))
        order = [ranks.get(candidate.bid) for candidate in stated]
    right = "、".join(eligible[:wanted])
    seen: set[str] = set()
    brands: set[str] = set()
    for position, candidate in enumerate(stated):
        bid = bids[candidate.bid]
        twice = candidate.bid in seen or _brand(statement, bid) in brands
        seen.add(candidate.bid)
        brands |= {brand for brand in (_brand(statement, bid),) if brand is not None}
        if position < len(due) and (order[position] != due[position] or twice):
            yield remark(
                statement, Kind.CANDIDATE_WRONG, candidate.place, stated="、".join(listed), right=right, bid=bid
            )
            break
    if len(stated) > wanted or (standard.candidates is not None and len(stated) < wanted) or not stated:
        yield remark(statement, Kind.CANDIDATE_COUNT_WRONG, at, stated="、".join(listed) or "0", right=right)


def _brand(statement: Statement, bid: Bid) -> str | None:
    """The brand that makes several bids one (政府采购, 87号令 31条)."""
    return bid.brand if statement.case.track is Track.ZC else None


def _eligible(statement: Statement, bids: dict[str, Bid], ranks: dict[str, int]) -> list[str]:
    """The ranked bids in rank order; in ZC of several bids of one brand only the first keeps its standing."""
    kept, brands = [], set()
    for bid in ranks:
        brand = _brand(statement, bids[bid])
        if brand is None or brand not in brands:
            kept.append(bid)
        brands.add(brand)
    return kept

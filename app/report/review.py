"""Which bids passed: the purchaser's qualification review, the committee's review, rejections with their grounds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.evaluation.matters.rejection.acts import votes_words
from app.evaluation.matters.rejection.records import Proposal, Rejections
from app.evaluation.tally import failing_bids
from app.report import wording as say
from app.report.basis import bases_of_review
from app.report.blocks import Block, column, hashes, table, text
from app.report.source import Source

ITEMS_A_TABLE = 10
"""Review items side by side in one table; more go into further ones of about the same width."""


def qualified_bids(of: Source) -> list[Block]:
    """符合要求的投标一览表, with the review's votes."""
    live = of.lot.live_bids()
    rows = [(bid, of.bidder(bid), _price(of, bid), of.word("passed")) for bid in live]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column(f"{of.word('price')}（元）", "right")]
    heads.append(column(of.word("preliminary")))
    first = table(heads, rows) if rows else text(f"无符合要求的{of.word('bidder')}。")
    competition = f"有效投标不足三家，{of.word('committee')}认定仍具竞争性：{of.lot.competition}。"
    return [first, *([text(competition)] if of.lot.competition else []), *_review_table(of)]


def _price(of: Source, bid: str) -> str:
    """The price in force, and that of the opening where it was corrected since."""
    opened, now = of.bid(bid).price, of.lot.price(of.bid(bid))
    return say.money(now) if now == opened else f"{say.money(now)}\n（{of.word('opening')}时 {say.money(opened)}）"


def _review_table(of: Source) -> list[Block]:
    if not of.lot.reviews or not of.lot.reviews[-1].opened:
        return []
    sheets = of.lot.reviews[-1].contents()
    bids = [bid.id for bid in of.lot.lot.bids if bid.id not in of.lot.unqualified]
    items = of.lot.lot.review_items
    legend = [(item.id, item.group, item.name, item.clause) for item in items]
    heads = [column("序号"), column("类别"), column("审查内容", "left", 3), column("条款", "left", 1)]
    blocks = [table(heads, legend, caption=f"{of.word('preliminary')}的内容")]
    tables = -(-len(items) // ITEMS_A_TABLE)
    for number in range(tables):
        part = items[number * len(items) // tables : (number + 1) * len(items) // tables]
        rows = [[bid, of.bidder(bid), *(_votes(sheets, bid, item.id) for item in part)] for bid in bids]
        columns = [column("代号"), column(of.word("bidder"), "left", 1), *(column(item.id) for item in part)]
        caption = f"{of.word('preliminary')}表（{of.word('passed')}人数 : {of.word('failed')}人数）"
        blocks.append(table(columns, rows, caption=caption, small=len(items) > 6))
    return [*blocks, *bases_of_review(of)]


def _votes(sheets: dict[str, Any], bid: str, item: str) -> str:
    votes = _tally(sheets, bid, item)
    return f"{votes[True]} : {votes[False]}"


def _tally(sheets: dict[str, Any], bid: str, item: str) -> Counter[bool]:
    """How many let an item of a bid pass (True), how many fail."""
    return Counter(bool(sheet["bids"][bid][item]["pass"]) for sheet in sheets.values())


def rejections(of: Source) -> list[Block]:
    """Bids that are out: unqualified by the purchaser's side, rejected by the committee with ground and page."""
    rows = [
        (bid, of.bidder(bid), f"{of.word('qualification')}{of.word('failed')}", _unqualified_reason(of, bid))
        for bid in of.lot.unqualified
    ]
    voted = _by_vote(of)
    rows += [
        (bid, of.bidder(bid), _ground(of, ground), _voted(voted[bid]) if bid in voted else _reasons(of, bid))
        for bid, ground in of.lot.rejected.items()
    ]
    if not rows:
        return [text(f"{of.word('rejection_ground')}：无。")]
    heads = [column("代号"), column(of.word("bidder"), "left", 4), column(of.word("rejection_ground"), "left", 5)]
    return [table([*heads, column("条款、事实、理由与页码，表决", "left", 10)], rows)]


def _by_vote(of: Source) -> dict[str, Proposal]:
    """The bids that the review let pass and a vote of the committee rejected afterwards."""
    failing = failing_bids(of.state, of.lot) if of.lot.reviews and of.lot.reviews[-1].opened else {}
    found = {bid: of.state.memory(Rejections).decided_for(of.lot.lot.id, bid) for bid in of.lot.rejected}
    return {bid: one for bid, one in found.items() if one is not None and bid not in failing}


def _voted(one: Proposal) -> str:
    """What was proposed, and how everyone voted."""
    case = one.case
    facts = f"{say.clause(case.clause)}：{say.clause(case.facts)}，页码：{say.clause(case.page)}。"
    return f"{facts}\n{votes_words(one.votes)}"


def _ground(of: Source, ground: str) -> str:
    return f"{ground}：{of.state.ruleset.grounds.get(ground, ground)}"


def _unqualified_reason(of: Source, bid: str) -> str:
    signed = of.lot.lot.qualification
    reasons = [r.reason or "" for r in signed.results if r.bid == bid] if signed else []
    return reasons[0] if reasons else "—"


def _reasons(of: Source, bid: str) -> str:
    """The members' reasons, those in the same words told once."""
    items = {item.id: item for item in of.lot.lot.review_items}
    told: dict[str, dict[tuple[str, str], list[str]]] = {}
    for alias, sheet in of.lot.reviews[-1].contents().items():
        for item, verdict in sheet["bids"][bid].items():
            if not verdict["pass"]:
                said = (say.clause(verdict["reason"]), verdict["page"])
                told.setdefault(item, {}).setdefault(said, []).append(alias)
    sheets = of.lot.reviews[-1].contents()
    lines = []
    for item, reasons in told.items():
        votes = _tally(sheets, bid, item)
        count = f"{of.word('failed')} {votes[False]} 人，{of.word('passed')} {votes[True]} 人"
        lines.append(f"{items[item].name}（{items[item].clause}）：{count}。")
        lines += [f"{reason}，第 {page} 页（{'、'.join(sorted(by))}）。" for (reason, page), by in reasons.items()]
    return "\n".join(lines)


def qualification(of: Source) -> list[Block]:
    """资格审查 as signed by the purchaser's side and imported (87号令 44)."""
    signed = of.lot.lot.qualification
    if signed is None:
        return []
    explained = any(r.reason for r in signed.results)
    rows = [
        (r.bid, of.bidder(r.bid), of.word("passed" if r.passed else "failed"))
        + ((r.reason or "—",) if explained else ())
        for r in signed.results
    ]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column("结论")]
    heads += [column("说明", "left", 1)] if explained else []
    words = (
        f"{of.word('qualification')}由{signed.signed_by}依法进行并于 {say.minute(signed.signed_at)}签署，"
        "结果导入本次评审。"
    )
    return [text(words), table(heads, rows), hashes(("签署文件 SHA-256", signed.paper.sha256))]

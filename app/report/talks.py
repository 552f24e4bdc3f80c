"""The report's sections on talks and offers: minutes, changes, every round of prices, what was agreed on."""

from __future__ import annotations

from app.evaluation.matters.talks.acts import PARTS
from app.evaluation.matters.talks.folds import round_name
from app.evaluation.matters.talks.memory import LotTalks, Offer, of_lot
from app.evaluation.model import Drop
from app.report import wording as say
from app.report.blocks import Block, column, hashes, heading, table, text
from app.report.source import Source

DROPS = {
    Drop.WITHDREW: "退出",
    Drop.NO_OFFER: "未在规定时间内提交最后报价，视为退出",
    Drop.OVER_LIMIT: "最后报价超过预算金额或者最高限价，响应无效",
}


def talks(of: Source) -> list[Block]:
    """磋商 / 谈判 / 协商情况: with whom, when, what was said, who stands by it, what changed."""
    found, word = _found(of), of.word("talk")
    if not found.talks:
        return [text(f"本{of.word('lot')}未进行{word}。")]
    heads = [column("时间"), column("代号"), column("次"), column(f"{word}记录", "left", 3), column("确认", "left", 1)]
    rows = [
        (of.clock(t.at, "\n"), t.bid, str(t.turn), _minutes(t.minutes, t.attested), "、".join(sorted(t.attested)))
        for t in found.talks
    ]
    alone = len(of.lot.lot.bids) == 1
    how = (
        f"全体成员集中与{of.word('bidder')}{word}。"
        if alone
        else f"全体成员集中与各{of.word('bidder')}分别{word}，机会平等。"
    )
    blocks = [text(how, of.clock_note), table(heads, rows), *([] if alone else _changes(of, found))]
    withdrawn = [
        f"{of.bidder(bid)}于 {of.clock(one.at)} 退出：{say.clause(one.reason)}；"
        f"保证金{'已' if one.deposit_returned else '待'}退还。"
        for bid, one in found.withdrawn.items()
    ]
    return [*blocks, *([text(*withdrawn)] if withdrawn else [])]


def _found(of: Source) -> LotTalks:
    return of_lot(of.state, of.lot.lot.id)


def _minutes(minutes: str, attested: dict[str, str]) -> str:
    remarks = [f"{alias}补充：{say.sentence(remark)}" for alias, remark in sorted(attested.items()) if remark]
    return "\n".join([say.sentence(minutes), *remarks])


def _changes(of: Source, found: LotTalks) -> list[Block]:
    if not found.changes:
        return [text("采购需求和合同草案条款：未作实质性变动。")]
    heads = [column("项"), column("类别"), column("变动内容", "left", 3), column("采购人代表确认", "left", 1)]
    heads.append(column("书面同时通知"))
    rows = [
        (
            *(str(one.number), PARTS[one.part].zh, say.sentence(one.text)),
            f"{of.clock(one.confirmed_at)} 确认" if one.refused is None else f"未确认：{say.clause(one.refused)}",
            of.clock(one.passed_at),
        )
        for one in found.changes
    ]
    return [table(heads, rows, caption="实质性变动")]


def offers(of: Source) -> list[Block]:
    """各轮报价 / 价格商定情况."""
    found = _found(of)
    blocks: list[Block] = []
    if found.claim is not None:
        code, reference = found.claim
        reason = of.state.ruleset.procedure.two_bids[code]
        blocks.append(text(f"符合要求的{of.word('bidder')}只有两家，依法继续：{reason}。依据：{reference}。"))
    if found.agreed is not None:
        price, terms = found.agreed
        blocks.append(text(f"{of.word('offer')}：{say.money(price)} 元。", say.sentence(terms)))
    elif not found.rounds:
        blocks.append(text(f"本{of.word('lot')}未进行到报价。"))
    else:
        blocks += _rounds(of, found)
    dropped = [f"{of.bidder(bid)}：{DROPS[drop]}。" for bid, drop in of.lot.dropped.items()]
    return [*blocks, *([text(*dropped)] if dropped else [])]


def _rounds(of: Source, found: LotTalks) -> list[Block]:
    """One column a round, beside the price of the papers that were opened at first."""
    names = [round_name(one.number, one.final, of.word("offer")) for one in found.rounds]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column("首次报价（元）", "right")]
    heads += [column(f"{name}（元）", "right") for name in names]
    bids = [bid for bid in of.lot.lot.bids if any(bid.id in one.offers for one in found.rounds)]
    rows = [
        [bid.id, bid.bidder, say.money(bid.price), *(say.money(_price(one.offers.get(bid.id))) for one in found.rounds)]
        for bid in bids
    ]
    told = [
        f"{name}：{of.clock(one.called_at)} 要求，{of.clock(one.deadline)} 截止，{of.clock(one.opened_at)} 一并开启；"
        "录入时即封存，开启前任何人不可见。"
        for name, one in zip(names, found.rounds, strict=True)
    ]
    papers = [
        (f"{bid}　{name}", str(offer.paper.sha256))
        for name, one in zip(names, found.rounds, strict=True)
        for bid, offer in one.offers.items()
        if offer.paper is not None
    ]
    blocks = [text(*told), table(heads, rows)]
    return [*blocks, heading("报价单扫描件的 SHA-256"), hashes(*papers)] if papers else blocks


def _price(offer: Offer | None) -> str | None:
    return None if offer is None else offer.price

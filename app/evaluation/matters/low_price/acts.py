"""What an inquiry offers to whom, what is seen of it, and what the report says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Option, Words
from app.evaluation.matters.letters.acts import answer_words, bid_field, minutes_field, name_of, scan_of
from app.evaluation.matters.letters.decisions import (
    at_work,
)
from app.evaluation.matters.letters.records import LetterKind, Letters
from app.evaluation.matters.low_price.decisions import (
    ASKING,
    hits,
    untreated,
)
from app.evaluation.matters.low_price.records import (
    JUDGEMENT,
    TRIGGERS,
    LowPrices,
)
from app.evaluation.matters.rejection.acts import WATCHING
from app.evaluation.matters.rejection.decisions import missing
from app.evaluation.matters.rejection.records import Rejections
from app.evaluation.model import Evaluation, LotState
from app.rules.model import Party


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Asking for the chair, a vote for each member, archiving look-ups for the centre."""
    lots = [lot for lot in state.lots.values() if lot.stage in ASKING]
    if viewer.role is Party.CENTRE:
        return [act for lot in lots for act in _looking_up(state, lot)]
    if not may.sits(state, viewer):
        return []
    found = [act for lot in lots for act in _votes(state, lot, viewer.alias or "")]
    if viewer.alias == state.chair:
        found += [act for lot in lots for act in (*_hit_acts(state, lot), *_judging(state, lot))]
    return found


def _free(state: Evaluation, lot: LotState, bid: str) -> bool:
    """Neither asked about its price now nor up for rejection."""
    letters_, rejections = state.memory(Letters), state.memory(Rejections)
    open_letter = letters_.open_for(lot.lot.id, bid, LetterKind.LOW_PRICE)
    return open_letter is None and rejections.open_for(lot.lot.id, bid) is None


def _asking_fields(state: Evaluation) -> tuple[Field, ...]:
    return (
        Field("reason", Words("提出的理由", "Why")),
        Field("question", Words("要求说明的内容（如成本构成、证明材料）", "What is to be explained")),
        minutes_field(state.ruleset.procedure.low_price_min),
    )


def _hit_acts(state: Evaluation, lot: LotState) -> Iterator[Act]:
    waiting, found = untreated(state, lot), hits(state, lot)
    for bid in dict.fromkeys(hit["id"] for hit in found):
        if not _free(state, lot, bid):
            continue
        mine = [hit for hit in found if hit["id"] == bid]
        options = tuple(Option(hit["trigger"], TRIGGERS[hit["trigger"]]) for hit in mine)
        limits = "；".join(f"{TRIGGERS[hit['trigger']].zh}（界限 {hit['threshold']} 元）" for hit in mine)
        zh = f"报价 {mine[0]['price']} 元{limits}。触发不等于无效：请要求书面说明，听取后表决。"
        title = Words(f"异常低价：要求说明（{bid}）", f"Abnormally low: ask for an explanation ({bid})")
        trigger = Field("trigger", Words("触发情形", "Trigger"), FieldKind.CHOICE, options)
        data = {"lot": lot.lot.id, "bid": bid}
        fields = (trigger, *_asking_fields(state))
        yield Act("AskLowPrice", title, Words(zh, "A hit is not a rejection."), fields, data, urgent=bid in waiting)


def _judging(state: Evaluation, lot: LotState) -> Iterator[Act]:
    free = tuple(bid for bid in lot.live_bids() if _free(state, lot, bid))
    if not free:
        return
    words = state.ruleset.words
    where = f"（{words['lot']} {lot.lot.id}）" if len(state.lots) > 1 else ""
    title = Words(f"认为报价可能低于成本，要求说明{where}", f"Ask about a low price ({lot.lot.id})")
    zh = f"由代理机构转交，{words['bidder']}书面说明并提供证明；听取说明后全体表决。"
    data = {"lot": lot.lot.id, "trigger": JUDGEMENT}
    yield Act("AskLowPrice", title, Words(zh, "All vote after it."), (bid_field(free), *_asking_fields(state)), data)


def _votes(state: Evaluation, lot: LotState, alias: str) -> Iterator[Act]:
    for letter in at_work(state, lot.lot.id, LetterKind.LOW_PRICE):
        votes = state.memory(LowPrices).inquiries[letter.number].votes
        if not letter.settled or (alias in votes and missing(state, votes)):
            continue
        name = name_of(state, letter)
        reject = state.ruleset.words["reject"]
        zh = f"{answer_words(letter)}\n记名表决；过半数认为不能证明合理的，{reject}。"
        agree = Field("agree", Words("能够证明报价合理", "The price is shown to be sound"), FieldKind.FLAG)
        reason = Field("reason", Words("理由", "Reason"))
        title = Words(f"请表决：{name.zh}", f"Vote: {name.en}")
        data, paper = {"letter": letter.number}, scan_of(letter)
        yield Act("VoteLowPrice", title, Words(zh, zh), (agree, reason), data, urgent=True, paper=paper)


def _looking_up(state: Evaluation, lot: LotState) -> Iterator[Act]:
    for letter in at_work(state, lot.lot.id, LetterKind.LOW_PRICE):
        name = name_of(state, letter)
        fields = (
            Field("url", Words("网址", "Address"), FieldKind.LINE),
            Field("title", Words("页面标题", "Title"), FieldKind.LINE),
            Field("paper", Words("保存的页面", "The page as saved"), FieldKind.PAPER),
        )
        title = Words(f"登记网上查询：{name.zh}", f"Archive a look-up: {name.en}")
        help_ = Words("评委会在查询机上看过的每个网页都要保存并登记。", "Every page that was looked at is kept.")
        yield Act("RecordLookup", title, help_, fields, {"letter": letter.number})


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Hits, inquiries and votes, to the committee and to those who watch; look-ups to the centre too."""
    inquiries = state.memory(LowPrices).inquiries
    if viewer.role is Party.CENTRE:
        looked = {str(number): codec.to_json(one.lookups) for number, one in inquiries.items() if one.lookups}
        return {"lookups": looked} if looked else {}
    if not (may.sits(state, viewer) or viewer.role in WATCHING):
        return {}
    found = {lot_id: hits(state, lot) for lot_id, lot in state.lots.items() if lot.stage in ASKING}
    seen = {lot_id: rows for lot_id, rows in found.items() if rows}
    told = {str(number): codec.to_json(one) for number, one in inquiries.items()}
    return {"hits": seen, "inquiries": told} if seen or told else {}


def report(state: Evaluation, lot: str) -> list[Line]:
    """Why each bid was asked, and what was looked up; the rest is the letter's."""
    lines: list[Line] = []
    for letter in state.memory(Letters).of(lot, LetterKind.LOW_PRICE):
        inquiry = state.memory(LowPrices).inquiries[letter.number]
        why = f"{letter.bid}：{TRIGGERS[inquiry.trigger].zh}；{inquiry.reason}"
        lines.append(Line(letter.asked_at, "异常低价", why))
        lines += [
            Line(one.at, "网上查询", f"第 {letter.number} 号函：{one.title}，{one.url}，存档 {one.paper.sha256[:16]}")
            for one in inquiry.lookups
        ]
    return lines

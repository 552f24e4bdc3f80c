"""Abnormally low prices (异常低价): ask, give time, look up, decide by vote; a hit is never a rejection by itself.

财库〔2026〕2号; 12号令 21; 87号令 60. The law's triggers are those of the scoring core, on bid prices without policy
adjustments; the committee's own judgement is one more. No result is settled while a hit of the law is untreated.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters import letters
from app.evaluation.matters.low_price.acts import acts, report, view
from app.evaluation.matters.low_price.decisions import ask, gate, look_up, vote
from app.evaluation.matters.low_price.folds import asked_folded, decided_folded, looked_up_folded, voted_folded
from app.evaluation.matters.low_price.records import (
    AskLowPrice,
    LookupRecorded,
    LowPriceAsked,
    LowPriceDecided,
    LowPriceVoted,
    RecordLookup,
    VoteLowPrice,
)
from app.evaluation.telling import Told, in_committee
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})


_INSIDE = in_committee()


LOW_PRICE = Matter(
    name="low_price",
    decisions={AskLowPrice: ask, RecordLookup: look_up, VoteLowPrice: vote},
    permits={AskLowPrice: _MEMBER, RecordLookup: frozenset({Party.CENTRE}), VoteLowPrice: _MEMBER},
    starts={LowPriceAsked: AskLowPrice, LookupRecorded: RecordLookup, LowPriceVoted: VoteLowPrice},
    folds={
        LowPriceAsked: asked_folded,
        LookupRecorded: looked_up_folded,
        LowPriceVoted: voted_folded,
        LowPriceDecided: decided_folded,
    },
    told={
        LowPriceAsked: letters.ASKED,
        LookupRecorded: in_committee(centre=Told.WHOLE),
        LowPriceVoted: _INSIDE,
        LowPriceDecided: _INSIDE,
    },
    entries={
        LowPriceAsked: Words("第 {letter} 号函：要求说明 {bid} 的报价", "Letter {letter}: the price of {bid}"),
        LookupRecorded: Words("网上查询已存档：{title}", "A look-up was archived: {title}"),
        LowPriceVoted: Words("{alias}已就第 {letter} 号函表决", "{alias} voted on letter {letter}"),
        LowPriceDecided: Words("第 {letter} 号函（{bid}）已认定", "Letter {letter} ({bid}) was decided"),
    },
    gate=gate,
    acts=acts,
    view=view,
    report=report,
)

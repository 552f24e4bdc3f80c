"""Arithmetic correction (算术修正): figures of a bid that differ are settled in the legal order; the bidder confirms.

12号令 19; 87号令 59. Differences are noted one by one, the chair states the corrected price, and it must be what the
differences come to. Confirmed in writing, it is the price in force; not confirmed, the bid is put to rejection.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters import letters
from app.evaluation.matters.correction.acts import acts
from app.evaluation.matters.correction.decisions import drop, gate, note, settle, state_price
from app.evaluation.matters.correction.folds import dropped_folded, noted_folded, settled_folded, stated_folded
from app.evaluation.matters.correction.records import (
    CorrectionSettled,
    CorrectionStated,
    DifferenceNoted,
    DifferencesDropped,
    DropDifferences,
    NoteDifference,
    SettleCorrection,
    StateCorrection,
)
from app.evaluation.telling import in_committee
from app.rules.model import Party

_MEMBER = frozenset({Party.MEMBER})


_INSIDE = in_committee()


CORRECTION = Matter(
    name="correction",
    decisions={NoteDifference: note, DropDifferences: drop, StateCorrection: state_price, SettleCorrection: settle},
    permits=dict.fromkeys((NoteDifference, DropDifferences, StateCorrection, SettleCorrection), _MEMBER),
    starts={
        DifferenceNoted: NoteDifference,
        DifferencesDropped: DropDifferences,
        CorrectionStated: StateCorrection,
        CorrectionSettled: SettleCorrection,
    },
    folds={
        DifferenceNoted: noted_folded,
        DifferencesDropped: dropped_folded,
        CorrectionStated: stated_folded,
        CorrectionSettled: settled_folded,
    },
    told={
        DifferenceNoted: _INSIDE,
        DifferencesDropped: _INSIDE,
        CorrectionStated: letters.ASKED,
        CorrectionSettled: _INSIDE,
    },
    entries={
        DifferenceNoted: Words("{alias}登记报价差异（{bid}）", "{alias} noted figures that differ ({bid})"),
        DifferencesDropped: Words("清除 {bid} 的报价差异：{reason}", "Differences of {bid} cleared: {reason}"),
        CorrectionStated: Words("第 {letter} 号函：{bid} 报价修正为 {price} 元", "Letter {letter}: {bid} at {price}"),
        CorrectionSettled: Words("第 {letter} 号函（{bid}）的确认结果已认定", "Letter {letter} ({bid}) settled"),
    },
    gate=gate,
    acts=acts,
)

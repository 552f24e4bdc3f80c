"""What a correction offers to whom."""

from __future__ import annotations

from collections.abc import Iterator

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Option, Words
from app.evaluation.matters.correction.arithmetic import (
    KINDS,
    corrected,
    letter_text,
    price_of,
)
from app.evaluation.matters.correction.records import (
    Corrections,
)
from app.evaluation.matters.letters.acts import answer_words, bid_field, minutes_field, name_of
from app.evaluation.matters.letters.decisions import at_work
from app.evaluation.matters.letters.records import LetterKind, Letters
from app.evaluation.model import Evaluation, LotState
from app.evaluation.stages import LotStage


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Noting for every member, stating and settling for the chair."""
    if not may.sits(state, viewer):
        return []
    found: list[Act] = []
    for lot in state.lots.values():
        if lot.stage is LotStage.REVIEWED:
            found += _noting(state, lot)
            found += _chairs(state, lot) if viewer.alias == state.chair else ()
    return found


def _noting(state: Evaluation, lot: LotState) -> Iterator[Act]:
    letters_ = state.memory(Letters)
    free = tuple(b for b in lot.live_bids() if letters_.open_for(lot.lot.id, b, LetterKind.CORRECTION) is None)
    if not free:
        return
    words, order = state.ruleset.words, state.ruleset.procedure.correction_order
    where = f"（{words['lot']} {lot.lot.id}）" if len(state.lots) > 1 else ""
    title = Words(f"登记报价中的差异{where}", f"Note figures that differ ({lot.lot.id})")
    zh = f"逐项登记，按所列情形的先后。登记完由{words['chair']}写出修正后的报价，请{words['bidder']}书面确认。"
    fields = (
        bid_field(free),
        Field("kind", Words("情形", "Kind"), FieldKind.CHOICE, tuple(Option(k.value, KINDS[k]) for k in order)),
        Field("stated", Words("应改的数", "The figure that falls"), FieldKind.NUMBER),
        Field("right", Words("为准的数", "The figure that stands"), FieldKind.NUMBER),
        Field("place", Words("页码", "Page"), FieldKind.LINE),
    )
    yield Act("NoteDifference", title, Words(zh, "One by one, in the order listed."), fields, {"lot": lot.lot.id})


def _chairs(state: Evaluation, lot: LotState) -> Iterator[Act]:
    lot_id, memory = lot.lot.id, state.memory(Corrections)
    for (of_lot, bid), differences in memory.noted.items():
        if of_lot != lot_id:
            continue
        data = {"lot": lot_id, "bid": bid}
        if bid in lot.live_bids() and corrected(price_of(lot, bid), differences) > 0:
            due = f"{corrected(price_of(lot, bid), differences):f}"
            listed = letter_text(price_of(lot, bid), differences, due)
            price = Field("price", Words("修正后的报价（元）", "Corrected price (yuan)"), FieldKind.NUMBER)
            title = Words(f"发出算术修正确认函（{bid}）", f"State the corrected price ({bid})")
            fields = (price, minutes_field(state.ruleset.procedure.clarification_min))
            yield Act("StateCorrection", title, Words(listed, listed), fields, data)
        reason = Field("reason", Words("理由", "Reason"))
        title = Words(f"清除已登记的差异（{bid}）", f"Clear the differences of {bid}")
        yield Act("DropDifferences", title, Words("登记有误的，清除后重新登记。", "Note them again."), (reason,), data)
    for letter in at_work(state, lot_id, LetterKind.CORRECTION):
        if letter.settled:
            name = name_of(state, letter)
            title = Words(f"认定{name.zh}的结果", f"Settle {name.en}")
            reject = state.ruleset.words["reject"]
            zh = f"{answer_words(letter)}\n确认的，修正后的报价生效；没有确认的，随即提请表决{reject}。"
            yield Act("SettleCorrection", title, Words(zh, zh), (), {"letter": letter.number}, urgent=True)

"""What differences come to, exactly; and when two figures make a difference of a kind."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from app.evaluation.decisions import guards
from app.evaluation.matter import Words
from app.evaluation.matters.correction.records import (
    Difference,
)
from app.evaluation.model import LotState
from app.evaluation.refusal import Refused
from app.rules.model import Correction
from app.rules.reading import NUMBER

KINDS = {
    Correction.OPENING_LIST: Words("开标一览表与其他内容不一致，以开标一览表为准", "the opening list stands"),
    Correction.CAPITAL_WORDS: Words("大写金额与小写金额不一致，以大写金额为准", "the amount in words stands"),
    Correction.MISPLACED_POINT: Words(
        "单价小数点或者百分比明显错位，以总价为准修改单价", "a misplaced point in a unit price; the total stands"
    ),
    Correction.UNIT_PRICES: Words("总价与按单价汇总的金额不一致，以单价计算结果为准", "the unit prices stand"),
    Correction.CHINESE_TEXT: Words("不同文字文本不一致，以中文文本为准", "the Chinese text stands"),
}


_MOVES_PRICE = frozenset({Correction.CAPITAL_WORDS, Correction.UNIT_PRICES, Correction.CHINESE_TEXT})


_EXACT = Context(prec=90)


_LONGEST = 30


def corrected(price: str, differences: tuple[Difference, ...]) -> Decimal:
    """What a price comes to: each difference that moves it moves it by what stands less what falls."""
    total = Decimal(price)
    for one in differences:
        if one.kind in _MOVES_PRICE:
            step = _EXACT.subtract(Decimal(one.right), Decimal(one.stated))
            total = _EXACT.add(total, step)
    return total


def check_difference(one: Difference, price: str, order: tuple[Correction, ...]) -> None:
    """Refuse a difference that is none, or not of its kind."""
    if one.kind not in order:
        raise Refused("kind_not_in_rules", "$.kind")
    stated, right = amount(one.stated, "$.stated"), amount(one.right, "$.right")
    guards.text(one.place, "$.place")
    if stated == right:
        raise Refused("no_difference", "$.right")
    if one.kind is Correction.OPENING_LIST and right != Fraction(price):
        raise Refused("not_the_opened_price", "$.right", price=price)
    if one.kind is Correction.MISPLACED_POINT and not _shifted(stated, right):
        raise Refused("not_a_shift", "$.right")


def amount(text: str, where: str) -> Fraction:
    """Read a figure in yuan or of a unit price, exactly, or refuse (`bad_number`)."""
    if not NUMBER.fullmatch(text) or len(text) > _LONGEST or Fraction(text) < 0:
        raise Refused("bad_number", where)
    return Fraction(text)


def _shifted(stated: Fraction, right: Fraction) -> bool:
    """Whether two figures differ by nothing but the place of the point."""
    if not stated or not right:
        return False
    ratio = max(stated / right, right / stated)
    while ratio > 1 and ratio % 10 == 0:
        ratio /= 10
    return ratio == 1


def letter_text(price: str, differences: tuple[Difference, ...], corrected_price: str) -> str:
    """What the bidder reads: each difference, and what the price comes to."""
    lines = [
        f"{number}. {KINDS[one.kind].zh}（{one.place}）：{one.stated} 改为 {one.right}。"
        for number, one in enumerate(differences, start=1)
    ]
    return "\n".join([*lines, f"报价由 {price} 元修正为 {corrected_price} 元，请书面确认。"])


def price_of(lot: LotState, bid_id: str) -> str:
    """A bid's price in force, in yuan."""
    return next(lot.price(bid) for bid in lot.lot.bids if bid.id == bid_id)

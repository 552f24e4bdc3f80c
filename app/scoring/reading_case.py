"""Reading a scoring case: the whole input, checked for sense and for the law of its track."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, Final

import rfc8785

from app.scoring.model import (
    AbnormallyLow,
    Average,
    Bid,
    Factor,
    FactorKind,
    JudgeTrim,
    Method,
    PriceRule,
    ScoringCase,
    TieBreaker,
    Track,
    TrimPer,
)
from app.scoring.numbers import Rounding, exact
from app.scoring.reading import Record, as_choice, as_number, as_object, as_text, decode
from app.scoring.reading_marks import SheetReader, read_factor
from app.scoring.reading_rule import needs, read_price_rule, refuse_unless_low_price
from app.scoring.refusal import Code, Refusal, at

CASE_KEYS: Final = {
    "track", "method", "ceiling", "budget", "bids", "factors", "experts", "sheets", "judge_trim", "price",
    "average", "weights", "check_sum", "min_bids", "places", "rounding", "tie_breakers", "abnormally_low",
}  # fmt: skip
BID_KEYS: Final = {"id", "price", "adjustments", "rejected", "not_opened", "kept_in_benchmark", "brand"}
ADJUSTMENT_KEYS: Final = {"kind", "rate", "amount", "score_bonus"}
DEFAULT_PLACES: Final = 2
DEFAULT_MIN_BIDS: Final = 3
PRICE_GROUP: Final = "price"


def parse(text: str | bytes) -> ScoringCase:
    """The case in a JSON text (bytes are UTF-8), read strictly; raises `Refusal` for all that is wrong."""
    return read_case(decode(text))


def read_case(value: Mapping[str, Any]) -> ScoringCase:
    """The case in a decoded JSON object; raises `Refusal` with code and path for all that is wrong."""
    case = Record(value, "", CASE_KEYS)
    track = as_choice(case.need("track"), "track", Track)
    method = as_choice(case.need("method"), "method", Method)
    own_places = case.places("places")
    places = DEFAULT_PLACES if own_places is None else own_places
    rounding = case.choice_or("rounding", Rounding, Rounding.HALF_UP)
    bids = _bids(case, track)
    factors = _unique(tuple(read_factor(item, path) for path, item in case.items("factors")), "factors")
    average = case.choice_or("average", Average, Average.FACTOR_MEANS)
    rule = _price_rule(case, track, method, places, rounding)
    judge_trim = _judge_trim(case, track, average)
    if case.flag("check_sum"):
        _refuse_unless_100(factors, rule)
    experts, sheets = _experts(case)
    reader = SheetReader([bid.id for bid in bids], factors, places)
    read = [reader.read(sheets.get(expert), at("sheets", expert)) for expert in experts]
    return ScoringCase(
        track=track,
        method=method,
        ceiling=_limit(case, "ceiling"),
        budget=_limit(case, "budget"),
        bids=bids,
        factors=factors,
        point_factors=tuple(factor for factor in factors if factor.kind is not FactorKind.PASS_FAIL),
        verdict_factors=tuple(factor for factor in factors if factor.kind is FactorKind.PASS_FAIL),
        experts=experts,
        marks=tuple(marks for marks, _ in read),
        verdicts=tuple(verdicts for _, verdicts in read),
        judge_trim=judge_trim,
        price=rule,
        average=average,
        weights=_weights(case, factors),
        min_bids=case.whole_or("min_bids", DEFAULT_MIN_BIDS),
        places=places,
        rounding=rounding,
        tie_breakers=tuple(as_choice(item, path, TieBreaker) for path, item in case.items("tie_breakers")),
        abnormally_low=_abnormally_low(case),
        input_rules=_hash_of_rules(value),
    )


def _hash_of_rules(value: Mapping[str, Any]) -> str:
    rules = {key: item for key, item in value.items() if key not in ("bids", "sheets")}
    try:
        return "sha256:" + hashlib.sha256(rfc8785.dumps(rules)).hexdigest()
    except rfc8785.CanonicalizationError as odd:  # a JSON integer beyond 2^53
        raise Refusal(Code.BAD_VALUE, "$") from odd


def _unique(items: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    seen: set[str] = set()
    for position, item in enumerate(items):
        if item.id in seen:
            raise Refusal(Code.DUPLICATE_ID, f"{where}[{position}].id")
        seen.add(item.id)
    return items


def _limit(case: Record, key: str) -> Fraction | None:
    limit = case.number(key)
    if limit is not None and limit <= 0:
        raise Refusal(Code.BAD_PRICE, key)
    return limit


def _bids(case: Record, track: Track) -> tuple[Bid, ...]:
    case.need("bids")
    bids: tuple[Bid, ...] = _unique(tuple(_bid(item, path, track) for path, item in case.items("bids")), "bids")
    if not any(bid.live for bid in bids):
        raise Refusal(Code.NO_BIDS, "bids")
    return bids


def _bid(value: object, where: str, track: Track) -> Bid:
    bid = Record(value, where, BID_KEYS)
    name = as_text(bid.need("id"), bid.path("id"))
    rejected, not_opened = bid.flag("rejected"), bid.flag("not_opened")
    kept = bid.flag("kept_in_benchmark")
    if kept and (track is Track.ZC or not rejected):
        raise Refusal(
            Code.BAD_VALUE,
            bid.path("kept_in_benchmark"),
            (
                "只有工程招标中已被否决的投标可以留在基准价内, 请删除该标记。",
                "Only a rejected bid in the GC track can stay in the benchmark; remove this.",
            ),
        )
    price = bid.number("price") if not_opened else bid.needed_number("price")
    if price is not None and price <= 0:
        raise Refusal(Code.BAD_PRICE, bid.path("price"))
    if not_opened:
        price = None  # no opened price, whatever was typed
    rate, amount, bonus, steps = Fraction(0), Fraction(0), Fraction(0), []
    for path, item in bid.items("adjustments"):
        record = Record(item, path, ADJUSTMENT_KEYS)
        off, added, raised = _adjustment(record)
        rate, amount, bonus = rate + off, amount + added, bonus + raised
        if price is not None and off:
            steps.append(f" - {exact(off)} x {exact(price)}")
        if added:
            steps.append(f" {'-' if added < 0 else '+'} {exact(abs(added))}")
    evaluated = price - rate * price + amount if price is not None and steps else price
    if evaluated is not None and evaluated <= 0:
        raise Refusal(Code.BAD_PRICE, bid.path("adjustments"))
    line = f"{exact(price)}{''.join(steps)} = {exact(evaluated)}" if price and evaluated and steps else ""
    return Bid(name, price, evaluated, line, bonus, rejected, not_opened, kept, bid.text("brand"))


def _adjustment(record: Record) -> tuple[Fraction, Fraction, Fraction]:
    """The share taken off, the amount added and the share added to the score; one of them at least."""
    record.text("kind")
    given = [key for key in ("rate", "amount", "score_bonus") if record.get(key) is not None]
    if not given:
        raise Refusal(Code.MISSING_KEY, record.path("rate"))
    if "score_bonus" in given and len(given) > 1:
        raise Refusal(
            Code.BAD_VALUE,
            record.path("score_bonus"),
            (
                "价格分加成与价格调整须分开写成两项。",
                "Write a score bonus and a price adjustment as two separate items.",
            ),
        )
    return record.number_or("rate", 0, 0), record.number_or("amount", 0), record.number_or("score_bonus", 0, 0)


def _price_rule(case: Record, track: Track, method: Method, places: int, rounding: Rounding) -> PriceRule | None:
    value = case.get("price")
    if value is None:
        return None
    rule = read_price_rule(value, "price", places, rounding)
    if method is Method.LOWEST_EVALUATED_PRICE:
        raise Refusal(
            Code.BAD_VALUE,
            "price",
            (
                "最低评标价法没有价格分, 请删除价格规则。",
                "Lowest evaluated price knows no price points; remove the rule.",
            ),
        )
    if track is Track.ZC:
        refuse_unless_low_price(rule, "price")
    for source in sorted(needs(rule)):
        if case.get(source.value) is None:
            raise Refusal(Code.MISSING_KEY, source.value)
    return rule


def _judge_trim(case: Record, track: Track, average: Average) -> JudgeTrim | None:
    value = case.get("judge_trim")
    if value is None:
        return None
    if track is Track.ZC:
        raise Refusal(Code.JUDGE_TRIM_FORBIDDEN, "judge_trim")
    trim = Record(value, "judge_trim", {"from", "high", "low", "per", "widest_first"})
    per = trim.choice_or("per", TrimPer, TrimPer.FACTOR)
    if per is TrimPer.FACTOR and average is Average.EXPERT_TOTALS:
        raise Refusal(
            Code.BAD_VALUE,
            "judge_trim.per",
            (
                "按专家总分平均时只能整份去掉, 请把 per 改为 total。",
                "With the experts' totals averaged only whole sheets can be left out; set per to total.",
            ),
        )
    return JudgeTrim(
        trim.whole_or("from", 1), trim.whole_or("high", 0), trim.whole_or("low", 0), per, trim.flag("widest_first")
    )


def _refuse_unless_100(factors: Collection[Factor], rule: PriceRule | None) -> None:
    total = sum((factor.most for factor in factors), Fraction(0) if rule is None else rule.full)
    if total != 100:
        raise Refusal(Code.SUM_NOT_100, "factors")


def _experts(case: Record) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The experts in order (as listed, else by id) and the raw sheets of those who handed one in."""
    sheets = as_object(case.get("sheets"), "sheets")
    listed: list[str] = []
    for path, item in case.items("experts"):
        expert = as_text(item, path)
        if expert in listed:
            raise Refusal(Code.DUPLICATE_ID, path)
        listed.append(expert)
    for expert in sheets:
        as_text(expert, at("sheets", expert))
        if listed and expert not in listed:
            raise Refusal(Code.UNKNOWN_EXPERT, at("sheets", expert))
    return tuple(listed or sorted(sheets)), sheets


def _weights(case: Record, factors: Collection[Factor]) -> dict[str, Fraction]:
    known = {factor.group for factor in factors} | {PRICE_GROUP}
    weights = {}
    for group, value in as_object(case.get("weights"), "weights").items():
        if group not in known:
            raise Refusal(Code.UNKNOWN_KEY, at("weights", group))
        if value is not None:
            weights[group] = as_number(value, at("weights", group), least=0)
    return weights


def _abnormally_low(case: Record) -> AbnormallyLow:
    value = case.get("abnormally_low")
    rates = Record({} if value is None else value, "abnormally_low", {"mean", "second_lowest", "ceiling"})
    return AbnormallyLow(*(rates.number(key, least=0) for key in ("mean", "second_lowest", "ceiling")))

"""Reading a price rule: its choices, its numbers, and what it needs from the case."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from app.scoring.model import (
    Band,
    BenchmarkRule,
    IfEmpty,
    MixPart,
    PriceRule,
    ScoreKind,
    ScoreRule,
    Source,
    Step,
    TableRow,
    TrimRow,
    TrimTies,
)
from app.scoring.numbers import Rounding
from app.scoring.reading import Record, as_choice
from app.scoring.refusal import Code, Refusal

RULE_KEYS: Final = {"full", "places", "rounding", "count_not_opened", "benchmark", "score"}
BENCHMARK_KEYS: Final = {"trim", "trim_ties", "band", "value", "mix", "float", "factor", "places"}
TRIM_KEYS: Final = {"from", "high", "low", "share"}
BAND_KEYS: Final = {"from", "around", "low", "high", "inclusive", "if_empty", "mix_if_empty"}
SCORE_KEYS: Final = {
    "kind", "above", "below", "step", "deviation_places", "max_loss_above", "max_loss_below", "floor", "rows",
}  # fmt: skip

AROUND: Final = (Source.MEAN, Source.MEDIAN, Source.MEAN_ALL, Source.CEILING, Source.BUDGET)
VALUES: Final = (
    Source.MEAN, Source.MEDIAN, Source.LOWEST, Source.SECOND_LOWEST, Source.HIGHEST, Source.CEILING, Source.BUDGET,
)  # fmt: skip
MIXED: Final = (
    Source.VALUE, Source.MEAN_ALL, Source.MEDIAN, Source.LOWEST, Source.SECOND_LOWEST, Source.HIGHEST,
    Source.CEILING, Source.BUDGET,
)  # fmt: skip

GREATEST_EXPONENT: Final = 100  # beyond it a power is no price rule but a way to keep a computer busy


def read_price_rule(
    value: object, where: str = "price", places: int = 2, rounding: Rounding = Rounding.HALF_UP
) -> PriceRule:
    """The price rule in a decoded JSON object; `places` and `rounding` hold where it names none.

    Refuses with the codes of the contract; what a rule needs of the case is told by `needs`.
    """
    rule = Record(value, where, RULE_KEYS)
    own_places = rule.places("places")
    return PriceRule(
        full=rule.needed_number("full", least=0),
        places=places if own_places is None else own_places,
        rounding=rule.choice_or("rounding", Rounding, rounding),
        count_not_opened=rule.flag("count_not_opened"),
        benchmark=_benchmark({} if rule.get("benchmark") is None else rule.get("benchmark"), rule.path("benchmark")),
        score=_score({} if rule.get("score") is None else rule.get("score"), rule.path("score")),
    )


def needs(rule: PriceRule) -> set[Source]:
    """Those of ceiling and budget that the rule refers to and a case must give."""
    benchmark = rule.benchmark
    named = {benchmark.value, *(part.of for part in benchmark.mix)}
    if benchmark.band is not None:
        named |= {benchmark.band.around, *(part.of for part in benchmark.band.mix_if_empty or ())}
    return named & {Source.CEILING, Source.BUDGET}


def _benchmark(value: object, where: str) -> BenchmarkRule:
    rule = Record(value, where, BENCHMARK_KEYS)
    band = rule.get("band")
    return BenchmarkRule(
        trim=tuple(_trim_row(item, path) for path, item in rule.items("trim")),
        trim_ties=rule.choice_or("trim_ties", TrimTies, TrimTies.POSITION),
        band=None if band is None else _band(band, rule.path("band")),
        value=rule.choice_or("value", VALUES, Source.MEAN),
        mix=_mix(rule, "mix"),
        float_share=rule.number_or("float", 0),
        factor=rule.number_or("factor", 1),
        places=rule.places("places"),
    )


def _trim_row(value: object, where: str) -> TrimRow:
    row = Record(value, where, TRIM_KEYS)
    share = row.number("share", least=0)
    if share is not None:
        if share > 1:
            raise Refusal(Code.OUT_OF_RANGE, row.path("share"))
        for key in ("high", "low"):
            if row.get(key) is not None:
                raise Refusal(
                    Code.BAD_VALUE,
                    row.path(key),
                    (
                        "去掉的个数与比例只能写一种, 请删除其中之一。",
                        "Give counts or a share, not both; remove one.",
                    ),
                )
    return TrimRow(row.whole_or("from", 1), row.whole_or("high", 0), row.whole_or("low", 0), share)


def _band(value: object, where: str) -> Band:
    band = Record(value, where, BAND_KEYS)
    low, high = band.number("low"), band.number("high")
    if low is not None and high is not None and low > high:
        raise Refusal(Code.BAD_VALUE, band.path("high"))
    return Band(
        start=band.whole_or("from", 1),
        around=band.choice_or("around", AROUND, Source.MEAN),
        low=low,
        high=high,
        inclusive=band.flag("inclusive"),
        if_empty=band.choice_or("if_empty", IfEmpty, IfEmpty.TRIMMED),
        mix_if_empty=None if band.get("mix_if_empty") is None else _mix(band, "mix_if_empty"),
    )


def _mix(rule: Record, key: str) -> tuple[MixPart, ...]:
    parts = []
    for path, item in rule.items(key):
        part = Record(item, path, {"of", "weight"})
        of = as_choice(part.need("of"), part.path("of"), MIXED)
        parts.append(MixPart(of, part.needed_number("weight")))
    return tuple(parts)


def _score(value: object, where: str) -> ScoreRule:
    rule = Record(value, where, SCORE_KEYS)
    kind = rule.choice_or("kind", ScoreKind, ScoreKind.RATIO)
    rated = kind in (ScoreKind.DEVIATION, ScoreKind.POWER)
    return ScoreRule(
        kind=kind,
        above=_rate(rule, "above", kind, rated),
        below=_rate(rule, "below", kind, rated),
        step=rule.choice_or("step", Step, Step.LINEAR),
        deviation_places=rule.places("deviation_places"),
        max_loss_above=rule.number("max_loss_above", least=0),
        max_loss_below=rule.number("max_loss_below", least=0),
        floor=rule.number("floor"),
        rows=_rows(rule, needed=kind is ScoreKind.TABLE),
    )


def _rate(rule: Record, key: str, kind: ScoreKind, needed: bool) -> Fraction:
    rate = rule.needed_number(key) if needed else rule.number_or(key, 0)
    if kind is ScoreKind.POWER and abs(rate) > GREATEST_EXPONENT:
        raise Refusal(Code.OUT_OF_RANGE, rule.path(key))
    return rate


def _rows(rule: Record, needed: bool) -> tuple[TableRow, ...]:
    if needed:
        rule.need("rows")
    rows: list[TableRow] = []
    for path, item in rule.items("rows"):
        row = Record(item, path, {"up_to", "score"})
        up_to = row.number("up_to")
        if rows and (rows[-1].up_to is None or (up_to is not None and up_to <= rows[-1].up_to)):
            raise Refusal(
                Code.BAD_VALUE,
                row.path("up_to"),
                ("表格各行须从小到大, 只有最后一行可不设上限。", "The rows must rise; the last alone has no limit."),
            )
        rows.append(TableRow(up_to, row.needed_number("score")))
    if needed and (not rows or rows[-1].up_to is not None):
        raise Refusal(
            Code.BAD_VALUE,
            rule.path("rows"),
            ("表格最后一行的 up_to 须为 null。", "The table's last row must have no limit (up_to null)."),
        )
    return tuple(rows)


def refuse_unless_low_price(rule: PriceRule, where: str) -> None:
    """政府采购 综合评分法 scores price by lowest over price only (财政部令第87号 55条); refuse all else."""
    benchmark, place = rule.benchmark, f"{where}.benchmark"
    for forbidden, key in ((benchmark.trim, "trim"), (benchmark.band, "band")):
        if forbidden:
            raise Refusal(Code.TRIM_FORBIDDEN, f"{place}.{key}")
    deviating: Collection[tuple[bool, str]] = (
        (benchmark.value is not Source.LOWEST, f"{place}.value"),
        (rule.score.kind is not ScoreKind.RATIO, f"{where}.score.kind"),
        (bool(benchmark.mix), f"{place}.mix"),
        (benchmark.float_share != 0, f"{place}.float"),
        (benchmark.factor != 1, f"{place}.factor"),
        (benchmark.places is not None, f"{place}.places"),
    )
    for differs, path in deviating:
        if differs:
            raise Refusal(Code.ZC_LOW_PRICE_ONLY, path)

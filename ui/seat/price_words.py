"""A price rule in sentences, so that nobody has to trust a formula unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.seat.steps import Json
from ui.seat.words import yuan


def price_rule(scoring: Json, words: dict[str, str]) -> tuple[str, ...]:
    """The rule of a lot's `scoring`, step by step: ceiling, benchmark, points."""
    say = QCoreApplication.translate
    rule = scoring.get("price")
    if rule is None:
        return (say("PriceWords", "Price is no factor: bids are ranked by evaluated price, the lowest first."),)
    lines = [say("PriceWords", "{full} points at most.").format(full=rule["full"])]
    if scoring.get("ceiling"):
        told = say("PriceWords", "{ceiling}: {amount} yuan.")
        lines.append(told.format(ceiling=words.get("ceiling", ""), amount=yuan(scoring["ceiling"])))
    benchmark = rule["benchmark"]
    lines += _trim(benchmark) + _band(benchmark) + _value(benchmark, words)
    lines += _score(rule, words)
    places = rule.get("places", scoring.get("places", 2))
    lines.append(say("PriceWords", "Points are rounded to {places} decimals.").format(places=places))
    return tuple(lines)


def _trim(benchmark: Json) -> list[str]:
    say = QCoreApplication.translate
    lines = []
    for row in benchmark.get("trim") or ():
        if row.get("share") is not None:
            told = say("PriceWords", "From {count} prices on, {share} % of them are left out at each end.")
            lines.append(told.format(count=row["from"], share=_percent(row["share"])))
        else:
            told = say("PriceWords", "From {count} prices on, the {high} highest and the {low} lowest are left out.")
            lines.append(told.format(count=row["from"], high=row.get("high", 0), low=row.get("low", 0)))
    return lines


def _band(benchmark: Json) -> list[str]:
    band = benchmark.get("band")
    if not band:
        return []
    say = QCoreApplication.translate
    told = say("PriceWords", "Only prices from {low} to {high} around the {reference} count.")
    low = f"{_percent(band['low'])} %" if band.get("low") is not None else "−∞"
    high = f"{_percent(band['high'])} %" if band.get("high") is not None else "+∞"
    return [told.format(low=low, high=high, reference=_source(band["around"]))]


def _value(benchmark: Json, words: dict[str, str]) -> list[str]:
    say = QCoreApplication.translate
    name = words.get("benchmark", "")
    if mix := benchmark.get("mix"):
        parts = " + ".join(f"{_percent(part['weight'])} % × {_source(part['of'])}" for part in mix)
        lines = [say("PriceWords", "{benchmark}: {parts}.").format(benchmark=name, parts=parts)]
    else:
        source = _source(benchmark.get("value", "mean"))
        lines = [say("PriceWords", "{benchmark}: the {source}.").format(benchmark=name, source=source)]
    if Decimal(benchmark.get("float") or "0") != 0:
        moved = say("PriceWords", "It is then moved by {share} %.").format(share=_percent(benchmark["float"]))
        lines.append(moved)
    if Decimal(benchmark.get("factor") or "1") != 1:
        lines.append(say("PriceWords", "It is then multiplied by {factor}.").format(factor=benchmark["factor"]))
    return lines


def _score(rule: Json, words: dict[str, str]) -> list[str]:
    say = QCoreApplication.translate
    score, full, name = rule["score"], rule["full"], words.get("benchmark", "")
    kind = score["kind"]
    if kind == "ratio":
        told = say("PriceWords", "Points = {full} × {benchmark} ÷ price, never more than {full}.")
        return [told.format(full=full, benchmark=name)]
    if kind == "ratio_high":
        told = say("PriceWords", "Points = {full} × price ÷ {benchmark}, never more than {full}.")
        return [told.format(full=full, benchmark=name)]
    if kind == "deviation":
        return _deviation(score, full, name)
    if kind == "power":
        told = say("PriceWords", "Points fall by a power of the ratio: {above} above, {below} below the {benchmark}.")
        return [told.format(above=score["above"], below=score["below"], benchmark=name)]
    told = say("PriceWords", "Up to {limit} % from the {benchmark}: {points} points.")
    rest = say("PriceWords", "Beyond that: {points} points.")
    return [
        told.format(limit=row["up_to"], points=row["score"], benchmark=name)
        if row["up_to"] is not None
        else rest.format(points=row["score"])
        for row in score["rows"]
    ]


def _deviation(score: Json, full: str, name: str) -> list[str]:
    say = QCoreApplication.translate
    lines = [
        say("PriceWords", "A price equal to the {benchmark} gets {full} points.").format(benchmark=name, full=full),
        say("PriceWords", "Each 1 % above it takes {points} points off.").format(points=score["above"]),
    ]
    below = Decimal(score["below"])
    told = (
        say("PriceWords", "Each 1 % below it adds {points} points.")
        if below < 0
        else say("PriceWords", "Each 1 % below it takes {points} points off.")
    )
    lines.append(told.format(points=f"{abs(below):f}"))
    steps = {
        "ceil": say("PriceWords", "Each started 1 % counts whole."),
        "floor": say("PriceWords", "Only whole per cents count."),
    }
    if score.get("step") in steps:
        lines.append(steps[score["step"]])
    if score.get("floor") is not None:
        lines.append(say("PriceWords", "Never less than {floor} points.").format(floor=score["floor"]))
    return lines


def _source(kind: str) -> str:
    say = QCoreApplication.translate
    return {
        "value": say("PriceWords", "value found above"),
        "mean": say("PriceWords", "mean of the prices"),
        "mean_all": say("PriceWords", "mean of all prices"),
        "median": say("PriceWords", "median of the prices"),
        "lowest": say("PriceWords", "lowest price"),
        "second_lowest": say("PriceWords", "second lowest price"),
        "highest": say("PriceWords", "highest price"),
        "ceiling": say("PriceWords", "ceiling price"),
        "budget": say("PriceWords", "budget"),
    }.get(kind, kind)


def _percent(share: Any) -> str:
    """A share as per cent without trailing zeros: '-0.10' is '-10'."""
    return f"{(Decimal(str(share)) * 100).normalize():f}"

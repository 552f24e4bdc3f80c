"""A price rule in sentences, so that nobody has to trust a formula unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.seat.steps import Json
from ui.seat.words import yuan


def price_rule(scoring: Json, words: dict[str, str]) -> tuple[str, ...]:
    """The rule of a lot's `scoring`, step by step: ceiling, benchmark, points."""
    translate = QCoreApplication.translate
    rule = scoring.get("price")
    if rule is None:
        return (translate("PriceWords", "Price is no factor: bids are ranked by evaluated price, the lowest first."),)
    lines = [translate("PriceWords", "{full} points at most.").format(full=rule["full"])]
    if scoring.get("ceiling"):
        told = translate("PriceWords", "{ceiling}: {amount} yuan.")
        lines.append(told.format(ceiling=words.get("ceiling", ""), amount=yuan(scoring["ceiling"])))
    benchmark = rule["benchmark"]
    lines += _trim(benchmark) + _band(benchmark) + _value(benchmark, words)
    lines += _score(rule, words)
    places = next((own for own in (rule.get("places"), scoring.get("places")) if own is not None), 2)
    lines.append(translate("PriceWords", "Points are rounded to {places} decimals.").format(places=places))
    return tuple(lines)


def _trim(benchmark: Json) -> list[str]:
    translate = QCoreApplication.translate
    lines = []
    for row in benchmark.get("trim") or ():
        if row.get("share") is not None:
            told = translate("PriceWords", "From {count} prices on, {share} % of them are left out at each end.")
            lines.append(told.format(count=row["from"], share=_percent(row["share"])))
        else:
            told = translate(
                "PriceWords", "From {count} prices on, the {high} highest and the {low} lowest are left out."
            )
            lines.append(told.format(count=row["from"], high=row.get("high", 0), low=row.get("low", 0)))
    return lines


def _band(benchmark: Json) -> list[str]:
    band = benchmark.get("band")
    if not band:
        return []
    translate = QCoreApplication.translate
    told = translate("PriceWords", "Only prices from {low} to {high} around the {reference} count.")
    low = f"{_percent(band['low'])} %" if band.get("low") is not None else "−∞"
    high = f"{_percent(band['high'])} %" if band.get("high") is not None else "+∞"
    return [told.format(low=low, high=high, reference=_source(band["around"]))]


def _value(benchmark: Json, words: dict[str, str]) -> list[str]:
    translate = QCoreApplication.translate
    name = words.get("benchmark", "")
    if mix := benchmark.get("mix"):
        parts = " + ".join(f"{_percent(part['weight'])} % × {_source(part['of'])}" for part in mix)
        lines = [translate("PriceWords", "{benchmark}: {parts}.").format(benchmark=name, parts=parts)]
    else:
        source = _source(benchmark.get("value", "mean"))
        lines = [translate("PriceWords", "{benchmark}: the {source}.").format(benchmark=name, source=source)]
    if Decimal(benchmark.get("float") or "0") != 0:
        moved = translate("PriceWords", "It is then moved by {share} %.").format(share=_percent(benchmark["float"]))
        lines.append(moved)
    if Decimal(benchmark.get("factor") or "1") != 1:
        lines.append(translate("PriceWords", "It is then multiplied by {factor}.").format(factor=benchmark["factor"]))
    return lines


def _score(rule: Json, words: dict[str, str]) -> list[str]:
    translate = QCoreApplication.translate
    score, full, name = rule["score"], rule["full"], words.get("benchmark", "")
    kind = score["kind"]
    if kind == "ratio":
        told = translate("PriceWords", "Points = {full} × {benchmark} ÷ price, never more than {full}.")
        return [told.format(full=full, benchmark=name)]
    if kind == "ratio_high":
        told = translate("PriceWords", "Points = {full} × price ÷ {benchmark}, never more than {full}.")
        return [told.format(full=full, benchmark=name)]
    if kind == "deviation":
        return _deviation(score, full, name)
    if kind == "power":
        told = translate(
            "PriceWords", "Points fall by a power of the ratio: {above} above, {below} below the {benchmark}."
        )
        return [told.format(above=score["above"], below=score["below"], benchmark=name)]
    told = translate("PriceWords", "Up to {limit} % from the {benchmark}: {points} points.")
    rest = translate("PriceWords", "Beyond that: {points} points.")
    return [
        told.format(limit=row["up_to"], points=row["score"], benchmark=name)
        if row["up_to"] is not None
        else rest.format(points=row["score"])
        for row in score["rows"]
    ]


def _deviation(score: Json, full: str, name: str) -> list[str]:
    translate = QCoreApplication.translate
    lines = [
        translate("PriceWords", "A price equal to the {benchmark} gets {full} points.").format(
            benchmark=name, full=full
        ),
        translate("PriceWords", "Each 1 % above it takes {points} points off.").format(points=score["above"]),
    ]
    below = Decimal(score["below"])
    told = (
        translate("PriceWords", "Each 1 % below it adds {points} points.")
        if below < 0
        else translate("PriceWords", "Each 1 % below it takes {points} points off.")
    )
    lines.append(told.format(points=f"{abs(below):f}"))
    steps = {
        "ceil": translate("PriceWords", "Each started 1 % counts whole."),
        "floor": translate("PriceWords", "Only whole per cents count."),
    }
    if score.get("step") in steps:
        lines.append(steps[score["step"]])
    if score.get("floor") is not None:
        lines.append(translate("PriceWords", "Never less than {floor} points.").format(floor=score["floor"]))
    return lines


def _source(kind: str) -> str:
    translate = QCoreApplication.translate
    return {
        "value": translate("PriceWords", "value found above"),
        "mean": translate("PriceWords", "mean of the prices"),
        "mean_all": translate("PriceWords", "mean of all prices"),
        "median": translate("PriceWords", "median of the prices"),
        "lowest": translate("PriceWords", "lowest price"),
        "second_lowest": translate("PriceWords", "second lowest price"),
        "highest": translate("PriceWords", "highest price"),
        "ceiling": translate("PriceWords", "ceiling price"),
        "budget": translate("PriceWords", "budget"),
    }.get(kind, kind)


def _percent(share: Any) -> str:
    """A share as per cent without trailing zeros: '-0.10' is '-10'."""
    return f"{(Decimal(str(share)) * 100).normalize():f}"

"""A second implementation of the scoring contract, written only to disagree: plain Fractions, no shortcuts.

It takes a decoded case that is valid and returns what the core must return, `working` and hash left out.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]


def half(value: Fraction, places: int, how: str) -> Fraction:
    scaled = abs(value) * 10**places
    low = math.floor(scaled)
    rest = scaled - low
    if how == "half_up":
        low += rest >= Fraction(1, 2)
    elif how == "half_even":
        low += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1)
    elif how == "up":
        low += rest > 0
    return Fraction(low if value >= 0 else -low, 10**places)


def fixed(value: Fraction, places: int) -> str:
    units = value * 10**places
    assert units.denominator == 1
    sign = "-" if units < 0 else ""
    whole, part = divmod(abs(int(units)), 10**places)
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def plain(value: Fraction) -> str:
    for places in range(400):
        if (value * 10**places).denominator == 1:
            return fixed(value, places)
    with localcontext() as context:
        context.prec = 28
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def powered(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator == 1:
        return base ** int(exponent)
    with localcontext() as context:
        context.prec = 70
        natural = (Decimal(base.numerator) / Decimal(base.denominator)).ln()
        raised = (natural * Decimal(exponent.numerator) / Decimal(exponent.denominator)).exp()
        context.prec = 28
        return Fraction(+raised)


def benchmark(case: Doc, rule: Doc, offers: list[tuple[str, Fraction]]) -> Fraction:
    steps = rule.get("benchmark") or {}
    n = len(offers)
    if rule.get("count_not_opened"):
        n += sum(1 for bid in case["bids"] if bid.get("not_opened") and not bid.get("rejected"))
    everything = sorted(offers, key=lambda pair: pair[1])
    prices = [price for _, price in everything]
    low = high = 0
    for row in steps.get("trim") or []:
        if (row.get("from") or 1) <= n:
            low, high = row.get("low") or 0, row.get("high") or 0
            if row.get("share") is not None:
                low = high = math.floor(Fraction(row["share"]) * n + Fraction(1, 2))
    left = prices
    if low + high < len(prices):
        front, stay, back = prices[:low], prices[low : len(prices) - high], prices[len(prices) - high :]
        ties = steps.get("trim_ties") or "position"
        left = stay
        if ties == "value":
            left = [price for price in stay if price not in front and price not in back] or prices
        if ties == "keep":
            if front and front[-1] in stay:
                left = [price for price in front if price == front[-1]] + left
            if back and back[0] in stay:
                left = left + [price for price in back if price == back[0]]
    limits = {key: Fraction(case[key]) for key in ("ceiling", "budget") if case.get(key) is not None}

    def of(name: str, among: list[Fraction]) -> Fraction:
        count = len(among)
        if name == "mean_all":
            return sum(prices, Fraction(0)) / len(prices)
        if name in limits:
            return limits[name]
        return {
            "mean": lambda: sum(among, Fraction(0)) / count,
            "median": lambda: (among[(count - 1) // 2] + among[count // 2]) / 2,
            "lowest": lambda: min(among),
            "highest": lambda: max(among),
            "second_lowest": lambda: (among * 2)[1] if count == 1 else among[1],
        }[name]()

    band, mix = steps.get("band"), steps.get("mix") or []
    if band is not None and n >= (band.get("from") or 1):
        reference = of(band.get("around") or "mean", left)
        bounds = [None if band.get(key) is None else reference * (1 + Fraction(band[key])) for key in ("low", "high")]

        def inside(price: Fraction) -> bool:
            for bound, sign in ((bounds[0], 1), (bounds[1], -1)):
                if bound is not None:
                    gap = (price - bound) * sign
                    if gap < 0 or (gap == 0 and not band.get("inclusive")):
                        return False
            return True

        kept = [price for price in left if inside(price)]
        if not kept:
            kept = prices if band.get("if_empty") == "all" else left
            if band.get("mix_if_empty") is not None:
                mix = band["mix_if_empty"]
        left = kept
    value = of(steps.get("value") or "mean", left)
    if mix:
        value = sum(
            (Fraction(part["weight"]) * (value if part["of"] == "value" else of(part["of"], left)) for part in mix),
            Fraction(0),
        )
    value = value * (1 + Fraction(steps.get("float") or 0)) * Fraction(steps.get("factor") or 1)
    if steps.get("places") is not None:
        value = half(value, steps["places"], how_of(case, rule))
    return value


def how_of(case: Doc, rule: Doc) -> str:
    return rule.get("rounding") or case.get("rounding") or "half_up"


def places_of(case: Doc, rule: Doc) -> int:
    if rule.get("places") is not None:
        return rule["places"]
    return case_places(case)


def case_places(case: Doc) -> int:
    return 2 if case.get("places") is None else case["places"]


def price_score(case: Doc, rule: Doc, base: Fraction, price: Fraction, bonus: Fraction) -> Fraction:
    full, score = Fraction(rule["full"]), rule.get("score") or {}
    kind = score.get("kind") or "ratio"
    percent = (price - base) * 100 / base
    if score.get("deviation_places") is not None:
        percent = half(percent, score["deviation_places"], how_of(case, rule))
    if kind == "ratio":
        points = min(full, full * base / price)
    elif kind == "ratio_high":
        points = min(full, full * price / base)
    elif kind == "power":
        side, ratio = ("above", base / price) if price >= base else ("below", price / base)
        points = full * powered(ratio, Fraction(score[side]))
    elif kind == "table":
        points = None
        for row in score["rows"]:
            if points is None and (row["up_to"] is None or percent <= Fraction(row["up_to"])):
                points = Fraction(row["score"])
    else:
        side = "above" if percent >= 0 else "below"
        size = {"linear": abs, "ceil": lambda x: math.ceil(abs(x)), "floor": lambda x: math.floor(abs(x))}[
            score.get("step") or "linear"
        ](percent)
        loss = Fraction(size) * Fraction(score[side])
        cap = score.get(f"max_loss_{side}")
        if cap is not None:
            loss = max(-Fraction(cap), min(Fraction(cap), loss))
        points = full - loss
        if score.get("floor") is not None:
            points = max(points, Fraction(score["floor"]))
    if bonus and 0 <= points <= full:
        points = min(full, points * (1 + bonus))
    return half(points, places_of(case, rule), how_of(case, rule))


def reference(case: Doc) -> Doc:
    bids = case["bids"]
    factors = [f for f in case.get("factors") or [] if f.get("kind") != "pass_fail"]
    sheets = case.get("sheets") or {}
    experts = case.get("experts") or sorted(sheets)
    places, how = case_places(case), case.get("rounding") or "half_up"
    weights = {k: Fraction(v) for k, v in (case.get("weights") or {}).items() if v is not None}
    live = [bid for bid in bids if not bid.get("rejected") and not bid.get("not_opened")]

    def mark(expert: str, bid: str, factor: str) -> Fraction | None:
        value = ((sheets.get(expert) or {}).get(bid) or {}).get(factor)
        return None if value is None else Fraction(value)

    def points(expert: str, bid: str, factor: Doc) -> Fraction:
        given = mark(expert, bid, factor["id"])
        assert given is not None
        return Fraction(factor["max"]) - given if factor.get("kind") == "deduction" else given

    def is_full(expert: str, bid: str) -> bool:
        return all(mark(expert, bid, factor["id"]) is not None for factor in factors)

    def total(expert: str, bid: str) -> Fraction:
        return sum(
            (weights.get(factor.get("group"), Fraction(1)) * points(expert, bid, factor) for factor in factors),
            Fraction(0),
        )

    trim = case.get("judge_trim")
    panel = list(experts)
    start = high = low = 0
    if trim:
        start, high, low = (trim.get("from") or 1), trim.get("high") or 0, trim.get("low") or 0
    if trim and trim.get("widest_first"):
        candidates = [expert for expert in panel if all(is_full(expert, bid["id"]) for bid in live)]
        if len(candidates) >= start and len(candidates) > 1:

            def spread(expert: str) -> tuple[Fraction, Fraction]:
                totals = sorted(total(expert, bid["id"]) for bid in live)
                return totals[-1] - totals[0], totals[-1] - (totals * 2)[1] if len(totals) == 1 else totals[
                    -1
                ] - totals[1]

            widest = max(spread(expert) for expert in candidates)
            panel.remove(next(expert for expert in candidates if spread(expert) == widest))

    def evaluated(bid: Doc) -> Fraction:
        price = Fraction(bid["price"])
        result = price
        for step in bid.get("adjustments") or []:
            result += Fraction(step.get("amount") or 0) - price * Fraction(step.get("rate") or 0)
        return result

    rule = case.get("price")
    base = None
    if rule:
        offers = [
            (bid["id"], evaluated(bid))
            for bid in bids
            if bid in live or (bid.get("kept_in_benchmark") and not bid.get("not_opened"))
        ]
        base = benchmark(case, rule, offers)

    rows = []
    for bid in live:
        name = bid["id"]
        here = list(panel)
        complete = [expert for expert in here if is_full(expert, name)]
        if trim and trim.get("per") == "total" and len(complete) >= start and high + low < len(complete):
            order = sorted(complete, key=lambda expert: total(expert, name))
            out = set(order[:low] + order[len(order) - high :])
            here = [expert for expert in here if expert not in out]
            complete = [expert for expert in complete if expert not in out]
        scores, exact_groups = {}, {}
        for factor in factors:
            marks = sorted(m for m in (mark(expert, name, factor["id"]) for expert in here) if m is not None)
            by_factor = trim and (trim.get("per") or "factor") == "factor"
            if by_factor and len(marks) >= start and high + low < len(marks):
                marks = marks[low : len(marks) - high]
            mean = sum(marks, Fraction(0)) / len(marks)
            if factor.get("kind") == "deduction":
                mean = Fraction(factor["max"]) - mean
            scores[factor["id"]] = half(mean, places, how)
        groups = list(dict.fromkeys(f["group"] for f in factors if f.get("group") is not None))
        if case.get("average") == "expert_totals" and factors:
            for group in groups:
                sums = [
                    sum((points(e, name, f) for f in factors if f.get("group") == group), Fraction(0)) for e in complete
                ]
                exact_groups[group] = half(sum(sums, Fraction(0)) / len(sums), places, how)
            totals = [total(e, name) for e in complete]
            marked = half(sum(totals, Fraction(0)) / len(totals), places, how)
        else:
            marked = Fraction(0)
            for group in groups:
                exact_groups[group] = sum((scores[f["id"]] for f in factors if f.get("group") == group), Fraction(0))
                marked += weights.get(group, Fraction(1)) * exact_groups[group]
            marked += sum((scores[f["id"]] for f in factors if f.get("group") is None), Fraction(0))
        priced = None
        if rule and base is not None:
            bonus = sum((Fraction(a.get("score_bonus") or 0) for a in bid.get("adjustments") or []), Fraction(0))
            priced = price_score(case, rule, base, evaluated(bid), bonus)
        whole = half(marked + weights.get("price", Fraction(1)) * (priced or 0), places, how)
        rows.append((bid, scores, exact_groups, priced, whole))

    by_price = case["method"] == "lowest_evaluated_price"

    def key(row: Any) -> list[Fraction]:
        bid, _, groups, priced, whole = row
        found = [evaluated(bid) if by_price else -whole]
        for breaker in case.get("tie_breakers") or []:
            found.append(
                {
                    "price_asc": Fraction(bid["price"]),
                    "technical_desc": -groups.get("technical", Fraction(0)),
                    "commercial_desc": -groups.get("commercial", Fraction(0)),
                    "price_score_desc": -(priced or Fraction(0)),
                }[breaker]
            )
        return found

    rows.sort(key=key)
    out_bids, ties = [], {}
    for row in rows:
        bid, scores, groups, priced, whole = row
        rank = 1 + sum(key(other) < key(row) for other in rows)
        ties.setdefault(rank, []).append(bid["id"])
        out_bids.append(
            {
                "id": bid["id"],
                "price": plain(Fraction(bid["price"])),
                "evaluated_price": plain(evaluated(bid)),
                "price_score": None if priced is None else fixed(priced, places_of(case, rule)),
                "factor_scores": {k: fixed(v, places) for k, v in scores.items()},
                "group_scores": {k: fixed(v, places) for k, v in groups.items()},
                "total": None if by_price else fixed(whole, places),
                "rank": rank,
                "rejected": False,
            }
        )
    for bid in bids:
        if bid not in live:
            unopened, rejected = bool(bid.get("not_opened")), bool(bid.get("rejected"))
            out_bids.append(
                {
                    "id": bid["id"],
                    "price": None if unopened else plain(Fraction(bid["price"])),
                    "evaluated_price": None if unopened else plain(evaluated(bid)),
                    "price_score": "0" if unopened and not rejected and rule else None,
                    "factor_scores": None,
                    "group_scores": None,
                    "total": None,
                    "rank": None,
                    "rejected": rejected,
                }
            )

    findings = []
    for kind, code in (("objective", "objective_mismatch"), ("subjective", "deviation")):
        for bid in live:
            for factor in factors:
                if (factor.get("kind") or "subjective") != kind:
                    continue
                given = [(e, mark(e, bid["id"], factor["id"])) for e in experts]
                given = [(e, m) for e, m in given if m is not None]
                mean = sum((m for _, m in given), Fraction(0)) / len(given)
                place = {"code": code, "bid": bid["id"], "factor": factor["id"]}
                if kind == "objective" and len({m for _, m in given}) > 1:
                    findings.append({**place, "experts": [e for e, _ in given]})
                for expert, m in given:
                    if kind == "subjective" and abs(m - mean) > abs(mean) * 3 / 10:
                        findings.append({**place, "expert": expert, "mark": plain(m), "mean": plain(mean)})
    taste = [f["id"] for f in factors if (f.get("kind") or "subjective") == "subjective"]
    sheet = {e: [mark(e, bid["id"], f) for bid in live for f in taste] for e in experts}
    for i, one in enumerate(experts):
        for other in experts[i + 1 :]:
            if sheet[one] == sheet[other] and len([m for m in sheet[one] if m is not None]) >= 6:
                findings.append({"code": "identical_sheets", "experts": [one, other]})
    findings += [{"code": "tie", "rank": r, "bids": ids} for r, ids in ties.items() if len(ids) > 1]
    least = 3 if case.get("min_bids") is None else case["min_bids"]
    if len({bid.get("brand") or ("none", bid["id"]) for bid in live}) < least:
        findings.append({"code": "too_few_bids"})

    low_list = []
    rates = case.get("abnormally_low") or {}
    prices = sorted(Fraction(bid["price"]) for bid in live)
    limit = case.get("ceiling") or case.get("budget")
    for bid in live:
        for trigger in ("mean", "second_lowest", "ceiling"):
            if rates.get(trigger) is None or (trigger == "ceiling" and limit is None):
                continue
            threshold = (
                Fraction(rates[trigger])
                * {
                    "mean": sum(prices, Fraction(0)) / len(prices),
                    "second_lowest": prices[1] if len(prices) > 1 else prices[0],
                    "ceiling": Fraction(limit or 0),
                }[trigger]
            )
            if Fraction(bid["price"]) < threshold:
                low_list.append(
                    {
                        "id": bid["id"],
                        "trigger": trigger,
                        "price": plain(Fraction(bid["price"])),
                        "threshold": plain(threshold),
                    }
                )
    return {
        "benchmark": None if base is None else benchmark_text(rule, base),
        "bids": out_bids,
        "abnormally_low": low_list,
        "findings": findings,
    }


def benchmark_text(rule: Doc, base: Fraction) -> str:
    places = (rule.get("benchmark") or {}).get("places")
    return plain(base) if places is None else fixed(base, places)

"""The tables of marks, prices and ranks, and the arithmetic behind them line by line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app import drawing
from app.evaluation.model import Drop, LotState
from app.evaluation.tally import opened_marks
from app.report import wording as say
from app.report.basis import bases_of_marks
from app.report.blocks import Band, Block, banded, column, heading, pairs, table, text, working
from app.report.source import Source
from app.rules.model import Factor

MOST_GROUPS = 7
"""Subtotals of more groups leave no room for the bidders' names: then they stand in the working alone."""
VERDICTS = {"pass": "合格", "fail": "不合格"}
"""What a mark on a pass/fail factor says."""
OUT = {Drop.WITHDREW: "退出", Drop.NO_OFFER: "未报价"}
"""What stands in the place of a rank where a supplier is out though nobody rejected it."""


def result_caption(by_price: bool) -> str:
    """Above the table that `kawei verify` reads back from the PDF."""
    return "报价比较与排序表" if by_price else "得分汇总与排序表"


def result_end(rows: int) -> str:
    """Right below the result table."""
    return f"以上共 {rows} 行，与 result.json 一致。"


def adjusted(result: dict[str, Any]) -> bool:
    """Whether any evaluated price differs from the bid price: only then it has a column of its own."""
    return any(row["price"] != row["evaluated_price"] for row in result["bids"])


def result_heads(
    words: dict[str, str], result: dict[str, Any], groups: Sequence[str], by_price: bool
) -> list[dict[str, Any]]:
    """The columns of the result table, in the track's words."""
    heads = [column("排序"), column("代号"), column(words["bidder"], "left", 1)]
    heads.append(column(f"{words['price']}\n（元）", "right"))
    if by_price or adjusted(result):
        heads.append(column("评审价\n（元）", "right"))
    if not by_price:
        heads += [column(_lines(say.group(name), 4 if len(groups) < 5 else 3), "right") for name in _shown(groups)]
        heads += [column(words["price_score"], "right"), column("总得分", "right")]
    return heads


def _shown(groups: Sequence[str]) -> Sequence[str]:
    return groups if len(groups) <= MOST_GROUPS else ()


def _lines(name: str, most: int) -> str:
    """A name in lines of about the same length, each of at most so many characters."""
    count = -(-len(name) // most)
    return "\n".join(name[k * len(name) // count : (k + 1) * len(name) // count] for k in range(count))


def result_rows(
    lot: LotState, words: dict[str, str], result: dict[str, Any], groups: Sequence[str], by_price: bool
) -> list[list[str]]:
    """The rows of the result table, cell by cell as printed."""
    names = {bid.id: bid.bidder for bid in lot.lot.bids}
    out = {bid: OUT[drop] for bid, drop in lot.dropped.items() if drop in OUT}
    rows = []
    evaluated = by_price or adjusted(result)
    for row in result["bids"]:
        gone = out.get(row["id"], words["rejected"]) if row["rejected"] else "—"
        place = gone if row["rank"] is None else str(row["rank"])
        cells = [place, row["id"], names[row["id"]], say.money(row["price"])]
        cells += [say.money(row["evaluated_price"])] if evaluated else []
        if not by_price:
            scores = row["group_scores"] or {}
            cells += [
                *(scores.get(name) or "—" for name in _shown(groups)),
                row["price_score"] or "—",
                row["total"] or "—",
            ]
        rows.append(cells)
    return rows


def groups_of(factors: Sequence[Factor]) -> list[str]:
    """The groups that give points, in the factors' order."""
    return list(dict.fromkeys(factor.group for factor in factors if factor.kind != "pass_fail"))


def criteria(of: Source) -> list[Block]:
    """Method, factors with ranges and rules, price rule, tie breakers."""
    scoring = of.lot.lot.scoring
    rows = [
        (f.id, say.group(f.group), f.name, say.FACTOR_KINDS.get(f.kind, f.kind), _range(f), f.rule)
        for f in of.lot.lot.factors
    ]
    heads = [column("序号"), column("类别"), column(of.word("factor"), "left", 2), column("性质")]
    heads += [column("分值"), column("评分标准", "left", 3)]
    blocks = [text(f"{of.word('evaluation')}办法：{of.method}。")]
    if rows:
        blocks.append(table(heads, rows, small=len(rows) > 12))
    if scoring.get("price"):
        blocks.append(heading(f"{of.word('price_score')}计算规则"))
        blocks.append(text(*say.price_rule(scoring["price"])))
    return [*blocks, pairs(*_settings(scoring, marked=bool(of.lot.lot.factors)))]


def _range(factor: Factor) -> str:
    if factor.kind == "pass_fail":
        return "—"
    return f"{factor.min}–{factor.max}"


def _settings(scoring: dict[str, Any], marked: bool) -> list[tuple[str, str]]:
    trim = scoring.get("judge_trim")
    ties = {
        "price_asc": "报价低者优先",
        "technical_desc": "技术分高者优先",
        "commercial_desc": "商务分高者优先",
        "price_score_desc": "价格分高者优先",
    }
    weights = scoring.get("weights") or {}
    totals = scoring.get("average") == "expert_totals"
    per = "整份评分" if trim and trim.get("per") == "total" else "逐项"
    trimmed = trim and f"评委 {trim['from']} 人及以上时，{per}去掉 {trim['high']} 个最高、{trim['low']} 个最低"
    tied = ("报价相同时" if not marked else "得分相同时", "；".join(ties.get(key, key) for key in _breakers(scoring)))
    if not marked:
        return [tied]
    return [
        ("得分平均", "各评委总分的平均" if totals else "各因素得分的算术平均，各因素平均分之和"),
        ("极端评分", trimmed or "不去掉最高、最低评分"),
        ("权重", "；".join(f"{say.group(name)} {weight}" for name, weight in weights.items())),
        ("小数", f"保留 {2 if scoring.get('places') is None else scoring['places']} 位"),
        tied,
    ]


def _breakers(scoring: dict[str, Any]) -> Sequence[str]:
    return scoring.get("tie_breakers") or []


def comparison(of: Source) -> list[Block]:
    """The result, each expert's totals, each factor's marks, and how prices became points."""
    result = of.result
    if result is None:
        return []
    by_price = of.lot.lot.scoring["method"] == "lowest_evaluated_price"
    groups = groups_of(of.lot.lot.factors)
    rows = result_rows(of.lot, of.state.ruleset.words, result, groups, by_price)
    heads = result_heads(of.state.ruleset.words, result, groups, by_price)
    blocks = [table(heads, rows, caption=result_caption(by_price), after=result_end(len(rows)), small=len(groups) > 3)]
    if not by_price and of.lot.lot.factors:
        blocks += [_totals(of), _factor_table(of), *bases_of_marks(of)]
    return [*blocks, *_price_working(of, result)]


def _points(factor: Factor, mark: str) -> Decimal:
    """What a mark adds to an expert's own total; an added figure of this table, never used for the result."""
    if factor.kind == "deduction":
        return Decimal(factor.max or "0") - Decimal(mark)
    return Decimal(mark)


def _totals(of: Source) -> Block:
    sheets, aliases = opened_marks(of.state, of.lot), of.aliases
    factors = [factor for factor in of.lot.lot.factors if factor.kind != "pass_fail"]
    rows = []
    for bid in of.lot.live_bids():
        sums = [sum((_points(f, sheets[alias]["marks"][bid][f.id]) for f in factors), Decimal(0)) for alias in aliases]
        rows.append([bid, of.bidder(bid), *(f"{total:f}" for total in sums)])
    figures = iter(say.even([total for row in rows for total in row[2:]]))
    rows = [[*row[:2], *(next(figures) for _ in aliases)] for row in rows]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), *(column(alias, "right") for alias in aliases)]
    caption = f"各评委评分合计表（不含{of.word('price_score')}）"
    return table(heads, rows, caption=caption, small=len(aliases) > 7)


def _factor_table(of: Source) -> Block:
    """One band a bid: factors down, experts across, the mean at the end."""
    result = of.result or {"bids": []}
    sheets, aliases = opened_marks(of.state, of.lot), of.aliases
    means = {row["id"]: row["factor_scores"] or {} for row in result["bids"]}
    bids, factors = of.lot.live_bids(), of.lot.lot.factors
    given = {(a, b, f.id): sheets[a]["marks"][b][f.id] for a in aliases for b in bids for f in factors}
    figures = [key for key, mark in given.items() if mark not in VERDICTS]
    shown = {key: VERDICTS[mark] for key, mark in given.items() if mark in VERDICTS}
    shown |= dict(zip(figures, say.even([given[key] for key in figures]), strict=True))
    bands: list[Band] = []
    for bid in bids:
        rows = [
            [*(f.id, f.name, _range(f)), *(shown[alias, bid, f.id] for alias in aliases), means[bid].get(f.id) or "—"]
            for f in factors
        ]
        bands.append((f"{bid}　{of.bidder(bid)}", rows))
    heads = [column("序号"), column(of.word("factor"), "left", 1), column("分值")]
    heads += [*(column(alias, "right") for alias in aliases), column("得分", "right")]
    return banded(heads, bands, caption="分项评分表", small=True)


def _price_working(of: Source, result: dict[str, Any]) -> list[Block]:
    groups = groups_of(of.lot.lot.factors)
    by_price = of.lot.lot.scoring["method"] == "lowest_evaluated_price"
    title = "评审价计算过程" if by_price else f"{of.word('price_score')}与总得分计算过程"
    blocks: list[Block] = [heading(title)]
    benchmark = result["benchmark"]
    if benchmark is not None:
        steps = [say.benchmark_step(step) for step in benchmark["working"]]
        title = f"{of.word('benchmark')}：{say.money(benchmark['value'])} 元"
        blocks.append(working(steps, title))
    wanted = ("evaluated price:", "price:", "total:", "experts:", *(f"{name}:" for name in groups))
    for row in result["bids"]:
        lines = [
            say.bid_working(line, groups, of.word("price_score")) for line in row["working"] if line.startswith(wanted)
        ]
        if lines:
            blocks.append(working(lines, f"{row['id']}　{of.bidder(row['id'])}"))
    return blocks if len(blocks) > 1 else []


def slip_code(digest: str) -> str:
    """The code of a draw as slips show it, from its transcript's hash (hex)."""
    return drawing.slip_code(bytes.fromhex(digest))

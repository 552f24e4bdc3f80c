"""Chinese words of the report for what the cores name by stable codes: steps, findings, means, times, money."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from app.rules.model import ProcedureKind

MEANS = {"face": "人脸核验", "two_person": "两人核验放行", "found": "人脸寻得、两人核验放行"}
CHAIR_MEANS = {"agreement": "成员推举，全体同意", "ballot": "无记名投票", "lot": "得票相同，公开抽签"}
PARTIES = {"centre": "交易中心", "witness": "见证人员", "kiosk": "签到终端", "system": "系统"}
"""Those whom both tracks call by the same word; the others are called as the rule set has it."""
SHEET_KINDS = {"ballot": "投票", "review": "审查", "marks": "评分"}
FACTOR_KINDS = {"subjective": "主观", "objective": "客观", "deduction": "扣分", "pass_fail": "合格制"}
GROUPS = {"technical": "技术", "commercial": "商务", "credit": "资信", "service": "服务", "price": "价格"}
METHODS = {
    ("ZC", "comprehensive"): "综合评分法",  # 87号令 55
    ("ZC", "lowest_evaluated_price"): "最低评标价法",  # 87号令 54
    ("GC", "comprehensive"): "综合评估法",  # 七部委令12号 29
    ("GC", "lowest_evaluated_price"): "经评审的最低投标价法",
}
TALKED_METHODS = {
    (ProcedureKind.NEGOTIATION, "lowest_evaluated_price"): "最后报价由低到高的办法",  # 74号令 35
    (ProcedureKind.INQUIRY, "lowest_evaluated_price"): "报价由低到高的办法",  # 74号令 48
    (ProcedureKind.SINGLE_SOURCE, "lowest_evaluated_price"): "与供应商商定价格的办法",  # 74号令 41
}
"""What the method is called where it is not that of a tender."""
FAILURES = {
    "too_few_bids": "符合要求的{bids}不足法定家数",
    "no_agreement": "不能商定合理的成交价格",
    "no_competition": "有效投标不足三家且明显缺乏竞争",
}
TRIGGERS = {
    "mean": "低于全部通过审查的投标报价平均值的规定比例",
    "second_lowest": "低于次低投标报价的规定比例",
    "ceiling": "低于最高限价（预算）的规定比例",
}
_SOURCES = {
    "mean": "算术平均值",
    "mean_all": "全部有效报价的算术平均值",
    "median": "中位数",
    "lowest": "最低价",
    "second_lowest": "次低价",
    "highest": "最高价",
    "ceiling": "最高限价",
    "budget": "预算金额",
    "value": "取值",
}
_ROUNDING = {"half_up": "四舍五入", "half_even": "四舍六入五成双", "down": "舍去尾数", "up": "进一"}
_NUMERALS = "〇一二三四五六七八九十"
_SHORT_PLACES = 10
"""Decimals of an amount that goes on without end; as in the scoring core's lines of working."""
_STOPS = "。．.；;，, "


def day(at: str) -> str:
    """A moment as a Chinese date, in the offset that it was written with."""
    moment = datetime.fromisoformat(at)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def days(begin: str, end: str) -> str:
    """The day, or from the first to the last day, in the offset of the first."""
    first, last = day(begin), day(_beside(begin, end).isoformat())
    return first if first == last else f"{first}至{last}"


def zone(at: str) -> str:
    """The offset that a moment was written with; that of China has its own name."""
    written = f"{datetime.fromisoformat(at):%z}"
    return "北京时间" if written == "+0800" else f"UTC{written[:3]}:{written[3:5]}"


def minute(at: str) -> str:
    """A moment to the minute, with its offset."""
    return f"{day(at)} {datetime.fromisoformat(at):%H:%M}（{zone(at)}）"


def span(begin: str, end: str) -> str:
    """From one moment to another, to the minute, in the offset of the first; the same day is told once."""
    last = _beside(begin, end)
    first_day, last_day = day(begin), day(last.isoformat())
    there = f"{last:%H:%M}" if first_day == last_day else f"{last_day} {last:%H:%M}"
    return f"{first_day} {datetime.fromisoformat(begin):%H:%M} 至 {there}（{zone(begin)}）"


def clock(at: str | None, beside: str, between: str = " ") -> str:
    """The time of day to the second in the offset of the moment `beside`, a dash where there is none.

    On another day than that one's the day stands before it, then `between`.
    """
    if at is None:
        return "—"
    moment, first = _beside(beside, at), datetime.fromisoformat(beside)
    that_day = "" if moment.date() == first.date() else f"{moment.month}月{moment.day}日{between}"
    return f"{that_day}{moment:%H:%M:%S}"


def _beside(first: str, at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(datetime.fromisoformat(first).tzinfo)


def clause(words: str) -> str:
    """What a person wrote, to be followed by a punctuation mark of ours."""
    return words.strip().rstrip(_STOPS)


def sentence(words: str) -> str:
    """What a person wrote, with exactly one stop at its end."""
    return words.strip() if words.strip().endswith(("！", "？", "!", "?")) else f"{clause(words)}。"


def money(amount: str | None) -> str:
    """A decimal string with its digits in groups, a dash where there is none; endless decimals are cut with `…`."""
    if amount is None:
        return "—"
    whole, point, rest = amount.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-') or '0'):,}{point}{_cut(rest)}"


def _cut(decimals: str) -> str:
    return decimals if len(decimals) <= _SHORT_PLACES else f"{decimals[:_SHORT_PLACES]}…"


def even(figures: Sequence[str]) -> list[str]:
    """Decimal strings with as many decimals as the longest of them, so that they stand under each other."""
    places = max((len(figure.partition(".")[2]) for figure in figures), default=0)
    return [f"{Decimal(figure):.{places}f}" for figure in figures]


def numeral(number: int) -> str:
    """A section's number: 一, 二 ... 十, 十一 ... 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def group(name: str) -> str:
    """A factor group's word; groups that are named in Chinese stay as they are."""
    return GROUPS.get(name, name)


def percent(share: str) -> str:
    """A share such as -0.15 as a percentage, exactly."""
    sign, digits = ("-", share[1:]) if share.startswith("-") else ("", share)
    whole, _, rest = digits.partition(".")
    rest = rest.ljust(2, "0")
    moved = (whole + rest[:2]).lstrip("0") or "0"
    tail = rest[2:].rstrip("0")
    return f"{sign}{moved}{'.' + tail if tail else ''}%"


def benchmark_step(step: Mapping[str, Any]) -> str:
    """One step of the benchmark price as the scoring core tells it."""
    kind = step["step"]
    if kind == "trim":
        dropped = step["dropped"]
        return f"剔除报价：{'、'.join(dropped)}" if dropped else "剔除报价：无"
    if kind == "band":
        low, high = (money(step[end]) for end in ("low", "high"))
        ends = "含端点" if step["inclusive"] else "不含端点"
        kept = "、".join(step["kept"]) or "无"
        around = f"{_source(step['around'])} {money(step['reference'])}"
        line = f"有效区间：以{around} 为准，{low} 至 {high}（{ends}），区间内：{kept}"
        if "if_empty" in step:
            line += "；区间内无报价，" + ("取剔除后的报价" if step["if_empty"] == "trimmed" else "取全部有效报价")
        return line
    if kind == "value":
        return f"取{_source(step['kind'])}：{money(step['result'])}"
    if kind == "mix":
        parts = " + ".join(f"{_source(p['of'])} {money(p['amount'])} × {p['weight']}" for p in step["parts"])
        return f"加权：{parts} = {money(step['result'])}"
    if kind == "float":
        return f"浮动 {percent(step['by'])}：{money(step['result'])}"
    if kind == "factor":
        return f"乘以系数 {step['by']}：{money(step['result'])}"
    if kind == "round":
        how = _ROUNDING.get(step["rounding"], step["rounding"])
        return f"保留 {step['places']} 位小数（{how}）：{money(step['result'])}"
    return str(kind)


def _source(name: str) -> str:
    return _SOURCES.get(name, name)


_PHRASES = (
    (re.compile(r"^evaluated price: "), "评审价："),
    (re.compile(r"^total: "), "总分："),
    (re.compile(r"^sheets left out \(extreme totals\): "), "去掉最高、最低评委（整份）："),
    (re.compile(r"^experts: "), "评委总分平均："),
    (re.compile(r"; left out "), "；去掉 "),
    (re.compile(r", at most "), "，最高 "),
    (re.compile(r", at least "), "，最低 "),
    (re.compile(r"all others: "), "其余得 "),
    (re.compile(r"up to (\S+): "), r"不高于 \1% 得 "),
    (re.compile(r"\bd = "), "偏差率% = "),
    (re.compile(r" - "), " − "),
    (re.compile(r"(?<=[ (])-(?=\d)"), "−"),
    (re.compile(r" / "), " ÷ "),
    (re.compile(r"\bx "), "× "),
    (re.compile(r"->"), "→"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"; "), "；"),
)


def bid_working(line: str, groups: Sequence[str] = (), price_score: str = "价格分") -> str:
    """One line of a bid's working, its few English words put into Chinese; the figures are untouched."""
    line = re.sub(r"^price: ", f"{price_score}：", line)
    for name in groups:
        if line.startswith(f"{name}: "):
            line = f"{group(name)}小计：{line.removeprefix(f'{name}: ')}"
    for pattern, words in _PHRASES:
        line = pattern.sub(words, line)
    return line


def findings(found: Sequence[Mapping[str, Any]], factors: Mapping[str, str]) -> list[str]:
    """What the scoring core found, a sentence each; `factors` gives the factors' names.

    Members who lie far from the same mean stand in one sentence: a large tender has thousands of such marks.
    """
    told = []
    for (code, _, _), group in groupby(found, key=lambda one: (one["code"], one.get("bid"), one.get("factor"))):
        alike = list(group)
        told += [_deviations(alike, factors)] if code == "deviation" else [_finding(one, factors) for one in alike]
    return told


def _deviations(group: Sequence[Mapping[str, Any]], factors: Mapping[str, str]) -> str:
    """Of one bid and factor."""
    first = group[0]
    where = f"投标 {first['bid']} 的 {first['factor']} {factors.get(first['factor'], '')}"
    marks = "、".join(f"{one['expert']} 评 {one['mark']} 分" for one in group)
    return f"{where}：评委 {marks}，与平均分 {_short(first['mean'])} 相差超过 30%。"


def _finding(found: Mapping[str, Any], factors: Mapping[str, str]) -> str:
    code = found["code"]
    if code == "objective_mismatch":
        where = f"投标 {found['bid']} 的客观因素 {found['factor']} {factors.get(found['factor'], '')}"
        return f"{where}：各评委评分不一致（{'、'.join(found['experts'])}）。"
    if code == "identical_sheets":
        return f"评委 {'、'.join(found['experts'])} 的主观评分完全相同。"
    if code == "tie":
        return f"第 {found['rank']} 名并列：{'、'.join(found['bids'])}。"
    if code == "too_few_bids":
        return "有效投标（同品牌按一家计）不足规定家数。"
    return str(code)


def _short(figure: str) -> str:
    whole, point, decimals = figure.partition(".")
    return f"{whole}{point}{_cut(decimals)}"


# --- the price rule in words


def price_rule(rule: Mapping[str, Any]) -> list[str]:
    """A price rule of the scoring contract, sentence by sentence."""
    steps = rule.get("benchmark") or {}
    lines = [f"报价满分 {rule['full']} 分。"]
    for row in steps.get("trim") or []:
        lines.append(_trim(row))
    band = steps.get("band")
    if band:
        low, high = (percent(band[end]) if band.get(end) is not None else "不限" for end in ("low", "high"))
        around = _source(band.get("around") or "mean")
        ends = "含" if band.get("inclusive") else "不含"
        start = band.get("from") or 1
        lines.append(f"有效报价 {start} 家及以上时，只取偏离{around}在 {low} 至 {high} 之间（{ends}端点）的报价。")
    value = _source(steps.get("value") or "mean")
    lines.append(f"评标基准价取{value}。")
    if steps.get("mix"):
        parts = "、".join(f"{_source(p['of'])}占 {percent(p['weight'])}" for p in steps["mix"])
        lines.append(f"再按权重合成：{parts}。")
    if steps.get("float") and steps["float"] != "0":
        lines.append(f"再浮动 {percent(steps['float'])}。")
    if steps.get("factor") and steps["factor"] != "1":
        lines.append(f"再乘以系数 {steps['factor']}。")
    return [*lines, *_score(rule, rule.get("score") or {})]


def _trim(row: Mapping[str, Any]) -> str:
    if row.get("share"):
        return f"有效报价 {row['from']} 家及以上时，两端各剔除 {percent(row['share'])} 的报价。"
    return f"有效报价 {row['from']} 家及以上时，剔除最高 {row.get('high', 0)} 家、最低 {row.get('low', 0)} 家。"


def _score(rule: Mapping[str, Any], score: Mapping[str, Any]) -> list[str]:
    kind = score.get("kind") or "ratio"
    above, below = score.get("above"), score.get("below")
    lines = {
        "ratio": ["报价得分 = 满分 × 评标基准价 ÷ 评审价，不超过满分。"],
        "ratio_high": ["报价得分 = 满分 × 报价 ÷ 基准值，不超过满分。"],
        "deviation": [f"评审价每高于基准价 1% 扣 {above} 分，每低于基准价 1% 扣 {below} 分。"],
        "power": [
            f"评审价不低于基准价时得分 = 满分 ×（基准价 ÷ 评审价）的 {above} 次方，低于时为倒数的 {below} 次方。"
        ],
        "table": ["按偏差率查表得分：" + "；".join(_row(row) for row in score.get("rows") or []) + "。"],
    }.get(kind, [str(kind)])
    step = {"ceil": "不足 1% 按 1% 计。", "floor": "不足 1% 的部分不计。"}.get(str(score.get("step")))
    if step and kind == "deviation":
        lines.append(step)
    if score.get("floor") is not None:
        lines.append(f"最低得 {score['floor']} 分。")
    places = rule.get("places")
    return [*lines, f"报价得分保留 {places} 位小数。"] if places is not None else lines


def _row(row: Mapping[str, Any]) -> str:
    return f"其余得 {row['score']} 分" if row.get("up_to") is None else f"不高于 {row['up_to']}% 得 {row['score']} 分"

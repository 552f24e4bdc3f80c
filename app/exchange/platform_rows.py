"""The rows of bids, factors, marks and totals, taken into a draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from app.exchange.platform_document import FIGURES, add_factors
from app.exchange.platform_draft import Draft, number, refusal
from app.exchange.platform_tables import Headed, Row, Table, Vocabulary, head, stripped
from app.exchange.tables import NOTHING, plain_number, yuan
from app.recompute import GROUPS, Place
from app.rules.reading import shown

_ID: Final = ("编号", "代号", "投标编号", "投标人编号", "供应商编号", "id")
_BIDDER: Final = (
    *("投标人", "投标人名称", "供应商", "供应商名称", "投标单位", "投标单位名称", "企业名称", "企业别名"),
    *("bidder", "bid", "name"),
)
_REASON: Final = ("理由", "评分理由", "扣分理由", "打分理由", "说明", "reason")

BIDS: Final[Vocabulary] = {
    "id": _ID,
    "name": _BIDDER,
    "price": ("投标报价", "报价", "投标总报价", "总报价", "投标总价", "投标价", "price"),
    "rejected": ("否决", "已否决", "是否否决", "投标无效", "无效", "是否无效", "rejected"),
    "reason": ("否决理由", "否决原因", "无效理由", "无效原因", "理由", "reason"),
    "not_opened": ("未开标", "未解密", "not_opened"),
    "brand": ("品牌", "核心产品品牌", "brand"),
    "rate": ("扣除比例", "价格扣除", "价格扣除比例", "rate"),
    "amount": ("调整金额", "amount"),
    "score_bonus": ("价格分加成", "score_bonus"),
    "kept_in_benchmark": ("仍计入基准价", "kept_in_benchmark"),
}
FACTORS: Final[Vocabulary] = {
    "id": _ID,
    "name": ("评审因素", "评分因素", "因素", "评分项", "名称", "name", "factor"),
    "group": ("类别", "分类", "group"),
    "kind": ("性质", "类型", "kind"),
    "min": ("下限", "最低分", "min"),
    "max": ("满分", "分值", "上限", "最高分", "max"),
}
KINDS: Final = {
    **dict.fromkeys(("主观", "主观分", "subjective", ""), "subjective"),
    **dict.fromkeys(("客观", "客观分", "objective"), "objective"),
    **dict.fromkeys(("扣分", "扣分制", "deduction"), "deduction"),
    **dict.fromkeys(("合格制", "合格", "pass_fail"), "pass_fail"),
}
MARKS: Final[Vocabulary] = {
    "expert": ("评委", "评委编号", "专家", "专家编号", "评审专家", "评委会成员", "expert", "judge"),
    "id": _ID,
    "name": _BIDDER,
    "factor": ("评审因素", "评分因素", "因素", "评分项", "评审项", "factor"),
    "mark": ("分值", "得分", "评分", "打分", "mark", "score"),
    "reason": _REASON,
    "total": ("合计", "小计", "合计分", "评委合计", "total"),
}
TOTALS: Final[Vocabulary] = {
    "id": _ID,
    "name": _BIDDER,
    "evaluated_price": ("评审价", "评标价", "evaluated_price"),
    "price_score": ("价格分", "价格得分", "报价得分", "报价分", "price_score"),
    "sum": ("合计分之和", "评委合计之和", "sum"),
    "total": ("总分", "总得分", "综合得分", "最终得分", "评审得分", "total"),
    "rank": ("排名", "名次", "排序", "rank"),
    "candidate": ("候选人", "中标候选人", "候选顺序", "推荐顺序", "candidate"),
}
MEANS: Final = frozenset({"平均", "平均分", "均值", "mean"})
"""In place of an expert: the row holds the means of the factors."""
_SUMS: Final = frozenset({"合计", "总计", "小计"})  # no expert is called so
_SCORE_WORDS: Final = ("平均分", "得分", "小计", "部分", "分")
_YES: Final = frozenset({"是", "√", "✓", "yes", "true", "1"})
_NO: Final = frozenset({"否", "×", "✗", "no", "false", "0", *NOTHING})
_RATIO_DIGITS: Final = 100


def read_factors(draft: Draft, table: Table) -> None:
    """Factors: id and name (either may stand for both), group, kind, limits."""
    headed = head(table, FACTORS, (("name", "id"), ("max",)))
    factors: list[dict[str, Any]] = []
    for row in headed.rows:
        cell = {field: row.text(column) for field, column in headed.columns.items()}
        name = cell.get("name", "")
        identity = cell.get("id", "") or name
        if not identity:
            raise refusal("column_missing", row.place(), column=FACTORS["name"][0], names="、".join(FACTORS["name"]))
        word = cell.get("kind", "")
        if word not in KINDS:
            allowed = "、".join(dict.fromkeys(name for name in KINDS if name))
            raise refusal("bad_value", row.place(headed.columns["kind"]), value=shown(word), allowed=allowed)
        factor: dict[str, Any] = {"id": identity, "name": name or identity, "kind": KINDS[word]}
        if cell.get("group"):
            factor["group"] = cell["group"]
        for limit in ("min", "max") if KINDS[word] != "pass_fail" else ():
            if cell.get(limit, "") not in NOTHING:
                factor[limit] = number(cell[limit], row.place(headed.columns[limit])).text
        draft.item_places[f"factors[{len(factors)}]"] = row.place()
        factors.append(factor)
    _no_others(headed)
    add_factors(draft, factors)


def read_bids(draft: Draft, table: Table) -> None:
    """Bids: id and name (either may stand for both), price in yuan, fate, adjustments."""
    headed = head(table, BIDS, (("name", "id"), ("price",)))
    for row in headed.rows:
        columns = headed.columns
        name = row.text(columns.get("name"))
        identity = row.text(columns.get("id")) or name
        if not identity:
            raise refusal("column_missing", row.place(), column=BIDS["name"][0], names="、".join(BIDS["name"]))
        bid: dict[str, Any] = {"id": identity}
        for flag in ("rejected", "not_opened", "kept_in_benchmark"):
            if _flag(row, columns.get(flag)):
                bid[flag] = True
        written = row.text(columns["price"])
        if written not in NOTHING:
            price = yuan(written, row.headings[columns["price"]])
            if price is None:
                raise refusal("csv_price", row.place(columns["price"]), value=shown(written))
            bid["price"] = price
        adjustments = [
            {"kind": "stated", key: _ratio(row, columns[key], share=key != "amount")}
            for key in ("rate", "amount", "score_bonus")
            if row.text(columns.get(key)) not in NOTHING
        ]
        if adjustments:
            bid["adjustments"] = adjustments
        if row.text(columns.get("brand")) not in NOTHING:
            bid["brand"] = row.text(columns["brand"])
        reason = row.text(columns.get("reason"))
        draft.add_bid(bid, name, "" if reason in NOTHING else reason, row.place())
    _no_others(headed)


def read_marks(draft: Draft, table: Table) -> None:
    """Marks: a line for each mark, or a line for each expert and bid with a column for each factor."""
    headed = head(table, MARKS, (("expert",), ("name", "id")))
    draft.marks_at = table.place()
    if "factor" in headed.columns:
        headed = head(table, MARKS, (("expert",), ("name", "id"), ("factor",), ("mark",)))
        _no_others(headed)
        for row in headed.rows:
            expert = draft.expert(*_cell(row, headed, "expert"))
            bid = _bid(draft, row, headed)
            text, place = _cell(row, headed, "factor")
            slot = (expert, bid, draft.factor_names.need(text, place))
            draft.add_mark(slot, *_cell(row, headed, "mark"), row.text(headed.columns.get("reason")))
    else:
        _read_wide(draft, headed)


def _read_wide(draft: Draft, headed: Headed) -> None:
    factors: dict[int, str] = {}
    reasons: dict[str, int] = {}
    for column, heading in headed.others.items():
        factor = _factor(draft, heading)
        explained = _explained(draft, heading)
        if factor is not None:
            if factor in factors.values():
                raise refusal("column_twice", headed.table.place(headed.line, column, heading), column=shown(heading))
            factors[column] = factor
        elif explained is not None:
            reasons[explained] = column
        else:
            raise headed.unknown(column)
    for row in headed.rows:
        bid = _bid(draft, row, headed)
        name, at = _cell(row, headed, "expert")
        if name in MEANS:
            for column, factor in factors.items():
                draft.set_figure(draft.factor_means, (bid, factor), row.text(column), row.place(column))
            continue
        if name in _SUMS:
            raise refusal("unknown_expert", at, value=shown(name))
        expert = draft.expert(name, at)
        for column, factor in factors.items():
            reason = row.text(reasons.get(factor)) or row.text(headed.columns.get("reason"))
            draft.add_mark((expert, bid, factor), row.text(column), row.place(column), reason)
        if "total" in headed.columns:
            column = headed.columns["total"]
            draft.set_figure(draft.expert_totals, (expert, bid), row.text(column), row.place(column))


def read_totals(draft: Draft, table: Table) -> None:
    """Figures of each bid: means of factors, points of groups, price score, total, rank, candidate."""
    headed = head(table, TOTALS, (("name", "id"),))
    means: dict[int, str] = {}
    groups: dict[int, str] = {}
    for column, heading in headed.others.items():
        factor, group = _factor(draft, heading), _group(draft, heading)
        target, found = (means, factor) if factor is not None else (groups, group)
        if found is None:
            raise headed.unknown(column)
        if found in target.values():
            raise refusal("column_twice", table.place(headed.line, column, heading), column=shown(heading))
        target[column] = found
    chosen: list[tuple[int, tuple[str, Place]]] = []
    for row in headed.rows:
        bid = _bid(draft, row, headed)
        if bid in draft.figures_at:
            raise refusal("row_twice", row.place(), first=f" {draft.figures_at[bid].row} ")
        draft.figures_at[bid] = row.place()
        for name in FIGURES:
            if name in headed.columns:
                text = row.text(headed.columns[name])
                plain = _ordinal(text) if name == "rank" else text
                draft.set_figure(draft.by_bid.setdefault(name, {}), bid, plain, row.place(headed.columns[name]))
        for column, factor in means.items():
            draft.set_figure(draft.factor_means, (bid, factor), row.text(column), row.place(column))
        for column, group in groups.items():
            draft.set_figure(draft.group_scores, (bid, group), row.text(column), row.place(column))
        if row.text(headed.columns.get("candidate")) not in NOTHING:
            text, place = _cell(row, headed, "candidate")
            order = 0 if text.lower() in _YES - {"1"} else int(number(_ordinal(text), place).value)
            chosen.append((order, (bid, place)))
    if "candidate" in headed.columns:
        if draft.candidates is not None:
            place = table.place(headed.line, headed.columns["candidate"], TOTALS["candidate"][0])
            raise refusal("given_twice", place, key=TOTALS["candidate"][0])
        draft.candidates = [candidate for _, candidate in sorted(chosen, key=lambda pair: pair[0])]


def _cell(row: Row, headed: Headed, field: str) -> tuple[str, Any]:
    column = headed.columns[field]
    text = row.text(column)
    if not text:
        raise refusal("missing_key", row.place(column), key=row.headings[column])
    return text, row.place(column)


def _bid(draft: Draft, row: Row, headed: Headed) -> str:
    """The bid that a row is about: by its id where there is such a column, else by its bidder."""
    field = "id" if row.text(headed.columns.get("id")) or "name" not in headed.columns else "name"
    text, place = _cell(row, headed, field)
    return draft.bid_names.need(text, place)


def _factor(draft: Draft, heading: str) -> str | None:
    """The factor that a heading names, by id or name, with or without what stands in brackets after it."""
    return draft.factor_names.find(heading) or draft.factor_names.find(stripped(heading))


def _explained(draft: Draft, heading: str) -> str | None:
    """The factor whose reasons stand under a heading such as `技术方案理由`."""
    for word in ("理由", "说明", "reason"):
        if heading.lower().endswith(word):
            return _factor(draft, heading[: -len(word)].strip())
    return None


def _group(draft: Draft, heading: str) -> str | None:
    """The group that a heading names: `technical`, `技术`, `技术得分`, `资信业绩小计`."""
    groups = {name: group for group in draft.groups for name in (group, GROUPS.get(group, group))}
    heading = stripped(heading)
    for word in ("", *_SCORE_WORDS):
        if heading.endswith(word) and heading.removesuffix(word) in groups:
            return groups[heading.removesuffix(word)]
    return None


def _no_others(headed: Headed) -> None:
    """Refuse the first column that nothing is known about: it may be a figure that would go unchecked."""
    for column in headed.others:
        raise headed.unknown(column)


def _flag(row: Row, column: int | None) -> bool:
    text = row.text(column).lower()
    if text not in _YES and text not in _NO:
        raise refusal("no_flag", row.place(column), value=shown(text))
    return text in _YES


def _ratio(row: Row, column: int, share: bool) -> str:
    """A share such as `10%` or `0.1`, or an amount, as a decimal string."""
    text = row.text(column)
    plain = plain_number(text.removesuffix("%").removesuffix("％"))
    if plain is None:
        raise refusal("no_number", row.place(column), value=shown(text))
    if share and text.endswith(("%", "％")):
        return f"{Decimal(plain) / _RATIO_DIGITS:f}"
    return plain


def _ordinal(text: str) -> str:
    """`第1名`, `第一中标候选人` and `1` are 1."""
    plain = text.removeprefix("第").removesuffix("名")
    for word in ("中标候选人", "成交候选人", "候选人"):
        plain = plain.removesuffix(word)
    numerals = "一二三四五六七八九"
    return str(numerals.index(plain) + 1) if len(plain) == 1 and plain in numerals else plain

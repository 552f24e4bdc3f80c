"""The words of remarks, Chinese and English: what was found, about whom, where, and what to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.recompute.model import Kind, Place, Remark

Words = tuple[str, str]  # Chinese, English

_TITLES: Final[Mapping[Kind, Words]] = {
    Kind.SHEET_MISSING: ("没有任何打分", "no marks at all"),
    Kind.MARK_MISSING: ("缺少打分", "mark missing"),
    Kind.MARK_OUT_OF_RANGE: ("打分超出评分标准范围", "mark out of range"),
    Kind.MARK_TOO_FINE: ("打分小数位数超过规定", "mark with too many decimals"),
    Kind.OBJECTIVE_DIFFERS: ("客观因素评分不一致", "marks on an objective factor differ"),
    Kind.REASON_MISSING_BELOW: ("低分未写理由", "low mark without a reason"),
    Kind.REASON_MISSING_DEVIATION: ("偏离平均过大未写理由", "mark far from the mean without a reason"),
    Kind.REASON_MISSING_DEDUCTION: ("扣分未写理由", "deduction without a reason"),
    Kind.EXPERT_TOTAL_WRONG: ("评委合计分有误", "expert's total is wrong"),
    Kind.SUM_WRONG: ("评委合计分之和有误", "sum of the experts' totals is wrong"),
    Kind.FACTOR_MEAN_WRONG: ("因素平均分有误", "factor mean is wrong"),
    Kind.GROUP_SCORE_WRONG: ("分类小计有误", "section total is wrong"),
    Kind.EVALUATED_PRICE_WRONG: ("评审价有误", "evaluated price is wrong"),
    Kind.BENCHMARK_WRONG: ("评标基准价有误", "benchmark price is wrong"),
    Kind.PRICE_SCORE_WRONG: ("价格分有误", "price score is wrong"),
    Kind.TOTAL_WRONG: ("总得分有误", "total is wrong"),
    Kind.FIGURE_MISSING: ("未载明该项得分或排名", "figure missing"),
    Kind.RANK_WRONG: ("排名有误", "rank is wrong"),
    Kind.RANK_NOT_DUE: ("未进入排序的投标载有排名", "a bid that is not ranked has a rank"),
    Kind.CANDIDATE_WRONG: ("中标候选人与排序不符", "candidate does not follow from the ranking"),
    Kind.CANDIDATE_COUNT_WRONG: ("中标候选人数量不符", "number of candidates is wrong"),
    Kind.REJECTION_WITHOUT_REASON: ("投标无效（否决）未写理由", "bid rejected without a reason"),
    Kind.COMMITTEE_TOO_SMALL: ("评标委员会人数不足", "committee is too small"),
    Kind.COMMITTEE_EVEN: ("评标委员会人数不是单数", "committee has an even number of members"),
    Kind.COMMITTEE_TOO_FEW_EXPERTS: ("专家不足成员总数的三分之二", "experts are fewer than two thirds"),
    Kind.COMMITTEE_SHEETS_DIFFER: ("评分表份数与成员人数不符", "sheets and members differ in number"),
    Kind.DEVIATION: ("打分偏离平均过大", "mark far from the mean"),
    Kind.IDENTICAL_SHEETS: ("两名评委的主观评分完全相同", "two experts' subjective marks are the same"),
    Kind.ABNORMALLY_LOW: ("报价可能异常低", "price may be abnormally low"),
    Kind.TOO_FEW_BIDS: ("有效投标不足规定家数", "too few valid bids"),
    Kind.TIE: ("得分并列", "tie"),
    Kind.TIE_RESOLVED: ("并列名次另有排序", "a tie is ranked by something else"),
}

_NOTES: Final[Mapping[Kind, Words]] = {
    Kind.SHEET_MISSING: (
        "请补齐评分表，或载明该成员已更换。",
        "Complete the sheet, or say that the member was replaced.",
    ),
    Kind.MARK_MISSING: ("漏打的分不按零分计。", "A missing mark is not a zero."),
    Kind.MARK_OUT_OF_RANGE: (
        "其余各项按所载打分核算。",
        "Everything else was computed with the mark as it stands.",
    ),
    Kind.MARK_TOO_FINE: (
        "最多 {places} 位小数；含此打分的得分和排名未核对。",
        "At most {places} decimals; figures that rest on this mark were not checked.",
    ),
    Kind.REASON_MISSING_BELOW: (
        "低于 {limit} 分（满分的 {share}%）须写明理由。",
        "Below {limit} points ({share}% of the factor's) a reason is asked for.",
    ),
    Kind.REASON_MISSING_DEVIATION: (
        "各评委平均 {mean}，相差超过 {limit} 分须写明理由。",
        "The mean is {mean}; from more than {limit} points away a reason is asked for.",
    ),
    Kind.DEVIATION: ("各评委平均 {mean}，相差超过 {limit} 分。", "The mean is {mean}, more than {limit} points away."),
    Kind.ABNORMALLY_LOW: (
        "低于界限 {threshold}；须要求说明，由评标委员会认定，不当然无效。",
        "Below the limit of {threshold}; ask for an explanation, the committee decides.",
    ),
    Kind.TOO_FEW_BIDS: ("请核对处理意见是否载入报告。", "Check that the report says how this was dealt with."),
    Kind.TIE: (
        "按已给的规则并列第 {rank} 名，按招标文件处理。",
        "By the given rules they share rank {rank}; follow the document.",
    ),
    Kind.TIE_RESOLVED: (
        "按已给的规则并列第 {rank} 名，请核对抽签或评标委员会决定的记录。",
        "By the given rules they share rank {rank}; check the record of the lot or decision that parted them.",
    ),
    Kind.FIGURE_MISSING: ("其他投标载有该项。", "Other bids have it."),
    Kind.IDENTICAL_SHEETS: ("请核对是否独立评审。", "Check that they marked independently."),
}

GROUPS: Final[Mapping[str, str]] = {"technical": "技术", "commercial": "商务", "credit": "资信", "service": "服务"}
"""What the groups that have an English id are called in Chinese; any other group's id is its name."""
PARTS: Final[Mapping[str, Words]] = {
    "factor_mean": ("因素平均分", "factor mean"),
    "group_score": ("分类小计", "section total"),
    "price_score": ("价格分", "price score"),
    "total": ("总得分", "total"),
    "rank": ("排名", "rank"),
}
"""What a missing figure is called."""


def title(kind: Kind, lang: str = "zh") -> str:
    """What was found, in a few words."""
    return _TITLES[kind][lang == "en"]


def subject(remark: Remark, lang: str = "zh") -> str:
    """Whom and what it is about: expert, bid, factor or section, as far as there are any."""
    parts = [
        remark.expert,
        _named(remark.bid, remark.bid_name),
        _named(remark.factor, remark.factor_name),
        remark.group if lang == "en" or remark.group is None else GROUPS.get(remark.group, remark.group),
    ]
    missing = dict(remark.details).get("part")
    if missing is not None:
        parts.append(PARTS[missing][lang == "en"])
    return " / ".join(part for part in parts if part)


def note(remark: Remark, lang: str = "zh") -> str:
    """What to know about it, with its figures; empty where the title says it all."""
    words = _NOTES.get(remark.kind)
    return "" if words is None else words[lang == "en"].format(**dict(remark.details))


def message(remark: Remark, lang: str = "zh") -> str:
    """The whole remark as a sentence or two."""
    about, found = subject(remark, lang), title(remark.kind, lang)
    if lang == "en":
        told = [f"stated {remark.stated}"] if remark.stated is not None else []
        told += [f"right is {remark.right}"] if remark.right is not None else []
        head = f"{about}: {found}" if about else found[0].upper() + found[1:]
        return " ".join(filter(None, (f"{head}{': ' if told else ''}{', '.join(told)}.", note(remark, lang))))
    told = [f"所载 {remark.stated}"] if remark.stated is not None else []
    told += [f"应为 {remark.right}"] if remark.right is not None else []
    head = f"{about}：{found}" if about else found
    return f"{head}{'，' if told else ''}{'，'.join(told)}。{note(remark, lang)}"


def place_text(place: Place, lang: str = "zh") -> str:
    """A place as a person finds it: file and sheet, then cell, line and column, or path."""
    head = place.file
    if place.sheet is not None:
        head += f" {place.sheet}" if lang == "en" else f"《{place.sheet}》"
    if place.path is not None:
        return f"{head} {place.path}"
    if place.cell is not None:
        head += f"!{place.cell}" if lang == "en" else place.cell
    elif place.row is not None:
        head += f" line {place.row}" if lang == "en" else f" 第 {place.row} 行"
    if place.column is not None:
        head += f", {place.column}" if lang == "en" else f"“{place.column}”"
    return head


def _named(identity: str | None, name: str) -> str | None:
    return identity if not identity or not name or name == identity else f"{identity} {name}"

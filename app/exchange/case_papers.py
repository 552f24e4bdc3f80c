"""What the papers of the built-in cases say, put together from the case's sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.exchange.money_words import yuan_in_words
from app.rules.model import RuleSet

_PRICE_SHARES: dict[str, tuple[tuple[str, int], ...]] = {
    "ZC": (("主要设备", 68), ("软件与内容", 14), ("安装调试", 9), ("培训与质保服务", 6), ("税费及其他", 3)),
    "GC": (("监理人员费用", 72), ("检测与设备", 9), ("办公与交通", 8), ("管理费", 7), ("税费", 4)),
}
_STEPS_SHOWN = {"strong": 5, "fair": 3, "plain": 2}
"""How many of a factor's points a bid works out, by how well it answers."""

_HEADS: dict[str, tuple[str, ...]] = {
    "P1": ("项目名称", "业主", "合同金额", "签订时间"),
    "E1": ("产品", "证书", "有效期"),
}
_DEFAULT_HEADS = ("内容", "证明材料", "说明")
_PARAMETER_HEADS = ("技术参数", "采购文件要求", "投标响应", "偏离")


def tender_paper(tender: Mapping[str, Any], ruleset: RuleSet) -> dict[str, Any]:
    """Return the data of the tender document."""
    words = ruleset.words
    opening = tender["opening"]
    facts = [
        ["项目名称", tender["name"]],
        [words["tenderee"], tender["tenderee"]],
        [words["agency"], tender["agency"]],
        ["公告媒体", "、".join(tender["announced_in"])],
        ["开标时间和地点", f"{_date(opening['opened_at'])} {opening['opened_at'][11:16]}，{opening['place']}"],
        ["评审依据", ruleset.source],
    ]
    for lot in tender["lots"]:
        scoring = lot["scoring"]
        if scoring["budget"] is not None:
            facts.append([f"{lot['name']}：预算", f"{_money(scoring['budget'])} 元"])
        facts.append([f"{lot['name']}：{words['ceiling']}", f"{_money(scoring['ceiling'])} 元"])
    return {
        **_common(tender, ruleset),
        "agency": tender["agency"],
        "facts": facts,
        "committee": f"{words['committee']}由{words['delegate']}和有关技术、经济方面的专家组成，"
        f"成员人数为 {ruleset.committee.minimum} 人以上单数，其中专家不少于成员总数的三分之二。",
        "lots": [_lot_paper(lot, ruleset) for lot in tender["lots"]],
    }


def bid_paper(
    tender: Mapping[str, Any],
    lot: Mapping[str, Any],
    bid: Mapping[str, Any],
    sources: Mapping[str, Any],
    ruleset: RuleSet,
) -> dict[str, Any]:
    """Return the data of one bid: its letter, its price sheet, and an answer to every factor."""
    own = sources["bids"][lot["id"]][bid["id"]]
    factors = {factor["id"]: factor for factor in lot["factors"]}
    prices = [bid["price"], *([own["second_price"]] if "second_price" in own else [])]
    return {
        **_common(tender, ruleset),
        "lot": lot["name"],
        "bidder": bid["bidder"],
        "uscc": bid["uscc"],
        "agent": own["agent"],
        "letters": [{"price": _money(price), "words": yuan_in_words(price)} for price in prices],
        "costs": _price_lines(bid["price"], _PRICE_SHARES[tender["track"]]),
        "items": [{"id": item["id"], "name": item["name"], "clause": item["clause"]} for item in lot["review_items"]],
        "pages": [
            [_answer(factors[factor], own, sources) for factor in page]
            for page in sources["pages"]
            if page[0] in factors
        ],
    }


def qualification_paper(tender: Mapping[str, Any], lot: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the purchaser's signed qualification review (87号令 44)."""
    qualification = lot["qualification"]
    bidders = {bid["id"]: bid["bidder"] for bid in lot["bids"]}
    return {
        "number": tender["id"],
        "title": "资格审查结果",
        "by": tender["tenderee"],
        "person": qualification["signed_by"],
        "date": _date(qualification["signed_at"]),
        "paragraphs": [
            f"{tender['name']}（编号：{tender['id']}）于 {_date(tender['opening']['opened_at'])} 开标。"
            "开标结束后，采购人和采购代理机构依法对各投标人的资格进行了审查，结果如下。",
        ],
        "heads": ["投标人", "审查结果", "理由"],
        "rows": [
            [bidders[result["bid"]], "合格" if result["passed"] else "不合格", result["reason"] or "—"]
            for result in qualification["results"]
        ],
    }


def authorisation_paper(tender: Mapping[str, Any], member: Mapping[str, Any], ruleset: RuleSet) -> dict[str, Any]:
    """Return the data of a delegate's letter of authorisation."""
    delegate = ruleset.words["delegate"]
    return {
        "number": tender["id"],
        "title": "授权函",
        "by": tender["tenderee"],
        "person": "（略）",
        "date": _date(tender["planned_at"]),
        "paragraphs": [
            f"兹授权本单位工作人员{member['name']}（证件号码：{member['document']}）作为{delegate}，"
            f"参加{tender['name']}（编号：{tender['id']}）的{ruleset.words['evaluation']}。",
            f"{delegate}独立评审，对个人的评审意见承担责任；本授权仅限本项目，不得转授权。",
        ],
        "heads": [],
        "rows": [],
    }


def _common(tender: Mapping[str, Any], ruleset: RuleSet) -> dict[str, Any]:
    keys = ("bidder", "lot", "tenderee", "agency", "preliminary", "price", "price_score")
    return {
        "project": tender["name"],
        "number": tender["id"],
        "tenderee": tender["tenderee"],
        "date": _date(tender["opening"]["opened_at"]),
        "words": {key: ruleset.words[key] for key in keys},
    }


def _lot_paper(lot: Mapping[str, Any], ruleset: RuleSet) -> dict[str, Any]:
    return {
        "name": lot["name"],
        "items": [
            {**item, "ground": f"{item['ground']} {ruleset.grounds[item['ground']]}"} for item in lot["review_items"]
        ],
        "factors": lot["factors"],
        "full": lot["scoring"]["price"]["full"],
        "price_rule": _price_rule(lot["scoring"]["price"]),
    }


def _price_rule(rule: Mapping[str, Any]) -> list[str]:
    """Put the price rules of the built-in cases into the words of a tender document."""
    benchmark, score, full = rule["benchmark"], rule["score"], rule["full"]
    if score["kind"] == "ratio":
        return [
            "满足招标文件要求且投标价格最低的投标报价为评标基准价，其价格分为满分。",
            f"价格分＝评标基准价÷投标报价×{full}，保留两位小数。评标过程中不得去掉报价中的最高报价和最低报价。",
        ]
    trim = benchmark.get("trim")
    first = "有效投标报价的算术平均值为评标基准价，不去掉最高和最低报价。"
    if trim:
        first = f"有效投标不少于 {trim[0]['from']} 家时，去掉一个最高报价和一个最低报价后取算术平均值"
        first += f"，再下浮 {abs(Decimal(benchmark['float'])) * 100:.0f} %，保留两位小数，为评标基准价。"
    return [
        first,
        f"投标报价等于评标基准价得满分 {full} 分；每高 1 % 扣 {score['above']} 分，每低 1 % 扣 {score['below']} 分，"
        "不足 1 % 的按线性内插计算，得分保留两位小数，扣完为止。",
    ]


def _answer(factor: Mapping[str, Any], own: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    name = factor["id"]
    parameters = sources.get("parameters", {"factor": None})
    heads: Sequence[str] = _HEADS.get(name, _DEFAULT_HEADS)
    rows = own["rows"].get(name, [])
    paragraphs = sources["answers"].get(name, {}).get(own["tones"].get(name), [])
    if name == parameters["factor"]:
        heads, rows = _PARAMETER_HEADS, _parameter_rows(parameters["rows"], own["misses"])
        met = len(rows) - len(own["misses"])
        paragraphs = [f"我方逐条应答 {len(rows)} 项一般技术参数，满足 {met} 项，偏离 {len(own['misses'])} 项，见下表。"]
    elif not paragraphs:
        paragraphs = ["证明材料列表如下，复印件加盖公章附后，原件备查。"]
    return {
        **{key: factor[key] for key in ("id", "group", "name", "rule", "max")},
        "paragraphs": paragraphs,
        "steps": sources["steps"].get(name, [])[: _STEPS_SHOWN.get(own["tones"].get(name), 0)],
        "heads": heads,
        "rows": rows,
    }


def _parameter_rows(parameters: Sequence[Sequence[str]], misses: Sequence[int]) -> list[list[str]]:
    return [
        [name, wanted, "未达到" if number in misses else wanted, "负偏离" if number in misses else "无偏离"]
        for number, (name, wanted) in enumerate(parameters, 1)
    ]


def _price_lines(total: str, shares: Sequence[tuple[str, int]]) -> list[list[str]]:
    """Split a total over named lines by per cent, in whole yuan; the last line takes what is left."""
    left, lines = Decimal(total), []
    for number, (name, share) in enumerate(shares, 1):
        part = left if number == len(shares) else (Decimal(total) * share / 100).quantize(Decimal(1))
        left -= part
        lines.append([str(number), name, f"{part:,.2f}"])
    return lines


def _money(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


def _date(moment: str) -> str:
    year, month, day = moment[:10].split("-")
    return f"{year} 年 {int(month)} 月 {int(day)} 日"

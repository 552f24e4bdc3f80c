"""The rules of a workbook's own sheet: a line for each setting, made into the document that rules.json would be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.exchange.platform_document import decode
from app.exchange.platform_draft import refusal
from app.exchange.platform_tables import SKIPPED, Row, Table
from app.exchange.tables import NOTHING, plain_number
from app.recompute import Place, place_text
from app.rules.reading import shown

_TRACKS: Final = {"政府采购": "ZC", "工程招投标": "GC", "工程": "GC", "zc": "ZC", "gc": "GC"}
_METHODS: Final = {
    **dict.fromkeys(("综合评分法", "综合评估法", "comprehensive"), "comprehensive"),
    **dict.fromkeys(
        ("最低评标价法", "经评审的最低投标价法", "lowest_evaluated_price"),
        "lowest_evaluated_price",
    ),
}
_AVERAGES: Final = {
    **dict.fromkeys(("因素平均", "factor_means"), "factor_means"),
    **dict.fromkeys(("评委总分平均", "expert_totals"), "expert_totals"),
}
_FLAGS: Final = {"是": True, "true": True, "否": False, "false": False}

Value = Callable[[str, Place], Any]


def _choice(words: dict[str, Any]) -> Value:
    def read(text: str, place: Place) -> Any:
        if text.lower() not in words:
            raise refusal("bad_value", place, value=shown(text), allowed="、".join(words))
        return words[text.lower()]

    return read


def _decimal(text: str, place: Place) -> str:
    plain = plain_number(text)
    if plain is None:
        raise refusal("no_number", place, value=shown(text))
    return plain


def _whole(text: str, place: Place) -> int:
    plain = _decimal(text, place)
    if not plain.isdigit():
        raise refusal("no_number", place, value=shown(text))
    return int(plain)


def _listed(text: str, _: Place) -> list[str]:
    return [word.strip() for word in text.replace("、", ",").replace("，", ",").split(",") if word.strip()]


def _json(text: str, place: Place) -> Any:
    return decode(text.encode(), place_text(place, "en"))


def _rule(text: str, place: Place) -> Any:
    """A price rule as JSON, or the name of one that comes with the program."""
    return _json(text, place) if text.startswith("{") else {"use": text}


def _text(text: str, _: Place) -> str:
    return text


SETTINGS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], Value]]] = {
    "track": (("类型", "采购类型"), ("case", "track"), _choice(_TRACKS)),
    "method": (("评标办法", "评审方法"), ("case", "method"), _choice(_METHODS)),
    "title": (("项目", "项目名称"), ("title",), _text),
    "price": (("价格规则",), ("case", "price"), _rule),
    "full": (("价格满分",), ("case", "price", "full"), _decimal),
    "ceiling": (("最高限价", "最高投标限价"), ("case", "ceiling"), _decimal),
    "budget": (("预算", "预算金额"), ("case", "budget"), _decimal),
    "experts": (("评委名单",), ("case", "experts"), _listed),
    "average": (("平均方式",), ("case", "average"), _choice(_AVERAGES)),
    "places": (("小数位数",), ("case", "places"), _whole),
    "rounding": (("舍入",), ("case", "rounding"), _text),
    "tie_breakers": (("并列处理",), ("case", "tie_breakers"), _listed),
    "min_bids": (("最少家数",), ("case", "min_bids"), _whole),
    "weights": (("权重",), ("case", "weights"), _json),
    "judge_trim": (("去掉极端评委",), ("case", "judge_trim"), _json),
    "abnormally_low": (("异常低价",), ("case", "abnormally_low"), _json),
    "committee_experts": (("专家人数",), ("committee", "experts"), _whole),
    "committee_delegates": (("代表人数",), ("committee", "delegates"), _whole),
    "candidates": (("候选人数",), ("asks", "candidates"), _whole),
    "candidates_ranked": (("候选人排序",), ("asks", "candidates_ranked"), _choice(_FLAGS)),
    "deviation_points": (("偏离分值",), ("asks", "deviation_points"), _decimal),
    "deviation_share": (("偏离比例",), ("asks", "deviation_share"), _decimal),
    "reason_below": (("低分理由界限",), ("asks", "reason_below"), _decimal),
    "reason_for_deviation": (("偏离须写理由",), ("asks", "reason_for_deviation"), _choice(_FLAGS)),
    "reason_for_deduction": (("扣分须写理由",), ("asks", "reason_for_deduction"), _choice(_FLAGS)),
    "totals_with_price": (("评委合计含价格分",), ("asks", "totals_with_price"), _choice(_FLAGS)),
    "benchmark": (("评标基准价",), ("stated", "benchmark"), _text),
}
"""Setting, what else its line may be called, where it stands in the document, how it is read."""

_CALLED: Final = {name: key for key, (names, _, _) in SETTINGS.items() for name in (key, *names)}


def rules_document(table: Table) -> dict[str, Any]:
    """The document in a sheet of two columns, name and value; values may be JSON where a rule has parts.

    Raises `bad_value` for an unknown setting, `row_twice`, and what each value is refused for.
    """
    document: dict[str, Any] = {"case": {}}
    seen: dict[str, int] = {}
    for line, cells in table.lines:
        row = Row(table, line, cells, ["", "", *cells[2:]])
        name, text = row.text(0), row.text(1)
        if name.startswith(SKIPPED) or text in NOTHING:
            continue
        key = _CALLED.get(name)
        if key is None:
            raise refusal("bad_value", row.place(0), value=shown(name), allowed="、".join(_CALLED))
        if key in seen:
            raise refusal("row_twice", row.place(0), first=f" {seen[key]} ")
        seen[key] = line
        _, path, read = SETTINGS[key]
        target = document
        for part in path[:-1]:
            target = target.setdefault(part, {})
        value = read(text, row.place(1))
        if isinstance(value, dict) and isinstance(target.get(path[-1]), dict):
            value = {**value, **target[path[-1]]}
        target[path[-1]] = value
    return document

"""What the scoring core refuses: a stable code, the place, and a sentence in Chinese and English.

No sentence ever quotes a value that it refuses: marks are sealed, and an error text is no way round that.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """The codes, stable for programs that read them."""

    BAD_JSON = "bad_json"
    BAD_NUMBER = "bad_number"
    BAD_PRICE = "bad_price"
    BAD_VALUE = "bad_value"
    DUPLICATE_ID = "duplicate_id"
    JUDGE_TRIM_FORBIDDEN = "judge_trim_forbidden"
    MISSING_KEY = "missing_key"
    NO_BIDS = "no_bids"
    NO_MARKS = "no_marks"
    OUT_OF_RANGE = "out_of_range"
    SUM_NOT_100 = "sum_not_100"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TRIM_FORBIDDEN = "trim_forbidden"
    UNKNOWN_BID = "unknown_bid"
    UNKNOWN_EXPERT = "unknown_expert"
    UNKNOWN_FACTOR = "unknown_factor"
    UNKNOWN_KEY = "unknown_key"
    ZC_LOW_PRICE_ONLY = "zc_low_price_only"


Words = tuple[str, str]  # Chinese, English

_WORDS: Final[dict[Code, Words]] = {
    Code.BAD_JSON: (
        "这不是有效的 JSON 文件, 请重新导出或改正后再试。",
        "This is not valid JSON; export it again or correct it.",
    ),
    Code.BAD_NUMBER: (
        '数字须写成十进制字符串 (如 "8.5"), 不用浮点数、指数、分隔符、正号或全角数字, 请改正。',
        'Write the number as a plain decimal string such as "8.5": no float, exponent, separator or plus sign.',
    ),
    Code.BAD_PRICE: ("价格必须大于零, 请核对报价与调整。", "A price must be above zero; check it and its adjustments."),
    Code.BAD_VALUE: (
        "此处的内容不合要求, 请按计分文件格式改正。",
        "This value is not one of those allowed here; correct it.",
    ),
    Code.DUPLICATE_ID: ("编号重复, 请保证每个编号只出现一次。", "This id occurs twice; give every one its own."),
    Code.JUDGE_TRIM_FORBIDDEN: (
        "政府采购评审不得去掉专家的最高分和最低分, 请删除该设置。",
        "In government procurement no expert's mark may be left out; remove this setting.",
    ),
    Code.MISSING_KEY: ("缺少必需的字段, 请补上。", "A required key is missing; add it."),
    Code.NO_BIDS: ("没有可以评审的有效投标, 无法计分。", "There is no live bid, so nothing can be scored."),
    Code.NO_MARKS: (
        "该投标在这一评审因素上没有任何打分, 请补齐后再汇总。",
        "No expert has marked this factor for this bid; complete the marks first.",
    ),
    Code.OUT_OF_RANGE: ("数值超出允许的范围, 请改正。", "The value is outside the allowed range; correct it."),
    Code.SUM_NOT_100: (
        "各评审因素满分与价格满分之和不是 100, 请核对评分表。",
        "The factors' maxima and the price points do not add up to 100; check the table.",
    ),
    Code.TOO_MANY_DECIMALS: ("小数位数超过规定, 请减少小数位。", "Too many decimals; use fewer."),
    Code.TRIM_FORBIDDEN: (
        "政府采购评审不得去掉最高或最低报价 (财政部令第87号第55条), 请删除该设置。",
        "In government procurement no price may be left out of the benchmark (Order 87, art. 55); remove this.",
    ),
    Code.UNKNOWN_BID: ("投标名单中没有这个编号, 请核对。", "No bid has this id; check it."),
    Code.UNKNOWN_EXPERT: ("评委名单中没有这个编号, 请核对。", "No expert has this id; check it."),
    Code.UNKNOWN_FACTOR: ("评审因素中没有这个编号, 请核对。", "No factor has this id; check it."),
    Code.UNKNOWN_KEY: ("不认识的字段, 请删除或改正。", "This key is not known; remove or correct it."),
    Code.ZC_LOW_PRICE_ONLY: (
        "政府采购综合评分法的价格分只能采用低价优先法 (财政部令第87号第55条), 请改用最低价基准与比例计分。",
        "Government procurement scores price by lowest price over price only (Order 87, art. 55); use that rule.",
    ),
}


class Refusal(Exception):
    """A case that is not scored: `code` is stable, `where` the JSON path (`bids[1].price`, `$` = the whole)."""

    def __init__(self, code: Code, where: str, words: Words | None = None) -> None:
        super().__init__(code.value, where)
        self.code: str = code.value
        self.where = where
        self._words = words or _WORDS[code]

    def message(self, lang: str = "zh") -> str:
        """One sentence for a person: Chinese, or English for `lang` = en; it quotes no refused value."""
        return self._words[1 if lang == "en" else 0]


def at(where: str, key: str | int) -> str:
    """The path of `key` inside `where`: `bids[1]`, `sheets.E1.A`, `sheets.E1["a b"]`."""
    if isinstance(key, int):
        return f"{where}[{key}]"
    if not key.replace("-", "_").isidentifier() and key != "*":
        quoted = key.replace("\\", "\\\\").replace('"', '\\"')
        return f'{where}["{quoted}"]'
    return f"{where}.{key}" if where else key

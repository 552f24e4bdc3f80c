"""A refusal of input: a stable code, the place, and one sentence for a person in Chinese or English."""

from __future__ import annotations

from typing import ClassVar

_SENTENCES: dict[str, tuple[str, str]] = {
    "bad_json": (
        "这里的内容不是规范的 JSON({detail})。请重新导出该文件。",
        "This is not valid JSON ({detail}). Export the file again.",
    ),
    "duplicate_key": (
        "键“{key}”重复出现。请只保留一个。",
        'The key "{key}" occurs twice. Keep one of them.',
    ),
    "unknown_key": (
        "不认识的键“{key}”。请删去或改正拼写。",
        'The key "{key}" is not known here. Remove it or correct its spelling.',
    ),
    "missing_key": (
        "缺少必填的“{key}”。请补上。",
        'The required key "{key}" is missing. Add it.',
    ),
    "bad_type": (
        "这里应当是{wanted_zh}。请改正。",
        "This must be {wanted_en}. Correct it.",
    ),
    "bad_value": (
        "“{value}”不是允许的取值，允许：{allowed}。请改正。",
        '"{value}" is not allowed here; allowed: {allowed}. Correct it.',
    ),
    "bad_number": (
        '“{value}”不是规范的十进制数。请写成字符串，如 "1566000" 或 "29.85"，不带千位分隔符、正号和指数。',
        '"{value}" is not a plain decimal number. Write a string such as "1566000" or "29.85", '
        "without separators, plus sign or exponent.",
    ),
    "bad_price": (
        "价格“{value}”必须大于零。请核对报价。",
        'The price "{value}" must be above zero. Check the quote.',
    ),
    "bad_time": (
        "“{value}”不是带时区的时间。请写成 2026-03-02T09:00:00+08:00。",
        '"{value}" is not a time with its zone. Write 2026-03-02T09:00:00+08:00.',
    ),
    "bad_hash": (
        "这里应当是 64 位小写十六进制的 SHA-256。请重新生成。",
        "This must be a SHA-256 in 64 lower-case hex digits. Make it again.",
    ),
    "bad_path": (
        "路径“{path}”不是包内的相对路径。请改用 files/ 下的普通文件名。",
        'The path "{path}" is no relative path inside the package. Use an ordinary name under files/.',
    ),
    "duplicate_id": (
        "编号“{id}”重复。每一项都要有自己的编号。",
        'The id "{id}" is used twice. Every item needs an id of its own.',
    ),
    "unknown_rule_format": (
        "规则文件的格式版本“{value}”不是本程序认识的版本（{allowed}）。请升级本程序或换用旧格式的规则文件。",
        'The rule file has the format version "{value}", which this program does not know ({allowed}). '
        "Upgrade the program or use a rule file of an older format.",
    ),
    "track_differs": (
        "项目属于 {tender}，规则集属于 {ruleset}：两类程序不能混用。请换用相应的规则集。",
        "The tender is {tender} but the rule set is {ruleset}: the two tracks are never mixed. "
        "Use the rule set of the tender's track.",
    ),
    "sum_not_100": (
        "各评审因素满分与价格满分之和是 {sum}，不是 100。请核对评分表。",
        "The factors' maxima and the price's full score add up to {sum}, not 100. Check the factors.",
    ),
    "unknown_ground": (
        "评审项引用的理由“{ground}”不在规则集中。请改用：{allowed}。",
        'The review item names the ground "{ground}", which the rule set does not have. Use: {allowed}.',
    ),
    "bad_range": (
        "下限 {min} 应当小于上限 {max}。请核对评分表。",
        "The lower limit {min} must be below the upper limit {max}. Check the table of factors.",
    ),
    "ceiling_above_budget": (
        "最高限价 {ceiling} 高于预算 {budget}。请核对。",
        "The ceiling {ceiling} is above the budget {budget}. Check both.",
    ),
    "dates_out_of_order": (
        "{later_zh}（{later}）早于{earlier_zh}（{earlier}）。请核对时间。",
        "{later_en} ({later}) is before {earlier_en} ({earlier}). Check the times.",
    ),
    "qualification_missing": (
        "本规则集由采购人一方审查资格，但包内没有其签署的资格审查结果。请附上。",
        "Under this rule set the purchaser's side reviews qualification, but its signed result is not here. Add it.",
    ),
    "qualification_unexpected": (
        "本规则集由评标委员会审查资格，不接收外来的资格审查结果。请删去。",
        "Under this rule set the committee reviews qualification itself. Remove the result.",
    ),
    "qualification_incomplete": (
        "资格审查结果没有且仅没有逐一对应各投标（差异：{bids}）。请补全。",
        "The qualification results do not match the bids one to one (differing: {bids}). Complete them.",
    ),
    "reason_missing": (
        "不通过的结论必须写明理由。请补上。",
        "A negative result needs its reason. Add it.",
    ),
    "authorisation_missing": (
        "代表必须有授权书，但名单中该代表没有授权书文件。请附上授权书。",
        "The delegate needs a letter of authorisation, but none lies in the package. Add it.",
    ),
    "min_bids_differs": (
        "标段写明的最少投标数 {lot} 与规则集的 {ruleset} 不同。请删去标段中的数。",
        "The lot's least number of bids, {lot}, differs from the rule set's {ruleset}. Remove the lot's.",
    ),
    "bad_uscc": (
        "“{value}”不是有效的统一社会信用代码（校验位不符）。请核对。",
        '"{value}" is no valid unified social credit code (its check character is wrong). Check it.',
    ),
    "duplicate_bidder": (
        "同一标段中投标人重复（与第 {first} 份投标相同）。请核对。",
        "The bidder occurs twice in one lot (the same as bid number {first}). Check it.",
    ),
    "word_missing": (
        "规则集的用语缺少“{key}”。请补上。",
        'The rule set\'s words lack "{key}". Add it.',
    ),
}


class Refusal(Exception):
    """Input that cannot be taken: `code` is stable, `where` is a JSON path (`$.lots[0].bids[1].price`)."""

    SENTENCES: ClassVar[dict[str, tuple[str, str]]] = _SENTENCES

    def __init__(self, code: str, where: str, **details: object) -> None:
        """`details` fill the placeholders of the code's sentence."""
        super().__init__(code, where)
        self.code = code
        self.where = where
        self.details = details

    def message(self, lang: str = "zh") -> str:
        """Return one sentence or two: what is wrong, and what to do next."""
        chinese, english = self.SENTENCES[self.code]
        return (english if lang == "en" else chinese).format(**self.details)

    def within(self, file: str) -> Refusal:
        """Return the same refusal with its place inside `file`, e.g. `tender.json $.lots[0].name`."""
        return type(self)(self.code, f"{file} {self.where}" if self.where else file, **self.details)

    def __str__(self) -> str:
        return f"{self.code} at {self.where}"

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
        "这里引用的否决情形“{ground}”不在规则集中。请改用：{allowed}。",
        'The ground "{ground}" named here is none of the rule set\'s. Use: {allowed}.',
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
    "carries_a_gap": (
        "本系统进行的环节“{value}”不相连。请从“review”起依次列出（{allowed}），或一项不列。",
        'The stages carried here, "{value}", leave a gap. List them from "review" on ({allowed}), or none.',
    ),
    "talks_not_carried": (
        "有谈判、磋商、询价的程序不能在伴随模式下进行。请列全 review、marks、report。",
        "A procedure with talks cannot accompany a platform. List review, marks and report.",
    ),
    "phases_not_carried": (
        "打分在平台进行时，不能在这里分阶段打分、开第二信封或抽取系数。请删去，或改用在本系统打分的规则集。",
        "With marks on the platform nothing is marked in phases, opened from a second envelope or drawn here. Take it "
        "out, or use a rule set that carries the marks.",
    ),
    "method_of_kind": (
        "采购方式 {kind} 的评审方法应当是 {wanted}。请改正。",
        'The procedure "{kind}" is evaluated by "{wanted}". Correct the method.',
    ),
    "factors_of_kind": (
        "采购方式 {kind} 只按价格确定成交候选人，不评分。请删去评审因素；实质性要求写入审查项目。",
        'In the procedure "{kind}" prices alone decide. Remove the factors; demands belong to the review items.',
    ),
    "one_supplier": (
        "单一来源只有一家供应商，这里有 {count} 家。请改正。",
        "A single source has one supplier, here are {count}. Correct it.",
    ),
    "unknown_base": (
        "没有名为“{base}”的基础规则集，可选：{allowed}。请核对 base。",
        'There is no base rule set "{base}"; there are: {allowed}. Check base.',
    ),
    "base_version_differs": (
        "基础规则集的版本是 {actual}，这里写的是 {stated}。请核对各项改动是否仍然适用，再改写 base_version。",
        "The base rule set has version {actual}, not {stated}. See that the changes still hold, then set base_version.",
    ),
    "base_ring": (
        "基础规则集“{base}”又以本规则为基础，成了一圈。请改换 base。",
        'The base rule set "{base}" is itself built upon this one. Choose another base.',
    ),
    "nothing_to_remove": (
        "基础规则集中没有“{key}”，无从删去。请核对拼写。",
        'The base rule set has no "{key}" that could be removed. Check the spelling.',
    ),
    "word_missing": (
        "规则集的用语缺少“{key}”。请补上。",
        'The rule set\'s words lack "{key}". Add it.',
    ),
    "phase_missing": (
        "分阶段评审没有包括这些因素：{factors}。请把每个因素放进一个阶段。",
        "No phase has these factors: {factors}. Put each factor into one phase.",
    ),
    "blind_too_late": (
        "暗标阶段必须在其他阶段和报价开启之前。请调整阶段的顺序。",
        "A blind phase comes before every other one and before prices are opened. Change the order of the phases.",
    ),
    "blind_objective": (
        "暗标阶段只能有主观分、扣分因素：客观分须各评委一致，编号评审时无从核对。请移到后面的阶段。",
        "A blind phase has no objective or pass/fail factors: members must agree on them. Move them to a later phase.",
    ),
    "order_of_nothing": (
        "这个阶段没有演示、样品展示，没有次序可抽。请写明 held，或者删去 order。",
        "Nothing is held in this phase, so there is no order to draw. Give `held`, or remove `order`.",
    ),
    "blind_held": (
        "演示、样品会显出投标人，不能放在暗标阶段。请移到后面的阶段。",
        "Demonstrations and samples show whose bid it is. Move them to a phase that is not blind.",
    ),
    "blind_file_missing": (
        "投标 {bid} 没有标为暗标（blind）的文件，暗标阶段无可评阅。请标明。",
        "Bid {bid} has no file marked blind, so there is nothing to read in the blind phase. Mark it.",
    ),
    "one_phase_opens": (
        "应当恰有一个阶段结束后开启报价。请核对各阶段的 opens。",
        "One phase, and one only, opens the prices. Check `opens` of the phases.",
    ),
    "no_second_envelope": (
        "第一信封的合格分数线只用于双信封且有评分因素的标段。请删去。",
        "A pass line belongs to a lot with a second envelope and with factors. Remove it.",
    ),
    "price_in_envelope": (
        "双信封项目导入时报价尚未开启，报价应为 null。请删去报价。",
        "With a second envelope prices are not open yet. Give null as the price.",
    ),
    "price_missing": (
        "投标没有报价。请填写报价；报价在第二信封的，请写明 envelope。",
        "The bid has no price. Give it; where it lies in a second envelope, say so by `envelope`.",
    ),
    "coefficient_missing": (
        "系数 {id} 在开标时抽取，但开标记录中没有。请补上。",
        "The coefficient {id} is drawn at the opening, but its record does not have it. Add it.",
    ),
    "coefficient_drawn_twice": (
        "系数 {id} 已在开标时抽取，不能再抽。请把 when 改为 opening。",
        "The coefficient {id} was drawn at the opening and is never drawn again. Set `when` to opening.",
    ),
    "no_such_place": (
        "计分规则中没有“{value}”这个位置。请核对，例如 price.benchmark.factor。",
        'The scoring rule has no place "{value}". Check it; an example is price.benchmark.factor.',
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

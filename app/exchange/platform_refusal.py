"""The refusals of what a platform states, on top of those of packages and rule files."""

from __future__ import annotations

from typing import ClassVar

from app import scoring
from app.exchange.refusal import PackageRefusal

_SENTENCES: dict[str, tuple[str, str]] = {
    "not_a_statement": (
        "“{path}”不是可以核验的文件。请给出 JSON、XLSX，或放有 CSV 表的文件夹或 zip。",
        '"{path}" is nothing that can be checked. Give JSON, XLSX, or a folder or zip of CSV tables.',
    ),
    "rules_missing": (
        "没有评分规则。请附上 rules.json，或在工作簿里加一张“规则”表。",
        'There are no scoring rules. Add rules.json, or a sheet "rules" to the workbook.',
    ),
    "table_missing": (
        "缺少“{table}”表（{names}）。请补上。",
        'The table "{table}" ({names}) is missing. Add it.',
    ),
    "table_twice": (
        "“{table}”表出现了两次。请只保留一张。",
        'The table "{table}" is there twice. Keep one.',
    ),
    "unknown_table": (
        "不认识的表“{name}”，可用：{allowed}。请改名或移走。",
        'The table "{name}" is not known; there are: {allowed}. Rename it or take it away.',
    ),
    "given_twice": (
        "“{key}”既写在规则里，又有自己的表。请只保留一处。",
        '"{key}" stands in the rules and in a table of its own. Keep one.',
    ),
    "column_missing": (
        "这张表的表头没有“{column}”列（可写：{names}）。请补上，或改用这些名称。",
        'The heading of this table has no column "{column}" (any of: {names}). Add it or use one of these names.',
    ),
    "column_twice": (
        "有两列都是“{column}”。请只保留一列。",
        'Two columns are "{column}". Keep one.',
    ),
    "unknown_column": (
        "不认识的列“{column}”，也不是评审因素。请改名；不需要读的列请在列名前加 #。",
        'The column "{column}" is not known and no factor. Rename it, or put # before its name to have it skipped.',
    ),
    "row_twice": (
        "这一行与{first}重复。请核对后删去一行。",
        "This row repeats {first}. Check them and remove one.",
    ),
    "no_number": (
        "“{value}”不是数。请写成 8.5 或 1,566,000 这样的数。",
        '"{value}" is no number. Write it like 8.5 or 1,566,000.',
    ),
    "no_verdict": (
        "“{value}”不是结论。合格制因素请填“合格”或“不合格”。",
        '"{value}" is no verdict. Write pass or fail.',
    ),
    "no_flag": (
        "“{value}”看不出是或否。请填“是”或留空。",
        '"{value}" is neither yes nor no. Write yes, or leave it empty.',
    ),
    "unknown_bid": (
        "投标名单里没有“{value}”。请核对编号或名称。",
        'No bid is called "{value}". Check its id or name.',
    ),
    "unknown_factor": (
        "评审因素里没有“{value}”。请核对编号或名称。",
        'No factor is called "{value}". Check its id or name.',
    ),
    "unknown_expert": (
        "评委名单里没有“{value}”。请核对评委编号。",
        'No expert is called "{value}". Check the alias.',
    ),
    "unknown_group": (
        "没有“{value}”这一类评审因素。请核对。",
        'There is no group of factors "{value}". Check it.',
    ),
    "name_of_two": (
        "“{value}”是两项的名称，分不清是哪一项。请改用编号。",
        '"{value}" is the name of two. Use their ids.',
    ),
    "unknown_price_rule": (
        "没有名为“{value}”的价格规则，可用：{allowed}。",
        'There is no price rule "{value}"; there are: {allowed}.',
    ),
    "cell_error": (
        "这一格是错误值 {value}。请在表格里改正后重新导出。",
        "This cell holds the error {value}. Correct the sheet and export it again.",
    ),
    "broken_workbook": (
        "工作簿读不出来（{detail}）。请另存为普通的、不加密的 .xlsx。",
        "The workbook cannot be read ({detail}). Save it as a plain .xlsx without a password.",
    ),
    # beside an evaluation in the room
    "not_an_alias": (
        "评委须以编号出现（如 评委1、M3），不得写姓名。请在平台按编号导出，或把姓名换成编号。",
        "Experts stand by alias here (such as M3), never by name. Export them by alias, or put aliases for the names.",
    ),
    "not_read": (
        "zip 里有不读取的文件。它会原样存入证据包，请只放 CSV 表和 rules.json。",
        "The zip holds a file that is not read. It goes into the evidence as it is: pack tables and rules.json alone.",
    ),
    "not_of_tender": (
        "本标段（包）没有代号为“{value}”的投标。请用导入包中的投标代号，并核对导出的是否就是本标段。",
        'No bid of this lot has the code "{value}". Use the codes of the package, and see that it is the right lot.',
    ),
    "bid_missing": (
        "导出数据缺少投标 {bid}。每份投标都要列出，被否决的也要列出并写明理由。",
        "Bid {bid} is missing. Every bid is listed, a rejected one with its reason.",
    ),
    "price_differs": (
        "投标 {bid} 的报价为 {stated}，本室有效报价为 {right}。请在平台更正，或核对导出的是否就是本标段。",
        "The price of bid {bid} is {stated}, in force here is {right}. Correct it, or see that it is the right lot.",
    ),
    "bid_is_out": (
        "投标 {bid} 在本室未通过资格或初步评审，平台数据却未列为否决。请在平台更正后重新导出。",
        "Bid {bid} is out here by qualification or review, and not rejected there. Correct it and export again.",
    ),
    "bid_is_live": (
        "投标 {bid} 在本室通过了评审，平台数据却列为否决。否决须在本室作出；请核对后重新导出。",
        "Bid {bid} passed the review here and is rejected there. It is rejected here or not at all; export again.",
    ),
    "rule_differs": (
        "评分规则“{key}”与导入的招标数据不符。请按招标文件改正 rules.json（或“规则”表）后重新导出。",
        'The rule "{key}" is not that of the tender. Correct rules.json, or the sheet of rules, and export again.',
    ),
    "committee_differs": (
        "委员会人数（专家+代表）为 {stated}，本室在座为 {right}。请核对后重新导出。",
        "The committee is stated as {stated} (experts+delegates), and sits here as {right}. Check it and export again.",
    ),
}


class PlatformRefusal(PackageRefusal):
    """What a platform exported cannot be taken; nothing was checked. `where` names file and place."""

    SENTENCES: ClassVar[dict[str, tuple[str, str]]] = {**PackageRefusal.SENTENCES, **_SENTENCES}


class CaseRefusal(PlatformRefusal):
    """The scoring core does not take the rules or prices: its code and its words, at the place in the files."""

    def __init__(self, refusal: scoring.Refusal, where: str) -> None:
        """Keep the core's code, so that a program reads the same one everywhere."""
        super().__init__(refusal.code, where)
        self._refusal = refusal

    def message(self, lang: str = "zh") -> str:
        """The core's own sentence."""
        return self._refusal.message(lang)

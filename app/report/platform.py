"""What the record says of a lot that is evaluated on a platform (伴随模式): the check of the platform's figures."""

from __future__ import annotations

from typing import Any

from app.evaluation.matters.accompany.records import Checked, of_lot
from app.report import wording as say
from app.report.blocks import Block, column, hashes, note, table, text
from app.report.checklist import COMPARED
from app.report.source import Source

_SEVERITIES = {"fault": "差错", "hint": "提示"}


def is_accompanied(of: Source) -> bool:
    """Whether marks and ranks of the lot are the platform's, so that there are none here."""
    return not of.state.ruleset.procedure.carries_marks


def what(of: Source) -> str:
    """What is done on the platform."""
    return of.word("marking" if of.state.ruleset.procedure.carries_review else "evaluation")


def no_report(of: Source) -> list[Block]:
    """That this paper is no report, where the report is the platform's."""
    if of.state.ruleset.procedure.carries_report:
        return []
    return [note("本件记录本室的过程和核验，不是评标报告；评标报告由平台生成，以平台生成并经签署的为准。")]


def no_result(of: Source) -> str:
    """Where marks and ranks are found."""
    return f"本{of.word('lot')}的{what(of)}在平台进行，得分与排序见平台；本室的核验见“{of.word('section.findings')}”。"


def figures(of: Source) -> list[Block]:
    """The newest check: how far it went, every remark with place and rule, the order that the marks give."""
    found = of_lot(of.state, of.lot.lot.id)
    if found.current is None:
        return [text(f"本{of.word('lot')}的{what(of)}在平台进行；没有收到可供核验的平台数据。")]
    answer, check = found.current.check.answer, found.current.check
    said = say.sentence(found.note) if found.note else "无需说明。"
    return [
        text(
            f"本{of.word('lot')}的{what(of)}在平台进行。平台导出的数据由{_sender(of, found.current)}于"
            f" {say.minute(found.current.at)}送来，本室按{of.word('documents')}的评分规则逐项复算。共核验"
            f" {len(found.checks)} 次，最后一次：差错 {answer['faults']} 项，提示 {answer['hints']} 项。",
            f"核对的数据：{_counts(answer['compared'])}。" + _untold(answer["untold"]),
        ),
        *_remarks(answer),
        *_order(of, answer),
        text(f"{of.word('committee')}的说明：{said}"),
        hashes((f"导出数据 SHA-256（{check.form}，{check.bytes} 字节）", check.sha256)),
    ]


def _sender(of: Source, checked: Checked) -> str:
    role = checked.by.role.value
    return say.PARTIES.get(role) or of.word(role)


def _counts(counts: dict[str, int]) -> str:
    return "、".join(f"{name} {counts[key]}" for key, name in COMPARED.items() if counts.get(key)) or "无"


def _untold(counts: dict[str, int]) -> str:
    return f"因评分缺失无从判断的：{_counts(counts)}。" if counts else ""


def _remarks(answer: dict[str, Any]) -> list[Block]:
    rows = [
        (
            *(str(number), _SEVERITIES[one["severity"]], _content(one)),
            *(one["stated"] or "—", one["right"] or "—", one["rule"]),
        )
        for number, one in enumerate(answer["remarks"], start=1)
    ]
    if not rows:
        return [text("所核对的数据复算一致，未发现差错和提示。")]
    heads = [column("序号"), column("类别"), column("内容和位置", "left", 7)]
    heads += [column("所载", "left", 4), column("应为", "left", 2), column("依据", "left", 5)]
    left = answer["left_out"]
    after = f"另有 {left} 项未列出。" if left else ""
    return [table(heads, rows, caption="平台数据核验清单", after=after, small=True)]


def _content(one: dict[str, Any]) -> str:
    """What was found, about whom, and where it stands; a path may break behind each of its points."""
    place = one["place"]["zh"].replace(".", ".\u200b")
    return "\n".join(part for part in (one["title"], one["subject"], one["note"], place) if part)


def _order(of: Source, answer: dict[str, Any]) -> list[Block]:
    ranked = [row for row in answer["result"] or () if row["rank"] is not None]
    if not ranked:
        return []
    by_price = of.lot.lot.scoring["method"] == "lowest_evaluated_price"
    rows = [
        (
            *(str(row["rank"]), row["id"], of.bidder(row["id"])),
            say.money(row["evaluated_price"]) if by_price else str(row["total"]),
        )
        for row in sorted(ranked, key=lambda row: int(row["rank"]))
    ]
    heads = [column("排序"), column("代号"), column(of.word("bidder"), "left", 1)]
    heads.append(column("评审价（元）" if by_price else "总得分", "right"))
    return [table(heads, rows, caption="按平台所载评分复算的排序")]

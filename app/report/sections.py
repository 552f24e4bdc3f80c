"""The sections of the report by their keys; which ones a report has, and in what order, the rule set says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.evaluation.matters import MATTERS
from app.evaluation.standing import candidates as candidates_of
from app.evaluation.standing import passed_over
from app.report import letters, people, platform, review, scores, talks
from app.report import wording as say
from app.report.blocks import Block, column, hashes, heading, note, pairs, table, text
from app.report.source import Source
from app.rules.model import ProcedureKind


def basics(of: Source) -> list[Block]:
    """基本情况和数据表."""
    tender, lot = of.state.tender, of.lot.lot
    entered = len(of.lot.marks[-1].bids if of.lot.marks else of.lot.live_bids())
    limits = [lot.scoring.get("ceiling"), lot.scoring.get("budget")]
    return [
        *platform.no_report(of),
        *_labels(of),
        *_failed(of),
        pairs(
            (f"{of.word('tender')}名称", tender.name),
            (of.word("tender_number"), tender.id),
            (of.word("lot"), f"{lot.id}　{lot.name}"),
            (of.word("tenderee"), tender.tenderee),
            (of.word("agency"), tender.agency),
            ("公告媒体", "、".join(tender.announced_in)),
            (f"{of.word('opening')}时间", say.minute(tender.opening.opened_at)),
            (f"{of.word('opening')}地点", tender.opening.place),
            (f"{of.word('evaluation')}时间", say.span(of.began_at, of.issued_at)),
            (f"{of.word('evaluation')}地点", of.room_name),
            (f"{of.word('evaluation')}办法", of.method),
            (of.word("ceiling"), f"{say.money(limits[0])} 元" if limits[0] else ""),
            ("预算金额", f"{say.money(limits[1])} 元" if limits[1] else ""),
            (f"{of.word('bidder')}家数", f"{len(lot.bids)} 家，其中进入{of.word('marking')} {entered} 家"),
        ),
    ]


def announcement(of: Source) -> list[Block]:
    """ZC: media of the announcement, date and place of the opening."""
    return basics(of)


def opening(of: Source) -> list[Block]:
    """开标记录."""
    record = of.state.tender.opening
    bids = of.lot.lot.bids
    branded = any(bid.brand for bid in bids)
    rows = [
        (str(number), bid.id, bid.bidder, say.money(bid.price)) + ((bid.brand or "—",) if branded else ())
        for number, bid in enumerate(bids, start=1)
    ]
    heads = [column("序号"), column("代号"), column(of.word("bidder"), "left", 3)]
    heads += [column(f"{of.word('price')}（元）", "right"), *([column("品牌", share=1)] if branded else [])]
    drawn = "；".join(f"{name} = {value}" for name, value in record.coefficients.items())
    return [
        text(f"{say.minute(record.opened_at)}于{record.place}{of.word('opening')}。"),
        table(heads, rows),
        text(
            f"{of.word('opening')}时抽取的系数：{drawn or '无'}。",
            f"{of.word('opening_record')}备注：{say.sentence(record.remarks or '无')}",
        ),
    ]


def bidders_and_committee(of: Source) -> list[Block]:
    """ZC: bidders and committee."""
    rows = [(bid.id, bid.bidder, bid.uscc or "—") for bid in of.lot.lot.bids]
    heads = [column("代号"), column(f"{of.word('bidder')}名称", "left", 1), column("统一社会信用代码")]
    return [
        heading(f"（一）{of.word('bidder')}名单"),
        table(heads, rows),
        heading(f"（二）{of.word('committee')}成员名单"),
        *people.committee(of),
    ]


def criteria(of: Source) -> list[Block]:
    """评标标准、方法、因素."""
    return scores.criteria(of)


def proceedings(of: Source) -> list[Block]:
    """ZC: opening record and the way of the evaluation, invalid bids with their reasons."""
    parts: list[tuple[str, list[Block]]] = [(of.word("opening_record"), opening(of))]
    if of.lot.lot.qualification is not None:
        parts.append((of.word("qualification"), review.qualification(of)))
    parts += [
        (of.word("preliminary"), review.qualified_bids(of)),
        (f"{of.word('rejected')}名单及原因", review.rejections(of)),
        (of.word("marking"), _marking(of)),
        (of.word("check"), _check(of)),
    ]
    blocks: list[Block] = []
    for number, (title, part) in enumerate(parts, start=1):
        blocks += [heading(f"（{say.numeral(number)}）{title}"), *part]
    return blocks


def _marking(of: Source) -> list[Block]:
    if of.result is None:
        return [text(_no_result(of))]
    if not of.lot.lot.factors:
        return [text(f"按{of.method}评审，不另行打分。")]
    words = []
    for phase in of.lot.lot.marking():
        last = of.lot.newest(phase.id)
        if last is None:
            continue
        by_code = "暗标，按编号评审，" if phase.blind else ""
        named = f"{phase.name}（{by_code}{'、'.join(phase.factors)}）：" if phase.id else ""
        sealed = sorted(last.sealed.items(), key=lambda item: item[1].at)
        times = "；".join(f"{alias} {of.clock(one.at)}" for alias, one in sealed)
        count = sum(found.phase == phase.id for found in of.lot.marks)
        words += [
            f"{named}各评委独立评分，互不可见；评分经各自封存，全体结束后一并开启。封存时刻（{of.clock_note}）：{times}。",
            f"共进行 {count} 轮评分，以最后一轮为准。",
        ]
    return [text(*words, *_repeats(of))]


def _repeats(of: Source) -> list[str]:
    grounds = of.state.ruleset.procedure.repeat_grounds  # a review needs none of these: the committee wants it
    return [
        f"重新{say.SHEET_KINDS.get(r['kind'], r['kind'])}："
        f"{grounds.get(r['ground'], of.word('committee') + '提出')}，理由：{say.sentence(r['reason'])}"
        for r in of.lot.repeats
    ]


def _check(of: Source) -> list[Block]:
    """The organising staff's check of the alias tables (87号令 45(八), 64)."""
    by = "、".join(of.word(party.value) for party in of.state.ruleset.check_by if party.value in of.state.ruleset.words)
    if not by:
        return [text("规则集未设组织方核对环节。")]
    if of.lot.check_remarks is None:
        return [text(f"本{of.word('lot')}未进行到该环节。")]
    remarks = f"备注：{say.sentence(of.lot.check_remarks)}" if of.lot.check_remarks else "无需修改。"
    return [text(f"{by}对以{of.word('alias')}标识的评审数据进行了核对，{remarks}")]


def comparison(of: Source) -> list[Block]:
    """经评审的价格或者评分比较."""
    return scores.comparison(of) if of.result is not None else [text(_no_result(of))]


def ranking(of: Source) -> list[Block]:
    """经评审的投标人排序."""
    if of.result is None:
        return [text(_no_result(of))]
    by_price = of.lot.lot.scoring["method"] == "lowest_evaluated_price"
    rows = [
        (
            *(str(row["rank"]), row["id"], of.bidder(row["id"])),
            say.money(row["evaluated_price"]) if by_price else str(row["total"]),
        )
        for row in of.result["bids"]
        if row["rank"] is not None
    ]
    heads = [column("排序"), column("代号"), column(of.word("bidder"), "left", 1)]
    return [table([*heads, column("评审价（元）" if by_price else "总得分", "right")], rows)]


def candidates(of: Source) -> list[Block]:
    """推荐的中标候选人."""
    if of.result is None:
        return [text(_no_result(of), f"本{of.word('lot')}不推荐{of.word('candidate')}。")]
    by_price = of.lot.lot.scoring["method"] == "lowest_evaluated_price"
    rows = [
        (f"第 {row['rank']} 名", row["id"], of.bidder(row["id"]), say.money(row["price"]))
        + ((say.money(row["evaluated_price"]),) if by_price else (str(row["total"]),))
        for row in candidates_of(of.state, of.lot, of.result)
    ]
    heads = [column("排序"), column("代号"), column(of.word("candidate"), "left", 1)]
    heads += [column(f"{of.word('price')}（元）", "right"), column("评审价（元）" if by_price else "总得分", "right")]
    ordered = "按顺序" if of.state.ruleset.candidates_ranked else "不排序"
    blocks = [text(f"{of.word('committee')}{ordered}推荐以下{of.word('candidate')}："), table(heads, rows)]
    over = [_passed_over(of, bid, by) for bid, by in passed_over(of.state, of.lot, of.result).items()]
    blocks += [text(*over)] if over else []
    return blocks if of.zc else [*blocks, text(f"签订合同前要处理的事宜：{of.word('committee')}未提出。")]


def _passed_over(of: Source, bid: str, by: str) -> str:
    """Why a ranked bid is no candidate: its brand, or the lots that its bidder is first in already."""
    if any(other.id == by for other in of.lot.lot.bids):
        return f"{bid} {of.bidder(bid)}与 {by} 的核心产品品牌相同，按一家计算，不推荐为{of.word('candidate')}。"
    won = f"已列第 {by} {of.word('lot')}第一名，按{of.word('documents')}的规定"
    return f"{bid} {of.bidder(bid)}{won}不再推荐为本{of.word('lot')}的{of.word('candidate')}。"


def clarifications(of: Source) -> list[Block]:
    """澄清、说明、补正."""
    return letters.minutes(of)


def other(of: Source) -> list[Block]:
    """其他需要说明的情况."""
    return [
        *letters.minutes(of),
        text(
            people.replacements(of),
            *(people.recusals(of)),
            *(_repeats(of)),
            people.pauses(of),
            *(f"备注：{say.sentence(label)}" for label in of.state.tender.labels),
        ),
    ]


def findings(of: Source) -> list[Block]:
    """Clues of the recomputation, abnormally low prices, what the committee said to them."""
    if platform.is_accompanied(of):
        return [*platform.figures(of), *letters.low_prices(of)]
    if of.result is None:
        return [text("未产生评分，无核验提示。"), *letters.low_prices(of)]
    names = {factor.id: factor.name for factor in of.lot.lot.factors}
    told = say.findings(of.result["findings"], names)
    rows = [(str(number), sentence) for number, sentence in enumerate(told, start=1)]
    blocks = [table([column("序号"), column("提示", "left", 1)], rows)] if rows else [text("核验提示：无。")]
    low = [
        (
            *(row["id"], of.bidder(row["id"]), say.TRIGGERS.get(row["trigger"], row["trigger"])),
            *(say.money(row["price"]), say.money(row["threshold"])),
        )
        for row in of.result["abnormally_low"]
    ]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column("触发情形", "left", 1)]
    heads += [column("报价（元）", "right"), column("界限（元）", "right")]
    blocks.append(table(heads, low, caption="异常低价提示") if low else text("异常低价提示：无。"))
    return [
        *blocks,
        *letters.low_prices(of),
        text(f"{of.word('committee')}的说明：{say.sentence(of.lot.finding_note or '无')}"),
    ]


def course(of: Source) -> list[Block]:
    """What came up beside the main way, in the order of time."""
    lines = sorted((line for m in MATTERS for line in m.report(of.state, of.lot.lot.id)), key=lambda line: line.at)
    if not lines:
        return [text("无。")]
    rows = [(of.clock(line.at, "\n"), line.head, line.text) for line in lines]
    return [text(of.clock_note), table([column("时间"), column("事项", "left"), column("内容", "left", 1)], rows)]


def dissents(of: Source) -> list[Block]:
    """不同意见及其理由."""
    said = [(alias, reasons) for alias, reasons in sorted(of.lot.opinions.items()) if reasons is not None]
    if not said:
        return [text(f"{of.word('dissent')}：无。全体成员同意本报告。")]
    agreed = len(of.lot.opinions) - len(said)
    return [
        text(f"同意 {agreed} 人，有{of.word('dissent')} {len(said)} 人："),
        table([column(of.word("alias")), column(f"{of.word('dissent')}及理由", "left", 1)], said),
    ]


def recomputation(of: Source) -> list[Block]:
    """What anyone needs to compute all of this again."""
    state, (size, root) = of.state, of.journal
    rules = f"{state.ruleset.name}　{state.ruleset.id} {state.ruleset.version}"
    draws = [(f"抽签码（第 {number} 次抽取）", scores.slip_code(digest)) for number, digest in state.draws.items()]
    return [
        text(
            f"核验：对档案包运行 kawei verify，并以 --key 给出{of.word('evaluation')}室的公钥指纹（取自公布的本报告，"
            "不取自待核验的档案包），可在任何计算机上重放留痕、复算得分、核对抽签；"
            "scoring-case.json 可单独用 kawei score 复算。"
        ),
        pairs(("规则集", rules), ("依据", state.ruleset.source), ("留痕条数", f"{size}（至本报告签发时）")),
        hashes(
            ("规则集 SHA-256", state.ruleset_hash),
            ("导入包 SHA-256", state.package),
            ("名单 SHA-256", state.members_hash),
            ("计算输入 SHA-256", of.lot.case_hash or ""),
            ("计算结果 SHA-256", of.lot.result_hash or ""),
            ("留痕默克尔根", root),
            *draws,
            (f"{of.word('evaluation')}室公钥指纹", of.key_fingerprint),
        ),
    ]


def _labels(of: Source) -> list[Block]:
    labels = of.state.tender.labels
    return [note(*labels)] if labels else []


def _failed(of: Source) -> list[Block]:
    if of.lot.failed is None:
        return []
    return [note(_no_result(of))]


def _no_result(of: Source) -> str:
    if of.lot.failed is None and platform.is_accompanied(of):
        return platform.no_result(of)
    bids = "投标" if of.state.ruleset.procedure.kind is ProcedureKind.OPEN_TENDER else of.word("bidder")
    reason = say.FAILURES.get(of.lot.failed or "", of.lot.failed or "").replace("{bids}", bids)
    word = of.word("too_few")
    how_far = "不产生" if any(marks.opened for marks in of.lot.marks) else f"未进入{of.word('marking')}，无"
    return f"本{of.word('lot')}因{reason}，{word}，{how_far}得分与排序。"


SECTIONS: dict[str, Callable[[Source], list[Block]]] = {
    "basics": basics,
    "announcement": announcement,
    "committee": people.committee,
    "bidders_and_committee": bidders_and_committee,
    "opening": opening,
    "qualified_bids": review.qualified_bids,
    "rejections": review.rejections,
    "criteria": criteria,
    "proceedings": proceedings,
    "comparison": comparison,
    "ranking": ranking,
    "candidates": candidates,
    "talks": talks.talks,
    "offers": talks.offers,
    "clarifications": clarifications,
    "other": other,
    "findings": findings,
    "course": course,
    "dissents": dissents,
    "recomputation": recomputation,
    "signatures": people.sign,
}
"""Every section that a rule set may ask for (`app.rules.vocabulary.SECTIONS`)."""


def section(of: Source, key: str) -> dict[str, Any]:
    """One section: key, title in the track's words, blocks."""
    return {"key": key, "title": of.word(f"section.{key}"), "blocks": SECTIONS[key](of)}

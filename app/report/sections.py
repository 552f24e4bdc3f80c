"""The sections of the report by their keys; which ones a report has, and in what order, the rule set says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from app.evaluation.tally import candidates as candidates_of
from app.report import scores
from app.report import wording as say
from app.report.blocks import Block, column, hashes, heading, note, pairs, signatures, table, text
from app.report.source import Source
from app.rules.model import MemberKind

ITEMS_A_TABLE = 10
"""Review items side by side in one table; more go into a further one."""

NOT_DUE = "not due · 签名功能未启用（本版本不适用）"


def basics(of: Source) -> list[Block]:
    """基本情况和数据表."""
    tender, lot = of.state.tender, of.lot.lot
    live = len(of.lot.live_bids())
    limits = [lot.scoring.get("ceiling"), lot.scoring.get("budget")]
    return [
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
            (f"{of.word('evaluation')}时间", f"{say.minute(of.began_at)} 至 {say.minute(of.issued_at)}"),
            (f"{of.word('evaluation')}地点", of.room_name),
            (f"{of.word('evaluation')}办法", say.METHODS.get(str(lot.scoring["method"]), str(lot.scoring["method"]))),
            (of.word("ceiling"), f"{say.money(limits[0])} 元" if limits[0] else ""),
            ("预算金额", f"{say.money(limits[1])} 元" if limits[1] else ""),
            ("投标家数", f"{len(lot.bids)} 家，其中进入{of.word('marking')} {live} 家"),
        ),
    ]


def announcement(of: Source) -> list[Block]:
    """ZC: media of the announcement, date and place of the opening."""
    return basics(of)


def committee(of: Source) -> list[Block]:
    """The committee by aliases, its chair, who withdrew, how seats were drawn."""
    rows = [
        (
            alias,
            m.seat or "—",
            of.word(m.kind.value),
            say.MEANS.get(m.means or "", "—"),
            of.step(m, "MemberCheckedIn"),
            of.step(m, "SeatOpened"),
            of.step(m, "PledgeGiven"),
            of.word("chair") if alias == of.state.chair else "成员",
        )
        for alias in of.aliases
        for m in (of.member(alias),)
    ]
    heads = (of.word("alias"), of.word("seat"), "类别", "签到方式", "签到", "入座", "承诺", "职务")
    experts = sum(of.member(alias).kind is MemberKind.EXPERT for alias in of.aliases)
    shares = (0, 0, 0, 0, 0, 0, 0, 1)
    return [
        text(
            f"{of.word('committee')}由 {len(rows)} 人组成，其中{of.word('expert')} {experts} 人、"
            f"{of.word('delegate')} {len(rows) - experts} 人。本报告只列{of.word('alias')}，"
            "姓名见另行密封的名单，依法公布结果时开启。"
        ),
        table([column(h, share=s) for h, s in zip(heads, shares, strict=True)], rows),
        text(_chair_words(of), *_ballots(of), *_recusals(of), _seats_words(of)),
    ]


def _chair_words(of: Source) -> str:
    means = say.CHAIR_MEANS.get(of.state.chair_means or "", "—")
    return f"{of.word('chair')}：{of.state.chair or '—'}，产生方式：{means}。"


def _ballots(of: Source) -> list[str]:
    return [
        f"第 {number} 轮无记名投票：" + "，".join(f"{alias} 得 {count} 票" for alias, count in votes.items()) + "。"
        for number, votes in enumerate(of.state.votes, start=1)
    ]


def _recusals(of: Source) -> list[str]:
    gone = [m for m in of.state.members.values() if m.recused]
    if not gone:
        return [f"{of.word('recusal')}：无。"]
    return [f"{of.word('recusal')}：{m.alias}，与“{m.recused}”存在利害关系，已退出。" for m in gone]


def _seats_words(of: Source) -> str:
    parties = "、".join(say.PARTIES[party.value] for party in of.state.ruleset.draw_parties)
    return f"席位与{of.word('alias')}由{parties}共同抽取，任何人可凭抽取抄本复算；抽签码见“规则集与重新计算的依据”。"


def opening(of: Source) -> list[Block]:
    """开标记录."""
    record = of.state.tender.opening
    rows = [
        (str(number), bid.id, bid.bidder, say.money(bid.price), bid.brand or "—")
        for number, bid in enumerate(of.lot.lot.bids, start=1)
    ]
    heads = [
        column("序号"),
        column("代号"),
        column(of.word("bidder"), "left", 1),
        column(f"{of.word('price')}（元）", "right"),
        column("品牌"),
    ]
    drawn = "；".join(f"{name} = {value}" for name, value in record.coefficients.items())
    return [
        text(f"{say.minute(record.opened_at)} 于{record.place}{of.word('opening')}。"),
        table(heads, rows),
        text(
            f"{of.word('opening')}时抽取的系数：{drawn or '无'}。",
            f"{of.word('opening_record')}备注：{record.remarks or '无'}。",
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
        *committee(of),
    ]


def qualified_bids(of: Source) -> list[Block]:
    """符合要求的投标一览表, with the review's votes."""
    live = of.lot.live_bids()
    rows = [(bid, of.bidder(bid), say.money(of.bid(bid).price), of.word("passed")) for bid in live]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column(f"{of.word('price')}（元）", "right")]
    heads.append(column(of.word("preliminary")))
    first = table(heads, rows) if rows else text("无符合要求的投标。")
    competition = f"有效投标不足三家，{of.word('committee')}认定仍具竞争性：{of.lot.competition}。"
    return [first, *([text(competition)] if of.lot.competition else []), *_review_table(of)]


def _review_table(of: Source) -> list[Block]:
    if not of.lot.reviews or not of.lot.reviews[-1].opened:
        return []
    sheets = of.lot.reviews[-1].contents()
    bids = [bid.id for bid in of.lot.lot.bids if bid.id not in of.lot.unqualified]
    items = of.lot.lot.review_items
    legend = [(item.id, item.group, item.name, item.clause) for item in items]
    heads = [column("序号"), column("类别"), column("审查内容", "left", 1), column("条款", "left")]
    blocks = [table(heads, legend, caption=f"{of.word('preliminary')}的内容")]
    for start in range(0, len(items), ITEMS_A_TABLE):
        part = items[start : start + ITEMS_A_TABLE]
        rows = [[bid, of.bidder(bid), *(_votes(sheets, bid, item.id) for item in part)] for bid in bids]
        columns = [column("代号"), column(of.word("bidder"), "left", 1), *(column(item.id) for item in part)]
        caption = f"{of.word('preliminary')}表（{of.word('passed')}人数 : {of.word('failed')}人数）"
        blocks.append(table(columns, rows, caption=caption, small=len(part) > 6))
    return blocks


def _votes(sheets: dict[str, Any], bid: str, item: str) -> str:
    votes = Counter(bool(sheet["bids"][bid][item]["pass"]) for sheet in sheets.values())
    return f"{votes[True]} : {votes[False]}"


def rejections(of: Source) -> list[Block]:
    """Bids that are out: unqualified by the purchaser's side, rejected by the committee with ground and page."""
    rows = [
        (bid, of.bidder(bid), f"{of.word('qualification')}{of.word('failed')}", _unqualified_reason(of, bid))
        for bid in of.lot.unqualified
    ]
    rows += [(bid, of.bidder(bid), _ground(of, ground), _reasons(of, bid)) for bid, ground in of.lot.rejected.items()]
    if not rows:
        return [text(f"{of.word('rejected')}的{of.word('bid')}：无。")]
    heads = [column("代号"), column(of.word("bidder"), "left", 2), column(of.word("rejection_ground"), "left", 2)]
    return [table([*heads, column("事实、理由与页码", "left", 3)], rows)]


def _ground(of: Source, ground: str) -> str:
    return f"{ground}：{of.state.ruleset.grounds.get(ground, ground)}"


def _unqualified_reason(of: Source, bid: str) -> str:
    signed = of.lot.lot.qualification
    reasons = [r.reason or "" for r in signed.results if r.bid == bid] if signed else []
    return reasons[0] if reasons else "—"


def _reasons(of: Source, bid: str) -> str:
    """The members' reasons, those in the same words told once."""
    items = {item.id: item for item in of.lot.lot.review_items}
    told: dict[tuple[str, str, str], list[str]] = {}
    for alias, sheet in of.lot.reviews[-1].contents().items():
        for item, verdict in sheet["bids"][bid].items():
            if not verdict["pass"]:
                told.setdefault((item, verdict["reason"], verdict["page"]), []).append(alias)
    return "；".join(
        f"{items[item].name}（{items[item].clause}）：{reason}，第 {page} 页（{'、'.join(sorted(aliases))}）"
        for (item, reason, page), aliases in told.items()
    )


def criteria(of: Source) -> list[Block]:
    """评标标准、方法、因素."""
    return scores.criteria(of)


def proceedings(of: Source) -> list[Block]:
    """ZC: opening record and the way of the evaluation, invalid bids with their reasons."""
    parts: list[tuple[str, list[Block]]] = [(of.word("opening_record"), opening(of))]
    if of.lot.lot.qualification is not None:
        parts.append((of.word("qualification"), _qualification(of)))
    parts += [
        (of.word("preliminary"), qualified_bids(of)),
        (f"{of.word('rejected')}名单及原因", rejections(of)),
        (of.word("marking"), _marking(of)),
        (of.word("check"), _check(of)),
    ]
    blocks: list[Block] = []
    for number, (title, part) in enumerate(parts, start=1):
        blocks += [heading(f"（{say.numeral(number)}）{title}"), *part]
    return blocks


def _qualification(of: Source) -> list[Block]:
    signed = of.lot.lot.qualification
    if signed is None:
        return []
    rows = [
        (r.bid, of.bidder(r.bid), of.word("passed" if r.passed else "failed"), r.reason or "—") for r in signed.results
    ]
    heads = [column("代号"), column(of.word("bidder"), "left", 1), column("结论"), column("说明", "left", 1)]
    words = (
        f"{of.word('qualification')}由{signed.signed_by}依法进行并于 {say.minute(signed.signed_at)} 签署，"
        "结果导入本次评审。"
    )
    return [text(words), table(heads, rows), hashes(("签署文件 SHA-256", signed.paper.sha256))]


def _marking(of: Source) -> list[Block]:
    if of.result is None:
        return [text(_no_result(of))]
    last = of.lot.marks[-1]
    sealed = sorted(last.sealed.items(), key=lambda item: item[1].at)
    times = "；".join(f"{alias} {say.clock(one.at)}" for alias, one in sealed)
    words = [
        f"各评委独立评分，互不可见；评分经各自封存，全体结束后一并开启。封存时刻：{times}。",
        f"共进行 {len(of.lot.marks)} 轮评分，以最后一轮为准。",
    ]
    return [text(*words, *_repeats(of))]


def _repeats(of: Source) -> list[str]:
    return [
        f"重新{say.SHEET_KINDS.get(r['kind'], r['kind'])}："
        f"{say.REPEAT_GROUNDS.get(r['ground'], r['ground'])}，理由：{r['reason']}。"
        for r in of.lot.repeats
    ]


def _check(of: Source) -> list[Block]:
    """The organising staff's check of the alias tables (87号令 45(八), 64)."""
    by = "、".join(of.word(party.value) for party in of.state.ruleset.check_by if party.value in of.state.ruleset.words)
    if not by:
        return [text("规则集未设组织方核对环节。")]
    if of.lot.check_remarks is None:
        return [text(f"本{of.word('lot')}未进行到该环节。")]
    remarks = f"备注：{of.lot.check_remarks}。" if of.lot.check_remarks else "无需修改。"
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
        for row in candidates_of(of.state, of.result)
    ]
    heads = [column("排序"), column("代号"), column(of.word("candidate"), "left", 1)]
    heads += [column(f"{of.word('price')}（元）", "right"), column("评审价（元）" if by_price else "总得分", "right")]
    ordered = "按顺序" if of.state.ruleset.candidates_ranked else "不排序"
    blocks = [text(f"{of.word('committee')}{ordered}推荐以下{of.word('candidate')}："), table(heads, rows)]
    return blocks if of.zc else [*blocks, text("签订合同前要处理的事宜：无。")]


def clarifications(of: Source) -> list[Block]:
    """澄清、说明、补正."""
    return [text(f"{of.word('clarification')}：无。")]


def other(of: Source) -> list[Block]:
    """其他需要说明的情况."""
    return [
        text(
            f"{of.word('clarification')}：无。",
            f"{of.word('committee')}成员更换：无。",
            *(_recusals(of)),
            *(_repeats(of)),
            "评审暂停：无。",
            *(f"备注：{label}。" for label in of.state.tender.labels),
        )
    ]


def findings(of: Source) -> list[Block]:
    """Clues of the recomputation, abnormally low prices, what the committee said to them."""
    if of.result is None:
        return [text("未产生评分，无核验提示。")]
    names = {factor.id: factor.name for factor in of.lot.lot.factors}
    rows = [(str(n), say.finding(found, names)) for n, found in enumerate(of.result["findings"], start=1)]
    blocks = [table([column("序号"), column("提示", "left", 1)], rows)] if rows else [text("核验提示：无。")]
    low = [
        (
            *(row["id"], of.bidder(row["id"]), say.TRIGGERS.get(row["trigger"], row["trigger"])),
            *(say.money(row["price"]), say.money(row["threshold"])),
        )
        for row in of.result["abnormally_low"]
    ]
    heads = [column("代号"), column(of.word("bidder"), "left"), column("触发情形", "left", 1)]
    heads += [column("报价（元）", "right"), column("界限（元）", "right")]
    blocks.append(table(heads, low, caption="异常低价提示") if low else text("异常低价提示：无。"))
    return [*blocks, text(f"{of.word('committee')}的说明：{of.lot.finding_note or '—'}")]


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
        pairs(("规则集", rules), ("依据", state.ruleset.source), ("留痕", f"前 {size} 条")),
        hashes(
            ("规则集 SHA-256", state.ruleset_hash),
            ("导入包 SHA-256", state.package),
            ("名单 SHA-256", state.members_hash),
            ("计算输入 SHA-256", of.lot.case_hash or ""),
            ("计算结果 SHA-256", of.lot.result_hash or ""),
            ("留痕默克尔根", root),
            *draws,
            ("评标室公钥指纹", of.key_fingerprint),
        ),
        text(
            "核验：对档案包运行 kawei verify 并以 --key 给出上列公钥指纹，可在任何计算机上"
            "重放留痕、复算得分、核对抽签；scoring-case.json 可单独用 kawei score 复算。"
        ),
    ]


def sign(of: Source) -> list[Block]:
    """The signature page."""
    cells = [
        {
            "who": alias,
            "duty": of.word("chair") if alias == of.state.chair else of.word(of.member(alias).kind.value),
            "seat": of.member(alias).seat or "—",
            "opinion": "同意" if of.lot.opinions.get(alias) is None else f"有{of.word('dissent')}，理由见前",
            "signature": NOT_DUE,
        }
        for alias in of.aliases
    ]
    return [text(f"{of.word('committee')}全体成员对本报告的意见如下。"), signatures(cells)]


def witness(of: Source) -> list[Block]:
    """Appendix: what the witness's ledger says in short."""
    heads = (of.word("alias"), "签到", "存放通讯工具", "入座", "阅读纪律", "承诺或回避")
    rows = []
    here = [m for m in of.state.members.values() if m.alias]
    for m in sorted(here, key=lambda m: (len(m.alias or ""), m.alias or "")):
        last = "MemberRecused" if m.recused else "PledgeGiven"
        steps = ("MemberCheckedIn", "PhoneStored", "SeatOpened", "DisciplineRead", last)
        rows.append([m.alias or "", *(of.step(m, step) for step in steps)])
    released = [m.alias or "" for m in here if m.means == "two_person"]
    remarks = [f"{say.clock(remark['at'])}　{remark['text']}" for remark in of.state.remarks]
    return [
        table([column(h, share=1) for h in heads], rows, caption="到场与入座时刻"),
        text(
            f"两人核验放行：{'、'.join(released) or '无'}。评审暂停：无。被拒绝并留痕的操作：{of.state.refusals} 次。",
            "见证记录：" + ("" if remarks else "无。"),
            *remarks,
            "逐项明细见档案包 ledger.json（见证台账）。",
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
    reason = say.FAILURES.get(of.lot.failed or "", of.lot.failed or "")
    word = of.word("too_few")
    return f"本{of.word('lot')}因{reason}，{word}，未进入{of.word('marking')}，无得分与排序。"


SECTIONS: dict[str, Callable[[Source], list[Block]]] = {
    "basics": basics,
    "announcement": announcement,
    "committee": committee,
    "bidders_and_committee": bidders_and_committee,
    "opening": opening,
    "qualified_bids": qualified_bids,
    "rejections": rejections,
    "criteria": criteria,
    "proceedings": proceedings,
    "comparison": comparison,
    "ranking": ranking,
    "candidates": candidates,
    "clarifications": clarifications,
    "other": other,
    "findings": findings,
    "dissents": dissents,
    "recomputation": recomputation,
    "signatures": sign,
}
"""Every section that a rule set may ask for (`app.rules.vocabulary.SECTIONS`)."""


def section(of: Source, key: str) -> dict[str, Any]:
    """One section: key, title in the track's words, blocks."""
    return {"key": key, "title": of.word(f"section.{key}"), "blocks": SECTIONS[key](of)}

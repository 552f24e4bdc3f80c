"""Refusals of papers: scans that nobody has brought, steps that cannot be taken on paper, entries by two people."""

from __future__ import annotations

PAPER: dict[str, tuple[str, str]] = {
    "paper_unknown": (
        "评标室没有收到这份扫描件，请先上传再提交",
        "the room has not received this scan; upload it first, then send the form",
    ),
    "stays_secret": (
        "选票、审查表和评分表不能由工作人员录入：请成员在席位（或备用席位）录入，纸质件密封后只登记信封编号",
        "staff enter no ballot, review or marks: the member does at a spare seat, the paper stays sealed",
    ),
    "no_envelope_needed": (
        "这类材料不用密封，请用“登记纸质材料”",
        "such a paper needs no envelope; enter it with its scan",
    ),
    "wrong_copies": (
        "份数须为 1 至 {most}；给成员的，每人一份",
        "between 1 and {most} copies; those for members one each",
    ),
    "no_such_form": (
        "现在没有这件事项的表可印，请刷新后再选",
        "no such form can be printed now; look again and choose",
    ),
    "no_such_paper": ("没有这份登记，请刷新后再看", "there is no such entry; look again"),
    "paper_settled": ("这份登记已经核对过", "this entry has been settled already"),
    "not_the_same_paper": (
        "您核对的与登记的不是同一份，请重新打开后再核对",
        "this is not the paper that was entered; open it again and compare",
    ),
    "no_such_dissuasion": (
        "没有这次劝阻，或者结果已经记录，请刷新后再看",
        "there is no such dissuasion, or its result is noted already; look again",
    ),
    "ledger_waits": (
        "成员正在独立评审，台账待拆封后再打印",
        "members work alone now; print the ledger once their sheets are opened",
    ),
    "ledger_not_final": (
        "还没有结束：出具报告、全部人员离场后，再打印签字归入",
        "not over yet: print, sign and file it when the report is issued and everybody has left",
    ),
    "ledger_filed": ("签字的见证台账已经归入", "the signed ledger is filed already"),
}

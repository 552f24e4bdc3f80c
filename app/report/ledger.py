"""The witness ledger (见证台账) on paper: set from what the journal gives, a draft until everybody has left.

No person's name stands in it: members are aliases, staff are roles with their account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.evaluation.matters.ledger import CONDUCTS, OUTCOMES, Conduct, LedgerPrinted, Outcome
from app.evaluation.model import Evaluation
from app.report import wording as say

Json = Mapping[str, Any]
Block = dict[str, Any]
Row = list[str]

STAGES = {
    "gathering": "到场与入座",
    "electing": "推选负责人",
    "reviewing": "审查",
    "reviewed": "审查结论",
    "talking": "磋商、谈判",
    "marking": "评分",
    "unsealing": "两部分之间",
    "accompanying": "省级平台评审",
    "opened": "汇总",
    "checking": "复核",
    "confirming": "确认结果",
    "reporting": "制作报告",
    "reported": "报告已出具",
    "closed": "归档",
}
_RELEASES = {"ReleaseRequested": "提请", "ReleaseApproved": "同意", "ReleaseRefused": "不同意"}
_WHAT = {
    "admission": "放行进场",
    "found": "无证件放行",
    "seat": "开启席位",
    "return": "离席返回",
    "presence": "暂停后到场",
    "entry": "开门",
    "unlock": "解锁席位",
}


def ledger_data(
    ledger: Json, state: Evaluation, printed: LedgerPrinted, *, room_name: str, printed_at: str
) -> dict[str, Any]:
    """The content of every copy of a printing, for the template of forms; `ledger` is that of `app.archive`."""
    title = "见证台账"
    project = ledger["project"]
    words = state.ruleset.words
    marks = (f"{title}　第 {printed.number} 次印制　{k} / {printed.copies}" for k in range(1, printed.copies + 1))
    return {
        "title": title,
        "project": project["name"],
        "rehearsal": state.rehearsal,
        "draft": not printed.final,
        "wide": False,
        "head": [
            [words["tender_number"], project["id"]],
            [words["lot"], f"{project['lot']}　{project['lot_name']}"],
            [words["tenderee"], project["tenderee"]],
            [words["agency"], project["agency"] or "—"],
            ["场所", ledger["room"]["name"]],
            ["计划开始", _minute(ledger["planned_at"])],
            ["实际开始", _minute(ledger["opened_at"])],
            ["本台账截至", _minute(ledger["closed_at"])],
        ],
        "blocks": [*_blocks(ledger), *_end(final=printed.final)],
        "copies": [{"mark": mark, "head": []} for mark in marks],
        "footer": room_name,
        "printed": say.minute(printed_at),
        "printed_at": printed_at,
    }


def _end(*, final: bool) -> list[Block]:
    if not final:
        return [{"kind": "note", "text": "草稿：评审尚未结束，以下内容还会增加，不得作为见证记录签字、归档。"}]
    return [
        {"kind": "lines", "label": "见证人员补充说明（没有的写“无”）", "count": 3},
        {"kind": "signs", "labels": ["见证人员（A 岗）签名", "日期和时间", "见证人员（B 岗）签名", "日期和时间"]},
    ]


def _blocks(ledger: Json) -> list[Block]:
    """Section by section; what did not happen says so in one line."""
    at = _clock(ledger["opened_at"])
    sections: list[tuple[str, list[str], Iterable[Row]]] = [
        ("各阶段时间", ["时间", "阶段"], [[at(one["at"]), STAGES[one["stage"]]] for one in ledger["stages"]]),
        ("到场人员", ["编号", "席位、核验方式、各步时间"], [_member(one, at) for one in ledger["members"]]),
        ("工作人员", ["岗位", "账号、首末次操作"], [_post(one, at) for one in ledger["posts"]]),
        ("抽取", ["次序", "事项、抽签码、时间"], [_draw(one, at) for one in ledger["draws"]]),
        ("两人放行", ["时间", "事项与理由"], [_release(one, at) for one in ledger["releases"]]),
        ("回避", ["时间", "编号与理由"], [_told(one, at, one["alias"], one["reason"]) for one in ledger["recusals"]]),
        ("重做", ["时间", "理由"], [_told(one, at, one["reason"]) for one in ledger["repeats"]]),
        ("复核", ["时间", "意见"], [_check(one, at) for one in ledger["checks"]]),
        (
            "不同意见",
            ["时间", "编号与理由"],
            [_told(one, at, one["alias"], one["reasons"]) for one in ledger["dissents"]],
        ),
        ("呼叫", ["时间", "席位与内容"], [_call(one, at) for one in ledger["calls"]]),
        ("被拒绝的操作", ["时间", "岗位与操作"], [_refusal(one, at) for one in ledger["refusals"]]),
        (
            "过程中的事项",
            ["时间", "事项"],
            [[at(one["at"]), f"{one['head']}：{one['text']}"] for one in ledger["course"]],
        ),
        ("劝阻及其结果", ["时间", "劝阻"], [_dissuasion(one, at) for one in ledger.get("dissuasions", ())]),
        ("见证人员的记录", ["时间", "记录"], [_told(one, at, one["text"]) for one in ledger["remarks"]]),
    ]
    return [_section(*one) for one in sections]


def _section(caption: str, heads: list[str], rows: Iterable[Row]) -> Block:
    listed = list(rows)
    if not listed:
        return {"kind": "text", "paragraphs": [f"{caption}：无。"]}
    return {"kind": "table", "caption": caption, "heads": heads, "rows": listed, "share": 1}


Clock = Callable[[str | None], str]


def _clock(beside: str) -> Clock:
    """Times of day, with the day where it is another one than that of the beginning."""
    return lambda at: say.clock(at, beside)


def _minute(at: str | None) -> str:
    return say.minute(at) if at else "—"


def _told(one: Json, at: Clock, *parts: str) -> Row:
    return [at(one["at"]), "，".join(part for part in parts if part)]


def _member(one: Json, at: Clock) -> Row:
    steps = {"MemberCheckedIn": "签到", "SeatOpened": "入座", "PledgeGiven": "承诺", "MemberLeft": "离场"}
    known = {"face": "人脸", "two_person": "两人核验", "found": "人脸找到，两人核验"}.get(one["known_by"] or "", "—")
    times = "，".join(f"{word} {at(one['times'][step])}" for step, word in steps.items() if step in one["times"])
    duty = "，负责人" if one["chair"] else ""
    return [str(one["alias"]), f"{one['seat']}，{known}{duty}；{times}"]


def _role(role: str) -> str:
    return {"centre": "场内管理", "witness": "见证", "regulator": "行政监督"}.get(role) or say.PARTIES.get(role, role)


def _post(one: Json, at: Clock) -> Row:
    return [_role(one["role"]), f"{one['post']}，{at(one['first_at'])} 至 {at(one['last_at'])}"]


def _draw(one: Json, at: Clock) -> Row:
    end = "已取消" if one["cancelled"] else f"启用 {at(one['opened_at'])}"
    relaxed = f"，放宽规则 {one['relaxed']} 条" if one["relaxed"] else ""
    reasons = "".join(f"；{_role(why['role'])}：{why['reason']}" for why in one["reasons"])
    parties = "、".join(_role(party) for party in one["parties"])
    text = f"{one['purpose']}，由{parties}共同抽取；抽签码 {one['code'] or '—'}；提起 {at(one['called_at'])}，{end}"
    return [str(one["number"]), f"{text}{relaxed}{reasons}"]


def _release(one: Json, at: Clock) -> Row:
    who = one["alias"] or "未入座人员"
    what = _WHAT.get(str(one["what"]), str(one["what"]))
    return _told(one, at, who, what, f"{_by(one)}{_RELEASES[one['type']]}", str(one["reason"]))


def _by(one: Json) -> str:
    by = one["by"]
    return str(by.get("alias") or _role(by["role"]))


def _check(one: Json, at: Clock) -> Row:
    return _told(one, at, _by(one), str(one["remarks"] or "未提出意见"))


def _call(one: Json, at: Clock) -> Row:
    answered = one["type"] == "HelpAnswered"
    return _told(one, at, f"{_by(one)}{'答复' if answered else '呼叫'}", str(one.get("text") or ""))


def _refusal(one: Json, at: Clock) -> Row:
    return _told(one, at, _by(one), str(one["command"]), str(one["code"]))


def _dissuasion(one: Json, at: Clock) -> Row:
    if one["type"] == "DissuasionEnded":
        outcome = OUTCOMES[Outcome(one["outcome"])].zh
        return _told(one, at, f"第 {one['number']} 次劝阻的结果：{outcome}", one["text"])
    what = CONDUCTS[Conduct(one["conduct"])].zh
    who = one["alias"] or "非评审成员"
    return _told(one, at, f"第 {one['number']} 次：{who}，{what}", one["seen"], f"劝阻：{one['done']}")

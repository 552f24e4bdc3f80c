"""What can be seen in the end or on the way: refusals, the journal, the result, the report, the checked evidence."""

from __future__ import annotations

import json

from pytest_bdd import parsers, then

from stories.stage.advance import advance
from stories.stage.cast import WHO, told
from stories.stage.papers import squeezed
from stories.stage.world import World
from stories.steps.acting import LOT

Table = list[list[str]]

STAGES = {
    "签到": "gathering",
    "符合性审查": "reviewing",
    "初步评审": "reviewing",
    "审查结论": "reviewed",
    "磋商": "talking",
    "谈判": "talking",
    "协商": "talking",
    "评分": "marking",
    "详细评审": "marking",
    "平台": "accompanying",
    "汇总之后": "opened",
    "复核": "checking",
    "确认": "confirming",
    "离场": "reported",
}
"""The points of the way, as a lot's stage calls them."""


@then(parsers.re(rf'(?:他|她|{WHO})被拒绝，因为 "(?P<why>[^"]+)"'))
def refused(world: World, why: str) -> None:
    """The act before was refused, with this code, or with a sentence that contains these words."""
    refusal = world.cast.expect_refusal()
    assert why == refusal.code or why in refusal.error["message"], told(refusal)


@then(parsers.re(r'日志中(?P<have>有|没有)(?: ?(?P<count>\d+) ?条)? ?"(?P<kind>\w+)"'))
def in_the_journal(world: World, have: str, count: str | None, kind: str) -> None:
    """Entries of a type: at least one, none, or exactly so many."""
    found = sum(entry.type == kind for entry in world.entries())
    wanted = {"有": int(count) if count else max(1, found), "没有": 0}[have]
    assert found == wanted, f"{found} entries of {kind}"


@then(parsers.re(r'日志中的 "(?P<kind>\w+)" 写着 "(?P<text>[^"]+)"'))
def entry_says(world: World, kind: str, text: str) -> None:
    """An entry of a type whose content holds this text."""
    found = [json.dumps(entry.data, ensure_ascii=False) for entry in world.entries() if entry.type == kind]
    assert any(text in line for line in found), found


@then(parsers.re(rf"{LOT}评标停在 ?(?P<point>\S+)"))
def stands_at(world: World, point: str, lot: str | None) -> None:
    """The lot is at this point of the way."""
    assert world.cast.lot("中心", lot or "1")["stage"] == STAGES[point]


@then(parsers.re(rf'(?P<who>{WHO})的下一步是 "(?P<code>\w+)"'))
def next_is(world: World, who: str, code: str) -> None:
    """What a member's seat asks for."""
    assert world.cast.view(who)["next"]["code"] == code


@then(parsers.re(rf"(?P<who>{WHO})是组长"))
def chairs(world: World, who: str) -> None:
    """Who was chosen."""
    assert world.cast.chair == who


@then(parsers.re(rf'{LOT}"(?P<bid>\w+)" 的状态是 "(?P<status>\w+)"'))
def status_is(world: World, bid: str, status: str, lot: str | None) -> None:
    """A bid is `live`, `rejected` or `unqualified`."""
    found = {one["id"]: one["status"] for one in world.cast.lot("中心", lot or "1")["bids"]}
    assert found[bid] == status


@then(parsers.re(rf"{LOT}排名为"))
def ranking(world: World, lot: str | None, datatable: Table) -> None:
    """名次, 投标, and where the table has it 总分: every ranked bid, in order, as the committee sees it."""
    result = world.cast.lot("组长", lot or "1")["result"]
    head = {"名次": "rank", "投标": "id", "总分": "total", "价格分": "price_score"}
    names = [head[name] for name in datatable[0]]
    ranked = sorted((row for row in result["bids"] if row["rank"] is not None), key=lambda row: row["rank"])
    assert [[str(row[name]) for name in names] for row in ranked] == datatable[1:]


@then(parsers.re(rf'{LOT}报告中(?P<have>写着|没有写) "(?P<text>[^"]+)"'))
def report_says(world: World, have: str, text: str, lot: str | None) -> None:
    """The text of the issued report, wherever its lines break."""
    report = world.report(lot or "1")
    assert (squeezed(text) in report) == (have == "写着"), report


@then("证据包核验通过")
def evidence_verifies(world: World) -> None:
    """Everyone signs and goes where that is still to do, the centre closes; `kawei verify` takes every package."""
    advance(world, "归档")
    world.verify()

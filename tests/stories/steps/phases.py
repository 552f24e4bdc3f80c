"""Marking in phases: blind bids, demonstrations, the second envelope, coefficients drawn in the room."""

from __future__ import annotations

import io
from typing import Any

from pytest_bdd import parsers, step, then

from stories.stage.cast import WHO
from stories.stage.world import World
from stories.steps.acting import LOT, WHY

Table = list[list[str]]


@step(parsers.re(rf"{LOT}(?:全体|其余)评委完成本阶段评分"))
def all_mark_the_phase(world: World, lot: str | None) -> None:
    """Everybody ends the round that is at work, and the room opens it."""
    lot = lot or "1"
    number = world.cast.lot("中心", lot)["round"]["number"]
    for who in world.committee():
        if world.cast.alias(who) not in world.cast.lot(who, lot)["round"]["ended"]:
            world.seal(who, lot, "marks")
            world.cast.settle()

    def over() -> bool:
        found = world.cast.lot("中心", lot)
        return found["stage"] != "marking" or found["round"]["number"] != number

    world.wait(over)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})提出结束 "(?P<phase>\w*)" 阶段'))
def asks_unsealing(world: World, who: str, phase: str, lot: str | None) -> None:
    """The chair: what comes next may be opened."""
    world.cast.do(who, "AskUnsealing", lot=lot or "1", phase=phase)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})确认结束 "(?P<phase>\w*)" 阶段'))
def confirms_unsealing(world: World, who: str, phase: str, lot: str | None) -> None:
    """The witness: it is opened."""
    world.cast.do(who, "ConfirmUnsealing", lot=lot or "1", phase=phase)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})登记 "(?P<bid>\w+)" (?P<held>已演示|未到场){WHY}'))
def records_demonstration(world: World, who: str, bid: str, held: str, why: str, lot: str | None) -> None:
    """The organising staff record what took place."""
    data = {
        "started_at": "2026-03-02T14:00:00+08:00",
        "ended_at": "2026-03-02T14:15:00+08:00",
        "held": held == "已演示",
        "notes": why,
    }
    world.cast.do(who, "HoldDemonstration", lot=lot or "1", bid=bid, **data)


@step(parsers.re(rf"{LOT}(?P<who>{WHO})登记第二信封的开标记录"))
def enters_envelope(world: World, who: str, lot: str | None, datatable: Table) -> None:
    """Prices by bid, with the scan of the signed record."""
    scan = b"%PDF-1.7\n% second opening\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    kept = world.cast.machine(who).ask("POST", "/papers", data=io.BytesIO(scan))
    paper: dict[str, Any] = {"sha256": kept["sha256"], "bytes": kept["bytes"], "title": "第二信封开标记录"}
    data = {
        "opened_at": "2026-03-02T15:00:00+08:00",
        "place": "开标二室",
        "prices": {row[0]: row[1] for row in datatable},
        "coefficients": {},
        "paper": paper,
    }
    world.cast.do(who, "OpenSecondEnvelope", lot=lot or "1", **data)


@step(parsers.re(rf"{LOT}(?P<who>{WHO})核对第二信封无误"))
def confirms_envelope(world: World, who: str, lot: str | None) -> None:
    """The witness compared it with the paper."""
    lot = lot or "1"
    offered = [act["data"] for act in world.acts("见证人") if act["command"] == "ConfirmSecondEnvelope"]
    world.cast.do(who, "ConfirmSecondEnvelope", **next(data for data in offered if data["lot"] == lot))


@step(parsers.re(rf'{LOT}(?P<who>{WHO})发起抽取系数 "(?P<name>\w+)"'))
def calls_coefficient(world: World, who: str, name: str, lot: str | None) -> None:
    """The draw of a coefficient is called."""
    world.cast.do(who, "CallCoefficient", lot=lot or "1", coefficient=name)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})启动抽取 "(?P<phase>\w+)" 阶段的演示次序'))
def calls_order(world: World, who: str, phase: str, lot: str | None) -> None:
    """The draw of the order is called."""
    world.cast.do(who, "CallOrder", lot=lot or "1", phase=phase)


@step("两方完成演示次序抽取")
def draw_order(world: World) -> None:
    """The parties commit and reveal; the room draws."""
    world.play.settle_draws(lambda: any(entry.type == "OrderDrawn" for entry in world.entries()))


@step("代理机构按抽取的次序登记全部演示，不按次序的被拒绝")
def shows_in_order(world: World) -> None:
    """First the last one, which is refused, then everybody in turn."""
    drawn = next(entry for entry in world.entries() if entry.type == "OrderDrawn")
    order = [str(bid) for bid in drawn.data["transcript"]["order"]]
    records_demonstration(world, "代理机构", order[-1], "已演示", "抢先", None)
    assert world.cast.expect_refusal().code == "not_its_turn"
    for bid in order:
        records_demonstration(world, "代理机构", bid, "已演示", "按次序", None)


@step("两方完成系数抽取")
def draw_coefficient(world: World) -> None:
    """The parties commit and reveal; the room draws."""
    world.play.settle_draws(lambda: any(entry.type == "CoefficientDrawn" for entry in world.entries()))


@then(parsers.re(rf"(?P<who>{WHO})只看到编号，看不到投标人和报价"))
def sees_codes(world: World, who: str) -> None:
    """Neither name nor price nor the bid's own id."""
    for lot in world.lots(who):
        for bid in lot["bids"]:
            assert bid["id"].isdigit(), bid
            assert bid["bidder"].startswith("暗标"), bid
            assert bid["price"] is None, bid


@then(parsers.re(rf"(?P<who>{WHO})和(?P<other>{WHO})看到的顺序不同"))
def orders_differ(world: World, who: str, other: str) -> None:
    """Each member has an order of the own: the blind files stand in another one."""
    mine, theirs = (
        [file["sha256"] for bid in world.cast.lot(one)["bids"] for file in bid["files"]] for one in (who, other)
    )
    assert sorted(mine) == sorted(theirs)
    assert mine != theirs


@then(parsers.re(rf"(?P<who>{WHO})看得到投标人"))
def sees_bidders(world: World, who: str) -> None:
    """The room has opened the codes."""
    world.wait(lambda: not any(bid["bidder"].startswith("暗标") for lot in world.lots(who) for bid in lot["bids"]))


@then(parsers.re(rf"(?P<who>{WHO})看不到报价"))
def sees_no_price(world: World, who: str) -> None:
    """No price of any bid."""
    assert all(bid["price"] is None for lot in world.lots(who) for bid in lot["bids"])


@then(parsers.re(rf'{LOT}"(?P<bid>\w+)" 的第二信封没有开启'))
def stays_closed(world: World, bid: str, lot: str | None) -> None:
    """Its price is nobody's, and it has no rank."""
    result = world.cast.lot("组长", lot or "1")["result"]
    assert next(row for row in result["bids"] if row["id"] == bid)["rank"] is None

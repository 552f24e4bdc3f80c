"""Other ways of procurement than a tender: talks with each supplier, changes, offers under seal, two suppliers."""

from __future__ import annotations

import json
from typing import Any

from pytest_bdd import given, parsers, step, then

from stories.stage.cast import WHO
from stories.stage.project import Project, project
from stories.stage.world import World
from stories.steps.acting import WHY

Table = list[list[str]]

_KINDS = {
    "竞争性磋商": "zc-consultation",
    "竞争性谈判": "zc-negotiation",
    "询价": "zc-inquiry",
    "单一来源": "zc-single-source",
}
_PARTS = {"技术要求": "technical", "服务要求": "service", "合同草案条款": "contract"}
TALK = "(?:磋商|谈判|协商)"


@given(parsers.re(r'一个(?P<kind>竞争性磋商|竞争性谈判|询价|单一来源)项目 "(?P<name>[^"]+)"'))
def a_procurement(world: World, kind: str, name: str, datatable: Table | None = None) -> None:
    """The package brings an overlay upon the way's own rules; rows `规则 PATH` of the table are its changes.

    Two experts and a delegate, three suppliers (one for a single source), where the table says nothing else.
    """
    rows = [(row[0], row[1]) for row in datatable or []]
    rules = [(key.removeprefix("规则").strip(), value) for key, value in rows if key.startswith("规则")]
    prices = [("报价", "980000")] if kind == "单一来源" else []
    others = [(key, value) for key, value in rows if not key.startswith("规则")]
    found = project("ZC", name, [("专家", "2"), ("代表", "1"), *prices, *others])
    _fit(found, _KINDS[kind], rules)
    world.begin(found)


def _fit(found: Project, base: str, rules: list[tuple[str, str]]) -> None:
    for lot in found.tender["lots"]:
        lot["qualification"] = None
        if base != "zc-consultation":
            lot |= {"factors": [], "scoring": {"method": "lowest_evaluated_price", "ceiling": "1200000"}}
    changes: dict[str, Any] = {}
    for path, value in rules:
        *folders, last = path.split(".")
        place = changes
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = json.loads(value)
    found.rules = {
        "format": 1,
        "base": base,
        "base_version": "2026.1",
        "id": f"minle-{base}",
        "version": "1",
        "name": "岷乐市补充规则（演练）",
        "source": "岷乐市公共资源交易中心（虚构）",
        "changes": changes,
    }


# --- talks


@step(parsers.re(rf'组长与 "(?P<bid>\w+)" {TALK}，记录是 "(?P<minutes>[^"]+)"'))
def talks(world: World, bid: str, minutes: str) -> None:
    """The chair puts a talk down."""
    world.cast.do("组长", "HoldTalk", lot="1", bid=bid, minutes=minutes)


@step(parsers.re(rf'(?P<who>{WHO})确认与 "(?P<bid>\w+)" 的{TALK}记录(?:，补充 "(?P<remark>[^"]+)")?'))
def attests(world: World, who: str, bid: str, remark: str | None) -> None:
    """A member stands by the newest minutes of a supplier."""
    talks = world.cast.matter(who, "talks")["lots"]["1"]["talks"]
    turn = max(talk["turn"] for talk in talks if talk["bid"] == bid)
    world.cast.do(who, "AttestTalk", lot="1", bid=bid, turn=turn, remark=remark or "")


@step(parsers.re(rf"小组与每一家供应商{TALK}并确认记录"))
def talks_with_all(world: World) -> None:
    """A talk with every live supplier, every member standing by it; refused like a command."""
    live = [bid["id"] for bid in world.cast.lot("组长")["bids"] if bid["status"] == "live"]
    for bid in live:
        talks(world, bid, f"{bid}：就交货期、培训和质保逐项作了说明。")
        for who in world.committee():
            attests(world, who, bid, None)


# --- changes


@step(parsers.re(r'组长变动(?P<part>技术要求|服务要求|合同草案条款)："(?P<text>[^"]+)"'))
def changes(world: World, part: str, text: str) -> None:
    """A change of the demands."""
    world.cast.do("组长", "ChangeDemands", lot="1", part=_PARTS[part], text=text)


@step(parsers.re(rf"(?P<who>{WHO})确认第 ?(?P<number>\d+) ?项变动"))
def confirms_change(world: World, who: str, number: str) -> None:
    """The purchaser's word."""
    world.cast.do(who, "ConfirmChange", lot="1", number=int(number))


@step(parsers.re(r"代理机构书面同时通知全部供应商第 ?(?P<number>\d+) ?项变动"))
def passes_change(world: World, number: str) -> None:
    """All suppliers know."""
    world.cast.do("代理机构", "PassChange", lot="1", number=int(number))


# --- who is out, and two suppliers


@step(parsers.re(rf'代理机构登记 "(?P<bid>\w+)" 退出{WHY}'))
def withdraws(world: World, bid: str, why: str) -> None:
    """A supplier withdraws, its deposit returned."""
    world.cast.do("代理机构", "WithdrawSupplier", lot="1", bid=bid, reason=why, deposit_returned=True)


@step(parsers.re(rf'(?P<who>{WHO})写明两家继续的情形 "(?P<code>\w+)"，依据是 "(?P<reference>[^"]+)"'))
def claims_two(world: World, who: str, code: str, reference: str) -> None:
    """Why two are lawfully enough."""
    world.cast.do(who, "ClaimTwoSuppliers", lot="1", code=code, reference=reference)


# --- offers


@step(parsers.re(r"组长要求全部供应商在 ?(?P<minutes>\d+) ?分钟内报价"))
def calls_offers(world: World, minutes: str) -> None:
    """A round of offers begins."""
    world.cast.do("组长", "CallOffers", lot="1", minutes=int(minutes))


@step(parsers.re(r'代理机构录入 "(?P<bid>\w+)" 的报价 ?(?P<price>[\d.]+) ?元'))
def enters_offer(world: World, bid: str, price: str) -> None:
    """The room seals the amount."""
    world.cast.do("代理机构", "EnterOffer", lot="1", bid=bid, price=price, reference=f"报价单 {bid}")


@step("代理机构录入报价如下")
def enters_offers(world: World, datatable: Table) -> None:
    """投标 and 报价, row by row."""
    for bid, price in datatable[1:]:
        enters_offer(world, bid, price)


@step("组长一并开启报价")
def opens_offers(world: World) -> None:
    """All at once; the room fills in what was sealed."""
    world.cast.do("组长", "OpenOffers", lot="1")


@step(parsers.re(rf"组长结束{TALK}"))
def concludes_talks(world: World) -> None:
    """Prices are final."""
    world.cast.do("组长", "ConcludeTalks", lot="1")


@step(parsers.re(r'组长商定价格 ?(?P<price>[\d.]+) ?元，条款是 "(?P<terms>[^"]+)"'))
def agrees_price(world: World, price: str, terms: str) -> None:
    """单一来源."""
    world.cast.do("组长", "AgreePrice", lot="1", price=price, terms=terms)


@step(parsers.re(rf"组长终止{TALK}{WHY}"))
def ends_talks(world: World, why: str) -> None:
    """Without result."""
    world.cast.do("组长", "EndTalks", lot="1", reason=why)


# --- sights


@then(parsers.re(rf"正在{TALK}"))
def being_talked(world: World) -> None:
    """The lot is being talked about, and nobody is asked to mark."""
    assert world.cast.lot("中心")["stage"] == "talking"
    assert {world.cast.view(who)["next"]["code"] for who in world.committee()} == {"wait_talk"}


@then(parsers.re(r'谁也看不到 "(?P<amount>[\d.]+)"，盘上也没有'))
def nobody_sees(world: World, amount: str) -> None:
    """No view, no journal, no file of the room holds an amount that is sealed."""
    people = ["中心", "见证人", "监督人", "采购人", "代理机构", *world.committee()]
    for who in people:
        assert amount not in json.dumps(world.cast.view(who), ensure_ascii=False), who
    files = [path for path in world.room.data.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if amount.encode() in path.read_bytes()]


@then(parsers.re(r'(?P<who>\S+?)看到 "(?P<bid>\w+)" 第 ?(?P<number>\d+) ?轮报价 ?(?P<price>[\d.]+) ?元'))
def sees_offer(world: World, who: str, bid: str, number: str, price: str) -> None:
    """An opened offer, by those who may see it."""
    rounds = world.cast.matter(who, "talks")["lots"]["1"]["rounds"]
    assert rounds[int(number) - 1]["offers"][bid] == price

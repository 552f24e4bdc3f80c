"""Letters to bidders, corrected and low prices, and rejections that are voted on."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from pytest_bdd import parsers, step, then

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World
from stories.steps.acting import LOT, WHY

_KINDS = {
    "开标一览表": "opening_list",
    "大写": "capital_words",
    "小数点": "misplaced_point",
    "单价汇总": "unit_prices",
    "中文": "chinese_text",
}
_FINDINGS = {"采纳": "accepted", "改变实质性内容": "changes_substance", "拒绝答复": "refused"}
_TRIGGERS = {"均价": "mean", "次低价": "second_lowest", "限价": "ceiling", "专业判断": "judgement"}
_TIME = r"，限 ?(?P<minutes>\d+) ?分钟"
LETTER = r"第 ?(?P<letter>\d+) ?号函"


def bring(world: World, who: str, title: str) -> dict[str, Any]:
    """A scan that a console brings to the room: `{"sha256", "bytes", "title"}`."""
    content = b"%PDF-1.7\n% " + title.encode() + b"\n%%EOF\n"
    world.cast.machine(who).ask("POST", "/papers", data=content)
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "title": title}


# --- questions


@step(parsers.re(rf'{LOT}(?P<who>{WHO})提出要问 "(?P<bid>\w+)" 的问题 "(?P<question>[^"]+)"'))
def drafts(world: World, who: str, bid: str, question: str, lot: str | None) -> None:
    """A member wants something asked."""
    world.cast.do(who, "DraftClarification", lot=lot or "1", bid=bid, question=question)


@step(parsers.re(rf"组长发出(?P<who>{WHO})提出的问题{_TIME}"))
def sends_draft(world: World, who: str, minutes: str) -> None:
    """As it was drafted."""
    waiting = world.cast.matter("组长", "clarification")["drafts"]
    one = next(draft for draft in waiting if draft["alias"] == world.cast.alias(who))
    data = {key: one[key] for key in ("lot", "bid", "question")} | {"draft": one["number"]}
    world.cast.do("组长", "AskClarification", **data, minutes=int(minutes))


@step(parsers.re(rf'{LOT}(?P<who>{WHO})向 "(?P<bid>\w+)" 发函询问 "(?P<question>[^"]*)"{_TIME}'))
def asks(world: World, who: str, bid: str, question: str, minutes: str, lot: str | None) -> None:
    """The chair asks."""
    data = {"lot": lot or "1", "bid": bid, "question": question, "minutes": int(minutes)}
    world.cast.do(who, "AskClarification", **data)


@step(parsers.re(rf"(?P<who>{WHO})转交{LETTER}"))
def passes_on(world: World, who: str, letter: str) -> None:
    """The time for the answer runs from here."""
    world.cast.do(who, "PassLetter", letter=int(letter))


@step(parsers.re(rf'(?P<who>{WHO})录入{LETTER}的答复 "(?P<text>[^"]*)"(?P<paper>，附原件)?'))
def enters_answer(world: World, who: str, letter: str, text: str, paper: str | None) -> None:
    """What the bidder wrote, with the scan where there is one."""
    found = bring(world, who, "甲设备有限公司盖章答复") if paper else None
    world.cast.do(who, "EnterAnswer", letter=int(letter), text=text, paper=found)


@step(parsers.re(rf'(?P<who>{WHO})登记{LETTER}(?P<how>拒绝答复|没有答复|确认修正|不确认修正)，情况是 "(?P<why>[^"]+)"'))
def enters_outcome(world: World, who: str, letter: str, how: str, why: str) -> None:
    """No answer, or a yes or no to a corrected price."""
    if how in ("拒绝答复", "没有答复"):
        world.cast.do(who, "EnterNoAnswer", letter=int(letter), refused=how == "拒绝答复", reason=why)
        return
    data = {"letter": int(letter), "text": why, "paper": bring(world, who, "报价确认函")}
    world.cast.do(who, "EnterAnswer", **data, confirms=how == "确认修正")


@step(parsers.re(rf"(?P<who>{WHO})(?P<how>接受|不接受){LETTER}的迟到答复{WHY}"))
def judges_late(world: World, who: str, how: str, letter: str, why: str) -> None:
    """The committee takes it or not."""
    world.cast.do(who, "JudgeLateAnswer", letter=int(letter), taken=how == "接受", reason=why)


@step(parsers.re(rf"(?P<who>{WHO})认定{LETTER}(?P<finding>采纳|改变实质性内容|拒绝答复){WHY}"))
def finds(world: World, who: str, letter: str, finding: str, why: str) -> None:
    """What the committee makes of the answer."""
    world.cast.do(who, "FindClarification", letter=int(letter), finding=_FINDINGS[finding], reason=why)


@step(parsers.re(rf"(?P<who>{WHO})撤回{LETTER}{WHY}"))
def withdraws(world: World, who: str, letter: str, why: str) -> None:
    """Before it is answered."""
    world.cast.do(who, "WithdrawLetter", letter=int(letter), reason=why)


@then(parsers.re(rf"(?P<who>{WHO})读到{LETTER}的答复，看不出是谁转交、原件叫什么"))
def answer_is_masked(world: World, who: str, letter: str) -> None:
    """The committee reads the answer and the paper, and nothing that tells who brought it."""
    seen = world.cast.matter(who, "letters")
    answer = seen["letters"][int(letter) - 1]["answer"]
    assert answer["text"]
    for number, paper in enumerate(answer["papers"], start=1):
        assert paper["title"] == f"答复原件 {number}"
        assert world.cast.machine(who).ask("GET", f"/papers/{paper['sha256']}").startswith(b"%PDF-")
    assert "agency" not in json.dumps(seen)


@then(parsers.re(rf"(?P<who>{WHO})看得到{LETTER}的答复是迟到的"))
def sees_late(world: World, who: str, letter: str) -> None:
    """By the server's time."""
    assert world.cast.matter(who, "letters")["letters"][int(letter) - 1]["answer"]["late"] is True


@then(parsers.re(rf"(?P<who>{WHO})看不到任何函件"))
def sees_no_letters(world: World, who: str) -> None:
    """Whoever neither sits, watches nor speaks with bidders."""
    assert world.cast.matter(who, "letters") == {}


# --- corrected prices


@step(
    parsers.re(
        rf'{LOT}(?P<who>{WHO})登记 "(?P<bid>\w+)" 的(?P<kind>{"|".join(_KINDS)})差异，'
        r'"(?P<stated>[^"]+)" 应为 "(?P<right>[^"]+)"'
    )
)
def notes_difference(world: World, who: str, bid: str, kind: str, stated: str, right: str, lot: str | None) -> None:
    """Figures that differ, on page 9."""
    data = {"lot": lot or "1", "bid": bid, "kind": _KINDS[kind], "stated": stated, "right": right, "place": "第 9 页"}
    world.cast.do(who, "NoteDifference", **data)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})写出 "(?P<bid>\w+)" 修正后的报价 "(?P<price>[^"]+)"{_TIME}'))
def states_price(world: World, who: str, bid: str, price: str, minutes: str, lot: str | None) -> None:
    """What the price comes to."""
    world.cast.do(who, "StateCorrection", lot=lot or "1", bid=bid, price=price, minutes=int(minutes))


@step(parsers.re(rf"(?P<who>{WHO})认定{LETTER}的确认结果"))
def settles(world: World, who: str, letter: str) -> None:
    """The corrected price is in force, or the bid is put to the vote."""
    world.cast.do(who, "SettleCorrection", letter=int(letter))


@then(parsers.re(rf'{LOT}"(?P<bid>\w+)" 的报价现为 "(?P<price>[^"]+)"，开标时为 "(?P<opened>[^"]+)"'))
def price_in_force(world: World, bid: str, price: str, opened: str, lot: str | None) -> None:
    """The price in force beside that of the opening."""
    found = next(one for one in world.cast.lot("组长", lot or "1")["bids"] if one["id"] == bid)
    assert (found["price"], found["opened_price"]) == (price, opened)


# --- low prices


@step(parsers.re(rf'{LOT}(?P<who>{WHO})因(?P<trigger>{"|".join(_TRIGGERS)})要求 "(?P<bid>\w+)" 说明报价{_TIME}'))
def asks_low_price(world: World, who: str, trigger: str, bid: str, minutes: str, lot: str | None) -> None:
    """On a trigger, or on judgement."""
    data = {"lot": lot or "1", "bid": bid, "trigger": _TRIGGERS[trigger], "minutes": int(minutes)}
    world.cast.do(who, "AskLowPrice", **data, reason="报价明显偏低", question="请说明成本构成并附证明材料。")


@step(parsers.re(rf'(?P<who>{WHO})存档{LETTER}的网上查询 "(?P<title>[^"]+)"，网址 "(?P<url>[^"]+)"'))
def archives(world: World, who: str, letter: str, title: str, url: str) -> None:
    """The page as saved."""
    data = {"letter": int(letter), "title": title, "url": url, "paper": bring(world, who, title)}
    world.cast.do(who, "RecordLookup", **data)


@step(parsers.re(rf"(?P<who>{SEVERAL})认为{LETTER}的报价(?P<how>合理|不合理){WHY}"))
def votes_low_price(world: World, who: str, letter: str, how: str, why: str) -> None:
    """Open votes; `其他评委`: whoever has not voted."""
    for one in _voters(world, who, "VoteLowPrice"):
        world.cast.do(one, "VoteLowPrice", letter=int(letter), agree=how == "合理", reason=why)


# --- rejections


@step(
    parsers.re(
        rf'{LOT}(?P<who>{WHO})提请否决 "(?P<bid>\w+)"，情形是 "(?P<ground>\w+)"，'
        r'条款 "(?P<clause>[^"]*)"，页码 "(?P<page>[^"]*)"，事实 "(?P<facts>[^"]*)"'
    )
)
def proposes(
    world: World, who: str, bid: str, ground: str, clause: str, page: str, facts: str, lot: str | None
) -> None:
    """Put to the vote with code, clause, page and facts."""
    data = {"lot": lot or "1", "bid": bid, "ground": ground, "clause": clause, "page": page, "facts": facts}
    world.cast.do(who, "ProposeRejection", **data)


@step(parsers.re(rf'{LOT}(?P<who>{SEVERAL})(?P<how>同意|不同意)否决 "(?P<bid>\w+)"(?:{WHY})?'))
def votes(world: World, who: str, how: str, bid: str, lot: str | None, why: str | None) -> None:
    """Open votes, against with a reason; `其他评委`: whoever has not voted."""
    for one in _voters(world, who, "VoteRejection"):
        world.cast.do(one, "VoteRejection", lot=lot or "1", bid=bid, agree=how == "同意", reason=why or "")


@step(parsers.re(rf"{LOT}(?P<who>{WHO})认定(?P<how>仍有竞争性|明显缺乏竞争){WHY}"))
def states_competition(world: World, who: str, how: str, why: str, lot: str | None) -> None:
    """With too few bids left after the review."""
    world.cast.do(who, "StateCompetition", lot=lot or "1", competition=how == "仍有竞争性", reason=why)


@then(parsers.re(rf"{LOT}评标基准价与否决前相同"))
def benchmark_stands(world: World, lot: str | None) -> None:
    """The mean of all four prices, less one per cent, is still that of four."""
    found = world.cast.lot("组长", lot or "1")
    prices = [Decimal(one["price"]) for one in found["bids"]]
    assert Decimal(found["result"]["benchmark"]["value"]) == sum(prices) / len(prices) * Decimal("0.99")


def _voters(world: World, who: str, command: str) -> list[str]:
    if who not in ("其他评委", "全体评委"):
        return world.cast.several(who)
    return [one for one in world.committee() if any(act["command"] == command for act in world.acts(one))]

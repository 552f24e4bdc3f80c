"""What the people of a story do on the main way. What the room refuses is expected by the next sentence, or fails."""

from __future__ import annotations

import json
from typing import Any

from pytest_bdd import parsers, step

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World

Table = list[list[str]]

LOT = r"(?:在(?:包|标段) ?(?P<lot>\d+)，)?"
"""Before a sentence that concerns one lot; without it, the first."""
WHY = r'，理由是 "(?P<why>[^"]+)"'


def value(text: str) -> Any:
    """A cell of a table: JSON where it reads as JSON, else text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


@step(parsers.re(rf'(?P<who>{WHO})发出命令 "(?P<command>\w+)"'))
def sends(world: World, who: str, command: str, datatable: Table | None = None) -> None:
    """Any command by its name; the table holds its fields, JSON where it reads as JSON."""
    world.cast.do(who, command, **{row[0]: value(row[1]) for row in datatable or []})


# --- coming together


@step("全体评委到场并承诺")
def all_arrive(world: World) -> None:
    """Whoever is not inside yet: door, phone, seat, discipline, pledge."""
    world.arrive()


@step(parsers.re(rf"(?P<who>{WHO})到场并承诺"))
def arrives(world: World, who: str) -> None:
    """One member comes and pledges."""
    world.play.arrive(world.cast.number(who))


@step(parsers.re(rf'(?P<who>{WHO})因与 "(?P<bidder>[^"]+)" 有利害关系而回避，理由是 "(?P<why>[^"]+)"'))
def recuses(world: World, who: str, bidder: str, why: str) -> None:
    """A member withdraws before the committee stands."""
    world.cast.do(who, "Recuse", bidder=bidder, reason=why)


@step("中心宣布委员会成立")
def constitutes(world: World) -> None:
    """The centre asks for the committee; the composition is checked."""
    world.cast.do("中心", "ConstituteCommittee")


# --- the chair


@step(parsers.re(rf"(?P<who>{WHO})推选(?P<whom>{WHO})为组长"))
def puts_forward(world: World, who: str, whom: str) -> None:
    """One is put forward."""
    world.cast.do(who, "ProposeChair", candidate=world.cast.alias(whom))


@step(parsers.re(rf"(?P<who>{SEVERAL})同意组长人选"))
def agrees(world: World, who: str) -> None:
    """One or several agree; `其他评委`: whoever has not yet."""
    for one in world.cast.several(who, "answer_proposal"):
        world.cast.do(one, "AgreeToChair")


@step(parsers.re(rf"(?P<who>{WHO})反对组长人选"))
def objects(world: World, who: str) -> None:
    """One objects: a secret ballot follows."""
    world.cast.do(who, "ObjectToChair")


@step(parsers.re(rf"(?P<who>{SEVERAL})投票给(?P<whom>{WHO})"))
def votes(world: World, who: str, whom: str) -> None:
    """Members vote in the secret ballot."""
    for one in world.cast.several(who):
        world.vote(one, whom)


@step("各评委投票如下")
def vote_by_table(world: World, datatable: Table) -> None:
    """投票人 and 投给, row by row; the room counts by itself when all have voted."""
    for who, whom in datatable[1:]:
        world.vote(who, whom)


@step("两方抽签决定组长")
def draw_chair(world: World) -> None:
    """The parties of the draw commit and reveal; the room draws."""
    world.play.settle_draws(lambda: world.cast.view("中心")["chair"])


# --- the review


@step(parsers.re(rf'{LOT}(?P<who>{SEVERAL})认为 "(?P<bid>\w+)" 的 "(?P<item>\w+)" 不合格{WHY}'))
def thinks_failing(world: World, who: str, bid: str, item: str, why: str, lot: str | None) -> None:
    """What a member will say of an item when the review is sealed."""
    for one in world.cast.several(who):
        world.wills.fails[one, lot or "1", bid, item] = why


@step(parsers.re(rf'{LOT}(?P<who>{SEVERAL})改为认为 "(?P<bid>\w+)" 的 "(?P<item>\w+)" 合格'))
def thinks_passing(world: World, who: str, bid: str, item: str, lot: str | None) -> None:
    """Somebody has another mind."""
    for one in world.cast.several(who):
        world.wills.fails.pop((one, lot or "1", bid, item), None)


@step(parsers.re(rf"{LOT}(?P<who>{SEVERAL})提交(?P<kind>审查意见|评分表)"))
def seals(world: World, who: str, kind: str, lot: str | None) -> None:
    """Members end a round; `其他评委`, `全体评委`: whoever has not yet, and the room opens."""
    name = {"审查意见": "review", "评分表": "marks"}[kind]
    if who in ("其他评委", "全体评委"):
        world.seal_rest(lot or "1", name)
        return
    for one in world.cast.several(who):
        world.seal(one, lot or "1", name)


@step(parsers.re(rf'{LOT}组长作出审查结论(?:，认为仍有竞争性，理由是 "(?P<why>[^"]+)")?'))
def concludes(world: World, lot: str | None, why: str | None) -> None:
    """The chair states what the verdicts say."""
    world.conclude_review(lot or "1", why)


@step(parsers.re(rf"{LOT}组长认为明显缺乏竞争，否决全部投标"))
def fails(world: World, lot: str | None) -> None:
    """Too few are left to compete (12号令 27)."""
    world.cast.do("组长", "FailLot", lot=lot or "1", reason="no_competition")


@step(parsers.re(rf'{LOT}组长要求重新(?P<kind>审查|评分)，依据是 "(?P<ground>\w+)"{WHY}'))
def repeats(world: World, kind: str, ground: str, why: str, lot: str | None) -> None:
    """环节重评; the ground by its code in the rule set."""
    name = {"审查": "review", "评分": "marks"}[kind]
    world.cast.do("组长", "RepeatStage", lot=lot or "1", kind=name, ground=ground, reason=why)


# --- marks and result


@step(parsers.re(rf'{LOT}(?P<who>{SEVERAL})给 "(?P<bid>\w+)" 的 "(?P<factor>\w+)" 打 ?(?P<mark>[-\d.]+) ?分(?:{WHY})?'))
def marks(world: World, who: str, bid: str, factor: str, mark: str, lot: str | None, why: str | None) -> None:
    """What a member will give when the sheet is sealed."""
    for one in world.cast.several(who):
        world.wills.marks[one, lot or "1", bid, factor] = mark
        if why:
            world.wills.reasons[one, lot or "1", bid, factor] = why


@step(parsers.re(rf"{LOT}(?P<who>{SEVERAL})打分如下"))
def marks_by_table(world: World, who: str, lot: str | None, datatable: Table) -> None:
    """Factors across, bids down."""
    for row in datatable[1:]:
        for factor, mark in zip(datatable[0][1:], row[1:], strict=True):
            for one in world.cast.several(who):
                world.wills.marks[one, lot or "1", row[0], factor] = mark


@step(parsers.re(rf'{LOT}组长记下核对意见 "(?P<text>[^"]*)"'))
def notes(world: World, text: str, lot: str | None) -> None:
    """What the committee says to the findings."""
    world.cast.do("组长", "NoteFindings", lot=lot or "1", note=text)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})复核(?:无误|提出 "(?P<text>[^"]*)")'))
def checks(world: World, who: str, text: str | None, lot: str | None) -> None:
    """The organising staff's check."""
    world.cast.do(who, "CheckTables", lot=lot or "1", in_order=text is None, remarks=text or "")


@step(parsers.re(rf"{LOT}(?P<who>{SEVERAL})确认结果"))
def confirms(world: World, who: str, lot: str | None) -> None:
    """Members agree; `其他评委`, `全体评委`: whoever has not answered, and the report is made."""
    if who in ("其他评委", "全体评委"):
        world.confirm_rest(lot or "1")
        return
    for one in world.cast.several(who):
        world.cast.do(one, "ConfirmResult", lot=lot or "1")


@step(parsers.re(rf'{LOT}(?P<who>{WHO})提出不同意见 "(?P<text>[^"]*)"'))
def dissents(world: World, who: str, text: str, lot: str | None) -> None:
    """A member disagrees in writing."""
    world.cast.do(who, "DissentFromResult", lot=lot or "1", reasons=text)

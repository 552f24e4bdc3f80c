"""Refusing to sign, opinions on too few bids, ending without result, evaluating again."""

from __future__ import annotations

from pytest_bdd import parsers, step

from stories.stage.cast import WHO
from stories.stage.world import World
from stories.steps.acting import LOT, WHY


@step(parsers.re(rf'{LOT}(?P<who>{WHO})登记(?P<whom>{WHO})拒绝签字，情况是 "(?P<account>[^"]+)"'))
def records_refusal(world: World, who: str, whom: str, account: str, lot: str | None) -> None:
    """Someone neither signs nor writes: it is written down."""
    world.cast.do(who, "RecordRefusalToSign", lot=lot or "1", refuser=world.cast.alias(whom), account=account)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})出具专家意见，认为(?:招标文件没有不合理条款|存在不合理条款 "(?P<text>[^"]+)")'))
def gives_opinion(world: World, who: str, text: str | None, lot: str | None) -> None:
    """The form of 87号令 43."""
    data = {"lot": lot or "1", "unreasonable": text is not None, "unlawful": False, "text": text or ""}
    world.cast.do(who, "GiveTenderOpinion", **data)


@step(parsers.re(rf'(?P<who>{WHO})提请终止，代码是 "(?P<code>\w+)"{WHY}'))
def asks_termination(world: World, who: str, code: str, why: str) -> None:
    """Someone asks to end it."""
    world.cast.do(who, "AskTermination", code=code, reason=why)


@step(parsers.re(rf"(?P<who>{WHO})(?P<yes>同意|不同意)终止{WHY}"))
def answers_termination(world: World, who: str, yes: str, why: str) -> None:
    """Another role agrees or not."""
    world.cast.do(who, {"同意": "ApproveTermination", "不同意": "RefuseTermination"}[yes], reason=why)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})提请重新评审，情形是 "(?P<ground>\w+)"{WHY}'))
def asks_reevaluation(world: World, who: str, ground: str, why: str, lot: str | None) -> None:
    """After signature: the original members are asked to come again."""
    planned = "2026-03-20T09:00:00+08:00"
    world.cast.do(who, "AskReevaluation", lot=lot or "1", ground=ground, reason=why, planned_at=planned)


@step(parsers.re(rf"{LOT}(?P<who>{WHO})(?P<yes>同意|不同意)重新评审{WHY}"))
def answers_reevaluation(world: World, who: str, yes: str, why: str, lot: str | None) -> None:
    """Another role answers; with a yes nobody sits anywhere any more."""
    command = {"同意": "ApproveReevaluation", "不同意": "RefuseReevaluation"}[yes]
    if world.cast.do(who, command, lot=lot or "1", reason=why) is not None and yes == "同意":
        world.play.at.clear()


@step(parsers.re(rf"{LOT}机房开启仍然有效的(?P<kind>审查意见|评分)"))
def what_stands_is_opened(world: World, kind: str, lot: str | None) -> None:
    """Nobody has to do anything again: the room opens what stands."""
    world.play.wait_stage(lot or "1", {"审查意见": "reviewed", "评分": "opened"}[kind])

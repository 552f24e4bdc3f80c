"""Talking: the committee's call, the call between a seat and the centre, and what the engines may hand each other."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step, then

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World

COMMITTEE = "committee"


def _help(world: World, who: str) -> str:
    return f"help/{world.cast.alias(who)}"


def _party(world: World, who: str) -> str:
    return "centre" if who == "中心" else world.cast.alias(who)


def _inside(world: World, call: str) -> list[str]:
    """The parties of a call, as the witness sees them."""
    return list(world.cast.matter("见证人", "call").get("inside", {}).get(call, []))


def _signal(world: World, who: str, whom: str, call: str) -> Any:
    """What the engine of one would hand the engine of another."""
    body = {"call": call, "to": _party(world, whom), "message": {"kind": "hello"}}
    path = f"/signals/{world.cast.stream.replace('/', '~')}"
    return world.cast.attempt(lambda: world.cast.machine(who).ask("POST", path, body))


# --- the committee's call


@step(parsers.re(rf"(?P<who>{SEVERAL})加入会商"))
def joins(world: World, who: str) -> None:
    """One or several join."""
    for one in world.cast.several(who):
        world.cast.do(one, "JoinCall", call=COMMITTEE)


@step(parsers.re(rf"(?P<who>{WHO})离开会商"))
def leaves(world: World, who: str) -> None:
    """One leaves."""
    world.cast.do(who, "LeaveCall", call=COMMITTEE)


@step(parsers.re(rf"(?P<who>{WHO})请求发言"))
def asks_for_the_word(world: World, who: str) -> None:
    """The chair sees it."""
    world.cast.do(who, "AskWord")


@step(parsers.re(rf"(?P<by>{WHO})请(?P<who>{WHO})发言"))
def gives_the_word(world: World, by: str, who: str) -> None:
    """The chair alone may."""
    world.cast.do(by, "GiveWord", alias=world.cast.alias(who))


@then(parsers.re(rf"由(?P<who>{WHO})发言"))
def has_the_word(world: World, who: str) -> None:
    """Everybody in the committee sees it."""
    alias = world.cast.alias(who)
    assert {world.cast.matter(one, "call")["word"] for one in world.cast.members} == {alias}


@then(parsers.re(rf"会商中有(?P<who>{SEVERAL})"))
def are_in_the_call(world: World, who: str) -> None:
    """These and nobody else; the room may still be closing what must not go on."""
    wanted = sorted(world.cast.alias(one) for one in world.cast.several(who))
    world.wait(lambda: _inside(world, COMMITTEE) == wanted)
    for one in world.cast.several(who):
        seen = world.cast.matter(one, "call")["committee"]
        assert sorted([seen["party"], *(peer["party"] for peer in seen["peers"])]) == wanted


@then("会商中没有人")
def nobody_is_in_the_call(world: World) -> None:
    """The room has let everyone out by itself."""
    world.wait(lambda: not _inside(world, COMMITTEE))


@then("会商已经关闭")
def call_is_over(world: World) -> None:
    """The room has closed it by itself: nobody is inside, and to every member it says why."""
    nobody_is_in_the_call(world)
    assert {world.cast.matter(who, "call")["committee"]["obstacle"] for who in world.cast.members} == {"call_closed"}


@step(parsers.re(rf"(?P<who>{WHO})的席位向(?P<whom>{WHO})的席位接线"))
def engines_meet(world: World, who: str, whom: str) -> None:
    """The room hands on what engines say to each other, within an open call alone."""
    _signal(world, who, whom, COMMITTEE)


# --- the call with the centre


@step(parsers.re(rf"(?P<who>{WHO})按键呼叫中心"))
def calls_for_help(world: World, who: str) -> None:
    """F1."""
    world.cast.do(who, "CallHelp", text="")


@step(parsers.re(rf"中心拨通(?P<who>{WHO})的席位"))
def rings_up(world: World, who: str) -> None:
    """The centre waits in the call for the seat."""
    world.cast.do("中心", "JoinCall", call=_help(world, who))


@step(parsers.re(rf"(?P<who>{WHO})接听(?:(?P<whom>{WHO})的)?中心来电"))
def answers(world: World, who: str, whom: str | None) -> None:
    """The own call, or one that is another's."""
    world.cast.do(who, "JoinCall", call=_help(world, whom or who))


@step(parsers.re(rf"(?P<by>{WHO})(?:挂断|拒接)(?P<who>{WHO})?(?:与中心的通话|中心来电)"))
def hangs_up(world: World, by: str, who: str | None) -> None:
    """Either ends it for both; the seat may decline."""
    world.cast.do(by, "LeaveCall", call=_help(world, who or by))


@then(parsers.re(rf"(?P<who>{WHO})的席位(?P<rings>响铃|没有响铃)"))
def rings(world: World, who: str, rings: str) -> None:
    """The centre waits for this seat, and for no other."""
    assert world.cast.matter(who, "call")["help"]["rings"] == (rings == "响铃")


@then(parsers.re(rf"(?P<who>{WHO})正与中心通话"))
def talks_with_the_centre(world: World, who: str) -> None:
    """Both see each other there, their engines meet, and the rest of the committee hears of nothing."""
    call = _help(world, who)
    held = {one["call"]: [peer["party"] for peer in one["peers"]] for one in world.cast.matter("中心", "call")["mine"]}
    assert held == {call: [world.cast.alias(who)]}
    assert [peer["party"] for peer in world.cast.matter(who, "call")["help"]["peers"]] == ["centre"]
    for one, other in ((who, "中心"), ("中心", who)):
        _signal(world, one, other, call)
        world.cast.settle()
    for other in world.cast.members:
        assert other == who or call not in str(world.cast.matter(other, "call"))


@then(parsers.re(rf"(?P<who>{WHO})没有与中心通话"))
def does_not_talk(world: World, who: str) -> None:
    """Neither side is inside."""
    assert _inside(world, _help(world, who)) == []


@step(parsers.re(rf'中心书面答复(?P<who>{WHO}) "(?P<text>[^"]+)"'))
def answers_in_writing(world: World, who: str, text: str) -> None:
    """One sentence at the seat; what was called for is answered."""
    world.cast.do("中心", "AnswerHelp", alias=world.cast.alias(who), text=text)


# --- held and handed over


@step(parsers.re(rf"中心保持(?P<who>{WHO})的通话"))
def holds(world: World, who: str) -> None:
    """Neither side hears the other."""
    world.cast.do("中心", "HoldCall", call=_help(world, who))


@step(parsers.re(rf'中心把(?P<who>{WHO})的通话转给 "(?P<to>\w+)"'))
def hands_over(world: World, who: str, to: str) -> None:
    """It waits for another role."""
    world.cast.do("中心", "HandOver", call=_help(world, who), to=to)


@step(parsers.re(rf"见证人接入(?P<who>{WHO})的通话"))
def witness_takes(world: World, who: str) -> None:
    """Only what was handed over."""
    world.cast.do("见证人", "JoinCall", call=_help(world, who))


@step(parsers.re(rf"(?P<who>{WHO})的席位在通话中向中心接线"))
def engines_meet_in_help(world: World, who: str) -> None:
    """The room hands on what engines say to each other, and nothing while the call is on hold."""
    _signal(world, who, "中心", _help(world, who))


@then(parsers.re(rf"(?P<who>{WHO})正与见证人通话"))
def talks_with_the_witness(world: World, who: str) -> None:
    """The centre is out of it, and the rest of the committee hears of nothing."""
    call = _help(world, who)
    assert _inside(world, call) == sorted([world.cast.alias(who), "witness"])
    assert [peer["party"] for peer in world.cast.matter(who, "call")["help"]["peers"]] == ["witness"]
    assert world.cast.matter("中心", "call")["mine"] == []
    for other in world.cast.members:
        assert other == who or call not in str(world.cast.matter(other, "call"))

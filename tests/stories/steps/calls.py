"""Talking: the committee's call, the call between a seat and the centre, and what the engines may hand each other."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step, then
from room_clients import Seat

from app.recordings.manifest import START, Line, written
from stories.stage.cast import SEVERAL, WHO
from stories.stage.project import project
from stories.stage.world import World

COMMITTEE = "committee"
FIRST = written(
    Line(1, "000001.kwr", 4096, "ab" * 32, START, "2026-03-02T01:00:00.000Z", "2026-03-02T01:00:20.000Z", ())
).decode()
"""What a seat hands in of the first segment that it recorded."""


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


# --- the agency's line


@step(parsers.re(rf'(?P<who>{WHO})请求询问代理机构 "(?P<text>[^"]+)"'))
def asks_the_agency(world: World, who: str, text: str) -> None:
    """The chair alone may."""
    world.cast.do(who, "AskLine", party="agency", text=text)


@step("中心开通询问")
def opens_the_line(world: World) -> None:
    """When all are there and recorded."""
    world.cast.do("中心", "OpenLine")


@step("代理机构接入询问")
def agency_joins(world: World) -> None:
    """Only through an open line."""
    world.cast.do("代理机构", "JoinCall", call=COMMITTEE)


@step("全体评委的席位录音录像")
def seats_record(world: World) -> None:
    """Each seat hands in the first line of its list, as its recorder does; the room has noted it."""
    for who in world.cast.members:
        seat, alias = world.cast.machine(who), world.cast.alias(who)
        path = f"/recordings/{world.cast.stream.replace('/', '~')}/{alias}/mine"
        seat.ask("POST", path, {"lines": [FIRST], "state": "running", "hours_left": 40})
        world.wait(lambda alias=alias: alias in _recorded(world))


def _recorded(world: World) -> list[str]:
    return [one["party"] for one in world.cast.matter("见证人", "recording").get("kept", [])]


@then("代理机构与全体评委互相听到")
def agency_is_heard(world: World) -> None:
    """Both ways, and the engines' words are handed on."""
    members = sorted(world.cast.alias(who) for who in world.cast.members)
    world.wait(lambda: sorted(_agency_peers(world)) == members)
    assert world.cast.matter("中心", "agency_line")["line"]["held"] == ""
    path = f"/signals/{world.cast.stream.replace('/', '~')}"
    for alias in members:
        body = {"call": COMMITTEE, "to": alias, "message": {"kind": "hello"}}
        world.cast.attempt(lambda body=body: world.cast.machine("代理机构").ask("POST", path, body))
        world.cast.settle()


@then(parsers.re(r'代理机构谁也听不到，因为 "(?P<why>\w+)"'))
def agency_hears_nobody(world: World, why: str) -> None:
    """At once, before the room writes down why; an engine's word is handed to nobody."""
    assert _agency_peers(world) == []
    world.wait(lambda: world.cast.matter("中心", "agency_line")["line"]["held"] == why)
    path = f"/signals/{world.cast.stream.replace('/', '~')}"
    body = {"call": COMMITTEE, "to": world.cast.alias("专家一"), "message": {"kind": "hello"}}
    world.cast.attempt(lambda: world.cast.machine("代理机构").ask("POST", path, body))
    assert world.cast.expect_refusal().code == "not_in_call"


@then("代理机构的询问已经结束")
def line_is_over(world: World) -> None:
    """Nothing is left of it in anybody's view."""
    world.wait(lambda: "line" not in world.cast.matter("中心", "agency_line"))
    assert world.cast.matter("代理机构", "agency_line") == {}


def _agency_peers(world: World) -> list[str]:
    return [
        peer["party"] for peer in (world.cast.matter("代理机构", "agency_line").get("call") or {"peers": []})["peers"]
    ]


# --- a broadcast


@step("中心向全体席位讲话")
def centre_speaks(world: World) -> None:
    """Every seat may hear it."""
    world.cast.do("中心", "Broadcast", text="", spoken=True)


@step("中心结束广播")
def broadcast_ends(world: World) -> None:
    """Nobody is in it any more."""
    world.cast.do("中心", "EndBroadcast")


@step(parsers.re(rf"(?P<who>{SEVERAL})收听广播"))
def hear_the_broadcast(world: World, who: str) -> None:
    """As a seat does by itself."""
    for one in world.cast.several(who):
        world.cast.do(one, "JoinCall", call="broadcast")


@then(parsers.re(rf"(?P<who>{SEVERAL})收听中心的广播，互不相通"))
def broadcast_is_one_way(world: World, who: str) -> None:
    """Each seat is joined to the centre and to nobody else; the centre to all of them."""
    seats = world.cast.several(who)
    for one in seats:
        told = world.cast.matter(one, "call")["broadcast"]
        assert [peer["party"] for peer in told["peers"]] == ["centre"]
    for who in world.cast.members:  # no seat has a way to speak: none to the centre, none to another seat
        found = world.cast.matter(who, "call")["broadcast"]
        assert not found["peers"] or [peer["party"] for peer in found["peers"]] == ["centre"]
    (spoken,) = world.cast.matter("中心", "call")["mine"]
    assert sorted(peer["party"] for peer in spoken["peers"]) == sorted(world.cast.alias(one) for one in seats)


@step(parsers.re(rf"(?P<who>{WHO})的席位在广播中向(?P<whom>{WHO})的席位接线"))
def engines_meet_in_broadcast(world: World, who: str, whom: str) -> None:
    """No seat reaches another through the centre's broadcast."""
    _signal(world, who, whom, "broadcast")


# --- another evaluation of the same room

OTHER = "另一场评审"


@step("同一评标室又导入另一场评审")
def another_evaluation(world: World) -> None:
    """Of other people, who have not come yet."""
    other = project("ZC", "第二中学课桌椅采购")
    other.tender["id"] = "another"
    folder = world.folder / "another"
    folder.mkdir()
    world.noted[OTHER] = world.play.import_package(other.package(folder))


@step(f"{OTHER}的三位专家也已就座")
def others_sit(world: World) -> None:
    """Three other people, at the seats that are left."""
    other = project("ZC", "第二中学课桌椅采购", [("专家", "3"), ("代表", "0")])
    other.tender["id"] = "another"
    folder = world.folder / "another"
    folder.mkdir()
    first = world.project.members + 1
    world.noted[OTHER] = world.play.import_package(other.package(folder, first))
    world.play.draw(world.noted[OTHER])
    for number in range(first, first + other.members):
        assert world.play.arrive(number).mine()["stream"] == world.noted[OTHER]


def _other_seat(world: World) -> Seat:
    """Of the first of the three."""
    return world.play.at[world.project.members + 1]


@step(f"{OTHER}的专家加入本场评审的会商")
def other_joins(world: World) -> None:
    """With an alias that both evaluations may have."""
    world.cast.attempt(lambda: _other_seat(world).do(world.cast.stream, "JoinCall", {"call": COMMITTEE}))


@step(parsers.re(rf"{OTHER}的专家在本场评审中向(?P<whom>{WHO})接线"))
def other_calls(world: World, whom: str) -> None:
    """The wire is no way in either."""
    body = {"call": COMMITTEE, "to": world.cast.alias(whom), "message": {"kind": "hello"}}
    path = f"/signals/{world.cast.stream.replace('/', '~')}"
    world.cast.attempt(lambda: _other_seat(world).ask("POST", path, body))


@then(f"{OTHER}的专家看不到本场评审的会商")
def other_sees_nothing(world: World) -> None:
    """One evaluation, and no call in it."""
    (seen,) = _other_seat(world).view()["evaluations"]
    assert seen["stream"] == world.noted[OTHER]
    assert not (seen["matters"].get("call") or {}).get("committee", {}).get("inside")


@step(parsers.re(rf"(?P<who>{WHO})加入{OTHER}的会商"))
def joins_another(world: World, who: str) -> None:
    """Nobody may who does not sit there."""
    world.cast.do(who, "JoinCall", stream=world.noted[OTHER], call=COMMITTEE)


@step(parsers.re(rf"(?P<who>{WHO})的席位在{OTHER}中向(?P<whom>{WHO})接线"))
def engines_meet_elsewhere(world: World, who: str, whom: str) -> None:
    """What engines say stays within the evaluation whose call it is."""
    body = {"call": COMMITTEE, "to": world.cast.alias(whom), "message": {"kind": "hello"}}
    path = f"/signals/{world.noted[OTHER].replace('/', '~')}"
    world.cast.attempt(lambda: world.cast.machine(who).ask("POST", path, body))

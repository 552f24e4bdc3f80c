"""Leaving the seat and coming back, walking out, pauses and nights, and the minutes on duty."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step, then

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World
from stories.steps.acting import WHY

FACE = {"score": "0.66", "engine": "sface-1"}
KINDS = {"如厕": "washroom", "就餐": "meal"}
PAUSES = {"系统故障": "fault", "指令": "order"}


# --- leaves


@step(parsers.re(rf"(?P<who>{WHO})(?P<kind>如厕|申请就餐)离席"))
def leaves(world: World, who: str, kind: str) -> None:
    """To the washroom at once; a meal waits for a yes."""
    world.cast.do(who, "AskLeave", kind=KINDS[kind.removeprefix("申请")], reason="")


@step(parsers.re(rf"(?P<who>{WHO})申请离席{WHY}"))
def asks_to_leave(world: World, who: str, why: str) -> None:
    """Anything else than washroom and meal."""
    world.cast.do(who, "AskLeave", kind="other", reason=why)


@step(parsers.re(rf"(?P<by>{WHO})同意(?P<who>{WHO})离席"))
def lets_go(world: World, by: str, who: str) -> None:
    """One yes is enough."""
    world.cast.do(by, "GrantLeave", alias=world.cast.alias(who))


@step(parsers.re(rf"(?P<by>{WHO})暂不同意(?P<who>{WHO})离席{WHY}"))
def does_not_let_go(world: World, by: str, who: str, why: str) -> None:
    """No, for now."""
    world.cast.do(by, "DenyLeave", alias=world.cast.alias(who), reason=why)


@step("中心安排全体就餐")
def meal_for_all(world: World) -> None:
    """Everybody at once."""
    world.cast.do("中心", "CallMeal")


@step(parsers.re(rf"(?P<who>{SEVERAL})刷脸返回席位"))
def come_back(world: World, who: str) -> None:
    """The seat knows its member again; `其他评委`: whoever is still away."""
    for one in world.cast.several(who, "return"):
        world.cast.do(one, "ReturnFromLeave", **FACE)


@step(parsers.re(rf"(?P<who>{WHO})未被识别，由中心和见证人核验(?P<what>返回|在席)"))
def vouched_for(world: World, who: str, what: str) -> None:
    """The seat asks, two people of different duties release."""
    release = {"what": {"返回": "return", "在席": "presence"}[what], "member": world.cast.ref(who)}
    world.cast.do(who, "RequestRelease", **release, reason="人脸未识别")
    for by in ("中心", "见证人"):
        world.cast.do(by, "ApproveRelease", **release, reason="核对证件一致")


# --- walking out


@step(parsers.re(rf'(?P<by>{WHO})记录(?P<who>{WHO})擅离职守，看到 "(?P<seen>[^"]+)"'))
def records_walk_out(world: World, by: str, who: str, seen: str) -> None:
    """One of two people."""
    world.cast.do(by, "RecordWalkOut", alias=world.cast.alias(who), reason=seen)


@step(parsers.re(rf"(?P<by>{WHO})同意撤销(?P<who>{WHO})的擅离记录{WHY}"))
def excuses(world: World, by: str, who: str, why: str) -> None:
    """One of two people."""
    world.cast.do(by, "ExcuseWalkOut", alias=world.cast.alias(who), reason=why)


# --- pauses


@step(parsers.re(rf"(?P<by>{WHO})因(?P<kind>系统故障|指令)暂停评审{WHY}"))
def stops(world: World, by: str, kind: str, why: str) -> None:
    """Everything stops."""
    world.cast.do(by, "PauseEvaluation", kind=PAUSES[kind], reason=why)


@step(parsers.re(rf"(?P<by>{WHO})隔夜封存{WHY}"))
def seals_the_night(world: World, by: str, why: str) -> None:
    """The room fills in size and root of the journal."""
    world.cast.do(by, "SealNight", reason=why)


@step(parsers.re(rf"(?P<by>{WHO})召集核验"))
def calls(world: World, by: str) -> None:
    """Everybody shows the face again."""
    world.cast.do(by, "CallPresence")


@step(parsers.re(rf"(?P<who>{SEVERAL})刷脸核验在席"))
def is_here(world: World, who: str) -> None:
    """Members are verified anew; `其他评委`: whoever is still missing."""
    for one in world.cast.several(who, "verify_presence"):
        world.cast.do(one, "VerifyPresence", **FACE)


@step(parsers.re(rf'(?P<by>{WHO})恢复评审，处理情况是 "(?P<note>[^"]+)"'))
def goes_on(world: World, by: str, note: str) -> None:
    """It goes on where it stopped."""
    world.cast.do(by, "ResumeEvaluation", note=note)


@step(parsers.re(rf"(?P<by>{WHO})决定故障后(?P<how>继续进行|延期){WHY}"))
def decides_on_fault(world: World, by: str, how: str, why: str) -> None:
    """The tenderee's word about a fault before the start."""
    world.cast.do(by, "DecideOnFault", go_on=how == "继续进行", reason=why)


@then(parsers.re(rf"(?P<who>{SEVERAL})看到的封存根与日志一致"))
def sees_the_root(world: World, who: str) -> None:
    """Everybody is shown the same root, and it is that of the entries before the evening's."""
    entries = [entry for entry in world.entries() if entry.stream == world.cast.stream]
    before, sealed = next((number, one) for number, one in enumerate(entries) if one.type == "NightSealed")
    for one in (*world.cast.several(who), "中心", "见证人"):
        shown = world.cast.matter(one, "pause")
        assert (shown["size"], shown["root"]) == (before, sealed.data["root"])
        assert any(shown["root"] in notice["text"]["zh"] for notice in shown["notices"])


# --- time on duty


def _line(world: World, who: str) -> Any:
    """A member's line of the slip, as the member sees it."""
    rows = world.cast.matter(who, "duty")["rows"]
    assert len(rows) == 1, "a member sees one line only, the own"
    return rows[0]


@step(parsers.re(rf"(?P<who>{SEVERAL})确认评审时长"))
def confirms_minutes(world: World, who: str) -> None:
    """Each the own, as it stands on the slip."""
    for one in world.cast.several(who):
        world.cast.do(one, "ConfirmMinutes", minutes=_line(world, one)["minutes"])


@step(parsers.re(rf"(?P<who>{WHO})对评审时长有异议{WHY}"))
def objects_to_minutes(world: World, who: str, why: str) -> None:
    """With a reason."""
    world.cast.do(who, "ObjectToMinutes", minutes=_line(world, who)["minutes"], reason=why)


@then(parsers.re(rf"(?P<who>{SEVERAL})的评审时长不足 ?(?P<minutes>\d+) ?分钟"))
def minutes_below(world: World, who: str, minutes: str) -> None:
    """What was not counted is not in it."""
    for one in world.cast.several(who):
        assert 0 <= _line(world, one)["minutes"] < int(minutes)


@then(parsers.re(rf"(?P<who>{SEVERAL})的评审时长至少 ?(?P<minutes>\d+) ?分钟"))
def minutes_at_least(world: World, who: str, minutes: str) -> None:
    """What was counted is in it."""
    for one in world.cast.several(who):
        assert _line(world, one)["minutes"] >= int(minutes)


@then(
    parsers.re(
        rf"(?P<by>{WHO})看到 ?(?P<count>\d+) ?人的时长，已确认 ?(?P<confirmed>\d+) ?人，有异议 ?(?P<against>\d+) ?人"
    )
)
def whole_slip(world: World, by: str, count: str, confirmed: str, against: str) -> None:
    """All lines, by alias, to those who watch and those who pay."""
    rows = world.cast.matter(by, "duty")["rows"]
    answers = [row["answer"] for row in rows if row["answer"]]
    found = (
        len(rows),
        sum(one["reason"] is None for one in answers),
        sum(one["reason"] is not None for one in answers),
    )
    assert found == (int(count), int(confirmed), int(against))
    assert all(row["alias"] for row in rows)


@then(parsers.re(rf"(?P<who>{WHO})(?P<sees>看得到|看不到)谁在离席"))
def sees_leaves(world: World, who: str, sees: str) -> None:
    """Only those who watch over the room, and the member."""
    assert bool(world.cast.matter(who, "leave").get("away")) == (sees == "看得到")

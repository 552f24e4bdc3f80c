"""Replacing a member, naming the chair, bringing differences together, going back a stage."""

from __future__ import annotations

from pytest_bdd import parsers, step, then
from room_packages import supplement

from stories.stage.cast import WHO
from stories.stage.world import World
from stories.steps.acting import LOT, WHY

_NUMERALS = "一二三四五六七八九"


# --- replacement


@step(parsers.re(rf'(?P<who>{WHO})申请更换(?P<whom>{WHO})，事由是 "(?P<ground>\w+)"{WHY}'))
def asks_replacement(world: World, who: str, whom: str, ground: str, why: str) -> None:
    """Someone asks that a member be replaced; a member asks for the own replacement."""
    world.cast.do(who, "AskReplacement", alias=world.cast.alias(whom), ground=ground, reason=why)


@step(parsers.re(rf"(?P<who>{WHO})(?P<yes>同意|不同意)更换(?P<whom>{WHO}){WHY}"))
def answers_replacement(world: World, who: str, yes: str, whom: str, why: str) -> None:
    """Another role agrees or not."""
    command = {"同意": "ApproveReplacement", "不同意": "RefuseReplacement"}[yes]
    world.cast.do(who, command, alias=world.cast.alias(whom), reason=why)


@step(parsers.re(rf"中心导入补抽名单，补抽 ?(?P<count>\d+) ?人{WHY}"))
def adds_members(world: World, count: str, why: str) -> None:
    """Supplementary experts: 专家 numbered on from those of the package."""
    known = len(world.cast.people)
    experts = sum(name.startswith("专家") for name in world.cast.people)
    numbers = tuple(range(known + 1, known + int(count) + 1))
    opened = next(entry for entry in world.entries() if entry.type == "EvaluationOpened")
    path = supplement(world.folder, opened.data["package"], numbers, reason=why)

    def send() -> None:
        with path.open("rb") as body:
            world.play.centre.ask("POST", "/packages", data=body)
        for offset, number in enumerate(numbers):
            world.cast.people[f"专家{_NUMERALS[experts + offset]}"] = number

    world.cast.attempt(send)


@step("中心重新组成委员会")
def recomposes(world: World) -> None:
    """The composition is checked again."""
    world.cast.do("中心", "RecomposeCommittee")


# --- who does not come


@step(parsers.re(rf'(?P<who>{WHO})登记(?P<whom>{WHO})不能到场，事由是 "(?P<ground>\w+)"{WHY}'))
def reports_absence(world: World, who: str, whom: str, ground: str, why: str) -> None:
    """A member who is expected does not come."""
    world.cast.do(who, "ReportAbsence", member=world.cast.ref(whom), ground=ground, reason=why)


@step(parsers.re(rf"(?P<who>{WHO})确认(?P<whom>{WHO})不到场{WHY}"))
def confirms_absence(world: World, who: str, whom: str, why: str) -> None:
    """Another role agrees, and nobody waits any more."""
    if world.cast.do(who, "ConfirmAbsence", member=world.cast.ref(whom), reason=why):
        del world.cast.people[whom]


@then(parsers.re(rf"(?P<who>{WHO})看不到任何人的(?P<what>审查意见|评分)"))
def sees_nothing(world: World, who: str, what: str) -> None:
    """Neither sheets nor results of anybody."""
    key = {"审查意见": "review", "评分": "marks"}[what]
    for lot in world.lots(who):
        assert lot[key] is None
        assert lot["result"] is None


@then(parsers.re(rf"{LOT}只有(?P<who>{WHO})还要(?P<what>审查|评分)"))
def only_one_is_due(world: World, who: str, what: str, lot: str | None) -> None:
    """Everybody else's sheet stands."""
    found = world.cast.lot("中心", lot or "1")["round"]
    assert found["kind"] == {"审查": "review", "评分": "marks"}[what]
    assert {world.cast.alias(one) for one in world.committee()} - set(found["ended"]) == {world.cast.alias(who)}


# --- the chair by name


@step(parsers.re(rf"(?P<who>{WHO})确定(?P<whom>{WHO})为组长{WHY}"))
def names_chair(world: World, who: str, whom: str, why: str) -> None:
    """The tenderee names the chair."""
    world.cast.do(who, "NameChair", candidate=world.cast.alias(whom), reason=why)


# --- differences


@step(parsers.re(rf'{LOT}(?P<who>{WHO})就 "(?P<bid>\w+)" 的 "(?P<item>\w+)" 维持原意见{WHY}'))
def keeps(world: World, who: str, bid: str, item: str, why: str, lot: str | None) -> None:
    """A member stays with a position."""
    lot = lot or "1"
    kind = "review" if world.cast.lot("中心", lot)["stage"] == "reviewed" else "marks"
    world.cast.do(who, "KeepPosition", lot=lot, kind=kind, bid=bid, item=item, reason=why)


@step(
    parsers.re(
        rf'{LOT}(?P<who>{WHO})把 "(?P<bid>\w+)" 的 "(?P<item>\w+)" 改为 ?(?P<value>合格|不合格|[\d.]+) ?分?{WHY}'
    )
)
def changes(world: World, who: str, bid: str, item: str, value: str, why: str, lot: str | None) -> None:
    """A member changes a position after the opening."""
    lot = lot or "1"
    kind = "marks" if value[0].isdigit() else "review"
    told = {"合格": "pass", "不合格": "fail"}.get(value, value)
    page = "12" if told == "fail" else ""
    data = {"lot": lot, "kind": kind, "bid": bid, "item": item, "value": told, "page": page, "reason": why}
    world.cast.do(who, "ChangePosition", **data)


@then(parsers.re(rf'(?P<who>{WHO})的分歧事项(?:有 ?"(?P<bid>\w+)" 的 "(?P<item>\w+)"|为空)'))
def board(world: World, who: str, bid: str | None, item: str | None) -> None:
    """What is on the board of differences."""
    rows = [(row["bid"], row["item"]) for row in world.cast.matter(who, "differences").get("board", [])]
    assert rows == ([(bid, item)] if bid else [])


# --- back-step


@step(parsers.re(rf"{LOT}(?P<who>{WHO})申请退回(?P<to>审查|评分){WHY}"))
def asks_back_step(world: World, who: str, to: str, why: str, lot: str | None) -> None:
    """The chair asks to go back."""
    target = {"审查": "reviewing", "评分": "marking"}[to]
    world.cast.do(who, "AskBackStep", lot=lot or "1", to=target, reason=why)


@step(parsers.re(rf"{LOT}(?P<who>{WHO})(?P<yes>同意|不同意)流程回退{WHY}"))
def answers_back_step(world: World, who: str, yes: str, why: str, lot: str | None) -> None:
    """The approver answers."""
    command = {"同意": "ApproveBackStep", "不同意": "RefuseBackStep"}[yes]
    world.cast.do(who, command, lot=lot or "1", reason=why)

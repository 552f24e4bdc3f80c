"""Fast forward: from wherever a story stands to a named point of the way, each step as members and staff would."""

from __future__ import annotations

from collections.abc import Callable

from stories.stage.world import World


def _draw(world: World) -> None:
    if not world.cast.view("中心")["slots_allotted"]:
        world.play.draw()


def _arrive(world: World) -> None:
    world.arrive()


def _constitute(world: World) -> None:
    if not world.committee():
        world.constitute()


def _chair(world: World) -> None:
    if world.cast.view("中心")["chair"] is None:
        world.choose_chair()


def _at(world: World, *stages: str) -> list[str]:
    return [lot["id"] for lot in world.lots("中心") if lot["stage"] in stages]


def _review(world: World) -> None:
    for lot in _at(world, "reviewing"):
        world.seal_rest(lot, "review")


def _conclude(world: World) -> None:
    for lot in _at(world, "reviewed"):
        world.conclude_review(lot)
        world.cast.settle()


def _mark(world: World) -> None:
    for lot in _at(world, "marking"):
        world.seal_rest(lot, "marks")


def _note(world: World) -> None:
    for lot in _at(world, "opened"):
        world.cast.do(world.cast.chair, "NoteFindings", lot=lot, note="已逐条核对，维持原评分。")
        world.cast.settle()


def _check(world: World) -> None:
    for lot in _at(world, "checking"):
        world.cast.do("代理机构", "CheckTables", lot=lot, in_order=True, remarks="")
        world.cast.settle()


def _confirm(world: World) -> None:
    for lot in _at(world, "confirming"):
        world.confirm_rest(lot)
    for lot in _at(world, "reporting"):
        world.play.wait_stage(lot, "reported")


def _close(world: World) -> None:
    if not world.cast.view("中心")["closed"]:
        world.close()


WAY: tuple[tuple[Callable[[World], None], tuple[str, ...]], ...] = (
    (_draw, ("签到",)),
    (_arrive, ("委员会成立",)),
    (_constitute, ("推选组长",)),
    (_chair, ("符合性审查", "初步评审")),
    (_review, ("审查结论",)),
    (_conclude, ("评分", "详细评审")),
    (_mark, ("汇总之后",)),
    (_note, ("复核",)),
    (_check, ("确认",)),
    (_confirm, ("离场",)),
    (_close, ("归档",)),
)
"""Each step of the way, with the names of the point that it leads to: what is then to be done next."""


def advance(world: World, point: str) -> None:
    """Go on to a point; AssertionError where the way knows no such point, or a step is refused."""
    names = [name for _, points in WAY for name in points]
    assert point in names, f"no such point: {point}; there are {'、'.join(names)}"
    for step, points in WAY:
        step(world)
        if point in points:
            return

"""Where a story begins and how far it has come: the project, the points of the way, power cuts, time that passes."""

from __future__ import annotations

from pytest_bdd import given, parsers, step

from stories.stage.advance import advance
from stories.stage.project import project
from stories.stage.world import World

Table = list[list[str]]

_TRACKS = {"政府采购": "ZC", "工程": "GC"}
_SECONDS = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400}


@given(parsers.re(r'一个(?P<track>政府采购|工程)项目 "(?P<name>[^"]+)"'))
def a_project(world: World, track: str, name: str, datatable: Table | None = None) -> None:
    """The room is up and the project is imported; the table changes it (see `stage.project.project`)."""
    world.begin(project(_TRACKS[track], name, [(row[0], row[1]) for row in datatable or []]))


@given("委员会已经成立")
def the_committee_stands(world: World) -> None:
    """Everyone has come, pledged, and the composition is lawful."""
    advance(world, "推选组长")


@given("组长已经选出")
def the_chair_is_chosen(world: World) -> None:
    """专家一 chairs, by agreement."""
    advance(world, "初步评审")


@step(parsers.re(r"评标进行到 ?(?P<point>\S+)"))
def goes_on_to(world: World, point: str) -> None:
    """Fast forward to a point of the way."""
    advance(world, point)


@step("机房断电重启")
def power_cut(world: World) -> None:
    """kill -9 of the room and its start over the same data."""
    world.power_cut()


@step(parsers.re(r"过了 ?(?P<count>\d+) ?(?P<unit>秒|分钟|小时|天)"))
def time_passes(world: World, count: str, unit: str) -> None:
    """Time passes for the room, and for nobody else."""
    world.pass_time(int(count) * _SECONDS[unit])

"""Beside a platform: its export is sent and checked, figures are put right there, the committee says its word."""

from __future__ import annotations

import json
from typing import Any

from platform_export import export
from pytest_bdd import given, parsers, step, then

from app.evaluation.model import Evaluation
from app.evaluation.replay import fold
from stories.stage.cast import WHO
from stories.stage.project import project
from stories.stage.world import World

Table = list[list[str]]

_TRACKS = {"政府采购": "ZC", "工程": "GC"}


@given(parsers.re(r'一个伴随平台的(?P<kind>政府采购|工程)项目 "(?P<name>[^"]+)"'))
def beside_a_platform(world: World, kind: str, name: str, datatable: Table | None = None) -> None:
    """The package brings a centre's overlay upon the rules that come with the program for it."""
    track = _TRACKS[kind]
    found = project(track, name, [(row[0], row[1]) for row in datatable or []])
    found.rules = {
        "format": 1,
        "base": f"{track.lower()}-accompanied",
        "base_version": "2026.1",
        "id": "minle-accompanied",
        "version": "1",
        "name": "岷乐市补充规则（演练）",
        "source": "岷乐市公共资源交易中心（虚构）",
        "changes": {"late_after_min": 20},
    }
    world.begin(found)


def _state(world: World) -> Evaluation:
    """What the journal on the disk folds to."""
    found = fold(entry for entry in world.entries() if entry.stream == world.cast.stream)
    assert found is not None
    return found


def _wrong_total(bid: str) -> Any:
    def change(document: dict[str, Any]) -> None:
        document["stated"]["bids"][bid]["total"] = "99.99"

    return change


def _named(document: dict[str, Any]) -> None:
    case = document["case"]
    case["experts"][0] = "张三"
    case["sheets"]["张三"] = case["sheets"].pop("评委1")


def _send(world: World, who: str, content: bytes) -> None:
    path = f"/platform/{world.cast.stream.replace('/', '~')}/1"
    world.cast.attempt(lambda: world.cast.machine(who).ask("POST", path, data=content))


@step(parsers.re(rf"(?P<who>{WHO})发送平台导出的数据"))
def sends(world: World, who: str) -> None:
    """Every figure is right."""
    _send(world, who, export(_state(world)))


@step(parsers.re(rf'(?P<who>{WHO})发送平台导出的数据，其中 "(?P<bid>\w+)" 的总得分有误'))
def sends_wrong(world: World, who: str, bid: str) -> None:
    """One total does not follow from its parts."""
    _send(world, who, export(_state(world), change=_wrong_total(bid)))


@step(parsers.re(rf"(?P<who>{WHO})发送平台导出的数据，其中写了专家姓名"))
def sends_names(world: World, who: str) -> None:
    """An expert stands in it by name."""
    _send(world, who, export(_state(world), change=_named))


@step(parsers.re(rf'(?P<who>{WHO})要求平台更正 "(?P<reason>[^"]+)"'))
def asks_correction(world: World, who: str, reason: str) -> None:
    """The chair's word, or what is refused to others."""
    world.cast.do(who, "AskPlatformCorrection", lot="1", reason=reason)


@step(parsers.re(rf'(?P<who>{WHO})记录对平台数据的说明 "(?P<note>[^"]*)"'))
def notes(world: World, who: str, note: str) -> None:
    """What the committee says to the check."""
    world.cast.do(who, "NotePlatform", lot="1", note=note, failed=False)


def _seen(world: World, who: str) -> dict[str, Any]:
    return dict(world.cast.matter(who, "accompany")["lots"]["1"])


@then(parsers.re(rf"(?P<who>{WHO})看到平台数据的差错 ?(?P<count>\d+) ?项"))
def sees_faults(world: World, who: str, count: str) -> None:
    """With what was found."""
    found = _seen(world, who)["found"]
    faults = [one for one in found["remarks"] if one["severity"] == "fault"]
    assert (found["faults"], len(faults)) == (int(count), int(count))


@then(parsers.re(rf"(?P<who>{WHO})只看到平台数据有 ?(?P<count>\d+) ?项差错，看不到内容"))
def sees_counts(world: World, who: str, count: str) -> None:
    """The count alone."""
    seen = _seen(world, who)
    assert seen["found"] is None
    assert seen["current"]["faults"] == int(count)
    assert "99.99" not in json.dumps(world.cast.view(who), ensure_ascii=False)

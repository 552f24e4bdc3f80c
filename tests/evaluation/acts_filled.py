"""Fills in the acts that an evaluation offers and sees that each is taken, for the tests of every matter."""

from __future__ import annotations

from typing import Any

from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member

from app.evaluation.actor import Actor
from app.evaluation.decide import decide
from app.evaluation.registry import read_command
from app.evaluation.views import acts
from app.rules.model import Party

TENDEREE, REGULATOR = Actor(Party.TENDEREE, post="tenderee-a"), Actor(Party.REGULATOR, post="regulator-a")
PAPER = {"sha256": "5a" * 32, "bytes": 4096, "title": "甲设备有限公司答复函"}
VALUES: dict[str, Any] = {
    "text": "见所附说明。",
    "line": "第 12 页",
    "count": 60,
    "flag": True,
    "paper": PAPER,
    "moment": "2026-03-02T15:00:00+08:00",
}


def viewers(it: Play) -> list[Actor]:
    """Everyone who may be offered something."""
    return [CENTRE, WITNESS, AGENCY, TENDEREE, REGULATOR, *(member(alias) for alias in it.it.committee)]


def offered(it: Play, viewer: Actor, *commands: str) -> list[dict[str, Any]]:
    """The acts of these commands (none named: all) that a viewer is offered."""
    return [act for act in acts(it.it, viewer) if not commands or act["command"] in commands]


def filled(act: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A command's data: what the act fixes, what is given, and the first that fits for every other field."""
    data = dict(act["data"])
    for field in act["fields"]:
        options = [option["value"] for option in field["options"]]
        made = options[0] if field["kind"] == "choice" else options if field["kind"] == "choices" else None
        data[field["name"]] = given.get(field["name"], VALUES.get(field["kind"]) if made is None else made)
    return data


def take(it: Play, viewer: Actor, command: str, **given: Any) -> list[str]:
    """Do the first act of a command that a viewer is offered."""
    act = offered(it, viewer, command)[0]
    return it.do(read_command(command, filled(act, **given)), viewer)


def all_are_taken(it: Play, *commands: str, **given: Any) -> int:
    """Every act of these commands, to whomever it is offered, is one that `decide` takes; returns how many."""
    count = 0
    for viewer in viewers(it):
        for act in offered(it, viewer, *commands):
            assert decide(it.it, read_command(act["command"], filled(act, **given)), viewer, it.tick())
            count += 1
    return count

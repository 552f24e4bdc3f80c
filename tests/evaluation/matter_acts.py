"""Acts as a console or seat would fill them in, for the tests of matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation_factory import Play

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.registry import read_command
from app.evaluation.views import acts, view

Json = dict[str, Any]


def offered(it: Play, viewer: Actor, *commands: str) -> list[Json]:
    """The acts that a viewer is offered, of these commands (none named: all)."""
    return [act for act in acts(it.it, viewer) if not commands or act["command"] in commands]


def filled(act: Json, **values: Any) -> Command:
    """The command of an act, its form filled in; a field without a value gets a text or its first option."""
    made: Json = dict(act["data"])
    for field in act["fields"]:
        options = field["options"]
        made[field["name"]] = options[0]["value"] if options else True if field["kind"] == "flag" else "写明的理由"
    return read_command(act["command"], made | values)


def seen(it: Play, viewer: Actor, matter: str) -> Json:
    """What a viewer sees of a matter; {} = nothing."""
    found: Mapping[str, Any] = (view(it.it, viewer) or {}).get("matters", {})
    return dict(found.get(matter, {}))

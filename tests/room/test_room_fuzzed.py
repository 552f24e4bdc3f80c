"""Schemathesis asks a room everything that its OpenAPI document allows, and much that it forbids, as every role.

No answer may come from an error inside the server, differ from what the document says, or hold what was seeded and
is nobody's to know while members mark alone. Longer by hand: KAWEI_FUZZ_S=600.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "stories"))

from leak_search import Content, Needle, Search, keys, numbers, words
from room_packages import NAMES, document
from room_play import STREAM, Play, ready
from room_world import PASSWORD, Machine, a_room
from schemathesis.specs.openapi import checks

from app.room.openapi import document as openapi
from app.room.routes import OPERATIONS

FUZZ_S = float(os.environ.get("KAWEI_FUZZ_S", "10"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
APART = {"stream": "a websocket", "logout": "whoever is at a console stays there"}
REAL = {"stream": STREAM.replace("/", "~"), "lot": "1", "kind": "marks", "round": "1", "party": "M1", "seq": "1"}
"""Parts of a path that are there: with chance alone nearly everything would end at 404."""

MARK = "7.77"

schemathesis.serializer.alias("application/zip", "application/octet-stream")


@dataclass
class Asked:
    """What came back."""

    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def seeded(play: Play) -> list[Needle]:
    """What nobody may be told, be it by an error."""
    return [
        *words("name", *NAMES[:5]),
        *words("document number", *map(document, range(1, 6))),
        *words("phone number", *(f"1380000000{k}" for k in range(1, 6))),
        *words("password", PASSWORD),
        *words("token", *(machine.token for machine in play.machines)),
        *numbers("mark", MARK),
        *keys("key of a sheet", *(key for seat in play.seats.values() for key in seat.keys.values())),
    ]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """Members mark alone; three have ended, one with the mark that is looked for."""
    with a_room(tmp_path / "data", privacy={"face_days": 1}) as room:
        made = ready(room, tmp_path)
        made.gather()
        made.choose_chair()
        made.review("1")
        for seat in made.sitting[:3]:
            seat.seal("1", "marks", 1, made.marks_sheet(seat, "1", lambda alias, bid, factor: MARK))
        made.disconnect()
        yield made


@pytest.mark.slow
def test_nothing_that_anybody_sends_breaks_the_room_or_makes_it_talk(play: Play) -> None:
    search, schema = Search(seeded(play)), schemathesis.openapi.from_dict(openapi())
    planted = Content("planted", f'{{"name": "{NAMES[0]}", "marks": ["{MARK}"]}}'.encode())
    assert {needle.secret for needle in search.met(planted)} == {"name", "mark"}
    operations = [found.ok() for found in schema.get_all_operations()]
    operations = [one for one in operations if one.definition.raw["operationId"] not in APART]
    asked, rounds, askers = Asked(), 0, roles(play)
    began = time.monotonic()
    while time.monotonic() < began + FUZZ_S:
        for role, machine in askers:
            for number, operation in enumerate(operations):
                if time.monotonic() > began + FUZZ_S:
                    break
                ask(operation, machine, role, search, asked, rounds * 1000 + number)
        rounds += 1
    assert not asked.wrong, asked.wrong[:5]
    assert len(asked.answers) > 5  # some were taken, others refused for all kinds of reasons
    assert play.sitting[4].view()["evaluations"][0]["lots"][0]["stage"] == "marking"
    sys.stdout.write(f"{asked.answers.total()} requests, {rounds} rounds, {dict(asked.answers)}\n")
    assert {one.name for one in OPERATIONS} >= set(APART)


def roles(play: Play) -> list[tuple[str, Machine]]:
    """A session of each role."""
    room: Any = play.room
    free = next(seat for seat in play.seats.values() if seat not in play.sitting)
    found = [("stranger", Machine(room.url, "stranger")), ("kiosk", play.kiosk), ("seat", free)]
    found += [("member", play.sitting[4]), ("centre", play.centre), ("witness", play.witness), ("agency", play.agency)]
    for role in ("regulator", "tenderee"):
        machine = Machine(room.url, f"{role}-1")
        machine.enrol(room.code("console"))
        found.append((role, machine.open().login(f"{role}-a")))
    return found


def ask(operation: Any, machine: Machine, role: str, search: Search, asked: Asked, chance: int) -> None:
    """Send a few requests of this kind and judge what comes back."""
    headers = {"Connection": "close"} | ({"Authorization": f"Bearer {machine.token}"} if machine.token else {})

    @seed(chance)
    @settings(
        max_examples=2, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        if chance % 2 and isinstance(case.path_parameters, dict):
            case.path_parameters |= {name: REAL[name] for name in case.path_parameters if name in REAL}
        if chance % 2 and isinstance(case.body, dict) and str(case.body.get("stream", "")).startswith("evaluation/"):
            case.body["stream"] = STREAM
        answer = case.call(base_url=machine.url, headers=headers, timeout=20)
        asked.answers[answer.status_code] += 1
        where = f"{role} {operation.method} {operation.path} {answer.status_code}"
        asked.wrong += [f"{where} tells a {needle.secret}" for needle in search.met(Content(where, answer.content))]
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseException as failed:  # schemathesis raises groups of its own
            asked.wrong.append(f"{where}: {str(failed)[:600]}")

    send()

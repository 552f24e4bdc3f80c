"""The matrix of `access_table.py`: complete against the OpenAPI document, and held against door and redaction."""

from __future__ import annotations

import itertools
import sys
import uuid
from dataclasses import fields
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "room"))
sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))
sys.path.insert(0, str(Path(__file__).parent))

from access_table import AFRESH, COMMANDS, MESSAGES, ONE_PERSON, REQUESTS, TWO_PEOPLE, VIEWERS, WORKING_ALONE
from evaluation_stages import STAGES, at
from room_play import STREAM, Play, ready
from room_world import a_room

from app.evaluation.actor import Actor
from app.evaluation.events import Event
from app.evaluation.model import Evaluation
from app.evaluation.redaction import told
from app.evaluation.refusal import Refused
from app.evaluation.registry import EVENTS
from app.evaluation.room import events as re_
from app.evaluation.room.redaction import told_of_room
from app.evaluation.telling import Told
from app.room.door import MAY_TAKE_A_SECOND, RECORDED, CommandRequest
from app.room.openapi import document
from app.room.refusal import RoomRefusal
from app.rules.model import Party

SCHEMAS = document()["components"]["schemas"]
LEVELS = {"-": Told.NOTHING, "H": Told.HAPPENED, "W": Told.WHOLE}


def table() -> dict[tuple[str, str], set[str]]:
    """By stream and command: the roles."""
    return {(s, name): set(who.split()) for (s, who), names in COMMANDS.items() for name in names.split()}


def levels() -> dict[str, str]:
    """By entry: the levels of `VIEWERS`."""
    return {name: row for row, names in MESSAGES.items() for name in names.split()}


def test_every_request_command_and_message_of_the_document_has_its_row() -> None:
    requests = {one["operationId"] for item in document()["paths"].values() for one in item.values()}
    commands = {one["title"] for one in SCHEMAS["CommandRequest"]["oneOf"]}
    messages = {one["title"] for one in SCHEMAS["Message"]["oneOf"]}
    assert requests - set(REQUESTS) == set()
    assert commands - {f"{name} ({stream})" for stream, name in table()} == set()
    assert messages - set(levels()) == set()


# --- two people

REFUSED_AS_SECOND = {
    "CancelDraw": ("room/test_room_draws.py", "already_approved"),
    "AskReplacement": ("evaluation/test_matter_replacement.py", "same_role"),
    "AskTermination": ("evaluation/test_matter_ending.py", "same_role"),
    "AskReevaluation": ("evaluation/test_matter_reevaluation.py", "same_role"),
    "RecordWalkOut": ("evaluation/test_matter_walk_out.py", "already_approved"),
    "ExcuseWalkOut": ("evaluation/test_matter_walk_out.py", "already_approved"),
    "AskSheetRelease": ("evaluation/test_matter_lost_seat.py", "same_role"),
    "AskRecording": ("evaluation/test_matter_recording.py", "already_approved"),
    "HoldRecordings": ("evaluation/test_evaluation_keeping.py", "already_approved"),
}
"""Where both acts are open to one role: the test in which the first person tries to be the second, and the refusal."""


def test_every_act_says_whether_it_takes_two_people() -> None:
    first, second = set(TWO_PEOPLE), {name for pair in TWO_PEOPLE.values() for name in pair if name}
    alone, acts = ONE_PERSON.split(), {name for _, name in table()}
    assert acts - {*first, *second, *alone} == set()
    assert {*first, *second} & set(alone) == set()
    assert len(alone) == len(set(alone))


def test_a_password_typed_afresh_is_asked_of_second_people_alone() -> None:
    assert set(AFRESH.split()) == MAY_TAKE_A_SECOND
    assert {second for second, _ in TWO_PEOPLE.values()} >= MAY_TAKE_A_SECOND


def test_nobody_is_both_of_two_people() -> None:
    roles: dict[str, set[str]] = {}
    for (_, name), who in table().items():
        roles[name] = roles.get(name, set()) | who
    both = {one for one, (second, _) in TWO_PEOPLE.items() if roles[one] & roles[second]}
    assert both == set(REFUSED_AS_SECOND)
    for where, code in REFUSED_AS_SECOND.values():
        assert f'"{code}"' in (Path(__file__).parents[1] / where).read_text(), where
    assert {code for _, code in REFUSED_AS_SECOND.values()} | {"second_person"} <= RECORDED


# --- commands


def least(schema: dict[str, Any]) -> Any:
    """The least that a schema lets through."""
    if "$ref" in schema:
        return least(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return least(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: least(schema["properties"][name]) for name in schema.get("required", ())}
    return {"string": "x", "integer": 1, "boolean": True, "array": [], "null": None}[schema["type"]]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A committee that has chosen its chair, and a console for every role."""
    folder = tmp_path_factory.mktemp("matrix")
    with a_room(folder / "data") as room:
        made = ready(room, folder)
        made.gather()
        made.choose_chair()
        made.disconnect()
        yield made


def test_no_role_sends_a_command_that_is_not_its_own(play: Play) -> None:
    """Each command as each role that may not send it, at the door itself: refused as not permitted, nothing else."""
    services = play.room.services  # type: ignore[attr-defined]
    devices = {"centre": play.centre, "witness": play.witness, "agency": play.agency, "kiosk": play.kiosk}
    callers = {role: services.sessions.caller(machine.token) for role, machine in devices.items()}
    callers["member"] = services.sessions.caller(play.sitting[0].token)
    others = {"regulator": "agency-a", "tenderee": "agency-a"}
    for role in others:
        play.agency.login(f"{role}-a")
        _refused_all(play, services, role, callers["agency"])
    play.agency.login("agency-a")
    for role, caller in callers.items():
        _refused_all(play, services, role, caller)


def _refused_all(play: Play, services: Any, role: str, caller: Any) -> None:
    streams = {"evaluation": STREAM, "room": "room", "kiosk": "kiosk"}
    variants = {one["title"]: one["properties"]["data"] for one in SCHEMAS["CommandRequest"]["oneOf"]}
    before = services.writer.book.evaluations[STREAM]

    async def ask(stream: str, name: str, data: Any) -> str:
        try:
            await services.door.submit(caller, CommandRequest(str(uuid.uuid4()), streams[stream], name, data))
        except (Refused, RoomRefusal) as refused:
            return refused.code
        return "done"

    async def ask_all() -> list[tuple[str, str, str]]:
        wrong = []
        for (stream, name), who in table().items():
            title = f"{name} ({stream})"
            if role not in who and title in variants:
                code = await ask(stream, name, least(variants[title]))
                wrong += [] if code == "not_permitted" else [(role, name, code)]
        return wrong

    assert play.room.do(ask_all) == []  # type: ignore[attr-defined]
    after = services.writer.book.evaluations[STREAM]
    assert (after.lots, after.members, after.chair) == (before.lots, before.members, before.chair)


# --- messages


def filled(kind: type[Any], alias: str, member: str) -> Any:
    """An entry of this type that is about `alias`, in lot 1."""
    hints, values = get_type_hints(kind), dict[str, Any]()
    known = {"alias": alias, "party": alias, "by": alias, "member": member, "lot": "1", "kind": "marks"}
    for field in fields(kind):
        hint = hints[field.name]
        usual: dict[Any, Any] = {int: 1, bool: True, str: "x", tuple: (), dict: {}}
        values[field.name] = known.get(field.name, usual.get(get_origin(hint) or hint))
    return kind(**values)


def viewers(state: Evaluation, own: str, other: str) -> dict[str, Actor]:
    """Who is told, by the names of `VIEWERS`."""
    found = {role: Actor(Party(role)) for role in VIEWERS[:6]}
    return found | {
        "own": Actor(Party.MEMBER, alias=own),
        "sitting": Actor(Party.MEMBER, alias=other),
        "seat": Actor(Party.MEMBER),
    }


def told_at_most(track: str, stage: str) -> dict[str, dict[str, Told]]:
    """By entry and viewer, how much is told at a stage."""
    state = at(stage, track).it
    aliases = state.committee or tuple(m.alias for m in state.members.values() if m.alias) or ("M1",)
    seen = viewers(state, aliases[0], aliases[-1])
    member = state.by_alias(aliases[0])
    found: dict[str, dict[str, Told]] = {}
    for name, kind in EVENTS.items():
        event: Event = filled(kind, aliases[0], member.ref if member else "x")
        if name == "SheetsOpened" and not state.lots["1"].marks:
            continue  # there is no round that it could tell of
        if name in THEIR_OWN_TESTS:
            continue
        found[name] = {who: told(state, event, viewer) for who, viewer in seen.items()}
    return found


THEIR_OWN_TESTS = {"AnswerEntered", "PaperAttached"}
"""They are judged by the letter that they answer: `test_matter_clarification`."""


def test_nobody_is_told_more_than_the_matrix_says() -> None:
    reached: dict[str, dict[str, Told]] = {}
    for track, stage in itertools.product(("ZC", "GC"), STAGES):
        for name, seen in told_at_most(track, stage).items():
            row = dict(zip(VIEWERS, levels()[name], strict=True))
            assert {who: level for who, level in seen.items() if level > LEVELS[row[who]]} == {}, (stage, name)
            if stage == "marking" and name in WORKING_ALONE:
                assert Told.WHOLE not in seen.values(), name
            best = reached.setdefault(name, dict.fromkeys(VIEWERS, Told.NOTHING))
            reached[name] = {who: max(level, best[who]) for who, level in seen.items()}
    # ... and no row is wider than what somebody is told at some stage of one of the tracks.
    most = {name: "".join("-HW"[level] for level in best.values()) for name, best in reached.items()}
    assert most == {name: levels()[name] for name in most}


def test_the_rooms_entries_are_told_as_the_matrix_says() -> None:
    for name, kind in re_.TYPES.items():
        event = object.__new__(kind)  # what is told of it follows from its type alone
        found = [told_of_room(event, Actor(Party(role))) for role in VIEWERS[:6]]
        found += [told_of_room(event, Actor(Party.MEMBER, alias="M1"))] * 3
        assert "".join("-HW"[level] for level in found) == levels()[name], name
        assert told_of_room(event, None) is Told.NOTHING

"""The second of two people confirms with the own password, typed afresh; a running session alone is not enough."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play, ready
from room_world import PASSWORD, Machine, Refusal, a_room

CANCEL = {"draw_no": 1, "reason": "席位故障"}


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with a_room(tmp_path / "data") as room:
        made = ready(room, tmp_path)
        yield made
        made.disconnect()


def say(machine: Machine, stream: str, kind: str, data: dict[str, Any], password: str | None) -> str:
    """Send a command with this password; "done", or the code of the refusal."""
    body = {"id": str(uuid.uuid4()), "stream": stream, "type": kind, "data": data}
    if password is not None:
        body["password"] = password
    try:
        machine.ask("POST", "/commands", body)
    except Refusal as refused:
        return refused.code
    return "done"


def refusals(play: Play) -> list[tuple[str, str]]:
    rows = play.room.services.store.entries("room")  # type: ignore[attr-defined]
    told = [json.loads(row.body)["data"] for row in rows if row.type == "AccessRefused"]
    return [(one["what"], one["code"]) for one in told]


def test_a_draw_is_cancelled_by_the_second_persons_password_alone(play: Play) -> None:
    assert say(play.centre, "room", "CancelDraw", CANCEL, None) == "done", "who asks first needs none"
    assert say(play.witness, "room", "CancelDraw", CANCEL, None) == "password_needed"
    assert say(play.witness, "room", "CancelDraw", CANCEL, "guessed long enough") == "wrong_password"
    draw = play.centre.view()["room"]["draws"][0]
    assert (draw["stage"], draw["cancel_asked_by"]) == ("sealed", "centre"), "nothing was changed"
    assert say(play.centre, "room", "CancelDraw", CANCEL, None) == "already_approved", "told before a password is asked"
    assert refusals(play) == [
        ("CancelDraw", "password_needed"),
        ("CancelDraw", "wrong_password"),
        ("CancelDraw", "already_approved"),
    ]
    assert say(play.witness, "room", "CancelDraw", CANCEL, PASSWORD) == "done"
    assert play.centre.view()["room"]["draws"][0]["stage"] == "cancelled"


def test_guesses_at_a_password_have_to_wait(play: Play) -> None:
    say(play.centre, "room", "CancelDraw", CANCEL, None)
    said = [say(play.witness, "room", "CancelDraw", CANCEL, f"guessed {number}") for number in range(6)]
    assert said == ["wrong_password"] * 5 + ["too_many_attempts"]
    assert say(play.witness, "room", "CancelDraw", CANCEL, PASSWORD) == "too_many_attempts"
    assert play.centre.view()["room"]["draws"][0]["stage"] == "sealed"


def test_a_members_replacement_takes_the_other_persons_password(play: Play) -> None:
    play.gather()
    play.choose_chair()
    alias = play.sitting[1].mine()["alias"]
    ask = {"alias": alias, "ground": "health", "reason": "突发疾病"}
    play.centre.do(STREAM, "AskReplacement", ask)
    data = {"alias": alias, "reason": "已就医"}
    [offer] = [act for act in play.witness.evaluation()["acts"] if act["command"] == "ApproveReplacement"]
    assert offer["second"]
    assert say(play.witness, STREAM, "ApproveReplacement", data, None) == "password_needed"
    assert say(play.centre, STREAM, "ApproveReplacement", data, None) == "same_role"
    assert say(play.sitting[0], STREAM, "ApproveReplacement", data, PASSWORD) == "not_permitted"
    assert say(play.witness, STREAM, "ApproveReplacement", data, PASSWORD) == "done"
    assert say(play.witness, STREAM, "AnswerHelp", {}, PASSWORD) == "bad_value", "no password where none is due"


def test_the_password_is_kept_nowhere(play: Play, tmp_path: Path) -> None:
    say(play.centre, "room", "CancelDraw", CANCEL, None)
    say(play.witness, "room", "CancelDraw", CANCEL, PASSWORD)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert [path for path in kept if PASSWORD.encode() in path.read_bytes()] == []

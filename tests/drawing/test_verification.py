"""Verification names the first thing that is wrong, whatever was tampered with."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.drawing import Refusal, draw, read_request, verify

from .test_draw import VECTORS

JSON = dict[str, Any]


def transcript(number: int) -> JSON:
    request = read_request(VECTORS[number]["request"])
    return draw(request, request.nonces).to_json()


TRANSCRIPTS = [transcript(1), transcript(2)]  # vector 1 takes 20,028 attempts: it is checked in test_draw


def test_sound_transcripts_pass_whatever_the_order_of_their_keys() -> None:
    for sound in TRANSCRIPTS:
        assert verify(sound) is None
        assert verify(json.loads(json.dumps(sound, sort_keys=True))) is None


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_what_is_no_transcript_is_refused(value: object) -> None:
    with pytest.raises(Refusal) as refused:
        verify(value)
    assert refused.value.code == "bad_value"


def named(found: JSON) -> tuple[str, str]:
    failure = verify(found)
    assert failure is not None
    for lang in ("zh", "en"):
        assert failure.message(lang).startswith(f"{failure.where}: ")
    return failure.code, failure.where


def change(sound: JSON, *path: str | int, value: object) -> JSON:
    found = copy.deepcopy(sound)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found


def without(sound: JSON, *path: str | int) -> JSON:
    found = copy.deepcopy(sound)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return found


SEATS, ORDERED = TRANSCRIPTS
OTHER = "0" * 64


@pytest.mark.parametrize(
    ("found", "code", "where"),
    [
        (change(SEATS, "version", value=2), "wrong_version", "$.version"),
        (change(SEATS, "version", value=True), "wrong_version", "$.version"),
        (change(SEATS, "version", value=1.0), "wrong_version", "$.version"),
        (change(SEATS, "context", value=OTHER), "wrong_context", "$.context"),
        (change(SEATS, "context", value=SEATS["context"].upper()), "wrong_context", "$.context"),
        (change(SEATS, "commitments", "centre", value=OTHER), "wrong_commitments", "$.commitments.centre"),
        (change(SEATS, "commitments", value=[]), "wrong_commitments", "$.commitments"),
        (without(SEATS, "commitments", "kiosk"), "missing_key", "$.commitments.kiosk"),
        (change(SEATS, "commitments", "x", value=OTHER), "unknown_key", "$.commitments.x"),
        (change(SEATS, "nonces", "kiosk", value=OTHER), "wrong_commitments", "$.commitments.kiosk"),
        (change(SEATS, "nonces", "kiosk", value="00"), "bad_nonce", "$.nonces.kiosk"),
        (change(SEATS, "nonces", "x", value=OTHER), "unknown_party", "$.nonces.x"),
        (without(SEATS, "nonces", "kiosk"), "missing_nonce", "$.nonces.kiosk"),
        (change(SEATS, "seed", value=OTHER), "wrong_seed", "$.seed"),
        (change(SEATS, "attempts", value=11), "wrong_attempts", "$.attempts"),
        (change(SEATS, "attempts", value="10"), "wrong_attempts", "$.attempts"),
        (change(SEATS, "relaxed", value=1), "wrong_relaxed", "$.relaxed"),
        (change(SEATS, "relaxed", value=False), "wrong_relaxed", "$.relaxed"),
        (change(SEATS, "seating", "ev1-2", value="A0"), "wrong_seating", "$.seating.ev1-2"),
        (change(SEATS, "seating", "ev1-9", value="A0"), "unknown_key", "$.seating.ev1-9"),
        (without(SEATS, "seating", "ev1-3"), "missing_key", "$.seating.ev1-3"),
        (change(SEATS, "seating", value=["x" * 500]), "wrong_seating", "$.seating"),
        (change(SEATS, "seats", value=SEATS["seats"][::-1]), "wrong_context", "$.context"),
        (change(SEATS, "people", 0, "group", value="ev9"), "wrong_context", "$.context"),
        (change(SEATS, "people", 0, "name", value="x"), "unknown_key", "$.people[0].name"),
        (change(SEATS, "parties", value=["kiosk", "centre"]), "wrong_context", "$.context"),
        (change(SEATS, "binding", "draw_no", value=3), "wrong_context", "$.context"),
        (change(SEATS, "order", value=[]), "unknown_key", "$.order"),
        (change(SEATS, "kind", value="seating"), "bad_value", "$.kind"),
        (without(SEATS, "occupied"), "wrong_context", "$.context"),
        (change(ORDERED, "order", value=ORDERED["order"][::-1]), "wrong_order", "$.order[0]"),
        (change(ORDERED, "order", value=ORDERED["order"][:3]), "wrong_order", "$.order"),
        (change(ORDERED, "order", 2, value=0.97), "wrong_order", "$.order[2]"),
        (change(ORDERED, "items", value=ORDERED["items"][::-1]), "wrong_context", "$.context"),
        (change(ORDERED, "items", 0, value="0.94"), "wrong_context", "$.context"),
        (change(ORDERED, "attempts", value=1), "unknown_key", "$.attempts"),
        (without(ORDERED, "kind"), "missing_key", "$.kind"),
    ],
)
def test_tampering_is_named(found: JSON, code: str, where: str) -> None:
    assert named(found) == (code, where)


@pytest.mark.parametrize("sound", TRANSCRIPTS, ids=["seating", "order"])
def test_every_missing_and_every_extra_key_is_named(sound: JSON) -> None:
    for key in sound:
        code, where = named(without(sound, key))
        if key in ("occupied", "binding"):
            assert (code, where) == ("wrong_context", "$.context")
        else:
            assert (code, where) == ("missing_key", f"$.{key}")
    assert named({**sound, "extra": 1}) == ("unknown_key", "$.extra")


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


@pytest.mark.parametrize("sound", TRANSCRIPTS, ids=["seating", "order"])
def test_no_single_value_can_be_changed(sound: JSON) -> None:
    for path, value in leaves(sound):
        other = value + 1 if isinstance(value, int) else f"{value}x"
        assert verify(change(sound, *path, value=other)) is not None, path


def test_the_sentence_says_what_is_due_and_what_is_there() -> None:
    failure = verify(change(SEATS, "seating", "ev1-2", value="A0"))
    assert failure is not None
    assert failure.message() == '$.seating.ev1-2: 座位不是抽出的座位：应为 "C3"，抄本写作 "A0"'
    assert failure.message("en") == (
        '$.seating.ev1-2: the seat is not the one drawn: "C3" is due, the transcript says "A0"'
    )
    long = verify(change(SEATS, "seating", value=["x" * 500]))
    assert long is not None
    assert len(long.message()) < 400

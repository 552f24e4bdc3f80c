"""Blank forms from the room: the entry and the paper together, or neither."""

from __future__ import annotations

import json
from typing import Any

import pytest
from room_play import STREAM, Play
from room_world import Refusal, Room

PATH = f"/forms/{STREAM.replace('/', '~')}"


def asked(form: str = "pledge", lot: str = "", aliases: tuple[str, ...] = (), act: str = "", copies: int = 1) -> Any:
    return {"form": form, "lot": lot, "aliases": list(aliases), "act": act, "copies": copies}


def printed(room: Room) -> list[Any]:
    return [json.loads(r.body)["data"] for r in room.store.entries(STREAM) if r.type == "FormPrinted"]


def test_a_form_is_an_entry_and_a_paper(marking: Play) -> None:
    room = marking.room
    assert isinstance(room, Room)
    aliases = tuple(one["alias"] for one in marking.centre.evaluation()["committee"])
    for body in (asked(copies=2), asked("marks", "1", aliases, copies=len(aliases))):
        assert marking.centre.ask("POST", PATH, body).startswith(b"%PDF-")
    offered = next(act for act in marking.centre.evaluation()["acts"])
    assert marking.centre.ask("POST", PATH, asked("act", act=offered["command"])).startswith(b"%PDF-")
    assert [(one["form"], one["copies"]) for one in printed(room)] == [
        ("pledge", 2),
        ("marks", len(aliases)),
        ("act", 1),
    ]


def test_of_what_is_refused_there_is_neither(marking: Play) -> None:
    room = marking.room
    assert isinstance(room, Room)
    before = printed(room)
    for machine, body, code in (
        (marking.centre, asked(copies=51), "wrong_copies"),
        (marking.centre, asked("act", act="ConfirmResult"), "no_such_form"),
        (marking.witness, asked(), "not_permitted"),
        (marking.sitting[0], asked(), "not_permitted"),
        (marking.kiosk, asked(), "not_permitted"),
    ):
        with pytest.raises(Refusal) as refused:
            machine.ask("POST", PATH, body)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:  # no client counts a copy that was never made
        marking.centre.do(STREAM, "PrintForm", asked())
    assert refused.value.code == "not_permitted"
    assert printed(room) == before

"""Enrolled faces in the room's stream: two people, consent, why and by whom a template is forgotten."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import CENTRE, KIOSK, STREAM, WITNESS, Play
from evaluation_stages import refused

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.room import commands as rc
from app.evaluation.room.model import EnrolledFace, FaceStage, Forgetting
from app.rules.model import Party

OTHER = replace(CENTRE, post="centre-b", device="console-2")


def proposal(**changes: Any) -> rc.ProposeFace:
    asked = {"expert": "x1", "model": "sface", "version": 1, "score": "0.5120", "engine": "sface"}
    text = {"consent": "2026-11/zh", "consent_sha256": "ab" * 32, "until": ""}
    return rc.ProposeFace(**(asked | text | changes))


def proposed() -> Play:
    play = Play()
    play.open_room()
    play.do_room(proposal(), CENTRE)
    return play


def faces(play: Play) -> dict[str, EnrolledFace]:
    assert play.room is not None
    return play.room.faces


def test_two_people_enrol_a_face() -> None:
    play = proposed()
    assert faces(play)["x1"].stage is FaceStage.PROPOSED
    with refused("second_person", "$.expert"):
        play.do_room(rc.ConfirmFace("x1", "本人到场"), CENTRE)
    with refused("reason_needed", "$.reason"):
        play.do_room(rc.ConfirmFace("x1", " "), OTHER)
    with refused("no_such_face"):
        play.do_room(rc.ConfirmFace("x2", "本人到场"), OTHER)
    play.do_room(rc.ConfirmFace("x1", "本人到场"), OTHER)
    found = faces(play)["x1"]
    assert (found.stage, found.proposed_by, found.confirmed_by) == (FaceStage.ENROLLED, "centre-a", "centre-b")
    assert found.proposed_at < found.confirmed_at
    with refused("nothing_requested"):
        play.do_room(rc.ConfirmFace("x1", "再来"), WITNESS)
    with refused("bad_value", "$.expert"):
        play.do_room(proposal(), CENTRE)


def test_the_witness_may_be_the_second() -> None:
    play = proposed()
    play.do_room(rc.ConfirmFace("x1", "核对身份证原件"), WITNESS)
    assert faces(play)["x1"].confirmed_by == "witness-a"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"expert": ""}, "$.expert"),
        ({"model": ""}, "$.model"),
        ({"score": ""}, "$.score"),
        ({"engine": ""}, "$.engine"),
        ({"consent": ""}, "$.consent"),
        ({"consent_sha256": "AB" * 32}, "$.consent_sha256"),
    ],
)
def test_a_proposal_is_whole(changes: dict[str, Any], where: str) -> None:
    play = Play()
    play.open_room()
    with refused("bad_value", where):
        play.do_room(proposal(**changes), CENTRE)


@pytest.mark.parametrize("role", [Party.MEMBER, Party.KIOSK, Party.AGENCY, Party.TENDEREE, Party.REGULATOR])
def test_nobody_else_has_a_hand_in_it(role: Party) -> None:
    play = proposed()
    for command in (
        proposal(expert="x2"),
        rc.ConfirmFace("x1", "x"),
        rc.ForgetFace("x1", "request", "x"),
        rc.LookAtFace("x1", "desk"),
        rc.ForgetPortraits(STREAM, 5),
    ):
        with refused("not_permitted"):
            play.do_room(command, Actor(role, post="p"))
    with refused("not_permitted"):
        play.do_room(proposal(expert="x2"), WITNESS)


def test_whoever_asks_is_forgotten_by_one_person_with_a_reason() -> None:
    play = proposed()
    with refused("reason_needed"):
        play.do_room(rc.ForgetFace("x1", "request", ""), OTHER)
    with refused("bad_value", "$.why"):
        play.do_room(rc.ForgetFace("x1", "bored", "x"), OTHER)
    play.do_room(rc.ForgetFace("x1", "request", "本人书面要求"), CENTRE)
    assert faces(play) == {}
    with refused("no_such_face"):
        play.do_room(rc.ForgetFace("x1", "request", "再来"), CENTRE)


def test_the_second_person_may_say_no_until_it_is_confirmed() -> None:
    play = proposed()
    play.do_room(rc.ForgetFace("x1", "refused", "与证件不符"), WITNESS)
    assert faces(play) == {}
    play.do_room(proposal(), CENTRE)
    play.do_room(rc.ConfirmFace("x1", "本人到场"), OTHER)
    with refused("nothing_requested"):
        play.do_room(rc.ForgetFace("x1", "refused", "改变主意"), WITNESS)


@pytest.mark.parametrize("why", list(Forgetting))
def test_people_and_the_room_forget_each_for_their_own_reasons(why: Forgetting) -> None:
    of_people = why in (Forgetting.REQUEST, Forgetting.REFUSED)
    command = rc.ForgetFace("x1", why.value, "理由" if of_people else "")
    with refused("bad_value", "$.why"):
        proposed().do_room(command, SYSTEM if of_people else CENTRE)
    play = proposed()
    play.do_room(command, CENTRE if of_people else SYSTEM)
    assert faces(play) == {}


def test_looks_and_deleted_portraits_are_entries() -> None:
    play = proposed()
    before = play.room
    play.do_room(rc.LookAtFace("x1", "desk"), WITNESS)
    play.do_room(rc.ForgetPortraits(STREAM, 5))
    assert before is not None
    assert play.room == replace(before, size=before.size + 2)
    entries = play.room_log.entries[-2:]
    assert [entry.type for entry in entries] == ["FaceLooked", "PortraitsForgotten"]
    with refused("not_permitted"):
        play.do_room(rc.ProposeFace("x9", "m", 1, "1", "e", "c", "ab" * 32, ""), KIOSK)

"""The end of a recording's term: each track's with its article, held while an objection is open, two people delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import CENTRE, WITNESS, Play

from app.evaluation.actor import Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.rules import read_ruleset, ruleset_to_json
from app.rules.keeping import recording_term
from app.rules.model import Party

STREAM = "evaluation/ev1"
EXPIRE = rc.ExpireRecording(STREAM, "M1", "seat-1", 3, "0" * 64, "2041-03-02", "政府采购法第四十二条", "witness-a")


@pytest.fixture
def play() -> Play:
    made = Play("ZC")
    made.open_room()
    made.import_package(5, delegates=1)
    return made


def test_each_track_has_its_term_and_a_rule_set_may_lengthen_it_alone(play: Play) -> None:
    ruleset = play.it.ruleset
    assert (recording_term(ruleset).years, "四十二" in recording_term(ruleset).article) == (15, True)

    def with_years(years: int) -> Any:
        return replace(ruleset, procedure=replace(ruleset.procedure, recording_years=years))

    assert recording_term(with_years(10)).years == 15
    assert recording_term(with_years(30)).years == 30
    assert ruleset.id in recording_term(with_years(30)).article
    told = ruleset_to_json(with_years(30))
    assert told["procedure"]["recording_years"] == 30
    assert read_ruleset(told) == with_years(30)
    assert "recording_years" not in ruleset_to_json(ruleset)["procedure"]
    gc = Play("GC")
    gc.open_room()
    gc.import_package(5)
    assert recording_term(gc.it.ruleset).years == 5


def test_what_is_held_is_not_deleted_and_another_role_frees_it(play: Play) -> None:
    play.do_room(rc.HoldRecordings(STREAM, "收到投诉"), CENTRE)
    for command, actor, code in (
        (rc.HoldRecordings(STREAM, "再次"), WITNESS, "already_requested"),
        (EXPIRE, CENTRE, "recordings_held"),
        (rc.FreeRecordings(STREAM, "了结"), CENTRE, "already_approved"),
        (rc.FreeRecordings(STREAM, " "), WITNESS, "reason_needed"),
        (rc.HoldRecordings("evaluation/none", "x"), WITNESS, "bad_value"),
        (rc.HoldRecordings(STREAM, "x"), Actor(Party.AGENCY, post="agency-a"), "not_permitted"),
    ):
        with pytest.raises(Refused, match=code):
            play.do_room(command, actor)
    play.do_room(rc.FreeRecordings(STREAM, "投诉已了结"), WITNESS)
    with pytest.raises(Refused, match="nothing_requested"):
        play.do_room(rc.FreeRecordings(STREAM, "x"), WITNESS)
    assert play.room is not None
    assert play.room.held == {}


def test_two_people_delete_once(play: Play) -> None:
    for second in ("", CENTRE.post):
        with pytest.raises(Refused, match="second_person"):
            play.do_room(replace(EXPIRE, second=second or ""), CENTRE)
    play.do_room(EXPIRE, CENTRE)
    with pytest.raises(Refused, match="nothing_new"):
        play.do_room(EXPIRE, CENTRE)
    assert play.room is not None
    assert play.room.expired == {(STREAM, "M1", "seat-1")}


def test_the_whole_journal_leaves_and_comes_back_by_two_people_alone(play: Play) -> None:
    for first, second in (("", "witness-a"), ("centre-a", ""), ("centre-a", "centre-a")):
        with pytest.raises(Refused, match="second_person"):
            play.do_room(rc.RecoverJournal(3, "2026-03-02T09:00:00+08:00", first, second))
    play.do_room(rc.RecoverJournal(3, "2026-03-02T09:00:00+08:00", "centre-a", "witness-a"))
    play.do_room(rc.RecoverJournal(3, "2026-03-02T09:00:00+08:00"))  # restored by a program that asked nobody
    with pytest.raises(Refused, match="second_person"):
        play.do_room(rc.ExportJournal("centre-a"), CENTRE)
    play.do_room(rc.ExportJournal("witness-a"), CENTRE)
    with pytest.raises(Refused, match="not_permitted"):
        play.do_room(rc.ExportJournal("witness-a"), Actor(Party.AGENCY, post="agency-a"))

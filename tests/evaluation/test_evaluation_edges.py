"""The edges of the procedure: entries that speak of nobody, and what is asked or looked for too early or too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from acts_filled import PAPER as SCAN
from evaluation_factory import AGENCY, CENTRE, STREAM, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import offered, seen
from phased import constituted, second_envelope, working

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.events import Event
from app.evaluation.evolve import evolve
from app.evaluation.masking import readable_files
from app.evaluation.matters.coefficients import purpose_of
from app.evaluation.matters.envelope import below_line
from app.evaluation.matters.forms import FORMS, FormKind, PrintForm
from app.evaluation.matters.leave.records import AskLeave, GrantLeave, LeaveAsked, LeaveEnded
from app.evaluation.matters.low_price.decisions import hits
from app.evaluation.matters.paper import PAPER
from app.evaluation.matters.paper.records import EnterPaper
from app.evaluation.matters.pause.records import EvaluationResumed, PresenceVerified
from app.evaluation.matters.reevaluation import ApproveReevaluation, AskReevaluation
from app.evaluation.matters.replacement import AddMembers, ApproveReplacement, AskReplacement, MemberReplaced
from app.evaluation.matters.termination import ApproveTermination, AskTermination
from app.evaluation.matters.walk_out import RecordWalkOut, WalkOutAttested
from app.evaluation.model import SheetKind
from app.evaluation.papers import Paper
from app.evaluation.room import commands as rc
from app.evaluation.stages import MemberStage
from app.evaluation.tally import bids_behind
from app.rules.model import Party

REGULATOR, TENDEREE = Actor(Party.REGULATOR, post="regulator-a"), Actor(Party.TENDEREE, post="tenderee-a")
NEWCOMER = {"ref": "p9", "kind": "expert", "authorised": False}
SHEET = Paper(**SCAN)


def told(it: Play, event: Event, actor: Actor = SYSTEM) -> Any:
    """What the state becomes after an entry that nobody decided."""
    return evolve(it.it, event, actor, it.tick(), STREAM)


@pytest.mark.parametrize(
    "event",
    [
        LeaveEnded("M99", "face", "0.7", "sface-1"),
        PresenceVerified("M99", "face", "0.7", "sface-1"),
        EvaluationResumed("继续", None, None),
        MemberReplaced("M99", "absent"),
        WalkOutAttested("M99", "离开"),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_entry_that_speaks_of_nobody_changes_nothing(event: Event) -> None:
    """A package may hold any entry: reading it on must not fall over, its check names the entry."""
    it = at("marking")
    assert told(it, event, CENTRE) == replace(it.it, size=it.it.size + 1)


def test_a_request_of_nobody_is_neither_offered_nor_granted() -> None:
    it = at("marking")
    it.state = told(it, LeaveAsked("M99", "meal", ""))
    assert offered(it, CENTRE, "GrantLeave") == []
    with refused("unknown_member", "$.alias"):
        it.do(GrantLeave("M99"), CENTRE)


def test_a_review_has_no_phases() -> None:
    it = at("reviewed", "GC")
    with refused("unknown_phase", "$.phase"):
        it.do(c.RepeatStage("1", "review", "committee", "有一项看错", "tech"), member(it.it.chair or ""))


def test_the_signed_review_of_qualification_can_be_read_where_the_bids_can() -> None:
    it = at("reviewing", "ZC")
    paper = it.it.lots["1"].lot.qualification
    assert paper is not None
    assert paper.paper.sha256 in readable_files(it.it, member(it.it.committee[0]))
    assert paper.paper.sha256 not in readable_files(it.it, Actor(Party.KIOSK))


def test_each_coefficient_is_drawn_by_itself() -> None:
    assert purpose_of("1", "K") != purpose_of("1", "L") != purpose_of("2", "L")


def test_without_a_line_no_second_envelope_stays_closed() -> None:
    it = working(lambda lot: (second_envelope(lot), lot.update(pass_line=None)))
    assert below_line(it.it, it.it.lots["1"]) == ()


def test_codes_say_nothing_before_they_are_opened() -> None:
    it = at("marking")
    lot = it.it.lots["1"]
    with pytest.raises(LookupError):
        bids_behind(it.it, lot, lot.rounds(SheetKind.MARKS)[-1], it.it.committee[0])


def test_of_a_sheet_that_stands_from_before_the_round_has_no_seal() -> None:
    it = at("marked")
    found = it.it.lots["1"].marks[-1]
    assert set(found.sealed_here()) == set(found.sealed) == set(it.it.committee)
    assert at("marking").it.lots["1"].marks[-1].sealed_here() == {}


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_printed_forms_are_told_to_staff_and_in_the_report_of_their_lot(track: str) -> None:
    it = at("marking", track)
    one = it.it.committee[0]
    it.do(PrintForm("pledge", "", (), "", 3), CENTRE)
    it.do(PrintForm("marks", "1", (one,), "", 1), CENTRE)
    shown = seen(it, CENTRE, "forms")
    assert [printed["number"] for printed in shown["printed"]] == [1, 2]
    assert set(shown["forms"]) == set(FormKind)
    assert seen(it, member(one), "forms") == {}
    lines = [line.text for line in FORMS.report(it.it, "1")]
    assert lines[0].endswith("共 3 份。")
    assert f"（{one}）" in lines[1]
    assert len(FORMS.report(it.it, "2")) == 1


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (PrintForm("pledge", "1", (), "", 1), "bad_value", "$.lot"),
        (PrintForm("pledge", "", (), "AskLeave", 1), "bad_value", "$.act"),
        (PrintForm("pledge", "", ("M9",), "", 1), "unknown_member", "$.aliases"),
        (PrintForm("pledge", "", (), "", 0), "wrong_copies", "$.copies"),
        (PrintForm("essay", "", (), "", 1), "bad_value", "$.form"),
    ],
)
def test_no_form_is_printed_that_could_not_be_counted(command: PrintForm, code: str, where: str) -> None:
    with refused(code, where):
        at("marking").do(command, CENTRE)


def test_no_price_is_low_while_prices_lie_in_second_envelopes() -> None:
    it = working(second_envelope)
    assert hits(it.it, it.it.lots["1"]) == []


def test_who_walked_out_is_not_recorded_where_the_rules_know_no_absence() -> None:
    it = at("marking")
    one = next(a for a in it.it.committee if a != it.it.chair)
    it.do(AskLeave("washroom", ""), member(one))
    it.now += timedelta(minutes=60)
    rules = it.it.ruleset
    it.state = replace(it.it, ruleset=replace(rules, procedure=replace(rules.procedure, replacement_grounds={})))
    with refused("no_lawful_ground", "absent"):
        it.do(RecordWalkOut(one, "洗手间、走廊均无人"), CENTRE)


def test_a_paper_that_is_not_settled_yet_is_not_reported() -> None:
    it = at("confirming", "ZC")
    it.do(EnterPaper("confirm", it.it.committee[0], "1", SHEET, "", "席位显示器故障"), CENTRE)
    assert PAPER.report(it.it, "1") == []


def test_what_was_ended_without_result_is_not_evaluated_again() -> None:
    it = at("marking", "ZC")
    it.do(AskTermination("204", "采购任务取消"), CENTRE)
    it.do(ApproveTermination("依据采购人来函"), TENDEREE)
    ask = AskReevaluation("1", "sum", "质疑成立", "2026-03-20T09:00:00+08:00")
    with refused("not_closed", STREAM):
        it.do(ask, AGENCY)
    it.issue("1", b"report", 1)
    it.leave()
    it.close()
    with refused("no_lawful_ground", "$.lot"):
        it.do(ask, AGENCY)


def test_a_member_who_was_replaced_does_not_come_to_the_new_session() -> None:
    it = at("closed", "ZC")
    gone = next(one for one in it.it.members.values() if one.alias != it.it.chair)
    it.state = told(it, MemberReplaced(gone.alias or "", "absent"))
    it.do(AskReevaluation("1", "sum", "质疑成立", "2026-03-20T09:00:00+08:00"), AGENCY)
    it.do(ApproveReevaluation("1", "同意重新评审"), REGULATOR)
    assert (it.it.members[gone.ref].slot, it.it.members[gone.ref].seat) == (None, None)
    assert {one.stage for one in it.it.members.values() if one.ref != gone.ref} == {MemberStage.EXPECTED}


def replaced(it: Play) -> str:
    one = next(m.alias or "" for m in it.it.pledged if m.alias != it.it.chair and m.kind.value == "expert")
    it.do(AskReplacement(one, "absent", "离席两小时未归"), CENTRE)
    it.do(ApproveReplacement(one, "情况属实"), WITNESS)
    return one


def test_who_asked_is_not_offered_the_answer() -> None:
    it = at("marked", "ZC")
    one = next(m.alias or "" for m in it.it.pledged if m.alias != it.it.chair)
    it.do(AskReplacement(one, "absent", "离席两小时未归"), CENTRE)
    assert offered(it, CENTRE, "ApproveReplacement") == []
    assert len(offered(it, WITNESS, "ApproveReplacement")) == 1
    it = at("closed", "ZC")
    it.do(AskReevaluation("1", "sum", "质疑成立", "2026-03-20T09:00:00+08:00"), AGENCY)
    assert offered(it, AGENCY, "ApproveReevaluation", "AskReevaluation") == []
    assert len(offered(it, REGULATOR, "ApproveReevaluation")) == 1


def test_a_committee_is_composed_again_only_when_it_would_be_lawful() -> None:
    it = at("marked", "ZC")
    replaced(it)
    assert offered(it, CENTRE, "RecomposeCommittee") == []  # four members: even
    assert seen(it, WITNESS, "replacement")["vacant"]
    assert seen(it, AGENCY, "replacement") == {}
    it.do(AddMembers((NEWCOMER,), "ab" * 32, "补抽一人"), CENTRE)
    it.pledge(it.arrive("p9"))
    (act,) = offered(it, CENTRE, "RecomposeCommittee")
    assert act["urgent"]


def test_the_room_keeps_papers_and_sessions_in_order() -> None:
    it = at("opened")
    it.do_room(rc.KeepPaper("ab" * 32, 9), CENTRE)
    assert it.room is not None
    assert it.room.papers["ab" * 32].bytes == 9
    with refused("not_permitted"):
        it.do_room(rc.DropPaper("ab" * 32), CENTRE)
    it.do_room(rc.DropPaper("ab" * 32))
    assert it.room.papers == {}
    with refused("bad_value", "$.sha256"):
        it.do_room(rc.DropPaper("ab" * 32))
    for digest, size in (("AB" * 32, 9), ("ab" * 32, 0)):
        with refused("bad_value", "$.sha256"):
            it.do_room(rc.KeepPaper(digest, size), CENTRE)
    with refused("not_open", "$.stream"):
        it.do_room(rc.OpenSession("evaluation/none", 2))
    with refused("bad_value", "$.session"):
        it.do_room(rc.OpenSession(STREAM, 3))
    assert constituted().it.session == 1

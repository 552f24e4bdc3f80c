"""Papers instead of steps: entered by the centre, checked by the witness, by every rule of the step."""

from __future__ import annotations

from typing import Any

import pytest
from acts_filled import PAPER as SCAN
from acts_filled import REGULATOR, filled, offered, take
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.matters.paper import PAPER
from app.evaluation.matters.paper.records import (
    ConfirmPaper,
    EnterPaper,
    EnvelopeKept,
    KeepEnvelope,
    PaperEntered,
    RejectPaper,
)
from app.evaluation.matters.pause import PauseEvaluation
from app.evaluation.matters.presence.records import LockSeat
from app.evaluation.papers import Paper
from app.evaluation.redaction import told
from app.evaluation.registry import read_command
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view

SHEET = Paper(**SCAN)
WHY = "席位显示器故障"


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def enter(what: str, alias: str, lot: str = "", words: str = "", paper: Paper = SHEET, reason: str = WHY) -> EnterPaper:
    return EnterPaper(what, alias, lot, paper, words, reason)


def course(it: Play) -> str:
    return "\n".join(line.text for line in PAPER.report(it.it, "1"))


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_confirmation_on_paper_takes_the_place_of_the_members_own(track: str) -> None:
    it = at("confirming", track)
    first, *others = it.it.committee
    assert it.do(enter("confirm", first, "1"), CENTRE) == ["PaperEntered"]
    assert first not in it.it.lots["1"].opinions
    assert it.do(ConfirmPaper(1, SHEET.sha256), WITNESS) == ["PaperConfirmed", "ResultConfirmed"]
    assert it.it.lots["1"].opinions == {first: None}
    for alias in others[:-1]:
        it.do(c.ConfirmResult("1"), member(alias))
    it.do(enter("dissent", others[-1], "1", "第二家业绩不应认定。"), CENTRE)
    events = it.do(ConfirmPaper(2, SHEET.sha256), WITNESS)
    assert events == ["PaperConfirmed", "ResultDissented", "ReportDue"]
    assert it.it.lots["1"].opinions[others[-1]] == "第二家业绩不应认定。"
    sound(it)
    assert f"{first}的同意评标报告" in course(it)
    assert SHEET.sha256 in course(it)
    assert "第二家业绩不应认定。" in course(it)


def test_discipline_and_pledge_on_paper() -> None:
    it = at("drawn")
    alias = it.arrive("p1")
    stage = it.it.by_alias(alias)
    assert stage is not None
    if stage.stage.value == "seat_drawn":
        it.do(c.OpenSeat("0.69", "sface"), member(alias))
    if stage.stage.value != "briefed":
        it.do(enter("discipline", alias), CENTRE)
        assert it.do(ConfirmPaper(1, SHEET.sha256), WITNESS) == ["PaperConfirmed", "DisciplineRead"]
    number = len(PAPER.view(it.it, CENTRE).get("entries", [])) + 1
    it.do(enter("pledge", alias), CENTRE)
    assert it.do(ConfirmPaper(number, SHEET.sha256), WITNESS) == ["PaperConfirmed", "PledgeGiven"]
    found = it.it.by_alias(alias)
    assert found is not None
    assert found.stage.value == "pledged"
    sound(it)


def test_other_papers_only_lie_with_the_record() -> None:
    it = at("marking")
    it.do(enter("other", "", "", "场内供电情况说明"), CENTRE)
    it.do(enter("sign_in", it.it.committee[0]), CENTRE)
    for number in (1, 2):
        assert it.do(ConfirmPaper(number, SHEET.sha256), WITNESS) == ["PaperConfirmed"]
    assert "场内的其他材料，全文“场内供电情况说明”" in course(it)
    sound(it)


def test_only_what_the_member_could_do_at_the_seat() -> None:
    it = at("marking")
    alias = it.it.committee[0]
    with refused("wrong_stage"):
        it.do(enter("confirm", alias, "1"), CENTRE)
    with refused("wrong_member_stage"):
        it.do(enter("pledge", alias), CENTRE)
    it = at("confirming")
    it.do(enter("confirm", alias, "1"), CENTRE)
    it.do(c.ConfirmResult("1"), member(alias))
    assert not offered(it, WITNESS, "ConfirmPaper")  # the seat was faster
    assert offered(it, WITNESS, "RejectPaper")
    with refused("already_answered"):
        it.do(ConfirmPaper(1, SHEET.sha256), WITNESS)
    it.do(RejectPaper(1, "成员已在席位确认"), WITNESS)
    sound(it)


@pytest.mark.parametrize("what", ["ballot", "review", "marks"])
def test_secret_sheets_are_never_scanned_and_their_envelope_stays_shut(what: str) -> None:
    it = at("marking")
    alias = it.it.committee[0]
    with refused("stays_secret", "$.what"):
        it.do(enter(what, alias, "" if what == "ballot" else "1"), CENTRE)
    lot = "" if what == "ballot" else "1"
    assert it.do(KeepEnvelope(what, alias, lot, "信封 7 号", WHY), CENTRE) == ["EnvelopeKept"]
    with refused("not_the_same_paper", "$.seen"):
        it.do(ConfirmPaper(1, "信封 8 号"), WITNESS)
    assert it.do(ConfirmPaper(1, "信封 7 号"), WITNESS) == ["PaperConfirmed"]
    assert not it.it.lots["1"].marks[-1].sealed
    assert "密封信封 信封 7 号" in course(it)
    sound(it)


def test_what_is_refused() -> None:
    it = at("confirming")
    alias = it.it.committee[0]
    for command, code, where in (
        (enter("essay", alias), "bad_value", "$.what"),
        (enter("confirm", "M9", "1"), "unknown_member", "$.alias"),
        (enter("confirm", alias, "9"), "unknown_lot", None),
        (enter("sign_in", alias, "1"), "bad_value", "$.lot"),
        (enter("confirm", alias, "1", reason=" "), "reason_needed", "$.reason"),
        (enter("dissent", alias, "1"), "reason_needed", "$.words"),
        (enter("confirm", alias, "1", paper=Paper("00", 1, "x")), "bad_value", "$.paper"),
        (enter("confirm", alias, "1", paper=Paper("ab" * 32, 0, "x")), "bad_value", "$.paper"),
        (enter("confirm", alias, "1", paper=Paper("ab" * 32, 1, " ")), "reason_needed", "$.paper.title"),
        (KeepEnvelope("confirm", alias, "1", "7", WHY), "no_envelope_needed", "$.what"),
        (KeepEnvelope("marks", alias, "1", " ", WHY), "reason_needed", "$.label"),
    ):
        with refused(code, where):
            it.do(command, CENTRE)
    with refused("no_such_paper", "$.number"):
        it.do(ConfirmPaper(1, SHEET.sha256), WITNESS)
    it.do(enter("confirm", alias, "1"), CENTRE)
    with refused("not_the_same_paper", "$.seen"):
        it.do(ConfirmPaper(1, "00" * 32), WITNESS)
    with refused("reason_needed", "$.reason"):
        it.do(RejectPaper(1, ""), WITNESS)
    it.do(RejectPaper(1, "签名不是本人"), WITNESS)
    with refused("paper_settled", "$.number"):
        it.do(ConfirmPaper(1, SHEET.sha256), WITNESS)
    assert "未予采用（签名不是本人）" in course(it)
    sound(it)


@pytest.mark.parametrize(
    ("command", "good"),
    [
        (enter("other", "", words="x"), CENTRE),
        (KeepEnvelope("marks", "M1", "1", "7", WHY), CENTRE),
        (ConfirmPaper(1, SHEET.sha256), WITNESS),
        (RejectPaper(1, "x"), WITNESS),
    ],
)
def test_one_enters_and_another_checks(command: c.Command, good: Any) -> None:
    it = at("marking")
    it.do(enter("other", "", words="x"), CENTRE)
    for actor in (CENTRE, WITNESS, AGENCY, KIOSK, REGULATOR, member(it.it.committee[0])):
        if actor is not good:
            with refused("not_permitted"):
                it.do(command, actor)
    it.do(command, good)


def test_staff_and_the_member_see_it_and_nobody_else() -> None:
    it = at("confirming")
    mine, other = it.it.committee[:2]
    entered = PaperEntered(1, "dissent", mine, "1", SHEET, "不同意见", WHY)
    envelope = EnvelopeKept(2, "marks", mine, "1", "7", WHY)
    it.do(enter("dissent", mine, "1", "不同意见"), CENTRE)
    for event in (entered, envelope):
        assert told(it.it, event, CENTRE) is told(it.it, event, member(mine)) is Told.WHOLE
        for actor in (member(other), AGENCY, KIOSK):
            assert told(it.it, event, actor) is Told.NOTHING
    for actor, sees in (
        (CENTRE, True),
        (REGULATOR, True),
        (member(mine), True),
        (member(other), False),
        (AGENCY, False),
    ):
        seen = view(it.it, actor)
        assert seen is not None
        assert ("paper" in seen["matters"]) is sees


def test_what_holds_back_the_step_holds_back_its_paper() -> None:
    it = at("confirming")
    alias = it.it.committee[0]
    it.do(enter("confirm", alias, "1"), CENTRE)
    it.do(enter("other", alias, words="说明"), CENTRE)
    it.do(PauseEvaluation("order", "行政监督部门要求"), WITNESS)
    with refused("paused"):
        it.do(ConfirmPaper(1, SHEET.sha256), WITNESS)
    with refused("paused"):
        it.do(enter("confirm", it.it.committee[1], "1"), CENTRE)
    (other,) = offered(it, WITNESS, "ConfirmPaper")
    assert other["data"]["number"] == 2, "what stands for no step only lies with the record"
    assert [act["data"]["number"] for act in offered(it, WITNESS, "RejectPaper")] == [1, 2]
    assert {act["data"]["what"] for act in offered(it, CENTRE, "EnterPaper")} == {"sign_in", "other"}


def test_a_paper_may_be_entered_of_whoever_is_not_held_back() -> None:
    it = at("confirming")
    first, second = it.it.committee[:2]
    it.do(enter("confirm", first, "1"), CENTRE)
    it.do(enter("confirm", second, "1"), CENTRE)
    it.do(LockSeat("camera_lost", 900), member(first))
    (ask,) = offered(it, WITNESS, "ConfirmPaper")
    assert ask["data"]["number"] == 2
    with refused("presence_locked", first):
        it.do(ConfirmPaper(1, SHEET.sha256), WITNESS)
    assert {act["data"]["what"] for act in offered(it, CENTRE, "EnterPaper")} >= {"confirm", "dissent"}


@pytest.mark.parametrize("stage", ["arrived", "constituted", "reviewing", "marking", "confirming"])
def test_every_act_that_is_offered_is_taken(stage: str) -> None:
    it = at(stage)
    offers = offered(it, CENTRE, "EnterPaper", "KeepEnvelope")
    assert offers
    assert not offered(it, WITNESS, "ConfirmPaper")
    for index in range(len(offers)):
        fresh = at(stage)
        act = offered(fresh, CENTRE, "EnterPaper", "KeepEnvelope")[index]
        fresh.do(read_command(act["command"], filled(act)), CENTRE)
        (ask,) = offered(fresh, WITNESS, "ConfirmPaper")
        assert (ask["urgent"], ask["grave"]) == (True, True)
        rejecting = offered(fresh, WITNESS, "RejectPaper")
        take(fresh, WITNESS, "ConfirmPaper")
        assert not offered(fresh, WITNESS, "ConfirmPaper", "RejectPaper")
        assert len(rejecting) == 1
        sound(fresh)
    for viewer in (AGENCY, WITNESS, member(it.it.members["p1"].alias or "")):
        assert not offered(it, viewer, "EnterPaper", "KeepEnvelope")

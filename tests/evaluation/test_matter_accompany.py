"""Beside a platform: its turn, its export, what the committee makes of the check, who is told what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from accompanied_play import answer, ask, beside, chair, check, note, send
from acts_filled import REGULATOR, TENDEREE, offered, take
from evaluation_case import tender_json
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import refused
from test_evaluation_walks import asked, people, plain
from test_matter_reevaluation import come_again

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM
from app.evaluation.evolve import evolve
from app.evaluation.matters.accompany import seen
from app.evaluation.matters.accompany.records import (
    AskPlatformCorrection,
    NotePlatform,
    PlatformChecked,
    PlatformCorrectionAsked,
    current,
)
from app.evaluation.matters.back_step import ApproveBackStep, AskBackStep
from app.evaluation.matters.opinion import GiveTenderOpinion
from app.evaluation.matters.reevaluation import ApproveReevaluation, AskReevaluation
from app.evaluation.matters.replacement.records import (
    AddMembers,
    ApproveReplacement,
    AskReplacement,
    RecomposeCommittee,
)
from app.evaluation.redaction import told
from app.evaluation.registry import COMMANDS
from app.evaluation.replay import check as replayed
from app.evaluation.stages import LotStage
from app.evaluation.steps import Step, console_steps, member_step
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

ALONE = ("review",)


def stage(it: Play, lot: str = "1") -> LotStage:
    return it.it.lots[lot].stage


def seen_by(it: Play, viewer: Any) -> dict[str, Any]:
    return dict((view(it.it, viewer) or {})["matters"].get("accompany", {}))


def whole(it: Play) -> None:
    """Every entry is one that the procedure makes again."""
    assert replayed(it.log.entries)[1] is None


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_with_nothing_carried_the_platforms_turn_follows_the_chair(track: str) -> None:
    it = beside(track)
    assert stage(it) is LotStage.ACCOMPANYING
    assert it.it.lots["1"].reviews == ()
    assert it.it.lots["1"].marks == ()
    assert {member_step(it.it, m) for m in it.it.pledged} == {Step("wait_platform", "1", act=False)}
    assert send(it, answer(live=len(it.it.lots["1"].lot.bids))) == ["PlatformChecked"]
    assert note(it, "") == ["PlatformNoted", "ConfirmationDue"]
    for alias in it.it.committee:
        it.do(c.ConfirmResult("1"), member(alias))
    assert stage(it) is LotStage.REPORTING
    whole(it)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_with_the_review_carried_the_platforms_turn_follows_the_review(track: str) -> None:
    it = beside(track, *ALONE)
    assert stage(it) is LotStage.REVIEWING
    it.review("1")
    it.conclude("1")
    assert stage(it) is LotStage.ACCOMPANYING
    assert it.it.lots["1"].marks == ()
    whole(it)


def test_with_review_and_marks_carried_nothing_changes_but_the_report() -> None:
    it = beside("ZC", "review", "marks")
    it.review("1")
    it.conclude("1")
    assert stage(it) is LotStage.MARKING
    assert not it.it.ruleset.procedure.carries_report


def test_a_lot_without_enough_qualified_bids_never_goes_to_the_platform() -> None:
    tender = tender_json("ZC")
    for result in tender["lots"][0]["qualification"]["results"][:2]:
        result |= {"passed": False, "reason": "未提供证明"}
    it = beside("ZC", tender=tender)
    assert it.it.lots["1"].failed == "too_few_bids"
    assert stage(it) is LotStage.CONFIRMING
    with refused("wrong_stage"):
        send(it, answer())


def test_consoles_are_asked_for_the_export_until_it_is_there_and_again_for_a_correction() -> None:
    it = beside("ZC")
    asked = [Step("send_platform", "1", act=True)]
    assert [console_steps(it.it, role) for role in (Party.AGENCY, Party.CENTRE)] == [asked, asked]
    assert console_steps(it.it, Party.TENDEREE) == console_steps(it.it, Party.WITNESS) == []
    send(it, answer(1))
    assert console_steps(it.it, Party.AGENCY) == []
    ask(it)
    assert console_steps(it.it, Party.AGENCY) == asked
    alone = replace(it.it, tender=replace(it.it.tender, agency=""))
    assert console_steps(alone, Party.TENDEREE) == asked


def test_every_fault_is_explained_or_put_right() -> None:
    it = beside("ZC")
    with refused("nothing_checked"):
        note(it)
    with refused("nothing_checked"):
        ask(it)
    send(it, answer(2, 1))
    with refused("reason_needed"):
        note(it, "  ")
    with refused("same_export"):
        send(it, answer(2, 1))
    with refused("reason_needed"):
        it.do(AskPlatformCorrection("1", ""), chair(it))
    assert ask(it) == ["PlatformCorrectionAsked"]
    with refused("correction_awaited"):
        note(it)
    send(it, answer(0, 1), name="put right")
    note(it, "")
    assert stage(it) is LotStage.CONFIRMING
    whole(it)


def test_only_the_chair_speaks_for_the_committee() -> None:
    it = beside("ZC")
    send(it, answer(1))
    other = next(member(alias) for alias in it.it.committee if alias != it.it.chair)
    for command in (AskPlatformCorrection("1", "更正"), NotePlatform("1", "说明", False)):
        with refused("not_the_chair"):
            it.do(command, other)
        with refused("not_permitted"):
            it.do(command, WITNESS)
    for actor in (WITNESS, REGULATOR, KIOSK, chair(it)):
        with refused("not_permitted"):
            it.do(check(answer(), name="other"), actor)


@pytest.mark.parametrize(
    ("where", "changed"),
    [
        ("$.sha256", {"sha256": "ab"}),
        ("$.bytes", {"bytes": 0}),
        ("$.form", {"form": "pdf"}),
        ("$.answer", {"answer": {}}),
        ("$.answer", {"answer": answer() | {"remarks": {}}}),
        ("$.answer", {"answer": answer() | {"faults": -1}}),
        ("$.answer", {"answer": answer() | {"live": "3"}}),
        ("$.answer", {"answer": answer() | {"hints": True}}),
        ("$.answer", {"answer": answer(2) | {"hints": 1}}),
        ("$.answer", {"answer": answer(501)}),
    ],
)
def test_an_answer_of_another_shape_is_refused_by_place(where: str, changed: dict[str, Any]) -> None:
    it = beside("ZC")
    with refused("bad_value", where):
        it.do(check(answer(), **changed), AGENCY)


def test_the_worst_five_hundred_remarks_are_kept_and_the_rest_counted() -> None:
    it = beside("ZC")
    send(it, answer(600, left_out=100))
    found = current(it.it, "1")
    assert found is not None
    assert len(found.check.answer["remarks"]) == 500
    assert found.count("left_out") == 100


def test_too_few_bids_on_the_platform_end_the_lot_in_procurement() -> None:
    it = beside("ZC")
    send(it, answer(live=2))
    with refused("no_lawful_ground", "$.failed"):
        note(it)
    with refused("reason_needed"):
        note(it, "", failed=True)
    assert note(it, "两家被认定投标无效", failed=True) == ["PlatformNoted", "LotFailed"]
    assert it.it.lots["1"].failed == "too_few_bids"
    with refused("nothing_checked"):
        ask(it)
    for alias in it.it.committee:
        it.do(GiveTenderOpinion("1", False, False, ""), member(alias))
        it.do(c.ConfirmResult("1"), member(alias))
    assert stage(it) is LotStage.REPORTING
    whole(it)


def test_in_works_the_committee_may_find_two_bids_competitive_but_never_none() -> None:
    it = beside("GC")
    send(it, answer(live=2))
    acts = offered(it, chair(it), "NotePlatform")
    assert [act["data"]["failed"] for act in acts] == [False, True]
    note(it, "两家仍具竞争性")
    assert stage(it) is LotStage.CONFIRMING
    none = beside("GC")
    send(none, answer(live=0))
    with refused("no_lawful_ground", "$.failed"):
        note(none)
    with refused("no_lawful_ground", "$.failed"):
        enough = beside("GC")
        send(enough, answer(live=4))
        note(enough, "说明", failed=True)


def test_a_fault_that_is_found_while_members_sign_brings_the_platforms_turn_again() -> None:
    it = beside("ZC")
    send(it, answer())
    note(it, "")
    it.do(c.ConfirmResult("1"), member(it.it.committee[0]))
    assert ask(it) == ["PlatformCorrectionAsked", "PlatformDue"]
    assert stage(it) is LotStage.ACCOMPANYING
    assert it.it.lots["1"].opinions == {}
    assert current(it.it, "1") is None
    send(it, answer())  # the same bytes may stand again: nothing of before counts
    note(it, "")
    assert stage(it) is LotStage.CONFIRMING
    whole(it)


def test_a_recomposed_committee_has_the_platforms_turn_anew() -> None:
    it = beside("ZC")
    send(it, answer(1))
    gone = next(m for m in it.it.pledged if m.alias != it.it.chair and m.kind.value == "expert")
    ground = next(iter(it.it.ruleset.procedure.replacement_grounds))
    it.do(AskReplacement(gone.alias or "", ground, "突发疾病"), CENTRE)
    it.do(ApproveReplacement(gone.alias or "", "属实"), WITNESS)
    with refused("committee_incomplete"):
        note(it)
    it.do(AddMembers(({"ref": "p9", "kind": "expert", "authorised": False},), "ab" * 32, "补抽"), CENTRE)
    it.pledge(it.arrive("p9"))
    assert it.do(RecomposeCommittee(), CENTRE) == ["CommitteeRecomposed", "PlatformDue"]
    assert stage(it) is LotStage.ACCOMPANYING
    assert current(it.it, "1") is None
    whole(it)


def test_a_lot_that_failed_before_fails_again_when_the_committee_is_recomposed() -> None:
    tender = tender_json("ZC", ("1", "2"))
    for result in tender["lots"][0]["qualification"]["results"][:2]:
        result |= {"passed": False, "reason": "未提供证明"}
    it = beside("ZC", tender=tender)
    gone = next(m for m in it.it.pledged if m.alias != it.it.chair and m.kind.value == "expert")
    ground = next(iter(it.it.ruleset.procedure.replacement_grounds))
    it.do(AskReplacement(gone.alias or "", ground, "突发疾病"), CENTRE)
    it.do(ApproveReplacement(gone.alias or "", "属实"), WITNESS)
    it.do(AddMembers(({"ref": "p9", "kind": "expert", "authorised": False},), "ab" * 32, "补抽"), CENTRE)
    it.pledge(it.arrive("p9"))
    assert it.do(RecomposeCommittee(), CENTRE) == ["CommitteeRecomposed", "LotFailed", "PlatformDue"]
    assert (stage(it), stage(it, "2")) == (LotStage.CONFIRMING, LotStage.ACCOMPANYING)
    whole(it)


def test_a_replaced_chair_is_chosen_anew_and_then_it_is_the_platforms_turn() -> None:
    it = beside("ZC")
    old = it.it.chair or ""
    ground = next(iter(it.it.ruleset.procedure.replacement_grounds))
    it.do(AskReplacement(old, ground, "突发疾病"), CENTRE)
    it.do(ApproveReplacement(old, "属实"), WITNESS)
    it.do(AddMembers(({"ref": "p9", "kind": "expert", "authorised": False},), "ab" * 32, "补抽"), CENTRE)
    it.pledge(it.arrive("p9"))
    assert it.do(RecomposeCommittee(), CENTRE) == ["CommitteeRecomposed"]
    it.choose_chair()
    assert stage(it) is LotStage.ACCOMPANYING
    whole(it)


def test_one_may_go_back_to_a_review_that_is_carried_and_to_nothing_else() -> None:
    it = beside("GC")
    send(it, answer(1, live=4))
    assert offered(it, chair(it), "AskBackStep") == []
    with refused("bad_value", "$.to"):
        it.do(AskBackStep("1", "reviewing", "漏审一项"), chair(it))
    it = beside("GC", *ALONE)
    it.review("1")
    it.conclude("1")
    send(it, answer(1, live=4))
    act = offered(it, chair(it), "AskBackStep")[0]
    assert [option["value"] for option in act["fields"][0]["options"]] == ["reviewing"]
    it.do(AskBackStep("1", "reviewing", "漏审一项"), chair(it))
    with refused("back_step_open"):
        note(it)
    approver = WITNESS if Party.WITNESS in it.it.ruleset.procedure.back_step else REGULATOR
    it.do(ApproveBackStep("1", "属实"), approver)
    assert stage(it) is LotStage.REVIEWING
    assert "accompany" not in (view(it.it, WITNESS) or {})["matters"]
    it.review("1")
    it.conclude("1")
    assert stage(it) is LotStage.ACCOMPANYING
    assert current(it.it, "1") is None
    whole(it)


def test_what_a_check_found_is_for_committee_witness_and_regulator_and_for_others_counts() -> None:
    it = beside("ZC")
    assert seen_by(it, CENTRE)["lots"]["1"]["current"] is None
    send(it, answer(1, 2))
    event = PlatformChecked("1", "ab" * 32, 900, "json", answer(1, 2))
    for viewer in (WITNESS, REGULATOR, chair(it), member(it.it.committee[-1])):
        assert seen_by(it, viewer)["lots"]["1"]["found"]["faults"] == 1
        assert told(it.it, event, viewer) is Told.WHOLE
    for viewer in (CENTRE, AGENCY, TENDEREE):
        lot = seen_by(it, viewer)["lots"]["1"]
        assert lot["found"] is None
        assert lot["note"] is None
        assert (lot["current"]["faults"], lot["current"]["hints"]) == (1, 2)
        assert told(it.it, event, viewer) is Told.HAPPENED
        assert told(it.it, PlatformCorrectionAsked("1", "更正"), viewer) is Told.WHOLE
    assert told(it.it, event, KIOSK) is Told.NOTHING
    away = replace(it.it, locked=frozenset(it.it.committee))
    assert seen.view(away, chair(it))["lots"]["1"]["found"] is None
    assert seen.view(it.it, KIOSK) == {}


def test_the_acts_are_the_chairs_and_are_taken_as_offered() -> None:
    it = beside("ZC")
    assert offered(it, chair(it), "NotePlatform", "AskPlatformCorrection") == []
    send(it, answer(1))
    for viewer in (CENTRE, WITNESS, AGENCY, next(member(a) for a in it.it.committee if a != it.it.chair)):
        assert offered(it, viewer, "NotePlatform", "AskPlatformCorrection") == []
    assert take(it, chair(it), "AskPlatformCorrection") == ["PlatformCorrectionAsked"]
    assert offered(it, chair(it), "NotePlatform") == []
    send(it, answer(0), name="put right")
    assert take(it, chair(it), "NotePlatform") == ["PlatformNoted", "ConfirmationDue"]
    assert [act["command"] for act in offered(it, chair(it), "AskPlatformCorrection")] == ["AskPlatformCorrection"]
    for alias in it.it.committee:
        it.do(c.ConfirmResult("1"), member(alias))
    assert offered(it, chair(it), "AskPlatformCorrection") == []
    failed = beside("ZC")
    send(failed, answer(live=1))
    assert take(failed, chair(failed), "NotePlatform") == ["PlatformNoted", "LotFailed"]
    assert offered(failed, chair(failed), "AskPlatformCorrection") == []


def test_notices_say_what_is_awaited_of_which_lot() -> None:
    it = beside("ZC", lots=("1", "2"))

    def notices() -> list[str]:
        return [notice["text"]["zh"] for notice in seen_by(it, member(it.it.committee[0]))["notices"]]

    assert all(words in text for words, text in zip(("采购包 1：", "采购包 2："), notices(), strict=True))
    send(it, answer(3))
    assert "差错 3 项" in notices()[0]
    ask(it)
    assert "等待新导出" in notices()[0]
    send(it, answer(), name="again")
    note(it, "")
    assert len(notices()) == 1
    send(it, answer(), "2", name="two")
    note(it, "", "2")
    assert "notices" not in seen_by(it, CENTRE)


def test_the_report_tells_the_course() -> None:
    it = beside("ZC", *ALONE)
    it.review("1")
    it.conclude("1")
    send(it, answer(1))
    ask(it)
    send(it, answer(), name="again")
    note(it, "")
    told_ = [line.text for line in seen.report(it.it, "1")]
    assert "在平台进行" in told_[0]
    assert "第 1 次核验：差错 1 项" in told_[1]
    assert "要求平台更正" in told_[2]
    assert "第 2 次核验：差错 0 项" in told_[3]
    assert "无需说明" in told_[4]


def test_questions_to_bidders_go_on_while_the_platform_is_at_it() -> None:
    it = beside("ZC")
    assert offered(it, chair(it), "AskClarification")


def test_a_further_session_has_the_platforms_turn_anew() -> None:
    it = beside("ZC")
    send(it, answer())
    note(it, "")
    for alias in it.it.committee:
        it.do(c.ConfirmResult("1"), member(alias))
    it.issue("1", b"record", 1)
    assert seen_by(it, TENDEREE)["lots"]["1"]["found"] is None  # the record that is issued says it
    it.leave()
    it.close()
    it.do(AskReevaluation("1", "sum", "质疑成立", "2026-03-20T09:00:00+08:00"), AGENCY)
    it.do(ApproveReevaluation("1", "同意由原评标委员会重新评审"), REGULATOR)
    come_again(it)
    assert stage(it) is LotStage.ACCOMPANYING
    assert current(it.it, "1") is None
    assert send(it, answer()) == ["PlatformChecked"]
    whole(it)


@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("carries", [(), ALONE])
def test_every_command_of_every_role_is_allowed_or_refused_by_name_at_the_platforms_turn(
    carries: tuple[str, ...], checked: bool
) -> None:
    it = beside("GC", *carries)
    if carries:
        it.review("1")
        it.conclude("1")
    if checked:
        send(it, answer(1, live=4))
    for kind in COMMANDS.values():
        command = plain(kind, it)
        for actor in (SYSTEM, KIOSK, *people(it)):
            made = asked(it.it, command, actor, it.tick())
            state = it.it
            for event in made or ():
                state = evolve(state, event, actor, it.tick(), state.stream)
            assert view(state, CENTRE) is not None

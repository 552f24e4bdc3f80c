"""Rejection after the review: code, clause, page and facts, an open vote of all, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from acts_filled import REGULATOR, TENDEREE, all_are_taken, offered, take
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused
from test_matter_clarification import chair, course, other, sound

from app.evaluation import commands as c
from app.evaluation.matters.rejection.records import ProposeRejection, Rejections, StateCompetition, VoteRejection
from app.evaluation.model import SheetKind
from app.evaluation.stages import LotStage
from app.evaluation.tally import result, scoring_case
from app.evaluation.views import view
from app.rules.model import LateRejection

FACTS = "与 C 的投标文件多处异常一致"


def ground(it: Play) -> str:
    return "R7" if it.track == "GC" else "Z6"


def propose(it: Play, bid: str = "B") -> None:
    it.do(ProposeRejection("1", bid, ground(it), "第二章第 3.4 条", "21", FACTS), chair(it))


def vote(it: Play, bid: str = "B", against: int = 0) -> list[str]:
    """Everyone votes, the first `against` of them against; returns what the last vote made."""
    made: list[str] = []
    for number, alias in enumerate(it.it.committee):
        no = number < against
        made = it.do(VoteRejection("1", bid, not no, "事实不足" if no else ""), member(alias))
    return made


@pytest.mark.parametrize(("stage", "after"), [("marking", LotStage.MARKING), ("marked", LotStage.OPENED)])
def test_the_majority_rejects_and_opened_marks_are_tallied_again(stage: str, after: LotStage) -> None:
    it = at(stage, "GC")
    before = it.it.lots["1"].result_hash
    propose(it)
    made = vote(it, against=2)
    assert made == ["RejectionVoted", "BidRejected", *(["LotTallied"] if stage == "marked" else [])]
    lot = it.it.lots["1"]
    assert (lot.stage, lot.rejected, lot.live_bids()) == (after, {"B": "R7"}, ("A", "C", "D"))
    if stage == "marked":
        assert lot.result_hash != before
        rows = {row["id"]: row["rank"] for row in result(it.it, lot)["bids"]}
        assert rows["B"] is None
        assert sorted(rank for rank in rows.values() if rank) == [1, 2, 3]
    sound(it)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_half_is_no_majority_and_the_bid_stays(track: str) -> None:
    it = at("marked", track)
    propose(it)
    assert vote(it, against=3) == ["RejectionVoted", "RejectionDeclined"]
    assert it.it.lots["1"].rejected == {}
    assert "未获过半数同意" in course(it)
    assert "事实不足" in course(it)
    propose(it)  # new facts may be put to the vote again
    sound(it)


def test_government_procurement_with_two_bids_left_fails() -> None:
    it = at("marked")
    propose(it)
    assert vote(it)[-1] == "LotFailed"
    lot = it.it.lots["1"]
    assert (lot.stage, lot.failed, lot.result_hash) == (LotStage.CONFIRMING, "too_few_bids", None)
    found = view(it.it, chair(it))
    assert found is not None
    assert found["lots"][0]["result"] is None
    for alias in it.it.committee:
        take(
            it, member(alias), "GiveTenderOpinion"
        )  # with too few bids everyone says whether the documents are at fault
        it.do(c.ConfirmResult("1"), member(alias))
    assert it.it.lots["1"].stage is LotStage.REPORTING
    sound(it)


@pytest.mark.parametrize("competition", [True, False])
def test_in_works_the_committee_says_whether_there_is_still_competition(competition: bool) -> None:
    it = at("marked", "GC")
    with refused("competition_not_due", "1"):
        it.do(StateCompetition("1", True, "仍有竞争"), chair(it))
    for bid in ("B", "C"):
        propose(it, bid)
        vote(it, bid)
    with refused("competition_unsaid", "1"):
        it.do(c.NoteFindings("1", "已核对"), chair(it))
    with refused("not_the_chair"):
        it.do(StateCompetition("1", True, "仍有竞争"), other(it))
    with refused("reason_needed", "$.reason"):
        it.do(StateCompetition("1", True, " "), chair(it))
    made = take(it, chair(it), "StateCompetition", competition=competition, reason="两家报价仍充分竞争")
    assert made == ["CompetitionStated"] + ([] if competition else ["LotFailed"])
    if competition:
        it.do(c.NoteFindings("1", "已核对"), chair(it))
        assert it.it.lots["1"].competition == "两家报价仍充分竞争"
    assert it.it.lots["1"].stage is LotStage.CONFIRMING
    sound(it)


def test_the_last_bid_rejected_ends_the_lot_in_either_track() -> None:
    it = at("marking", "GC")
    for bid in ("A", "B", "C"):
        propose(it, bid)
        vote(it, bid)
    propose(it, "D")
    assert vote(it, "D") == ["RejectionVoted", "BidRejected", "LotFailed"]


@pytest.mark.parametrize("rule", list(LateRejection))
def test_the_document_says_whether_the_benchmark_stands(rule: LateRejection) -> None:
    it = at("marked", "GC")
    lot = it.it.lots["1"]
    it.state = replace(it.it, lots={"1": replace(lot, lot=replace(lot.lot, late_rejection=rule))})
    before = result(it.it, it.it.lots["1"])["benchmark"]["value"]
    propose(it)
    vote(it)
    after = result(it.it, it.it.lots["1"])["benchmark"]["value"]
    assert (after == before) is (rule is LateRejection.KEEP)


def test_a_bid_rejected_before_the_marks_are_opened_is_in_no_benchmark() -> None:
    it = at("marking", "GC")
    lot = it.it.lots["1"]
    it.state = replace(it.it, lots={"1": replace(lot, lot=replace(lot.lot, late_rejection=LateRejection.KEEP))})
    propose(it)
    vote(it)
    assert "kept_in_benchmark" not in json.dumps(scoring_case(it.it, it.it.lots["1"]))


def test_sheets_sealed_before_a_rejection_open_and_marks_on_the_bid_do_not_count() -> None:
    it = at("marking", "GC")
    full = {
        "marks": {b: {"T1": "12.5", "T2": "5", "C1": "30"} for b in ("A", "B", "C", "D")},
        "reasons": {"B": {"T1": "方案完整"}},
    }
    short = {"marks": {b: row for b, row in full["marks"].items() if b != "B"}, "reasons": {}}
    first, *rest = it.it.committee
    salts = {first: it.seal("1", SheetKind.MARKS, 1, first, full)}
    propose(it)
    vote(it)
    salts |= {alias: it.seal("1", SheetKind.MARKS, 1, alias, short) for alias in rest}
    sheets = {first: full} | dict.fromkeys(rest, short)
    opened = {alias: {"salt": salts[alias].hex(), "sheet": sheet} for alias, sheet in sheets.items()}
    it.do(c.OpenSheets("1", "marks", 1, opened))
    rows = {row["id"]: row["total"] for row in result(it.it, it.it.lots["1"])["bids"]}
    assert rows["B"] is None
    assert all(rows[bid] is not None for bid in ("A", "C", "D"))
    sound(it)


def test_a_check_goes_back_to_the_committee_when_a_bid_is_rejected() -> None:
    it = at("checking")
    lot = it.it.lots["1"]
    it.state = replace(it.it, ruleset=replace(it.it.ruleset, min_bids=2), lots={"1": lot})
    propose(it)
    with refused("rejection_open", "1"):
        it.do(c.CheckTables("1", True, ""), AGENCY)
    assert vote(it) == ["RejectionVoted", "BidRejected", "LotTallied"]
    lot = it.it.lots["1"]
    assert (lot.stage, lot.finding_note) == (LotStage.OPENED, None)
    it.do(c.NoteFindings("1", "已核对"), chair(it))


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"bid": "Z"}, "unknown_bid", "$.bid"),
        ({"lot": "9"}, "unknown_lot", "9"),
        ({"ground": "X9"}, "unknown_ground", "$.ground"),
        ({"clause": " "}, "reason_needed", "$.clause"),
        ({"page": ""}, "reason_needed", "$.page"),
        ({"facts": ""}, "reason_needed", "$.facts"),
    ],
)
def test_nothing_is_proposed_without_code_clause_page_and_facts(change: Any, code: str, where: str) -> None:
    it = at("marked")
    data = {"lot": "1", "bid": "B", "ground": "Z6", "clause": "第 3 条", "page": "2", "facts": FACTS}
    with refused(code, where):
        it.do(ProposeRejection(**(data | change)), chair(it))


def test_who_votes_how_often_and_with_what_reason() -> None:
    it = at("marked")
    with refused("nothing_to_vote", "$.bid"):
        it.do(VoteRejection("1", "B", True), other(it))
    with refused("not_the_chair"):
        it.do(ProposeRejection("1", "B", "Z6", "第 3 条", "2", FACTS), other(it))
    propose(it)
    with refused("rejection_waiting", "$.bid"):
        propose(it)
    with refused("reason_needed", "$.reason"):
        it.do(VoteRejection("1", "B", False), other(it))
    it.do(VoteRejection("1", "B", True), other(it))
    with refused("already_answered"):
        it.do(VoteRejection("1", "B", True), other(it))
    with refused("rejection_open", "1"):
        it.do(c.NoteFindings("1", "已核对"), chair(it))
    for actor in (AGENCY, WITNESS, CENTRE):
        with refused("not_permitted"):
            it.do(VoteRejection("1", "B", True), actor)


def test_votes_of_a_replaced_member_do_not_count_and_a_complete_poll_can_be_closed() -> None:
    it = at("marked", "GC")
    propose(it)
    first, second, third, *rest = it.it.committee
    for alias in (first, second, *rest):
        it.do(VoteRejection("1", "B", True), member(alias))
    it.state = replace(it.it, committee=(first, second, *rest))
    assert offered(it, member(first), "VoteRejection")
    made = it.do(VoteRejection("1", "B", True), member(first))
    assert made[:2] == ["RejectionVoted", "BidRejected"]
    assert third not in it.it.memory(Rejections).proposals[-1].votes


def test_only_after_the_review_is_opened_and_before_the_result_is_settled() -> None:
    for stage in ("reviewing", "confirming", "reporting"):
        it = at(stage)
        with refused("wrong_stage", "1"):
            propose(it)
        assert not offered(it, chair(it), "ProposeRejection")


def test_a_vote_that_is_not_over_stands_in_the_course_as_proposed() -> None:
    it = at("marked", "GC")
    propose(it)
    assert "提请表决（B）" in course(it)
    assert "同意 " not in course(it)
    assert it.it.memory(Rejections).decided_for("1", "B") is None
    vote(it)
    found = it.it.memory(Rejections).decided_for("1", "B")
    assert found is not None
    assert found.case.page == "21"


def test_votes_are_seen_by_the_committee_and_those_who_watch() -> None:
    it = at("marked", "GC")
    propose(it)
    it.do(VoteRejection("1", "B", False, "事实不足"), other(it))
    for viewer, sees in ((other(it), True), (WITNESS, True), (REGULATOR, True), (CENTRE, False), (AGENCY, False)):
        assert (FACTS in json.dumps(view(it.it, viewer), ensure_ascii=False)) is sees, viewer
    assert FACTS not in json.dumps(view(it.it, TENDEREE), ensure_ascii=False)


@pytest.mark.parametrize("stage", ["reviewed", "marking", "marked"])
@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_is_offered_can_be_done(track: str, stage: str) -> None:
    it = at(stage, track)
    commands = ("ProposeRejection", "VoteRejection", "StateCompetition")
    assert all_are_taken(it, *commands) == 1
    propose(it)
    assert all_are_taken(it, *commands) == len(it.it.committee) + 1
    it.do(VoteRejection("1", "B", True), other(it))
    assert all_are_taken(it, *commands) == len(it.it.committee)

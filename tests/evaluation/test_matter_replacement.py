"""Replacing a member: what was concluded is void but kept, the newcomer starts over, group results reopen."""

from copy import deepcopy
from typing import Any

import pytest
from evaluation_case import good_marks, tender_json
from evaluation_factory import CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.replacement import (
    AddMembers,
    ApproveReplacement,
    AskReplacement,
    RecomposeCommittee,
    RecordDeparture,
    RefuseReplacement,
)
from app.evaluation.model import SheetKind
from app.evaluation.replay import check
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.views import acts, view
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")

NEWCOMER = {"ref": "p9", "kind": "expert", "authorised": False}


def out(it: Play, alias: str, ground: str = "recusal") -> None:
    """A member asks to withdraw and the witness agrees."""
    it.do(AskReplacement(alias, ground, "与投标人有利害关系"), member(alias))
    it.do(ApproveReplacement(alias, "情况属实"), WITNESS)


def whole_again(it: Play) -> str:
    """A supplementary expert arrives and the committee is composed again; returns the newcomer's alias."""
    it.do(AddMembers((NEWCOMER,), "ab" * 32, "补抽一人"), CENTRE)
    alias = it.arrive("p9")
    it.pledge(alias)
    it.do(RecomposeCommittee(), CENTRE)
    return alias


def ordinary(it: Play) -> str:
    """A sitting expert who does not chair."""
    return next(m.alias or "" for m in it.it.pledged if m.alias != it.it.chair and m.kind.value == "expert")


def one_review(it: Play, alias: str, lot: str = "1") -> None:
    """Only this member reviews, the rest stands."""
    state = it.it.lots[lot]
    sheet = {"bids": {b: {i.id: {"pass": True} for i in state.lot.review_items} for b in state.reviews[-1].bids}}
    it.seal_all(lot, SheetKind.REVIEW, {alias: sheet})


def one_marks(it: Play, alias: str, lot: str = "1") -> None:
    state = it.it.lots[lot]
    marks = {b: {f.id: good_marks(alias, b, f.id) for f in state.lot.factors} for b in state.live_bids()}
    it.seal_all(lot, SheetKind.MARKS, {alias: {"marks": marks, "reasons": {}}})


def sound(it: Play) -> None:
    """Every entry is one that the engine would make again."""
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_after_the_tally_the_newcomer_starts_over_and_the_others_stand(track: str) -> None:
    it = at("marked", track)
    gone = ordinary(it)
    before = it.it.lots["1"]
    out(it, gone)
    assert it.it.by_alias(gone).stage is MemberStage.REPLACED  # type: ignore[union-attr]
    newcomer = whole_again(it)
    lot = it.it.lots["1"]
    assert lot.stage is LotStage.REVIEWING
    assert lot.reviews[-1].ended == set(it.it.committee) - {newcomer}
    assert (lot.result_hash, lot.opinions, lot.rejected) == (None, {}, {})
    one_review(it, newcomer)
    it.conclude("1")
    lot = it.it.lots["1"]
    assert lot.stage is LotStage.MARKING
    assert lot.marks[-1].ended == set(it.it.committee) - {newcomer}
    one_marks(it, newcomer)
    lot = it.it.lots["1"]
    assert lot.stage is LotStage.OPENED
    assert gone not in lot.marks[-1].contents()
    assert gone in lot.marks[0].contents()  # void, but kept
    stayed = set(it.it.committee) - {newcomer}
    assert {a: lot.marks[-1].contents()[a] for a in stayed} == {a: before.marks[-1].contents()[a] for a in stayed}
    sound(it)


def test_nobody_is_led_by_what_was_opened_before() -> None:
    it = at("marked", "ZC")
    out(it, ordinary(it))
    newcomer = whole_again(it)
    for viewer in (member(newcomer), member(it.it.chair or ""), WITNESS, REGULATOR, CENTRE):
        seen: Any = view(it.it, viewer)
        assert seen["lots"][0]["marks"] is None
        assert seen["lots"][0]["review"] is None
        assert seen["lots"][0]["result"] is None


def test_while_a_place_is_vacant_members_go_on_alone_and_the_group_waits() -> None:
    it = at("marking", "ZC")
    gone = ordinary(it)
    out(it, gone)
    rest = list(it.it.committee)
    for alias in rest:
        state = it.it.lots["1"]
        marks = {b: {f.id: good_marks(alias, b, f.id) for f in state.lot.factors} for b in state.live_bids()}
        it.seal("1", SheetKind.MARKS, 1, alias, {"marks": marks, "reasons": {}})
    with refused("committee_incomplete"):
        it.do(c.OpenSheets("1", "marks", 1, {}))
    sealed = it.it.lots["1"].marks[-1].sealed
    newcomer = whole_again(it)
    assert it.it.lots["1"].marks[-1].sealed == sealed  # the round goes on
    one_review(it, newcomer)
    it.conclude("1")
    assert it.it.lots["1"].marks[-1].number == 1
    assert set(it.it.committee) - it.it.lots["1"].marks[-1].ended == {newcomer}
    sound(it)


def test_a_lone_verdict_of_the_newcomer_changes_nothing_where_the_majority_decides() -> None:
    it = at("marked", "GC")
    out(it, ordinary(it))
    newcomer = whole_again(it)
    state = it.it.lots["1"]
    bids = state.reviews[-1].bids
    failing = state.lot.review_items[0]

    def verdict(bid: str, item: str) -> dict[str, Any]:
        bad = bid == bids[0] and item == failing.id
        return {"pass": False, "reason": "无盖章", "page": "3"} if bad else {"pass": True}

    sheet = {"bids": {b: {i.id: verdict(b, i.id) for i in state.lot.review_items} for b in bids}}
    it.seal_all("1", SheetKind.REVIEW, {newcomer: sheet})
    it.conclude("1")  # one against the rest: the majority passes the bid, and the marks stand
    assert it.it.lots["1"].marks[-1].carried
    sound(it)


def test_a_replaced_chair_is_chosen_again() -> None:
    it = at("marked", "ZC")
    gone = it.it.chair or ""
    out(it, gone, "health")
    assert it.it.chair is None
    assert it.it.lots["1"].stage is LotStage.ELECTING
    with refused("committee_incomplete"):
        it.do(c.ProposeChair(it.it.committee[0]), member(it.it.committee[0]))
    newcomer = whole_again(it)
    chair = it.choose_chair()
    assert chair != gone
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    assert it.it.lots["1"].reviews[-1].ended == set(it.it.committee) - {newcomer}
    sound(it)


def test_an_election_by_ballot_after_a_first_one_counts_on() -> None:
    it = at("constituted", "ZC")
    it.choose_chair("ballot")
    it.review("1")
    out(it, it.it.chair or "")
    whole_again(it)
    it.choose_chair("ballot")
    assert it.it.ballots[-1].number == 2
    sound(it)


def test_before_there_is_a_chair_the_election_begins_anew() -> None:
    it = at("constituted", "ZC")
    first = it.it.committee[0]
    expert = next(m.alias or "" for m in it.it.pledged if m.kind.value == "expert")
    it.do(c.ProposeChair(expert), member(first))
    out(it, expert)
    assert it.it.proposal is None
    whole_again(it)
    assert it.it.lots["1"].stage is LotStage.ELECTING
    it.choose_chair()
    sound(it)


def test_a_committee_of_seven_may_go_on_as_five() -> None:
    it = Play("GC")
    it.open_room()
    it.import_package(members=7)
    it.draw_slots()
    for k in range(1, 8):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1")
    first, second = [a for a in it.it.committee if a != it.it.chair][-2:]
    out(it, first)
    with refused("committee_even"):
        it.do(RecomposeCommittee(), CENTRE)
    out(it, second)
    it.do(RecomposeCommittee(), CENTRE)
    it.do(c.OpenSheets("1", "review", 2, {}))  # nobody has to do anything again
    it.conclude("1")
    it.do(c.OpenSheets("1", "marks", 2, {}))
    assert set(it.it.lots["1"].marks[-1].contents()) == set(it.it.committee)
    assert it.it.lots["1"].stage is LotStage.OPENED
    sound(it)


@pytest.mark.parametrize(
    ("unqualified", "brands"),
    [(("A", "B"), (None, None, None, None)), (("A",), (None, "甲牌", "甲牌", "乙牌"))],
    ids=["two bids", "three bids of two brands"],
)
def test_what_failed_by_the_signed_qualification_fails_again(
    unqualified: tuple[str, ...], brands: tuple[str | None, ...]
) -> None:
    """No new committee makes more bids of them: the review by the purchaser is none of its conclusions."""
    tender = four_bids(unqualified, brands)
    it = Play("ZC")
    it.open_room()
    it.import_package(tender=tender)
    it.draw_slots()
    for k in range(1, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    it.choose_chair()
    assert (it.it.lots["1"].stage, it.it.lots["1"].failed) == (LotStage.CONFIRMING, "too_few_bids")
    out(it, ordinary(it))
    newcomer = whole_again(it)
    lot = it.it.lots["1"]
    assert (lot.stage, lot.failed, lot.unqualified) == (LotStage.CONFIRMING, "too_few_bids", unqualified)
    it.finish_lot("1")
    assert newcomer in it.it.lots["1"].opinions
    assert it.it.lots["1"].stage is LotStage.REPORTING
    sound(it)


def four_bids(unqualified: tuple[str, ...], brands: tuple[str | None, ...]) -> Any:
    """A ZC tender of four bids with their brands, these of them unqualified by the purchaser."""
    tender = deepcopy(tender_json("ZC"))
    lot = tender["lots"][0]
    lot["bids"].append(lot["bids"][-1] | {"id": "D", "bidder": "丁商贸有限公司"})
    for bid, brand in zip(lot["bids"], brands, strict=True):
        bid["brand"] = brand
    lot["qualification"]["results"] = [
        {"bid": bid["id"], "passed": False, "reason": "无许可证"}
        if bid["id"] in unqualified
        else {"bid": bid["id"], "passed": True, "reason": None}
        for bid in lot["bids"]
    ]
    return tender


def test_two_different_roles_are_needed_and_a_lawful_ground() -> None:
    it = at("marked", "ZC")
    gone = ordinary(it)
    with refused("no_lawful_ground", "$.ground"):
        it.do(AskReplacement(gone, "slow", "太慢"), CENTRE)
    with refused("reason_needed", "$.reason"):
        it.do(AskReplacement(gone, "absent", " "), CENTRE)
    with refused("unknown_member", "$.alias"):
        it.do(AskReplacement("M99", "absent", "离开"), CENTRE)
    with refused("not_permitted", "$.alias"):
        it.do(AskReplacement(gone, "absent", "他走了"), member(it.it.chair or ""))
    with refused("nothing_requested"):
        it.do(ApproveReplacement(gone, "好"), WITNESS)
    it.do(AskReplacement(gone, "absent", "离席两小时未归"), CENTRE)
    with refused("already_requested"):
        it.do(AskReplacement(gone, "absent", "离席两小时未归"), CENTRE)
    with refused("same_role"):
        it.do(ApproveReplacement(gone, "同意"), CENTRE)
    it.do(RefuseReplacement(gone, "已返回"), WITNESS)
    assert gone in it.it.committee
    it.do(AskReplacement(gone, "absent", "再次离席未归"), WITNESS)
    it.do(ApproveReplacement(gone, "同意"), REGULATOR)
    assert gone not in it.it.committee
    sound(it)


def test_supplementary_members_only_where_a_place_is_vacant_and_a_slot_is_left() -> None:
    it = at("marked", "ZC")
    with refused("nothing_vacant"):
        it.do(AddMembers((NEWCOMER,), "ab" * 32, "补抽"), CENTRE)
    with refused("nothing_vacant"):
        it.do(RecomposeCommittee(), CENTRE)
    out(it, ordinary(it))
    for wrong in ((), ({**NEWCOMER, "ref": "p1"},), (NEWCOMER, NEWCOMER)):
        with refused("bad_value", "$.members"):
            it.do(AddMembers(wrong, "ab" * 32, "补抽"), CENTRE)
    with refused("no_slot_left"):
        it.do(AddMembers(tuple({**NEWCOMER, "ref": f"q{k}"} for k in range(3)), "ab" * 32, "补抽"), CENTRE)
    it.do(AddMembers((NEWCOMER,), "ab" * 32, "补抽"), CENTRE)
    with refused("members_missing"):
        it.do(RecomposeCommittee(), CENTRE)
    sound(it)


def test_a_recusal_at_the_pledge_is_made_up_by_a_supplementary_member() -> None:
    it = Play("ZC")
    it.open_room()
    it.import_package()
    it.draw_slots(2)
    aliases = [it.arrive(f"p{k}") for k in range(1, 6)]
    for alias in aliases[:-1]:
        it.pledge(alias)
    it.do(c.Recuse(it.it.lots["1"].lot.bids[0].bidder, "亲属任职"), member(aliases[-1]))
    with refused("committee_too_small"):
        it.do(c.ConstituteCommittee(), CENTRE)
    it.do(AddMembers((NEWCOMER,), "ab" * 32, "补抽一人"), CENTRE)
    it.pledge(it.arrive("p9"))
    it.constitute()
    assert len(it.it.committee) == 5
    sound(it)


def test_too_late_once_the_report_is_made() -> None:
    it = at("reporting", "ZC")
    gone = ordinary(it)
    with refused("already_reporting"):
        it.do(AskReplacement(gone, "health", "不适"), member(gone))


def test_someone_gone_without_the_door_is_written_out_by_the_staff() -> None:
    it = at("marked", "ZC")
    gone = ordinary(it)
    ref = it.it.by_alias(gone).ref  # type: ignore[union-attr]
    with refused("wrong_member_stage"):
        it.do(RecordDeparture(ref, "走了"), CENTRE)
    out(it, gone, "absent")
    it.do(RecordDeparture(ref, "未经闸口离开，席位由工作人员清理"), CENTRE)
    assert it.it.members[ref].stage is MemberStage.LEFT
    sound(it)


def test_what_is_offered_is_what_is_allowed() -> None:
    it = at("marked", "ZC")
    gone = ordinary(it)

    def offered(viewer: Actor) -> list[str]:
        return [act["command"] for act in acts(it.it, viewer) if "Replacement" in act["command"]]

    assert offered(member(gone)) == ["AskReplacement"]
    assert offered(Actor(Party.TENDEREE)) == []
    it.do(AskReplacement(gone, "health", "突发不适"), member(gone))
    assert offered(member(gone)) == []
    assert offered(WITNESS) == ["ApproveReplacement", "RefuseReplacement", "AskReplacement"]
    assert acts(it.it, WITNESS)[0]["urgent"]


def test_the_report_tells_the_course() -> None:
    it = at("marked", "ZC")
    gone = ordinary(it)
    out(it, gone, "health")
    newcomer = whole_again(it)
    told = "".join(line.text for matter in MATTERS for line in matter.report(it.it, "1"))
    assert gone in told
    assert newcomer in told
    assert "其评审意见无效，原记录保留" in told


def test_where_other_bids_are_left_everybody_marks_again() -> None:
    it = at("reviewing", "GC")
    state = it.it.lots["1"]
    bid, item = state.lot.bids[0].id, state.lot.review_items[0].id
    against = [a for a in it.it.committee if a != it.it.chair][:2]
    it.review("1", lambda alias, b, i: not (alias in against and (b, i) == (bid, item)))
    it.conclude("1")
    it.mark("1")
    out(it, next(m.alias or "" for m in it.it.pledged if m.alias not in (*against, it.it.chair)))
    newcomer = whole_again(it)
    state = it.it.lots["1"]

    def one(b: str, i: str) -> dict[str, Any]:
        return {"pass": False, "reason": "无盖章", "page": "3"} if (b, i) == (bid, item) else {"pass": True}

    sheet = {"bids": {b: {i.id: one(b, i.id) for i in state.lot.review_items} for b in state.reviews[-1].bids}}
    it.seal_all("1", SheetKind.REVIEW, {newcomer: sheet})
    it.conclude("1", {bid: state.lot.review_items[0].ground})  # now three of five
    last = it.it.lots["1"].marks[-1]
    assert (last.ended, last.bids) == (frozenset(), it.it.lots["1"].live_bids())
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    sound(it)

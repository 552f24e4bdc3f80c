"""The chair: agreement, ballot, lot; never the purchaser's delegate in 政府采购; what an imported review brings."""

import copy
from dataclasses import replace
from typing import Any

from evaluation_case import ruleset_json, tender_json
from evaluation_factory import CENTRE, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.decisions.election import eligible, tied_candidates
from app.evaluation.model import SheetKind
from app.evaluation.stages import LotStage
from app.evaluation.tally import failing_bids
from app.rules.model import MemberKind


def delegate_alias(play: Play) -> str:
    return next(m.alias or "" for m in play.it.pledged if m.kind is MemberKind.DELEGATE)


def test_the_purchasers_delegate_never_chairs_in_zc_but_may_in_gc() -> None:
    play = at("constituted")
    assert delegate_alias(play) not in eligible(play.it)
    assert len(eligible(play.it)) == 4
    with refused("not_eligible", "$.candidate"):
        play.do(c.ProposeChair(delegate_alias(play)), member(play.it.committee[0]))
    free = at("constituted", "GC")
    assert delegate_alias(free) in eligible(free.it)
    free.do(c.ProposeChair(delegate_alias(free)), member(free.it.committee[0]))


def test_agreement_of_all_makes_the_chair() -> None:
    play = at("constituted")
    first, *others = play.it.committee
    with refused("nothing_proposed"):
        play.do(c.AgreeToChair(), member(first))
    with refused("nothing_proposed"):
        play.do(c.ObjectToChair(), member(first))
    chair = eligible(play.it)[0]
    play.do(c.ProposeChair(chair), member(first))
    with refused("already_proposed"):
        play.do(c.ProposeChair(chair), member(others[0]))
    with refused("already_agreed"):
        play.do(c.AgreeToChair(), member(first))
    for alias in others[:-1]:
        assert play.do(c.AgreeToChair(), member(alias)) == ["ChairAgreed"]
    assert "ChairChosen" in play.do(c.AgreeToChair(), member(others[-1]))
    assert (play.it.chair, play.it.chair_means) == (chair, "agreement")
    with refused("chair_chosen"):
        play.do(c.ProposeChair(chair), member(first))


def test_who_is_not_in_the_committee_does_not_vote() -> None:
    with refused("not_in_committee"):
        at("pledged").do(c.ProposeChair("M1"), member(at("pledged").it.members["p1"].alias or ""))
    with refused("wrong_member_stage"):
        at("arrived").do(c.ProposeChair("M1"), member(at("arrived").it.members["p1"].alias or ""))


def balloting(track: str = "GC") -> Play:
    play = at("constituted", track)
    play.do(c.ProposeChair(eligible(play.it)[0]), member(play.it.committee[0]))
    assert play.do(c.ObjectToChair(), member(play.it.committee[1])) == ["BallotCalled"]
    return play


def vote(play: Play, *votes: str) -> None:
    play.seal_all("", SheetKind.BALLOT, {a: {"candidate": v} for a, v in zip(play.it.committee, votes, strict=True)})


def test_one_objection_calls_a_ballot_that_the_most_votes_decide() -> None:
    play = balloting()
    a, b, *_ = play.it.committee
    with refused("nothing_proposed"):
        play.do(c.AgreeToChair(), member(play.it.committee[2]))
    with refused("already_proposed"):
        play.do(c.ProposeChair(a), member(a))
    vote(play, a, a, a, b, b)
    assert (play.it.chair, play.it.chair_means, play.it.votes) == (a, "ballot", ({a: 3, b: 2},))
    with refused("wrong_stage"):
        play.seal("", SheetKind.BALLOT, 1, a, {"candidate": a})


def test_a_tie_goes_on_among_the_tied_and_at_last_to_the_lot() -> None:
    play = balloting()
    a, b, x, *_ = play.it.committee
    vote(play, a, a, b, b, x)
    assert play.it.ballots[-1].candidates == (a, b)
    assert tied_candidates(play.it) == ()
    with refused("nothing_to_draw"):
        play.do(c.DrawChair({}))
    with refused("not_a_candidate"):
        vote(play, x, x, x, x, x)
    play = balloting()
    vote(play, a, a, b, b, x)
    # three of the committee may not vote for one who is out; a draw of the last ballot is left to the lot
    play.state = replace_rules(play, election_rounds=1)
    assert tied_candidates(play.it) == (a, b)


def replace_rules(play: Play, **changes: Any) -> Any:
    state = play.it
    return replace(state, ruleset=replace(state.ruleset, **changes), ballots=state.ballots[:1])


def test_the_lot_is_a_transcript_that_verifies() -> None:
    play = at("constituted", "GC")
    play.choose_chair("lot")
    assert play.it.chair_means == "lot"
    drawn = next(entry for entry in play.log.entries if entry.type == "LotDrawn")
    transcript = drawn.data["transcript"]
    assert play.it.chair == transcript["order"][0]
    again = at("constituted", "GC")
    tied = tuple(transcript["items"])
    again.do(c.ProposeChair(tied[0]), member(again.it.committee[0]))
    again.do(c.ObjectToChair(), member(again.it.committee[1]))
    names = again.it.ballots[-1].candidates
    vote(again, *names)
    vote(again, names[0], names[1], names[0], names[1], names[2])
    assert tied_candidates(again.it) == tied
    forged = copy.deepcopy(transcript)
    forged["order"].reverse()
    with refused("bad_transcript"):
        again.do(c.DrawChair(forged))
    with refused("bad_transcript"):
        again.do(c.DrawChair(again.transcripts[again.drawn[0]]))


def with_qualification(*failed: str, **rules: Any) -> Play:
    tender = tender_json("ZC")
    for result in tender["lots"][0]["qualification"]["results"]:
        if result["bid"] in failed:
            result |= {"passed": False, "reason": "无许可证"}
    play = Play("ZC")
    play.open_room()
    play.import_package(tender=tender, rules=ruleset_json("ZC", **rules))
    play.draw_slots()
    for k in range(1, 6):
        play.pledge(play.arrive(f"p{k}"))
    play.constitute()
    play.choose_chair()
    return play


def test_the_signed_qualification_takes_effect_with_the_chair() -> None:
    play = with_qualification()
    assert play.it.lots["1"].stage is LotStage.REVIEWING
    assert play.it.lots["1"].unqualified == ()
    failed = with_qualification("A")
    assert (failed.it.lots["1"].unqualified, failed.it.lots["1"].failed) == (("A",), "too_few_bids")
    assert failed.it.lots["1"].stage is LotStage.CONFIRMING
    assert failed.it.lots["1"].live_bids() == ("B", "C")
    with refused("wrong_stage"):
        failed.review("1")
    failed.finish_lot("1")
    failed.issue("1", b"report", 1)
    failed.leave()
    failed.close()
    assert failed.it.closed


def test_an_unqualified_bid_is_not_reviewed() -> None:
    play = with_qualification("A", min_bids=2)
    play.review("1")
    assert failing_bids(play.it, play.it.lots["1"]) == {}
    play.conclude("1")
    assert play.it.lots["1"].live_bids() == ("B", "C")


def test_gc_imports_no_qualification() -> None:
    rules = ruleset_json("ZC", qualification_by="committee")
    play = Play("ZC")
    play.open_room()
    play.import_package(rules=rules)
    play.draw_slots()
    for k in range(1, 6):
        play.pledge(play.arrive(f"p{k}"))
    play.do(c.ConstituteCommittee(), CENTRE)
    play.do(c.ProposeChair(eligible(play.it)[0]), member(play.it.committee[0]))
    for alias in play.it.committee[1:]:
        play.do(c.AgreeToChair(), member(alias))
    assert not any(entry.type == "QualificationImported" for entry in play.log.entries)

"""The one next step of each member, and what the consoles can do, through the whole way."""

from dataclasses import replace

from evaluation_factory import ALIVE, CENTRE, KIOSK, member
from evaluation_stages import STAGES, at

from app.evaluation import commands as c
from app.evaluation.decisions.election import eligible
from app.evaluation.model import SheetKind
from app.evaluation.stages import MemberStage
from app.evaluation.steps import console_steps, member_step
from app.rules.model import Party


def codes(stage: str, track: str = "ZC") -> set[tuple[str, bool]]:
    state = at(stage, track).it
    return {(step.code, step.act) for step in (member_step(state, m) for m in state.members.values())}


def todo(stage: str, role: Party, track: str = "ZC") -> list[str]:
    return [step.code for step in console_steps(at(stage, track).it, role)]


def test_members_through_the_stages() -> None:
    assert codes("opened") == {("arrive", True)}
    assert codes("arrived") == {("give_pledge", True)}
    assert codes("pledged") == {("wait_committee", False)}
    assert codes("constituted") == {("propose_chair", True)}
    assert codes("reviewing") == {("review", True)}
    assert codes("reviewed") == {("conclude_review", True), ("wait_conclusion", False)}
    assert codes("marking") == {("marks", True)}
    assert codes("marked") == {("note_findings", True), ("wait_findings", False)}
    assert codes("checking") == {("wait_check", False)}
    assert codes("confirming") == {("confirm", True)}
    assert codes("reporting") == {("wait_report", False)}
    assert codes("reported") == {("wipe_seat", True)}
    assert codes("left") == {("left", False)}


def test_consoles_through_the_stages() -> None:
    assert todo("opened", Party.CENTRE) == ["call_draw"]
    assert todo("arrived", Party.CENTRE) == []
    assert todo("pledged", Party.CENTRE) == ["constitute_committee"]
    assert todo("left", Party.CENTRE) == ["close_evaluation"]
    assert todo("closed", Party.CENTRE) == []
    assert todo("checking", Party.AGENCY) == ["check_tables"]
    for stage in STAGES:
        assert todo(stage, Party.WITNESS) == []
        assert (todo(stage, Party.AGENCY) == ["check_tables"]) is (stage == "checking")
    assert todo("marked", Party.AGENCY, "GC") == []


def test_a_recused_member_who_is_out_does_not_hold_the_others_up() -> None:
    play = at("pledged")
    one = play.it.members["p2"]
    for stage in (MemberStage.RECUSED, MemberStage.SEAT_WIPED, MemberStage.LEFT):
        state = replace(play.it, members=play.it.members | {"p2": replace(one, stage=stage)})
        assert [step.code for step in console_steps(state, Party.CENTRE)] == ["constitute_committee"]


def test_a_member_on_the_way_in() -> None:
    play = at("drawn")
    seen = [member_step(play.it, play.it.members["p1"]).code]
    play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    seen.append(member_step(play.it, play.it.members["p1"]).code)
    play.do(c.StorePhone("p1", "01"), KIOSK)
    seen.append(member_step(play.it, play.it.members["p1"]).code)
    slot, seat, alias = play.place(0)
    play.do(c.TakeSlot("p1", slot, seat, alias), KIOSK)
    seen.append(member_step(play.it, play.it.members["p1"]).code)
    play.do(c.OpenSeat("0.7", "x"), member(alias))
    seen.append(member_step(play.it, play.it.members["p1"]).code)
    assert seen == ["arrive", "store_phone", "take_slot", "open_seat", "read_discipline"]


def test_the_election_step_by_step() -> None:
    play = at("constituted", "GC")
    first, second, *_ = play.it.committee

    def step(alias: str) -> str:
        found = play.it.by_alias(alias)
        assert found is not None
        return member_step(play.it, found).code

    play.do(c.ProposeChair(eligible(play.it)[0]), member(first))
    assert (step(first), step(second)) == ("wait_chair", "answer_proposal")
    play.do(c.ObjectToChair(), member(second))
    assert (step(first), step(second)) == ("ballot", "ballot")
    play.seal("", SheetKind.BALLOT, 1, first, {"candidate": first})
    assert (step(first), step(second)) == ("wait_ballot", "ballot")
    tied = at("constituted", "GC")
    tied.state = replace(tied.it, ruleset=replace(tied.it.ruleset, election_rounds=1))
    tied.do(c.ProposeChair(first), member(first))
    tied.do(c.ObjectToChair(), member(second))
    names = tied.it.committee
    tied.seal_all("", SheetKind.BALLOT, {alias: {"candidate": alias} for alias in names})
    assert member_step(tied.it, tied.it.pledged[0]).code == "wait_lot"


def test_who_has_sealed_waits_and_who_has_answered_waits() -> None:
    play = at("reviewing")
    alias = play.it.committee[0]
    review = {"bids": {bid: {"F1": {"pass": True}, "F2": {"pass": True}} for bid in "ABC"}}
    play.seal("1", SheetKind.REVIEW, 1, alias, review)
    found = play.it.by_alias(alias)
    assert found is not None
    assert member_step(play.it, found).code == "wait_review"
    late = at("confirming")
    late.do(c.ConfirmResult("1"), member(alias))
    again = late.it.by_alias(alias)
    assert again is not None
    assert member_step(late.it, again).code == "wait_opinions"
    assert CENTRE.role is Party.CENTRE

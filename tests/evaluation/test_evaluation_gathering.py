"""From import to a checked committee: what is refused, and why."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_case import ruleset_json, tender_json
from evaluation_factory import AGENCY, ALIVE, CENTRE, KIOSK, NOON, WITNESS, Play, member, secret
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.decisions.gathering import bidders, largest_budget, pledge_hash
from app.evaluation.stages import MemberStage
from app.rules import read_ruleset, ruleset_hash
from app.rules.model import MemberKind, Party


def opening(**changes: Any) -> c.OpenEvaluation:
    rules = ruleset_json("ZC")
    command = c.OpenEvaluation(
        rehearsal=True,
        package="ab" * 32,
        ruleset_hash=ruleset_hash(read_ruleset(rules)),
        ruleset=rules,
        tender=tender_json("ZC"),
        members=({"ref": "p1", "kind": "expert", "authorised": False},),
        members_hash="cd" * 32,
        entitled=(),
    )
    return replace(command, **changes)


def test_nothing_happens_before_the_import_nor_twice() -> None:
    with refused("not_open"):
        decide(None, c.ConstituteCommittee(), CENTRE, NOON)
    with refused("already_open"):
        decide(at("opened").it, opening(), CENTRE, NOON)
    assert [type(event).__name__ for event in decide(None, opening(), CENTRE, NOON)] == ["EvaluationOpened"]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"ruleset": {}}, "bad_value", None),
        ({"tender": {"id": "x"}}, "bad_value", None),
        ({"ruleset_hash": "00" * 32}, "wrong_hash", "$.ruleset_hash"),
        ({"tender": tender_json("GC")}, "wrong_track", "$.tender.track"),
        ({"members": ()}, "bad_value", "$.members"),
        ({"members": ({"ref": "p1", "kind": "expert", "authorised": False},) * 2}, "bad_value", "$.members"),
        ({"members": ({"ref": "p1", "kind": "guest", "authorised": False},)}, "bad_value", "$.members[0].kind"),
        ({"members": ({"ref": "p1", "kind": "expert", "authorised": False, "name": "x"},)}, "unknown_key", None),
    ],
)
def test_what_does_not_hold_together_is_not_opened(changes: dict[str, Any], code: str, where: str | None) -> None:
    with refused(code, where):
        decide(None, opening(**changes), CENTRE, NOON)


def test_a_sealing_key_is_fresh_and_a_key() -> None:
    play = at("constituted")
    with refused("bad_value", "$.key_id"):
        play.do(c.OfferSealingKey("k1", secret("other").hex()))
    with refused("bad_value", "$.public"):
        play.do(c.OfferSealingKey("k2", "short"))
    assert play.do(c.OfferSealingKey("k2", secret("other").hex())) == ["SealingKeyOffered"]


def test_slots_are_enough_different_and_not_yet_in_use() -> None:
    play = at("opened")

    def allot(*slots: str) -> list[str]:
        return play.do(c.AllotSlots(1, "aa", 2, "bb", slots))

    with refused("too_few_slots"):
        allot("s1", "s2")
    with refused("too_few_slots"):
        allot("s1", "s1", "s2", "s3", "s4", "s5")
    assert allot("s1", "s2", "s3", "s4", "s5") == ["SlotsAllotted"]
    assert allot("t1", "t2", "t3", "t4", "t5", "t6") == ["SlotsAllotted"]
    assert play.it.slots == ("t1", "t2", "t3", "t4", "t5", "t6")
    with refused("slots_in_use"):
        at("arrived").do(c.AllotSlots(3, "aa", 4, "bb", ("s1", "s2", "s3", "s4", "s5")))


def test_the_door_knows_its_order() -> None:
    play = at("opened")
    with refused("not_drawn_yet"):
        play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    play.draw_slots()
    with refused("unknown_member"):
        play.do(c.CheckIn("p9", "0.7", "x", ALIVE), KIOSK)
    with refused("wrong_member_stage"):
        play.do(c.StorePhone("p1", "01"), KIOSK)
    play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    with refused("wrong_member_stage"):
        play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    with refused("reason_needed"):
        play.do(c.StorePhone("p1", " "), KIOSK)
    play.do(c.StorePhone("p1", "01"), KIOSK)
    play.do(c.CheckIn("p2", "0.7", "x", ALIVE), KIOSK)
    with refused("locker_in_use"):
        play.do(c.StorePhone("p2", "01"), KIOSK)
    play.do(c.StorePhone("p2", "02"), KIOSK)
    slot, seat, alias = play.place(0)
    with refused("not_the_next_slot"):
        play.do(c.TakeSlot("p1", play.it.slots[1], seat, alias), KIOSK)
    play.do(c.TakeSlot("p1", slot, seat, alias), KIOSK)
    second, other, name = play.place(1)
    with refused("seat_taken"):
        play.do(c.TakeSlot("p2", second, seat, name), KIOSK)
    with refused("seat_taken"):
        play.do(c.TakeSlot("p2", second, other, alias), KIOSK)
    play.do(c.TakeSlot("p2", second, other, name), KIOSK)
    assert play.it.members["p2"].seat == other


def test_two_people_of_different_roles_admit() -> None:
    play = at("drawn")
    with refused("not_permitted"):
        play.do(c.RequestRelease("admission", "p1", "模糊"), member("M1"))
    with refused("bad_value", "$.what"):
        play.do(c.RequestRelease("everything", "p1", "模糊"), KIOSK)
    with refused("reason_needed"):
        play.do(c.RequestRelease("admission", "p1", " "), KIOSK)
    with refused("nothing_requested"):
        play.do(c.ApproveRelease("admission", "p1", "好"), CENTRE)
    with refused("nothing_requested"):
        play.do(c.RefuseRelease("admission", "p1", "不"), CENTRE)
    play.do(c.RequestRelease("admission", "p1", "模糊"), KIOSK)
    with refused("already_requested"):
        play.do(c.RequestRelease("admission", "p1", "模糊"), KIOSK)
    with refused("reason_needed"):
        play.do(c.ApproveRelease("admission", "p1", ""), CENTRE)
    assert play.do(c.ApproveRelease("admission", "p1", "证件"), CENTRE) == ["ReleaseApproved"]
    with refused("already_approved"):
        play.do(c.ApproveRelease("admission", "p1", "证件"), CENTRE)
    assert play.it.releases["admission", "p1"].approvals == {"centre": "证件"}
    assert play.do(c.ApproveRelease("admission", "p1", "证件"), WITNESS) == ["ReleaseApproved", "MemberCheckedIn"]
    assert (play.it.members["p1"].means, play.it.releases) == ("two_person", {})


def test_one_no_is_enough_and_a_face_ends_the_request() -> None:
    play = at("drawn")
    play.do(c.RequestRelease("admission", "p1", "模糊"), KIOSK)
    with refused("reason_needed"):
        play.do(c.RefuseRelease("admission", "p1", ""), WITNESS)
    play.do(c.RefuseRelease("admission", "p1", "非本人"), WITNESS)
    assert play.it.releases == {}
    play.do(c.RequestRelease("admission", "p1", "再来"), KIOSK)
    play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    assert play.it.releases == {}


def test_a_seat_opens_by_its_own_request_only() -> None:
    play = at("drawn")
    play.do(c.CheckIn("p1", "0.7", "x", ALIVE), KIOSK)
    play.do(c.StorePhone("p1", "01"), KIOSK)
    slot, seat, alias = play.place(0)
    play.do(c.TakeSlot("p1", slot, seat, alias), KIOSK)
    with refused("not_permitted"):
        play.do(c.RequestRelease("seat", "p1", "模糊"), KIOSK)
    with refused("not_permitted"):
        play.do(c.RequestRelease("seat", "p1", "模糊"), member("M99"))
    play.do(c.RequestRelease("seat", "p1", "模糊"), member(alias))
    play.do(c.ApproveRelease("seat", "p1", "核对"), WITNESS)
    assert play.do(c.ApproveRelease("seat", "p1", "核对"), CENTRE)[-1] == "SeatOpened"
    assert (play.it.members["p1"].stage, play.it.releases) == (MemberStage.SEATED, {})
    with refused("wrong_member_stage"):
        play.do(c.RequestRelease("seat", "p1", "模糊"), member(alias))
    with refused("not_seated"):
        play.do(c.OpenSeat("0.7", "x"), member("M99"))
    with refused("not_seated"):
        play.do(c.OpenSeat("0.7", "x"), Actor(Party.MEMBER))
    with refused("bad_value", "$.read_s"):
        play.do(c.ReadDiscipline(-1), member(alias))


def test_pledge_and_recusal() -> None:
    play = at("arrived")
    alias = play.it.members["p1"].alias or ""
    text = pledge_hash(play.it.ruleset.pledge)
    with refused("wrong_hash", "$.pledge_hash"):
        play.do(c.GivePledge("00" * 32, bidders(play.it)), member(alias))
    with refused("interest_open"):
        play.do(c.GivePledge(text, bidders(play.it)[1:]), member(alias))
    with refused("unknown_bidder"):
        play.do(c.Recuse("无此公司", "亲属"), member(alias))
    with refused("reason_needed"):
        play.do(c.Recuse(bidders(play.it)[0], ""), member(alias))
    play.do(c.GivePledge(text, bidders(play.it)), member(alias))
    play.do(c.Recuse(bidders(play.it)[0], "亲属"), member(alias))
    assert (play.it.members["p1"].stage, play.it.members["p1"].recused) == (MemberStage.RECUSED, bidders(play.it)[0])
    late = at("constituted")
    with refused("already_constituted"):
        late.do(c.Recuse(bidders(late.it)[0], "亲属"), member(late.it.committee[0]))


def gathered(members: int, delegates: int, *, track: str = "ZC", recused: int = 0, **changes: Any) -> Play:
    play = Play(track)
    play.open_room()
    play.room = replace(play.room, seats=tuple({"id": f"A{k:02}", "x": 2 * k, "y": 0} for k in range(12)))
    rules = ruleset_json(track)
    rules["committee"] |= changes
    play.import_package(members, delegates, rules=rules)
    play.draw_slots(0)
    for k in range(1, members + 1):
        alias = play.arrive(f"p{k}")
        if k > members - recused:
            play.do(c.Recuse(bidders(play.it)[0], "亲属"), member(alias))
        else:
            play.pledge(alias)
    return play


@pytest.mark.parametrize(
    ("play", "code"),
    [
        (lambda: gathered(3, 0), "committee_too_small"),
        (lambda: gathered(5, 0, recused=1), "committee_too_small"),
        (lambda: gathered(6, 0), "committee_even"),
        (lambda: gathered(5, 2), "too_few_experts"),
        (lambda: gathered(5, 1, large_from="1000000"), "committee_too_small"),
    ],
)
def test_a_committee_that_the_law_does_not_know(play: Any, code: str) -> None:
    with refused(code):
        play().do(c.ConstituteCommittee(), CENTRE)


def test_a_committee_that_holds() -> None:
    for play in (gathered(5, 1), gathered(7, 2, recused=0), gathered(7, 0, large_from="1000000")):
        assert play.do(c.ConstituteCommittee(), CENTRE) == ["CommitteeConstituted"]
        with refused("already_constituted"):
            play.do(c.ConstituteCommittee(), CENTRE)
    small = gathered(5, 1, large_from=None, large_minimum=None)
    assert small.do(c.ConstituteCommittee(), CENTRE) == ["CommitteeConstituted"]


def test_a_delegate_needs_the_letter() -> None:
    play = gathered(5, 1)
    delegate = play.it.members["p1"]
    assert delegate.kind is MemberKind.DELEGATE
    play.state = replace(play.it, members=play.it.members | {"p1": replace(delegate, authorised=False)})
    with refused("not_authorised"):
        play.do(c.ConstituteCommittee(), CENTRE)


def test_everyone_is_waited_for() -> None:
    play = at("arrived")
    with refused("members_missing"):
        play.do(c.ConstituteCommittee(), CENTRE)


def test_a_recused_member_may_have_left_before_the_committee_is_constituted() -> None:
    play = gathered(6, 1, recused=1)
    found = play.it.members["p6"]
    play.do(c.WipeSeat(found.seat or ""), member(found.alias or ""))
    assert play.do(c.ConstituteCommittee(), CENTRE) == ["CommitteeConstituted"]
    assert found.alias not in play.it.committee


def test_the_budget_that_counts_is_the_largest_known() -> None:
    state = at("opened").it
    assert largest_budget(state) == 1200000
    lot = state.lots["1"]
    bare = replace(lot, lot=replace(lot.lot, scoring={"price": {}}))
    assert largest_budget(replace(state, lots={"1": bare})) == 0


@pytest.mark.parametrize("actor", [AGENCY, WITNESS, KIOSK, member("M1"), SYSTEM])
def test_who_may_not(actor: Actor) -> None:
    with refused("not_permitted"):
        decide(at("pledged").it, c.ConstituteCommittee(), actor, NOON)


def test_after_the_end_nothing_more() -> None:
    with refused("closed"):
        at("closed").do(c.AddRemark("晚了"), WITNESS)


def test_who_was_found_by_face_is_admitted_by_two_and_the_journal_says_how_they_were_known() -> None:
    play = at("drawn")
    play.do(c.RequestRelease("found", "p1", "没有可读的证件 (0.61, +0.30)"), KIOSK)
    assert play.do(c.ApproveRelease("found", "p1", "照片与本人一致"), CENTRE) == ["ReleaseApproved"]
    assert play.it.members["p1"].stage is MemberStage.EXPECTED
    assert play.do(c.ApproveRelease("found", "p1", "照片与本人一致"), WITNESS) == ["ReleaseApproved", "MemberCheckedIn"]
    assert play.it.members["p1"].means == "found"
    assert play.it.releases == {}


def test_a_search_for_a_member_who_came_in_by_the_document_is_over() -> None:
    play = at("drawn")
    play.do(c.RequestRelease("found", "p1", "没有可读的证件"), KIOSK)
    play.do(c.CheckIn("p1", "0.9", "fused", ALIVE), KIOSK)
    assert play.it.releases == {}
    with refused("nothing_requested"):
        play.do(c.ApproveRelease("found", "p1", "好"), CENTRE)

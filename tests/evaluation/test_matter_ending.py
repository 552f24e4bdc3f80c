"""The chair by name, the opinion on too few bids, signing and refusing to sign, ending without result."""

from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, ALIVE, CENTRE, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.naming import NameChair
from app.evaluation.matters.opinion import GiveTenderOpinion
from app.evaluation.matters.replacement import AddMembers, AskReplacement, RecordDeparture
from app.evaluation.matters.signing import RecordRefusalToSign, deemed
from app.evaluation.matters.termination import ApproveTermination, AskTermination, RefuseTermination, terminated
from app.evaluation.model import SheetKind
from app.evaluation.replay import check
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.steps import member_step
from app.evaluation.views import acts, view
from app.rules.model import Party

TENDEREE, REGULATOR = Actor(Party.TENDEREE, post="tenderee-a"), Actor(Party.REGULATOR, post="regulator-a")


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def told(it: Play, lot: str = "1") -> str:
    """What the report says of the course."""
    return "\n".join(f"{line.head} {line.text}" for m in MATTERS for line in m.report(it.it, lot))


def offered(it: Play, viewer: Actor) -> list[str]:
    return [act["command"] for act in acts(it.it, viewer)]


# --- the chair by name


def test_the_tenderee_of_a_works_tender_may_name_the_chair() -> None:
    it = at("constituted", "GC")
    assert "NameChair" in offered(it, TENDEREE)
    it.do(c.ProposeChair(it.it.committee[0]), member(it.it.committee[1]))
    it.do(NameChair(it.it.committee[2], "具有同类项目经验"), TENDEREE)
    assert (it.it.chair, it.it.chair_means) == (it.it.committee[2], "named")
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    assert "具有同类项目经验" in told(it)
    assert "NameChair" not in offered(it, TENDEREE)
    with refused("chair_chosen"):
        it.do(NameChair(it.it.committee[0], "换人"), TENDEREE)
    sound(it)


def test_in_procurement_the_members_choose_and_nobody_who_may_not_chair_is_named() -> None:
    with refused("chair_is_elected"):
        at("constituted", "ZC").do(NameChair("M1", "指定"), TENDEREE)
    it = at("constituted", "GC")
    with refused("not_permitted"):
        it.do(NameChair("M1", "指定"), CENTRE)
    with refused("not_eligible", "$.candidate"):
        it.do(NameChair("M99", "指定"), TENDEREE)
    with refused("reason_needed", "$.reason"):
        it.do(NameChair(it.it.committee[0], ""), TENDEREE)
    with refused("wrong_stage"):
        at("pledged", "GC").do(NameChair("M1", "指定"), TENDEREE)


# --- too few bids


def too_few(track: str = "ZC") -> Play:
    """A lot that failed because two bids of three are left."""
    it = at("reviewing", track)
    state = it.it.lots["1"]
    keep = state.reviews[-1].bids[:2]
    item = state.lot.review_items[0]
    it.review("1", lambda alias, bid, i: bid in keep or i != item.id)
    it.conclude("1", {bid: item.ground for bid in state.reviews[-1].bids if bid not in keep})
    assert it.it.lots["1"].stage is LotStage.CONFIRMING
    return it


def test_with_too_few_bids_every_expert_states_an_opinion_before_signing() -> None:
    it = too_few()
    first, *rest = it.it.committee
    assert "GiveTenderOpinion" in offered(it, member(first))
    with refused("opinion_needed"):
        it.do(c.ConfirmResult("1"), member(first))
    with refused("reason_needed", "$.text"):
        it.do(GiveTenderOpinion("1", True, False, ""), member(first))
    it.do(GiveTenderOpinion("1", True, False, "第三章第 2 条要求本地业绩"), member(first))
    with refused("already_answered"):
        it.do(GiveTenderOpinion("1", False, False, ""), member(first))
    assert "GiveTenderOpinion" not in offered(it, member(first))
    it.do(c.ConfirmResult("1"), member(first))
    for alias in rest:
        it.do(GiveTenderOpinion("1", False, False, ""), member(alias))
        it.do(c.ConfirmResult("1"), member(alias))
    assert it.it.lots["1"].stage is LotStage.REPORTING
    assert "第三章第 2 条要求本地业绩" in told(it)
    assert told(it).count("程序符合规定") == 5
    sound(it)


def test_where_nothing_failed_no_opinion_is_asked() -> None:
    it = at("confirming", "ZC")
    with refused("no_opinion_asked"):
        it.do(GiveTenderOpinion("1", False, False, ""), member(it.it.committee[0]))


# --- signing


def silence(it: Play) -> str:
    """All but one expert confirm; returns the silent one."""
    silent = next(m.alias or "" for m in it.it.pledged if m.alias != it.it.chair)
    for alias in it.it.committee:
        if alias != silent:
            it.do(c.ConfirmResult("1"), member(alias))
    return silent


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_who_refuses_to_sign_without_a_word_is_deemed_to_agree(track: str) -> None:
    it = at("confirming", track)
    silent = silence(it)
    chair = member(it.it.chair or "")
    with refused("time_to_sign"):
        it.do(RecordRefusalToSign("1", silent, "当面拒绝"), chair)
    it.now += timedelta(minutes=30)
    with refused("not_the_chair"):
        it.do(RecordRefusalToSign("1", silent, "当面拒绝"), member(silent))
    with refused("not_the_chair"):
        it.do(RecordRefusalToSign("1", silent, "当面拒绝"), WITNESS)
    with refused("reason_needed", "$.account"):
        it.do(RecordRefusalToSign("1", silent, " "), chair)
    it.do(RecordRefusalToSign("1", silent, "以劳务报酬过低为由拒绝签字"), chair)
    assert it.it.lots["1"].stage is LotStage.REPORTING
    assert deemed(it.it, "1") == (silent,)
    assert f"{silent}拒绝签字且未书面说明不同意见和理由，视为同意" in told(it)
    sound(it)


def test_the_witness_writes_it_down_where_the_chair_refuses() -> None:
    it = at("confirming", "ZC")
    chair = it.it.chair or ""
    for alias in it.it.committee:
        if alias != chair:
            it.do(c.ConfirmResult("1"), member(alias))
    it.now += timedelta(minutes=31)
    with refused("not_permitted", "$.refuser"):
        it.do(RecordRefusalToSign("1", chair, "我不签"), member(chair))
    assert offered(it, WITNESS).count("RecordRefusalToSign") == 1
    it.do(RecordRefusalToSign("1", chair, "组长拒绝签字"), WITNESS)
    assert it.it.lots["1"].stage is LotStage.REPORTING
    sound(it)


def test_who_has_spoken_is_not_recorded() -> None:
    it = at("confirming", "ZC")
    silence(it)
    it.now += timedelta(minutes=31)
    spoke = next(a for a in it.it.committee if a in it.it.lots["1"].opinions and a != it.it.chair)
    with refused("already_answered", "$.refuser"):
        it.do(RecordRefusalToSign("1", spoke, "不签"), member(it.it.chair or ""))


# --- ending


def end(it: Play, code: str) -> None:
    it.do(AskTermination(code, "采购任务取消"), CENTRE)
    it.do(ApproveTermination("依据采购人来函"), TENDEREE)


@pytest.mark.parametrize(("track", "code"), [("ZC", "204"), ("GC", "change")])
@pytest.mark.parametrize("stage", ["arrived", "constituted", "marking", "marked", "confirming"])
def test_an_evaluation_ends_at_any_stage_without_result(track: str, code: str, stage: str) -> None:
    it = at(stage, track)
    end(it, code)
    lot = it.it.lots["1"]
    assert (lot.stage, lot.failed, lot.result_hash) == (LotStage.REPORTING, "terminated", None)
    assert terminated(it.it) == code
    for viewer in (WITNESS, CENTRE, *(member(m.alias) for m in it.it.members.values() if m.alias)):
        seen: Any = view(it.it, viewer)
        assert seen["matters"]["termination"]["code"] == code
        assert all(one["result"] is None for one in seen["lots"])
    it.issue("1", b"report", 1)
    for one in list(it.it.members.values()):
        if one.stage is MemberStage.PLEDGED:
            it.do(c.WipeSeat(one.seat or ""), member(one.alias or ""))
            it.do(c.ReturnPhone(one.ref, one.locker or ""), Actor(Party.KIOSK))
            it.do(c.LeaveRoom(one.ref), Actor(Party.KIOSK))
        elif one.stage is not MemberStage.EXPECTED:
            it.do(RecordDeparture(one.ref, "评审终止，由工作人员引导离场"), CENTRE)
    it.close()
    assert "终止" in told(it)
    sound(it)


def test_two_roles_and_a_code_of_the_rule_set_end_it() -> None:
    it = at("marking", "ZC")
    with refused("no_lawful_ground", "$.code"):
        it.do(AskTermination("999", "不想评了"), CENTRE)
    with refused("reason_needed", "$.reason"):
        it.do(AskTermination("205", ""), CENTRE)
    with refused("not_permitted"):
        it.do(AskTermination("205", "文件有缺陷"), member(it.it.chair or ""))
    with refused("nothing_requested"):
        it.do(ApproveTermination("同意"), REGULATOR)
    it.do(AskTermination("205", "文件有重大缺陷"), WITNESS)
    with refused("already_requested"):
        it.do(AskTermination("205", "再提"), CENTRE)
    with refused("same_role"):
        it.do(ApproveTermination("同意"), WITNESS)
    with refused("not_permitted"):
        it.do(ApproveTermination("同意"), AGENCY)
    it.do(RefuseTermination("不构成重大缺陷"), REGULATOR)
    assert terminated(it.it) is None
    end(it, "205")
    with refused("wrong_stage"):
        it.seal("1", SheetKind.MARKS, 1, it.it.committee[0], {})
    with refused("already_reporting"):
        it.do(AskReplacement("M1", "health", "不适"), CENTRE)
    with refused("already_reporting"):
        it.do(AskTermination("205", "再次"), CENTRE)
    sound(it)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_end_is_offered_to_who_may_ask_and_then_to_another_role(track: str) -> None:
    it = at("marking", track)
    chair = member(it.it.chair or "")
    roles = {"centre": CENTRE, "witness": WITNESS, "regulator": REGULATOR, "tenderee": TENDEREE}
    everyone = roles | {"agency": AGENCY, "chair": chair}
    answers = {"ApproveTermination", "RefuseTermination"}

    def offers(*commands: str) -> set[str]:
        return {name for name, viewer in everyone.items() if set(commands) & set(offered(it, viewer))}

    assert offers("AskTermination") == set(roles)
    (asking,) = (act for act in acts(it.it, CENTRE) if act["command"] == "AskTermination")
    codes = [option["value"] for field in asking["fields"] if field["name"] == "code" for option in field["options"]]
    assert codes == list(it.it.ruleset.procedure.termination_codes), "the closed list of the rule set"
    assert asking["grave"]
    it.do(AskTermination(codes[0], "任务取消"), WITNESS)
    assert offers("AskTermination") == set()
    assert offers(*answers) == {"regulator", "tenderee"}, "neither who asked nor who only runs the room"
    deciding = {act["command"]: act for act in acts(it.it, REGULATOR) if act["command"] in answers}
    assert set(deciding) == answers
    for act in deciding.values():
        assert act["help"]["zh"] == f"{it.it.ruleset.procedure.termination_codes[codes[0]]}。任务取消"
    assert (deciding["ApproveTermination"]["grave"], deciding["RefuseTermination"]["grave"]) == (True, False)
    it.do(ApproveTermination("依据采购人来函"), TENDEREE)
    assert offers("AskTermination", *answers) == set(), "what has ended cannot be ended again"


@pytest.mark.parametrize("done", ["CheckIn", "StorePhone", "TakeSlot", "OpenSeat", "ReadDiscipline"])
def test_who_has_not_pledged_when_it_ends_goes_home_by_the_door_as_everybody(done: str) -> None:
    it = at("arrived", "ZC")
    kiosk = Actor(Party.KIOSK)
    it.do(AddMembers((sealed_expert(it),), "ab" * 32, "补抽一人"), CENTRE)
    slot, seat, alias = it.place(sum(m.slot is not None for m in it.it.members.values()))
    steps: list[tuple[c.Command, Actor]] = [
        (c.CheckIn("p9", "0.7", "sface-1", ALIVE), kiosk),
        (c.StorePhone("p9", "40"), kiosk),
        (c.TakeSlot("p9", slot, seat, alias), kiosk),
        (c.OpenSeat("0.7", "sface-1"), member(alias)),
        (c.ReadDiscipline(60), member(alias)),
    ]
    for command, actor in steps:
        it.do(command, actor)
        if type(command).__name__ == done:
            break
    way = {
        "CheckIn": ["leave"],
        "StorePhone": ["take_phone", "leave"],
        "TakeSlot": ["take_phone", "leave"],
        "OpenSeat": ["wipe_seat", "take_phone", "leave"],
        "ReadDiscipline": ["wipe_seat", "take_phone", "leave"],
    }[done]
    go: dict[str, tuple[c.Command, Actor]] = {
        "wipe_seat": (c.WipeSeat(seat), member(alias)),
        "take_phone": (c.ReturnPhone("p9", "40"), kiosk),
        "leave": (c.LeaveRoom("p9"), kiosk),
    }
    with refused("wrong_member_stage"):
        it.do(*go[way[0]])  # not while there is still something to do
    end(it, "204")
    it.issue("1", b"report", 1)
    for step in way:
        assert member_step(it.it, it.it.members["p9"]).code == step
        it.do(*go[step])
    assert it.it.members["p9"].stage is MemberStage.LEFT
    for one in list(it.it.members.values()):
        if one.stage is MemberStage.PLEDGED:
            it.do(c.WipeSeat(one.seat or ""), member(one.alias or ""))
            it.do(c.ReturnPhone(one.ref, one.locker or ""), kiosk)
            it.do(c.LeaveRoom(one.ref), kiosk)
        elif one.stage not in (MemberStage.EXPECTED, MemberStage.LEFT):
            it.do(RecordDeparture(one.ref, "评审终止，由工作人员引导离场"), CENTRE)
    it.close()
    sound(it)


def sealed_expert(it: Play) -> dict[str, Any]:
    """One more expert, as a supplementary list brings it."""
    listed = next(e for e in it.log.entries if e.type == "EvaluationOpened").data["members"]
    return {**next(one for one in listed if one["kind"] == "expert"), "ref": "p9"}

"""After signature: the original members evaluate again in a new session, and what was found stands until changed."""

import pytest
from evaluation_factory import ALIVE, CENTRE, STREAM, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.reevaluation import ApproveReevaluation, AskReevaluation, RefuseReevaluation
from app.evaluation.replay import check
from app.evaluation.room.commands import OpenSession
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.views import acts
from app.rules.model import Party

AGENCY, REGULATOR = Actor(Party.AGENCY, post="agency-a"), Actor(Party.REGULATOR, post="regulator-a")
WHEN = "2026-03-20T09:00:00+08:00"
GROUND = {"ZC": "sum", "GC": "objection"}


def again(track: str) -> Play:
    """A closed evaluation, opened again."""
    it = at("closed", track)
    it.do(AskReevaluation("1", GROUND[track], "质疑成立", WHEN), AGENCY)
    it.do(ApproveReevaluation("1", "同意由原评标委员会重新评审"), REGULATOR)
    return it


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def come_again(it: Play) -> None:
    """The original members come in and compose the committee, which chooses its chair."""
    it.do_room(OpenSession(STREAM, 2))
    it.draw_seats_again()
    for ref, one in list(it.it.members.items()):
        it.do(c.CheckIn(ref, "0.7", "sface-1", ALIVE), Actor(Party.KIOSK))
        it.do(c.StorePhone(ref, ref.removeprefix("p").zfill(2)), Actor(Party.KIOSK))
        slot, seat, _ = it.place(sum(m.slot is not None for m in it.it.members.values()))
        it.do(c.TakeSlot(ref, slot, seat, one.alias or ""), Actor(Party.KIOSK))
        it.do(c.OpenSeat("0.7", "sface-1"), member(one.alias or ""))
        it.do(c.ReadDiscipline(60), member(one.alias or ""))
        it.pledge(one.alias or "")
    it.do(c.ConstituteCommittee(), CENTRE)
    it.choose_chair()


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_original_members_mark_again_and_the_first_session_stays(track: str) -> None:
    it = at("closed", track)
    aliases = set(it.it.committee)
    first = list(it.log.entries)
    it = again(track)
    assert (it.it.closed, it.it.session, it.it.planned_at) == (False, 2, WHEN)
    assert all(m.stage is MemberStage.EXPECTED for m in it.it.members.values())
    come_again(it)
    assert set(it.it.committee) == aliases
    lot = it.it.lots["1"]
    assert (lot.stage, lot.reviews[-1].ended) == (LotStage.REVIEWING, aliases)
    it.do(c.OpenSheets("1", "review", 2, {}))
    it.conclude("1")
    it.do(c.OpenSheets("1", "marks", 2, {}))
    it.do(c.RepeatStage("1", "marks", "sum", "复核发现汇总有误"), member(it.it.chair or ""))
    it.mark("1")
    it.finish_lot("1")
    it.issue("1", b"second report", 2)
    it.leave()
    it.close()
    assert it.log.entries[: len(first)] == first
    assert it.it.lots["1"].marks[0].opened
    told = "".join(line.text for m in MATTERS for line in m.report(it.it, "1"))
    assert "第 2 次评审" in told
    assert "质疑成立" in told
    sound(it)


def test_another_role_agrees_on_a_lawful_ground() -> None:
    it = at("closed", "ZC")
    with refused("no_lawful_ground", "$.ground"):
        it.do(AskReevaluation("1", "wish", "采购人不满意", WHEN), AGENCY)
    with refused("bad_value", "$.planned_at"):
        it.do(AskReevaluation("1", "sum", "汇总有误", "明天"), AGENCY)
    with refused("bad_value", "$.planned_at"):
        it.do(AskReevaluation("1", "sum", "汇总有误", "2026-03-20T09:00:00"), AGENCY)
    with refused("reason_needed", "$.reason"):
        it.do(AskReevaluation("1", "sum", "", WHEN), AGENCY)
    with refused("unknown_lot"):
        it.do(AskReevaluation("9", "sum", "汇总有误", WHEN), AGENCY)
    with refused("nothing_requested"):
        it.do(ApproveReevaluation("1", "同意"), REGULATOR)
    assert [a["command"] for a in acts(it.it, AGENCY)] == ["AskReevaluation"]
    it.do(AskReevaluation("1", "sum", "汇总有误", WHEN), REGULATOR)
    with refused("already_requested"):
        it.do(AskReevaluation("1", "sum", "汇总有误", WHEN), AGENCY)
    with refused("same_role"):
        it.do(ApproveReevaluation("1", "同意"), REGULATOR)
    assert [a["command"] for a in acts(it.it, WITNESS)] == ["ApproveReevaluation", "RefuseReevaluation"]
    it.do(RefuseReevaluation("1", "理由不成立"), WITNESS)
    assert it.it.closed
    with refused("closed"):
        it.do(c.AddRemark("补记"), WITNESS)
    sound(it)


def test_before_the_end_there_is_nothing_to_open_again() -> None:
    it = at("marked", "ZC")
    with refused("not_closed"):
        it.do(AskReevaluation("1", "sum", "汇总有误", WHEN), AGENCY)
    assert "AskReevaluation" not in [a["command"] for a in acts(it.it, AGENCY)]


def test_who_comes_again_keeps_the_alias() -> None:
    it = again("ZC")
    it.do_room(OpenSession(STREAM, 2))
    it.draw_seats_again()
    it.do(c.CheckIn("p1", "0.7", "sface-1", ALIVE), Actor(Party.KIOSK))
    it.do(c.StorePhone("p1", "01"), Actor(Party.KIOSK))
    slot, seat, _ = it.place(0)
    other = next(m.alias for m in it.it.members.values() if m.ref != "p1")
    with refused("bad_value", "$.alias"):
        it.do(c.TakeSlot("p1", slot, seat, str(other)), Actor(Party.KIOSK))

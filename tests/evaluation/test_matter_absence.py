"""A member who does not come: reported and confirmed by two, made up by a supplementary list; also weeks later."""

from __future__ import annotations

import json

import pytest
from acts_filled import REGULATOR, all_are_taken, filled, offered
from evaluation_factory import AGENCY, ALIVE, CENTRE, STREAM, WITNESS, Play, member
from evaluation_stages import at, refused

from app.archive.extract import extract_of
from app.archive.ledger import ledger
from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters import MATTERS
from app.evaluation.matters.absence import ConfirmAbsence, DismissAbsence, ReportAbsence
from app.evaluation.matters.duty import ConfirmMinutes, Duty, time_slip
from app.evaluation.matters.reevaluation import ApproveReevaluation, AskReevaluation
from app.evaluation.matters.replacement import AddMembers
from app.evaluation.model import SheetKind
from app.evaluation.registry import read_command
from app.evaluation.replay import check
from app.evaluation.room.commands import OpenSession
from app.evaluation.stages import LotStage, MemberStage
from app.evaluation.views import view
from app.rules.model import Party

KIOSK = Actor(Party.KIOSK)
WHEN = "2026-03-20T09:00:00+08:00"
GROUND = {"ZC": "sum", "GC": "objection"}
NEWCOMER = {"ref": "p9", "kind": "expert", "authorised": False}


def sealed_member(it: Play) -> dict[str, object]:
    """A supplementary member, as the room makes it of a list."""
    first = next(e for e in it.log.entries if e.type == "EvaluationOpened").data["members"]
    model = next(one for one in first if one["kind"] == "expert")
    return {**model, "ref": "p9"}


def sound(it: Play) -> None:
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def drawn(members: int = 5, track: str = "ZC") -> Play:
    it = Play(track)
    it.open_room()
    it.import_package(members, delegates=0)
    it.draw_slots()
    return it


def course(it: Play) -> str:
    return "\n".join(line.text for m in MATTERS for line in m.report(it.it, "1"))


def test_who_does_not_come_is_waited_for_no_more_and_made_up() -> None:
    it = drawn()
    for k in range(1, 5):
        it.pledge(it.arrive(f"p{k}"))
    with refused("members_missing"):
        it.constitute()
    (act,) = offered(it, CENTRE, "ReportAbsence")
    assert [option["value"] for option in act["fields"][0]["options"]] == ["p5"]
    assert all_are_taken(it, "ReportAbsence") == 1
    it.do(read_command("ReportAbsence", filled(act, ground="absent", reason="电话告知突发疾病")), CENTRE)
    with refused("already_requested", "p5"):
        it.do(ReportAbsence("p5", "absent", "再报"), CENTRE)
    assert not offered(it, CENTRE, "ReportAbsence", "ConfirmAbsence")
    assert all_are_taken(it, "ConfirmAbsence", "DismissAbsence") == 4
    it.do(ConfirmAbsence("p5", "已核实"), WITNESS)
    assert it.it.members["p5"].stage is MemberStage.LEFT
    with refused("wrong_member_stage"):
        it.do(c.CheckIn("p5", "0.7", "sface-1", ALIVE), KIOSK)
    with refused("committee_too_small" if it.it.ruleset.committee.minimum > 4 else "committee_even"):
        it.constitute()
    it.do(AddMembers((sealed_member(it),), "ab" * 32, "补抽一人"), CENTRE)
    it.pledge(it.arrive("p9"))
    it.constitute()
    assert len(it.it.committee) == 5
    assert "一名未领席位的成员不能到场" in course(it)
    sound(it)


def test_who_is_dismissed_or_comes_meanwhile_is_not_absent() -> None:
    it = drawn()
    with refused("no_lawful_ground", "$.ground"):
        it.do(ReportAbsence("p1", "wish", "不想来"), CENTRE)
    with refused("reason_needed", "$.reason"):
        it.do(ReportAbsence("p1", "absent", " "), CENTRE)
    with refused("unknown_member"):
        it.do(ReportAbsence("p77", "absent", "查无此人"), CENTRE)
    with refused("not_permitted"):
        it.do(ReportAbsence("p1", "absent", "没来"), AGENCY)
    with refused("nothing_requested"):
        it.do(ConfirmAbsence("p1", "同意"), WITNESS)
    it.do(ReportAbsence("p1", "absent", "还没到"), CENTRE)
    with refused("not_permitted"):
        it.do(ConfirmAbsence("p1", "同意"), CENTRE)
    it.do(DismissAbsence("p1", "再等十分钟"), REGULATOR)
    it.do(ReportAbsence("p1", "absent", "仍未到"), CENTRE)
    it.pledge(it.arrive("p1"))
    with refused("wrong_member_stage"):
        it.do(ConfirmAbsence("p1", "同意"), WITNESS)
    assert [act["command"] for act in offered(it, WITNESS, "ConfirmAbsence", "DismissAbsence")] == ["DismissAbsence"]
    it.do(DismissAbsence("p1", "已到场"), WITNESS)
    with refused("wrong_member_stage"):
        it.do(ReportAbsence("p1", "absent", "走了"), CENTRE)
    for k in range(2, 6):
        it.pledge(it.arrive(f"p{k}"))
    it.constitute()
    with refused("already_constituted"):
        it.do(ReportAbsence("p2", "absent", "没来"), CENTRE)
    assert not offered(it, CENTRE, "ReportAbsence")
    assert "继续等候" in course(it)
    sound(it)


def come(it: Play, ref: str) -> None:
    """A member comes in again, under the old alias."""
    alias = it.it.members[ref].alias or ""
    it.do(c.CheckIn(ref, "0.7", "sface-1", ALIVE), KIOSK)
    it.do(c.StorePhone(ref, ref.removeprefix("p").zfill(2)), KIOSK)
    slot, seat, _ = it.place(sum(m.slot is not None for m in it.it.members.values()))
    used = {m.alias for m in it.it.members.values()}
    alias = alias or next(one for one in it.transcripts[it.drawn[1]]["order"] if one not in used)
    it.do(c.TakeSlot(ref, slot, seat, alias), KIOSK)
    it.do(c.OpenSeat("0.7", "sface-1"), member(alias))
    it.do(c.ReadDiscipline(60), member(alias))
    it.pledge(alias)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_an_original_member_who_cannot_come_weeks_later(track: str) -> None:
    it = at("closed", track)
    slip = time_slip(it.it)
    it.do(AskReevaluation("1", GROUND[track], "质疑成立", WHEN), AGENCY)
    it.do(ApproveReevaluation("1", "同意由原评标委员会重新评审"), REGULATOR)
    assert it.it.memory(Duty).before == (slip,)
    assert time_slip(it.it) == ()
    gone = list(it.it.members)[-1]
    alias = it.it.members[gone].alias or ""
    it.do(ReportAbsence(gone, "health", "住院"), CENTRE)
    (act, _) = offered(it, WITNESS, "ConfirmAbsence", "DismissAbsence")
    assert alias in act["title"]["zh"]
    it.do(ConfirmAbsence(gone, "已核实诊断证明"), WITNESS)
    assert it.it.members[gone].replaced == "health"
    assert alias not in it.it.lots["1"].reviews[-1].carried
    it.do(AddMembers((sealed_member(it),), "ab" * 32, "补抽一人"), CENTRE)
    it.do_room(OpenSession(STREAM, 2))
    it.draw_seats_again()
    for ref in [ref for ref in it.it.members if ref != gone]:
        come(it, ref)
    it.do(c.ConstituteCommittee(), CENTRE)
    it.choose_chair()
    lot = it.it.lots["1"]
    newcomer = it.it.members["p9"].alias or ""
    assert (lot.stage, set(lot.reviews[-1].ended)) == (LotStage.REVIEWING, set(it.it.committee) - {newcomer})
    bids, items = lot.live_bids(), [item.id for item in lot.lot.review_items]
    verdicts = {"bids": {bid: {item: {"pass": True} for item in items} for bid in bids}}
    it.seal_all("1", SheetKind.REVIEW, {newcomer: verdicts})
    it.conclude("1")
    it.seal_all("1", SheetKind.MARKS, {newcomer: it.marks_of("1", newcomer)})
    it.finish_lot("1")
    rows = {row.alias: row for row in time_slip(it.it)}
    assert set(rows) == set(it.it.committee)
    assert all(row.minutes is not None and row.since > it.log.entries[0].at for row in rows.values())
    mine = rows[newcomer]
    it.do(ConfirmMinutes(mine.minutes or 0), member(newcomer))
    it.issue("1", b"second report", 2)
    it.leave()
    it.close()
    found = view(it.it, WITNESS)
    assert found is not None
    assert len(found["matters"]["duty"]["before"][0]) == len(slip)
    assert f"确认{alias}不到场，其原评审意见无效" in course(it)
    extract = extract_of(STREAM, it.room_log.entries, it.checkpoint(it.log), it.checkpoint(it.room_log))
    made = ledger(it.log.entries, "1", extract)
    assert json.dumps(made["time_slips_before"]) == json.dumps(found["matters"]["duty"]["before"])
    assert {row["alias"] for row in made["time_slip"]} == set(rows)
    sound(it)

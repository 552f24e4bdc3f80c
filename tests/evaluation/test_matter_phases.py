"""Marking in phases: each a sealed round of its own; what lies between two of them is opened by two people."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_case import good_marks
from evaluation_factory import AGENCY, CENTRE, STREAM, WITNESS, Play, member
from evaluation_stages import refused
from phased import constituted, finish, phase, shown, tender, two_phases, working

from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.demonstration import HoldDemonstration
from app.evaluation.matters.phases import AskUnsealing, ConfirmUnsealing
from app.evaluation.matters.replacement import AddMembers, ApproveReplacement, AskReplacement, RecomposeCommittee
from app.evaluation.model import SheetKind
from app.evaluation.redaction import told
from app.evaluation.registry import read_command, read_event
from app.evaluation.replay import check
from app.evaluation.sheets import check_sheet
from app.evaluation.stages import LotStage
from app.evaluation.tally import case_bytes, opened_marks, scoring_case
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.report import report_data
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a")


def chair(it: Play) -> Actor:
    return member(it.it.chair or "")


def lot_of(it: Play, viewer: Actor) -> dict[str, Any]:
    seen = view(it.it, viewer)
    assert seen is not None
    return dict(seen["lots"][0])


def acts(it: Play, viewer: Actor) -> dict[str, dict[str, Any]]:
    seen = view(it.it, viewer)
    assert seen is not None
    return {act["command"]: act for act in seen["acts"]}


def in_first(it: Play) -> Play:
    it.review("1")
    it.conclude("1")
    return it


def test_two_phases_make_the_same_case_as_one_round() -> None:
    it, plain = in_first(working(two_phases)), in_first(working())
    plain.mark("1")
    assert it.it.lots["1"].phase.id == "tech"
    it.mark("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.marked, lot.tallied) == (LotStage.UNSEALING, False, False)
    it.unseal("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.phase.id, [r.number for r in lot.marks]) == (LotStage.MARKING, "rest", [1, 2])
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    assert case_bytes(it.it, it.it.lots["1"]) == case_bytes(plain.it, plain.it.lots["1"])
    finish(it)
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_seals_are_bound_to_their_phase() -> None:
    it = in_first(working(two_phases))
    it.mark("1")
    it.unseal("1")
    it.mark("1")
    stages = [sealed.sealed["stage"] for r in it.it.lots["1"].marks for sealed in r.sealed.values()]
    assert stages == ["1/marks/tech"] * 5 + ["1/marks/rest"] * 5


def test_a_sheet_has_the_factors_of_its_phase_and_no_other() -> None:
    it = in_first(working(two_phases))
    alias = it.it.committee[0]
    sheet = it.marks_of("1", alias)
    assert {tuple(row) for row in sheet["marks"].values()} == {("T1", "T2")}
    check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    sheet["marks"]["A"]["C1"] = "30"
    with refused("unknown_key", "$.marks.A.C1"):
        check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    del sheet["marks"]["A"]["C1"], sheet["marks"]["A"]["T2"]
    with refused("absent_mark", "$.marks.A.T2"):
        check_sheet(it.it, "1", SheetKind.MARKS, sheet)


def test_who_may_open_what_lies_between() -> None:
    it = in_first(working(two_phases))
    with refused("wrong_stage"):
        it.do(AskUnsealing("1", "tech"), chair(it))
    it.mark("1")
    other = next(alias for alias in it.it.committee if alias != it.it.chair)
    with refused("not_the_chair"):
        it.do(AskUnsealing("1", "tech"), member(other))
    for actor in (CENTRE, AGENCY, WITNESS):
        with refused("not_permitted"):
            it.do(AskUnsealing("1", "tech"), actor)
    with refused("nothing_to_unseal", "$.phase"):
        it.do(AskUnsealing("1", "rest"), chair(it))
    with refused("nothing_requested"):
        it.do(ConfirmUnsealing("1", "tech"), WITNESS)
    with refused("unknown_lot"):
        it.do(AskUnsealing("9", "tech"), chair(it))
    assert it.do(AskUnsealing("1", "tech"), chair(it)) == ["UnsealingAsked"]
    with refused("already_requested"):
        it.do(AskUnsealing("1", "tech"), chair(it))
    for actor in (CENTRE, AGENCY, chair(it)):
        with refused("not_permitted"):
            it.do(ConfirmUnsealing("1", "tech"), actor)
    assert it.do(ConfirmUnsealing("1", "tech"), WITNESS) == ["UnsealingConfirmed", "PhaseUnsealed", "MarkingDue"]
    with refused("wrong_stage"):
        it.do(ConfirmUnsealing("1", "tech"), WITNESS)


def test_what_is_offered_is_taken() -> None:
    it = in_first(working(two_phases))
    assert "AskUnsealing" not in acts(it, chair(it))
    it.mark("1")
    assert "ConfirmUnsealing" not in acts(it, WITNESS)
    for viewer, kind in ((chair(it), "AskUnsealing"), (WITNESS, "ConfirmUnsealing")):
        act = acts(it, viewer)[kind]
        assert act["urgent"]
        it.do(read_command(kind, act["data"]), viewer)
    assert not {"AskUnsealing", "ConfirmUnsealing"} & {*acts(it, chair(it)), *acts(it, WITNESS)}


def test_objective_marks_agree_before_a_phase_is_over() -> None:
    def differing(alias: str, bid: str, factor: str) -> str:
        return "9" if (alias, bid, factor) == (alone, "B", "T2") else good_marks(alias, bid, factor)

    it = in_first(working(two_phases))
    alone = it.it.committee[0]
    it.mark("1", differing)
    assert "AskUnsealing" not in acts(it, chair(it))
    with refused("objective_mismatch", "B.T2"):
        it.do(AskUnsealing("1", "tech"), chair(it))
    it.do(
        read_command(
            "ChangePosition",
            codec.to_json(acts(it, member(alone))["ChangePosition"]["data"])
            | {"value": good_marks("M1", "B", "T2"), "reason": "业绩第 12 页仅一项"},
        ),
        member(alone),
    )
    it.unseal("1")
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    found = scoring_case(it.it, it.it.lots["1"])
    assert {sheet["B"]["T2"] for sheet in found["sheets"].values()} == {good_marks("M1", "B", "T2")}


def test_a_phase_is_done_again_before_it_is_over_and_by_its_name_afterwards() -> None:
    it = in_first(working(two_phases))
    it.mark("1")
    it.do(AskUnsealing("1", "tech"), chair(it))
    ground = next(iter(it.it.ruleset.procedure.repeat_grounds))
    it.do(c.RepeatStage("1", "marks", ground, "漏看附件"), chair(it))
    lot = it.it.lots["1"]
    assert (lot.stage, lot.phase.id, lot.marks[-1].number) == (LotStage.MARKING, "tech", 2)
    it.mark("1")
    with refused("nothing_requested"):  # what was asked was about the round before
        it.do(ConfirmUnsealing("1", "tech"), WITNESS)
    it.unseal("1")
    it.mark("1")
    with refused("unknown_phase", "$.phase"):
        it.do(c.RepeatStage("1", "marks", ground, "漏看附件", "none"), chair(it))
    offered = acts(it, chair(it))["RepeatStage"]
    filled = offered["data"] | {"phase": "tech", "ground": ground, "reason": "漏看附件"}
    assert {option["value"] for option in offered["fields"][0]["options"]} == {"tech", "rest"}
    it.do(read_command("RepeatStage", filled), chair(it))
    lot = it.it.lots["1"]
    assert (lot.phase.id, lot.marks[-1].number, lot.tallied) == ("tech", 4, False)
    assert it.do(c.AddRemark("复评"), WITNESS) == ["RemarkAdded"]
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED  # it was unsealed before: nothing is left to be opened
    it.do(c.RepeatStage("1", "marks", ground, "漏看附件"), chair(it))
    assert it.it.lots["1"].phase.id == "rest"
    it.mark("1")
    finish(it)
    assert check(it.log.entries)[1] is None


def test_a_repeat_without_a_phase_is_written_as_before() -> None:
    data = {"lot": "1", "kind": "marks", "ground": "sum", "reason": "合计有误"}
    assert read_event("StageRepeated", data).data() == data
    assert read_event("StageRepeated", data | {"phase": "tech"}).data() == data | {"phase": "tech"}


def test_members_see_the_phase_and_no_price_before_it_is_over() -> None:
    it = in_first(working(two_phases))
    own = member(it.it.committee[0])
    seen = lot_of(it, own)
    assert seen["round"]["phase"] == {"id": "tech", "name": "tech阶段", "blind": False}
    assert [f["id"] for f in seen["factors"]] == ["T1", "T2"]
    assert {bid["price"] for bid in seen["bids"]} == {bid["opened_price"] for bid in seen["bids"]} == {None}
    assert all(bid["price"] for bid in lot_of(it, CENTRE)["bids"])
    it.mark("1")
    for viewer in (own, WITNESS, REGULATOR, CENTRE):
        seen = lot_of(it, viewer)
        assert (seen["marks"], seen["result"], seen["round"]) == (None, None, None)
    opened = next(e for e in it.log.entries if e.type == "SheetsOpened" and e.data["kind"] == "marks")
    event = read_event("SheetsOpened", opened.data)
    assert {told(it.it, event, viewer) for viewer in (own, WITNESS, REGULATOR)} == {Told.HAPPENED}
    it.unseal("1")
    seen = lot_of(it, own)
    assert all(bid["price"] for bid in seen["bids"])
    assert [f["id"] for f in seen["factors"]] == ["C1"]
    assert seen["marks"] is None
    it.mark("1")
    assert lot_of(it, own)["marks"] == opened_marks(it.it, it.it.lots["1"])
    assert told(it.it, event, own) is Told.WHOLE


def test_everyone_is_told_what_the_lot_waits_for() -> None:
    it = in_first(working(two_phases))
    it.mark("1")
    seen = view(it.it, member(it.it.committee[0]))
    assert seen is not None
    assert seen["next"] == {"code": "wait_unsealing", "lot": "1", "act": False}
    assert it.it.ruleset.words["chair"] in seen["matters"]["phases"]["notices"][0]["text"]["zh"]
    it.do(AskUnsealing("1", "tech"), chair(it))
    seen = view(it.it, WITNESS)
    assert seen is not None
    assert "见证" in seen["matters"]["phases"]["notices"][0]["text"]["zh"]


def test_a_newcomer_marks_every_phase_and_the_others_stand() -> None:
    it = in_first(working(two_phases))
    it.mark("1")
    it.unseal("1")
    gone = next(alias for alias in it.it.committee if alias != it.it.chair)
    it.do(AskReplacement(gone, next(iter(it.it.ruleset.procedure.replacement_grounds)), "突发疾病"), CENTRE)
    it.do(ApproveReplacement(gone, "属实"), WITNESS)
    it.do(AddMembers(({"ref": "p6", "kind": "expert", "authorised": False},), "aa" * 32, "补抽"), CENTRE)
    alias = it.arrive("p6")
    it.pledge(alias)
    it.do(RecomposeCommittee(), CENTRE)
    lot = it.it.lots["1"]
    assert lot.stage is LotStage.REVIEWING
    ended = lot.reviews[-1].ended
    assert ended == set(it.it.committee) - {alias}
    items = {b: {i.id: {"pass": True} for i in lot.lot.review_items} for b in lot.reviews[-1].bids}
    it.seal_all("1", SheetKind.REVIEW, {alias: {"bids": items}})
    it.conclude("1")
    assert (it.it.lots["1"].phase.id, it.it.lots["1"].phase.opens.value) == ("tech", "prices")
    it.seal_all("1", SheetKind.MARKS, {alias: it.marks_of("1", alias)})
    assert it.it.lots["1"].phase.id == "rest"  # unsealed before: the lot goes on at once
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    assert set(opened_marks(it.it, it.it.lots["1"])) == set(it.it.committee)
    assert check(it.log.entries)[1] is None


# --- demonstrations


def held(it: Play, bid: str, **changes: Any) -> HoldDemonstration:
    now = it.now.isoformat()
    data = {"held": True, "started_at": now, "ended_at": now, "notes": ""} | changes
    return HoldDemonstration("1", bid, **data)


def test_marks_of_a_demonstration_are_sealed_when_all_were_held() -> None:
    it = in_first(working(shown))
    with refused("nothing_held_now"):
        it.do(held(it, "A"), AGENCY)
    it.mark("1")
    it.unseal("1")
    with refused("not_permitted"):
        it.do(held(it, "A"), WITNESS)
    for bid in "ABC":
        it.do(held(it, bid), AGENCY)
    with refused("already_held", "$.bid"):
        it.do(held(it, "A"), CENTRE)
    with refused("unknown_bid", "$.bid"):
        it.do(held(it, "Z"), AGENCY)
    with refused("bad_value", "$.ended_at"):
        it.do(held(it, "D", ended_at="soon"), AGENCY)
    with refused("held_out_of_order"):
        it.do(held(it, "D", started_at="2030-01-01T09:00:00+08:00"), AGENCY)
    with refused("reason_needed", "$.notes"):
        it.do(held(it, "D", held=False), AGENCY)
    with refused("demonstration_missing"):
        it.mark("1")
    it.do(held(it, "D", held=False, notes="等候 15 分钟未到"), CENTRE)
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    finish(it)
    assert check(it.log.entries)[1] is None
    made = str(
        report_data(it.it, "1", room_name="室", key_fingerprint="k", journal=(1, "00"), issued_at=it.log.entries[-1].at)
    )
    assert "D 第四建设咨询有限公司 未到场演示：等候 15 分钟未到" in made
    assert "“paper阶段”全体评委封存，评分开启。" in made


def test_a_demonstration_is_offered_for_who_has_not_come_yet() -> None:
    it = in_first(working(shown))
    assert "HoldDemonstration" not in acts(it, AGENCY)
    it.mark("1")
    it.unseal("1")
    for left in (4, 3, 2, 1):
        act = acts(it, AGENCY)["HoldDemonstration"]
        options = [option["value"] for option in act["fields"][0]["options"]]
        assert len(options) == left
        at = it.now.isoformat()
        filled = act["data"] | {"bid": options[0], "held": True, "started_at": at, "ended_at": at}
        it.do(read_command("HoldDemonstration", filled), AGENCY)
    assert "HoldDemonstration" not in acts(it, AGENCY)
    assert "HoldDemonstration" not in acts(it, WITNESS)


def test_samples_have_their_own_word() -> None:
    def samples(lot: dict[str, Any]) -> None:
        lot["phases"] = [phase("all", "T1", "T2", "C1", held="samples")]

    it = in_first(working(samples))
    assert acts(it, AGENCY)["HoldDemonstration"]["title"]["zh"] == "登记样品展示"


def test_the_stream_says_what_it_is_made_of() -> None:
    it = constituted(two_phases)
    assert it.log.entries[0].data["tender"] == tender(two_phases)
    assert it.it.stream == STREAM


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_both_tracks_mark_in_phases(track: str) -> None:
    def split(lot: dict[str, Any]) -> None:
        lot["phases"] = [phase("tech", "T1", "T2"), phase("rest", "C1")]

    it = in_first(working(split, track=track))
    it.mark("1")
    it.unseal("1")
    it.mark("1")
    finish(it)
    assert check(it.log.entries)[1] is None

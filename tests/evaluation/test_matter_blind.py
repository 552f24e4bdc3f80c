"""Blind marks: codes dealt before anyone chairs, other ones for everyone, opened one way behind the marks."""

from __future__ import annotations

import json
from typing import Any

from evaluation_case import good_marks
from evaluation_factory import CENTRE, STREAM, WITNESS, Play, member, secret
from evaluation_stages import refused
from phased import all_blind, blind, constituted, finish, tender, working

from app import drawing
from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.masking import readable_files
from app.evaluation.matters.blind import DealCodes, OpenCodes, to_deal, to_open
from app.evaluation.matters.clarification.records import DraftClarification
from app.evaluation.matters.phases import AskUnsealing, ConfirmUnsealing
from app.evaluation.matters.replacement import AddMembers, ApproveReplacement, AskReplacement, RecomposeCommittee
from app.evaluation.model import SheetKind
from app.evaluation.redaction import told
from app.evaluation.registry import read_event
from app.evaluation.replay import check
from app.evaluation.sheets import check_sheet
from app.evaluation.stages import LotStage
from app.evaluation.tally import case_bytes, opened_marks
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

SEED = secret("codes/1")
REGULATOR = Actor(Party.REGULATOR, post="regulator-a")
NAMES = ("第一监理有限公司", "第二工程咨询公司", "第三监理公司", "第四建设咨询有限公司")
PRICES = ("880000", "905000", "861000.50", "899000")


def own_lot(it: Play, alias: str, seeds: dict[str, bytes] | None = None) -> dict[str, Any]:
    seen = view(it.it, member(alias), {"1": SEED} if seeds is None else seeds)
    assert seen is not None
    return dict(seen["lots"][0])


def digest(name: str) -> str:
    return secret(name).hex()


def test_blind_marks_come_before_the_review_and_make_the_same_case() -> None:
    it, plain = working(blind), working(lambda lot: lot.update(factors=lot["factors"]))
    assert it.it.lots["1"].stage is LotStage.MARKING
    it.mark("1")
    assert it.it.lots["1"].stage is LotStage.UNSEALING
    it.unseal("1")
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    for one in (it, plain):
        one.review("1")
        one.conclude("1")
        one.mark("1")
    assert it.it.lots["1"].stage is LotStage.OPENED
    assert case_bytes(it.it, it.it.lots["1"]) == case_bytes(plain.it, plain.it.lots["1"])
    finish(it)
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_sheets_are_keyed_by_codes_until_they_are_opened() -> None:
    it = working(blind)
    alias = it.it.committee[0]
    sheet = it.marks_of("1", alias)
    assert set(sheet["marks"]) == {"1", "2", "3", "4"}
    check_sheet(it.it, "1", SheetKind.MARKS, sheet)
    by_bid = {"marks": {bid: {"T1": "12"} for bid in "ABCD"}, "reasons": {}}
    with refused("unknown_key", "$.marks.A"):
        check_sheet(it.it, "1", SheetKind.MARKS, by_bid)
    with refused("unknown_key", "$.reasons.A"):
        check_sheet(it.it, "1", SheetKind.MARKS, sheet | {"reasons": {"A": {"T1": "好"}}})
    it.mark("1")
    opened = next(e for e in it.log.entries if e.type == "SheetsOpened")
    assert all(set(one["sheet"]["marks"]) == {"1", "2", "3", "4"} for one in opened.data["sheets"].values())
    it.unseal("1")
    made = opened_marks(it.it, it.it.lots["1"])
    assert {a: s["marks"] for a, s in made.items()} == {
        a: {b: {"T1": good_marks(a, b, "T1")} for b in "ABCD"} for a in it.it.committee
    }


def test_nobody_chairs_before_the_codes_are_dealt() -> None:
    it = constituted(blind)
    it.state, kept = it.it, it.it
    before = [e.type for e in it.log.entries].index("CodesDealt")
    it.state = check(it.log.entries[:before])[0]
    assert to_deal(it.it) == ["1"]
    alias = it.it.committee[0]
    with refused("codes_not_dealt"):
        it.do(c.ProposeChair(alias), member(alias))
    with refused("not_permitted"):
        it.do(DealCodes("1", "aa" * 32), CENTRE)
    with refused("bad_value", "$.commitment"):
        it.do(DealCodes("1", "secret"))
    with refused("unknown_lot"):
        it.do(DealCodes("9", "aa" * 32))
    it.state = kept
    assert to_deal(it.it) == []
    with refused("already_drawn"):
        it.do(DealCodes("1", "aa" * 32))
    plain = constituted()
    with refused("wrong_stage"):
        plain.do(DealCodes("1", "aa" * 32))


def test_codes_are_opened_by_the_room_alone_and_only_as_committed() -> None:
    it = working(blind)
    it.mark("1")
    chair = member(it.it.chair or "")
    it.do(AskUnsealing("1", "dark"), chair)
    with refused("nothing_to_unseal"):
        it.do(OpenCodes("1", SEED.hex()))
    assert it.do(ConfirmUnsealing("1", "dark"), WITNESS) == ["UnsealingConfirmed"]
    with refused("already_approved"):
        it.do(ConfirmUnsealing("1", "dark"), WITNESS)
    assert to_open(it.it) == ["1"]
    for actor in (CENTRE, WITNESS, chair):
        with refused("not_permitted"):
            it.do(OpenCodes("1", SEED.hex()), actor)
    with refused("wrong_commitment", "$.seed"):
        it.do(OpenCodes("1", secret("other").hex()))
    with refused("bad_value", "$.seed"):
        it.do(OpenCodes("1", "x"))
    assert it.do(OpenCodes("1", SEED.hex())) == ["CodesOpened", "PhaseUnsealed", "ReviewDue"]
    with refused("wrong_stage"):
        it.do(OpenCodes("1", SEED.hex()))


def test_a_member_finds_neither_name_nor_price_nor_file_behind_a_code() -> None:
    it = working(blind)
    alias = it.it.committee[0]
    lot = own_lot(it, alias)
    told = json.dumps(lot, ensure_ascii=False)
    for secret_word in (*NAMES, *PRICES, "bid-A", digest("bid-A"), SEED.hex()):
        assert secret_word not in told
    assert [bid["id"] for bid in lot["bids"]] == ["1", "2", "3", "4"]
    for code, bid in it.codes("1", alias).items():
        (file,) = lot["bids"][int(code) - 1]["files"]
        assert file["sha256"] == digest(f"dark-{bid}")
        assert (file["path"], file["title"]) == (f"blind/{code}/1.pdf", "暗标文件1")
    assert [f["id"] for f in lot["factors"]] == ["T1"]
    orders = {tuple(bid["files"][0]["sha256"] for bid in own_lot(it, a)["bids"]) for a in it.it.committee}
    assert len(orders) > 1


def test_without_the_seed_a_member_sees_no_bid_at_all() -> None:
    it = working(blind)
    assert own_lot(it, it.it.committee[0], {})["bids"] == []
    assert own_lot(it, it.it.committee[0])["qualification"] is None


def test_no_console_sees_codes() -> None:
    it = working(blind)
    for viewer in (CENTRE, WITNESS, REGULATOR):
        seen = view(it.it, viewer, {"1": SEED})
        assert seen is not None
        assert [bid["id"] for bid in seen["lots"][0]["bids"]] == list("ABCD")
        assert SEED.hex() not in json.dumps(seen)
        assert "dark-" not in json.dumps(seen)


def test_only_blind_files_can_be_read() -> None:
    it = working(blind)
    who = member(it.it.committee[0])
    blind_files = {digest(f"dark-{bid}") for bid in "ABCD"}
    assert readable_files(it.it, who) == blind_files | {digest("tender")}
    assert readable_files(it.it, CENTRE) == frozenset()
    it.mark("1")
    assert readable_files(it.it, who) == blind_files | {digest("tender")}
    it.unseal("1")
    assert readable_files(it.it, who) == blind_files | {digest("tender")} | {digest(f"bid-{bid}") for bid in "ABCD"}
    lot = own_lot(it, who.alias or "", {})
    assert [bid["bidder"] for bid in lot["bids"]] == list(NAMES)


def test_marks_stay_shut_while_codes_do_and_afterwards() -> None:
    it = working(blind)
    it.mark("1")
    who = it.it.committee[0]
    assert own_lot(it, who)["marks"] is None
    it.unseal("1")
    assert own_lot(it, who)["marks"] is None  # the rest is still to be marked
    assert own_lot(it, who)["round"]["kind"] == "review"


def test_who_is_told_of_the_codes() -> None:
    it = working(blind)
    dealt = read_event("CodesDealt", {"lot": "1", "commitment": "aa" * 32})
    opened = read_event("CodesOpened", {"lot": "1", "seed": SEED.hex()})
    own = member(it.it.committee[0])
    assert told(it.it, dealt, own) is Told.HAPPENED
    assert told(it.it, opened, CENTRE) is Told.HAPPENED
    assert told(it.it, opened, own) is Told.WHOLE
    assert told(it.it, opened, Actor(Party.KIOSK)) is Told.NOTHING


def test_no_member_names_a_bid_while_codes_are_closed() -> None:
    it = working(blind)
    alias = next(a for a in it.it.committee if a != it.it.chair)
    with refused("blind_now", "$.bid"):
        it.do(DraftClarification("1", "A", "请说明"), member(alias))
    seen = view(it.it, member(alias), {"1": SEED})
    assert seen is not None
    assert "DraftClarification" not in [act["command"] for act in seen["acts"]]


def test_two_blind_phases_share_their_codes_which_are_opened_behind_the_last() -> None:
    it = working(all_blind)
    it.mark("1")
    assert it.it.lots["1"].phase.id == "deep"
    it.unseal("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.codes is not None and lot.codes.seed, lot.masked) == (LotStage.MARKING, None, True)
    it.mark("1")
    it.unseal("1")
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    it.review("1")
    it.conclude("1")
    assert it.it.lots["1"].stage is LotStage.OPENED  # everything was marked before
    assert {
        tuple(row) for sheet in opened_marks(it.it, it.it.lots["1"]).values() for row in sheet["marks"].values()
    } == {("T1", "C1")}
    finish(it)
    assert check(it.log.entries)[1] is None


def test_a_bid_that_fails_the_review_leaves_its_blind_marks_behind() -> None:
    it = working(blind)
    it.mark("1")
    it.unseal("1")
    it.review("1", lambda alias, bid, item: (bid, item) != ("B", "F2"))
    it.conclude("1", {"B": "R6"})
    it.mark("1")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.live_bids()) == (LotStage.OPENED, ("A", "C", "D"))
    assert lot.marked
    finish(it)
    assert check(it.log.entries)[1] is None


def test_a_lot_that_fails_blind_ends_without_its_codes() -> None:
    def few(lot: dict[str, Any]) -> None:
        blind(lot)
        for result in lot["qualification"]["results"]:
            result.update(passed=False, reason="无资质")

    it = working(few, track="ZC")
    lot = it.it.lots["1"]
    assert (lot.stage, lot.failed, lot.masked) == (LotStage.CONFIRMING, "too_few_bids", False)
    assert own_lot(it, it.it.committee[0])["marks"] is None


def test_an_unqualified_bid_gets_no_code() -> None:
    def three_of_four(lot: dict[str, Any]) -> None:
        blind(lot)
        lot["bids"].append({**lot["bids"][0], "id": "D", "bidder": "丁公司"})
        lot["qualification"]["results"] += [{"bid": "D", "passed": False, "reason": "无资质"}]

    it = working(three_of_four, track="ZC")
    assert sorted(it.codes("1", it.it.committee[0]).values()) == ["A", "B", "C"]
    assert len(own_lot(it, it.it.committee[0])["bids"]) == 3


def test_a_newcomer_marks_blind_by_codes_of_its_own() -> None:
    it = working(blind)
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
    assert (lot.stage, lot.phase.id, lot.masked) == (LotStage.MARKING, "dark", True)
    assert [bid["id"] for bid in own_lot(it, alias, {})["bids"]] == ["1", "2", "3", "4"]  # the seed is in the journal
    it.seal_all("1", SheetKind.MARKS, {alias: it.marks_of("1", alias)})
    assert it.it.lots["1"].stage is LotStage.REVIEWING
    it.review("1")
    it.conclude("1")
    it.mark("1")
    assert set(opened_marks(it.it, it.it.lots["1"])) == set(it.it.committee)
    assert check(it.log.entries)[1] is None


def test_the_commitment_stands_in_the_journal_before_any_sheet() -> None:
    it = working(blind)
    it.mark("1")
    kinds = [e.type for e in it.log.entries]
    assert kinds.index("CodesDealt") < kinds.index("ChairProposed") < kinds.index("SheetSealed")
    made = next(e.data for e in it.log.entries if e.type == "CodesDealt")
    assert made == {"lot": "1", "commitment": drawing.codes_commitment(STREAM, "1", SEED)}
    assert SEED.hex() not in "".join(str(e.data) for e in it.log.entries)
    assert tender(blind)["lots"][0]["phases"][0]["blind"] is True
    assert SYSTEM.role is Party.SYSTEM

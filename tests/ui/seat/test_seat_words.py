"""Plain parts without a window: the counter of faces, findings and price rules in sentences, the shelf."""

from __future__ import annotations

import os

import pytest

from app.link import Answered, Failed
from app.ports.face import FaceDecision, FaceEngine, FaceVerdict
from ui.seat.face import PATIENCE_S, FaceRun, FaceState
from ui.seat.findings_words import Difference, differences, finding_lines, mark_lines
from ui.seat.price_words import price_rule
from ui.seat.result_board import _named, _names
from ui.seat.shelf import MOST, Shelf
from ui.seat.steps import PageCode, Stop
from ui.seat.words import member_name, rail, yuan
from ui.theme import Tone
from ui.widgets.rail import StageState

pytestmark = pytest.mark.usefixtures("qapp")

SAME = FaceDecision(FaceVerdict.SAME, 0.71)


def test_three_in_a_row_and_the_weakest_is_told():
    run = FaceRun(0.0)
    run.take(SAME)
    run.take(FaceDecision(FaceVerdict.SAME, 0.44, FaceEngine.FUSED))
    assert run.state is FaceState.LOOKING
    with pytest.raises(LookupError):
        run.evidence()
    assert run.take(SAME) is FaceState.KNOWN
    assert run.evidence() == {"score": "0.4400", "engine": "fused"}
    assert run.look_at(1000.0) is FaceState.KNOWN


@pytest.mark.parametrize("verdict", [v for v in FaceVerdict if v is not FaceVerdict.SAME])
def test_anything_else_begins_the_row_anew(verdict):
    run = FaceRun(0.0)
    for decision in (SAME, SAME, FaceDecision(verdict, 0.35), SAME, SAME):
        run.take(decision)
    assert run.state is FaceState.LOOKING
    assert run.same == 2


def test_time_ends_in_doubt_and_doubt_stays():
    run = FaceRun(5.0)
    assert run.look_at(5.0 + PATIENCE_S - 0.1) is FaceState.LOOKING
    assert run.look_at(5.0 + PATIENCE_S) is FaceState.DOUBT
    for _ in range(3):
        run.take(SAME)
    assert run.state is FaceState.DOUBT


LOT = {
    "bids": [{"id": "A", "bidder": "First"}, {"id": "B", "bidder": "Second"}],
    "factors": [
        {"id": "T1", "name": "Plan", "kind": "subjective", "group": "technical"},
        {"id": "T2", "name": "Record", "kind": "objective", "group": "technical"},
    ],
    "marks": {"M2": {"marks": {"A": {"T1": "8", "T2": "4"}}}, "M1": {"marks": {"A": {"T1": "2", "T2": "5"}}}},
    "result": {
        "findings": [
            {"code": "deviation", "expert": "M1", "bid": "A", "factor": "T1", "mark": "2", "mean": "5.3333333333"},
            {"code": "identical_sheets", "experts": ["M1", "M2"]},
            {"code": "identical_sheets", "experts": ["M2", "M3"]},
            {"code": "identical_sheets", "experts": ["M4", "M5"]},
            {"code": "tie", "rank": 1, "bids": ["A", "B"]},
            {"code": "too_few_bids"},
            {"code": "objective_mismatch", "factor": "T2", "bid": "A", "experts": ["M1", "M2"]},
            {"code": "objective_mismatch", "factor": "T1", "bid": "A", "experts": ["M1", "M2"]},
            {"code": "something_new"},
        ],
        "abnormally_low": [{"id": "B", "trigger": "mean", "price": "500000", "threshold": "510000.500000"}],
    },
}


def test_findings_are_sentences_and_what_must_be_settled_comes_first():
    lines = finding_lines(LOT)
    assert [line.tone for line in lines[:2]] == [Tone.ERROR, Tone.ERROR]
    assert all(line.tone is Tone.ATTENTION for line in lines[2:])
    told = "\n".join(line.text for line in lines)
    for words in ("Member 1 gave 2", "mean of 5.3333.", "First, Second share rank 1", "500,000", "510,000.5", "Fewer"):
        assert words in told
    alike = [line.text for line in lines if "the same" in line.text]
    assert len(alike) == 2
    assert alike[0].startswith("Member 1, Member 2, Member 3")
    assert finding_lines({**LOT, "result": None}) == ()


def test_the_board_of_differences_never_carries_a_subjective_factor():
    found = differences(LOT)
    assert [(d.factor, d.bid) for d in found] == [("Record", "First")]
    assert dict(found[0].marks) == {"M1": "5", "M2": "4"}
    assert differences({**LOT, "result": None}) == ()


def test_differing_marks_are_told_by_mark_the_common_one_first():
    found = Difference("Record", "First", {"M1": "4", "M2": "5", "M3": "5"})
    assert mark_lines(found) == ("5: Member 2, Member 3", "4: Member 1")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("T1: (8 + 7) / 2 = 7.5 -> 7.50", "Plan: (8 + 7) ÷ 2 = 7.5 → 7.50"),
        ("price: 30 x 9 / 10 = 27 -> 27.00", "PRICE: 30 × 9 ÷ 10 = 27 → 27.00"),
        ("sheets left out (extreme totals): M1, M4", "Sheets left out, their totals being extreme: Member 1, Member 4"),
        ("Works: (M1 40.5 + M12 41) / 2 = 40.75", "Works: (Member 1 40.5 + Member 12 41) ÷ 2 = 40.75"),
        ("something new", "something new"),
        ("T9: 1 + 1", "T9: 1 + 1"),
    ],
)
def test_working_names_factors_and_members(line, told):
    assert _named(line, _names(LOT, {"price_score": "PRICE"})) == told


WORDS = {"benchmark": "BENCH", "ceiling": "CEILING", "price_score": "PRICE"}
BASE = {"full": "30", "benchmark": {"value": "mean"}, "score": {"kind": "ratio"}}
TABLE = [{"up_to": "-5", "score": "20"}, {"up_to": None, "score": "3"}]
MIX = [{"of": "value", "weight": "0.5"}, {"of": "lowest", "weight": "0.5"}]
LINEAR = {"kind": "deviation", "above": "1", "below": "0.5"}


def benchmark(**parts: object) -> dict[str, object]:
    return {"benchmark": {"value": "lowest"} | parts}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "Points = 30 × BENCH ÷ price"),
        ({"score": {"kind": "ratio_high"}}, "Points = 30 × price ÷ BENCH"),
        ({"score": LINEAR | {"step": "ceil", "floor": "0"}}, "Each started"),
        ({"score": LINEAR | {"below": "-0.5"}}, "below it adds 0.5"),
        ({"score": LINEAR | {"step": "floor"}}, "Only whole"),
        ({"score": {"kind": "power", "above": "2", "below": "1"}}, "power of the ratio"),
        ({"score": {"kind": "table", "rows": TABLE}}, "Beyond that: 3"),
        (benchmark(trim=[{"from": 5, "high": 1, "low": 2}]), "1 highest and the 2 lowest"),
        (benchmark(trim=[{"from": 5, "share": "0.20"}]), "20 % of them"),
        (benchmark(band={"around": "mean", "low": "-0.15", "high": None}), "from -15 % to +∞"),
        (benchmark(mix=MIX), "50 % × lowest price"),
        (benchmark(float="-0.01", factor="0.97"), "multiplied by 0.97"),
        (benchmark(float="-0.01"), "moved by -1 %"),
    ],
)
def test_a_price_rule_is_told_step_by_step(change, told):
    lines = price_rule({"ceiling": "1200000", "price": BASE | change, "places": 2}, WORDS)
    assert told in "\n".join(lines)
    assert "CEILING: 1,200,000 yuan." in lines


def test_without_a_price_rule_the_order_is_told():
    assert "lowest first" in price_rule({"price": None}, WORDS)[0]


def test_the_rail_speaks_the_tracks_words():
    stages = rail(PageCode.MARKS, {"marking": "详细评审", "chair": "负责人"})
    assert [s.state for s in stages].count(StageState.CURRENT) == 1
    without_talks = [stop for stop in Stop if stop not in {Stop.TALKING, Stop.PLATFORM}]
    assert len(stages) == len(without_talks)
    assert stages[without_talks.index(Stop.MARKING)].name == "详细评审"
    talking = rail(PageCode.WAIT_TALK, {"talk": "磋商", "marking": "综合评分"})
    assert [(s.name, s.state) for s in talking if s.state is StageState.CURRENT] == [("磋商", StageState.CURRENT)]
    assert [s.name for s in rail(PageCode.MARKS, {"talk": "磋商"})][5] == "磋商"
    assert rail(PageCode.WAITING, {}) == ()
    beside = {"chair": "组长", "preliminary": "符合性审查", "marking": "比较与评价", "report": "评审核验记录"}
    names = [stage.name for stage in rail(PageCode.WAIT_PLATFORM, beside, frozenset())]
    assert names[3:] == ["组长", "Platform check", "评审核验记录", "Leaving"]
    assert [s.name for s in rail(PageCode.REVIEW, beside, {"review"})][4:6] == ["符合性审查", "Platform check"]
    assert {s.state for s in rail(PageCode.GOODBYE, {})} == {StageState.DONE}


def test_figures_are_readable_and_exact():
    assert yuan("1566000.50") == "1,566,000.50"
    assert yuan(None) == "—"
    assert yuan("by quote") == "by quote"
    assert member_name("M12") == "Member 12"


class Desk:
    """Stands for the desk: remembers who asked."""

    def __init__(self):
        self.asked = []
        self.forgotten = 0

    def ask(self, asker, kind, question):
        self.asked.append(asker)

    def forget(self, asker):
        self.forgotten += 1


def content_of(kept):
    """The bytes that it holds."""
    file = kept.another()
    try:
        return os.pread(file, kept.size, 0)
    finally:
        os.close(file)


def test_a_shelf_fetches_once_and_holds_four():
    desk, got, missed = Desk(), [], []
    shelf = Shelf(desk)
    for name in "abcde":
        shelf.want(name, got.append, missed.append)
    shelf.want("a", got.append, missed.append)
    assert len(desk.asked) == 5
    for number, fetch in enumerate(desk.asked):
        fetch.answered(Answered(str(number), "file", bytes([number])))
    assert [content_of(one) for one in got] == [b"\0", b"\0", b"\1", b"\2", b"\3", b"\4"]
    assert got[0] is got[1]  # once in memory, however many look at it
    assert len(shelf.held()) == MOST
    assert "a" not in shelf.held()
    shelf.want("e", got.append, missed.append)
    assert len(desk.asked) == 5
    assert content_of(got[-1]) == b"\4"


def test_a_shelf_tells_why_something_did_not_come_and_forgets():
    desk, got, missed = Desk(), [], []
    shelf = Shelf(desk)
    shelf.want("a", got.append, missed.append)
    desk.asked[0].refused(Failed("0", "file", "wrong_content", "did not match", ""))
    assert missed == ["did not match"]
    shelf.want("a", got.append, missed.append)
    assert len(desk.asked) == 2
    shelf.want("b", got.append, missed.append)
    shelf.clear()
    assert desk.forgotten == 2
    assert shelf.held() == ()

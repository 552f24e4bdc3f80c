"""What follows when all have ended: decisions, findings, confirmation, dissent, report, leaving."""

from __future__ import annotations

import pytest
from evaluation_factory import good_marks, member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.evaluation import commands as c
from app.evaluation.matters.rejection.records import ProposeRejection, VoteRejection
from ui.seat.names import Name, part


def test_the_chair_states_that_all_pass(seat):
    seat.elect()
    seat.play.review("1")
    seat.show()
    assert seat.window.page_name == "conclude_review"
    assert seat.window.focusWidget() is seat.find(Name.CONCLUDE_DONE)
    QTest.keyClick(seat.find(Name.CONCLUDE_DONE), Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("ConcludeReview", {"lot": "1", "rejections": {}, "competition": None})
    seat.bridge.refuse("not_the_verdicts", "the rejections named are not what the verdicts say")
    assert seat.find(Name.CONCLUDE_DONE).isEnabled()


def test_a_rejection_names_its_statutory_ground(make_seat):
    seat = make_seat("GC")
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: (bid, item) != ("B", "F2"))
    seat.show()
    assert "第二工程咨询公司" in seat.shown_text()
    ground = seat.find(part(Name.CONCLUDE_GROUND, "B"))
    assert ground.currentData() == "R6"
    ground.setCurrentIndex(ground.findData("R5"))
    seat.press(Name.CONCLUDE_DONE)
    data = seat.bridge.link.sent[-1].data
    assert data == {"lot": "1", "rejections": {"B": "R5"}, "competition": None}
    seat.play.do(c.ConcludeReview(**data), member(seat.alias))


def test_with_too_few_left_the_works_committee_says_whether_there_is_competition(make_seat):
    seat = make_seat("GC")
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: not (bid in "BC" and item == "F1"))
    seat.show()
    seat.press(Name.CONCLUDE_DONE)
    assert not seat.bridge.link.sent
    assert "Say why" in seat.shown_text()
    QTest.keyClicks(seat.find(Name.CONCLUDE_COMPETITION), "both offer fully")
    seat.press(Name.CONCLUDE_DONE)
    assert seat.bridge.link.sent[-1].data["competition"] == "both offer fully"
    seat.press(Name.CONCLUDE_FAIL)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("FailLot", {"lot": "1", "reason": "no_competition"})
    seat.play.do(c.FailLot(**sent.data), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "confirm"
    assert "do not compete" in seat.shown_text()


def test_a_bid_that_a_vote_rejects_meanwhile_counts_in_what_is_left(make_seat):
    seat = make_seat("GC")
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: (bid, item) != ("B", "F2"))
    seat.show()
    assert "bids are left" not in seat.shown_text()
    seat.play.do(ProposeRejection("1", "C", "R6", "3.4", "21", "no answer"), member(seat.alias))
    for alias in seat.play.it.committee:
        seat.play.do(VoteRejection("1", "C", True), member(alias))
    seat.show()
    assert "2 bids are left" in seat.shown_text()
    QTest.keyClicks(seat.find(Name.CONCLUDE_COMPETITION), "both offer fully")
    seat.press(Name.CONCLUDE_DONE)
    data = seat.bridge.link.sent[-1].data
    assert data == {"lot": "1", "rejections": {"B": "R6"}, "competition": "both offer fully"}
    seat.play.do(c.ConcludeReview(**data), member(seat.alias))


def test_with_too_few_left_a_procurement_ends(seat):
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: not (bid == "C" and item == "F1"))
    seat.show()
    assert "废标" in seat.shown_text()
    seat.press(Name.CONCLUDE_DONE)
    data = seat.bridge.link.sent[-1].data
    assert data["competition"] is None
    seat.play.do(c.ConcludeReview(**data), member(seat.alias))
    seat.show()
    assert "Too few bids" in seat.shown_text()


def test_differing_verdicts_are_reviewed_again(make_seat):
    from evaluation_factory import ruleset_json

    seat = make_seat("ZC", rules=ruleset_json("ZC", preliminary_rule="unanimous"))
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: not (alias == seat.other() and (bid, item) == ("A", "F1")))
    seat.show()
    assert "签署盖章" in seat.shown_text()
    assert not seat.find(Name.CONCLUDE_DONE).isEnabled()
    reason = seat.find(Name.REPEAT_REASON)
    assert seat.window.focusWidget() is reason
    reason.clear()
    seat.press(Name.REPEAT)
    assert not seat.bridge.link.sent
    QTest.keyClicks(reason, "one member read page 3 otherwise")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    data = seat.bridge.link.sent[-1].data
    assert data == {"lot": "1", "kind": "review", "ground": "committee", "reason": "one member read page 3 otherwise"}
    seat.play.do(c.RepeatStage(**data), member(seat.alias))
    seat.show()
    assert (seat.window.page_name, seat.window.place.round) == ("review", 2)


def test_members_wait_beside_the_same_verdicts(make_seat):
    seat = make_seat("GC")
    seat.elect()
    seat.play.review("1", lambda alias, bid, item: (bid, item) != ("B", "F2"))
    step = {"code": "wait_conclusion", "lot": "1", "act": False}
    seat.show(lambda view: view["evaluations"][0].update(chair="M9", next=step))
    assert seat.window.page_name == "wait_conclusion"
    assert "第二工程咨询公司" in seat.shown_text()
    assert not seat.window.findChildren(object, Name.CONCLUDE_DONE)


def test_the_result_its_working_and_the_note(seat):
    seat.to_result()
    seat.show()
    assert seat.window.page_name == "note_findings"
    shown = seat.shown_text()
    result = seat.view()["evaluations"][0]["lots"][0]["result"]
    for bid in result["bids"]:
        assert bid["total"] in shown
    assert "Working of" in shown
    assert "技术方案: " in shown
    assert not seat.find(Name.FINDINGS_DONE).isEnabled()
    note = seat.find(Name.FINDINGS_NOTE)
    assert seat.window.focusWidget() is note
    note.insertPlainText("All looked at; each marked alone.")
    seat.press(Name.FINDINGS_DONE)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("NoteFindings", {"lot": "1", "note": "All looked at; each marked alone."})
    seat.bridge.refuse("objective_mismatch", "objective marks differ")
    assert seat.find(Name.FINDINGS_DONE).isEnabled()


def test_another_bids_working_is_one_key_away(seat):
    seat.to_result()
    seat.show()
    table = seat.find(Name.FINDINGS_TABLE)
    table.setFocus()
    table.go(0, 0)
    first = seat.window.page.board._working_title.text()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert seat.window.page.board._working_title.text() != first


def test_objective_marks_that_differ_have_to_be_given_again(seat):
    seat.to_marks()
    alias = seat.play.it.committee[0]
    seat.play.mark("1", lambda a, b, f: "9.5" if (a, b, f) == (alias, "A", "T2") else good_marks(a, b, f))
    seat.show()
    shown = seat.shown_text()
    assert "differ on objective factors" in shown
    assert "类似业绩" in shown
    assert shown.index("differ on objective factors") < shown.index("Findings")
    assert not any(w.isVisible() for w in seat.window.findChildren(object, Name.FINDINGS_DONE))
    grounds = [seat.find(Name.REPEAT_GROUND).itemText(at) for at in range(seat.find(Name.REPEAT_GROUND).count())]
    assert len(grounds) == 4
    assert "评标委员会对客观评审因素评分不一致" in grounds
    assert seat.find(Name.REPEAT_GROUND).currentText() == "评标委员会对客观评审因素评分不一致"
    seat.press(Name.REPEAT)
    data = seat.bridge.link.sent[-1].data
    assert (data["kind"], data["ground"]) == ("marks", "objective")
    seat.play.do(c.RepeatStage(**data), member(seat.alias))


def test_the_works_track_knows_one_more_ground(make_seat):
    seat = make_seat("GC")
    seat.to_result()
    seat.show()
    seat.window.page.again.click()
    pick = seat.find(Name.REPEAT_GROUND)
    assert pick.count() == 5


def test_everybody_waits_beside_the_same_result(make_seat):
    seat = make_seat()
    seat.gather()
    by = seat.play.it.committee[0]
    seat.play.do(c.ProposeChair(seat.other()), member(by))
    for alias in seat.play.it.committee:
        if alias != by and seat.play.it.chair is None:
            seat.play.do(c.AgreeToChair(), member(alias))
    seat.play.review("1")
    seat.play.conclude("1")
    seat.play.mark("1")
    seat.show()
    assert seat.window.page_name == "wait_findings"
    total = seat.view()["evaluations"][0]["lots"][0]["result"]["bids"][0]["total"]
    assert total in seat.shown_text()


def test_remarks_of_the_check_come_back_to_the_committee(seat):
    from app.evaluation.actor import Actor
    from app.rules.model import Party

    seat.to_result()
    seat.play.do(c.NoteFindings("1", "已核对"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wait_check"
    seat.play.do(c.CheckTables("1", False, "第 3 张表合计有误"), Actor(Party.AGENCY, post="agency-a"))
    seat.show()
    assert seat.window.page_name == "note_findings"
    assert "第 3 张表合计有误" in seat.shown_text()


def test_agreeing_is_one_key(seat):
    seat.to_confirm()
    seat.show()
    assert seat.window.page_name == "confirm"
    assert seat.window.focusWidget() is seat.find(Name.CONFIRM_TABLE)
    QTest.keyClick(seat.find(Name.CONFIRM_AGREE), Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("ConfirmResult", {"lot": "1"})
    assert not seat.find(Name.CONFIRM_DISSENT).isEnabled()
    seat.bridge.refuse("already_answered", "you have answered already")
    assert seat.find(Name.CONFIRM_AGREE).isEnabled()


def test_a_dissent_needs_its_reasons(seat):
    seat.to_confirm()
    seat.show()
    seat.press(Name.CONFIRM_DISSENT)
    assert not seat.bridge.link.sent
    assert "Write your reasons" in seat.shown_text()
    seat.find(Name.CONFIRM_REASONS).insertPlainText("The certificates were not the same.")
    seat.press(Name.CONFIRM_DISSENT)
    sent = seat.bridge.link.sent[-1]
    assert sent.kind == "DissentFromResult"
    assert sent.data == {"lot": "1", "reasons": "The certificates were not the same."}


def test_after_the_answer_one_waits_for_the_others_and_for_the_report(seat):
    seat.to_confirm()
    seat.play.do(c.DissentFromResult("1", "理由"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wait_opinions"
    assert "理由" not in seat.shown_text()
    for alias in seat.play.it.committee:
        if alias != seat.alias:
            seat.play.do(c.ConfirmResult("1"), member(alias))
    seat.show()
    assert seat.window.page_name == "wait_report"


def test_the_report_is_read_then_the_seat_is_wiped_and_says_goodbye(seat):
    seat.to_report()
    seat.show()
    assert seat.window.page_name == "wipe_seat"
    assert seat.bridge.last_question() == ("report", ("evaluation/ev1", "1"))
    seat.bridge.answer(b"%PDF- none")
    assert seat.window.focusWidget() is seat.find(Name.WIPE)
    QTest.keyClick(seat.find(Name.WIPE), Qt.Key.Key_Return)
    assert seat.bridge.link.wipes == 1
    assert seat.window._shelf.held() == ()
    assert seat.window.page.view.source() is None
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == ("WipeSeat", {"seat": seat.play.it.members[seat.ref].seat})
    seat.play.do(c.WipeSeat(**sent.data), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == "goodbye"
    assert seat.play.it.tender.name not in seat.shown_text()
    seat.show()
    assert seat.window.page_name == "goodbye"


def test_a_view_that_comes_before_the_answer_says_goodbye_too(seat):
    seat.to_report()
    seat.show()
    seat.press(Name.WIPE)
    seat.play.do(c.WipeSeat(seat.play.it.members[seat.ref].seat or ""), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "goodbye"


def test_a_refused_wipe_can_be_tried_again(seat):
    seat.to_report()
    seat.show()
    seat.press(Name.WIPE)
    seat.bridge.refuse("report_missing", "the report is still missing")
    assert seat.find(Name.WIPE).isEnabled()


def test_a_report_that_could_not_be_had_is_fetched_when_the_line_is_back(seat):
    seat.to_report()
    seat.show()
    seat.bridge.fail("room_away", "the room is away")
    asked = len(seat.bridge.link.asked)
    seat.bridge.line(False)
    seat.bridge.line(True)
    assert len(seat.bridge.link.asked) == asked + 1


@pytest.mark.parametrize("chosen", ["1", "2"])
def test_a_lot_that_is_done_shows_its_report_while_another_is_at_work(make_seat, chosen):
    seat = make_seat(lots=("1", "2"))
    seat.to_marks()
    seat.play.mark("1")
    seat.play.finish_lot("1")
    seat.play.issue("1", b"%PDF-", 1)
    seat.show()
    assert (seat.window.page_name, seat.window.place.lot) == ("marks", "2")
    seat.press(part(Name.LOT, chosen))
    assert seat.window.page_name == {"1": "report", "2": "marks"}[chosen]

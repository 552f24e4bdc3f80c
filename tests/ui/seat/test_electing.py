"""The chair: put forward, agreed, objected to; the secret ballot and its rounds."""

from __future__ import annotations

from evaluation_factory import member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.evaluation import commands as c
from app.evaluation.model import SheetKind
from ui.seat.names import Name, part


def test_a_member_is_put_forward_by_keyboard(seat):
    seat.gather()
    seat.show()
    assert seat.window.page_name == "propose_chair"
    assert not seat.find(Name.CHAIR_PROPOSE).isEnabled()
    first = seat.window.focusWidget()
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Space)
    seat.find(Name.CHAIR_PROPOSE).setFocus()
    QTest.keyClick(seat.find(Name.CHAIR_PROPOSE), Qt.Key.Key_Return)
    sent = seat.bridge.link.sent[-1]
    eligible = seat.view()["evaluations"][0]["election"]["eligible"]
    assert (sent.kind, sent.data) == ("ProposeChair", {"candidate": eligible[1]})


def test_the_purchasers_delegate_is_no_candidate(seat):
    seat.gather()
    seat.show()
    delegates = [m.alias for m in seat.play.it.pledged if m.kind.value == "delegate"]
    assert delegates
    assert not seat.window.findChildren(object, part(Name.CHAIR_CHOICE, delegates[0] or ""))


def test_a_second_proposal_is_refused_in_place(seat):
    seat.gather()
    seat.show()
    seat.press(part(Name.CHAIR_CHOICE, seat.other()))
    seat.press(Name.CHAIR_PROPOSE)
    seat.bridge.refuse("already_proposed", "someone is proposed already; answer that first")
    assert "answer that first" in seat.shown_text()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.other(1)))
    seat.show()
    assert seat.window.page_name == "answer_proposal"


def test_agreeing_and_objecting(make_seat):
    for name, kind in ((Name.CHAIR_AGREE, "AgreeToChair"), (Name.CHAIR_OBJECT, "ObjectToChair")):
        seat = make_seat()
        seat.gather()
        seat.play.do(c.ProposeChair(seat.other()), member(seat.other(1)))
        seat.show()
        assert f"Member {seat.other()[1:]}" in seat.shown_text()
        assert seat.window.focusWidget() is seat.find(Name.CHAIR_AGREE)
        seat.press(name)
        assert seat.bridge.link.sent[-1].kind == kind
        assert not seat.find(Name.CHAIR_AGREE).isEnabled()
        seat.bridge.refuse("chair_chosen", "the chair is already chosen")
        assert seat.find(Name.CHAIR_AGREE).isEnabled()


def test_one_who_agreed_waits_and_sees_only_who_has_ended(seat):
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "wait_chair"
    shown = seat.shown_text()
    assert "in progress" in shown
    assert "ended" in shown


def test_a_vote_is_sealed_at_the_seat(seat):
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.alias))
    seat.play.do(c.ObjectToChair(), member(seat.other()))
    seat.show()
    assert seat.window.page_name == "ballot"
    seat.press(part(Name.BALLOT_CHOICE, seat.other(1)))
    seat.press(Name.BALLOT_SEAL)
    sealed = seat.bridge.link.sealed[-1]
    assert (sealed.kind, sealed.lot, sealed.number, sealed.alias) == (SheetKind.BALLOT, "", 1, seat.alias)
    assert sealed.sheet == {"candidate": seat.other(1)}
    assert sealed.room_key["id"] == "k1"
    seat.bridge.refuse_seal("not_a_candidate", "this member is no candidate of this ballot")
    assert "no candidate" in seat.shown_text()
    assert seat.find(Name.BALLOT_SEAL).isEnabled()


def test_a_room_without_a_key_is_asked_once_more(seat):
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.alias))
    seat.play.do(c.ObjectToChair(), member(seat.other()))
    seat.show(lambda view: view["evaluations"][0].update(sealing_key=None))
    seat.press(part(Name.BALLOT_CHOICE, seat.other()))
    seat.press(Name.BALLOT_SEAL)
    assert not seat.bridge.link.sealed
    assert "not ready" in seat.shown_text()
    assert seat.find(Name.BALLOT_SEAL).isEnabled()


def test_a_second_round_is_another_page_with_the_sums_of_the_first(make_seat):
    seat = make_seat("GC")
    seat.gather()
    committee = seat.play.it.committee
    seat.play.do(c.ProposeChair(committee[0]), member(committee[0]))
    seat.play.do(c.ObjectToChair(), member(committee[1]))
    seat.show()
    before = seat.window.page
    seat.play.seal_all("", SheetKind.BALLOT, {a: {"candidate": a} for a in committee})
    seat.show()
    assert seat.window.page_name == "ballot"
    assert seat.window.page is not before
    assert "round 2" in seat.shown_text()
    assert "tie" in seat.shown_text()

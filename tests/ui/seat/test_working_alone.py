"""Reviewing and marking: keys, drafts, documents, the last look, the seal, and what a refusal leads to."""

from __future__ import annotations

from copy import deepcopy

import pytest
from evaluation_factory import good_marks, member
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from seat_ground import Seat

from app.evaluation import commands as c
from app.evaluation.model import SheetKind
from app.evaluation.sheets import check_sheet
from ui.models.contents import ContentsEntry
from ui.seat.names import Name, part


def table(seat: Seat) -> object:
    page = seat.window.page
    return page.marks.table if seat.window.page_name == "marks" else page.review.table


def fill_marks(seat: Seat) -> None:
    """Type a whole sheet as a person does: digits and Enter."""
    lot = seat.play.it.lots["1"]
    for bid in lot.live_bids():
        for factor in lot.lot.factors:
            QTest.keyClicks(table(seat), good_marks(seat.alias, bid, factor.id))
            QTest.keyClick(table(seat), Qt.Key.Key_Enter)


@pytest.fixture
def reviewing(seat: Seat) -> Seat:
    seat.elect()
    seat.show()
    seat.bridge.draft()
    return seat


@pytest.fixture
def marking(seat: Seat) -> Seat:
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    return seat


def test_a_review_by_keyboard_is_a_sheet_that_the_procedure_takes(reviewing):
    seat = reviewing
    assert seat.window.page_name == "review"
    assert seat.window.focusWidget() is table(seat)
    for _ in range(5):
        QTest.keyClick(table(seat), Qt.Key.Key_1)
    QTest.keyClick(table(seat), Qt.Key.Key_0)
    reason = seat.find(Name.REVIEW_REASON)
    assert seat.window.focusWidget() is reason
    QTest.keyClicks(reason, "no seal on the bid letter")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    QTest.keyClicks(seat.find(Name.REVIEW_PAGE), "3")
    QTest.keyClick(seat.find(Name.REVIEW_PAGE), Qt.Key.Key_Return)
    seat.press(Name.REVIEW_CHECK)
    seal = seat.find(Name.REVIEW_SEAL)
    assert seat.window.focusWidget() is seal
    QTest.keyClick(seal, Qt.Key.Key_Return)
    sealed = seat.bridge.link.sealed[-1]
    assert (sealed.kind, sealed.lot, sealed.number) == (SheetKind.REVIEW, "1", 1)
    check_sheet(seat.play.it, "1", SheetKind.REVIEW, sealed.sheet)
    assert sealed.sheet["bids"]["C"]["F2"] == {"pass": False, "reason": "no seal on the bid letter", "page": "3"}


def test_an_open_item_keeps_the_review_from_being_sealed(reviewing):
    seat = reviewing
    QTest.keyClick(table(seat), Qt.Key.Key_0)
    seat.press(Name.REVIEW_CHECK)
    assert not seat.find(Name.REVIEW_SEAL).isEnabled()
    assert "6 places" in seat.shown_text()
    assert "reason and page are needed" in seat.find(part(Name.REVIEW_GAP, 0)).text()
    seat.press(part(Name.REVIEW_GAP, 3))
    assert table(seat).here() == (1, 1)
    seat.press(Name.REVIEW_CHECK)
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Escape)
    assert table(seat).isVisible()


def test_a_restarted_seat_brings_the_review_back(seat):
    seat.elect()
    seat.show()
    kept = {"bids": {"A": {"F1": {"pass": True}, "F9": {"pass": True}}, "Z": {"F1": {"pass": True}}}}
    seat.bridge.draft(kept, version=7)
    model = seat.window.page.review.model
    assert seat.window.page.content() == {"bids": {"A": {"F1": {"pass": True}}}}
    assert table(seat).here() == (1, 0)
    QTest.keyClick(table(seat), Qt.Key.Key_1)
    assert seat.bridge.link.drafts[-1].version == 8
    assert len(model.findings()) == 2


def test_marks_are_typed_kept_with_every_key_and_sealed(marking):
    seat = marking
    assert seat.window.focusWidget() is table(seat)
    fill_marks(seat)
    versions = [draft.version for draft in seat.bridge.link.drafts]
    assert versions == list(range(1, len(versions) + 1))
    keys = sum(len(good_marks(seat.alias, b, f)) for b in "ABC" for f in ("T1", "T2", "C1"))
    assert len(versions) == keys
    seat.press(Name.MARKS_CHECK)
    assert "Nothing is empty" in seat.shown_text()
    seat.press(Name.MARKS_SEAL)
    sealed = seat.bridge.link.sealed[-1]
    check_sheet(seat.play.it, "1", SheetKind.MARKS, sealed.sheet)
    assert sealed.sheet == seat.bridge.link.drafts[-1].content
    QTest.keyClicks(table(seat), "9")
    assert len(seat.bridge.link.drafts) == len(versions)


def test_an_impossible_mark_is_told_in_place_and_cannot_be_sealed(marking):
    seat = marking
    fill_marks(seat)
    table(seat).go(0, 1)
    QTest.keyClicks(table(seat), "99")
    assert "between 0 and 20" in seat.shown_text()
    seat.press(Name.MARKS_CHECK)
    assert not seat.find(Name.MARKS_SEAL).isEnabled()
    seat.press(part(Name.MARKS_GAP, 0))
    assert table(seat).here() == (0, 1)
    assert seat.bridge.link.drafts[-1].content["marks"]["B"]["T1"] == "99"


def test_nothing_can_be_typed_or_kept_before_the_draft_is_back(seat):
    seat.to_marks()
    seat.show()
    QTest.keyClicks(table(seat), "8")
    assert not seat.bridge.link.drafts
    assert not seat.find(Name.MARKS_CHECK).isEnabled()
    seat.bridge.draft({"marks": {"A": {"T1": "12.5"}}, "reasons": {"A": {"T1": "p. 3"}}}, version=4)
    assert seat.window.page.marks.model.text(0, 0) == "12.5"
    assert seat.find(Name.MARKS_CHECK).isEnabled()
    table(seat).go(0, 0)
    assert seat.find(Name.MARKS_NOTE).text() == "p. 3"
    table(seat).go(1, 0)
    QTest.keyClicks(table(seat), "4")
    draft = seat.bridge.link.drafts[-1]
    assert draft.version == 5
    assert draft.content == {"marks": {"A": {"T1": "12.5", "T2": "4"}}, "reasons": {"A": {"T1": "p. 3"}}}


def test_a_draft_of_another_machine_is_left_but_its_version_counts(seat):
    seat.to_marks()
    seat.show()
    seat.bridge.draft(None, version=9)
    QTest.keyClicks(table(seat), "4")
    assert seat.bridge.link.drafts[-1].version == 10


def test_a_draft_that_could_not_be_had_is_asked_for_when_the_line_is_back(seat):
    seat.to_marks()
    seat.show()
    from app.link import Failed

    seat.bridge.failed.emit(Failed(seat.bridge.link.loads[-1], "draft", "room_away", "the room is away", ""))
    assert "the room is away" in seat.shown_text()
    seat.bridge.line(False)
    seat.bridge.line(True)
    assert len(seat.bridge.link.loads) == 2
    seat.bridge.draft()
    QTest.keyClicks(table(seat), "4")
    assert seat.bridge.link.drafts


@pytest.mark.parametrize(("where", "here"), [("$.marks.B.T2", (1, 1)), ("$.sealed", None)])
def test_a_refused_seal_goes_to_the_named_cell(marking, where, here):
    seat = marking
    fill_marks(seat)
    before = table(seat).here()
    seat.press(Name.MARKS_CHECK)
    seat.press(Name.MARKS_SEAL)
    seat.bridge.refuse_seal("out_of_range", "the mark is out of its range", where)
    assert "the mark is out of its range" in seat.shown_text()
    assert table(seat).isVisible()
    assert table(seat).here() == (here or before)
    QTest.keyClicks(table(seat), "5")
    assert seat.window.page.marks.model.text(*(here or before)) == "5"


def test_a_room_without_a_key_keeps_the_sheet_open(seat):
    seat.to_marks()
    seat.show(lambda view: view["evaluations"][0].update(sealing_key=None))
    seat.bridge.draft()
    fill_marks(seat)
    seat.press(Name.MARKS_CHECK)
    seat.press(Name.MARKS_SEAL)
    assert not seat.bridge.link.sealed
    assert "not ready" in seat.shown_text()


def test_the_page_in_view_becomes_a_ground_that_travels_with_the_mark(marking, monkeypatch, qtbot):
    seat = marking

    def take_page():
        with qtbot.waitSignal(seat.find(Name.DOCUMENT_GROUND).clicked):
            QTest.keyClick(table(seat), Qt.Key.Key_F6)

    page = seat.window.page
    monkeypatch.setattr(page.documents, "basis_of", lambda bid: {"file": 1, "page": 7} if bid == "A" else None)
    take_page()
    take_page()
    assert seat.bridge.link.drafts[-1].content["basis"] == {"A": {"T1": {"file": 1, "page": 7}}}
    assert "p. 7" in seat.find(Name.DOCUMENT_GROUND).text()
    note = seat.find(Name.MARKS_NOTE)
    note.setFocus()
    QTest.keyClicks(note, "three contracts")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert seat.window.focusWidget() is table(seat)
    assert seat.bridge.link.drafts[-1].content["reasons"] == {"A": {"T1": "three contracts"}}
    table(seat).go(0, 1)
    take_page()
    assert "B" not in seat.bridge.link.drafts[-1].content["basis"]
    assert "p. 7" not in seat.find(Name.DOCUMENT_GROUND).text()
    table(seat).go(0, 0)
    note.selectAll()
    QTest.keyClick(note, Qt.Key.Key_Delete)
    assert seat.bridge.link.drafts[-1].content["reasons"] == {}


def test_the_price_rule_is_explained_beside_the_documents(marking):
    seat = marking
    seat.press(Name.MARKS_RULE)
    shown = seat.shown_text()
    assert "30 points at most" in shown
    assert "lowest price" in shown
    QTest.keyClick(seat.window.focusWidget(), Qt.Key.Key_Return)
    assert table(seat).isVisible()


def test_documents_follow_the_bid_and_four_are_held_at_most(marking):
    seat = marking
    page = seat.window.page
    link = seat.bridge.link
    for row in (0, 1, 2):
        table(seat).go(0, row)
        bid = seat.play.it.lots["1"].lot.bids[row]
        assert page.documents.left.current().bid == bid.id
    page.documents.left.choice.setCurrentIndex(0)
    page.documents.left.choice.setCurrentIndex(1)
    files = [asked for asked in link.asked if asked.kind == "file"]
    assert len({asked.id for asked in files}) == len(files) == 5
    from app.link import Answered

    for asked in files:
        seat.bridge.answered.emit(Answered(asked.id, "file", b"%PDF- no pages"))
    held = seat.window._shelf.held()
    assert len(held) == 4
    assert page.documents.page_of("A") == 0


def test_the_document_turns_to_where_a_factor_is_answered(marking, qtbot):
    from io import BytesIO

    import pypdfium2

    from app.link import Answered

    seat = marking
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(400, 600)
    buffer = BytesIO()
    document.save(buffer)
    half = seat.window.page.documents.left
    asked = next(a for a in reversed(seat.bridge.link.asked) if a.kind == "file")
    seat.bridge.answered.emit(Answered(asked.id, "file", buffer.getvalue()))
    qtbot.waitUntil(lambda: half.view._listed)
    named = [ContentsEntry("1 技术方案（20 分）", 3), ContentsEntry("2 服务与培训", 2)]
    half.view._model.set_entries(named)
    table(seat).go(2, 0)
    assert half.view.page() == 2
    table(seat).go(0, 0)
    assert half.view.page() == 3
    table(seat).go(1, 0)
    assert half.view.page() == 3
    assert seat.window.page.documents.page_of("A") == 3
    assert seat.window.page.documents.page_of("B") == 0


@pytest.mark.parametrize("way", ["elect", "to_marks"])
def test_a_document_is_open_before_anything_is_done(seat, way):
    getattr(seat, way)()
    seat.show()
    first = seat.play.it.lots["1"].live_bids()[0]
    assert seat.window.page.documents.left.current().bid == first
    assert [asked.kind for asked in seat.bridge.link.asked].count("file") == 1
    seat.bridge.draft()
    assert [asked.kind for asked in seat.bridge.link.asked].count("file") == 1


def test_where_no_live_bid_has_a_file_the_tender_is_open(seat):
    def bare(seen):
        lot = seen["evaluations"][0]["lots"][0]
        lot["documents"], lot["qualification"] = lot["documents"][:1], None
        for bid in lot["bids"]:
            bid["files"] = []

    seat.elect()
    seat.show(bare)
    left = seat.window.page.documents.left
    assert left.current() is not None
    assert left.current().bid == ""
    seat.bridge.draft()
    seat.press(Name.DOCUMENT_TWO)
    assert seat.window.page.documents.right.current() is left.current()


def test_a_lot_without_any_file_says_so(seat):
    def bare(seen):
        lot = seen["evaluations"][0]["lots"][0]
        lot["documents"], lot["qualification"] = [], None
        for bid in lot["bids"]:
            bid["files"] = []

    seat.elect()
    seat.show(bare)
    choice = seat.find(part(Name.DOCUMENT, "left"))
    assert not choice.isEnabled()
    assert choice.placeholderText() == "No documents here"
    assert not choice.grab().isNull()
    assert not [asked for asked in seat.bridge.link.asked if asked.kind == "file"]


def test_a_document_left_and_chosen_again_on_its_way_is_opened_once(marking, monkeypatch):
    from app.link import Answered

    seat = marking
    half = seat.window.page.documents.left
    opened = []
    monkeypatch.setattr(seat.window._renderer, "open", lambda content: opened.append(content) or len(opened))
    table(seat).go(0, 1)
    table(seat).go(0, 0)
    first = next(asked for asked in seat.bridge.link.asked if asked.kind == "file")
    seat.bridge.answered.emit(Answered(first.id, "file", b"%PDF-A"))
    assert [kept.size for kept in opened] == [len(b"%PDF-A")]
    assert half.current().bid == "A"


def test_two_documents_side_by_side(marking):
    seat = marking
    seat.press(Name.DOCUMENT_TWO)
    documents = seat.window.page.documents
    assert documents.right.isVisible()
    assert documents.right.current() is not documents.left.current()
    assert not seat.window.page.rule_button.isVisible()
    seat.press(Name.DOCUMENT_TWO)
    assert not documents.right.isVisible()
    assert seat.window.page.rule_button.isVisible()


@pytest.mark.parametrize(("groups", "shown"), [(("资格", "资格"), ""), (("资格", "响应"), "资格")])
def test_a_group_that_all_items_share_is_not_repeated(seat, groups, shown):
    def grouped(seen):
        items = seen["evaluations"][0]["lots"][0]["items"]
        for item, group in zip(items, (*groups, *groups[:1] * len(items)), strict=False):
            item["group"] = group

    seat.elect()
    seat.show(grouped)
    assert seat.window.page.review.model.item(0).group == shown


def test_a_document_that_cannot_be_had_says_so_in_place(marking):
    seat = marking
    asked = next(a for a in reversed(seat.bridge.link.asked) if a.kind == "file")
    from app.link import Failed

    seat.bridge.failed.emit(Failed(asked.id, "file", "wrong_content", "a file did not match its hash", ""))
    assert "did not match" in seat.shown_text()
    seat.bridge.line(False)
    seat.bridge.line(True)
    assert seat.bridge.link.asked[-1].kind == "file"


def test_a_repeated_round_is_a_fresh_page_and_the_old_marks_are_gone(marking):
    seat = marking
    QTest.keyClicks(table(seat), "17.25")
    first = seat.window.page
    seat.play.mark("1")
    seat.show()
    seat.play.do(c.RepeatStage("1", "marks", "extreme", "畸高"), member(seat.alias))
    seat.show()
    assert seat.window.page_name == "marks"
    assert seat.window.page is not first
    seat.bridge.draft()
    assert "17.25" not in seat.shown_text()


def test_lots_can_be_switched_and_typed_marks_stay(make_seat):
    seat = make_seat(lots=("1", "2"))
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    QTest.keyClicks(table(seat), "11")
    seat.press(part(Name.LOT, "2"))
    assert seat.window.place.lot == "2"
    seat.bridge.draft()
    assert "11" not in [seat.window.page.marks.model.text(0, 0)]
    seat.press(part(Name.LOT, "1"))
    assert seat.window.page.marks.model.text(0, 0) == "11"
    assert len(seat.bridge.link.loads) == 2
    seat.show()
    assert seat.window.place.lot == "1"


def test_verdict_factors_and_deductions_are_typed_on_the_number_pad(make_seat):
    from evaluation_case import tender_json

    tender = deepcopy(tender_json("GC"))
    factors = tender["lots"][0]["factors"]
    more = {"group": "technical", "rule": "须提供"}
    factors.append(more | {"id": "V", "kind": "pass_fail", "name": "承诺", "min": None, "max": None})
    factors.append(more | {"id": "D", "kind": "deduction", "name": "偏离", "min": "0", "max": "5"})
    seat = make_seat("GC", tender=tender)
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    table(seat).go(3, 0)
    QTest.keyClicks(table(seat), "2")
    assert "Type 1 or 0" in seat.shown_text()
    QTest.keyClick(table(seat), Qt.Key.Key_Backspace)
    QTest.keyClicks(table(seat), "1")
    assert seat.window.page.sheet()["marks"]["A"]["V"] == "pass"
    assert seat.bridge.link.drafts[-1].content["marks"]["A"]["V"] == "1"
    table(seat).go(4, 0)
    assert "0–5 to be taken off" in seat.window.page.marks._rule._head.text()
    QTest.keyClicks(table(seat), "2")
    # A verdict has no points; five less two taken off are three.
    assert seat.window.page.marks.model.subtotal(0) == "3"

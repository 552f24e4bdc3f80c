"""The page on which a mark or verdict rests: taken with a key, kept in the draft, sealed, asked for where it lacks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.seat.bases import Bases, first_number
from ui.seat.names import Name

PAGE = {"file": 1, "page": 4}


def ask_for_all(seen: dict[str, Any]) -> None:
    seen["evaluations"][0]["rules"]["basis"] = "all"


def test_a_mark_without_its_page_is_a_gap_and_with_it_none(seat, monkeypatch):
    seat.to_marks()
    seat.show(ask_for_all)
    seat.bridge.draft()
    page = seat.window.page
    monkeypatch.setattr(page.documents, "basis_of", lambda bid: PAGE)
    table = page.marks.table
    first = page.marks.model
    QTest.keyClicks(table, "8")
    assert "the page it rests on" in page.marks._line.notice().text
    assert [gap.text for gap in page.gaps() if "rests on" in gap.text]
    seat.press(Name.DOCUMENT_GROUND)
    assert not [gap for gap in page.gaps() if "rests on" in gap.text]
    cell = (first.factor(0).id, first.bid(0).id)
    assert page.sheet()["basis"] == {cell[1]: {cell[0]: PAGE}}
    kept = seat.bridge.link.drafts[-1].content
    page.restore({"marks": {}, "reasons": {}})
    assert "basis" not in page.content()
    page.restore(kept)
    assert page.content() == kept


def test_a_verdict_takes_the_page_in_view_and_a_typed_page_moves_it(seat, monkeypatch):
    seat.elect()
    seat.show(ask_for_all)
    seat.bridge.draft()
    page = seat.window.page
    model = page.review.model
    item, bid = model.item(0).id, model.bid(0).id
    monkeypatch.setattr(page.documents, "basis_of", lambda bid: None)
    QTest.keyClicks(page.review.table, "1")
    assert "rests on" in page.gaps()[-1].text
    monkeypatch.setattr(page.documents, "basis_of", lambda bid: PAGE | {"region": [1, 2, 3, 4]})
    page.review.go_to(item, bid)
    QTest.keyClick(page.review.table, Qt.Key.Key_F6)
    assert page.content()["bids"][bid][item] == {"pass": True, "basis": PAGE | {"region": [1, 2, 3, 4]}}
    QTest.keyClicks(page.review.table, "0")
    model.explain(0, 0, "no seal", "9-10")
    assert page.content()["bids"][bid][item]["basis"] == {"file": 1, "page": 9}
    kept = page.content()
    page.restore(kept)
    assert page.content() == kept
    page.review.go_to(item, bid)
    QTest.keyClick(page.review.table, Qt.Key.Key_Delete)
    assert item not in page.content()["bids"].get(bid, {})


def test_only_what_fails_is_asked_for_where_the_rule_set_says_so():
    bases = Bases("failing")
    assert bases.lacks(("F1", "A"), True)
    assert not bases.lacks(("F1", "A"), False)
    bases.restore({"A": {"F1": PAGE, "F9": PAGE}}, {("F1", "A")})
    assert not bases.lacks(("F1", "A"), True)
    assert bases.rows() == {"A": {"F1": PAGE}}
    assert [first_number(text) for text in ("12-14", "第 7 页", "")] == [12, 7, 0]

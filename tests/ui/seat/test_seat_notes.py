"""A member's own notes: on the page in view, listed, led to; marks of where a line is answered; seen by nobody else."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.link import Answered
from ui.seat.names import Name
from ui.seat.page_notes import PageNote, PageNotes

SECRET = "PLANTED: the crane on this page is rented"


def document(pages: int) -> bytes:
    made, buffer = pypdfium2.PdfDocument.new(), BytesIO()
    for _ in range(pages):
        made.new_page(400, 600)
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def reading(seat, qtbot):
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    seat.window.show()
    asked = next(one for one in reversed(seat.bridge.link.asked) if one.kind == "file")
    seat.bridge.answered.emit(Answered(asked.id, "file", document(40)))
    qtbot.waitUntil(lambda: seat.window.page.documents.left.view._listed)
    yield seat
    seat.window._renderer.shutdown()


def test_a_note_stays_at_this_machine_and_leads_back_to_its_page(reading, qtbot):
    desk = reading.window.page.documents
    desk.left.view.go_to(4)
    desk.note_button.click()
    line = reading.find(Name.DOCUMENT_NOTE)
    QTest.keyClicks(line, SECRET)
    desk.left.view.go_to(7)
    assert line.text() == ""
    assert SECRET in desk.note_strip.list.itemText(0)
    desk.note_strip.list.activated.emit(0)
    assert desk.left.view.page() == 4
    assert line.text() == SECRET
    link = reading.bridge.link
    assert SECRET in str(link.notes.kept)
    # Nothing that goes to the room holds it: no draft, no command, no sheet.
    QTest.keyClicks(reading.window.page.marks.table, "8")
    for sent in (link.drafts, link.sent, link.sealed, link.asked):
        assert "PLANTED" not in str(sent)
    assert link.drafts
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not desk.note_strip.isVisible()


def test_a_line_marked_as_answered_is_turned_to(reading):
    page = reading.window.page
    desk, table = page.documents, page.marks.table
    table.go(1, 0)
    desk.left.view.go_to(6)
    desk.note_strip.answer.click()
    table.go(0, 0)
    desk.left.view.go_to(1)
    table.go(1, 0)
    assert desk.left.view.page() == 6
    assert desk.note_strip.answer.isChecked()
    desk.note_strip.answer.click()
    assert desk.notes.all() == ()


def test_notes_come_back_and_what_is_of_another_form_is_passed_over():
    kept: list[object] = []
    notes = PageNotes(None, kept.append)
    notes.put(PageNote("aa", 3, "first", "T1"))
    notes.put(PageNote("aa", 5, "", "T1"))
    assert notes.of("aa", 3) == PageNote("aa", 3, "first")
    again = PageNotes([*kept[-1], {"other": 1}], kept.append)
    assert again.all() == (PageNote("aa", 3, "first"), PageNote("aa", 5, "", "T1"))
    assert again.answers("T1", ("aa",)) == PageNote("aa", 5, "", "T1")
    assert again.answers("T1", ("bb",)) is None
    assert again.answers("", ("aa",)) is None
    again.put(PageNote("aa", 5))
    assert len(again.all()) == 1


def test_pages_in_small_say_where_a_note_is_and_are_reached_by_a_key(reading, qtbot):
    desk = reading.window.page.documents
    desk.left.view.go_to(4)
    desk.note_button.click()
    QTest.keyClicks(reading.find(Name.DOCUMENT_NOTE), SECRET)
    small = desk.left.view.thumbnails
    assert small.pages.noted(4)
    assert not small.pages.noted(5)
    QTest.keyClick(reading.window, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert small.isVisible()
    assert small.currentIndex().row() == 3
    desk.left.view.go_to(4)
    QTest.keySequence(reading.find(Name.DOCUMENT_NOTE), "Ctrl+A")
    QTest.keyClick(reading.find(Name.DOCUMENT_NOTE), Qt.Key.Key_Backspace)
    assert not small.pages.noted(4)


def test_two_documents_go_in_step_until_they_are_untied(reading, qtbot):
    desk = reading.window.page.documents
    desk.two.click()
    asked = [one for one in reading.bridge.link.asked if one.kind == "file"][-1]
    reading.bridge.answered.emit(Answered(asked.id, "file", document(40)))
    qtbot.waitUntil(lambda: desk.right.view._listed)
    left, right = desk.left.view.area, desk.right.view.area
    right.go_to(3)
    assert desk.tie_button.isVisible()
    desk.tie_button.click()
    apart = right.place() - left.place()
    assert apart > 1
    left.go_to_place(2.5)
    assert right.place() == pytest.approx(2.5 + apart, abs=0.02)
    right.go_to_place(8.0)
    assert left.place() == pytest.approx(8.0 - apart, abs=0.02)
    desk.tie_button.click()
    left.go_to(20)
    assert right.place() == pytest.approx(8.0, abs=0.02)
    desk.two.click()
    assert not desk.tie_button.isVisible()


def test_the_key_card_names_the_keys_of_the_documents(reading):
    shown = reading.window.page.keys()
    named = {"+".join(one.keys) for one in shown}
    assert {"F10", "F11", "F12", "Shift+F10", "Shift+F12", "Shift+F11", "Ctrl+F"} <= named

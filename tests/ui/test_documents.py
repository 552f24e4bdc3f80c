"""Documents: pages painted in the worker's thread, turning, zooming, contents, finding, and broken files."""

from __future__ import annotations

import io
import os

import hostile_pdfs
import pypdfium2
import pytest
import typst
from PySide6.QtCore import QPointF, Qt, QThread
from PySide6.QtWidgets import QWidget

import resources
from ui.models.contents import ContentsEntry, ContentsModel
from ui.reader.words import fold, shown
from ui.theme import fonts
from ui.widgets.document_view import DocumentPair, DocumentSource, DocumentView, PageTurned
from ui.widgets.page_area import Framed, turned_box
from ui.widgets.pdf_worker import ContentsTold, PagePainted, PageRenderer, SizesTold

WORDS = {
    3: "项目经理常驻现场。#linebreak()他是项目#linebreak()经理。",
    7: "Method Statement",
    20: "项 目 经 理",
}


def compiled(*, bookmarks: bool) -> bytes:
    """Thirty pages; 项目经理 stands twice on page 3, once over a line's end, and with blanks on page 20."""
    pages = (f"= 第 {page} 章\n{WORDS.get(page, '施工组织设计')}" for page in range(1, 31))
    setting = f'#set text(font: "{fonts.FAMILY}")\n#set heading(bookmarked: {str(bookmarks).lower()})\n'
    source = setting + "\n#pagebreak()\n".join(pages)
    return typst.compile(source.encode(), font_paths=[str(resources.path("fonts"))], ignore_system_fonts=True)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return compiled(bookmarks=False)


@pytest.fixture
def renderer(qapp):
    renderer = PageRenderer()
    yield renderer
    renderer.shutdown()


@pytest.fixture
def view(qtbot, renderer):
    widget = DocumentView(renderer)
    qtbot.addWidget(widget)
    widget.resize(700, 800)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


@pytest.fixture
def opened(qtbot, view, pdf):
    view.open(DocumentSource("b1", "技术标", pdf))
    qtbot.waitUntil(lambda: view.area.count() == 30 and view.area.sharp() and view._listed, timeout=10_000)
    return view


def find(qtbot, view: DocumentView, words: str) -> None:
    view.find_button.setChecked(True)
    view.words.clear()
    qtbot.keyClicks(view.words, words) if words.isascii() else view.words.insert(words)
    view.words.textEdited.emit(view.words.text())


def test_pages_are_painted_in_a_process_of_their_own_and_told_in_our_thread(qtbot, renderer, pdf):
    threads: list[tuple[QThread, QThread]] = []
    answers: list[object] = []

    class Ear(QWidget):
        def hear(self, answer: object) -> None:
            threads.append((QThread.currentThread(), self.thread()))
            answers.append(answer)

    ear = Ear()
    qtbot.addWidget(ear)
    renderer.answered.connect(ear.hear)
    ticket = renderer.open(pdf)
    renderer.want(ticket, [(0, 1.5)])
    qtbot.waitUntil(lambda: len(answers) == 4, timeout=10_000)
    assert answers[0].ticket == ticket
    assert len(answers[0].sizes) == 30
    page = next(answer for answer in answers if isinstance(answer, PagePainted))
    assert isinstance(page, PagePainted)
    assert answers[-2] == SizesTold(ticket, answers[0].sizes)
    assert answers[-1] == ContentsTold(ticket, ())
    assert page.image.width() == pytest.approx(answers[0].sizes[0][0] * 1.5, abs=2)
    assert all(here is mine for here, mine in threads)
    assert renderer.owner.pid() not in (None, os.getpid())
    # Something is printed on it.
    assert any(page.image.pixelColor(x, y).lightness() < 128 for x in range(60, 300, 2) for y in range(60, 140, 2))


def test_the_first_page_shows_sharp(opened):
    assert opened.page() == 1
    assert opened.number.text() == "1"
    assert not opened.back.isEnabled()
    assert opened.on.isEnabled()


def test_turning_by_buttons_number_and_keys(qtbot, opened):
    turned: list[PageTurned] = []
    opened.turned.connect(turned.append)
    qtbot.mouseClick(opened.on, Qt.MouseButton.LeftButton)
    assert opened.page() == 2
    opened.number.setFocus()
    opened.number.selectAll()
    qtbot.keyClicks(opened.number, "17")
    qtbot.keyClick(opened.number, Qt.Key.Key_Return)
    assert opened.page() == 17
    assert opened.area.hasFocus()
    qtbot.keyClick(opened.area, Qt.Key.Key_PageDown)
    assert opened.page() == 18
    qtbot.keyClick(opened.area, Qt.Key.Key_PageUp)
    qtbot.keyClick(opened.area, Qt.Key.Key_End)
    assert opened.page() == 30
    assert not opened.on.isEnabled()
    qtbot.keyClick(opened.area, Qt.Key.Key_Home)
    assert turned[0] == PageTurned("b1", 2)
    assert turned[-1] == PageTurned("b1", 1)


def test_beyond_the_ends_is_the_nearest_page(opened):
    opened.go_to(99)
    assert opened.page() == 30
    opened.go_to(-4)
    assert opened.page() == 1


def test_a_place_is_framed_with_the_mouse_in_thousandths_of_its_page(qtbot, opened):
    box = opened.area._box(0)
    inner = [
        (box.topLeft() + QPointF(box.width() * x, box.height() * y)).toPoint() for x, y in ((0.2, 0.1), (0.6, 0.3))
    ]
    viewport = opened.area.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=inner[0])
    qtbot.mouseMove(viewport, inner[1])
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=inner[1])
    assert opened.area.region(1) == pytest.approx((200, 100, 600, 300), abs=3)
    assert opened.area.region(2) is None
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=inner[0])
    assert opened.area.region(1) is None


def test_pages_are_turned_with_what_is_marked_on_them(qtbot, opened):
    upright = opened.area._sizes[0]
    opened.go_to(5)
    opened.area.show_frame(Framed(5, (100, 200, 300, 400)))
    opened.turn()
    assert opened.page() == 5
    assert opened.area._sizes[0] == upright[::-1]
    qtbot.waitUntil(opened.area.sharp, timeout=10_000)
    image = opened.area._painted[4][1]
    assert image.width() > image.height()
    box = opened.area._box(4)
    spot = opened.area._spot((0.1, 0.2, 0.3, 0.4), box).translated(-box.topLeft())
    assert spot.left() / box.width() == pytest.approx(0.6)
    assert spot.top() / box.height() == pytest.approx(0.1)
    assert turned_box(turned_box((0.1, 0.2, 0.3, 0.4), 90), 270) == pytest.approx((0.1, 0.2, 0.3, 0.4))
    for _ in range(3):
        opened.turn()
    assert opened.area.rotation() == 0
    assert opened.area._sizes[0] == upright


def test_a_place_between_two_pages_is_kept_and_found_again(opened):
    opened.area.go_to_place(7.5)
    assert opened.area.place() == pytest.approx(7.5, abs=0.01)
    opened.area.go_to_place(99.0)
    assert opened.page() == 30


def test_it_opens_at_the_page_that_is_asked_for(qtbot, view, pdf):
    view.open(DocumentSource("b1", "技术标", pdf), 12)
    qtbot.waitUntil(lambda: view.page() == 12, timeout=10_000)
    view.open(DocumentSource("b2", "商务标", pdf))
    view.go_to(5)
    qtbot.waitUntil(lambda: view.page() == 5, timeout=10_000)


def test_zoom_keeps_the_place_and_is_painted_again(qtbot, opened):
    opened.go_to(10)
    opened.area.set_zoom(2.0)
    assert opened.page() == 10
    assert not opened.area.sharp()
    qtbot.waitUntil(opened.area.sharp, timeout=10_000)
    qtbot.keyClick(opened.area, Qt.Key.Key_Minus)
    assert opened.area.zoom() == 1.5
    opened._fit_width()
    assert opened.area.zoom() == 1.0
    assert opened.area.horizontalScrollBar().maximum() == 0


def test_a_document_without_bookmarks_lists_its_pages(qtbot, opened):
    opened.contents_button.click()
    assert opened.contents.isVisible()
    assert opened.contents.model().rowCount() == 30
    index = opened.contents.model().index(24, 0)
    opened._go_to_entry(index)
    assert opened.page() == 25
    assert opened.contents.currentIndex().row() == 24


def test_bookmarks_are_the_contents(qtbot, view):
    view.open(DocumentSource("b1", "技术标", compiled(bookmarks=True)))
    qtbot.waitUntil(lambda: view.area.count() == 30, timeout=10_000)
    model = view.contents.model()
    qtbot.waitUntil(lambda: view._listed, timeout=10_000)
    assert model.rowCount() == 30
    assert model.entry(6) == ContentsEntry("第 7 章", 7)


def test_a_number_being_typed_is_not_taken_away(qtbot, opened):
    opened.number.setFocus()
    qtbot.keyClick(opened.number, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(opened.number, "2")
    opened.go_to(9)
    assert opened.number.text() == "2"
    opened.area.setFocus()
    assert opened.number.text() == "9"


def test_finding_goes_from_hit_to_hit_across_broken_lines_and_blanks(qtbot, opened):
    find(qtbot, opened, "项目经理")
    qtbot.waitUntil(lambda: "of 3" in opened._found.text(), timeout=10_000)
    assert opened.page() == 3
    qtbot.keyClick(opened.words, Qt.Key.Key_Return)
    assert "2 of 3" in opened._found.text()
    qtbot.keyClick(opened.words, Qt.Key.Key_Return)
    assert "page 20" in opened._found.text()
    assert opened.page() == 20
    qtbot.keyClick(opened.words, Qt.Key.Key_Return)
    assert "1 of 3" in opened._found.text()


def test_finding_knows_no_case(qtbot, opened):
    find(qtbot, opened, "METHOD statement")
    qtbot.waitUntil(lambda: "1 of 1, page 7" in opened._found.text(), timeout=10_000)


def test_what_is_not_there_is_said_with_the_reason_it_may_not_be_found(qtbot, opened):
    find(qtbot, opened, "nowhere")
    qtbot.waitUntil(lambda: "scanned pages" in opened._found.text(), timeout=10_000)
    qtbot.keyClick(opened.words, Qt.Key.Key_Escape)
    assert not opened.words.isVisible()
    assert opened.area.hasFocus()


def test_ctrl_f_opens_the_find_line(qtbot, opened):
    qtbot.keyClick(opened.area, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.words.hasFocus()


@pytest.mark.parametrize(("a", "b"), [("⽬", "目"), ("ＡＢ１", "ab1"), ("项目\r\n 经理", "项目经理")])
def test_texts_are_compared_in_their_plain_form(a, b):
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("rotation", "box"), [(0, (10, 170, 30, 190)), (90, (10, 10, 30, 30)), (180, (70, 10, 90, 30))]
)
def test_hits_lie_where_they_are_shown_on_turned_pages(rotation, box):
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(100, 200)
    page.set_rotation(rotation)
    assert shown(page, (10, 10, 30, 30)) == pytest.approx(box, abs=0.2)
    page.close()
    document.close()


@pytest.mark.parametrize(("content", "told"), [(b"no pdf at all", "cannot be read"), (b"", "cannot be read")])
def test_a_broken_file_is_told_in_place(qtbot, view, content, told):
    view.open(DocumentSource("b1", "技术标", content))
    qtbot.waitUntil(lambda: view._fault.isVisible(), timeout=10_000)
    assert told in view._fault.notice().text


def test_a_missing_file_is_told_in_place(qtbot, view, tmp_path):
    view.open(DocumentSource("b1", "技术标", tmp_path / "gone.pdf"))
    qtbot.waitUntil(lambda: view._fault.isVisible(), timeout=10_000)
    assert "not on this seat" in view._fault.notice().text


def test_pages_of_several_sizes_are_laid_out_when_they_are_known_and_the_page_in_sight_stays(qtbot, view):
    boxes = ["0 0 595 842"] * 12
    boxes[9] = "0 0 1190 842"
    view.open(DocumentSource("b1", "图纸", hostile_pdfs.pages(*boxes)), 11)
    qtbot.waitUntil(lambda: view._listed, timeout=10_000)
    assert view.area._sizes[9] == (1190, 842)
    assert view.page() == 11
    assert view.area.count() == 12


def test_closing_forgets_everything(qtbot, opened):
    opened.close_document()
    assert opened.page() == 0
    assert opened.source() is None
    assert opened.area.count() == 0
    assert opened.contents.model().rowCount() == 0


def test_two_documents_side_by_side(qtbot, renderer, pdf):
    pair = DocumentPair(renderer)
    qtbot.addWidget(pair)
    pair.resize(900, 600)
    pair.show()
    pair.left.open(DocumentSource("b1", "甲", pdf), 3)
    pair.right.open(DocumentSource("b2", "乙", pdf), 9)
    assert not pair.right.isVisible()
    pair.show_both(True)
    qtbot.waitUntil(lambda: (pair.left.page(), pair.right.page()) == (3, 9), timeout=10_000)
    qtbot.waitUntil(lambda: pair.left.area.sharp() and pair.right.area.sharp(), timeout=10_000)


def test_a_narrow_view_keeps_the_buttons_one_cannot_do_without(qtbot, opened):
    opened.resize(320, 600)
    assert opened.back.isVisible()
    assert opened.larger.isVisible()
    assert not opened.width_button.isVisible()
    opened.resize(800, 600)
    assert opened.width_button.isVisible()


def test_the_renderer_ends_with_its_parent(qtbot, qapp, pdf):
    parent = QWidget()
    renderer = PageRenderer(parent)
    owner = renderer.owner
    renderer.open(pdf)
    del renderer
    parent.deleteLater()
    with qtbot.waitSignal(parent.destroyed):
        pass
    assert not owner.running()
    assert owner.pid() is None


def test_contents_know_the_entry_of_a_page(qapp):
    model = ContentsModel()
    model.set_entries([ContentsEntry("总则", 2), ContentsEntry("技术方案", 5, 1), ContentsEntry("附件", 9)])
    assert [model.row_of(page) for page in (1, 2, 4, 5, 8, 50)] == [-1, 0, 0, 1, 1, 2]
    assert model.data(model.index(1)) == "　技术方案"


def small(view: DocumentView) -> list[int]:
    """The pages in sight in small that are painted, counted from 1."""
    return [page + 1 for page in view.thumbnails._in_sight() if view.thumbnails.picture(page) is not None]


def test_pages_in_small_are_painted_as_they_are_seen_and_no_others(qtbot, opened):
    wanted: list[tuple[int, ...]] = []
    opened.thumbnails.wanted.connect(lambda one: wanted.append(tuple(page for page, _scale in one.pages)))
    assert not opened.thumbnails.isVisible()
    opened.thumbnails_button.click()
    seen = list(opened.thumbnails._in_sight())
    assert wanted[-1] == tuple(seen)
    assert len(seen) < 10
    qtbot.waitUntil(lambda: len(small(opened)) == len(seen))
    assert opened.thumbnails.picture(29) is None
    # What is large stays sharp: a small picture never takes its place.
    qtbot.waitUntil(opened.area.sharp)
    opened.area.go_to(30)
    qtbot.waitUntil(lambda: small(opened)[-1:] == [30])
    assert opened.thumbnails.currentIndex().row() == 29
    qtbot.waitUntil(opened.area.sharp)
    opened.thumbnails_button.click()
    assert wanted[-1] == ()


def test_pages_in_small_lead_the_document_by_the_keyboard(qtbot, opened):
    opened.open_thumbnails()
    assert opened.thumbnails.hasFocus()
    qtbot.keyClick(opened.thumbnails, Qt.Key.Key_Down)
    assert opened.page() == 2
    qtbot.keyClick(opened.thumbnails, Qt.Key.Key_End)
    assert opened.page() == 30
    qtbot.keyClick(opened.thumbnails, Qt.Key.Key_Return)
    assert opened.area.hasFocus()
    assert opened.thumbnails.isVisible()
    qtbot.keyClick(opened.area, Qt.Key.Key_PageUp)
    assert opened.thumbnails.currentIndex().row() == 28
    opened.open_thumbnails()
    opened.open_thumbnails()
    assert not opened.thumbnails.isVisible()
    assert opened.area.hasFocus()
    opened.contents_button.click()
    opened.thumbnails_button.click()
    assert not opened.contents.isVisible()


def test_small_pages_zoomed_out_are_gone_through_one_by_one(qtbot, opened):
    """Several pages are in sight then, and the one in the middle is not the one that was turned to."""
    opened.area.set_zoom(0.5)
    opened.open_thumbnails()
    for page in range(2, 6):
        qtbot.keyClick(opened.thumbnails, Qt.Key.Key_Down)
        assert opened.thumbnails.currentIndex().row() == page - 1


def test_small_pages_turn_with_the_large_ones_and_name_their_notes(qtbot, opened):
    opened.thumbnails_button.click()
    qtbot.waitUntil(lambda: 1 in small(opened))
    upright = opened.thumbnails.picture(0).size()
    opened.turn()
    assert opened.thumbnails.picture(0) is None
    qtbot.waitUntil(lambda: 1 in small(opened))
    turned = opened.thumbnails.picture(0).size()
    assert upright.height() > upright.width()
    assert turned.width() > turned.height()
    pages = opened.thumbnails.pages
    pages.set_noted({3})
    role = Qt.ItemDataRole.AccessibleTextRole
    assert pages.data(pages.index(2), role) != pages.data(pages.index(1), role)
    opened.close_document()
    assert pages.rowCount() == 0


def test_thousands_of_pages_in_small_keep_few_pictures(qtbot, view):
    document = pypdfium2.PdfDocument.new()
    for _ in range(2_000):
        document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    view.open(DocumentSource("long", "", buffer.getvalue()))
    view.thumbnails_button.click()
    qtbot.waitUntil(lambda: view.area.count() == 2_000 and bool(small(view)), timeout=10_000)
    for page in range(1, 2_000, 150):
        view.go_to(page)
        qtbot.waitUntil(lambda page=page: page in small(view), timeout=10_000)
    assert len(view.thumbnails._painted) <= 64


def test_a_place_is_framed_by_keys_on_the_page_in_sight(qtbot, opened):
    shift, both = (
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
    )
    told: list[Framed | None] = []
    opened.area.framed.connect(told.append)
    opened.area.setFocus()
    opened.go_to(3)
    qtbot.keyClick(opened.area, Qt.Key.Key_Down, shift)
    first = opened.area.region(3)
    assert first is not None
    qtbot.keyClick(opened.area, Qt.Key.Key_Right, shift)
    moved = opened.area.region(3)
    assert moved == (first[0] + 20, first[1], first[2] + 20, first[3])
    qtbot.keyClick(opened.area, Qt.Key.Key_Down, both)
    assert opened.area.region(3) == (*moved[:3], moved[3] + 20)
    assert told[-1] == Framed(3, opened.area.region(3))
    for _ in range(80):
        qtbot.keyClick(opened.area, Qt.Key.Key_Left, both)
        qtbot.keyClick(opened.area, Qt.Key.Key_Left, shift)
    left, _top, right, _bottom = opened.area.region(3)
    assert (left, right) == (0, 20)
    qtbot.keyClick(opened.area, Qt.Key.Key_Escape)
    assert opened.area.region(3) is None
    assert told[-1] is None


def test_on_a_turned_page_arrows_move_a_frame_as_it_is_seen(qtbot, opened):
    opened.area.setFocus()
    opened.turn()
    qtbot.keyClick(opened.area, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    before = opened.area.region(opened.page())
    qtbot.keyClick(opened.area, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    after = opened.area.region(opened.page())
    # The page's head is at the right now: what goes right on the screen goes up on the upright page.
    assert (after[0], after[1]) == (before[0], before[1] - 20)

"""Documents beside the work: one or two in sight, chosen from the tender's and the bids' files, never on the disk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ui.reader.kept import Kept
from ui.reader.shapes import Box, Hit
from ui.seat.find_all import FindAll
from ui.seat.hunt import Hunt
from ui.seat.in_step import InStep
from ui.seat.listed import Listed, first_of, listed
from ui.seat.names import Name, part
from ui.seat.note_strip import NoteStrip
from ui.seat.page_notes import PageNote, PageNotes
from ui.seat.pick import Pick
from ui.seat.shelf import Shelf
from ui.seat.steps import Json
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.document_view import DocumentSource, DocumentView, PageTurned
from ui.widgets.flow import Flow
from ui.widgets.key_card import KeyHelp
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer

FIND_ALL, TWO, NOTES = "F10", "F11", "F12"
TIE, TURN, SMALL = "Shift+F11", "Shift+F10", "Shift+F12"
TIE_KEYS, TURN_KEYS, SMALL_KEYS = (tuple(keys.split("+")) for keys in (TIE, TURN, SMALL))


class _Half(Column):
    """One document: which one, and its pages."""

    turned = Signal(object)

    def __init__(self, side: str, files: tuple[Listed, ...], shelf: Shelf, renderer: PageRenderer) -> None:
        super().__init__(gap=Space.HAIR)
        self._files, self._shelf = files, shelf
        self._pages: dict[str, int] = {}
        self._wanted = ""
        self._words = ""
        self._place: tuple[str, int, tuple[Box, ...]] = ("", 0, ())
        self._arrived = False
        self.choice = Pick(self.tr("Document"))
        self.choice.setObjectName(part(Name.DOCUMENT, side))
        self.choice.addItems([file.title for file in files])
        self.choice.setCurrentIndex(-1)
        self.choice.setPlaceholderText(self.tr("No documents here"))
        self.choice.setEnabled(bool(files))
        self._told = self.add(NoticeLine())
        self._told.hide()
        self.view = self.add(DocumentView(renderer, self.choice), 1)
        self.view.area.setObjectName(part(Name.DOCUMENT_PAGES, side))
        self.choice.currentIndexChanged.connect(self._choose)
        self.view.turned.connect(self._turn)

    def current(self) -> Listed | None:
        """What is chosen; None before the first document, or where there is none."""
        at = self.choice.currentIndex()
        return self._files[at] if 0 <= at < len(self._files) else None

    def show_file(self, file: Listed) -> None:
        """Choose a file, as if a person did."""
        self.choice.setCurrentIndex(self._files.index(file))

    def show_place(self, file: Listed, page: int, boxes: tuple[Box, ...]) -> None:
        """Choose a file and turn to a page of it, counted from 1, with these boxes marked."""
        self._words = ""
        self._pages[file.sha256] = page
        self._place, self._arrived = (file.sha256, page, boxes), False
        if self.current() is not file:
            self.show_file(file)
        self.view.go_to(page)
        self._mark_place(page)

    def _mark_place(self, page: int) -> None:
        """Mark what was found, where its page is in sight now."""
        source = self.view.source()
        sha256, marked, boxes = self._place
        if source is not None and (source.id, page) == (sha256, marked):
            self.view.area.mark({page - 1: [(box, True) for box in boxes]})
            # Once: whoever scrolls on from there is not brought back.
            arrived, self._arrived = self._arrived, True
            if boxes and not arrived:
                self.view.area.go_to(page, boxes[0][1])

    def turn_to(self, words: str) -> None:
        """Turn to where the document's contents name `words`: now, or when it has come."""
        if self.view.source() is None:
            self._words = words
        else:
            self.view.go_to_words(words)

    def release(self) -> None:
        """Close the document; what was chosen stays chosen."""
        self._wanted = ""
        self.view.close_document()

    def load(self) -> None:
        """Fetch and open what is chosen, at the page where it was left."""
        file = self.current()
        if file is None:
            self.release()
            return
        source = self.view.source()
        if source is not None and source.id == file.sha256:
            return
        self.release()
        self._wanted = file.sha256
        self._say(Notice(Tone.INFO, self.tr("The document is being fetched.")))

        def taken(content: Kept) -> None:
            # Chosen, left and chosen again while it was on its way: it comes twice and is opened once.
            if self._wanted == file.sha256 and self.view.source() is None:
                self._say(None)
                self.view.open(DocumentSource(file.sha256, file.title, content), self._pages.get(file.sha256, 1))
                words, self._words = self._words, ""
                self.view.go_to_words(words)

        def missed(sentence: str) -> None:
            if self._wanted == file.sha256:
                self._say(Notice(Tone.ATTENTION, sentence))

        self._shelf.want(file.sha256, taken, missed)

    def _choose(self, _at: int) -> None:
        self.load()

    def _turn(self, turned: PageTurned) -> None:
        self._pages[turned.document_id] = turned.page
        self._mark_place(turned.page)
        self.turned.emit(turned)

    def _say(self, notice: Notice | None) -> None:
        self._told.tell(notice)
        self._told.setVisible(notice is not None)


class DocumentDesk(Column):
    """The left half follows the bid that is being worked on; the right one stays where it is put.

    `turned` carries a PageTurned of the left half: the page that a verdict or a mark may take as its ground.
    """

    turned = Signal(object)

    def __init__(self, lot: Json, documents_word: str, shelf: Shelf, renderer: PageRenderer, notes: PageNotes) -> None:
        super().__init__(gap=Space.SMALL)
        self.setObjectName(Name.DOCUMENTS)
        self._files = listed(lot, documents_word)
        self._first = first_of(self._files, {bid["id"] for bid in lot["bids"] if bid["status"] == "live"})
        halves = self.add(Row(gap=Space.GAP), 1)
        self.left = halves.add(_Half("left", self._files, shelf, renderer), 1)
        self.right = halves.add(_Half("right", self._files, shelf, renderer), 1)
        self.right.hide()
        self.two = Button(self.tr("Two side by side"))
        self.two.setObjectName(Name.DOCUMENT_TWO)
        self.two.setCheckable(True)
        self.two.toggled.connect(self._show_two)
        self.left.turned.connect(self._turn)
        self.hunt = Hunt(shelf, renderer, self)
        self.find_all = self.add(FindAll(self.hunt))
        self.find_all.hide()
        self.find_all.asked.connect(self._hunt_for)
        self.find_all.chosen.connect(self._show_hit)
        self.find_all.closed.connect(self.left.view.area.setFocus)
        self.step = InStep(self.left.view.area, self.right.view.area)
        self.notes = notes
        self.note_strip = self.add(NoteStrip(notes, self._files))
        self.note_strip.hide()
        self.note_strip.chosen.connect(self._show_note)
        self.note_strip.closed.connect(self.left.view.area.setFocus)
        self.note_strip.changed.connect(self._show_noted)
        self._build_tools()

    def _build_tools(self) -> None:
        tools = self.add(Flow(gap=0))
        self.find_button = tools.add(QuietButton(self.tr("Find in all"), FIND_ALL))
        self.turn_button = tools.add(QuietButton(self.tr("Turn"), TURN))
        self.note_button = tools.add(QuietButton(self.tr("My notes"), NOTES))
        self.tie_button = tools.add(QuietButton(self.tr("In step"), TIE))
        self.tie_button.setCheckable(True)
        self.tie_button.hide()
        self.find_button.clicked.connect(self._open_find)
        self.turn_button.clicked.connect(self._turn_pages)
        self.note_button.clicked.connect(self._open_notes)
        self.tie_button.toggled.connect(self.step.tie)
        QShortcut(QKeySequence(TWO), self).activated.connect(self.two.toggle)
        QShortcut(QKeySequence(SMALL), self).activated.connect(self._open_small)

    def keys(self) -> tuple[KeyHelp, ...]:
        """The keys of the whole page that belong to the documents."""
        return (
            KeyHelp((FIND_ALL,), self.tr("find in all documents")),
            KeyHelp((TWO,), self.tr("two documents side by side")),
            KeyHelp(TIE_KEYS, self.tr("scroll both in step, or each alone")),
            KeyHelp(TURN_KEYS, self.tr("turn the pages")),
            KeyHelp(SMALL_KEYS, self.tr("the pages in small, and back")),
            KeyHelp(
                ("Shift", "← ↑ → ↓"),
                self.tr("on a page: frame a place and move it; with Ctrl make it larger or smaller"),
            ),
            KeyHelp((NOTES,), self.tr("my own note on the page in view")),
            KeyHelp(("Ctrl", "F"), self.tr("find in the document in view")),
        )

    def follow(self, bid: str, words: str) -> None:
        """The work is at this bid and this line now: show its first file at the left, unless one of its files is
        there, and turn to where the member marked the line as answered, else to where the bid's contents name it;
        without either the page stays."""
        current = self.left.current()
        if current is None or current.bid != bid:
            file = next((file for file in self._files if file.bid == bid), None)
            if file is None:
                return
            self.left.show_file(file)
        self.note_strip.show_line(words)
        own = self.notes.answers(words, tuple(file.sha256 for file in self._files if file.bid == bid))
        if own is not None:
            # What the member marked by hand counts more than the bidder's own contents.
            self._show_note(own)
        else:
            self.left.turn_to(words)

    def page_of(self, bid: str) -> int:
        """The page in sight of this bid's document at the left; 0 where another document is there."""
        current = self.left.current()
        return self.left.view.page() if current is not None and current.bid == bid else 0

    def basis_of(self, bid: str) -> Json | None:
        """The page in sight of this bid's document at the left, and the place that is framed on it, as a basis."""
        page, current = self.page_of(bid), self.left.current()
        if not page or current is None:
            return None
        files = [file for file in self._files if file.bid == bid]
        basis: Json = {"file": files.index(current) + 1, "page": page}
        region = self.left.view.area.region(page)
        return basis if region is None else {**basis, "region": list(region)}

    def _hunt_for(self, words: str) -> None:
        """The document in sight first, then those of the same bid, then the others as they stand."""
        here = self.left.current()
        bid = here.bid if here is not None else ""
        order = sorted(self._files, key=lambda file: (file is not here, file.bid != bid))
        self.hunt.begin(words, order)

    def _show_hit(self, chosen: tuple[Listed, Hit]) -> None:
        file, (page, boxes, _around) = chosen
        self.left.show_place(file, page + 1, boxes)

    def load(self) -> None:
        """Fetch what is chosen and not open: the page is shown, or the line is back. The pane is never left empty:
        where nothing is chosen yet, the first bid still in the running is."""
        if self.left.current() is None and self._first is not None:
            self.left.show_file(self._first)
        for half in (self.left, self.right):
            if half.isVisibleTo(self):
                half.load()

    def release(self) -> None:
        """Another page is shown: close the documents."""
        self.hunt.stop()
        self.left.release()
        self.right.release()

    def _show_note(self, note: PageNote) -> None:
        file = next((file for file in self._files if file.sha256 == note.sha256), None)
        if file is not None:
            self.left.show_place(file, note.page, ())

    def _open_find(self) -> None:
        self.note_strip.hide()
        self.find_all.open()

    def _open_notes(self) -> None:
        # One of the two: the pages need the room.
        self.find_all.hide()
        self.note_strip.show()
        self.note_strip.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn_pages(self) -> None:
        self._half().view.turn()

    def _open_small(self) -> None:
        self._half().view.open_thumbnails()

    def _half(self) -> _Half:
        """The half that has the focus, else the left one."""
        focus = QApplication.focusWidget()
        return self.right if focus is not None and self.right.isAncestorOf(focus) else self.left

    def _show_two(self, two: bool) -> None:
        self.right.setVisible(two)
        self.tie_button.setVisible(two)
        if not two:
            self.tie_button.setChecked(False)
        if two and self.right.current() is None:
            other = [file for file in self._files if file is not self.left.current() and file.bid]
            # A single document may be read at two places at once.
            for file in (other or self._files)[:1]:
                self.right.show_file(file)
        elif two:
            self.right.load()
        else:
            self.right.release()

    def _turn(self, turned: PageTurned) -> None:
        self.note_strip.show_page(turned.document_id, turned.page)
        self._show_noted()
        self.turned.emit(turned)

    def _show_noted(self) -> None:
        """The pages in small say which of them carry a note."""
        for half in (self.left, self.right):
            source = half.view.source()
            noted = (note.page for note in self.notes.all() if source is not None and note.sha256 == source.id)
            half.view.thumbnails.pages.set_noted(noted)

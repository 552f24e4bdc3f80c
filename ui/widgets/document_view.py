"""A document to read: pages, contents, page number, size and find, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.models.contents import ContentsEntry, ContentsModel
from ui.reader.owner import Source
from ui.reader.shapes import Box, Hit
from ui.theme import Colour, Role, Space, Tone, look
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import QuietButton
from ui.widgets.contents_list import ContentsList
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.page_area import PageArea, PageInSight, PagesWanted
from ui.widgets.page_number import PageNumber
from ui.widgets.pdf_worker import (
    Answer,
    ContentsTold,
    DocumentFault,
    DocumentOpened,
    PagePainted,
    PageRenderer,
    SearchTold,
    SizesTold,
)
from ui.widgets.text import ElidedText, Text
from ui.widgets.thumbnails import PageChosen, Thumbnails


@dataclass(frozen=True)
class DocumentSource:
    """A document: the id it is known by, the title shown, and its bytes or where they lie."""

    id: str
    title: str
    content: Source


@dataclass(frozen=True)
class PageTurned:
    """This page (counted from 1) of this document is in sight now."""

    document_id: str
    page: int


class DocumentView(Column):
    """One document. Everything slow happens in the renderer's thread; `turned` carries a PageTurned."""

    turned = Signal(object)

    def __init__(self, renderer: PageRenderer, head: QWidget | None = None, parent: QWidget | None = None) -> None:
        """`head` stands in place of the title: what the document is chosen from, say."""
        super().__init__(gap=Space.HAIR, parent=parent)
        self._renderer = renderer
        self._ticket: int | None = None
        self._source: DocumentSource | None = None
        self._hits: tuple[Hit, ...] = ()
        self._hit = -1
        self._large: dict[int, float] = {}
        self._small: dict[int, float] = {}
        self._wish: int | None = None
        self._wish_words = ""
        self._listed = False
        self._build_head(head)
        self._fault = self.add(NoticeLine())
        self._fault.hide()
        body = self.add(Row(gap=0), 1)
        self._model = ContentsModel(self)
        self.contents = body.add(ContentsList(self._model))
        self.contents.hide()
        self.thumbnails = body.add(Thumbnails())
        self.thumbnails.hide()
        self.area = body.add(PageArea(), 1)
        self._build_foot()
        self.setFocusProxy(self.area)
        self._connect()

    def _build_head(self, chooser: QWidget | None) -> None:
        # A long name where it is narrow gets a line of its own, rather than half of one and many of them.
        head = self.add(Folding(gap=Space.SMALL))
        self._title = ElidedText("", Role.BODY_STRONG, Colour.INK)
        head.add(chooser if chooser is not None else self._title, 1)
        self._title.setVisible(chooser is None)
        place = head.add(Row(gap=Space.SMALL))
        self._page_word = place.add(Text(self.tr("Page"), soft=True, wrap=False))
        self.number = place.add(PageNumber())
        self._count = place.add(Text("/ –", soft=True, wrap=False))
        self._search_row = self.add(Row(gap=Space.SMALL))
        self.words = self._search_row.add(QLineEdit(), 1)
        self.words.setPlaceholderText(self.tr("Find in this document, Enter goes on"))
        self.words.setAccessibleName(self.tr("Find"))
        self._found = self._search_row.add(Text("", Role.SMALL, soft=True, wrap=False))
        self._search_row.hide()

    def _build_foot(self) -> None:
        # Where it is narrow, what can be done by other means steps back; what is left goes on in a second line.
        self._foot = foot = self.add(Flow(gap=0))
        self.back = foot.add(QuietButton(self.tr("Previous")))
        self.on = foot.add(QuietButton(self.tr("Next")))
        self.contents_button = foot.add(QuietButton(self.tr("Contents")))
        self.contents_button.setCheckable(True)
        self.thumbnails_button = foot.add(QuietButton(self.tr("Thumbnails")))
        self.thumbnails_button.setCheckable(True)
        self.find_button = foot.add(QuietButton(self.tr("Find")))
        self.find_button.setCheckable(True)
        self.smaller = foot.add(QuietButton("－"))
        self.width_button = foot.add(QuietButton(self.tr("Width")))
        self.larger = foot.add(QuietButton("＋"))
        for button, name in (
            (self.smaller, self.tr("Smaller")),
            (self.width_button, self.tr("Fit the width")),
            (self.larger, self.tr("Larger")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)

    def _connect(self) -> None:
        self._renderer.answered.connect(self._take)
        self.area.wanted.connect(self._want_large)
        self.thumbnails.wanted.connect(self._want_small)
        self.thumbnails.chosen.connect(self._go_to_small)
        self.thumbnails.closed.connect(self.area.setFocus)
        self.area.turned.connect(self._show_page)
        self.contents.clicked.connect(self._go_to_entry)
        self.contents.activated.connect(self._go_to_entry)
        self.number.returnPressed.connect(self._go_to_number)
        self.number.left.connect(self._show_number)
        self.back.clicked.connect(self.previous_page)
        self.on.clicked.connect(self.next_page)
        self.contents_button.toggled.connect(self._show_contents)
        self.thumbnails_button.toggled.connect(self._show_thumbnails)
        self.find_button.toggled.connect(self._open_find)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.width_button.clicked.connect(self._fit_width)
        self.words.textEdited.connect(self._search)
        self.words.returnPressed.connect(self.next_hit)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._start_find)

    # What a window does.

    def open(self, source: DocumentSource, page: int = 1) -> None:
        """Show a document from `page` on (counted from 1); the one before is closed."""
        self.close_document()
        self._source = source
        self._wish = page
        self._title.set_text(source.title)
        self.area.setAccessibleName(source.title)
        self._ticket = self._renderer.open(source.content)

    def close_document(self) -> None:
        """Show nothing."""
        if self._ticket is not None:
            self._renderer.close(self._ticket)
        self._ticket, self._source, self._wish = None, None, None
        self._wish_words = ""
        self._listed = False
        self._fault.hide()
        self._title.set_text("")
        self._count.setText("/ –")
        self.number.setText("")
        self._model.set_entries(())
        self._clear_hits()
        self._large, self._small = {}, {}
        self.thumbnails.set_sizes(())
        self.area.set_sizes(())

    def go_to(self, page: int) -> None:
        """Turn to a page, counted from 1; before the document is open, as soon as it is."""
        if self.area.count():
            self.area.go_to(page)
        else:
            self._wish = page

    def go_to_words(self, words: str) -> None:
        """Turn to where the contents name `words`, or stay; before they are here, as soon as they are."""
        if not self._listed:
            self._wish_words = words
        elif page := self._model.page_named(words):
            self.area.go_to(page)

    def page(self) -> int:
        """The page in sight, counted from 1; 0 while nothing is open."""
        return self.area.page()

    def source(self) -> DocumentSource | None:
        """What is shown."""
        return self._source

    def previous_page(self) -> None:
        """Turn back."""
        self.area.go_to(self.area.page() - 1)

    def next_page(self) -> None:
        """Turn on."""
        self.area.go_to(self.area.page() + 1)

    def turn(self) -> None:
        """Turn the pages by a quarter to the right."""
        self.area.turn(90)
        # A square page has the same size turned.
        self.thumbnails.change_sizes(self.area.sizes())
        self.thumbnails.clear_painted()

    def open_thumbnails(self) -> None:
        """Show the pages in small and go there by the keyboard; from there, back to the page and put them away."""
        open_ = not (self.thumbnails.isVisible() and self.thumbnails.hasFocus())
        self.thumbnails_button.setChecked(open_)
        (self.thumbnails if open_ else self.area).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_hit(self, by: int = 1) -> None:
        """To the next place where the searched words stand, round and round."""
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hit()

    # What the renderer answers.

    def _take(self, answer: Answer) -> None:
        if answer.ticket != self._ticket:
            return
        match answer:
            case DocumentOpened():
                self._opened(answer)
            case SizesTold():
                self.area.change_sizes(answer.sizes)
                self.thumbnails.change_sizes(self.area.sizes())
            case ContentsTold():
                self._list(answer)
            case PagePainted():
                if answer.turned == self.area.rotation():
                    self._painted(answer)
            case SearchTold():
                self._take_hits(answer)
            case DocumentFault():
                self._show_fault(answer.code)

    def _opened(self, answer: DocumentOpened) -> None:
        self._count.setText(f"/ {len(answer.sizes)}")
        self.number.setValidator(QIntValidator(1, max(1, len(answer.sizes)), self.number))
        self.area.set_sizes(answer.sizes)
        self.thumbnails.set_sizes(self.area.sizes())
        self.thumbnails.show_page(self.area.page())
        if self._wish is not None:
            self.area.go_to(self._wish)
            self._wish = None

    def _list(self, told: ContentsTold) -> None:
        """The bookmarks, or where there are none plainly the pages."""
        self._listed = True
        pages = range(1, self.area.count() + 1)
        named = self.tr("Page {page}")
        self._model.set_entries(told.contents or [ContentsEntry(named.format(page=page), page) for page in pages])
        words, self._wish_words = self._wish_words, ""
        self.go_to_words(words)

    def _show_fault(self, code: str) -> None:
        sentence = {
            "damaged": self.tr("This file cannot be read as a PDF. Call for help; the paper copy may be used."),
            "protected": self.tr("This file is protected by a password. Call for help; the paper copy may be used."),
            "missing": self.tr("This file is not on this seat yet. Call for help if it does not come."),
        }[code]
        self._fault.tell(Notice(Tone.ERROR, sentence))
        self._fault.show()

    def _take_hits(self, told: SearchTold) -> None:
        if told.query != self.words.text().strip():
            return
        first = not self._hits and bool(told.hits)
        self._hits = told.hits
        if first:
            after = [at for at, (page, *_more) in enumerate(told.hits) if page + 1 >= self.area.page()]
            self._hit = after[0] if after else 0
            self._show_hit()
        else:
            self._mark_hits()
        if told.ended and not told.hits:
            # Scanned pages have no text: say so rather than let someone believe it is not there.
            self._found.setText(self.tr("not found in the text (scanned pages are pictures)"))
        elif not told.ended:
            share = told.searched * 100 // max(1, self.area.count())
            self._found.setText(self.tr("{count} found, {share} %").format(count=len(told.hits), share=share))
        else:
            self._say_hit()

    # What a person does.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons that there is room for; width, contents and find have their keys too."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        """Other type takes other room."""
        super().restyle()
        if hasattr(self, "_foot"):
            self._fit()

    def _fit(self) -> None:
        always = (self.back, self.on, self.smaller, self.larger)
        room = self.width() - sum(button.sizeHint().width() for button in always)
        for button in (self.find_button, self.contents_button, self.thumbnails_button, self.width_button):
            room -= button.sizeHint().width()
            button.setVisible(room >= 0)
        self._page_word.setVisible(self.width() >= look().px(380))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the find line."""
        if event.key() == Qt.Key.Key_Escape and self._search_row.isVisible():
            self.find_button.setChecked(False)
            self.area.setFocus()
            return
        super().keyPressEvent(event)

    def _want_large(self, wanted: PagesWanted) -> None:
        self._large = dict(wanted.pages)
        self._want()

    def _want_small(self, wanted: PagesWanted) -> None:
        self._small = dict(wanted.pages)
        self._want()

    def _want(self) -> None:
        """Whatever was wanted and has not come is wanted again in place of it: the pages first, then those in small."""
        if self._ticket is not None:
            pages = (*self._large.items(), *self._small.items())
            self._renderer.want(self._ticket, pages, self.area.rotation())

    def _painted(self, came: PagePainted) -> None:
        large = self._large.get(came.page) == came.scale
        if self.thumbnails.take(came.page, came.scale, came.image):
            self._small.pop(came.page, None)
            if not large:
                return
        if large:
            del self._large[came.page]
        self.area.take(came.page, came.scale, came.image)

    def _show_page(self, sight: PageInSight) -> None:
        # A number that is being typed is not taken away.
        if not (self.number.hasFocus() and self.number.isModified()):
            self._show_number()
        self.back.setEnabled(sight.page > 1)
        self.on.setEnabled(sight.page < self.area.count())
        row = self._model.row_of(sight.page)
        self.thumbnails.show_page(sight.page)
        if row >= 0:
            self.contents.setCurrentIndex(self._model.index(row))
        if self._source is not None:
            self.turned.emit(PageTurned(self._source.id, sight.page))

    def _show_number(self) -> None:
        page = self.area.page()
        self.number.setText(str(page) if page else "")

    def _go_to_number(self) -> None:
        if self.number.text():
            self.area.go_to(int(self.number.text()))
            self._show_number()
            self.area.setFocus()

    def _go_to_entry(self, index: QModelIndex) -> None:
        self.area.go_to(self._model.entry(index.row()).page)

    def _go_to_small(self, chosen: PageChosen) -> None:
        self.area.go_to(chosen.page)

    def _show_contents(self, shown: bool) -> None:
        """One of the two lists: the pages need the room."""
        self.contents.setVisible(shown)
        if shown:
            self.thumbnails_button.setChecked(False)

    def _show_thumbnails(self, shown: bool) -> None:
        self.thumbnails.setVisible(shown)
        if shown:
            self.contents_button.setChecked(False)

    def _zoom_in(self) -> None:
        self.area.zoom_by(1)

    def _zoom_out(self) -> None:
        self.area.zoom_by(-1)

    def _fit_width(self) -> None:
        self.area.set_zoom(1.0)

    def _start_find(self) -> None:
        self.find_button.setChecked(True)
        self.words.setFocus()
        self.words.selectAll()

    def _open_find(self, open_: bool) -> None:
        self._search_row.setVisible(open_)
        if open_:
            self.words.setFocus()
        else:
            self.words.clear()
            self._search("")

    def _search(self, text: str) -> None:
        self._clear_hits()
        if self._ticket is not None:
            self._renderer.search(self._ticket, text.strip())

    def _clear_hits(self) -> None:
        self._hits, self._hit = (), -1
        self._found.setText("")
        self.area.mark({})

    def _show_hit(self) -> None:
        page, boxes, _around = self._hits[self._hit]
        self.area.go_to(page + 1, boxes[0][1] if boxes else 0.0)
        self._mark_hits()
        self._say_hit()

    def _say_hit(self) -> None:
        if self._hits:
            told = self.tr("{at} of {count}, page {page}")
            self._found.setText(told.format(at=self._hit + 1, count=len(self._hits), page=self._hits[self._hit][0] + 1))

    def _mark_hits(self) -> None:
        marks: dict[int, list[tuple[Box, bool]]] = {}
        for at, (page, boxes, _around) in enumerate(self._hits):
            marks.setdefault(page, []).extend((box, at == self._hit) for box in boxes)
        self.area.mark(marks)


class DocumentPair(Row):
    """Two documents side by side, or the first one alone."""

    def __init__(self, renderer: PageRenderer, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.GAP, parent=parent)
        self.left = self.add(DocumentView(renderer), 1)
        self.right = self.add(DocumentView(renderer), 1)
        self.right.hide()

    def show_both(self, both: bool) -> None:
        """Show the second document too, or the first one alone."""
        self.right.setVisible(both)

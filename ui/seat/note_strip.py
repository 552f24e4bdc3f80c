"""The member's own note on the page in view, and the way to all of them. Nobody else ever sees one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.seat.listed import Listed
from ui.seat.names import Name
from ui.seat.page_notes import PageNote, PageNotes
from ui.seat.pick import Pick
from ui.theme import Space
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import QuietButton


class NoteStrip(Column):
    """`chosen` carries the PageNote to turn to; `changed` when one was written; `closed` when it is put away."""

    chosen = Signal(object)
    changed = Signal()
    closed = Signal()

    def __init__(self, notes: PageNotes, files: tuple[Listed, ...]) -> None:
        super().__init__(gap=Space.HAIR)
        self._notes, self._files = notes, {file.sha256: file for file in files}
        self._here: PageNote | None = None
        self._line = ""
        self._listed: tuple[PageNote, ...] = ()
        row = self.add(Row(gap=Space.SMALL))
        self.words = row.add(QLineEdit(), 1)
        self.words.setObjectName(Name.DOCUMENT_NOTE)
        self.words.setMaxLength(500)
        self.words.setAccessibleName(self.tr("My note on this page"))
        self.words.setPlaceholderText(self.tr("My note on this page: only I see it, wiped when I leave"))
        self.answer = row.add(QuietButton(self.tr("Answers this line")))
        self.answer.setCheckable(True)
        self.list = self.add(Pick(self.tr("My notes")))
        self.words.textEdited.connect(self._write)
        self.answer.clicked.connect(self._mark)
        self.list.activated.connect(self._choose)
        self._show_list()

    def show_page(self, sha256: str, page: int) -> None:
        """The page in view; '' where there is none."""
        self._here = self._notes.of(sha256, page) if sha256 and page else None
        self._show()

    def show_line(self, line: str) -> None:
        """The name of the line of the work one is at."""
        self._line = line
        self._show()

    def _show(self) -> None:
        here = self._here
        for part in (self.words, self.answer):
            part.setEnabled(here is not None)
        # What is being typed is not taken away.
        text = here.text if here is not None else ""
        if self.words.text().strip() != text:
            self.words.setText(text)
        self.answer.setChecked(here is not None and bool(here.line) and here.line == self._line)
        self.answer.setToolTip(self.tr("{line} is answered on this page").format(line=self._line))

    def _write(self, text: str) -> None:
        if self._here is not None:
            self._put(PageNote(self._here.sha256, self._here.page, text.strip(), self._here.line))

    def _mark(self, here: bool) -> None:
        if self._here is not None:
            line = self._line if here else ""
            self._put(PageNote(self._here.sha256, self._here.page, self._here.text, line))

    def _put(self, note: PageNote) -> None:
        self._notes.put(note)
        self._here = note
        self._show_list()
        self.changed.emit()

    def _show_list(self) -> None:
        self._listed = tuple(note for note in self._notes.all() if note.sha256 in self._files)
        self.list.clear()
        for note in self._listed:
            place = self.tr("p. {page} · {title}").format(title=self._files[note.sha256].title, page=note.page)
            said = note.text or self.tr("answers a line of the work")
            self.list.addItem(f"{said}  —  {place}")
        self.list.setPlaceholderText(self.tr("My notes ({count})").format(count=len(self._listed)))
        self.list.setCurrentIndex(-1)
        self.list.setVisible(bool(self._listed))

    def _choose(self, at: int) -> None:
        self.chosen.emit(self._listed[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away; what is written stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

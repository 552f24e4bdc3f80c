"""Words looked for through all documents: a line to type, how far it is, and the hits as they come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from ui.reader.shapes import Hit
from ui.seat.hunt import Found, Hunt, Progress
from ui.seat.listed import Listed
from ui.seat.names import Name
from ui.theme import Role, Space, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import QuietButton
from ui.widgets.text import Text

_HIT = Qt.ItemDataRole.UserRole


class FindAll(Column):
    """`chosen` carries (Listed, Hit); `closed` when a person has done with it."""

    chosen = Signal(object)
    closed = Signal()
    asked = Signal(str)
    """The words, when Return is pressed."""

    def __init__(self, hunt: Hunt) -> None:
        super().__init__(gap=Space.HAIR)
        self._hunt = hunt
        head = self.add(Row(gap=Space.SMALL))
        self.words = head.add(QLineEdit(), 1)
        self.words.setObjectName(Name.DOCUMENT_FIND_ALL)
        self.words.setPlaceholderText(self.tr("Find in all documents, Enter begins"))
        self.words.setAccessibleName(self.tr("Find in all documents"))
        self._told = head.add(Text("", Role.SMALL, soft=True, wrap=False))
        self.end = head.add(QuietButton(self.tr("Close")))
        self.hits = self.add(_Hits())
        self.words.returnPressed.connect(self._ask)
        self.end.clicked.connect(self._close)
        self.hits.itemActivated.connect(self._choose)
        self.hits.itemClicked.connect(self._choose)
        hunt.found.connect(self._take)
        hunt.went.connect(self._tell)

    def open(self) -> None:
        """Show it, ready to type."""
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it, Down goes to the hits."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() == Qt.Key.Key_Down and self.words.hasFocus() and self.hits.count():
            self.hits.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hits.setCurrentRow(max(0, self.hits.currentRow()))
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.hits.clear()
        self.asked.emit(self.words.text())

    def _close(self) -> None:
        self._hunt.stop()
        self.hide()
        self.closed.emit()

    def _take(self, found: Found) -> None:
        for hit in found.hits:
            page, _boxes, around = hit
            place = self.tr("p. {page} · {title}").format(title=found.file.title, page=page + 1)
            item = QListWidgetItem(f"{around}  —  {place}", self.hits)
            item.setData(_HIT, (found.file, hit))
            item.setToolTip(place)

    def _tell(self, progress: Progress) -> None:
        if not progress.ended:
            told = self.tr("{hits} found, document {at} of {whole}")
            self._told.setText(told.format(hits=progress.hits, at=progress.done + 1, whole=progress.whole))
        elif progress.unread:
            told = self.tr("{hits} found; not read: {files}")
            self._told.setText(told.format(hits=progress.hits, files=", ".join(progress.unread)))
        elif progress.hits:
            self._told.setText(self.tr("{hits} found").format(hits=progress.hits))
        else:
            self._told.setText(self.tr("not found in the text (scanned pages are pictures)"))

    def _choose(self, item: QListWidgetItem) -> None:
        chosen: tuple[Listed, Hit] = item.data(_HIT)
        self.chosen.emit(chosen)


class _Hits(QListWidget):
    """The hits; Return goes to one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Places found"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Some hits in sight; the pages need the room.
        self.setMaximumHeight(look().px(132))

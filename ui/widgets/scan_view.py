"""A scanned paper, PDF or picture, whole on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget

from ui.widgets.document_view import DocumentSource, DocumentView
from ui.widgets.pdf_worker import PageRenderer


class ScanView(QStackedWidget):
    """Nothing until `show_scan`; holds the content only while it is shown."""

    def __init__(self, renderer: PageRenderer) -> None:
        super().__init__()
        self._document, self._picture = DocumentView(renderer), _Picture()
        self.addWidget(self._document)
        self.addWidget(self._picture)

    def show_scan(self, name: str, title: str, content: bytes) -> bool:
        """Show it; False where this is neither a PDF nor a picture that can be read."""
        self.forget()
        if content.startswith(b"%PDF-"):
            self.setCurrentWidget(self._document)
            self._document.open(DocumentSource(name, title, content))
            return True
        picture = QPixmap()
        self.setCurrentWidget(self._picture)
        if not picture.loadFromData(content):
            return False
        self._picture.show_picture(picture)
        return True

    def forget(self) -> None:
        """Show nothing, keep nothing."""
        self._document.close_document()
        self._picture.show_picture(None)


class _Picture(QLabel):
    """A photograph or page as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: QPixmap | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show it, or nothing."""
        self._whole = picture
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        self._fit()

    def _fit(self) -> None:
        if self._whole is None:
            self.clear()
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        self.setPixmap(self._whole.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio, smooth))

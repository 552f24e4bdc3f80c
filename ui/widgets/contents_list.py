"""The contents of a document, beside its pages."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListView, QSizePolicy

from ui.models.contents import ContentsModel
from ui.theme import look


class ContentsList(QListView):
    """Its bookmarks, or plainly its pages."""

    def __init__(self, model: ContentsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(self.tr("Contents"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide enough for a heading."""
        return QSize(look().px(200), look().px(300))

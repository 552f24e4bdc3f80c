"""Choosing a file in place: a path to type, and what lies there to choose from. No dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.theme import Space, look
from ui.widgets.boxes import Column
from ui.widgets.forms import Field

MOST_LISTED = 200
_PATH = Qt.ItemDataRole.UserRole


class FilePick(Column):
    """Lists files of `suffixes`. `changed`: another path; `entered`: Return; `chosen`: one of the list."""

    changed = Signal()
    entered = Signal()
    chosen = Signal()

    def __init__(self, caption: str, listed: str, folder: Path, suffixes: frozenset[str]) -> None:
        self.list = QListWidget()
        super().__init__(gap=Space.SMALL)
        self._folder, self._suffixes = folder, suffixes
        self.field = self.add(Field(caption, self.tr("Type a path, or choose below.")))
        self.add(self.list, 1)
        self.list.setAccessibleName(listed)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.field.line.textChanged.connect(self._change)
        self.field.entered.connect(self._enter)
        self.setFocusProxy(self.field)
        self.look()

    def restyle(self) -> None:
        """Two rows at least."""
        super().restyle()
        self.list.setMinimumHeight(look().px(96))

    def path(self) -> Path:
        """The path that stands there, or the folder that is looked into."""
        text = self.field.text()
        return Path(text).expanduser() if text else self._folder

    def clear(self) -> None:
        """Nothing is chosen."""
        self.field.clear()
        self.look()

    def look(self) -> None:
        """List what lies where the path points; a stick may have been put in meanwhile."""
        path = self.path()
        folder = path if path.is_dir() else path.parent
        self.list.clear()
        for label, there in _listing(folder, self._suffixes):
            item = QListWidgetItem(label)
            item.setData(_PATH, str(there))
            self.list.addItem(item)

    def _change(self) -> None:
        self.look()
        self.changed.emit()

    def _enter(self) -> None:
        self.entered.emit()

    def _choose(self, item: QListWidgetItem) -> None:
        self.field.line.setText(str(item.data(_PATH)))
        self.field.mend()
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.path().is_file():
            self.chosen.emit()


def _listing(folder: Path, suffixes: frozenset[str]) -> list[tuple[str, Path]]:
    """The folder above, folders and wanted files of a folder, as far as they may be read."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
        folders = [(f"▸ {path.name}", path) for path in entries if path.is_dir() and not path.name.startswith(".")]
        files = [(path.name, path) for path in entries if path.suffix.lower() in suffixes and path.is_file()]
    except OSError:
        return [("↑", folder.parent)]
    return [("↑", folder.parent), *files[:MOST_LISTED], *folders[:MOST_LISTED]]

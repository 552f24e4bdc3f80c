"""Importing a package: choose a file in place, send it, read in place what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.link import Failed
from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone, look
from ui.widgets.buttons import StepButton
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.progress import WordedProgress
from ui.widgets.text import Text

MOST_LISTED = 200
_PATH = Qt.ItemDataRole.UserRole


class ImportPage(DeskPage):
    """A path to type, the packages and folders beside it to choose from, one button."""

    page = PageName.IMPORT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = self.add(
            Card(self.tr("Import an evaluation package"), margin=(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE)), 1
        )
        card.add(
            Text(
                self.tr(
                    "Everything in the package is checked before anything is kept: files by their hash, rules, marks, "
                    "prices, dates. The list of members stays sealed."
                ),
                soft=True,
            )
        )
        self._path = card.add(Field(self.tr("Package (.zip)"), self.tr("Type a path, or choose below.")))
        self._path.line.setObjectName(Name.IMPORT_PATH)
        self._path.line.textChanged.connect(self._look)
        self._path.entered.connect(self._upload)
        self._list = card.add(QListWidget(), 1)
        self._list.setObjectName(Name.IMPORT_LIST)
        self._list.setMinimumHeight(look().px(96))
        self._list.setAccessibleName(self.tr("Packages and folders"))
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self._progress = card.add(WordedProgress())
        self._progress.hide()
        self._notice = card.add(NoticeLine(lines=2))
        self._step = card.add(StepButton(self.tr("Check and import")))
        self._step.button.setObjectName(Name.IMPORT_UPLOAD)
        self._step.pressed.connect(self._upload)
        self.setFocusProxy(self._path)
        self._look()

    def open(self, target: Target) -> None:
        """Look again: a stick may have been put in meanwhile."""
        super().open(target)
        self._look()

    def show_sight(self, sight: Sight) -> None:
        """Nothing here depends on the view."""

    def leave(self) -> None:
        """Nothing typed stays."""
        self._path.clear()
        self._notice.tell(None)

    def _look(self) -> None:
        """List what lies where the path points; a button only for a file that is there."""
        path = Path(self._path.text()).expanduser() if self._path.text() else self.desk.folder
        folder = path if path.is_dir() else path.parent
        self._list.clear()
        for label, there in _listing(folder):
            item = QListWidgetItem(label)
            item.setData(_PATH, str(there))
            self._list.addItem(item)
        if path.is_file():
            self._step.allow()
        else:
            self._step.block(self.tr("Choose a package first."))

    def _choose(self, item: QListWidgetItem) -> None:
        self._path.line.setText(str(item.data(_PATH)))
        self._path.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _upload(self) -> None:
        path = Path(self._path.text()).expanduser()
        if not path.is_file():
            self._path.fault(self.tr("There is no such file."))
            return
        self._step.block(self.tr("The package is being checked."))
        self._notice.tell(None)
        self._report(self.tr("Reading {name}").format(name=path.name))
        self.desk.do(path.read_bytes, self._send, self._unreadable)

    def _send(self, content: bytes) -> None:
        self._report(self.tr("The room checks the package: {size} MB").format(size=f"{len(content) / 1e6:.1f}"))
        self.desk.ask("package", lambda client: client.upload_package(content), self._imported, self._refused)

    def _report(self, words: str) -> None:
        self._progress.report(words, 0, None)
        self._progress.show()

    def _ended(self, notice: Notice) -> None:
        self._progress.hide()
        self._notice.tell(notice)
        self._step.allow()

    def _unreadable(self, fault: Exception) -> None:
        self._ended(Notice(Tone.ERROR, self.tr("The file cannot be read: {why}").format(why=fault)))

    def _imported(self, _answer: object) -> None:
        self._path.clear()
        self._ended(Notice(Tone.OK, self.tr("Imported; its rules are frozen. The next step is at the right.")))
        self._look()

    def _refused(self, failure: Failed) -> None:
        place = failure.where or "—"
        text = self.tr("{sentence} Place: {place}. Nothing of the package was kept.")
        self._ended(Notice(Tone.ERROR, text.format(sentence=_full_stop(failure.sentence), place=place)))


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "。", "！", "!")) else sentence + ("。" if _chinese(sentence) else ".")


def _chinese(sentence: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in sentence)


def _listing(folder: Path) -> list[tuple[str, Path]]:
    """The folder above, folders and packages of a folder, as far as they may be read."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
        folders = [(f"▸ {path.name}", path) for path in entries if path.is_dir() and not path.name.startswith(".")]
        packages = [(path.name, path) for path in entries if path.suffix.lower() == ".zip" and path.is_file()]
    except OSError:
        return [("↑", folder.parent)]
    return [("↑", folder.parent), *packages[:MOST_LISTED], *folders[:MOST_LISTED]]

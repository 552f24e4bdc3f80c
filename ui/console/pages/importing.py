"""Importing a package: choose a file in place, send it, read in place what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from app.link import Failed
from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone
from ui.widgets.buttons import StepButton
from ui.widgets.card import Card
from ui.widgets.file_pick import FilePick
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.progress import WordedProgress
from ui.widgets.text import Text


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
                    "prices, dates. The list of members stays sealed. Supplementary lists are imported here too."
                ),
                soft=True,
            )
        )
        listed = self.tr("Packages and folders")
        self._pick = card.add(FilePick(self.tr("Package (.zip)"), listed, desk.folder, frozenset({".zip"})), 1)
        self._pick.field.line.setObjectName(Name.IMPORT_PATH)
        self._pick.list.setObjectName(Name.IMPORT_LIST)
        self._pick.changed.connect(self._allow)
        self._pick.entered.connect(self._upload)
        self._progress = card.add(WordedProgress())
        self._progress.hide()
        self._notice = card.add(NoticeLine(lines=2))
        self._step = card.add(StepButton(self.tr("Check and import")))
        self._step.button.setObjectName(Name.IMPORT_UPLOAD)
        self._step.pressed.connect(self._upload)
        self.setFocusProxy(self._pick)
        self._allow()

    def open(self, target: Target) -> None:
        """Look again: a stick may have been put in meanwhile."""
        super().open(target)
        self._pick.look()

    def show_sight(self, sight: Sight) -> None:
        """Nothing here depends on the view."""

    def leave(self) -> None:
        """Nothing typed stays."""
        self._pick.clear()
        self._notice.tell(None)

    def _allow(self) -> None:
        """A button only for a file that is there."""
        if self._pick.path().is_file():
            self._step.allow()
        else:
            self._step.block(self.tr("Choose a package first."))

    def _upload(self) -> None:
        path = self._pick.path()
        if not path.is_file():
            self._pick.field.fault(self.tr("There is no such file."))
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

    def _imported(self, answer: Mapping[str, object]) -> None:
        self._pick.clear()
        if answer["what"] == "members":
            told = self.tr("The supplementary members are expected now; they come in like everybody.")
        else:
            told = self.tr("Imported; its rules are frozen. The next step is at the right.")
        self._ended(Notice(Tone.OK, told))

    def _refused(self, failure: Failed) -> None:
        place = failure.where or "—"
        text = self.tr("{sentence} Place: {place}. Nothing of the package was kept.")
        self._ended(Notice(Tone.ERROR, text.format(sentence=_full_stop(failure.sentence), place=place)))


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "。", "！", "!")) else sentence + ("。" if _chinese(sentence) else ".")


def _chinese(sentence: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in sentence)

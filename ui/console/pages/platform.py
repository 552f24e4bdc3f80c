"""A lot that is evaluated on a platform: send what the platform exported, and see what the check of it says."""

from __future__ import annotations

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.models.platform import platform_check
from ui.theme import Space, Tone
from ui.widgets.buttons import StepButton
from ui.widgets.card import Card
from ui.widgets.file_pick import FilePick
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.platform_check import PlatformCheckCard, summary
from ui.widgets.text import Text

SENDERS = frozenset({"centre", "agency", "tenderee"})
"""Who may send an export; the others read what was found."""


class PlatformPage(DeskPage):
    """To who sends: a file to choose, one button, how the newest check stands. To the others: what it found."""

    page = PageName.PLATFORM

    def __init__(self, desk: Desk, role: str) -> None:
        super().__init__(desk)
        self._head = Card(margin=(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE))
        self._head.add(
            Text(
                self.tr(
                    "Export marks, totals and ranking from the platform before anyone signs: JSON, a workbook, or a "
                    "zip of CSV tables with rules.json. Experts stand in it by alias, never by name. Every figure "
                    "is computed again; the file is kept with the evidence."
                ),
                soft=True,
            )
        )
        listed = self.tr("Exports and folders")
        ends = frozenset({".json", ".xlsx", ".zip"})
        self._pick = self._head.add(FilePick(self.tr("Export (.json, .xlsx, .zip)"), listed, desk.folder, ends), 1)
        self._pick.field.line.setObjectName(Name.PLATFORM_PATH)
        self._pick.list.setObjectName(Name.PLATFORM_LIST)
        self._pick.changed.connect(self._allow)
        self._pick.entered.connect(self._send)
        self._stand = self._head.add(NoticeLine())
        self._notice = self._head.add(NoticeLine(lines=2))
        self._step = self._head.add(StepButton(self.tr("Send and check")))
        self._step.button.setObjectName(Name.PLATFORM_SEND)
        self._step.pressed.connect(self._send)
        self._sends = role in SENDERS
        self._check = PlatformCheckCard()
        self.add(self._head if self._sends else self._check, 1)
        if self._sends:
            self.setFocusProxy(self._pick)
        self._allow()

    def open(self, target: Target) -> None:
        """Look again: a stick may have been put in meanwhile."""
        super().open(target)
        self._check.forget()
        self._pick.look()
        self._notice.tell(None)

    def show_sight(self, sight: Sight) -> None:
        """The newest check of the lot."""
        evaluation = sight.evaluation(self.target.stream) or {}
        lot = sight.lot(self.target.stream, self.target.lot)
        names = {bid["id"]: f"{bid['id']} {bid['bidder']}" for bid in lot["bids"]} if lot is not None else {}
        if lot is not None:
            word = str((evaluation.get("words") or {}).get("lot", ""))
            self._head.set_title(f"{word} {lot['id']} · {lot['name']}")
        check = platform_check(evaluation, self.target.lot)
        self._check.show_check(check, names)
        self._stand.tell(summary(check) if check is not None else None)

    def leave(self) -> None:
        """Nothing typed or shown stays."""
        self._pick.clear()
        self._notice.tell(None)
        self._stand.tell(None)
        self._check.forget()

    def _allow(self) -> None:
        """A button only for a file that is there."""
        if self._pick.path().is_file():
            self._step.allow()
        else:
            self._step.block(self.tr("Choose the export first."))

    def _send(self) -> None:
        path = self._pick.path()
        if not path.is_file():
            self._pick.field.fault(self.tr("There is no such file."))
            return
        self._step.block(self.tr("The export is being checked."))
        self._notice.tell(Notice(Tone.INFO, self.tr("The room computes every figure again …")))
        self.desk.do(path.read_bytes, self._upload, self._unreadable)

    def _upload(self, content: bytes) -> None:
        stream, lot = self.target.stream, self.target.lot
        self.desk.ask("platform", lambda client: client.send_platform(stream, lot, content), self._done, self._refused)

    def _done(self, answer: dict[str, int]) -> None:
        self._pick.clear()
        told = self.tr("Checked and entered: faults {faults}, hints {hints}. The committee sees what was found.")
        self._ended(Notice(Tone.OK, told.format(faults=answer["faults"], hints=answer["hints"])))

    def _unreadable(self, fault: Exception) -> None:
        self._ended(Notice(Tone.ERROR, self.tr("The file cannot be read: {why}").format(why=fault)))

    def _refused(self, failure: Failed) -> None:
        self._ended(Notice(Tone.ERROR, sentence_of(failure)))

    def _ended(self, notice: Notice) -> None:
        self._notice.tell(notice)
        self._allow()

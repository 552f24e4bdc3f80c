"""A scanned paper that an act is about, whole on the screen; back to the act with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.scan_view import ScanView


class ScanPage(DeskPage):
    """The target's `what` is the scan's SHA-256, its `member` the act to go back to. Kept only while it is shown."""

    page = PageName.SCAN

    def __init__(self, desk: Desk, renderer: PageRenderer) -> None:
        super().__init__(desk)
        card = self.add(Card(gap=Space.GAP), 1)
        row = card.add(Row(gap=Space.GAP))
        self._notice = row.add(NoticeLine(), 1)
        back = row.add(Button(self.tr("Back to the matter (Esc)")))
        back.setObjectName(Name.SCAN_BACK)
        back.clicked.connect(self._back)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back)
        self._scan = card.add(ScanView(renderer), 1)
        self.setFocusProxy(back)

    def open(self, target: Target) -> None:
        """Fetch the scan."""
        super().open(target)
        self._drop()
        self._notice.tell(Notice(Tone.INFO, self.tr("Fetching the scan …")))
        self.desk.ask(
            "paper",
            lambda client: client.paper(target.what),
            lambda content: self._show(target, content),
            self._refused,
        )

    def show_sight(self, sight: Sight) -> None:
        """Nothing here depends on the view."""

    def leave(self) -> None:
        """Nothing stays."""
        self._drop()

    def _drop(self) -> None:
        self._scan.forget()
        self._notice.tell(None)

    def _show(self, target: Target, content: object) -> None:
        if target != self.target or not isinstance(content, bytes):
            return
        if self._scan.show_scan(target.what, self.tr("Scan"), content):
            kept = self.tr("Checked by its hash: SHA-256 {sha256}").format(sha256=target.what)
            self._notice.tell(Notice(Tone.OK, kept))
        else:
            self._notice.tell(Notice(Tone.ERROR, self.tr("This scan cannot be shown; ask for the paper itself.")))

    def _refused(self, failure: Failed) -> None:
        self._notice.tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _back(self) -> None:
        self.desk.go(Target(PageName.ACTS, self.target.stream, what=self.target.member))

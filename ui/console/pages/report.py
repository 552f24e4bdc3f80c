"""The issued report, page by page, and a copy of it on request."""

from __future__ import annotations

from pathlib import Path

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.card import Card
from ui.widgets.document_view import DocumentSource, DocumentView
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.pdf_worker import PageRenderer


class ReportPage(DeskPage):
    """Fetched when the page is opened, kept in memory only while it is shown."""

    page = PageName.REPORT

    def __init__(self, desk: Desk, renderer: PageRenderer) -> None:
        super().__init__(desk)
        card = self.add(Card(gap=Space.GAP), 1)
        row = card.add(Row(gap=Space.GAP))
        self._notice = row.add(NoticeLine(), 1)
        self._save = row.add(Button(self.tr("Save a copy")))
        self._save.setObjectName(Name.SAVE_REPORT)
        self._save.clicked.connect(self._save_copy)
        back = row.add(QuietButton(self.tr("Back to the evaluations")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.EVALUATIONS)))
        self._view = card.add(DocumentView(renderer), 1)
        self._content: bytes | None = None
        self._title = ""
        self._save.setEnabled(False)
        self.setFocusProxy(self._view)

    def open(self, target: Target) -> None:
        """Fetch the report of this lot."""
        super().open(target)
        self._drop()
        self._notice.tell(Notice(Tone.INFO, self.tr("Fetching the report …")))
        self.desk.ask(
            "report",
            lambda client: client.report(target.stream, target.lot),
            lambda content: self._show(target, content),
            self._refused,
        )

    def leave(self) -> None:
        """Nothing stays."""
        self._drop()
        self._notice.tell(None)

    def show_sight(self, sight: Sight) -> None:
        """Keep the words of the track for the title."""
        evaluation = sight.evaluation(self.target.stream)
        if evaluation is not None:
            self._title = str(evaluation["words"].get("report", ""))

    def _drop(self) -> None:
        self._content = None
        self._save.setEnabled(False)
        self._view.close_document()

    def _show(self, target: Target, content: bytes) -> None:
        if target != self.target:
            return
        self._content = content
        self._save.setEnabled(True)
        self._notice.tell(None)
        self._view.open(DocumentSource(f"{target.stream}/{target.lot}", f"{self._title} {target.lot}", content))

    def _save_copy(self) -> None:
        if self._content is not None:
            name = f"report-{self.target.stream.rsplit('/', 1)[-1]}-{self.target.lot}.pdf"
            self.desk.save(name, self._content, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self._notice.tell(Notice(Tone.OK, self.tr("Saved: {path}").format(path=path)))

    def _not_saved(self, fault: Exception) -> None:
        self._notice.tell(Notice(Tone.ERROR, self.tr("Could not be saved: {why}").format(why=fault)))

    def _refused(self, failure: Failed) -> None:
        self._notice.tell(Notice(Tone.ERROR, sentence_of(failure)))

"""The right side of a console: what waits for someone, each with its one button, and the journal running along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QResizeEvent

from ui.console.call_queue import CallQueue
from ui.console.names import Name, PageName, part
from ui.console.sight import Kind, Matter, Sight, Target, Todo
from ui.console.words import matter_words, todo_words
from ui.models.journal import JournalModel
from ui.models.room_time import hour_minute
from ui.theme import Tone, look
from ui.widgets.boxes import Column, Scroll, Tall
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.incident import IncidentList
from ui.widgets.incident_card import Incident, IncidentAnswered
from ui.widgets.journal_list import JournalList
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.symbols import Symbol

translate = QCoreApplication.translate

_TONES = {
    Kind.ROOM_AWAY: (Tone.ERROR, Symbol.OFFLINE),
    Kind.ROOM_UNWRITTEN: (Tone.ERROR, Symbol.ERROR),
    Kind.ROOM_SLOW: (Tone.ATTENTION, Symbol.WARNING),
    Kind.JOURNAL_BROKEN: (Tone.ERROR, Symbol.ERROR),
    Kind.SEAT_LOST: (Tone.ERROR, Symbol.OFFLINE),
    Kind.SEAT_LOCKED: (Tone.ATTENTION, Symbol.AWAY),
    Kind.MACHINE_LOST: (Tone.ERROR, Symbol.OFFLINE),
    Kind.HELP: (Tone.ATTENTION, Symbol.CALL),
    Kind.RELEASE: (Tone.ATTENTION, Symbol.WARNING),
    Kind.DRAW_RELAXED: (Tone.ATTENTION, Symbol.WARNING),
    Kind.DRAW_CANCEL: (Tone.ATTENTION, Symbol.WARNING),
    Kind.FACE: (Tone.ATTENTION, Symbol.WARNING),
    Kind.ACT: (Tone.ATTENTION, Symbol.CALL),
    Kind.RELEASE_WAITING: (Tone.QUIET, Symbol.PAUSED),
}
IMPORT = Todo("import_package", "", "")


@dataclass(frozen=True)
class Waiting:
    """An incident on the screen, with what its button means and the name it is found by."""

    incident: Incident
    name: str
    target: Target | None = None
    todo: Todo | None = None


def waiting(sight: Sight, own: Iterable[Matter], *, queued: bool = False) -> list[Waiting]:
    """Everything that waits for the person here, the console's `own` troubles first, the next steps last; `queued`: but
    for the calls, which have a queue of their own."""
    matters = list(own)
    matters += [matter for matter in sight.matters() if not (queued and matter.kind is Kind.HELP)]
    return [_of_matter(matter) for matter in matters] + [_of_todo(todo, sight) for todo in _todos(sight)]


def _of_matter(matter: Matter) -> Waiting:
    word, title, detail, caption = matter_words(matter)
    tone, symbol = _TONES[matter.kind]
    target = matter.target
    key = f"{matter.kind}/{target.stream}/{target.seat}/{target.what}/{target.member}/{matter.facts[0]}"
    since = hour_minute(matter.since)
    incident = Incident(key, tone, word, title, detail, since, caption, symbol)
    return Waiting(incident, part(Name.INCIDENT, matter.kind.value), target)


def _todos(sight: Sight) -> list[Todo]:
    """The next steps; one draw serves all evaluations that wait for it."""
    steps: list[Todo] = []
    for todo in sight.todos():
        if todo.code == "call_draw" and any(step.code == "call_draw" for step in steps):
            continue
        steps.append(todo)
    if sight.role == "centre" and not sight.evaluations:
        steps.append(IMPORT)
    return steps


def _of_todo(todo: Todo, sight: Sight) -> Waiting:
    word = translate("Console", "Next step")
    if todo == IMPORT:
        title = translate("Console", "Import an evaluation package")
        detail = translate("Console", "Nothing has been imported yet.")
        caption = translate("Console", "Import")
    else:
        title, detail, caption = todo_words(todo, sight)
        project = (sight.evaluation(todo.stream) or {}).get("project") or {}
        where = " · ".join(text for text in (str(project.get("name") or ""), todo.lot) if text)
        detail = f"{detail}\n{where}" if where else detail
    key = f"todo/{todo.code}/{todo.stream}/{todo.lot}"
    incident = Incident(key, Tone.INFO, word, title, detail, "", caption)
    return Waiting(incident, part(Name.TODO, todo.code), todo=todo)


TARGETS = {"check_tables": PageName.TABLES, "import_package": PageName.IMPORT, "send_platform": PageName.PLATFORM}
"""Steps that need a page; every other step is one command."""


class Side(Tall):
    """`chosen` carries the Waiting whose button was pressed; above it is the queue of calls where there is one.

    Where the window is too low for the calls and what waits, it scrolls: nothing in it is squeezed.
    """

    chosen = Signal(object)

    def __init__(self, journal: JournalModel, queue: CallQueue | None = None) -> None:
        column = Column(gap=16)
        super().__init__(column)
        self._column = column
        if queue is not None:
            column.add(queue)
        card = column.add(Card(self.tr("Needs you")), 3)
        self._count = card.add_beside_title(StatusPill())
        self._count.hide()
        self._notice = card.add(NoticeLine())
        self._notice.hide()
        self._incidents = IncidentList()
        holder = Column(self._incidents, gap=0)
        holder.fill()
        card.add(Scroll(holder), 1)
        self._incidents.answered.connect(self._answer)
        self._log = column.add(Card(self.tr("Journal")), 2)
        self._log.add(JournalList(journal), 1)
        self._waiting: dict[str, Waiting] = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for both, what waits stays; the journal has its own page."""
        self._log.setVisible(event.size().height() >= look().px(380))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """What its cards would like, and room for the bar."""
        return self._column.sizeHint() + self._bar()

    def minimumSizeHint(self) -> QSize:
        """What its cards need at least while nothing wraps, and room for the bar: it scrolls late."""
        return self._column.minimumSizeHint() + self._bar()

    def _bar(self) -> QSize:
        return QSize(self.verticalScrollBar().sizeHint().width(), 0)

    def show_waiting(self, found: list[Waiting]) -> None:
        """Show what waits; quiet where nothing does."""
        if found == list(self._waiting.values()):
            return
        self._waiting = {one.incident.key: one for one in found}
        self._incidents.set_incidents([one.incident for one in found])
        for card in self._incidents.cards():
            button = card.findChild(PrimaryButton)
            if button is not None:
                button.setObjectName(self._waiting[card.incident().key].name)
        urgent = sum(one.incident.tone in {Tone.ERROR, Tone.ATTENTION} for one in found)
        self._count.setVisible(bool(urgent))
        self._count.show_state(self.tr("{count} to handle").format(count=urgent), Tone.ERROR, Symbol.WARNING)

    def tell(self, notice: Notice | None) -> None:
        """Say in place how a step went."""
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)

    def _answer(self, answer: IncidentAnswered) -> None:
        found = self._waiting.get(answer.key)
        if found is not None:
            self.chosen.emit(found)

"""Who stands before the kiosk, and what is asked of the room for that person alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.link import Failed
from app.ports.face import TemplateKind
from ui.bridge.bridge import Bridge
from ui.bridge.requests import Requests
from ui.kiosk.visit import SOUGHT, Visit, read_visit

STREAM = "kiosk"
Answer = Callable[[Any], None]
Refusal = Callable[[Failed], None]


class Counter(QObject):
    """Serves one visit at a time; answers that come when the next person stands there reach nobody."""

    def __init__(self, bridge: Bridge, reads: TemplateKind, parent: QObject | None = None) -> None:
        """`reads`: the templates that this kiosk's matcher compares with."""
        super().__init__(parent)
        self._requests = Requests(bridge, self)
        self._reads = reads
        self._turn = 0
        self._sent = ""
        self.visit: Visit | None = None

    def next_person(self) -> None:
        """The person before is gone, with everything that was known."""
        self._turn += 1
        self._sent = ""
        self.visit = None
        self._requests.forget()

    def mine(self, callback: Answer) -> Answer:
        """The callback, unless another person stands here by then."""
        turn = self._turn
        return lambda value: callback(value) if turn == self._turn else None

    @property
    def waiting(self) -> bool:
        """Whether an answer of the room is still to come."""
        return self._requests.waiting() > 0

    def look_up(self, document: str, found: Callable[[Visit | None], None], failed: Refusal) -> None:
        """Ask by document; `found` gets None where the answer makes no sense."""
        self._ask({"document": document}, found, failed)

    def seek(self, live: str, sentences: tuple[str, str], found: Callable[[Visit], None], failed: Refusal) -> None:
        """Have the face of whoever stands here sought; the answer is a ticket, and tells nothing."""

        def told(answer: dict[str, Any]) -> None:
            self.visit = Visit(str(answer.get("ticket") or ""), SOUGHT, "wait_release", "", None, None, None)
            found(self.visit)

        self._requests.ask(
            "search", lambda client: client.search_expected(live, *sentences), self.mine(told), self.mine(failed)
        )

    def look_again(self, found: Callable[[Visit | None], None], failed: Refusal) -> None:
        """Ask what comes next for the person who stands here."""
        if self.visit is not None:
            self._ask({"ticket": self.visit.ticket}, found, failed)

    def show_doubt(self, what: str, live: str, chip: str | None, done: Callable[[], None]) -> None:
        """Let the two who decide see who stands here; without the pictures they decide by the document."""
        if self.visit is None:
            return
        ticket = self.visit.ticket

        def told(_answer: object) -> None:
            done()

        self._requests.ask(
            "doubt", lambda client: client.show_doubt(ticket, what, live, chip), self.mine(told), self.mine(told)
        )

    def send(self, kind: str, done: Answer, refused: Refusal, **more: object) -> None:
        """Send one of the kiosk's commands for the person who stands here; an impatient second press of the same
        button sends nothing until the room has refused the first or said what comes next."""
        if self.visit is None or self._sent == kind:
            return
        self._sent = kind
        data = {"ticket": self.visit.ticket, **more}
        self._requests.send(STREAM, kind, data, self.mine(done), self._refused(refused))

    def _refused(self, callback: Refusal) -> Refusal:
        def told(failure: Failed) -> None:
            self._sent = ""
            callback(failure)

        return self.mine(told)

    def _ask(self, asked: dict[str, str], found: Callable[[Visit | None], None], failed: Refusal) -> None:
        def told(answer: dict[str, Any]) -> None:
            found(self._read(answer))

        self._requests.ask(
            "lookup", lambda client: client.lookup(asked, self._reads), self.mine(told), self.mine(failed)
        )

    def _read(self, answer: dict[str, Any]) -> Visit | None:
        try:
            visit = read_visit(answer)
        except ValueError:
            return None
        self._sent = ""
        self.visit = self.visit.again(visit) if self.visit is not None else visit
        return self.visit

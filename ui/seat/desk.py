"""The seat's way to the room: every request remembers the page that asked, and the answer goes back to it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.evaluation.model import SheetKind
from app.link import Answered, Failed, RoomClient
from ui.seat.recording import RecordingLink
from ui.seat.steps import Sight


class Link(Protocol):
    """What the seat asks of `app.link.RoomLink`."""

    @property
    def waiting(self) -> int:
        """How many commands and drafts the room has not acknowledged yet."""
        ...

    @property
    def recordings(self) -> RecordingLink:
        """What brings this machine's recordings to the room."""
        ...

    @property
    def notes(self) -> Notes:
        """The member's own notes, which stay at this machine."""
        ...

    def send(self, stream: str, kind: str, data: dict[str, Any]) -> str:
        """Send a command."""
        ...

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """Hand a message of a call's engine to a partner."""
        ...

    def put_draft(self, stream: str, lot: str, kind: SheetKind, number: int, version: int, content: object) -> str:
        """Keep a draft."""
        ...

    def load_draft(self, stream: str, lot: str, kind: SheetKind, number: int) -> str:
        """Ask for a draft."""
        ...

    def seal_sheet(
        self,
        stream: str,
        lot: str,
        kind: SheetKind,
        number: int,
        alias: str,
        sheet: object,
        room_key: dict[str, str],
        phase: str = "",
    ) -> str:
        """Seal a sheet and send it."""
        ...

    def ask(self, kind: str, question: Callable[[RoomClient], Any]) -> str:
        """Put a question to the room in the background."""
        ...

    def wipe(self) -> None:
        """Forget what belonged to the member."""
        ...


class Notes(Protocol):
    """What the member writes for nobody else."""

    def put(self, place: str, content: object) -> None:
        """Keep the notes of a place."""
        ...

    def get(self, place: str) -> Any:
        """The notes of a place, or None."""
        ...


class Asker(Protocol):
    """Who waits for an answer."""

    def answered(self, answer: Answered) -> None:
        """The room did it, or this is what was asked for."""
        ...

    def refused(self, failure: Failed) -> None:
        """The room said no, or could not be asked; the failure's sentence is for the person."""
        ...


class Desk(QObject):
    """Sends on behalf of pages. `sight` is the newest view; commands go to the stream of the member here."""

    sent = Signal()

    def __init__(self, link: Link, lang: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.sight = Sight({})
        self._link = link
        self._askers: dict[str, Asker] = {}

    @property
    def waiting(self) -> int:
        """How much is kept at this seat until the room has it."""
        return self._link.waiting

    @property
    def stream(self) -> str:
        """The stream of the member's evaluation."""
        return str(self.sight.present["stream"])

    def send(self, asker: Asker, kind: str, data: dict[str, Any]) -> None:
        """Send a command; kept and sent again until the room has answered."""
        self._askers[self._link.send(self.stream, kind, data)] = asker
        self.sent.emit()

    def seal(self, asker: Asker, lot: str, kind: SheetKind, number: int, sheet: dict[str, Any]) -> bool:
        """Seal a sheet to the room's newest key and send it; False where the room has not offered a key yet."""
        evaluation = self.sight.present
        key = evaluation.get("sealing_key")
        if not key:
            return False
        alias = str(evaluation["alias"])
        phase = self.sight.phase_of(lot)
        self._askers[self._link.seal_sheet(self.stream, lot, kind, number, alias, sheet, key, phase)] = asker
        self.sent.emit()
        return True

    def keep_draft(self, lot: str, kind: SheetKind, number: int, version: int, content: dict[str, Any]) -> None:
        """Keep what is typed; nobody waits for the answer, the link itself does."""
        self._link.put_draft(self.stream, lot, kind, number, version, content)
        self.sent.emit()

    def load_draft(self, asker: Asker, lot: str, kind: SheetKind, number: int) -> None:
        """Ask for what was typed before."""
        self._askers[self._link.load_draft(self.stream, lot, kind, number)] = asker

    def keep_notes(self, lot: str, content: object) -> None:
        """Keep the member's own notes on a lot's documents."""
        self._link.notes.put(self._note_place(lot), content)

    def notes(self, lot: str) -> Any:
        """The member's own notes on a lot's documents, or None."""
        return self._link.notes.get(self._note_place(lot))

    def _note_place(self, lot: str) -> str:
        return f"{self.stream}/{lot}/{self.sight.alias}"

    def ask(self, asker: Asker, kind: str, question: Callable[[RoomClient], Any]) -> None:
        """Put a question to the room."""
        self._askers[self._link.ask(kind, question)] = asker

    def wipe(self) -> None:
        """Let the link forget every sheet; answers still on their way find nobody."""
        self._link.wipe()
        self._askers.clear()

    def forget(self, asker: Asker) -> None:
        """An asker goes away: its answers are dropped."""
        self._askers = {request: who for request, who in self._askers.items() if who is not asker}

    def take_answer(self, answer: Answered) -> None:
        """Give an answer to who asked."""
        asker = self._askers.pop(answer.request, None)
        if asker is not None:
            asker.answered(answer)

    def take_failure(self, failure: Failed) -> None:
        """Give a failure to who asked."""
        asker = self._askers.pop(failure.request, None)
        if asker is not None:
            asker.refused(failure)

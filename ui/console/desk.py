"""What every page of a console has at hand: the way to the room, work beside the window, and other pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.link import Failed
from ui.bridge.bridge import Bridge
from ui.bridge.errands import Errands
from ui.bridge.requests import Done, Refused, Requests
from ui.console.names import PageName
from ui.console.sight import Sight, Target
from ui.widgets.boxes import Column


class Desk(QObject):
    """`went` carries a Target: a page wants another one shown. Files are saved in `folder`."""

    went = Signal(object)

    def __init__(self, bridge: Bridge, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._requests = Requests(bridge, self)
        self._errands = Errands("console", self)

    def go(self, target: Target) -> None:
        """Show a page."""
        self.went.emit(target)

    def send(self, stream: str, kind: str, data: dict[str, Any], done: Done, refused: Refused) -> None:
        """Send a command."""
        self._requests.send(stream, kind, data, done, refused)

    def confirm(
        self, stream: str, kind: str, data: dict[str, Any], password: str, done: Done, refused: Refused
    ) -> None:
        """Send the word of a second person, with the password that was typed afresh."""
        self._requests.confirm(stream, kind, data, password, done, refused)

    def ask(self, kind: str, question: Callable[[Any], Any], done: Done, refused: Refused) -> None:
        """Put a question to the room; `question` gets the room's client, beside the window."""
        self._requests.ask(kind, question, done, refused)

    def do(self, work: Callable[[], Any], done: Done, broken: Callable[[Exception], None]) -> None:
        """Do something slow beside the window."""
        self._errands.run(work, done, broken)

    def save(
        self, name: str, content: bytes, done: Callable[[Path], None], broken: Callable[[Exception], None]
    ) -> None:
        """Write a file into the folder; `done` gets its path."""
        self.do(lambda: _write(self.folder, name, content), done, broken)

    def forget(self) -> None:
        """Someone else is here now: answers on their way are dropped."""
        self._requests.forget()

    def stop(self) -> None:
        """End the work beside the window."""
        self._errands.stop()


class DeskPage(Column):
    """A page of the console. `show_sight` comes with every view; `open` when a person goes to the page."""

    page: PageName

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=16)
        self.desk = desk
        self.target = Target(self.page)

    def open(self, target: Target) -> None:
        """The page is about this now."""
        self.target = target

    def show_sight(self, sight: Sight) -> None:
        """Show what is there now; what is being typed stays."""
        raise NotImplementedError

    def leave(self) -> None:
        """Someone else sits down here: nothing typed or shown may stay."""


def _write(folder: Path, name: str, content: bytes) -> Path:
    """Write whole or not at all; an older file of the same name is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    path = folder / safe
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    half.replace(path)
    return path


def sentence_of(failure: Failed) -> str:
    """What the room said, and where."""
    return f"{failure.sentence} ({failure.where})" if failure.where else failure.sentence

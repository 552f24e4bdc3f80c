"""One machine of a rehearsal: the real window with scripted devices, and a scripted person or a real one before it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.demo.parts import Kind
from app.demo.players.player import Player
from app.demo.wires import Message, Wire, listen
from ui import theme

SIZE = (1920, 1080)


class Ear(QObject):
    """Brings the parent's messages into the window's thread."""

    _heard = Signal(object)

    def __init__(self, app: QApplication, player: Player) -> None:
        super().__init__()
        self._app = app
        self._player = player
        self._heard.connect(self._take)

    def hear(self, message: Message) -> None:
        """Called from the wire's thread."""
        self._heard.emit(message)

    def ended(self) -> None:
        """The parent is gone."""
        self._heard.emit({"say": "end"})

    @Slot(object)
    def _take(self, message: Message) -> None:
        if message["say"] == "end":
            self._app.quit()
        else:
            self._player.hear(message)


def main(script_path: str) -> int:
    """Show the window until the parent says that the play is over."""
    script: dict[str, Any] = json.loads(Path(script_path).read_text(encoding="utf-8"))
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Kawei 卡位")
    theme.install(app, script["lang"])
    theme.apply(app)
    wire = Wire(sys.stdout)
    window, player, stop = _make(script, wire)
    ear = Ear(app, player)
    listen(sys.stdin, ear.hear, ear.ended, "parent")
    window.resize(*SIZE)
    window.show()
    player.start()
    code = app.exec()
    player.stop()
    window.close()
    stop()
    return code


def _make(script: dict[str, Any], wire: Wire) -> tuple[Any, Player, Callable[[], None]]:
    from app.demo import windows

    makers = {Kind.SEAT: windows.seat, Kind.CONSOLE: windows.console, Kind.KIOSK: windows.kiosk}
    return makers[Kind(script["kind"])](script, wire)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

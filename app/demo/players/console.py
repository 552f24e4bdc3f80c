"""Scripted people at the consoles: the centre, the witness, and the organising staff who check the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.demo.players.player import Player
from app.demo.wires import Wire
from ui.console.gallery_tile import PictureTile
from ui.console.names import Name, PageName, part

SIGHTS = (PageName.CHECK_IN, PageName.DRAWS, PageName.JOURNAL, PageName.LEDGER)
"""Pages that the centre looks at once while the members work."""


CALL_DRAW = part(Name.TODO, "call_draw")


class ConsolePlayer(Player):
    """Logs in, does what waits with its one button, and otherwise keeps the room in view."""

    patience = 250
    """Six engines that start at once on two busy cores take their time."""

    def __init__(
        self, window: Any, wire: Wire, pictures: Path, name: str, script: dict[str, Any], *, acts: bool
    ) -> None:
        super().__init__(window, wire, pictures, name, acts=acts)
        self._script = script
        self._sights = [] if script["role"] != "centre" else list(SIGHTS)

    def on_login(self) -> None:
        if self.write(Name.USER, self._script["user"]) and self.write(Name.PASSWORD, self._script["password"]):
            self.press(Name.LOG_IN)

    def on_room(self) -> None:
        if self._seen["room"] == 220:
            self.picture("room_in_use")
        if self._duty():
            return
        if self._script["role"] == "witness" and self._seen["room"] > 200 and self.once("remark"):
            self.press(part(Name.NAV, PageName.LEDGER))
        elif self._script["role"] == "witness" and self._seen["room"] > 240 and self.once("gallery"):
            self.press(part(Name.NAV, PageName.GALLERY))
        if self._script["role"] == "centre" and self._seen["room"] % 25 == 0:
            self._look_around()

    def settled(self) -> bool:
        """In the gallery: when every seat's picture is there."""
        tiles = [tile for tile in self.window.findChildren(PictureTile) if tile.isVisible()]
        return self._page != PageName.GALLERY or (bool(tiles) and all(tile.has_picture for tile in tiles))

    def on_gallery(self) -> None:
        """A glance over everybody, and back to the room."""
        self.press(part(Name.NAV, PageName.ROOM))

    def _look_around(self) -> None:
        """Between duties: the other pages once, then again and again whether the evaluation is closed."""
        if self._sights and self._seen["room"] > 100:
            self.press(part(Name.NAV, self._sights.pop(0)))
        elif "closing" in self._did:
            self.press(part(Name.NAV, PageName.EVALUATIONS))

    def _duty(self) -> bool:
        """Press the button of what waits; incidents stand before next steps."""
        for code in ("release", "draw_relaxed"):
            if self.press(part(Name.INCIDENT, code)):
                return True
        for code in ("import_package", "constitute_committee", "check_tables", "close_evaluation"):
            if self.press(part(Name.TODO, code)):
                self._did.add("closing" if code == "close_evaluation" else code)
                return True
        return self._draw()

    def _draw(self) -> bool:
        """A draw needs every seat's machine: the window says so until all are there."""
        return self._seen["room"] % 10 == 0 and self.press(CALL_DRAW)

    def watch(self) -> None:
        """Once the centre's console has no draw to call any more, the street door may be opened; when the packages
        of all lots lie in the folder, the play is over."""
        if self._script["role"] != "centre":
            return
        if self.find(CALL_DRAW) is not None:
            self._did.add("draw due")
        elif "draw due" in self._did and self._page == PageName.ROOM and self.once("drawn"):
            self.wire.say("drawn")
        if self._page == PageName.EVALUATIONS and not self._missing() and self.once("ended"):
            self.picture("evidence_saved")
            self.wire.say("ended", name="evidence")

    def _missing(self) -> list[str]:
        folder = Path(self._script["evidence"])
        return [lot for lot in self._script["lots"] if not list(folder.glob(f"evidence-*-{lot}.zip"))]

    # --- the centre

    def on_import(self) -> None:
        if self.once("import") and self.write(Name.IMPORT_PATH, self._script["package"]):
            self.press(Name.IMPORT_UPLOAD)
        elif self._seen["import"] > 40:
            self.press(part(Name.NAV, PageName.ROOM))

    def on_evaluations(self) -> None:
        """Save the package of every lot."""
        if self._script["role"] != "centre":
            self.press(part(Name.NAV, PageName.ROOM))
            return
        missing = self._missing()
        if missing and self._seen["evaluations"] % 8 == 0:
            self.press(part(Name.EVIDENCE, missing[0]))

    def _back(self) -> None:
        if self._seen[str(self.window.page_name)] % 6 == 0:
            self.press(part(Name.NAV, PageName.ROOM))

    on_check_in = on_draws = on_journal = _back

    # --- both

    def on_release(self) -> None:
        if self.press(part(Name.RELEASE_READY, "0")) or self.write(Name.RELEASE_REASON, "人证核对一致"):
            self.press(Name.RELEASE_APPROVE)
        if self._seen["release"] % 10 == 0:
            self.press(Name.BACK)

    def on_tables(self) -> None:
        self.press(Name.TABLES_IN_ORDER)

    def on_ledger(self) -> None:
        if self._script["role"] == "witness" and self.write(Name.LEDGER_TEXT, "演练中见证：秩序正常，成员独立评审。"):
            self.press(Name.LEDGER_ADD)
        self.press(part(Name.NAV, PageName.ROOM))

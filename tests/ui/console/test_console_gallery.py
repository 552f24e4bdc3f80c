"""The gallery by keyboard: it watches while it is open, incidents come first, and an old picture is told as one."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from evaluation_factory import Play
from fake_room import view_for
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.watching import CloseWatching, StopWatching, Watching, WatchSeats
from app.evaluation.views import view
from app.link import Signalled
from app.ports.call import Part, Signalling
from app.ports.camera import Frame
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.call.scripted import ScriptedCall
from devices.camera.scripted import ScriptedCamera
from devices.camera.shrink import shrunk
from ui.console.gallery_order import fitting, in_order
from ui.console.gallery_tile import DEAD_S, OLD_S, PictureTile
from ui.console.names import Name, PageName, part
from ui.console.pages.gallery import GalleryPage
from ui.console.room_cameras import NamedCamera
from ui.console.sight import Sight, Target
from ui.console.watching import WatchEquipment
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.notice import NoticeLine

START = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
WALL = "北墙"


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.s = 100.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.s)

    def monotonic(self) -> float:
        return self.s


def grey(shade: int, width: int = 320, height: int = 240) -> Frame:
    return Frame(width, height, bytes([shade]) * (3 * width * height))


class Console:
    """A console of somebody who watches, before the play of an evaluation."""

    def __init__(self, folder: Path, role: Party = Party.WITNESS, maker: Any = ground.gathering) -> None:
        self.play: Play = maker()
        self.made: list[ScriptedCall] = []
        self.clock, self.role = Clock(), role
        self.wall = ScriptedCamera([], fps=50)
        self.wall.show(grey(60, 640, 480))
        watch = WatchEquipment(self._make, shrunk, (NamedCamera(WALL, self.wall),))
        self.window, self.bridge = ground.make_console(role, self.clock, folder, watch=watch)
        self.me = Actor(role, post=f"{role.value}-a", device="console-1")

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling, Part.WATCH))
        return self.made[-1]

    def show(self) -> None:
        assert self.play.room is not None
        seen = view_for(self.role, self.play.room, self.play.it)
        seen["evaluations"] = [view(self.play.it, self.me)]
        self.bridge.show(seen)
        QCoreApplication.processEvents()

    def carry_out(self) -> dict[str, Any]:
        """Do what the window sent last, as the room would, and show the new view."""
        sent = self.bridge.link.sent[-1]
        data = {key: tuple(value) if isinstance(value, list) else value for key, value in sent.data.items()}
        self.play.do({"WatchSeats": WatchSeats, "StopWatching": StopWatching}[sent.kind](**data), self.me)
        self.bridge.accept()
        self.show()
        return sent.data

    @property
    def page(self) -> GalleryPage:
        found = self.window.findChild(GalleryPage)
        assert found is not None
        return found

    @property
    def tiles(self) -> tuple[PictureTile, ...]:
        return self.page._grid.tiles

    @property
    def said(self) -> str:
        return self.page.findChildren(NoticeLine)[0].accessibleName()

    def large(self) -> PictureTile | None:
        found = self.window.findChild(PictureTile, Name.GALLERY_LARGE)
        return found if found is not None and found.isVisible() else None

    def go(self) -> None:
        button = self.window.findChild(QuietButton, part(Name.NAV, "gallery"))
        assert button is not None
        button.click()
        QCoreApplication.processEvents()

    def picture(self, alias: str, shade: int = 200) -> None:
        """The seat of this member shows itself, as its engine would."""
        for told in (
            {"kind": "hello"},
            {"kind": "picture", "size": "4x2", "rgb": b64encode(bytes([shade]) * 24).decode()},
        ):
            self.bridge.signalled.emit(Signalled(ground.STREAM, "watching", alias, told))


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Any]:
    made: list[Console] = []

    def make(**options: Any) -> Console:
        one = Console(tmp_path, **options)
        one.window.resize(1366, 768)
        one.window.show()
        one.window.activateWindow()
        qtbot.waitUntil(one.window.isActiveWindow)
        made.append(one)
        return one

    yield make
    for one in made:
        one.window.close()
        one.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_who_opens_the_gallery_watches_and_who_leaves_it_does_not(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.show()
    assert (it.bridge.link.sent, it.made) == ([], [])
    it.go()
    aliases = sorted(m.alias for m in it.play.it.members.values() if m.alias)
    assert it.carry_out() == {"aliases": aliases, "large": "", "cameras": [WALL]}
    assert f"{len(aliases)} seats know that you watch" in it.said
    it.show()
    assert len(it.bridge.link.sent) == 1  # once, however often the view comes
    it.picture(aliases[0])
    qtbot.waitUntil(lambda: any(tile.has_picture and tile.shown.name == aliases[0] for tile in it.tiles))
    qtbot.waitUntil(lambda: any(tile.has_picture and tile.shown.name == WALL for tile in it.tiles))
    assert not any(tile.has_picture for tile in it.tiles if tile.shown.name not in (aliases[0], WALL))
    it.window._work.go(Target(PageName.ROOM))
    assert it.bridge.link.sent[-1].kind == "StopWatching"
    assert it.tiles == ()
    it.carry_out()
    assert it.made[-1].status.state is DeviceState.STOPPED
    qtbot.waitUntil(lambda: it.wall.status.state is DeviceState.STOPPED)
    assert it.play.it.memory(Watching).now == {}


def test_two_keys_lead_to_any_seat_large_and_back(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.show()
    it.go()
    it.carry_out()
    it.page._grid.take_focus()
    assert it.tiles[0].hasFocus()
    qtbot.keyClick(it.tiles[0], Qt.Key.Key_Right)
    assert it.tiles[1].hasFocus()
    qtbot.keyClick(it.tiles[1], Qt.Key.Key_Left)
    qtbot.keyClick(it.tiles[0], Qt.Key.Key_Left)  # nothing further: the focus stays
    chosen = it.tiles[0].shown
    qtbot.keyClick(it.tiles[0], Qt.Key.Key_Return)
    assert it.bridge.link.sent[-1].data["large"] == chosen.name
    it.carry_out()
    large = it.large()
    assert large is not None
    assert "look closely" in it.said
    it.picture(chosen.name)
    qtbot.waitUntil(lambda: large.has_picture)
    qtbot.keyClick(it.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: it.large() is None)
    assert it.bridge.link.sent[-1].data["large"] == ""
    it.carry_out()
    qtbot.waitUntil(it.tiles[0].hasFocus)
    it.tiles[0].click()
    button = it.window.findChild(Button, Name.GALLERY_SEAT)
    assert button is not None
    button.click()
    assert it.window.page_name == "seat"
    assert it.bridge.link.sent[-1].kind == "StopWatching"


def test_incidents_come_first_and_then_the_room_as_it_stands(console: Any) -> None:
    it: Console = console()
    it.show()
    seen = it.window._sight
    calling = it.play.it.helps[0].alias
    names = [one.name for one in in_order(seen, (WALL,))]
    assert (names[0], names[-1]) == (calling, WALL)
    assert in_order(Sight({}), (WALL,)) == []
    assert [fitting(count) for count in (0, 4, 5, 9, 10, 40)] == [4, 4, 9, 9, 16, 16]
    quiet = Sight(ground.seen(ground.marking, Party.WITNESS))
    order = [one.seat for one in in_order(quiet, ())]
    assert order == [seat["id"] for seat in quiet.seats if seat["id"] in order]


def test_an_old_picture_is_told_as_old_whatever_the_link_says(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.show()
    it.go()
    it.carry_out()
    tile = it.tiles[0]
    assert "Waiting for the picture" in tile.accessibleName()
    it.picture(tile.shown.name)
    qtbot.waitUntil(lambda: tile.has_picture)
    assert "Picture" not in tile.accessibleName()
    it.clock.s += OLD_S + 4
    it.page.tick()
    assert "Picture 7 s old" in tile.accessibleName()
    assert tile.has_picture
    it.clock.s += DEAD_S - 7
    it.page.tick()
    assert "No picture for 10 s" in tile.accessibleName()
    assert not tile.has_picture
    it.picture(tile.shown.name)
    qtbot.waitUntil(lambda: tile.has_picture)


def test_pages_of_four_watch_no_more_than_they_show(console: Any, qtbot: QtBot) -> None:
    it: Console = console(maker=ground.marking)
    it.show()
    it.go()
    assert len(it.carry_out()["aliases"]) == 5
    four = it.window.findChild(QuietButton, part(Name.GALLERY_SIZE, "4"))
    assert four is not None
    four.click()
    first = it.carry_out()
    assert (len(first["aliases"]), first["cameras"]) == (4, [])
    qtbot.keyClick(it.page, Qt.Key.Key_PageDown)
    second = it.carry_out()
    assert (len(second["aliases"]), second["cameras"]) == (1, [WALL])
    qtbot.keyClick(it.page, Qt.Key.Key_PageDown)
    assert it.bridge.link.sent[-1].data == second
    qtbot.keyClick(it.page, Qt.Key.Key_PageUp)
    assert it.bridge.link.sent[-1].data == first


def test_the_centre_is_told_why_it_sees_nothing_while_members_work_alone(console: Any) -> None:
    it: Console = console(role=Party.CENTRE, maker=ground.marking)
    it.show()
    it.go()
    assert (it.tiles, it.bridge.link.sent, it.made) == ((), [], [])
    assert "Closed for this post while members work alone" in it.said
    assert it.wall.status.state is DeviceState.STOPPED


def test_what_the_room_ends_is_gone_at_once(console: Any, qtbot: QtBot) -> None:
    it: Console = console(role=Party.CENTRE, maker=ground.electing)
    it.show()
    it.go()
    it.carry_out()
    qtbot.waitUntil(lambda: it.wall.status.state is DeviceState.RUNNING)
    it.play.choose_chair()
    it.play.do(CloseWatching(()), SYSTEM)
    it.show()
    assert it.tiles == ()
    assert it.made[-1].status.state is DeviceState.STOPPED
    qtbot.waitUntil(lambda: it.wall.status.state is DeviceState.STOPPED)
    assert it.bridge.link.sent[-1].kind == "WatchSeats"  # and it is not asked for again


def test_a_refusal_is_said_and_not_asked_for_again(console: Any) -> None:
    it: Console = console()
    it.show()
    it.go()
    it.bridge.refuse("nobody_at_seat", "Nobody sits there.")
    it.show()
    assert "Nobody sits there." in it.said
    assert len(it.bridge.link.sent) == 1


def test_who_logs_out_sees_nothing_more(console: Any, qtbot: QtBot) -> None:
    it: Console = console()
    it.show()
    it.go()
    it.carry_out()
    assert it.play.room is not None
    it.bridge.show(view_for(None, it.play.room))
    assert (it.tiles, it.made[-1].status.state) == ((), DeviceState.STOPPED)
    qtbot.waitUntil(lambda: it.wall.status.state is DeviceState.STOPPED)


def test_a_console_that_was_started_again_ends_what_it_left(console: Any) -> None:
    it: Console = console()
    it.play.do(WatchSeats((it.play.it.helps[0].alias,), "", ()), it.me)
    it.show()
    assert [sent.kind for sent in it.bridge.link.sent] == ["StopWatching"]


def test_no_other_role_has_a_gallery(console: Any) -> None:
    it: Console = console(role=Party.AGENCY)
    it.show()
    assert it.window.findChild(QuietButton, part(Name.NAV, "gallery")) is None


@pytest.mark.parametrize("maker", [ground.opened])
def test_an_empty_room_says_so(console: Any, maker: Any) -> None:
    it: Console = console(maker=maker)
    it.show()
    it.go()
    assert "Nobody sits at a seat now" in it.said
    assert it.bridge.link.sent == []

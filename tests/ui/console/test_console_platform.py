"""The console beside a platform: an export is due, sent from its page, refused in place; watchers read the check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import platform_scene
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName, part
from ui.console.pages.evaluations import rail_of
from ui.console.sight import Target
from ui.console.window import ConsoleWindow
from ui.widgets.notice import NoticeLine

Open = Callable[[Party, Any], Any]


@pytest.fixture
def opened(qtbot, tmp_path) -> Iterator[Open]:
    made: list[ConsoleWindow] = []

    def one(role: Party, maker: Any) -> Any:
        window, bridge = ground.make_console(role, SystemClock(), tmp_path)
        made.append(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        bridge.show(ground.seen(maker, role))
        return window, bridge

    yield one
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def find(window: QWidget, name: str) -> Any:
    found = [one for one in window.findChildren(QWidget, name) if one.isVisible()]
    assert found, f"{name} is not in sight"
    return found[0]


def told(window: QWidget) -> str:
    found = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*found, *(one.accessibleName() for one in window.findChildren(NoticeLine) if one.isVisible())])


def test_the_agency_is_led_to_the_page_and_sends_the_export(qtbot, opened, tmp_path):
    window, bridge = opened(Party.AGENCY, platform_scene.due)
    find(window, part(Name.TODO, "send_platform")).click()
    assert window.page_name == PageName.PLATFORM
    send = find(window, Name.PLATFORM_SEND)
    assert not send.isEnabled()
    export = tmp_path / "export.json"
    export.write_bytes(b"{}")
    find(window, Name.PLATFORM_PATH).setText(str(export))
    qtbot.waitUntil(send.isEnabled)
    send.click()
    qtbot.waitUntil(lambda: bool(bridge.link.asked))
    bridge.fail("not_an_alias", "Experts stand by alias here.", "platform.json $.case.sheets")
    assert "Experts stand by alias here." in told(window)
    qtbot.waitUntil(send.isEnabled)
    send.click()
    qtbot.waitUntil(lambda: len(bridge.link.asked) == 2)
    bridge.answer({"sha256": "ab" * 32, "bytes": 2, "faults": 7, "hints": 0})
    assert "faults 7, hints 0" in told(window)
    assert find(window, Name.PLATFORM_PATH).text() == ""


def test_a_path_that_is_no_file_or_cannot_be_read_is_told(opened, tmp_path):
    window, _ = opened(Party.CENTRE, platform_scene.due)
    window._work.go(Target(PageName.PLATFORM, ground.STREAM, "1"))
    find(window, Name.PLATFORM_PATH).setText(str(tmp_path / "nothing.json"))
    page = window._work._pages[PageName.PLATFORM]
    page._send()
    assert not find(window, Name.PLATFORM_SEND).isEnabled()
    assert "There is no such file." in told(window)
    page._unreadable(OSError("gone"))
    assert "gone" in told(window)


@pytest.mark.parametrize("role", [Party.WITNESS, Party.REGULATOR])
def test_watchers_read_what_was_found_and_send_nothing(opened, role):
    window, _ = opened(role, platform_scene.checked)
    window._work.go(Target(PageName.EVALUATIONS))
    find(window, part(Name.PLATFORM, "1")).click()
    assert window.page_name == PageName.PLATFORM
    assert not [one for one in window.findChildren(QWidget, Name.PLATFORM_SEND) if one.isVisible()]
    assert "99.99" in told(window)
    assert "platform.json" in told(window)
    window._work.leave()
    assert "99.99" not in told(window)


def test_the_rail_of_a_lot_has_the_platforms_stop_in_place_of_what_is_done_there() -> None:
    words = {"chair": "组长", "preliminary": "审查", "marking": "评价", "tally": "汇总", "report": "记录"}
    names = [stage.name for stage in rail_of("accompanying", words, ())]
    assert names[1:3] == ["组长", "Platform check"]
    assert "评价" not in names
    assert [stage.name for stage in rail_of("accompanying", words, ("review",))][2:4] == ["审查", "Platform check"]
    assert "Platform check" not in [stage.name for stage in rail_of("marking", words)]


def test_whoever_sends_sees_counts_alone(opened):
    window, _ = opened(Party.AGENCY, platform_scene.checked)
    window._work.go(Target(PageName.PLATFORM, ground.STREAM, "1"))
    assert "99.99" not in told(window)
    assert "Faults: " in told(window)

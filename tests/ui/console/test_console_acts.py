"""Matters at a console: every evaluation's on one page, what somebody waits for beside the incidents, scans sent."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from acts_ground import LEAVE, PAUSED, SCAN, VOTE, plant
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName, part
from ui.console.window import ConsoleWindow
from ui.widgets.notice import NoticeLine

Open = Callable[..., Any]


@pytest.fixture
def opened(qtbot, tmp_path) -> Iterator[Open]:
    made: list[ConsoleWindow] = []

    def one(role: Party, view: dict[str, Any]) -> Any:
        window, bridge = ground.make_console(role, SystemClock(), tmp_path)
        made.append(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        bridge.show(view)
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


@pytest.mark.parametrize("role", [Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE, Party.AGENCY])
def test_every_role_finds_what_it_may_do_and_does_it_by_keys(opened, role):
    seen = plant(ground.seen(ground.marking, role), LEAVE)
    window, bridge = opened(role, seen)
    find(window, part(Name.NAV, PageName.ACTS)).click()
    assert window.page_name == "acts"
    assert window.focusWidget() is find(window, "act.open.RequestLeave")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(window.focusWidget(), "10")
    find(window, "act.field.why.toilet").setChecked(True)
    find(window, "act.send").setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    sent = bridge.link.sent[-1]
    assert (sent.stream, sent.kind) == (ground.STREAM, "RequestLeave")
    bridge.refuse("wrong_stage", "Not now.", "1")
    assert "Error: Not now." in told(window)
    find(window, "act.send").click()
    bridge.accept()
    assert "Done, and entered in the journal" in told(window)


def test_what_somebody_waits_for_stands_beside_the_incidents_and_opens_its_form(opened):
    window, bridge = opened(Party.WITNESS, plant(ground.seen(ground.marking, Party.WITNESS), LEAVE, VOTE))
    find(window, part(Name.INCIDENT, "act")).click()
    assert window.page_name == "acts"
    assert find(window, "act.field.finding.accept")
    bridge.show(plant(ground.seen(ground.marking, Party.WITNESS), LEAVE))
    assert "any more" in told(window)
    assert not [one for one in window.findChildren(QWidget, part(Name.INCIDENT, "act")) if one.isVisible()]


def test_how_an_evaluation_stands_is_told_above_every_page(opened):
    seen = plant(ground.seen(ground.marking, Party.CENTRE), notices=(PAUSED,))
    seen["at"] = "2026-03-02T14:10:00.000000+08:00"
    window, bridge = opened(Party.CENTRE, seen)
    for page in (PageName.ROOM, PageName.JOURNAL):
        find(window, part(Name.NAV, page)).click()
        assert "The evaluation is paused, since 14:05; 2" in told(window)
    bridge.show(ground.seen(ground.marking, None))
    assert "paused" not in told(window)


def test_a_scan_goes_to_the_room_before_the_form(qtbot, opened, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 scan")
    window, bridge = opened(Party.CENTRE, plant(ground.seen(ground.marking, Party.CENTRE), SCAN))
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.EnterPaper").click()
    find(window, "act.field.what.confirm").setChecked(True)
    find(window, "act.field.reason").setPlainText("席位故障")
    path = find(window, "act.field.paper.path")
    path.setText(str(tmp_path / "letter.pdf"))
    QTest.keyClick(path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(bridge.link.asked))
    assert bridge.last_question() == ("upload_paper", (b"%PDF-1.4 scan",))
    bridge.fail("too_large", "The scan is too large.")
    assert "✕ The scan is too large." in told(window)
    QTest.keyClick(path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(bridge.link.asked) == 2)
    bridge.answer({"sha256": "cd" * 32, "bytes": 13})
    find(window, "act.send").click()
    assert bridge.link.sent[-1].data == {
        "what": "confirm",
        "paper": {"sha256": "cd" * 32, "bytes": 13, "title": "letter"},
        "reason": "席位故障",
    }


def test_who_logs_out_leaves_nothing_filled_in(opened):
    window, bridge = opened(Party.CENTRE, plant(ground.seen(ground.marking, Party.CENTRE), LEAVE))
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.RequestLeave").click()
    QTest.keyClicks(find(window, "act.field.minutes"), "10")
    find(window, Name.LOG_OUT).click()
    bridge.show(plant(ground.seen(ground.marking, Party.CENTRE), LEAVE))
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.RequestLeave").click()
    assert find(window, "act.field.minutes").text() == ""

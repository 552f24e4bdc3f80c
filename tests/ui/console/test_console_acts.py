"""Matters at a console: every evaluation's on one page, what somebody waits for beside the incidents, scans sent."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from acts_ground import LEAVE, PAUSED, SCAN, STOP, VOTE, plant
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
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


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


def png() -> bytes:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return made.data()


@pytest.mark.parametrize("content", [PDF, png(), b"no picture at all"], ids=["pdf", "png", "broken"])
def test_the_scan_that_an_act_is_about_is_shown_and_the_way_back_leads_to_the_act(opened, content):
    check = replace(STOP, command="ConfirmPaper", paper={"sha256": "ab" * 32, "bytes": 9, "title": "承诺书"})
    window, bridge = opened(Party.WITNESS, plant(ground.seen(ground.marking, Party.WITNESS), check))
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.ConfirmPaper").click()
    find(window, "act.field.reason").setPlainText("half written")
    find(window, "act.look").click()
    assert window.page_name == "scan"
    assert bridge.last_question() == ("paper", ("ab" * 32,))
    bridge.answer(content)
    shown = told(window)
    assert ("cannot be shown" in shown) is content.startswith(b"no")
    assert ("ab" * 32 in shown) is not content.startswith(b"no")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.page_name == "acts"
    assert find(window, "act.field.reason").toPlainText() == "half written"


def test_blank_forms_are_printed_counted_and_saved(qtbot, opened, tmp_path):
    window, bridge = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    find(window, part(Name.NAV, PageName.EVALUATIONS)).click()
    find(window, part(Name.FORMS, ground.STREAM)).click()
    assert window.page_name == "forms"
    find(window, part(Name.FORM_KIND, "marks")).click()
    find(window, Name.FORM_PRINT).click()
    kind, (stream, form, lot, aliases, act, copies) = bridge.last_question()
    assert (kind, stream, form, lot, act) == ("print_form", ground.STREAM, "marks", "1", "")
    assert len(aliases) == copies == 5
    bridge.fail("wrong_copies", "Too many.")
    assert "Too many." in told(window)
    find(window, part(Name.FORM_WHOM, "nobody")).click()
    find(window, part(Name.FORM_KIND, "pledge")).click()
    find(window, Name.FORM_COPIES).setText("some")
    find(window, Name.FORM_PRINT).click()
    assert "whole number" in told(window)
    find(window, Name.FORM_COPIES).setText("３")
    find(window, Name.FORM_PRINT).click()
    assert bridge.last_question() == ("print_form", (ground.STREAM, "pledge", "", [], "", 3))
    bridge.answer(PDF)
    find(window, Name.FORM_SAVE).click()
    qtbot.waitUntil(lambda: "Saved" in told(window))
    assert (tmp_path / "forms-ev1.pdf").read_bytes() == PDF


def test_the_form_of_an_act_is_printed_from_where_it_is_filled_in(opened):
    seen = plant(ground.seen(ground.marking, Party.CENTRE), LEAVE)
    window, bridge = opened(Party.CENTRE, seen)
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.RequestLeave").click()
    seen["evaluations"][0]["matters"] = ground.seen(ground.marking, Party.CENTRE)["evaluations"][0]["matters"]
    find(window, "act.print").click()
    assert "Ask to leave the seat" in told(window)
    find(window, Name.FORM_PRINT).click()
    assert bridge.last_question() == ("print_form", (ground.STREAM, "act", "", [], "RequestLeave", 1))


def test_only_the_centre_prints(opened):
    window, _ = opened(Party.WITNESS, plant(ground.seen(ground.marking, Party.WITNESS), LEAVE))
    find(window, part(Name.NAV, PageName.EVALUATIONS)).click()
    assert not window.findChildren(QWidget, part(Name.FORMS, ground.STREAM))
    find(window, part(Name.NAV, PageName.ACTS)).click()
    find(window, "act.open.RequestLeave").click()
    assert not window.findChildren(QWidget, "act.print")

"""The witness ledger at a console: what was added is read, an act is one press away, the paper is looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
from fake_room import FakeBridge

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName
from ui.console.sight import Target
from ui.console.window import ConsoleWindow


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[tuple[ConsoleWindow, FakeBridge]]:
    window, bridge = ground.make_console(Party.WITNESS, SystemClock(), tmp_path)
    window.resize(1366, 768)
    window.show()
    bridge.show(ground.seen(ground.dissuaded, Party.WITNESS))
    window._work.go(Target(PageName.LEDGER))
    yield window, bridge
    window.close()
    window.deleteLater()


def buttons(window: QWidget, name: str) -> list[QAbstractButton]:
    return [one for one in window.findChildren(QAbstractButton, name) if one.isVisible()]


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    (button,) = buttons(window, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def told(window: QWidget) -> str:
    labels = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*labels, *(one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible())])


def test_what_was_added_is_read_in_its_order(desk: tuple[ConsoleWindow, FakeBridge]) -> None:
    words = told(desk[0])
    steps = (
        "全程秩序良好",
        "Private exchange of opinions · Member 2 · 与邻座低声讨论报价",
        "→ 1: Stopped",
        "走廊有人敲窗",
    )
    places = [words.index(step) for step in steps]
    assert places == sorted(places)


def test_an_act_of_the_ledger_is_one_press_away(qtbot: QtBot, desk: tuple[ConsoleWindow, FakeBridge]) -> None:
    window, _ = desk
    press(qtbot, window, Name.LEDGER_DISSUADE)
    assert window.page_name == "acts"
    assert "Note a dissuasion" in told(window)
    window._work.go(Target(PageName.LEDGER))
    press(qtbot, window, Name.LEDGER_RESULT)
    assert "Result of dissuasion 2" in told(window)


def test_it_is_printed_looked_at_and_saved(
    qtbot: QtBot, desk: tuple[ConsoleWindow, FakeBridge], tmp_path: Path
) -> None:
    window, bridge = desk
    assert buttons(window, Name.LEDGER_SAVE) == []
    press(qtbot, window, Name.LEDGER_PRINT)
    assert bridge.last_question() == ("print_form", (ground.STREAM, "ledger", "1", [], "", 1))
    bridge.fail("ledger_waits", "成员正在独立评审，台账待拆封后再打印")
    assert "成员正在独立评审" in told(window)
    press(qtbot, window, Name.LEDGER_PRINT)
    bridge.answer(ground.ledger_on_paper())
    press(qtbot, window, Name.LEDGER_SAVE)
    qtbot.waitUntil(lambda: (tmp_path / "ledger.pdf").exists() and "Saved" in told(window))


def test_others_only_read(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    window, bridge = ground.make_console(Party.REGULATOR, SystemClock(), tmp_path)
    window.show()
    bridge.show(ground.seen(ground.dissuaded, Party.REGULATOR))
    window._work.go(Target(PageName.LEDGER))
    assert "走廊有人敲窗" in told(window)
    for name in (Name.LEDGER_PRINT, Name.LEDGER_ADD, Name.LEDGER_DISSUADE, Name.LEDGER_RESULT):
        assert buttons(window, name) == []
    window.close()
    window.deleteLater()

"""What the windows of each role show at each stage, on every page: no more than the role may see."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.sight import Target
from ui.console.window import ConsoleWindow

pytestmark = pytest.mark.slow

HELP = "看不清第 37 页的图纸"
DOUBT = "没有可供比对的照片"
REMARK = "全程秩序良好"
DISSUADED = "与邻座低声讨论报价"
TOTALS = ("85.49", "16.30")
"""Of the play's result: a bid's total and its average for a factor."""
OFFICE = (Party.TENDEREE, Party.AGENCY)


def words_of(window: ConsoleWindow) -> str:
    """Every word on every page of the workspace, tables and lists included, hidden or not."""
    found: list[str] = []
    for page in list(window._work._pages):
        window._work.go(Target(page, ground.STREAM, "1"))
        QApplication.processEvents()
        found += [one.text() for one in window.findChildren(QLabel)]
        found += [one.text() for one in window.findChildren(QLineEdit)]
        found += [one.accessibleName() + one.toolTip() for one in window.findChildren(QWidget)]
        for view in window.findChildren(QAbstractItemView):
            model = view.model()
            if model is not None:
                columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
                cells = (model.index(row, k) for row in range(model.rowCount()) for k in range(columns))
                found += [str(model.data(cell, Qt.ItemDataRole.DisplayRole)) for cell in cells]
    return "\n".join(found)


def shown(qtbot: QtBot, maker: Callable[..., Any], role: Party, folder: Path) -> str:
    window, bridge = ground.make_console(role, SystemClock(), folder)
    window.resize(1366, 768)
    window.show()
    bridge.show(ground.seen(maker, role))
    assert window.page_name != "login"
    words = words_of(window)
    window.close()
    window.deleteLater()
    return words


@pytest.mark.parametrize("role", OFFICE)
def test_who_is_outside_sees_nothing_of_the_room(qtbot: QtBot, qapp: QApplication, role: Party, tmp_path: Path) -> None:
    for maker in (ground.opened, ground.gathering, ground.marking, ground.marked, ground.dissuaded, ground.closed):
        words = shown(qtbot, maker, role, tmp_path)
        for secret in (HELP, DOUBT, REMARK, DISSUADED):
            assert secret not in words, (maker.__name__, secret)
        if maker in (ground.opened, ground.gathering, ground.marking):
            assert "Member 1" not in words, maker.__name__
    assert HELP in shown(qtbot, ground.gathering, Party.REGULATOR, tmp_path), "the search finds what is there"
    assert DISSUADED in shown(qtbot, ground.dissuaded, Party.REGULATOR, tmp_path)


@pytest.mark.parametrize("role", [Party.CENTRE, Party.WITNESS, Party.REGULATOR, *OFFICE])
def test_no_window_shows_a_figure_before_its_time(
    qtbot: QtBot, qapp: QApplication, role: Party, tmp_path: Path
) -> None:
    """Sealed for everyone while members mark; then for those who watch; for the others once checked or reported."""
    open_to = {
        ground.marking: (),
        ground.marked: (Party.WITNESS, Party.REGULATOR),
        ground.checking: (Party.WITNESS, Party.REGULATOR, Party.AGENCY),
        ground.reported: (Party.CENTRE, Party.WITNESS, Party.REGULATOR, *OFFICE),
    }
    for maker, roles in open_to.items():
        words = shown(qtbot, maker, role, tmp_path)
        met = [figure for figure in TOTALS if figure in words]
        if role in roles:
            assert met, (maker.__name__, role)
        else:
            assert not met, (maker.__name__, role)

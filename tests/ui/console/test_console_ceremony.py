"""The ceremony of a draw: step by step by its transcript's own numbers, skipped with a key, red where it is wrong."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.ceremony import Ceremony, computed
from ui.console.names import Name, PageName
from ui.console.sight import Target


def transcripts() -> list[dict[str, Any]]:
    play = ground._kept(ground.marking, "ZC")
    return [copy.deepcopy(dict(one.data["transcript"])) for one in play.room_log.entries if one.type == "DrawOpened"]


def told(widget: QWidget) -> str:
    shown = [one.text() for one in widget.findChildren(QLabel)]
    return "\n".join([*shown, *(one.accessibleName() for one in widget.findChildren(QWidget))])


@pytest.mark.parametrize("kind", ["seating", "order"])
def test_every_step_says_the_transcripts_own_numbers(qtbot: QtBot, qapp: QApplication, kind: str) -> None:
    transcript = next(one for one in transcripts() if kind in one)
    shown = Ceremony(transcript, computed(transcript))
    qtbot.addWidget(shown)
    shown.show()
    parties = sorted(transcript["nonces"])
    for numbers in ("commitments", "nonces"):
        for party in parties:
            assert str(transcript[numbers][party])[:16] in told(shown)
            shown.next()
    assert str(transcript["seed"])[:16] in told(shown)
    steps = 0
    while shown.step < shown.last:
        shown.next()
        steps += 1
    items = len(transcript["seats"] if kind == "seating" else transcript["items"])
    assert steps == items, "the seed, then a swap for each place but the first"
    outcome = [f"{k} → {v}" for k, v in transcript["seating"].items()] if kind == "seating" else transcript["order"]
    assert all(str(part) in told(shown) for part in outcome)
    assert not shown._clock.isActive()
    shown.begin()
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert shown.step == shown.last, "skipped with a key"


def test_a_draw_that_is_not_right_is_said_in_red(qtbot: QtBot, qapp: QApplication) -> None:
    transcript = next(one for one in transcripts() if "order" in one)
    transcript["order"] = transcript["order"][::-1]
    assert computed(transcript) is None
    shown = Ceremony(transcript, None)
    qtbot.addWidget(shown)
    assert "is not what its numbers give" in told(shown)


def test_it_is_shown_where_the_transcript_is_known(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    window, bridge = ground.make_console(Party.WITNESS, SystemClock(), tmp_path)
    window.show()
    ground.entries(ground.marking, bridge)
    bridge.show(ground.seen(ground.marking, Party.WITNESS))
    window._work.go(Target(PageName.DRAWS))
    ways = [one for one in window.findChildren(QAbstractButton, Name.DRAW_SHOW) if one.isVisible()]
    assert len(ways) == len(transcripts())
    ways[0].setFocus()
    qtbot.keyClick(ways[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(Ceremony)))
    assert "computed the draw again: it is right" in told(window)
    bridge.show(ground.seen(ground.marking, None))
    assert not [one for one in window.findChildren(QAbstractButton, Name.DRAW_SHOW) if one.isVisible()]
    window.close()
    window.deleteLater()

"""F8: a short press switches the microphone, a long one opens it while held, and a lost focus lets it go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.call.speak_key import HELD_MS, SpeakKey


class Mouth:
    """Keeps whether it is open."""

    speaking = False
    key: SpeakKey

    def open_mouth(self, *, speaking: bool) -> None:
        self.speaking = speaking


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QPushButton("Speak"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def mouth_of(window: QWidget) -> Mouth:
    button = window.findChild(QPushButton)
    assert button is not None
    mouth = Mouth()
    mouth.key = SpeakKey(mouth, button, window)
    return mouth


def test_a_short_press_switches(window: QWidget) -> None:
    mouth = mouth_of(window)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert mouth.speaking
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not mouth.speaking


def test_held_it_speaks_until_it_is_let_go(window: QWidget, qtbot: QtBot) -> None:
    mouth = mouth_of(window)
    QTest.keyPress(window, Qt.Key.Key_F8)
    assert mouth.speaking
    qtbot.waitUntil(lambda: mouth.key._since.elapsed() >= HELD_MS)
    QTest.keyRelease(window, Qt.Key.Key_F8)
    assert not mouth.speaking


def test_a_window_that_loses_the_keyboard_lets_it_go(window: QWidget) -> None:
    mouth = mouth_of(window)
    QTest.keyPress(window, Qt.Key.Key_F8)
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert not mouth.speaking


def test_a_button_that_is_disabled_gives_no_word(window: QWidget) -> None:
    mouth = mouth_of(window)
    window.findChild(QPushButton).setEnabled(False)  # type: ignore[union-attr]
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not mouth.speaking

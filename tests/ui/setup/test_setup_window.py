"""The assistant: by keyboard from the first page to the last, mistakes stay on their page, a fault can be retried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.setup import Asked, Setup, SetupWindow, Told
from ui.theme import Tone
from ui.widgets.forms import Field
from ui.widgets.notice import NoticeLine


class World:
    """What the assistant works on, as a test wants it."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.done: list[tuple[str, dict[str, str]]] = []
        self.away = False

    def setup(self) -> Setup:
        seat = (
            Asked("room", "Address of the room"),
            Asked("camera", "Camera", "0", tried=True),
            Asked("scale", "Size of type", "1.0", ("1.0", "1.25")),
        )
        kinds = {"seat": ("An expert's seat", seat), "board": ("The wall display", seat[:1])}
        return Setup(kinds, self._misfit, self._attempt, self._carry_out, lambda error: f"No: {error}")

    def _misfit(self, _kind: str, key: str, text: str) -> str:
        return "An address is needed" if key == "room" and not text else ""

    def _attempt(self, key: str, given: Mapping[str, str]) -> Told:
        self.tried.append(f"{key} {given[key]}")
        return Told(Tone.OK, key, "640 x 480")

    def _carry_out(self, kind: str, given: Mapping[str, str], tell: Callable[[Told], None]) -> bool:
        if self.away:
            raise OSError("the room does not answer")
        tell(Told(Tone.OK, "enrolment", "enrolled"))
        tell(Told(Tone.ATTENTION, "camera", "not there"))
        self.done.append((kind, dict(given)))
        return True


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def window(world: World, qtbot: QtBot) -> Iterator[SetupWindow]:
    made = SetupWindow(world.setup())
    qtbot.addWidget(made)
    made.resize(1000, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def press(qtbot: QtBot, window: SetupWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.focusWidget() or window, key)


def to_questions(qtbot: QtBot, window: SetupWindow) -> None:
    window.onward.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)


def said(window: SetupWindow) -> list[str]:
    found = [line.notice() for line in window.findChildren(NoticeLine)]
    return [notice.text for notice in found if notice is not None]


def test_from_the_first_page_to_the_last_by_keyboard(qtbot: QtBot, world: World, window: SetupWindow) -> None:
    to_questions(qtbot, window)
    qtbot.keyClicks(window.focusWidget(), "https://10.0.0.1:8765")
    window.onward.setFocus()
    with qtbot.waitSignal(window._errands._ended):
        press(qtbot, window, Qt.Key.Key_Return)
    assert world.done == [("seat", {"room": "https://10.0.0.1:8765", "camera": "0", "scale": "1.0"})]
    assert said(window)[-1] == "This machine is ready."
    assert any("not there" in line for line in said(window))
    with qtbot.waitSignal(window.ended) as ended:
        press(qtbot, window, Qt.Key.Key_Return)
    assert ended.args == [True]


def test_what_is_wrong_stays_on_its_page_with_the_focus_there(qtbot: QtBot, world: World, window: SetupWindow) -> None:
    to_questions(qtbot, window)
    window.onward.click()
    field = window.findChildren(Field)[0]
    assert field.line.accessibleDescription() == "An address is needed"
    assert window.focusWidget() is field.line
    assert world.done == []


def test_a_device_is_tried_before_anything_is_written(qtbot: QtBot, world: World, window: SetupWindow) -> None:
    to_questions(qtbot, window)
    attempt = next(one.attempt for one in window._ones if one.attempt is not None)
    with qtbot.waitSignal(window._errands._ended):
        attempt.click()
    assert world.tried == ["camera 0"]
    assert "640 x 480" in said(window)
    assert world.done == []


def test_a_fault_is_told_and_tried_again_with_the_same_answers(qtbot: QtBot, world: World, window: SetupWindow) -> None:
    to_questions(qtbot, window)
    qtbot.keyClicks(window.focusWidget(), "https://10.0.0.1:8765")
    world.away = True
    with qtbot.waitSignal(window._errands._ended):
        window.onward.click()
    assert said(window)[-1] == "No: the room does not answer"
    window.back.click()
    assert window.findChildren(Field)[-2].text() == "https://10.0.0.1:8765"
    world.away = False
    with qtbot.waitSignal(window._errands._ended):
        window.onward.click()
    assert [kind for kind, _ in world.done] == ["seat"]


def test_closing_before_the_end_says_that_the_machine_is_not_fit(qtbot: QtBot, window: SetupWindow) -> None:
    with qtbot.waitSignal(window.ended) as ended:
        window.close()
    assert ended.args == [False]

"""The face before the kiosk beside its reference: shown to the two who decide, asked for once, gone once decided."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import console_ground as ground
import pytest
from fake_room import FakeBridge
from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName
from ui.console.sight import Target
from ui.console.window import ConsoleWindow
from ui.theme import Scale, apply
from ui.widgets.camera_view import CameraView

Open = Callable[[Party], tuple[ConsoleWindow, FakeBridge]]
ADMISSION = Target(PageName.RELEASE, ground.STREAM, what="admission", member="p2")
RED, BLUE = QColor("#c02020"), QColor("#2020c0")


def picture(colour: QColor, width: int = 61, height: int = 40) -> str:
    """A plain picture; 61 px a row, so that rows end in padding."""
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return base64.b64encode(bytes(buffer.data().data())).decode()


def pictures(kind: str = "portrait") -> dict[str, Any]:
    return {"live": picture(RED), "reference": None if kind == "none" else picture(BLUE), "kind": kind}


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Consoles at the page of a release that a kiosk has asked for."""
    made: list[ConsoleWindow] = []

    def one(role: Party) -> tuple[ConsoleWindow, FakeBridge]:
        window, bridge = ground.make_console(role, SystemClock(), tmp_path)
        window.resize(1920, 1080)
        window.show()
        bridge.show(ground.seen(ground.gathering, role))
        window._work.go(ADMISSION)
        made.append(window)
        return window, bridge

    yield one
    for window in made:
        window.close()
        window.deleteLater()


def views(window: ConsoleWindow) -> tuple[CameraView, CameraView]:
    live, reference = (window.findChild(CameraView, name) for name in (Name.DOUBT_LIVE, Name.DOUBT_REFERENCE))
    assert live is not None
    assert reference is not None
    return live, reference


def colour_of(view: QWidget) -> QColor:
    """What is painted in its middle."""
    return view.grab().toImage().pixelColor(view.width() // 2, view.height() // 2)


def told(window: ConsoleWindow) -> str:
    parts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join(parts + [one.accessibleName() for one in window.findChildren(QWidget) if one.isVisible()])


@pytest.mark.parametrize(
    ("kind", "words"), [("portrait", "On the sealed list"), ("chip", "In the chip of the identity card")]
)
def test_the_two_see_both_pictures_side_by_side(opened: Open, kind: str, words: str) -> None:
    window, bridge = opened(Party.WITNESS)
    assert bridge.last_question() == ("doubt", (ground.STREAM, "admission", "p2"))
    bridge.answer(pictures(kind))
    live, reference = views(window)
    assert live.isVisible()
    assert reference.isVisible()
    assert live.mapTo(window, QPoint()).x() < reference.mapTo(window, QPoint()).x()
    assert (colour_of(live), colour_of(reference)) == (RED, BLUE)
    assert words in told(window)
    assert "in the journal" in told(window)


def test_a_look_is_asked_for_once_and_not_with_every_view(opened: Open) -> None:
    window, bridge = opened(Party.CENTRE)
    bridge.answer(pictures())
    asked = len(bridge.link.asked)
    bridge.show(ground.seen(ground.gathering, Party.CENTRE))
    assert len(bridge.link.asked) == asked
    assert views(window)[0].isVisible()


def test_without_a_reference_the_document_decides(opened: Open) -> None:
    window, bridge = opened(Party.CENTRE)
    bridge.answer(pictures("none"))
    live, reference = views(window)
    assert (live.isVisible(), reference.isVisible()) == (True, False)
    assert "original document" in told(window)


def test_of_who_declined_the_camera_there_is_nothing_to_see(opened: Open) -> None:
    window, bridge = opened(Party.CENTRE)
    bridge.fail("not_found", "没有找到")
    assert not views(window)[0].isVisible()
    assert "There are no pictures" in told(window)


def test_once_it_is_decided_no_face_stays(opened: Open) -> None:
    window, bridge = opened(Party.WITNESS)
    bridge.answer(pictures())
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["evaluations"][0]["releases"] = []
    bridge.show(view)
    live, _ = views(window)
    assert not live.isVisible()
    assert live._picture is None


def test_who_logs_out_leaves_no_face_behind(opened: Open) -> None:
    window, bridge = opened(Party.WITNESS)
    bridge.answer(pictures())
    window._work.leave()
    assert all(view._picture is None for view in views(window))


def test_an_answer_about_another_person_is_not_shown(opened: Open) -> None:
    window, bridge = opened(Party.WITNESS)
    asked = bridge.link.asked[-1]
    window._work.go(Target(PageName.RELEASE, ground.STREAM, what="admission", member="p4"))
    assert asked is not None
    bridge.answer(pictures())
    assert not views(window)[0].isVisible()


@pytest.mark.parametrize("broken", ["%%%", "", base64.b64encode(b"no picture").decode()])
def test_what_is_no_picture_is_not_shown(opened: Open, broken: str) -> None:
    window, bridge = opened(Party.WITNESS)
    bridge.answer({"live": broken, "reference": None, "kind": "none"})
    assert not views(window)[0].isVisible()


def test_only_the_two_who_decide_ask(opened: Open) -> None:
    _, bridge = opened(Party.REGULATOR)
    assert not [asked for asked in bridge.link.asked if asked.kind == "doubt"]


def test_a_seat_asks_for_no_picture(opened: Open) -> None:
    window, bridge = opened(Party.WITNESS)
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["evaluations"][0]["releases"].append(view["evaluations"][0]["releases"][0] | {"what": "seat"})
    bridge.show(view)
    before = len(bridge.link.asked)
    window._work.go(Target(PageName.RELEASE, ground.STREAM, what="seat", member="p2"))
    assert len(bridge.link.asked) == before


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1920, 1080, Scale.NORMAL), (1366, 768, Scale.NORMAL), (1920, 1080, Scale.LARGEST)],
)
def test_what_decides_is_in_sight_without_scrolling_and_both_faces_in_normal_type(
    opened: Open, qapp: QApplication, qtbot: QtBot, width: int, height: int, scale: Scale
) -> None:
    apply(qapp, scale)
    window, bridge = opened(Party.WITNESS)
    window.resize(width, height)
    bridge.answer(pictures())
    qtbot.waitUntil(lambda: window.size().width() == width)
    qapp.processEvents()
    page = window._work._pages[PageName.RELEASE]
    faces = () if scale is Scale.LARGEST else (Name.DOUBT_LIVE, Name.DOUBT_REFERENCE)
    for name in (Name.RELEASE_APPROVE, Name.RELEASE_REFUSE, Name.RELEASE_REASON, *faces):
        found = page.findChild(QWidget, name)
        assert found is not None
        assert found.visibleRegion().boundingRect() == found.rect(), name

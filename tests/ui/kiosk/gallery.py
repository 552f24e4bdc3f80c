"""Paints every page of the kiosk into PNGs, to be looked at: `python tests/ui/kiosk/gallery.py FOLDER [PAGE ...]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from kiosk_ground import Door, found, make_door, room_view, seated, with_portrait
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ports.card import Card, CardFault, DocumentKind
from app.ports.device import DeviceFault
from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge, LivenessStep
from devices.ambient import SystemClock
from devices.pictures import read_picture
from ui.kiosk.face_tally import Doubt
from ui.kiosk.names import PageName
from ui.theme import Language, Scale, apply, install

FACES = Path(__file__).parents[3] / "resources" / "demo" / "faces"


def lay(door: Door, answer: dict[str, object]) -> None:
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, "990001197203140010"))
    door.bridge.answer(answer)


def face(door: Door) -> None:
    lay(door, with_portrait())
    picture = read_picture(FACES / "person_a_2.jpg")
    door.window.face.camera.show_frame(picture.width, picture.height, picture.rgb)
    door.window.face.tell(2, None)


def face_advice(door: Door) -> None:
    face(door)
    door.window.face.tell(0, FaceAdvice.CLOSER)


def turn(door: Door, challenge: Challenge = Challenge.LEFT, done: int = 0, *advice: FaceAdvice) -> None:
    face(door)
    door.window._admission._check.end()
    door.window.turn_to(PageName.TURN)
    picture = read_picture(FACES / "person_a_2.jpg")
    door.window.turn.camera.show_frame(picture.width, picture.height, picture.rgb)
    door.window.turn.tell(LivenessStep(challenge, done, 3, advice))


def doubt(door: Door, why: Doubt) -> None:
    lay(door, found("face", state="late" if why is Doubt.LATE else "expected"))
    door.window._admission._doubt(why)


def stuck(door: Door) -> None:
    door.locker.fail(DeviceFault.UNREACHABLE)
    lay(door, found("store_phone", locker="07"))


def seat(door: Door) -> None:
    lay(door, found("take_slot"))
    door.window.take.taken.emit()
    door.bridge.accept()
    door.bridge.answer(seated("visit"))
    door.bridge.accept()


def slip_and_door(door: Door) -> None:
    door.printer.fail(DeviceFault.NO_PAPER)
    door.door.fail(DeviceFault.UNREACHABLE)
    seat(door)


def broken_camera(door: Door) -> None:
    door.camera.crash()
    QTest.qWait(100)
    door.window.rest()


def goodbye(door: Door) -> None:
    door.door.fail(DeviceFault.UNREACHABLE)
    lay(door, found("leave", state="leaving"))
    door.window.leave.done.emit()
    door.bridge.accept()


def waiting(door: Door) -> None:
    lay(door, found("face"))
    door.window.doubt.called.emit()
    door.bridge.accept()
    door.bridge.answer(found("wait_release"))


def away(door: Door) -> None:
    door.bridge.line(False)
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, "990001197203140010"))
    door.bridge.fail("room_away", "连接不到机房服务器，正在自动重连，已填内容不会丢失")


def searching(door: Door) -> None:
    door.bridge.show(room_view(search=True))
    picture = read_picture(FACES / "person_a_2.jpg")
    door.camera.show(picture)
    door.matcher.knows(picture, "p1")
    door.window.idle.no_card.emit()
    for _ in range(100):
        if door.window.page_name == PageName.LOOKING:
            break
        QTest.qWait(30)
    door.bridge.answer({"ticket": "s1"})


def not_confirmed(door: Door) -> None:
    searching(door)
    door.bridge.tell(9, "PhoneStored")
    door.bridge.answer(found("ask_staff", ticket="s1", state="sought"))


SCENES: dict[str, Callable[[Door], None]] = {
    "idle": lambda door: None,
    "idle-search": lambda door: door.bridge.show(room_view(search=True)),
    "searching": searching,
    "not-confirmed": not_confirmed,
    "idle-wrong": lambda door: door.reader.lay_unreadable(CardFault.CHECK_FAILED),
    "face": face,
    "face-advice": face_advice,
    "turn": turn,
    "turn-right": lambda door: turn(door, Challenge.RIGHT, 1),
    "turn-mouth": lambda door: turn(door, Challenge.MOUTH, 2, FaceAdvice.CLOSER),
    "doubt-late": lambda door: doubt(door, Doubt.LATE),
    "doubt-chip": lambda door: doubt(door, Doubt.CHIP),
    "doubt-flat": lambda door: doubt(door, Doubt.FLAT),
    "doubt-door": lambda door: lay(door, seated("staff")),
    "idle-no-camera": broken_camera,
    "seat-other-door": lambda door: lay(door, seated("other")),
    "seat-faults": slip_and_door,
    "early": lambda door: lay(door, found("ask_staff", state="early")),
    "not-today": lambda door: lay(door, found("ask_staff", state="not_today", ticket=None)),
    "doubt": lambda door: lay(door, found("face")),
    "waiting": waiting,
    "store-phone": lambda door: lay(door, found("store_phone", locker="07")),
    "store-phone-stuck": stuck,
    "take-slot": lambda door: lay(door, found("take_slot")),
    "seat": seat,
    "seat-again": lambda door: lay(door, seated()),
    "take-phone": lambda door: lay(door, found("take_phone", state="leaving", locker="07")),
    "leave": lambda door: lay(door, found("leave", state="leaving")),
    "goodbye-stuck": goodbye,
    "unknown": lambda door: lay(door, found("ask_staff", state="unknown", ticket=None)),
    "away": away,
}
SIZES = (
    (QSize(1920, 1080), Scale.NORMAL),
    (QSize(1366, 768), Scale.NORMAL),
    (QSize(1920, 1080), Scale.LARGEST),
    (QSize(1366, 768), Scale.LARGEST),
)


def paint(folder: Path, names: list[str]) -> None:
    """Paint the named pages (all, if none is named) into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, Language(os.environ.get("LANGUAGE_OF_PAGES", "zh")))
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        for size, scale in SIZES:
            apply(app, scale)
            door = make_door(SystemClock())
            door.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            door.window.resize(size)
            door.window.show()
            door.bridge.show(room_view())
            SCENES[name](door)
            QTest.qWait(150)
            if door.window.size() != size:
                print(f"{name}: wants {door.window.width()}x{door.window.height()} at {size.width()} x{scale.value}")
            door.window.grab().save(str(folder / f"{name}-{size.width()}-{scale.value}.png"))
            door.window.close()
            door.window.deleteLater()
            QTest.qWait(1)


if __name__ == "__main__":
    paint(Path(sys.argv[1]), sys.argv[2:])

"""A kiosk with scripted devices before a fake room, and look-up answers as the room gives them."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fake_room import FakeBridge
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.card import Card, DocumentKind
from app.ports.liveness import Challenge
from devices.camera.scripted import ScriptedCamera
from devices.card.scripted import ScriptedCardReader
from devices.face.scripted import ScriptedFaceMatcher
from devices.face.scripted_liveness import ScriptedLiveness
from devices.gate.scripted import ScriptedDoor, ScriptedLocker
from devices.slip.scripted import ScriptedSlipPrinter
from devices.voice.scripted import ScriptedVoice
from ui.kiosk.face_tally import FaceRule
from ui.kiosk.hardware import Hardware
from ui.kiosk.names import Name
from ui.kiosk.patience import PATIENCE, Patience
from ui.kiosk.window import KioskWindow

PORTRAIT = b"portrait of p1"
NUMBER = "99000119720314001X"
CODE = "GEZD-GNBV-GY3T-QOJQ"
CHALLENGES = (Challenge.LEFT, Challenge.MOUTH)
QUICK = FaceRule(needed=3, period_s=0.0, patience=4, limit_s=8.0)


def picture(shade: int, width: int = 64, height: int = 48) -> Frame:
    """A frame of one grey."""
    return Frame(width, height, bytes([shade]) * (3 * width * height))


@dataclass
class Door:
    """Everything at the door."""

    bridge: FakeBridge
    camera: ScriptedCamera
    matcher: ScriptedFaceMatcher
    reader: ScriptedCardReader
    locker: ScriptedLocker
    door: ScriptedDoor
    printer: ScriptedSlipPrinter
    liveness: ScriptedLiveness
    voice: ScriptedVoice
    window: KioskWindow


def make_door(
    clock: Clock, *, patience: Patience = PATIENCE, rule: FaceRule = QUICK, reader: Any = None, living: bool = True
) -> Door:
    """A kiosk that knows one person, p1, by the picture of shade 200."""
    camera = ScriptedCamera([], fps=100)
    matcher = ScriptedFaceMatcher()
    matcher.knows(PORTRAIT, "p1")
    matcher.knows(picture(200), "p1")
    matcher.knows(picture(90), "p2")
    reader = reader or ScriptedCardReader()
    locker, door, printer = ScriptedLocker(range(1, 13)), ScriptedDoor(), ScriptedSlipPrinter()
    bridge, liveness, voice = FakeBridge(), ScriptedLiveness(), ScriptedVoice()
    alive = liveness if living else None
    hardware = Hardware(camera, matcher, reader, locker, door, printer, alive, lambda: CHALLENGES, voice)
    window: KioskWindow = KioskWindow(bridge, hardware, clock, patience=patience, face_rule=rule)  # type: ignore[arg-type]
    return Door(bridge, camera, matcher, reader, locker, door, printer, liveness, voice, window)


def room_view(name: str = "第一评标室", rehearsal: bool = True, search: bool = False) -> dict[str, Any]:
    """What a kiosk may see."""
    room = {"room": "demo-1", "name": name, "rehearsal": rehearsal, "key": "k", "seats": [], "draws": []}
    room["search"] = search
    return {
        "position": 3,
        "at": "2026-03-02T09:26:00.000000+08:00",
        "role": "kiosk",
        "post": None,
        "alias": None,
        "seat": None,
        "room": room,
        "evaluations": [],
    }


def found(next_: str, **more: Any) -> dict[str, Any]:
    """A look-up's answer."""
    answer: dict[str, Any] = {
        "ticket": "t1",
        "state": "expected" if next_ in {"face", "wait_release"} else "inside",
        "stage": None,
        "greeting": "李**",
        "image": None,
        "template": None,
        "seat": None,
        "locker": None,
        "door": None,
        "next": next_,
    }
    return answer | more


def with_portrait() -> dict[str, Any]:
    """Expected, with a portrait to compare with."""
    return found("face", image=base64.b64encode(PORTRAIT).decode())


def seated(door: str = "inside") -> dict[str, Any]:
    """The seat was taken; `door` is what the room's door does for this person."""
    seat = {"id": "B01", "way": "进门直走，第二排左侧", "code": CODE, "room": "东厅" if door == "other" else None}
    return found("go_to_seat", seat=seat, locker="07", door=door)


def lay(door: Door, answer: dict[str, Any]) -> None:
    """A card, and the room's answer to it."""
    door.reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER))
    door.bridge.answer(answer)


def press(qtbot: QtBot, door: Door, name: Name) -> None:
    """Enter on a control that has the focus already: the keyboard alone must do."""
    button = door.window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    qtbot.waitUntil(button.isEnabled)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def shown(widget: QWidget) -> str:
    """Every word in sight."""
    parts = [child.text() for child in widget.findChildren(QLabel) if child.isVisible()]
    parts += [child.accessibleName() for child in widget.findChildren(QWidget) if child.isVisible()]
    return "\n".join(parts)


Make = Callable[..., Door]
"""Makes a kiosk; see `make_door` for what may be different about it."""

"""An enrolment desk with a scripted camera and matcher, and views of a room with enrolled faces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import console_ground as ground
from PySide6.QtGui import QImage

import resources
from app.ports.camera import Frame
from app.rules.model import Party
from devices.camera.scripted import Scene, ScriptedCamera
from devices.face.scripted import ScriptedFaceMatcher
from resources import path
from ui.console.face_capture import FaceDesk

WORDS = (
    resources.path("privacy", "consent.zh.txt")
    .read_text("utf-8")
    .format(holder="岷乐公共资源交易中心", contact="0000-1234567", retention="自登记之日起 180 天")
)
CONSENT = {"version": "2026-11/zh", "sha256": "ab" * 32, "text": WORDS, "days": 180}
PERSON = path("demo", "faces", "person_a_1.jpg")


def frame_of(picture: Path) -> Frame:
    """A picture as a camera gives it."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB888).scaledToWidth(640)
    rows = [image.constScanLine(y)[: 3 * image.width()].tobytes() for y in range(image.height())]
    return Frame(image.width(), image.height(), b"".join(rows))


def desk_with(picture: Path = PERSON) -> tuple[FaceDesk, ScriptedCamera, ScriptedFaceMatcher]:
    """Before the camera stands the person in this picture."""
    frame = frame_of(picture)
    camera, matcher = ScriptedCamera([Scene(frame)], fps=30.0), ScriptedFaceMatcher()
    matcher.knows(frame, "somebody")
    return FaceDesk(camera, matcher), camera, matcher


def face(expert: str, stage: str = "enrolled", **more: str) -> dict[str, Any]:
    """An enrolled face as a view has it."""
    confirmed = {"confirmed_by": "witness-a", "confirmed_at": "2026-03-02T08:43:00.000000+08:00"}
    return {
        "expert": expert,
        "stage": stage,
        "model": "sface",
        "version": 1,
        "until": "2026-08-29T08:41:00.000000+08:00",
        "proposed_by": "centre-a",
        "proposed_at": "2026-03-02T08:41:00.000000+08:00",
        **(confirmed if stage == "enrolled" else {"confirmed_by": "", "confirmed_at": ""}),
        **more,
    }


def view_with(role: Party, *faces: dict[str, Any]) -> dict[str, Any]:
    """What a console of this role sees."""
    view = ground.seen(ground.gathering, role)
    view["room"]["faces"] = list(faces)
    return view

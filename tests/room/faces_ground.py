"""An enrolment desk for tests: what a machine with a camera sends, without one."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from room_packages import document
from room_play import Play
from room_world import Machine

MODEL, VERSION = "sface-test", 1
CARD = "11010519491231002X"
"""The document of somebody who is on no list."""


def template_of(number: int) -> bytes:
    """Somebody's template: 512 bytes that nothing else has."""
    return hashlib.shake_256(f"face {number}".encode()).digest(512)


def consent(machine: Machine) -> dict[str, str]:
    text = machine.ask("GET", "/faces/consent")
    return {"version": text["version"], "sha256": text["sha256"]}


def proposal(machine: Machine, number: int, card: str | None = None, **changes: Any) -> dict[str, Any]:
    data = base64.b64encode(template_of(number)).decode()
    return {
        "document": card or document(number),
        "template": {"model": MODEL, "version": VERSION, "data": data},
        "verdict": "confirm",
        "score": "0.4312",
        "engine": "sface",
        "consent": consent(machine),
        **changes,
    }


def propose(machine: Machine, number: int, **changes: Any) -> str:
    return str(machine.ask("POST", "/faces", proposal(machine, number, **changes))["expert"])


def confirm(machine: Machine, expert: str, number: int, card: str | None = None) -> Any:
    body = {"expert": expert, "document": card or document(number), "reason": "本人持身份证到场"}
    return machine.ask("POST", "/faces/confirm", body)


def enrol(play: Play, number: int) -> str:
    """Both people."""
    expert = propose(play.centre, number)
    confirm(play.witness, expert, number)
    return expert


def faces(machine: Machine) -> dict[str, Any]:
    return {face["expert"]: face for face in machine.view()["room"]["faces"]}

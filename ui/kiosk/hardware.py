"""The devices at the door, as ports."""

from __future__ import annotations

from dataclasses import dataclass

from app.ports.camera import Camera
from app.ports.card import CardReader
from app.ports.face import FaceMatcher
from app.ports.gate import Door, Locker, SlipPrinter


@dataclass(frozen=True)
class Hardware:
    """What a kiosk is made of; the one who composes it also stops what the window does not own."""

    camera: Camera
    matcher: FaceMatcher
    card_reader: CardReader
    locker: Locker
    door: Door
    slip_printer: SlipPrinter

"""The devices at the door, as ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.ports.camera import Camera
from app.ports.card import CardReader
from app.ports.face import FaceMatcher
from app.ports.gate import Door, Locker, SlipPrinter
from app.ports.liveness import Challenge, Liveness
from app.ports.voice import Voice


@dataclass(frozen=True)
class Hardware:
    """What a kiosk is made of; the one who composes it also stops what the window does not own.

    `liveness` judges whether a living person stands there; None where the machine has no model for it: then people
    decide. `challenges` draws anew what is asked of each person.
    """

    camera: Camera
    matcher: FaceMatcher
    card_reader: CardReader
    locker: Locker
    door: Door
    slip_printer: SlipPrinter
    liveness: Liveness | None
    challenges: Callable[[], tuple[Challenge, ...]]
    voice: Voice

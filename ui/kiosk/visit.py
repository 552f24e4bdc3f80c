"""One person's visit: what the room answered to a look-up, and which page follows from it. No Qt."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.ports.face import Reference, Template
from ui.kiosk.names import PageName
from ui.kiosk.sought import Sought

_PAGES = {
    "face": PageName.FACE,
    "wait_release": PageName.WAITING,
    "store_phone": PageName.STORE_PHONE,
    "take_slot": PageName.TAKE_SLOT,
    "go_to_seat": PageName.SEAT,
    "take_phone": PageName.TAKE_PHONE,
    "leave": PageName.LEAVE,
}
"""Every other `next` is for the staff."""


SOUGHT = "sought"
"""The state of somebody whose face is sought: nothing more is known before two people have decided."""


class DoorWay(StrEnum):
    """What the room says of its door to a person who has a seat behind it."""

    VISIT = "visit"
    FACE = "face"
    STAFF = "staff"
    OPENED = "opened"
    OTHER = "other"
    INSIDE = "inside"
    NONE = ""


@dataclass(frozen=True)
class SeatDrawn:
    """The seat that the person was given: its number, the way in words, the code of the draw, its room if named."""

    id: str
    way: str
    code: str
    room: str = ""


@dataclass(frozen=True)
class Visit:
    """Whom the kiosk is serving, known by a ticket alone; `portrait` is the picture to compare with, if any."""

    ticket: str
    state: str
    next: str
    greeting: str
    portrait: bytes | None
    seat: SeatDrawn | None
    locker: str | None
    template: Template | None = None
    door: DoorWay = DoorWay.NONE

    @property
    def late(self) -> bool:
        """Whether people decide about the admission because of the hour."""
        return self.state == "late"

    def sought(self, chip: bytes | None) -> Sought | None:
        """What to compare with: the enrolled template, else the list's portrait, else the photo of the chip."""
        if self.template is not None:
            return Sought(self.template)
        if self.portrait is not None:
            return Sought(self.portrait)
        return None if chip is None else Sought(chip, Reference.CHIP)

    def again(self, newer: Visit) -> Visit:
        """The same visit, asked again by its ticket: the portrait came with the first answer only."""
        return replace(newer, portrait=newer.portrait or self.portrait, template=newer.template or self.template)

    @property
    def page(self) -> PageName:
        """The page that comes next."""
        return _PAGES.get(self.next, PageName.ASK_STAFF)


def read_visit(answer: dict[str, Any]) -> Visit:
    """The visit in a look-up's answer; ValueError where it is not one."""
    try:
        seat = answer["seat"]
        image = answer["image"]
        return Visit(
            ticket=str(answer["ticket"] or ""),
            state=str(answer["state"]),
            next=str(answer["next"]),
            greeting=str(answer["greeting"] or ""),
            portrait=base64.b64decode(image, validate=True) if image else None,
            seat=_seat(seat) if seat else None,
            locker=str(answer["locker"]) if answer["locker"] else None,
            template=_template(answer["template"]) if answer.get("template") else None,
            door=DoorWay(answer.get("door") or ""),
        )
    except (KeyError, TypeError, ValueError) as fault:  # binascii.Error is a ValueError
        raise ValueError(f"no look-up: {type(fault).__name__}") from fault


def _seat(said: dict[str, Any]) -> SeatDrawn:
    return SeatDrawn(str(said["id"]), str(said["way"] or ""), str(said["code"] or ""), str(said.get("room") or ""))


def _template(said: dict[str, Any]) -> Template:
    return Template(str(said["model"]), int(said["version"]), base64.b64decode(said["data"], validate=True))


def digest_of(code: str) -> str:
    """The beginning of the transcript's hash in hex that a slip code stands for (80 bits, or what there is)."""
    letters = code.replace("-", "").replace(" ", "")
    try:
        return base64.b32decode(letters.upper()).hex()
    except binascii.Error:
        return "".join(letter for letter in letters.lower() if letter in "0123456789abcdef")


def qr_content(code: str) -> str:
    """What the QR code of a draw holds."""
    return f"kawei:draw:{code.replace('-', '')}" if code else ""

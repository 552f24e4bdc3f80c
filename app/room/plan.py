"""The plan of a room: its seats in their places, the way to each, its lockers, who may open names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec
from app.evaluation.refusal import Refused
from app.signing import BadCertificate, is_revocation_list, read_certificates

FORMAT = "kawei-room/1"

MOST_KEPT = 100_000
MOST_DAYS = 1095
"""Three years: no purpose of this program needs a face longer without a new consent."""


@dataclass(frozen=True)
class SeatPlace:
    """A seat at a whole grid cell; `way` tells a person how to walk there; `room` where there is more than one."""

    id: str
    x: int
    y: int
    way: str
    room: str | None = None

    def cell(self) -> dict[str, Any]:
        """The seat as draws and the journal know it."""
        place: dict[str, Any] = {"id": self.id, "x": self.x, "y": self.y}
        return place if self.room is None else place | {"room": self.room}


@dataclass(frozen=True)
class DoorPlace:
    """The kiosk (its name as enrolled) that stands at the door of one room of several; it opens that door alone."""

    kiosk: str
    room: str


@dataclass(frozen=True)
class Entitled:
    """Someone who may open lists of names: who, and the raw X25519 public key in hex."""

    holder: str
    key: str


@dataclass(frozen=True)
class Privacy:
    """Who answers for personal data, as consent text and signs name it, and for how many days faces are kept.

    `face_days` 0: an enrolled template goes with the close of the evaluation that its expert came for, the shortest
    there is; else that many days from enrolment. `portrait_days`: how long behind the close of an evaluation the
    portraits of its list are kept, for a re-evaluation; 0 deletes them with the close.
    """

    holder: str = ""
    contact: str = ""
    face_days: int = 0
    portrait_days: int = 0
    search: bool = True
    """Whether somebody without a readable document may be sought by face among those expected today."""


@dataclass(frozen=True)
class RecordingRule:
    """Whether seats record (`on`), for how many days recordings are kept at least, and with how many hours left on a
    seat's disk the centre is warned. Fifteen years are the law's term for documents of procurement (政府采购法 42)."""

    on: bool = True
    keep_days: int = 5479
    warn_hours: int = 8


@dataclass(frozen=True)
class SigningRule:
    """Who issues the certificates of members (`authorities`, each DER in hex), lists of revoked ones (`revoked`, CRL,
    DER in hex; then each authority needs one), and where to ask for time stamps (RFC 3161; '' = nowhere)."""

    authorities: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    time_stamp: str = ""


@dataclass(frozen=True)
class RoomPlan:
    """`room` is a short id without spaces (it stands in checkpoints), `name` what people call it."""

    format: str
    room: str
    name: str
    seats: tuple[SeatPlace, ...]
    lockers: tuple[str, ...]
    rehearsal: bool = False
    utc_offset_min: int = 480
    """The room's time in minutes east of UTC, whatever the machine is set to: Beijing time by default."""
    entitled: tuple[Entitled, ...] = ()
    doors: tuple[DoorPlace, ...] = ()
    """Where there is more than one room: which kiosk stands at which door. A kiosk that is not named stands at the
    one door that leads everywhere."""
    privacy: Privacy = Privacy()
    recording: RecordingRule = RecordingRule()
    signing: SigningRule = SigningRule()

    def way_to(self, seat: str) -> str:
        """How to walk to a seat."""
        return next((place.way for place in self.seats if place.id == seat), "")

    def room_of(self, seat: str) -> str | None:
        """The room that a seat stands in, where there is more than one."""
        return next((place.room for place in self.seats if place.id == seat), None)

    def door_of(self, kiosk: str) -> str | None:
        """The room whose door a kiosk stands at; None for the door that leads everywhere."""
        return next((door.room for door in self.doors if door.kiosk == kiosk), None)


def read_plan(data: object) -> RoomPlan:
    """Read a plan strictly; raises `Refused` with the place."""
    plan = codec.from_json(RoomPlan, data)
    if plan.format != FORMAT:
        raise Refused("bad_value", "$.format")
    if not plan.room or any(c.isspace() or c in "/+" for c in plan.room):
        raise Refused("bad_value", "$.room")
    ids = [seat.id for seat in plan.seats]
    cells = [(seat.room, seat.x, seat.y) for seat in plan.seats]
    if not ids or len(set(ids)) != len(ids) or len(set(cells)) != len(cells) or not all(ids):
        raise Refused("bad_value", "$.seats")
    rooms = {seat.room for seat in plan.seats}
    if len({door.kiosk for door in plan.doors}) != len(plan.doors) or any(d.room not in rooms for d in plan.doors):
        raise Refused("bad_value", "$.doors")
    if not -720 <= plan.utc_offset_min <= 840:
        raise Refused("bad_value", "$.utc_offset_min")
    if len(set(plan.lockers)) != len(plan.lockers) or not all(plan.lockers):
        raise Refused("bad_value", "$.lockers")
    for name in ("face_days", "portrait_days"):
        if not 0 <= getattr(plan.privacy, name) <= MOST_DAYS:
            raise Refused("bad_value", f"$.privacy.{name}")
    for name in ("keep_days", "warn_hours"):
        if not 0 <= getattr(plan.recording, name) <= MOST_KEPT:
            raise Refused("bad_value", f"$.recording.{name}")
    _check_signing(plan.signing)
    for i, one in enumerate(plan.entitled):
        if len(one.key) != 64 or any(c not in "0123456789abcdef" for c in one.key):
            raise Refused("bad_value", f"$.entitled[{i}].key")
    return plan


def _check_signing(rule: SigningRule) -> None:
    """Certificates and lists that can be read, and an address of the web."""
    for i, text in enumerate(rule.authorities):
        try:
            read_certificates(bytes.fromhex(text))
        except (ValueError, BadCertificate):
            raise Refused("bad_value", f"$.signing.authorities[{i}]") from None
    for i, text in enumerate(rule.revoked):
        if not is_revocation_list(text):
            raise Refused("bad_value", f"$.signing.revoked[{i}]")
    if rule.time_stamp and not rule.time_stamp.startswith(("https://", "http://")):
        raise Refused("bad_value", "$.signing.time_stamp")

"""The processes of a rehearsal: which machine each one is, and who sits before it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a child shows."""

    SEAT = "seat"
    CONSOLE = "console"
    KIOSK = "kiosk"


@dataclass(frozen=True)
class Part:
    """One machine of the rehearsal. `role` and `user` only for a console, `seat` only for a seat."""

    name: str
    kind: Kind
    code: str
    seat: str | None = None
    role: str | None = None
    user: str | None = None
    password: str | None = None


def parts(seats: list[str], check_roles: tuple[str, ...]) -> list[Part]:
    """Return the machines: kiosk, the centre's and the witness's console, the console of whoever checks the tables
    on this track, and the seats."""
    roles = ["centre", "witness", *[role for role in check_roles if role not in {"centre", "witness"}]]
    consoles = [
        Part(f"console-{role}", Kind.CONSOLE, _code(), role=role, user=f"{role}-a", password=secrets.token_urlsafe(15))
        for role in roles
    ]
    return [
        *consoles,
        Part("kiosk-1", Kind.KIOSK, _code()),
        *[Part(f"seat-{seat.lower()}", Kind.SEAT, _code(), seat=seat) for seat in seats],
    ]


def _code() -> str:
    return secrets.token_hex(6)

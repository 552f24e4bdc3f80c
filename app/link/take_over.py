"""Taking over a seat: what the machine before left in the room's memory is fetched, opened and kept here."""

from __future__ import annotations

import json
import secrets
from typing import Any

from app.journal import SealedFor, SealingFault, open_with
from app.journal.recipients import public_key_of
from app.link.client import RoomClient
from app.link.faults import LinkFault
from app.link.sheets import SheetKeeper


def take_over(client: RoomClient, sheets: SheetKeeper) -> None:
    """Fetch and keep it. Raises `LinkFault` or `RoomRefused`; again is no harm."""
    private = secrets.token_bytes(32)
    answer = client.take_over(public_key_of(private).hex())
    stream, alias = str(answer["stream"]), str(answer["alias"])
    purpose = f"kawei/seat-take-over/1 {stream} {client.identity.device}"
    try:
        left: dict[str, Any] = json.loads(open_with(private, SealedFor.from_json(answer["box"]), purpose))
    except (SealingFault, ValueError):
        raise LinkFault("bad_answer", "takeover") from None
    sheets.take_over(stream, alias, left)

"""A console's share of lost seats' keys: the key to which seats seal it, and how it is given to the room."""

from __future__ import annotations

import secrets
from typing import Any

from app.evaluation.matters.lost_seat.decisions import given_purpose, share_purpose
from app.journal import SealedFor, SealingFault, open_with, seal_to
from app.journal.recipients import public_key_of


class ShareHolder:
    """Opens what was sealed to this console, and seals it on to the room's memory; keeps nothing."""

    def __init__(self, private: bytes) -> None:
        """`private` is this machine's X25519 key for shares; it never leaves it."""
        self._private = private

    def offer(self) -> dict[str, Any]:
        """The data of `OfferShareKey`."""
        return {"public": public_key_of(self._private).hex()}

    def give(self, holder: str, owed: dict[str, Any], room_key: dict[str, str]) -> dict[str, Any] | None:
        """The data of `GiveShare` for what the view says is owed; None where it was sealed to another console."""
        commitment = str(owed["commitment"])
        try:
            box = SealedFor.from_json(owed["box"])
            share = open_with(self._private, box, share_purpose(holder, commitment))
        except SealingFault:
            return None
        chance, room = secrets.token_bytes, bytes.fromhex(room_key["public"])
        sealed = seal_to([room], chance(32), chance(32), chance(12), given_purpose(holder, commitment), share)
        place = {name: owed[name] for name in ("lot", "kind", "round", "alias")}
        return place | {"key_id": room_key["id"], "share": sealed.to_json()}

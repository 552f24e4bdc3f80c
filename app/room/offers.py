"""Offers under seal: the amount that an agency enters is sealed before anything is written, and opened with the others.

The key follows from the vault's, so that a room that was restarted can still open what it sealed; the salt of each
offer's commitment is fresh. Until a round is opened no amount stands in the clear in journal, store, log or view.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.matters.talks.memory import of_lot
from app.evaluation.matters.talks.records import EnterOffer, OpenOffers
from app.evaluation.matters.talks.sealing import check_price, offer_stage
from app.evaluation.model import Evaluation
from app.evaluation.permits import PERMITTED
from app.evaluation.refusal import Refused
from app.journal import SealedSheet, SealingFault, canonical, open_sealed, seal
from app.ports.ambient import Randomness
from app.room.refusal import RoomRefusal
from app.room.streams import Page

_PURPOSE = b"kawei/offers/1"
_BLOCK = 1024


@dataclass(frozen=True)
class OfferAsked:
    """`EnterOffer` as a client sends it: the amount in yuan, which the room seals; the round is the one that runs."""

    lot: str
    bid: str
    price: str
    reference: str


@dataclass(frozen=True)
class Opening:
    """`OpenOffers` as a client sends it: the room fills in what was sealed."""

    lot: str


class Offers:
    """Seals offers and opens rounds of them."""

    def __init__(self, vault_key: bytes, randomness: Randomness) -> None:
        self._key = hmac.digest(vault_key, _PURPOSE, "sha256")
        self._randomness = randomness

    def enter(self, page: Page, state: Evaluation, data: object, actor: Actor) -> list[str]:
        """Seal one supplier's amount and take it."""
        _permit(EnterOffer, actor)
        asked = codec.from_json(OfferAsked, data, "$.data")
        sheet = {"price": check_price(asked.price, "$.data.price")}
        running = of_lot(state, asked.lot).running
        number = 0 if running is None else running.number
        salt, nonce = self._randomness.token_bytes(32), self._randomness.token_bytes(12)
        where = (state.stream, offer_stage(asked.lot), number, asked.bid)
        sealed = seal(self._key, nonce, *where, salt, sheet, block=_BLOCK)
        command = EnterOffer(asked.lot, asked.bid, number, asked.reference, sealed.to_json())
        return page.act(state.stream, command, actor)

    def open(self, page: Page, state: Evaluation, data: object, actor: Actor) -> list[str]:
        """Open the round that runs, all at once; `decide` says whether it is time."""
        _permit(OpenOffers, actor)
        asked = codec.from_json(Opening, data, "$.data")
        running = of_lot(state, asked.lot).running
        number = 0 if running is None else running.number
        found = {} if running is None else {bid: self._opened(one.sealed) for bid, one in running.offers.items()}
        return page.act(state.stream, OpenOffers(asked.lot, number, found), actor)

    def _opened(self, sealed: dict[str, Any]) -> dict[str, str]:
        try:
            opened = open_sealed(self._key, SealedSheet.from_json(sealed))
        except SealingFault:
            raise RoomRefusal("key_differs", "vault") from None
        sheet = opened.sheet
        price = sheet["price"] if isinstance(sheet, dict) else None
        return {"price": str(price), "salt": opened.salt.hex()}

    def digest(self, content: object) -> str:
        """What tells a repeated command from another one, keyed: a plain hash of an amount could be guessed."""
        return hmac.digest(self._key, canonical(content), "sha256").hex()


def _permit(kind: type[Command], actor: Actor) -> None:
    """Before anything is read or unsealed: nobody else is told even what is wrong with an amount."""
    if actor.role not in PERMITTED[kind]:
        raise Refused("not_permitted", actor.role.value)

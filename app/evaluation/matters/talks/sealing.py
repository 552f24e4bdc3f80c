"""Offers under seal: an offer is a sealed sheet of one price, bound to lot, round and supplier.

The commitment and its box are those of every sealed sheet (`app.journal.sealing`): stage `LOT/offer`, the bid in the
place of an alias. Whoever opens a round shows prices and salts, and anyone can check them against the journal.
"""

from __future__ import annotations

from typing import Any

from app import journal
from app.evaluation.refusal import Refused
from app.rules import Refusal
from app.rules.reading import Node


def offer_stage(lot: str) -> str:
    """The `stage` that the offers of a lot are bound to."""
    return f"{lot}/offer"


def check_price(price: object, where: str) -> str:
    """Return a price above zero as a decimal string in yuan, or refuse."""
    try:
        return Node(price, where).price()
    except Refusal:
        raise Refused("bad_offer", where) from None


def check_sealed(stream: str, lot: str, number: int, bid: str, sealed: dict[str, Any]) -> None:
    """Refuse what is no sealed offer of this supplier in this round."""
    try:
        found = journal.SealedSheet.from_json(sealed)
    except journal.SealingFault:
        raise Refused("bad_value", "$.sealed") from None
    if (found.stream, found.stage, found.round, found.alias) != (stream, offer_stage(lot), number, bid):
        raise Refused("bound_elsewhere", "$.sealed")


def check_opened(stream: str, lot: str, number: int, bid: str, sealed: dict[str, Any], opened: dict[str, str]) -> None:
    """Refuse an opened offer that is not the one that was sealed."""
    where = f"$.offers.{bid}"
    if set(opened) != {"price", "salt"}:
        raise Refused("bad_value", where)
    price = check_price(opened["price"], f"{where}.price")
    try:
        salt = bytes.fromhex(opened["salt"])
        made = journal.commit(stream, offer_stage(lot), number, bid, salt, {"price": price})
    except (ValueError, journal.SealingFault):
        raise Refused("bad_value", where) from None
    if made != sealed["commitment"]:
        raise Refused("wrong_commitment", where)

"""The order of bids drawn for each member: made from the record alone, the same for ever, another for each of them."""

from __future__ import annotations

import hashlib
import hmac

from app.drawing import ordered_bids

BIDS = [f"B{k}" for k in range(1, 8)]
HASHES = ["a" * 64, "b" * 64]


def order(stream: str = "s", lot: str = "1", alias: str = "M1", hashes: list[str] = HASHES) -> list[str]:
    return ordered_bids(stream, lot, alias, BIDS, hashes)


def test_an_order_holds_every_bid_once_and_does_not_change() -> None:
    assert sorted(order()) == BIDS
    assert order() == order()


def test_everything_that_is_named_makes_another_order() -> None:
    others = [order("t"), order(lot="2"), order(alias="M2"), order(hashes=["a" * 64])]
    assert all(other != order() for other in others)


def test_a_stranger_makes_the_same_order() -> None:
    named = '["s","1","M1",["B1","B2","B3","B4","B5","B6","B7"],["' + "a" * 64 + '","' + "b" * 64 + '"]]'
    seed = hashlib.sha256(b"kawei/bids/order/1" + named.encode()).digest()
    blocks = b"".join(hmac.digest(seed, k.to_bytes(8, "big"), "sha256") for k in range(4))
    words = [int.from_bytes(blocks[at : at + 8], "big") for at in range(0, len(blocks), 8)]
    made, at = list(BIDS), 0
    for i in range(len(made) - 1, 0, -1):
        while words[at] >= (1 << 64) - (1 << 64) % (i + 1):
            at += 1
        j = words[at] % (i + 1)
        at += 1
        made[i], made[j] = made[j], made[i]
    assert order() == made

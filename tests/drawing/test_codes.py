"""Codes of a blind phase: committed to, made again from the seed, another order for everyone, each equally likely."""

from collections import Counter
from hashlib import sha256
from hmac import digest

import pytest

from app.drawing import coded_bids, codes_commitment

SEED = bytes(range(32))
PLACE = ("evaluation/ev1", "1")


def test_the_commitment_is_bound_to_its_place() -> None:
    made = codes_commitment(*PLACE, SEED)
    assert made == sha256(b'kawei/codes/commit/1["evaluation/ev1","1"]' + SEED).hexdigest()
    others = {codes_commitment("evaluation/ev2", "1", SEED), codes_commitment("evaluation/ev1", "2", SEED)}
    assert made not in others | {codes_commitment(*PLACE, bytes(32))}


def test_anyone_can_make_an_order_again() -> None:
    bids = ["A", "B", "C", "D", "E"]
    own = sha256(b'kawei/codes/order/1["evaluation/ev1","1","M3",["A","B","C","D","E"]]' + SEED).digest()
    words = [digest(own, k.to_bytes(8), "sha256")[i : i + 8] for k in range(4) for i in range(0, 32, 8)]
    numbers = iter(int.from_bytes(word) for word in words)
    order = list(bids)
    for i in range(len(order) - 1, 0, -1):
        j = next(numbers) % (i + 1)  # none of these words is so near 2^64 that it would be left out
        order[i], order[j] = order[j], order[i]
    made = coded_bids(*PLACE, SEED, "M3", bids)
    assert made == dict(zip("12345", order, strict=True))
    assert list(made) == ["1", "2", "3", "4", "5"]


def test_each_member_has_an_order_of_its_own() -> None:
    bids = [f"B{k}" for k in range(8)]
    orders = {tuple(coded_bids(*PLACE, SEED, f"M{k}", bids).values()) for k in range(1, 10)}
    assert len(orders) == 9
    assert all(sorted(order) == bids for order in orders)


@pytest.mark.parametrize("code", ["1", "2", "3"])
def test_every_bid_is_as_likely_behind_every_code(code: str) -> None:
    seen = Counter(
        coded_bids(*PLACE, sha256(bytes([k % 256, k // 256])).digest(), "M1", "ABC")[code] for k in range(900)
    )
    assert all(240 < seen[bid] < 360 for bid in "ABC")

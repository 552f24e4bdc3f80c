"""The swaps of a draw give what its transcript says, seats as well as orders."""

from __future__ import annotations

import pytest

from app import drawing

NONCES = {"centre": "00" * 31 + "01", "kiosk": "00" * 31 + "02"}
SEATS = [{"id": f"A{k}", "x": k % 4, "y": k // 4} for k in range(12)]


def test_the_last_shuffle_seats_everybody() -> None:
    people = [{"id": f"ev1-{k}", "group": "ev1"} for k in range(1, 4)]
    rules = [{"kind": "apart", "neighbourhood": 8}]
    request = {"seats": SEATS, "people": people, "rules": rules, "parties": ["centre", "kiosk"], "nonces": NONCES}
    made = drawing.read_request(request)
    transcript = drawing.draw(made, made.nonces).to_json()
    assert transcript["attempts"] != 1, "the replay has to find the last of several shuffles"
    found = drawing.replay(transcript)
    assert found.items == tuple(seat["id"] for seat in SEATS)
    assert found.after(0) == list(found.items)
    assert (
        dict(zip([one["id"] for one in people], found.after(len(found.swaps)), strict=False)) == transcript["seating"]
    )


def test_an_order_is_one_shuffle() -> None:
    items = ["0.95", "0.96", "0.97", "0.98"]
    made = drawing.read_request({"kind": "order", "items": items, "parties": ["centre", "kiosk"], "nonces": NONCES})
    found = drawing.replay(drawing.draw(made, made.nonces).to_json())
    assert found.after(3) == ["0.95", "0.98", "0.97", "0.96"], "the third vector of the contract"
    assert len(found.swaps) == 3


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(drawing.Refusal):
        drawing.replay({"kind": "order"})

"""Random requests for draws, from a seed."""

from __future__ import annotations

from random import Random
from typing import Any


def nonces(random: Random, parties: list[str]) -> dict[str, str]:
    return {party: random.randbytes(32).hex() for party in parties}


def random_request(random: Random) -> dict[str, Any]:
    """A request with its nonces; seldom one so tight that 20,000 attempts fail, since those are slow."""
    parties = random.sample(["centre", "kiosk", "监督", "采购人", "é", "\U0001f600", "\uffee"], random.randint(1, 4))
    request: dict[str, Any] = order(random) if random.random() < 0.3 else seating(random)
    request["parties"] = parties
    if random.random() < 0.5:
        request["binding"] = {
            "stream": "room",
            "draw_no": random.randint(1, 9),
            "root": random.randbytes(32).hex(),
        }
    request["nonces"] = nonces(random, parties)
    keys = list(request)
    random.shuffle(keys)
    return {key: request[key] for key in keys}


def order(random: Random) -> dict[str, Any]:
    items = [f"{n / 100:.2f}" for n in random.sample(range(80, 120), random.randint(1, 20))]
    return {"kind": "order", "items": items}


def seating(random: Random) -> dict[str, Any]:
    width, height = random.randint(2, 6), random.randint(2, 5)
    rooms = random.choice([None, None, ["一室"], ["一室", "二室"]])
    cells = [(x, y) for x in range(width) for y in range(height)]
    seats = []
    for x, y in cells:
        seat: dict[str, Any] = {"id": f"座{x}-{y}", "x": x, "y": y}
        if rooms:
            seat["room"] = random.choice(rooms)
        seats.append(seat)
    random.shuffle(seats)
    free = len(seats) - random.randint(0, len(seats) // 3)
    groups = random.randint(1, 3)
    people = [
        {"id": f"ev{n % groups}-{n}", "group": f"ev{n % groups}"} for n in range(random.randint(1, max(1, free // 4)))
    ]
    rules = [{"kind": "apart", "neighbourhood": random.choice([4, 8])} for _ in range(random.randint(0, 2))]
    request: dict[str, Any] = {"seats": seats[:free], "people": people, "rules": rules}
    if random.random() < 0.6:
        request["occupied"] = [
            {"seat": seat, "group": f"ev{random.randint(0, 3)}"} for seat in seats[free:] if random.random() < 0.4
        ]
    return request

"""The draw written a second time, from the published algorithm alone and in another style, to compare with.

A generator for the words, rules checked pair by pair on the seats themselves, canonical JSON made by hand:
nothing is shared with the program.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]


def jcs(x: Any) -> str:
    """RFC 8785 for what a draw holds: objects, arrays, strings and whole numbers."""
    if isinstance(x, dict):
        keys = sorted(x, key=lambda k: list(memoryview(k.encode("utf-16-le")).cast("H")))
        return "{" + ",".join(f"{jcs(k)}:{jcs(x[k])}" for k in keys) + "}"
    if isinstance(x, list):
        return "[" + ",".join(map(jcs, x)) + "]"
    return json.dumps(x, ensure_ascii=False)


def sha(*parts: bytes) -> bytes:
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
    return h.digest()


def words(seed: bytes) -> Iterator[int]:
    for k in itertools.count():
        block = hmac.new(seed, k.to_bytes(8, "big"), hashlib.sha256).digest()
        for at in (0, 8, 16, 24):
            yield int.from_bytes(block[at : at + 8], "big")


def below(n: int, source: Iterator[int]) -> int:
    return next(w for w in source if w < 2**64 - 2**64 % n) % n


def shuffle(given: list[Any], source: Iterator[int]) -> list[Any]:
    copy = given[:]
    i = len(copy) - 1
    while i >= 1:
        j = below(i + 1, source)
        copy[i], copy[j] = copy[j], copy[i]
        i -= 1
    return copy


def neighbours(a: JSON, b: JSON, rule: JSON) -> bool:
    if a.get("room") != b.get("room"):
        return False
    dx, dy = abs(a["x"] - b["x"]), abs(a["y"] - b["y"])
    return dx + dy == 1 if rule["neighbourhood"] == 4 else max(dx, dy) == 1


def valid(sitting: list[tuple[str, JSON]], rules: list[JSON]) -> bool:
    return not any(
        group == other and neighbours(seat, beside, rule)
        for (group, seat), (other, beside) in itertools.combinations(sitting, 2)
        for rule in rules
    )


def transcript(request: JSON) -> JSON:
    nonces = {p: bytes.fromhex(n) for p, n in request["nonces"].items()}
    core = {k: v for k, v in request.items() if k != "nonces"}
    context = sha(jcs(core).encode())
    commitments = {p: sha(b"kawei/draw/commit/1", context, p.encode("utf-8"), nonces[p]) for p in core["parties"]}
    seed = sha(
        b"kawei/draw/seed/1",
        context,
        *(part for p in sorted(nonces, key=lambda p: p.encode()) for part in (commitments[p], nonces[p])),
    )
    source = words(seed)
    out: JSON = dict(core)
    out["version"] = 1
    out["context"] = context.hex()
    out["commitments"] = {p: c.hex() for p, c in commitments.items()}
    out["nonces"] = dict(request["nonces"])
    out["seed"] = seed.hex()
    if core.get("kind") == "order":
        out["order"] = shuffle(core["items"], source)
        return out
    taken = [(o["group"], o["seat"]) for o in core.get("occupied", [])]
    # Two who were seated before the draw may sit as they like: only new neighbours count.
    for attempt in itertools.count(1):
        relaxed = (attempt - 1) // 20_000
        rules = core["rules"][relaxed:]
        seats = shuffle(core["seats"], source)
        new = [(p["group"], s) for p, s in zip(core["people"], seats, strict=False)]
        if valid(new, rules) and all(valid([one, old], rules) for one in new for old in taken):
            out |= {
                "attempts": attempt,
                "relaxed": relaxed,
                "seating": {p["id"]: s["id"] for p, s in zip(core["people"], seats, strict=False)},
            }
            return out
    raise AssertionError

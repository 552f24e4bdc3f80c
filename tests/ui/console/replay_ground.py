"""What the tests of replay share: a room's list of recordings, and a reel without a decoder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from app.ports.camera import Frame

ZONE = timezone(timedelta(hours=8))
BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
STREAM = "evaluation/ev1"


def moment(second: float) -> datetime:
    return BEGIN + timedelta(seconds=second)


def told(second: float) -> str:
    """As a list writes it: UTC."""
    return moment(second).astimezone(UTC).isoformat().replace("+00:00", "Z")


def listed(party: str = "M1", *, opened: bool = True) -> dict[str, Any]:
    """Two segments of twenty seconds, forty seconds cut off, a third segment that the room has not got yet."""
    spans = ((0, 20), (20, 40), (80, 100))
    hole = {"track": "all", "start": told(40), "end": told(80), "why": "interrupted"}
    segments = [
        {
            "seq": number,
            "start": told(begin),
            "end": told(end),
            "bytes": 1000,
            "held": number < 3,
            "gaps": [hole] if number == 3 else [],
        }
        for number, (begin, end) in enumerate(spans, 1)
    ]
    return {"party": party, "device": f"seat-{party}", "open": opened, "segments": segments}


def kept_row(party: str, stream: str = STREAM, *, held: str | None = None, obstacle: str = "") -> dict[str, Any]:
    """As the room tells until when a recording is kept."""
    return {
        "stream": stream,
        "party": party,
        "device": f"seat-{party}",
        "segments": 3,
        "bytes": 45_000_000,
        "until": None if obstacle == "not_closed" else "2041-03-02",
        "article": "政府采购法第四十二条",
        "obstacle": "recordings_held" if held else obstacle,
        "held": held,
    }


class ScriptedReel:
    """Each second of it is a shade of its own, and a level; remembers what it was asked."""

    def __init__(self, content: bytes, *, silent: bool = False) -> None:
        self.has_sound = not silent
        if content == b"damaged":
            raise ValueError(content)
        self.asked: list[float] = []
        self.closed = False

    def picture_at(self, second: float) -> Frame | None:
        self.asked.append(second)
        return Frame(4, 2, bytes([int(second) * 5]) * 24, second)

    def sound_between(self, begin_s: float, end_s: float) -> bytes:
        second, samples = int(begin_s * 1000), round((end_s - begin_s) * 48_000)
        return second.to_bytes(2, "little") * samples

    def close(self) -> None:
        self.closed = True

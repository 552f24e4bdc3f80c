"""How fast the journal's proofs are; `app.journal.bench` says what each figure means."""

from __future__ import annotations

import time

from app.journal import bench


def run() -> dict[str, float | int]:
    """All of it, as `kawei bench journal` prints it."""
    return dict(bench.run(time.perf_counter))

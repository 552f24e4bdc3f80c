"""A call between two venues on good and bad lines, and the same call with aiortc; needs root and network namespaces."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # the tests are no part of what is installed

from tests.line.measured import LAN, LOSSY, NARROW, six_talk, two_talk, two_talk_here
from tests.line.venues import why_not

GOALS: dict[str, dict[str, float]] = {
    "lan": {"picture_p95_ms": 25, "sound_p95_ms": 80},
    "rtt100_loss5": {"picture_p95_ms": 200, "sound_p95_ms": 150, "concealed": 0.08},
    "400kbit_rtt50": {"sound_p95_ms": 250},
    "after_cut": {"picture_back_s": 3.0},
}
AFTER_CUT_S, SIX_S = 10.0, 12.0


def run() -> dict[str, Any]:
    """Pictures of 640 x 360, 25 a second, and sound, both ways, for 15 s on an idle line, 20 s with RTT 100 ms and 5 %
    loss, 20 s with 400 kbit/s and RTT 50 ms, and after a cut of 12 s; then six with 320 x 180, ten a second.

    Milliseconds run from the owner's handing in to the owner's having it, decoded, over both processes of both
    machines; `cpu` is a share of one core, the making and reading of the marks counting as the owner's (aiortc has no
    process of its own: all of it is the owner's); `ratio` is the product's figure over aiortc's. A figure of None was
    not to be had: nothing came. Load is the computer's, when the run began.
    """
    load = round(os.getloadavg()[0], 1)
    reason = why_not()
    if reason is not None:
        found = {engine: {"lan": two_talk_here(engine, LAN)["lan"]} for engine in ("product", "aiortc")}
        where = f"loopback of this computer, no bad line: {reason}"
    else:
        phases = (LAN, LOSSY, NARROW)
        found = {engine: two_talk(engine, phases, after_cut_s=AFTER_CUT_S) for engine in ("product", "aiortc")}
        where = "two network namespaces"
    told: dict[str, Any] = {"where": where, "load": load, "cores": os.cpu_count(), "goals": GOALS, **found}
    told["missed"] = [
        f"{phase}.{name}"
        for phase, goals in GOALS.items()
        for name, most in goals.items()
        if phase in found["product"] and not _within(found["product"][phase][name], most)
    ]
    told["ratio"] = {
        phase: {name: _ratio(found["product"][phase][name], found["aiortc"][phase][name]) for name in goals}
        for phase, goals in GOALS.items()
        if phase in found["product"]
    }
    if reason is None:
        told["six"] = six_talk(SIX_S)
    return told


def _within(found: float | None, most: float) -> bool:
    return found is not None and found <= most


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return None if ours is None or not theirs else round(ours / theirs, 2)

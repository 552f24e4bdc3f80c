"""One call between two venues on lines of several kinds, and what came of it: how late, how whole, at what cost."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.line.bad_line import Line
from tests.line.conversation import Conversation, Start, conversation, here, mesh
from tests.line.marks import BURST_EVERY_S, PITCHES_HZ
from tests.line.venues import Venues, two_venues

FREEZE_S = 0.2
"""A longer time between two pictures of a film of 25 a second is a freeze."""
LATEST_S = BURST_EVERY_S * len(PITCHES_HZ) - 0.1
"""A burst that is later than this cannot be told from the next one of its pitch: it counts as lost."""
LIVE_S = 40.0
CUT_S = 12.0
_FIGURES_S = 1.5
"""The first figures of an engine come after a second, and a stretch needs one before and one behind."""


@dataclass(frozen=True)
class Phase:
    """How the line is for so many seconds; the figures leave out the first `settle_s`, in which a sender finds out."""

    name: str
    line: Line
    seconds: float
    settle_s: float = 3.0


LAN = Phase("lan", Line(), 15)
LOSSY = Phase("rtt100_loss5", Line(delay_ms=50, loss=0.05), 20)
NARROW = Phase("400kbit_rtt50", Line(delay_ms=25, rate_kbit=400), 20, 5.0)


@dataclass(frozen=True)
class Stretch:
    """A phase as it was: from when its figures count, when it began and ended, and the CPU seconds used meanwhile."""

    phase: Phase
    begun: float
    ended: float
    cpu_s: dict[str, float]


def two_talk(engine: str, phases: Sequence[Phase], *, after_cut_s: float = 0.0) -> dict[str, Any]:
    """Two in two venues through the phases, then, where `after_cut_s`, a cut of `CUT_S` and so much afterwards."""
    with two_venues() as venues, conversation(mesh(["one", "other"], engine=engine), in_venues(venues)) as held:
        stretches, cut = _live_through(held, phases, venues, after_cut_s)
    return _told(held, stretches, cut)


def two_talk_here(engine: str, phase: Phase) -> dict[str, Any]:
    """The same on this computer's loopback, where there are no namespaces: no bad line, one phase."""
    with conversation(mesh(["one", "other"], engine=engine, loopback=True), here) as held:
        stretches, cut = _live_through(held, [phase], None, 0.0)
    return _told(held, stretches, cut)


def six_talk(seconds: float) -> dict[str, Any]:
    """Six, three in each venue, 320 x 180 at 10 pictures a second: whether everyone sees and hears everyone."""
    names = [f"p{number}" for number in range(6)]
    with two_venues() as venues:
        tasks = mesh(names, width=320, height=180, rate=10)
        with conversation(tasks, in_venues(venues)) as held:
            stretches, _ = _live_through(held, [Phase("six", Line(), seconds)], venues, 0.0)
    return _of_stretch(held, stretches[0])


def in_venues(venues: Venues) -> Start:
    """Everyone with an even number in the first venue, the others in the second."""

    def start(number: int, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return venues.start(number % 2, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    return start


def _live_through(
    held: Conversation, phases: Sequence[Phase], venues: Venues | None, after_cut_s: float
) -> tuple[list[Stretch], tuple[float, float] | None]:
    if not held.until_live(LIVE_S):
        raise TimeoutError("the call did not come about")
    stretches: list[Stretch] = []
    for phase in phases:
        if venues is not None:
            venues.line(phase.line)
        begun, before = time.monotonic(), held.cpu_s()
        time.sleep(phase.seconds)
        after = held.cpu_s()
        spent = {name: after[name] - before[name] for name in after}
        stretches.append(Stretch(phase, begun, time.monotonic(), spent))
    if not after_cut_s or venues is None:
        time.sleep(_FIGURES_S)
        return stretches, None
    venues.line(Line())
    time.sleep(3.0)
    held.cut = True
    venues.line(Line(cut=True))
    time.sleep(CUT_S)
    held.cut = False
    venues.line(Line())
    back = time.monotonic()
    time.sleep(after_cut_s)
    return stretches, (back, time.monotonic())


def _told(held: Conversation, stretches: Sequence[Stretch], cut: tuple[float, float] | None) -> dict[str, Any]:
    told: dict[str, Any] = {stretch.phase.name: _of_stretch(held, stretch) for stretch in stretches}
    if cut is not None:
        told["after_cut"] = _of_cut(held, *cut)
    return told


def _of_stretch(held: Conversation, stretch: Stretch) -> dict[str, Any]:
    """All ways together: milliseconds at the median and the 95th of 100, shares, and cores' shares."""
    begun, ended = stretch.begun + stretch.phase.settle_s, stretch.ended - 1.0
    pictures: list[float] = []
    sounds: list[float] = []
    gaps: list[float] = []
    shown = said = 0
    heights: set[int] = set()
    concealed: list[float] = []
    ways = [(task.name, peer) for task in held.tasks for peer in task.peers]
    fewest_pictures, fewest_sounds = 1.0, 1.0
    for to, sender in ways:
        sent = {n: at for n, at in held.notes[sender]["shown"] if begun <= at < ended}
        came = [(n, at, tall) for n, at, tall in held.notes[to]["seen"][sender] if n in sent and at >= sent[n]]
        pictures += [at - sent[n] for n, at, _ in came]
        heights |= {tall for _, _, tall in came}
        times = sorted(at for _, at, _ in held.notes[to]["seen"][sender] if begun <= at < ended)
        gaps += np.diff([begun, *times, ended]).tolist()
        bursts = [(n, at) for n, at in held.notes[sender]["said"] if begun <= at < ended]
        late = [_lateness(burst, at, held.notes[to]["heard"][sender]) for burst, at in bursts]
        whole = [one for one in late if one is not None]
        sounds += whole
        shown, said = shown + len(sent), said + len(bursts)
        fewest_pictures = min(fewest_pictures, len(came) / max(1, len(sent)))
        fewest_sounds = min(fewest_sounds, len(whole) / max(1, len(bursts)))
        if (share := _concealed(held.notes[to], sender, begun, ended)) is not None:
            concealed.append(share)
    seconds, product = stretch.ended - stretch.begun, held.tasks[0].engine == "product"
    return {
        "picture_p50_ms": _ms(pictures, 50),
        "picture_p95_ms": _ms(pictures, 95),
        "pictures_came": round(len(pictures) / max(1, shown), 3),
        "fewest_pictures_one_way": round(fewest_pictures, 3),
        "picture_heights": sorted(heights),
        "freezes": sum(gap > FREEZE_S for gap in gaps),
        "longest_freeze_s": round(max(gaps), 2),
        "sound_p50_ms": _ms(sounds, 50),
        "sound_p95_ms": _ms(sounds, 95),
        "bursts_lost": round(1 - len(sounds) / max(1, said), 3),
        "fewest_bursts_one_way": round(fewest_sounds, 3),
        "concealed": round(float(np.mean(concealed)), 4) if product and concealed else None,
        "cpu_one_engine": round(stretch.cpu_s["engines"] / seconds / len(held.tasks), 3) if product else None,
        "cpu_one_owner": round(stretch.cpu_s["owners"] / seconds / len(held.tasks), 3),
    }


def _lateness(burst: int, said: float, heard: Sequence[tuple[int, float]]) -> float | None:
    """Seconds until a burst came out; None where it did not."""
    pitch = burst % len(PITCHES_HZ)
    return next((at - said for found, at in heard if found == pitch and 0 <= at - said < LATEST_S), None)


def _concealed(notes: dict[str, Any], sender: str, begun: float, ended: float) -> float | None:
    """The share of the sound of this stretch alone that was made up.

    An engine tells the share since the link began, and sound comes out at an even rate for as long: so what was made up
    until a moment is the share times the time since then.
    """
    told = [one for one in notes["figures"] if one["peer"] == sender]
    joined = next((at for peer, state, at in notes["links"] if peer == sender and state == "live"), None)
    before = [one for one in told if one["at"] <= begun]
    within = [one for one in told if one["at"] <= ended + _FIGURES_S]
    if joined is None or not within:
        return None
    first = before[-1] if before else {"at": joined, "concealed": 0.0}
    last = within[-1]
    if last["at"] <= first["at"]:
        return None
    made_up = [one["concealed"] * (one["at"] - joined) for one in (first, last)]
    return float(max(0.0, made_up[1] - made_up[0]) / (last["at"] - first["at"]))


def _of_cut(held: Conversation, back: float, ended: float) -> dict[str, Any]:
    """Seconds from the line's return to the first picture and the first burst begun since, the slower way of the two;
    None where one never came. The lateness is of the last two seconds."""
    picture: list[float | None] = []
    sound: list[float | None] = []
    late: list[float] = []
    for task in held.tasks:
        for sender in task.peers:
            sent = {n: at for n, at in held.notes[sender]["shown"] if at >= back}
            came = [(n, at) for n, at, _ in held.notes[task.name]["seen"][sender] if n in sent and at >= sent[n]]
            picture.append(came[0][1] - back if came else None)
            late += [at - sent[n] for n, at in came if ended - 3.0 <= sent[n] < ended - 1.0]
            bursts = [(n, at) for n, at in held.notes[sender]["said"] if at >= back]
            heard = held.notes[task.name]["heard"][sender]
            lags = [(at, lag) for n, at in bursts if (lag := _lateness(n, at, heard)) is not None]
            sound.append(lags[0][0] + lags[0][1] - back if lags else None)
    return {
        "picture_back_s": _slowest(picture),
        "sound_back_s": _slowest(sound),
        "picture_p95_ms_at_last": _ms(late, 95),
    }


def _slowest(found: Sequence[float | None]) -> float | None:
    known = [one for one in found if one is not None]
    return round(max(known), 2) if len(known) == len(found) else None


def _ms(seconds: Sequence[float], share: int) -> float | None:
    return round(1000 * float(np.percentile(seconds, share)), 1) if seconds else None

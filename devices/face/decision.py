"""From scores to a verdict: thresholds, and the fusion of the two engines.

Scales, all "higher is more alike": `sface` is the cosine of two SFace features, `dlib` is 1 minus the
distance of two face_recognition encodings (so its customary tolerance 0.6 is 0.40 here), `fused` is
described at `fused`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.ports.face import Candidate, FaceDecision, FaceEngine, FaceVerdict, Identification

# Mean and standard deviation of the scores of different people, over 520 pairs of published test portraits
# (YuNet's boxes for both engines). They only set the weight of one engine against the other.
SFACE_MEAN, SFACE_SD = 0.135, 0.087
DLIB_MEAN, DLIB_SD = 0.114, 0.088
SFACE_WEIGHT, DLIB_WEIGHT = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the verdicts begin: starting values measured on LFW, to be refitted on a centre's own data.

    SFace alone decides outside its grey zone; within, face_recognition gives a second opinion and the fused
    score decides: SAME from `live` on, DIFFERENT below the zone's lower end, else still GREY.
    """

    grey_low: float = 0.30
    grey_high: float = 0.42
    live: float = 0.40
    chip: float = 0.338
    one_to_many: float = 0.45
    margin: float = 0.06
    dlib_same: float = 0.40
    dlib_low: float = 0.35
    # A second face counts as a second person from this share of the largest one's area on.
    bystander: float = 0.25

    def __post_init__(self) -> None:
        if not self.grey_low <= self.live <= self.grey_high or not self.dlib_low <= self.dlib_same:
            raise ValueError("the thresholds of a verdict must rise: grey_low, live, grey_high")


def fused(sface: float, dlib: float) -> float:
    """0.7 z(SFace) + 0.3 z(dlib), laid back on SFace's scale, so that the same thresholds read on both."""
    z = SFACE_WEIGHT * (sface - SFACE_MEAN) / SFACE_SD + DLIB_WEIGHT * (dlib - DLIB_MEAN) / DLIB_SD
    return SFACE_MEAN + SFACE_SD * z


def decide(sface: float, second: Callable[[], float | None], at: Thresholds) -> FaceDecision:
    """The verdict of the room; `second` (dlib's score, or None) is asked in the grey zone only."""
    detail = {"sface": sface, "grey_low": at.grey_low, "grey_high": at.grey_high, "live": at.live}
    if sface >= at.grey_high:
        return FaceDecision(FaceVerdict.SAME, sface, FaceEngine.SFACE, detail)
    if sface < at.grey_low:
        return FaceDecision(FaceVerdict.DIFFERENT, sface, FaceEngine.SFACE, detail)
    dlib = second()
    if dlib is None:
        return FaceDecision(FaceVerdict.GREY, sface, FaceEngine.SFACE, detail)
    score = fused(sface, dlib)
    verdict = _between(score, at.grey_low, at.live)
    return FaceDecision(verdict, score, FaceEngine.FUSED, detail | {"dlib": dlib, "fused": score})


def measure(engine: FaceEngine, sface: float | None, dlib: float | None, at: Thresholds) -> FaceDecision:
    """One engine's score for a pair, with the verdict: for FUSED that is the room's."""
    if engine is FaceEngine.SFACE and sface is not None:
        return FaceDecision(_between(sface, at.grey_low, at.live), sface, engine)
    if engine is FaceEngine.DLIB and dlib is not None:
        return FaceDecision(_between(dlib, at.dlib_low, at.dlib_same), dlib, engine)
    if engine is FaceEngine.FUSED and sface is not None and dlib is not None:
        room = decide(sface, lambda: dlib, at)
        return FaceDecision(room.verdict, fused(sface, dlib), engine, room.detail)
    raise ValueError(f"{engine.value} needs its scores")


def decide_chip(sface: float, at: Thresholds) -> FaceDecision:
    """Against an ID card's chip photo: at best CONFIRM, because its compression costs too much."""
    verdict = FaceVerdict.CONFIRM if sface >= at.chip else FaceVerdict.DIFFERENT
    return FaceDecision(verdict, sface, FaceEngine.SFACE, {"sface": sface, "chip": at.chip})


def decide_among(scores: Sequence[Candidate], at: Thresholds, top: int) -> Identification:
    """1:N: SAME where the first is alike and leads clearly, DIFFERENT where nobody is alike, else GREY."""
    ranked = tuple(sorted(scores, key=lambda candidate: (-candidate.score, candidate.id)))
    if not ranked:
        return Identification(FaceVerdict.DIFFERENT)
    best = ranked[0].score
    margin = best - ranked[1].score if len(ranked) > 1 else None
    verdict = _between(best, at.grey_low, at.one_to_many)
    if verdict is FaceVerdict.SAME and margin is not None and margin < at.margin:
        verdict = FaceVerdict.GREY
    return Identification(verdict, ranked[:top], margin)


def _between(score: float, low: float, high: float) -> FaceVerdict:
    if score >= high:
        return FaceVerdict.SAME
    return FaceVerdict.DIFFERENT if score < low else FaceVerdict.GREY

"""Rates out of counts, with the exact 95 % bounds of Clopper and Pearson, and what a threshold makes of scores."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95
_STEPS = 60  # halvings: finer than a double


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, between two bounds; nothing is known of none."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """The rate itself; None of none."""
        return self.hits / self.of if self.of else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Within these the true rate lies with 95 % confidence (Clopper and Pearson, 1934)."""
        tail = (1 - CONFIDENCE) / 2
        low = 0.0 if self.hits == 0 else _quantile(tail, self.hits, self.of - self.hits + 1)
        high = 1.0 if self.hits == self.of else _quantile(1 - tail, self.hits + 1, self.of - self.hits)
        return low, high

    def told(self) -> dict[str, float | int | None]:
        """As JSON."""
        low, high = self.bounds
        share = self.share
        return {
            "hits": self.hits,
            "of": self.of,
            "rate": None if share is None else round(share, 6),
            "low": round(low, 6),
            "high": round(high, 6),
        }


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold lets in: of different people by mistake, of the same people rightly."""

    threshold: float
    far: Rate
    tar: Rate


class Roc:
    """Scores of the same people and of different ones; a pair with no score is never let in."""

    def __init__(self, same: Sequence[float | None], different: Sequence[float | None]) -> None:
        self._same = sorted(-math.inf if score is None else score for score in same)
        self._different = sorted(-math.inf if score is None else score for score in different)

    def at(self, threshold: float) -> OperatingPoint:
        """What this threshold (let in from it on) makes of the scores."""
        return OperatingPoint(threshold, self._let_in(self._different, threshold), self._let_in(self._same, threshold))

    def for_far(self, most: float) -> OperatingPoint | None:
        """The lowest threshold whose share of false accepts is at most `most`; None where there are too few pairs of
        different people for such a share to mean anything."""
        allowed = math.floor(most * len(self._different) + 1e-9)
        if allowed < 1:
            return None
        beyond = self._different[len(self._different) - allowed - 1] if allowed < len(self._different) else -math.inf
        return self.at(math.nextafter(beyond, math.inf))

    def equal_error(self) -> float | None:
        """The rate at which as many are wrongly let in as wrongly kept out, to the nearest pair."""
        if not self._same or not self._different:
            return None
        best = min(self.curve(), key=lambda point: abs(_share(point.far) - (1 - _share(point.tar))))
        return (_share(best.far) + 1 - _share(best.tar)) / 2

    def curve(self, most: int = 0) -> list[OperatingPoint]:
        """The operating points from the strictest on; at most so many, evenly taken (0: all)."""
        scores = sorted({score for score in self._same + self._different if score > -math.inf}, reverse=True)
        step = max(1, math.ceil(len(scores) / most)) if most else 1
        return [self.at(score) for score in scores[::step]]

    def _let_in(self, ordered: list[float], threshold: float) -> Rate:
        return Rate(len(ordered) - bisect.bisect_left(ordered, threshold), len(ordered))


def _share(rate: Rate) -> float:
    return rate.share or 0.0


def _quantile(p: float, a: int, b: int) -> float:
    """Where the beta distribution's function reaches `p`, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _beta(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def _beta(x: float, a: int, b: int) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz's method)."""
    if x <= 0.0 or x >= 1.0:
        return 1.0 if x >= 1.0 else 0.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny = 1e-300
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1) or tiny)
    fraction = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / (1.0 + term * d or tiny)
            c = 1.0 + term / c or tiny
            fraction *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return front * fraction

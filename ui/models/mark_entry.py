"""How each kind of factor is typed on the number pad, shown in its cell, and what is sealed of it.

A text is what a person typed; a mark is what the sheet holds. For most kinds they are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation

PASS, FAIL = "1", "0"
_VERDICTS = {PASS: "pass", FAIL: "fail"}


@dataclass(frozen=True)
class Points:
    """Points between the limits, typed as they are. With a `step` the keys + and - go from one mark to the next."""

    least: str = "0"
    most: str = ""
    step: str = ""

    def mark(self, text: str) -> str:
        """What is sealed for a text; an impossible text stays as it is, so that its fault can be told."""
        return text

    def typed(self, mark: str) -> str:
        """The text that stands for a mark."""
        return mark

    def sound(self, text: str) -> bool:
        """Whether a text is of this kind at all; whether the mark is allowed is the judge's to say."""
        return True

    def shown(self, text: str) -> str:
        """What stands in the cell."""
        return text

    def worth(self, text: str) -> Decimal:
        """The points that a text adds to the bid's sum. InvalidOperation where it is no number."""
        return Decimal(self.mark(text))

    def stepped(self, text: str, by: int) -> str | None:
        """The text one step up (`by` 1) or down (-1), None for a kind without steps."""
        if not self.step:
            return None
        if not text:
            return self.least if by > 0 else self.most
        size, least, most = Decimal(self.step), Decimal(self.least), Decimal(self.most)
        try:
            steps = (Decimal(text) - least) / size
        except InvalidOperation:
            return None
        whole = steps.to_integral_value(ROUND_CEILING)
        # From between two steps, up goes to the next one above and down to the next one below.
        to = whole + by if whole == steps or by < 0 else whole
        return _plain(min(most, max(least, least + to * size)))


@dataclass(frozen=True)
class Deduction(Points):
    """Points taken off the full mark; the cell says so with a minus."""

    def shown(self, text: str) -> str:
        """The points with a minus, but for none."""
        return f"−{text}" if text.strip("0.") else text

    def worth(self, text: str) -> Decimal:
        """What is left of the full mark."""
        return Decimal(self.most) - Decimal(text)


@dataclass(frozen=True)
class Verdict(Points):
    """Passed or failed: 1 or 0, in words in the cell; it adds no points."""

    passed: str = ""
    failed: str = ""

    def mark(self, text: str) -> str:
        """The sheet's own word."""
        return _VERDICTS.get(text, text)

    def typed(self, mark: str) -> str:
        """1 or 0."""
        return {word: key for key, word in _VERDICTS.items()}.get(mark, mark)

    def sound(self, text: str) -> bool:
        """1 or 0."""
        return text in _VERDICTS

    def shown(self, text: str) -> str:
        """The track's word for it."""
        return {PASS: self.passed, FAIL: self.failed}.get(text, text)

    def worth(self, text: str) -> Decimal:
        """Nothing."""
        return Decimal()

    def stepped(self, text: str, by: int) -> str | None:
        """+ passes, - fails."""
        return PASS if by > 0 else FAIL


@dataclass(frozen=True)
class OneOf(Points):
    """One of the marks of a table, typed as points; the cell adds the level's name. `levels` are (points, name)."""

    levels: tuple[tuple[str, str], ...] = ()

    def shown(self, text: str) -> str:
        """The points with their level."""
        return " ".join((text, *(name for points, name in self.levels if _same(points, text) and name)))

    def stepped(self, text: str, by: int) -> str | None:
        """The next level above or below; from nothing + gives the lowest, - the highest."""
        ladder = sorted((points for points, _ in self.levels), key=Decimal)
        if not text:
            return ladder[0] if by > 0 else ladder[-1]
        try:
            beyond = [points for points in ladder[::by] if (Decimal(points) - Decimal(text)) * by > 0]
        except InvalidOperation:
            return None
        return beyond[0] if beyond else ladder[::by][-1]


@dataclass(frozen=True)
class Counted(Points):
    """So many things at so many points each: the count is typed, the points are sealed, the most is never passed."""

    each: str = "1"

    def mark(self, text: str) -> str:
        """The count's points."""
        return _plain(min(Decimal(self.most), int(text) * Decimal(self.each))) if self.sound(text) else text

    def typed(self, mark: str) -> str:
        """The least count that makes so many points."""
        return str(int((Decimal(mark) / Decimal(self.each)).to_integral_value(ROUND_CEILING)))

    def sound(self, text: str) -> bool:
        """A whole count."""
        return text.isascii() and text.isdigit()

    def shown(self, text: str) -> str:
        """The count and the points that it makes; the points of each stand with the factor."""
        return f"{text}→{self.mark(text)}" if self.sound(text) else text

    def stepped(self, text: str, by: int) -> str | None:
        """One more or one less."""
        if not text:
            return "1" if by > 0 else "0"
        return str(max(0, int(text) + by)) if self.sound(text) else None


def _plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True


def _same(points: str, text: str) -> bool:
    return _is_number(text) and Decimal(points) == Decimal(text)

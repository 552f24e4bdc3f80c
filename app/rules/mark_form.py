"""How a mark on a factor may be made, as the document says: by a table, in steps, counted; when it needs a reason.

The limits of a factor are the scoring core's; what is here narrows them down, and binds seat and room alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.rules.reading import Node, unique
from app.rules.refusal import Refusal

_SPOKEN = {"spoken": True}
"""Written only where it says something."""


@dataclass(frozen=True)
class Level:
    """One line of a table of marks: its points and what the document calls it."""

    points: str
    name: str


@dataclass(frozen=True)
class Each:
    """So many points for each thing that is counted, and what is counted; never more than the factor's most."""

    points: str
    name: str


@dataclass(frozen=True)
class Explain:
    """A mark under `below` or over `above` is not complete without its reason."""

    below: str | None = field(default=None, metadata=_SPOKEN)
    above: str | None = field(default=None, metadata=_SPOKEN)


@dataclass(frozen=True)
class MarkForm:
    """At most one of `levels`, `step` and `each`; nothing of them = any mark between the limits."""

    levels: tuple[Level, ...] = field(default=(), metadata=_SPOKEN)
    step: str | None = field(default=None, metadata=_SPOKEN)
    each: Each | None = field(default=None, metadata=_SPOKEN)
    explain: Explain | None = field(default=None, metadata=_SPOKEN)

    def allows(self, mark: str, least: str, most: str) -> bool:
        """Whether a mark between the limits is one that the form knows. `mark` is a plain decimal number."""
        value = Fraction(mark)
        if self.levels:
            return any(value == Fraction(level.points) for level in self.levels)
        if value == Fraction(most):
            return True
        if self.step is not None:
            return (value - Fraction(least)) % Fraction(self.step) == 0
        return self.each is None or value % Fraction(self.each.points) == 0

    def asks(self, mark: str) -> bool:
        """Whether a mark is not complete without a reason."""
        if self.explain is None:
            return False
        below, above = self.explain.below, self.explain.above
        value = Fraction(mark)
        return (below is not None and value < Fraction(below)) or (above is not None and value > Fraction(above))


def read_form(node: Node, least: str, most: str) -> MarkForm:
    """Read the form of a factor with these limits, strictly. Raises `Refusal` with the place of what is wrong."""
    f = node.fields((), ("levels", "step", "each", "explain"))
    if len(f.keys() - {"explain"}) > 1 or not f:
        raise node.wrong_type("levels、step、each 之一", "one of levels, step, each")
    form = MarkForm(
        levels=f["levels"].each(_level, at_least=2) if "levels" in f else (),
        step=f["step"].price() if "step" in f else None,
        each=_each(f["each"]) if "each" in f else None,
        explain=_explain(f["explain"]) if "explain" in f else None,
    )
    for value, place in _points(form, node.where):
        if not Fraction(least) <= Fraction(value) <= Fraction(most):
            raise Refusal("bad_value", place, value=value, allowed=f"{least}–{most}")
    return form


def form_to_json(form: MarkForm) -> dict[str, Any]:
    """Return the JSON object that `read_form` reads back to the same form."""
    made: dict[str, Any] = {}
    if form.levels:
        made["levels"] = [vars(level).copy() for level in form.levels]
    if form.step is not None:
        made["step"] = form.step
    if form.each is not None:
        made["each"] = vars(form.each).copy()
    if form.explain is not None:
        made["explain"] = {key: value for key, value in vars(form.explain).items() if value is not None}
    return made


def _level(node: Node) -> Level:
    f = node.fields(("points", "name"))
    return Level(f["points"].number(), f["name"].text())


def _each(node: Node) -> Each:
    f = node.fields(("points", "name"))
    return Each(f["points"].price(), f["name"].text())


def _explain(node: Node) -> Explain:
    f = node.fields((), ("below", "above"))
    if not f:
        raise node.wrong_type("below 或 above", "below or above")
    return Explain(**{key: value.number() for key, value in f.items()})


def _points(form: MarkForm, where: str) -> Iterator[tuple[str, str]]:
    """Every number that must lie between the factor's limits, with its place."""
    unique((str(Fraction(level.points)), f"{where}.levels[{i}].points") for i, level in enumerate(form.levels))
    yield from ((level.points, f"{where}.levels[{i}].points") for i, level in enumerate(form.levels))
    if form.step is not None:
        yield form.step, f"{where}.step"
    if form.each is not None:
        yield form.each.points, f"{where}.each.points"
    if form.explain is not None:
        given = {"below": form.explain.below, "above": form.explain.above}
        yield from ((value, f"{where}.explain.{key}") for key, value in given.items() if value is not None)

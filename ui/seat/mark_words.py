"""The factors of a lot as the matrix takes them: how each is typed, what is allowed in words, and who judges a text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import scoring
from app.rules.mark_form import MarkForm, read_form
from app.rules.reading import Node
from ui.models.digits import plain_number
from ui.models.mark_entry import Counted, Deduction, OneOf, Points, Verdict
from ui.models.marking import Factor
from ui.seat.steps import Json

translate = QCoreApplication.translate


class FactorDesk:
    """One factor: its line in the matrix, the mark that a text stands for, and what is wrong with it."""

    def __init__(self, factor: Json, words: dict[str, str], places: int) -> None:
        self._factor, self._words, self._places = factor, words, places
        self._scored = _scored(factor)
        least, most = factor["min"] or "0", factor["max"] or "0"
        form = factor.get("form")
        self.form = MarkForm() if form is None else read_form(Node(form), least, most)
        self.entry = self._entry(least, most)
        self.line = Factor(factor["id"], factor["name"], self._span(), self._rule(), factor["group"], self.entry)

    def mark(self, text: str) -> str:
        """What is sealed for a text."""
        return self.entry.mark(plain_number(text))

    def asks(self, text: str) -> bool:
        """Whether a possible mark is not complete without a reason."""
        return self.form.asks(self.mark(text)) if self.form.explain is not None else False

    def fault(self, text: str, lang: str) -> str | None:
        """The sentence that says what is allowed, as the room will judge it; None for a possible mark."""
        if not self.entry.sound(text):
            if isinstance(self.entry, Counted):
                return translate("MarkWords", "Type how many there are, a whole number.")
            return translate("MarkWords", "Type 1 or 0 here.")
        mark = self.mark(text)
        fault = scoring.check_mark(self._scored, mark, self._places)
        if fault is not None:
            return fault.message(lang) if not self.form.levels else self._allowed()
        if self._scored.kind is not scoring.FactorKind.PASS_FAIL and not self.form.allows(
            mark, self.entry.least, self.entry.most
        ):
            return self._allowed()
        return None

    def _allowed(self) -> str:
        if self.form.levels:
            table = ", ".join(f"{level.points} {level.name}" for level in self.form.levels)
            return translate("MarkWords", "Only these marks are allowed here: {table}.").format(table=table)
        told = translate("MarkWords", "Marks go in steps of {step} from {least} to {most} here.")
        return told.format(step=self.form.step, least=self.entry.least, most=self.entry.most)

    def _entry(self, least: str, most: str) -> Points:
        kind, form = self._factor["kind"], self.form
        if kind == "pass_fail":
            return Verdict(passed=self._words.get("passed", ""), failed=self._words.get("failed", ""))
        if form.levels:
            return OneOf(least, most, levels=tuple((level.points, level.name) for level in form.levels))
        if form.each is not None:
            return Counted(least, most, each=form.each.points)
        if kind == "deduction":
            return Deduction(least, most, form.step or "")
        return Points(least, most, form.step or "")

    def _span(self) -> str:
        if isinstance(self.entry, Verdict):
            told = translate("MarkWords", "1 = {passed}, 0 = {failed}")
            return told.format(passed=self.entry.passed, failed=self.entry.failed)
        if self.form.each is not None:
            told = translate("MarkWords", "count of {name} × {points}, {most} at most")
            return told.format(name=self.form.each.name, points=self.form.each.points, most=self.entry.most)
        if self.form.levels:
            return translate("MarkWords", "one of {table}").format(
                table=" / ".join(level.points for level in self.form.levels)
            )
        span = f"{self.entry.least}–{self.entry.most}"
        if self._factor["kind"] == "deduction":
            told = translate("MarkWords", "{span} to be taken off")
        elif self.form.step is not None:
            told = translate("MarkWords", "{span} points in steps of {step}")
        else:
            told = translate("MarkWords", "{span} points")
        return told.format(span=span, step=self.form.step)

    def _rule(self) -> str:
        said = [str(self._factor["rule"])]
        if self._factor["kind"] == "objective":
            said.append(translate("MarkWords", "(Objective: all members must find the same.)"))
        if self.form.levels:
            table = "; ".join(f"{level.points} {level.name}" for level in self.form.levels)
            said.append(translate("MarkWords", "Levels: {table}.").format(table=table))
        explain = self.form.explain
        if explain is not None and explain.below is not None:
            told = translate("MarkWords", "A mark below {points} needs a reason.")
            said.append(told.format(points=explain.below))
        if explain is not None and explain.above is not None:
            told = translate("MarkWords", "A mark above {points} needs a reason.")
            said.append(told.format(points=explain.above))
        return " ".join(said)


def _scored(factor: Json) -> scoring.Factor:
    """The factor as the scoring core knows it."""
    limits = {"min": factor["min"], "max": factor["max"]} if factor["kind"] != "pass_fail" else {}
    return scoring.read_factor({"id": factor["id"], "group": factor["group"], "kind": factor["kind"]} | limits)

"""Nights in a package: the evening's root must be that of the entries before it, whatever the journal claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from evaluation_case import good_marks
from evaluation_factory import CENTRE, Marks, Play, member
from evidence_factory import Evidence, played_evidence, rechained
from test_verify_dishonest import with_journal
from test_verify_package import ORDER, failing

from app.evaluation.matters.pause.records import CallPresence, ResumeEvaluation, SealNight, VerifyPresence
from app.journal import Entry
from app.verification import Outcome, inspect


class NightPlay(Play):
    """A night before the marks are sealed."""

    def mark(self, lot: str, marks: Marks = good_marks) -> None:
        """Sleep, then mark."""
        size, root = self.it.size, self.log.root().hex()
        self.do(SealNight("隔夜继续", size, root), CENTRE)
        self.now += timedelta(hours=13)
        self.do(CallPresence(), CENTRE)
        for alias in self.it.committee:
            self.do(VerifyPresence("0.66", "sface-1"), member(alias))
        self.do(ResumeEvaluation("次日继续", size, root), CENTRE)
        super().mark(lot, marks)


@cache
def evidence() -> Evidence:
    """The package of an evaluation with a night."""
    return played_evidence(kind=NightPlay)


def test_a_night_is_checked_and_told_in_report_and_ledger() -> None:
    found = evidence()
    verdict = inspect(found.folder(), found.key)
    assert failing(verdict) == {}
    assert [check.code for check in verdict.checks] == [*ORDER, "anchor"]
    assert next(check for check in verdict.checks if check.code == "nights").outcome is Outcome.PASS
    sealed = next(entry for entry in found.played.log.entries if entry.type == "NightSealed")
    ledger = found.files["data/ledger.json"].decode()
    assert sealed.data["root"] in ledger
    assert '"time_slip"' in ledger


def with_root(entries: list[Entry], *kinds: str) -> list[Entry]:
    """The entries, those of some types claiming another root."""
    return rechained(
        [replace(entry, data={**entry.data, "root": "ab" * 32}) if entry.type in kinds else entry for entry in entries]
    )


def test_a_root_that_is_not_the_journals_is_found() -> None:
    found = evidence()
    bent = with_root(found.played.log.entries, "NightSealed", "EvaluationResumed")
    problems = failing(with_journal(found, bent))
    assert "decisions" not in problems  # evening and morning agree, so the procedure has nothing to say
    number = next(entry.seq for entry in bent if entry.type == "NightSealed")
    assert problems["nights"] == ("night", f"data/journal.jsonl #{number}")


def test_a_morning_with_another_root_could_not_come_about() -> None:
    found = evidence()
    bent = with_root(found.played.log.entries, "EvaluationResumed")
    assert failing(with_journal(found, bent))["decisions"][0] == "irregular"

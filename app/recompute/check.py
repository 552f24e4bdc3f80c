"""The whole check: every remark on a statement, in the order in which an evaluation goes; and how far it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from app.recompute.figures import figure_remarks, pairs
from app.recompute.marks import cut, mark_remarks, remark
from app.recompute.model import Kind, Remark, Statement
from app.recompute.order import order_remarks
from app.recompute.right import Right, work_out
from app.rules import CommitteeFault, Composition, committee_faults

_COMMITTEE: Final = {
    CommitteeFault.TOO_FEW: Kind.COMMITTEE_TOO_SMALL,
    CommitteeFault.EVEN: Kind.COMMITTEE_EVEN,
    CommitteeFault.TOO_FEW_EXPERTS: Kind.COMMITTEE_TOO_FEW_EXPERTS,
}
_FIGURES: Final = {
    "expert_totals": Kind.EXPERT_TOTAL_WRONG,
    "factor_means": Kind.FACTOR_MEAN_WRONG,
    "group_scores": Kind.GROUP_SCORE_WRONG,
    "benchmark": Kind.BENCHMARK_WRONG,
    "evaluated_prices": Kind.EVALUATED_PRICE_WRONG,
    "price_scores": Kind.PRICE_SCORE_WRONG,
    "sums": Kind.SUM_WRONG,
    "totals": Kind.TOTAL_WRONG,
}


def check(statement: Statement, right: Right | None = None) -> list[Remark]:
    """Everything that is wrong with a statement or worth a look; nothing where there is nothing.

    `right` spares a second computation. Raises `app.scoring.Refusal` where the prices allow no benchmark.
    """
    told = work_out(statement) if right is None else right
    return [
        *_committee_remarks(statement),
        *_rejection_remarks(statement),
        *mark_remarks(statement),
        *figure_remarks(statement, told),
        *order_remarks(statement, told),
        *_clues(statement, told),
    ]


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a check went: how many of each figure were compared, and which were stated but cannot be told."""

    compared: dict[str, int]
    untold: dict[str, int]

    def to_json(self) -> dict[str, dict[str, int]]:
        """Counts by the name of the figure."""
        return {"compared": self.compared, "untold": self.untold}


def extent(statement: Statement, right: Right) -> Extent:
    """Count what was compared: a check that finds nothing says only as much as there was to look at."""
    live = {bid.id for bid in statement.case.bids if bid.live}
    told: Counter[Kind] = Counter()
    untold: Counter[Kind] = Counter()
    for pair in pairs(statement, right):
        (untold if pair.right is None else told)[pair.kind] += 1
    ranks = sum(bid in live for bid in statement.ranks)
    candidates = len(statement.candidates or ())
    compared = {"marks": sum(bid in live for _, bid, _ in statement.marks)}
    compared |= {name: told[kind] for name, kind in _FIGURES.items()}
    compared |= {"ranks": ranks if right.ranks else 0, "candidates": candidates if right.ranks else 0}
    compared["committee"] = int(statement.committee is not None)
    lacking = {name: untold[kind] for name, kind in _FIGURES.items()}
    lacking |= {"ranks": 0 if right.ranks else ranks, "candidates": 0 if right.ranks else candidates}
    return Extent(compared, {name: count for name, count in lacking.items() if count})


def _committee_remarks(statement: Statement) -> Iterator[Remark]:
    committee, rule = statement.committee, statement.standard.committee
    if committee is None:
        return
    told = f"{committee.experts}+{committee.delegates}"
    present = Composition(committee.experts, committee.delegates, authorised=committee.delegates)
    for fault in committee_faults(rule, (), present):
        right = str(rule.minimum) if fault is CommitteeFault.TOO_FEW else None
        yield remark(statement, _COMMITTEE[fault], committee.place, stated=told, right=right)
    sheets = len(statement.case.experts)
    if statement.case.factors and sheets != committee.members:
        yield remark(
            statement,
            Kind.COMMITTEE_SHEETS_DIFFER,
            committee.place,
            stated=str(sheets),
            right=str(committee.members),
        )


def _rejection_remarks(statement: Statement) -> Iterator[Remark]:
    for bid in statement.case.bids:
        if bid.rejected and not statement.rejections.get(bid.id):
            yield remark(statement, Kind.REJECTION_WITHOUT_REASON, statement.bids_at[bid.id], bid=bid)


def _clues(statement: Statement, right: Right) -> Iterator[Remark]:
    """What the scoring core finds worth a look, where no remark of this package says it already."""
    bids = {bid.id: bid for bid in statement.case.bids}
    clues: list[dict[str, Any]] = [] if right.whole is None else list(right.whole.findings)
    for clue in clues:
        if clue["code"] == "identical_sheets":
            told = "、".join(clue["experts"])
            yield remark(statement, Kind.IDENTICAL_SHEETS, statement.marks_at, stated=told)
    for low in right.prices.abnormally_low:
        yield remark(
            statement,
            Kind.ABNORMALLY_LOW,
            statement.bids_at[low["id"]],
            stated=low["price"],
            bid=bids[low["id"]],
            threshold=cut(Fraction(low["threshold"])),
        )
    if any(clue["code"] == "too_few_bids" for clue in right.prices.findings):
        live = sum(bid.live for bid in bids.values())
        place = statement.bids_at[statement.case.bids[0].id]
        yield remark(statement, Kind.TOO_FEW_BIDS, place, stated=str(live), right=f"≥ {statement.case.min_bids}")

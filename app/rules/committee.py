"""How a committee must be composed, and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.rules.model import CommitteeRule, Lot


class CommitteeFault(StrEnum):
    """What keeps a committee from beginning (招标投标法 37; 87号令 47)."""

    TOO_FEW = "too_few_members"
    EVEN = "even_number"
    TOO_FEW_EXPERTS = "too_few_experts"
    NOT_AUTHORISED = "delegate_not_authorised"


@dataclass(frozen=True)
class Composition:
    """The members present: experts, delegates, and how many of the delegates hold an authorisation letter."""

    experts: int
    delegates: int
    authorised: int

    @property
    def members(self) -> int:
        """All who vote."""
        return self.experts + self.delegates


def least_members(rule: CommitteeRule, lots: tuple[Lot, ...]) -> int:
    """Return how many members the lots need: `large_minimum` once any lot's budget reaches `large_from`."""
    if rule.large_minimum is None or rule.large_from is None:
        return rule.minimum
    threshold = Decimal(rule.large_from)
    budgets = (lot.scoring.get("budget") for lot in lots)
    large = any(budget is not None and Decimal(budget) >= threshold for budget in budgets)
    return max(rule.minimum, rule.large_minimum) if large else rule.minimum


def committee_faults(rule: CommitteeRule, lots: tuple[Lot, ...], present: Composition) -> tuple[CommitteeFault, ...]:
    """Return all that is wrong with a committee; nothing means that it may begin."""
    faults = []
    if present.members < least_members(rule, lots):
        faults.append(CommitteeFault.TOO_FEW)
    if present.members % 2 == 0:
        faults.append(CommitteeFault.EVEN)
    if 3 * present.experts < 2 * present.members:
        faults.append(CommitteeFault.TOO_FEW_EXPERTS)
    if rule.delegate_needs_authorisation and present.authorised < present.delegates:
        faults.append(CommitteeFault.NOT_AUTHORISED)
    return tuple(faults)

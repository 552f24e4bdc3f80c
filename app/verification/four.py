"""The four properties of an electronic archive (四性检测: 真实, 完整, 可用, 安全), read from what a verification found.

DA/T 70-2018 names the four and leaves open by which means they are checked; DA/T 103-2024 asks for them of evaluation
archives. Which check stands for which property is this program's choice, made here; nothing is checked that
`kawei verify` does not check, and what no check can tell is said as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.verification.checks import Outcome
from app.verification.sentences import sentence
from app.verification.verdict import Verdict


class Property(StrEnum):
    """One of the four."""

    AUTHENTIC = "authentic"  # 真实性
    COMPLETE = "complete"  # 完整性
    USABLE = "usable"  # 可用性
    SAFE = "safe"  # 安全性


CHECKS: dict[Property, tuple[str, ...]] = {
    Property.AUTHENTIC: (
        *("chain", "decisions", "nights", "room", "checkpoint", "keys", "draws", "frozen", "sheets", "case", "result"),
        *("typeset", "signatures", "ledger", "platform", "from", "anchor"),
    ),
    Property.COMPLETE: ("bag", "recordings", "segments", "papers"),
    Property.USABLE: ("report",),
    Property.SAFE: ("names", "seal"),
}
"""The checks that stand for each property: `report` reads the PDF, page by page, as a person's program will have to;
`names` and `seal` show that nothing of a member lies open and that no file can be exchanged unseen."""

NOT_LOOKED_AT = "未作病毒扫描；封存件（.sealed）未打开；存储介质与机房环境不在检测范围内。"


@dataclass(frozen=True)
class Finding:
    """How one property stands: whether it holds, by which checks, and the sentences of those that failed."""

    property: Property
    holds: bool
    checks: tuple[str, ...]
    failed: tuple[str, ...]


def findings(verdict: Verdict) -> tuple[Finding, ...]:
    """The four, in their order; a check that is not due neither speaks for a property nor against it."""
    made = []
    for kind, codes in CHECKS.items():
        mine = [check for check in verdict.checks if check.code in codes]
        failed = tuple(sentence(check.problem) for check in mine if check.problem is not None)
        passed = tuple(check.code for check in mine if check.outcome is Outcome.PASS)
        made.append(Finding(kind, not failed and bool(passed), passed, failed))
    return tuple(made)

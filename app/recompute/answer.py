"""A check as plain JSON values: the remarks, how far it went, the right result, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.recompute.check import extent
from app.recompute.model import Remark, Severity, Statement
from app.recompute.right import Right
from app.recompute.wording import message, place_text


def answer(statement: Statement, right: Right, remarks: Sequence[Remark], lang: str = "zh") -> dict[str, Any]:
    """The output of a check; `result` is null where marks are lacking that the whole result needs."""
    faults = sum(remark.severity is Severity.FAULT for remark in remarks)
    return {
        "title": statement.title or None,
        "faults": faults,
        "hints": len(remarks) - faults,
        "remarks": [remark_json(remark, lang) for remark in remarks],
        **extent(statement, right).to_json(),
        "result": None if right.whole is None else right.whole.to_json(),
        "sources": [{"file": source.file, "sha256": source.sha256} for source in statement.sources],
    }


def remark_json(remark: Remark, lang: str = "zh") -> dict[str, Any]:
    """One remark; null for what it has not."""
    return {
        "code": remark.kind.value,
        "severity": remark.severity.value,
        "place": {"text": place_text(remark.place, lang), **remark.place.to_json()},
        "expert": remark.expert,
        "bid": remark.bid,
        "factor": remark.factor,
        "group": remark.group,
        "stated": remark.stated,
        "right": remark.right,
        "rule": remark.rule,
        "message": message(remark, lang),
    }

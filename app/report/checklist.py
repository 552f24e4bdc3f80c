"""The one page for the committee (核验清单): what a check of a platform's figures found, with place and rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

import typst

import resources
from app.recompute import Remark, Right, Severity, Statement, extent, note, place_text, subject, title, weight

SEVERITIES: Final = {Severity.FAULT: "差错", Severity.HINT: "提示"}
_TRACKS: Final = {"ZC": "政府采购", "GC": "工程招投标"}
COMPARED: Final = {
    "marks": "打分",
    "expert_totals": "评委合计分",
    "factor_means": "因素平均分",
    "group_scores": "分类小计",
    "benchmark": "评标基准价",
    "evaluated_prices": "评审价",
    "price_scores": "价格分",
    "sums": "合计分之和",
    "totals": "总得分",
    "ranks": "排名",
    "candidates": "中标候选人",
    "committee": "评标委员会组成",
}


def checklist_pdf(statement: Statement, right: Right, remarks: Sequence[Remark], made_at: str) -> bytes:
    """The page as PDF/A-2b; `made_at` is the moment of the check (RFC 3339), nothing else enters but the arguments.

    Faults come before hints, and first what touches the ranking. What does not fit is counted on the page and
    stands in checklist.json.
    """
    template = resources.path("report", "checklist.typ")
    made = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs={
            "data": json.dumps(checklist_data(statement, right, remarks, made_at), ensure_ascii=False, sort_keys=True)
        },
        timestamp=int(datetime.fromisoformat(made_at).timestamp()),
        pdf_standards=["a-2b"],
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def checklist_data(statement: Statement, right: Right, remarks: Sequence[Remark], made_at: str) -> dict[str, Any]:
    """What the template sets: every row in the order of the page, and what was looked at."""
    ordered = sorted(remarks, key=weight)  # stable
    faults = sum(remark.severity is Severity.FAULT for remark in remarks)
    told = extent(statement, right)
    absent = [name for key, name in COMPARED.items() if not told.compared[key] and key not in told.untold]
    return {
        "project": statement.title or "（未载明项目名称）",
        "track": _TRACKS[statement.case.track.value],
        "faults": faults,
        "hints": len(remarks) - faults,
        "rows": [row(remark) for remark in ordered],
        "compared": "、".join(f"{name} {told.compared[key]}" for key, name in COMPARED.items() if told.compared[key]),
        "untold": "、".join(f"{COMPARED[key]} {count}" for key, count in told.untold.items()),
        "absent": "、".join(absent),
        "sources": [[source.file, source.sha256] for source in statement.sources],
        "rules": statement.case.input_rules.removeprefix("sha256:"),
        "made_at": made_at,
        "made": datetime.fromisoformat(made_at).strftime("%Y年%m月%d日 %H:%M"),
        "program": f"Kawei 卡位 {version('kawei')}",
    }


def row(remark: Remark) -> dict[str, str]:
    """One row of the page: where, what about whom, what is stated and what is right, and by which rule."""
    return {
        "severity": SEVERITIES[remark.severity],
        "place": place_text(remark.place),
        "title": title(remark.kind),
        "subject": subject(remark),
        "note": note(remark),
        "stated": remark.stated or "—",
        "right": remark.right or "—",
        "rule": remark.rule,
    }

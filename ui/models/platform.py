"""What a view says about the check of a platform's figures (伴随模式), of one lot. Plain Python, no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.evaluation.matter import Words

Json = Mapping[str, Any]
MOST_SHOWN = 60
"""Remarks on the screen, the worst first; the report has all that are kept."""


@dataclass(frozen=True)
class RemarkLine:
    """One remark: whether it is a fault, what was found, where it stands, and the rule it rests on."""

    fault: bool
    text: Words
    place: Words
    rule: str


@dataclass(frozen=True)
class PlatformCheck:
    """The newest check of a lot. `told` says whether this viewer may know what was found, beyond the counts."""

    checks: int
    done: bool
    at: str
    sha256: str
    faults: int
    hints: int
    asked: str
    note: str
    told: bool
    remarks: tuple[RemarkLine, ...]
    more: int
    """Remarks that are not shown here."""
    ranks: tuple[tuple[int, str, str], ...]
    """The order that the stated marks give: rank, bid, total."""


def platform_check(evaluation: Json, lot: str) -> PlatformCheck | None:
    """The check of a lot as a view has it; None where it is not the platform's turn, nor was."""
    seen = ((evaluation.get("matters") or {}).get("accompany") or {}).get("lots") or {}
    if lot not in seen:
        return None
    one = seen[lot]
    now, found = one["current"] or {}, one["found"] or {}
    remarks = tuple(_line(remark) for remark in (found.get("remarks") or ())[:MOST_SHOWN])
    total = int(now.get("faults", 0)) + int(now.get("hints", 0))
    ranked = [row for row in found.get("result") or () if row["rank"] is not None]
    return PlatformCheck(
        checks=int(one["checks"]),
        done=bool(now),
        at=str(now.get("at", "")),
        sha256=str(now.get("sha256", "")),
        faults=int(now.get("faults", 0)),
        hints=int(now.get("hints", 0)),
        asked=str(one["asked"] or ""),
        note=str(one["note"] or ""),
        told=bool(found),
        remarks=remarks,
        more=total - len(remarks) if found else 0,
        ranks=tuple((int(row["rank"]), str(row["id"]), str(row["total"] or row["evaluated_price"])) for row in ranked),
    )


def _line(remark: Json) -> RemarkLine:
    message, place = remark["message"], remark["place"]
    return RemarkLine(
        remark["severity"] == "fault",
        Words(message["zh"], message["en"]),
        Words(place["zh"], place["en"]),
        remark["rule"],
    )

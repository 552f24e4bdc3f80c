"""Evaluations as a platform would state them: clean ones from the scoring core, written in each of the forms.

The clean document states everything that can be stated, so that a fault has somewhere to be planted.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from app.exchange.platform_document import read_document
from app.recompute import Remark, Statement, check
from resources import path as resource

Doc = dict[str, Any]
PUBLISHED = Path(__file__).parent / "data" / "published"
LOWEST = {"use": "lowest-after-correction"}


def published(name: str) -> Doc:
    """A published case by the start of its file's name."""
    (path,) = PUBLISHED.glob(f"{name}*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def scored(document: Doc) -> Doc:
    """What the scoring core finds for a document's case, read as every document is read."""
    statement = statement_of(document)
    from app.recompute import work_out

    whole = work_out(statement).whole
    assert whole is not None
    return whole.to_json()


def statement_of(document: Doc) -> Statement:
    """The statement in a document, as `statement.json`."""
    return read_document(json.loads(json.dumps(document)), "statement.json").statement([])


def remarks_of(document: Doc) -> list[Remark]:
    """What a check of a document finds."""
    return check(statement_of(document))


def codes_of(document: Doc) -> list[str]:
    """The codes of what a check finds, hints too."""
    return [remark.kind.value for remark in remarks_of(document)]


def with_figures(document: Doc, expert_totals: bool = True) -> Doc:
    """The document with every figure stated as it is right."""
    document = deepcopy(document)
    result = scored(document)
    figures: Doc = {}
    for bid in result["bids"]:
        if bid["rank"] is None:
            continue
        told = {
            "evaluated_price": bid["evaluated_price"],
            "price_score": bid["price_score"],
            "total": bid["total"],
            "rank": bid["rank"],
            "factor_means": bid["factor_scores"],
            "group_scores": bid["group_scores"],
        }
        figures[bid["id"]] = {key: value for key, value in told.items() if value is not None and value != {}}
    stated: Doc = {"bids": figures, "candidates": [bid["id"] for bid in result["bids"] if bid["rank"] is not None][:3]}
    if result["benchmark"] is not None:
        stated["benchmark"] = result["benchmark"]["value"]
    document["stated"] = stated
    if expert_totals:
        from app.recompute import work_out
        from app.recompute.right import expert_total, sum_of_totals

        statement = statement_of(document)
        right = work_out(statement)
        live = [bid.id for bid in statement.case.bids if bid.live]
        stated["expert_totals"] = {
            expert: {bid: total for bid in live if (total := expert_total(statement, right, expert, bid)) is not None}
            for expert in statement.case.experts
        }
        for bid in live:
            total = sum_of_totals(statement, right, bid)
            if total is not None:
                figures[bid]["sum"] = total
    return document


def r4() -> Doc:
    """R4 as published: prices, totals of five experts with the price score, sums, averages, ranks of three."""
    source = published("R4")
    suppliers = source["inputs"]["suppliers"]
    told = {row["id"]: row for row in source["published"]["results"]}
    experts = [f"A{number}" for number in range(1, source["inputs"]["judges"] + 1)]
    return {
        "title": "多功能急救实训室",
        "case": {
            "track": "ZC",
            "method": "comprehensive",
            "ceiling": source["inputs"]["ceiling_yuan"],
            "budget": source["inputs"]["budget_yuan"],
            "bids": [{"id": f"B{i}", "name": s["id"], "price": s["price_yuan"]} for i, s in enumerate(suppliers, 1)],
            "factors": [
                {"id": "T", "name": "技术商务", "group": "technical", "kind": "subjective", "min": "0", "max": "70"}
            ],
            "experts": experts,
            # Published totals hold the price score; what each expert marked is the rest.
            "sheets": {
                expert: {
                    f"B{i}": {"T": _less(s["judge_totals"][place], told[s["id"]]["price_score"])}
                    for i, s in enumerate(suppliers, 1)
                }
                for place, expert in enumerate(experts)
            },
            "price": {**LOWEST, "full": "30"},
            "average": "expert_totals",
            "check_sum": True,
            "tie_breakers": ["price_asc"],
        },
        "committee": {"experts": source["inputs"]["judges"] - 1, "delegates": 1},
        "asks": {"totals_with_price": True},
        "stated": {
            "bids": {
                f"B{i}": {
                    "price_score": told[s["id"]]["price_score"],
                    "group_scores": {"technical": told[s["id"]]["non_price"]},
                    "sum": told[s["id"]]["sum"],
                    "total": told[s["id"]]["average"],
                    "rank": told[s["id"]]["rank"],
                }
                for i, s in enumerate(suppliers, 1)
            },
            "expert_totals": {
                expert: {f"B{i}": s["judge_totals"][place] for i, s in enumerate(suppliers, 1)}
                for place, expert in enumerate(experts)
            },
            "candidates": [f"B{i}" for i in (1, 2, 3)],
        },
    }


def _less(total: str, part: str) -> str:
    from decimal import Decimal

    return str(Decimal(total) - Decimal(part))


def r5() -> Doc:
    """R5 as published: price points, points for the rest, totals and ranks of four suppliers."""
    source = published("R5")
    suppliers = source["inputs"]["suppliers"]
    told = {row["id"]: row for row in source["published"]["results"]}
    return {
        "case": {
            "track": "ZC",
            "method": "comprehensive",
            "bids": [{"id": s["id"], "price": s["price_yuan"]} for s in suppliers],
            "factors": [{"id": "技术商务", "group": "technical", "kind": "subjective", "max": "80"}],
            "sheets": {"评委会": {s["id"]: {"技术商务": s["tech_business"]} for s in suppliers}},
            "price": {**LOWEST, "full": "20"},
            "check_sum": True,
            "tie_breakers": ["price_asc", "technical_desc"],
        },
        "stated": {
            "bids": {
                s["id"]: {
                    "price_score": told[s["id"]]["price_score"],
                    "group_scores": {"technical": s["tech_business"]},
                    "total": told[s["id"]]["total"],
                    "rank": told[s["id"]]["rank"],
                }
                for s in suppliers
            },
            "candidates": [source["published"]["winner"]],
        },
    }


def r9(absent: bool = True) -> Doc:
    """R9 as published: sixty panels of nine with their trimmed means.

    One judge of panel 57 gave no mark, for which the data say 0.0; `absent` takes it for what it is.
    """
    panels = published("R9")["panels"]
    names = [f"J{number}" for number in range(9)]
    return {
        "case": {
            "track": "GC",
            "method": "comprehensive",
            "bids": [{"id": f"P{number}", "price": "1"} for number in range(len(panels))],
            "factors": [{"id": "T", "group": "technical", "kind": "subjective", "max": "10"}],
            "experts": names,
            "sheets": {
                name: {
                    f"P{number}": {"T": None if absent and panel["judges"][place] == "0.0" else panel["judges"][place]}
                    for number, panel in enumerate(panels)
                }
                for place, name in enumerate(names)
            },
            "judge_trim": {"from": 7, "high": 1, "low": 1, "per": "factor"},
        },
        "stated": {
            "bids": {f"P{number}": {"factor_means": {"T": panel["published"]}} for number, panel in enumerate(panels)}
        },
    }


def gc() -> Doc:
    """The first lot of the case gc with its worked sheet as what the platform states."""
    lot = json.loads(resource("cases", "gc", "tender.json").read_text("utf-8"))["lots"][0]
    sheet = json.loads(resource("cases", "gc", "worked.json").read_text("utf-8"))["lots"][0]
    play = json.loads(resource("cases", "gc", "play.json").read_text("utf-8"))
    rejected = set(sheet["rejected"])
    marks = _play_marks(play, lot["id"])
    experts = list(marks)
    bids = {bid: row for bid, row in sheet["bids"].items() if bid not in rejected}
    order = sorted(bids, key=lambda bid: bids[bid]["rank"])
    scoring = lot["scoring"]
    return {
        "title": lot["name"],
        "case": {
            "track": "GC",
            **scoring,
            "bids": [
                {"id": bid["id"], "name": bid["bidder"], "price": bid["price"]}
                | ({"rejected": True, "reason": "未按要求签字盖章"} if bid["id"] in rejected else {})
                for bid in lot["bids"]
            ],
            "factors": [
                {key: factor[key] for key in ("id", "name", "group", "kind", "min", "max")} for factor in lot["factors"]
            ],
            "experts": experts,
            "sheets": {
                expert: {bid: entry for bid, entry in sheet_of.items() if bid in bids}
                for expert, sheet_of in marks.items()
            },
        },
        "committee": {"experts": len(experts) - 1, "delegates": 1},
        "stated": {
            "bids": {
                bid: {
                    "factor_means": row["factor_means"],
                    "price_score": row["price_score"],
                    "total": row["total"],
                    "rank": row["rank"],
                }
                for bid, row in bids.items()
            },
            "expert_totals": {
                expert: {bid: row["expert_totals"][expert] for bid, row in bids.items()} for expert in experts
            },
            "candidates": order[:3],
        },
    }


def _play_marks(play: Doc, lot: str) -> Doc:
    (told,) = [entry for entry in play["lots"] if entry["lot"] == lot]
    return told["marks"]


def small() -> Doc:
    """Three bids and a rejected one, a factor of every kind, three experts: every figure stated, all right."""
    marks = {"A1": ("8.5", "8", "9"), "A2": ("8", "7.5", "8.5"), "A3": ("9", "7", "8")}
    case = {
        "track": "GC",
        "method": "comprehensive",
        "ceiling": "1200000",
        "bids": [
            {"id": "甲", "name": "甲公司", "price": "980000"},
            {"id": "乙", "name": "乙公司", "price": "1000000"},
            {"id": "丙", "name": "丙公司", "price": "900000"},
            {"id": "丁", "name": "丁公司", "price": "700000", "rejected": True, "reason": "未签字"},
        ],
        "factors": [
            {"id": "T1", "name": "技术方案", "group": "technical", "kind": "subjective", "min": "0", "max": "10"},
            {"id": "T2", "name": "演示", "group": "technical", "kind": "subjective", "min": "0", "max": "5"},
            {"id": "C1", "name": "业绩", "group": "commercial", "kind": "objective", "min": "0", "max": "5"},
            {"id": "D1", "name": "不良记录", "group": "commercial", "kind": "deduction", "min": "0", "max": "3"},
            {"id": "P1", "name": "证书", "kind": "pass_fail"},
        ],
        "experts": ["A1", "A2", "A3"],
        "sheets": {
            expert: {
                bid: {"T1": told[place], "T2": "4", "C1": fixed, "D1": "0", "P1": "pass"}
                for place, (bid, fixed) in enumerate((("甲", "5"), ("乙", "4"), ("丙", "3")))
            }
            for expert, told in marks.items()
        },
        "price": {
            "full": "30",
            "benchmark": {"value": "mean"},
            "score": {"kind": "deviation", "above": "1", "below": "0.5"},
        },
        "tie_breakers": ["price_asc"],
    }
    return with_figures(
        {
            "title": "试验标段",
            "case": case,
            "committee": {"experts": 2, "delegates": 1, "minimum": 3},
            "asks": {"candidates": 3},
        }
    )


def tied(document: Doc) -> None:
    """甲 and 丙 have the same prices and marks."""
    document["case"]["bids"][2]["price"] = "980000"
    for sheet in document["case"]["sheets"].values():
        sheet["丙"] = dict(sheet["甲"])

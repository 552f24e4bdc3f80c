"""Evaluations as a platform would state them: clean ones from the scoring core, written in each of the forms.

The clean document states everything that can be stated, so that a fault has somewhere to be planted.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from app.exchange.platform_document import read_document
from app.exchange.platform_tables import letters
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


# --- the same document as tables


def tables_of(document: Doc, wide: bool = False) -> tuple[Doc, dict[str, list[list[str]]]]:
    """A document as `rules.json` and the tables bids, marks, totals."""
    case, stated = document["case"], document.get("stated", {})
    rules = {key: value for key, value in document.items() if key not in ("stated", "reasons")}
    rules["case"] = {key: value for key, value in case.items() if key not in ("bids", "sheets")}
    if "benchmark" in stated:
        rules["stated"] = {"benchmark": stated["benchmark"]}
    return rules, {
        "bids": _bids_table(case["bids"]),
        "marks": _wide_table(document) if wide else _long_table(document),
        "totals": _totals_table(document),
    }


def _bids_table(bids: list[Doc]) -> list[list[str]]:
    head = ["编号", "供应商", "投标报价（元）", "否决", "否决理由", "扣除比例", "品牌"]
    return [
        head,
        *(
            [
                bid["id"],
                bid.get("name", ""),
                bid["price"],
                "是" if bid.get("rejected") else "",
                bid.get("reason", ""),
                next((a["rate"] for a in bid.get("adjustments", []) if "rate" in a), ""),
                bid.get("brand") or "",
            ]
            for bid in bids
        ),
    ]


def _entry(mark: Any) -> tuple[str, str]:
    return (mark["mark"], mark.get("reason", "")) if isinstance(mark, dict) else (mark, "")


def _long_table(document: Doc) -> list[list[str]]:
    rows = [["评委", "投标人", "评审因素", "分值", "理由"]]
    for expert, sheet in document["case"]["sheets"].items():
        for bid, entry in sheet.items():
            rows += [[expert, bid, factor, *_entry(mark)] for factor, mark in entry.items() if mark is not None]
    return rows


def _wide_table(document: Doc) -> list[list[str]]:
    factors = [factor["id"] for factor in document["case"]["factors"]]
    totals = document.get("stated", {}).get("expert_totals", {})
    rows = [["评委", "投标人", *factors, *(f"{factor}理由" for factor in factors), "合计"]]
    for expert, sheet in document["case"]["sheets"].items():
        for bid, entry in sheet.items():
            told = [_entry(entry.get(factor) or "") for factor in factors]
            total = totals.get(expert, {}).get(bid, "")
            rows.append([expert, bid, *(mark for mark, _ in told), *(reason for _, reason in told), total])
    return rows


def _totals_table(document: Doc) -> list[list[str]]:
    stated = document.get("stated", {})
    figures = stated.get("bids", {})
    factors = list(dict.fromkeys(factor for row in figures.values() for factor in row.get("factor_means", {})))
    groups = list(dict.fromkeys(group for row in figures.values() for group in row.get("group_scores", {})))
    names = {"evaluated_price": "评审价", "price_score": "价格分", "sum": "合计分之和", "total": "总分", "rank": "排名"}
    # A group whose heading would be read as a factor of the same name stands with a word after it.
    head = ["投标人", *factors, *(f"{group}小计" for group in groups), *names.values()]
    head += ["候选人"] if "candidates" in stated else []
    rows = [head]
    for bid, row in figures.items():
        cells = [bid, *(row.get("factor_means", {}).get(factor, "") for factor in factors)]
        cells += [row.get("group_scores", {}).get(group, "") for group in groups]
        cells += [str(row.get(name, "")) for name in names]
        if "candidates" in stated:
            listed = stated["candidates"]
            cells.append(str(listed.index(bid) + 1) if bid in listed else "")
        rows.append(cells)
    return rows


def write_folder(folder: Path, document: Doc, wide: bool = False, encoding: str = "utf-8") -> Path:
    """The document as a folder of CSV tables."""
    folder.mkdir(parents=True, exist_ok=True)
    rules, tables = tables_of(document, wide)
    (folder / "rules.json").write_text(json.dumps(rules, ensure_ascii=False), "utf-8")
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(rows, encoding))
    return folder


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """Rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def write_json(path: Path, document: Doc) -> Path:
    """The document as one JSON file."""
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def write_zip(path: Path, folder: Path) -> Path:
    """A folder as a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


def write_workbook(
    path: Path, sheets: dict[str, list[list[str]]], floats: bool = True, change: Callable[[str, str], str] | None = None
) -> Path:
    """Sheets of cells as a workbook; numbers as a spreadsheet stores them: the digits of a binary float.

    `change` gets each part's name and XML and returns what to write.
    """
    keep = change or (lambda _, xml: xml)
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{i}" r:id="rId{i}"/>' for i, title in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{kinds}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{kinds}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
    }
    strings: list[str] = []
    for i, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet {space}>{_sheet_data(rows, strings, floats)}</worksheet>"
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    parts["xl/sharedStrings.xml"] = f"<sst {space}>{items}</sst>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, keep(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}'))
    return path


def _sheet_data(rows: list[list[str]], strings: list[str], floats: bool) -> str:
    made = []
    for line, row in enumerate(rows, 1):
        cells = []
        for column, text in enumerate(row):
            at = f"{letters(column)}{line}"
            if text == "":
                continue
            if floats and line > 1 and column > 0 and text.replace(".", "", 1).isdigit():
                cells.append(f'<c r="{at}"><v>{float(text):.17g}</v></c>')  # as Excel writes a double
            else:
                if text not in strings:
                    strings.append(text)
                cells.append(f'<c r="{at}" t="s"><v>{strings.index(text)}</v></c>')
        made.append(f'<row r="{line}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(made)}</sheetData>"


def workbook_of(folder: Path, document: Doc, wide: bool = False) -> Path:
    """The document as a workbook with Chinese sheet titles, and `rules.json` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    rules, tables = tables_of(document, wide)
    (folder / "rules.json").write_text(json.dumps(rules, ensure_ascii=False), "utf-8")
    titles = {"bids": "投标", "marks": "评分", "totals": "得分汇总"}
    return write_workbook(folder / "统分.xlsx", {titles[name]: rows for name, rows in tables.items()})

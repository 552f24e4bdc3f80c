"""A document of a platform's statement written as tables: CSV, zip, and a workbook as spreadsheets store it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from statement_factory import Doc

from app.exchange.platform_tables import letters


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

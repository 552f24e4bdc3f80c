"""A small sound package to spoil: its parts as bytes, written as a zip file or as a folder."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.rules import read_ruleset, ruleset_hash
from resources import path as resource

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
NAMES = ("欧阳测试", "司徒样本", "上官虚构", "诸葛例子", "夏侯代表")
DOCUMENTS = (
    "990003197001011018",
    "990003197102021023",
    "990003197203031035",
    "990003197304041046",
    "990003197405051051",
)

Parts = dict[str, bytes]
Spoil = Callable[[Any], None]


def check_digit(first: str) -> str:
    """The last sign of an identity number, written here once more."""
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]


def file_entry(path: str, data: bytes, title: str) -> dict[str, Any]:
    return {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "title": title}


def tender() -> dict[str, Any]:
    return {
        "id": "T-1",
        "name": "试验项目",
        "track": "ZC",
        "tenderee": "采购单位",
        "agency": "代理机构",
        "announced_in": ["媒体"],
        "planned_at": "2026-03-02T10:00:00+08:00",
        "documents": [file_entry("files/tender.pdf", PDF, "招标文件")],
        "opening": {
            "opened_at": "2026-03-02T09:00:00+08:00",
            "place": "开标室",
            "coefficients": {"K": "0.97"},
            "remarks": "",
        },
        "lots": [
            {
                "id": "1",
                "name": "一包",
                "bids": [
                    {
                        "id": name,
                        "bidder": f"供应商{name}",
                        "uscc": "",
                        "price": price,
                        "adjustments": [{"kind": "small_enterprise", "rate": "0.10"}],
                        "brand": None,
                        "files": [file_entry(f"files/{name}.pdf", PDF, "投标文件")],
                    }
                    for name, price in (("A", "980000"), ("B", "1000000"), ("C", "900000.50"))
                ],
                "factors": [
                    factor("T1", "subjective", "0", "40"),
                    factor("T2", "objective", "0", "30"),
                    factor("T3", "pass_fail", None, None),
                ],
                "review_items": [{"id": "C1", "group": "符合性审查", "name": "签章", "clause": "2.1", "ground": "Z2"}],
                "scoring": {
                    "method": "comprehensive",
                    "ceiling": "1200000",
                    "budget": "1300000",
                    "price": {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
                    "check_sum": True,
                    "places": 2,
                },
                "qualification": {
                    "signed_by": "采购人代表",
                    "signed_at": "2026-03-02T09:30:00+08:00",
                    "paper": file_entry("files/qualification.pdf", PDF, "资格审查"),
                    "results": [{"bid": b, "passed": True, "reason": None} for b in "ABC"],
                },
            }
        ],
        "labels": ["试验"],
    }


def factor(name: str, kind: str, low: str | None, high: str | None) -> dict[str, Any]:
    return {
        "id": name,
        "group": "技术",
        "kind": kind,
        "name": f"因素{name}",
        "rule": "按文件打分",
        "min": low,
        "max": high,
    }


def members() -> dict[str, Any]:
    return {
        "salt": "5a" * 32,
        "members": [
            {
                "id": f"m{i + 1}",
                "name": NAMES[i],
                "document": DOCUMENTS[i][:17] + check_digit(DOCUMENTS[i][:17]),
                "employer": f"单位{i + 1}",
                "kind": "delegate" if i == 4 else "expert",
                "specialities": ["专业"],
                "phone": None,
                "portrait": "files/m1.png" if i == 0 else None,
                "authorisation": "files/m5.pdf" if i == 4 else None,
            }
            for i in range(5)
        ],
    }


def ruleset() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource("rules", "zc.json").read_text("utf-8"))
    return loaded


def parts(
    spoil_tender: Spoil | None = None, spoil_members: Spoil | None = None, spoil_ruleset: Spoil | None = None
) -> Parts:
    """The files of the package without its manifest, each JSON spoiled first where asked."""
    made: Parts = {}
    for name, value, spoil in (
        ("tender.json", tender(), spoil_tender),
        ("members.json", members(), spoil_members),
        ("ruleset.json", ruleset(), spoil_ruleset),
    ):
        if spoil is not None:
            spoil(value)
        made[name] = json.dumps(value, ensure_ascii=False).encode()
    for path in ("tender", "A", "B", "C", "qualification", "m5"):
        made[f"files/{path}.pdf"] = PDF
    made["files/m1.png"] = PNG
    return made


def manifest(files: Parts, rules_hash: str | None = None) -> dict[str, Any]:
    rules = ruleset()
    return {
        "format": "kawei-import",
        "version": 1,
        "rehearsal": True,
        "ruleset": {
            "id": rules["id"],
            "version": rules["version"],
            "hash": rules_hash or ruleset_hash(read_ruleset(rules)),
        },
        "files": [
            {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(files.items())
        ],
    }


def with_manifest(files: Parts, spoil: Spoil | None = None) -> Parts:
    made = manifest(files)
    if spoil is not None:
        spoil(made)
    return {"package.json": json.dumps(made, ensure_ascii=False).encode(), **files}


def write_zip(path: Path, files: Parts, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def write_folder(root: Path, files: Parts) -> Path:
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root

"""Import packages for tests: the factory's tenders with small real files, written by the package format itself."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from evaluation_factory import ruleset_json, tender_json

from app.exchange.writing import build_package

PDF = b"%PDF-1.7\n% {name}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PORTRAIT = b"\x89PNG\r\n\x1a\n" + b"portrait " * 20
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

NAMES = ("赵一鸣", "钱二虎", "孙三强", "李四光", "周五常", "吴六奇", "郑七星", "王八斗", "冯九成")


def portrait_of(member: str) -> bytes:
    """A picture like nobody else's, also when it is cut off or coded."""
    return PORTRAIT + f"of {member} ".encode() * 9


def document(number: int) -> str:
    """A fictitious document number with a right check digit."""
    body = f"51010719700101{number:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def member(number: int, delegate: bool, *, portrait: bool | None = None) -> dict[str, Any]:
    """Only the first three have a portrait, unless it is said."""
    return {
        "id": f"m{number}",
        "name": NAMES[number - 1],
        "document": document(number),
        "employer": f"秘密单位{number}",
        "kind": "delegate" if delegate else "expert",
        "specialities": ["A08"],
        "phone": f"1380000000{number}",
        "portrait": f"files/m{number}.png" if (number <= 3 if portrait is None else portrait) else None,
        "authorisation": "files/letter.pdf" if delegate else None,
    }


def package_folder(
    folder: Path,
    track: str = "ZC",
    *,
    members: int = 5,
    delegates: int = 1,
    lots: Any = ("1",),
    tender: Any = None,
    rules: Any = None,
    first: int = 1,
) -> Path:
    """The sources of a package; `tender` and `rules` stand in place of the factory's. Members are numbered from `first`
    on, all with portraits where others came before."""
    tender = tender or tender_json(track, lots)
    (folder / "files").mkdir(parents=True)
    for entry in _entries(tender):
        data = PDF.replace(b"{name}", entry["path"].encode())
        (folder / entry["path"]).write_bytes(data)
        entry["bytes"], entry["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    portrait = True if first > 1 else None
    listed = [member(first + k, k < delegates, portrait=portrait) for k in range(members)]
    for one in listed:
        if one["portrait"]:
            (folder / one["portrait"]).write_bytes(portrait_of(one["id"]))
        if one["authorisation"]:
            (folder / one["authorisation"]).write_bytes(PDF)
    for name, value in (
        ("tender.json", tender),
        ("ruleset.json", rules or ruleset_json(track)),
        ("members.json", {"salt": "ab" * 32, "members": listed}),
    ):
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return folder


def package(folder: Path, track: str = "ZC", *, rehearsal: bool = True, **options: Any) -> Path:
    """A package as a zip."""
    source = package_folder(folder / f"source-{track}", track, **options)
    build_package(source, folder / f"{track}.zip", rehearsal=rehearsal)
    return folder / f"{track}.zip"


def supplement(folder: Path, package_hash: str, numbers: tuple[int, ...] = (6,), **manifest: Any) -> Path:
    """A supplementary list as a zip; `manifest` changes what its `package.json` says."""
    listed = [member(k, delegate=False) for k in numbers]
    files = {"members.json": json.dumps({"salt": "cd" * 32, "members": listed}, ensure_ascii=False).encode()}
    files |= {one["portrait"]: portrait_of(one["id"]) for one in listed if one["portrait"]}
    rows = [{"path": p, "bytes": len(d), "sha256": hashlib.sha256(d).hexdigest()} for p, d in files.items()]
    says: dict[str, Any] = {"format": "kawei-supplement", "version": 1, "rehearsal": True, "package": package_hash}
    says |= {"reason": "补抽一人", "files": rows}
    with zipfile.ZipFile(folder / "supplement.zip", "w") as archive:
        archive.writestr("package.json", json.dumps(says | manifest))
        for path, data in files.items():
            archive.writestr(path, data)
    return folder / "supplement.zip"


def _entries(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"path", "title"} <= set(value) else []
        return own + [entry for item in value.values() for entry in _entries(item)]
    return [entry for item in value for entry in _entries(item)] if isinstance(value, list) else []

"""一键归档: a package is checked, packed as one file, put into a store, read back, and a receipt is written.

Interrupted anywhere, the same again goes on: the file is the same to the last byte, so the store knows what it has. A
package of a later session of the same lot becomes the next version; no version is ever written over.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.archive import zip_of
from app.journal import canonical
from app.ports.archive_store import ArchiveFault, ArchiveStore, Kept, Progress, read_back
from app.verification.four import NOT_LOOKED_AT, findings
from app.verification.verdict import Subject, Verdict

_EARLIEST = (1980, 1, 1, 0, 0, 0)
MOST_VERSIONS = 1000


class NotKept(Exception):
    """The package did not stand its checks, or names no tender and lot: it is not archived."""


@dataclass(frozen=True)
class Receipt:
    """What was kept, where and as what; `key` is the fingerprint of the room's key."""

    store: str
    kept: Kept
    version: int
    subject: str
    key: str
    anchored: bool

    def to_json(self) -> dict[str, Any]:
        """The receipt as it is written and read."""
        until = self.kept.locked_until
        return {
            "v": 1,
            "store": self.store,
            "name": self.kept.name,
            "bytes": self.kept.size,
            "sha256": self.kept.sha256,
            "locked_until": None if until is None else until.isoformat(),
            "version": self.version,
            "subject": self.subject,
            "key": self.key,
            "anchored": self.anchored,
        }


def packed(root: Path, verdict: Verdict) -> bytes:
    """The bag in the folder `root` and the report of the four properties, as one zip: always the same bytes."""
    out = io.BytesIO(zip_of(root))
    found = [
        {"property": one.property.value, "holds": one.holds, "checks": list(one.checks), "failed": list(one.failed)}
        for one in findings(verdict)
    ]
    report = {"v": 1, "findings": found, "anchored": verdict.anchored, "not_looked_at": NOT_LOOKED_AT}
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("four-checks.json", _EARLIEST)
        info.external_attr, info.create_system = 0o644 << 16, 3
        archive.writestr(info, canonical(report) + b"\n")
    return out.getvalue()


def keep(store: ArchiveStore, file: Path, verdict: Verdict, progress: Progress, **how: Any) -> Receipt:
    """Put the packed `file` of a checked package into the store, as its own version, and read it back.

    Raises `NotKept`, `ArchiveFault`, and what `progress` raises.
    """
    if not verdict.good or verdict.subject is None or verdict.key is None:
        raise NotKept
    name = _name(verdict.subject)
    for version in range(1, MOST_VERSIONS):
        try:
            kept = store.put(f"{name}/v{version}.zip", file, progress, **how)
        except ArchiveFault as fault:
            if fault.code == "other_content":
                continue  # an earlier session of this lot
            raise
        read_back(store, kept)
        return Receipt(store.address, kept, version, str(verdict.subject), verdict.key, verdict.anchored)
    raise ArchiveFault("full", store.address)


def texts_of(root: Path) -> tuple[str, list[str]]:
    """The day on which a checked package closed, and every text by which its lot may be found again: tender, bidders,
    aliases, what was said and done."""
    info = (root / "bag-info.txt").read_text("utf-8").splitlines()
    day = next(line.partition(": ")[2] for line in info if line.startswith("Bagging-Date: "))
    documents = (json.loads((root / "data" / name).read_bytes()) for name in ("tender.json", "ledger.json"))
    return day, sorted({text for document in documents for text in _texts(document)})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def kept_of(receipt: object) -> Kept:
    """What a receipt says was kept; raises ValueError for what is no receipt."""
    if not isinstance(receipt, dict) or receipt.get("v") != 1:
        raise ValueError("no receipt")
    name, size, digest = receipt.get("name"), receipt.get("bytes"), receipt.get("sha256")
    if not isinstance(name, str) or type(size) is not int or not re.fullmatch(r"[0-9a-f]{64}", str(digest)):
        raise ValueError("no receipt")
    return Kept(name, size, str(digest))


def _name(subject: Subject) -> str:
    """A path of plain letters for the tender and the lot."""
    return f"{quote(subject.tender, safe='')}/{quote(subject.lot, safe='')}"

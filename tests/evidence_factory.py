"""Whole evidence packages for tests: a played evaluation with its real report, packed, kept and bent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evaluation_case import secret
from evaluation_factory import Play, play

from app import journal
from app.archive import EvidenceParts, bag_files, tools
from app.archive.writing import evidence_files
from app.evaluation.replay import fold
from app.journal import Entry
from app.journal.recipients import public_key_of
from app.report import make_report, pages_of, report_data
from app.verification import Folder

RECIPIENT = secret("recipient")


def real_report(played: Play, lot: str) -> tuple[bytes, int]:
    """The report as the room makes it."""
    data = report_data(
        played.it,
        lot,
        room_name="岷乐评标三室",
        key_fingerprint=journal.fingerprint(played.signer.public_key),
        journal=(len(played.log.entries), played.log.root().hex()),
        issued_at=played.tick(),
    )
    made = make_report(data)
    return made, pages_of(made)


def parts_of(played: Play, lot: str, report: bytes, **changes: Any) -> EvidenceParts:
    """What the room hands over for a lot."""
    names = journal.seal_to(
        [public_key_of(RECIPIENT)], secret("e"), secret("c"), secret("n")[:12], "kawei/names/1", b'{"members":[]}'
    )
    given: dict[str, Any] = {
        "lot": lot,
        "entries": played.log.entries,
        "checkpoint": played.checkpoint(played.log),
        "room_entries": played.room_log.entries,
        "room_checkpoint": played.checkpoint(played.room_log),
        "report": report,
        "names": names,
        "signer": played.signer,
    }
    return EvidenceParts(**(given | changes))


@dataclass(frozen=True)
class Evidence:
    """A package by path, and what it came from."""

    files: dict[str, bytes]
    played: Play
    parts: EvidenceParts

    @property
    def key(self) -> str:
        """The fingerprint that a person would have from a slip."""
        return journal.fingerprint(self.played.signer.public_key)

    def folder(self, **changed: bytes | None) -> Folder:
        """As it lies on a disk, with some files changed (None: gone); keys are paths."""
        files = self.files | {path: data for path, data in changed.items() if data is not None}
        return Folder({path: data for path, data in files.items() if changed.get(path, b"") is not None}, ())

    def rebagged(self, **changed: bytes | None) -> Folder:
        """The same, with the bag's own files made anew: what one who knows BagIt would do."""
        files = self.folder(**changed).files
        data = {path: content for path, content in files.items() if path.startswith("data/")}
        state = fold(self.played.log.entries)
        assert state is not None
        room_name = str(self.played.room_log.entries[0].data["name"])
        beside = {path: files[path] for path in tools() if path in files}
        at = self.played.log.entries[-1].at
        return Folder(data | bag_files(data, state, self.parts.lot, room_name, at, beside=beside), ())


def pack(played: Play, reports: dict[str, bytes], lot: str = "1", **changes: Any) -> Evidence:
    """The package of one lot."""
    parts = parts_of(played, lot, reports[lot], **changes)
    return Evidence(evidence_files(parts), played, parts)


def played_evidence(lot: str = "1", **how: Any) -> Evidence:
    """Play an evaluation with real reports and pack one lot."""
    reports: dict[str, bytes] = {}

    def report(it: Play, lot: str) -> tuple[bytes, int]:
        made = real_report(it, lot)
        reports[lot] = made[0]
        return made

    return pack(play(report=report, **how), reports, lot)


def _one_fails(bid: str) -> Callable[[str, str, str], bool]:
    return lambda alias, of, item: not (of == bid and item == "F2")


CASES: dict[str, dict[str, Any]] = {
    "zc": {},
    "gc": {
        "track": "GC",
        "chair": "ballot",
        "verdict": _one_fails("D"),
        "rejections": {"D": "R6"},
        "dissent": "价格分计算口径存疑",
    },
    "failed": {"verdict": _one_fails("C"), "rejections": {"C": "Z6"}},
    "lot": {"track": "GC", "chair": "lot"},
    "second of two": {"lots": ("1", "2"), "lot": "2"},
    "recused": {"members": 6, "recused": "p4"},
}


@cache
def evidence(case: str = "gc") -> Evidence:
    """One of `CASES`, made once."""
    return played_evidence(**CASES[case])


def rechained(entries: Sequence[Entry], start: int = 0) -> list[Entry]:
    """The entries with sequence, chain and hashes made anew from `start` on: what the holder of the key could do."""
    made = list(entries[:start])
    for entry in entries[start:]:
        prev = made[-1].hash if made else journal.ZERO
        fields = (entry.stream, len(made) + 1, entry.at, entry.type, entry.actor, entry.data, prev)
        made.append(journal.make_entry(*fields))
    return made


def write(folder: Folder, root: Path) -> Path:
    """Put a package on the disk."""
    for path, data in folder.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root

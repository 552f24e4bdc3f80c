"""The bag's own files (BagIt 1.0, RFC 8493), in the one form that they have for a payload."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from app.evaluation.model import Evaluation

FORMAT = 3
"""Version of the package's form, named in `bag-info.txt`; earlier ones stay verifiable. 1 had no papers, 2 no seal
and no verifier of its own."""

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag_files(
    payload: Mapping[str, bytes],
    state: Evaluation,
    lot: str,
    room_name: str,
    closed_at: str,
    version: int = FORMAT,
    beside: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """`bagit.txt`, `bag-info.txt` and both manifests of `payload` (paths from the bag's top), and what lies beside it.

    The date of bagging is the day on which the journal closed: `closed_at`, RFC 3339.
    """
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": _info(payload, state, lot, room_name, closed_at, version),
        "manifest-sha256.txt": manifest(payload),
        **(beside or {}),
    }
    return tags | {"tagmanifest-sha256.txt": manifest(tags)}


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A manifest of `files`, one line each, ordered by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def _info(
    payload: Mapping[str, bytes], state: Evaluation, lot: str, room_name: str, closed_at: str, version: int
) -> bytes:
    tender = state.tender
    octets = sum(len(data) for data in payload.values())
    rows = [
        ("Source-Organization", room_name),
        ("External-Identifier", f"{tender.id}/{lot}"),
        ("External-Description", f"{tender.name} {state.lots[lot].lot.name}"),
        ("Bagging-Date", closed_at[:10]),
        ("Payload-Oxum", f"{octets}.{len(payload)}"),
        ("Kawei-Evidence-Version", str(version)),
        ("Kawei-Rehearsal", "REHEARSAL" if state.rehearsal else "no"),
    ]
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in rows).encode()

"""The scans that a journal names (`data/papers/`): by their hash, in the clear or sealed to those entitled.

What bidders and openings brought lies in the clear. A paper about a member (a pledge, a sign-in, anything else that
was signed by hand) shows a name, so it is sealed like the list of names, with the room's signature over whose it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.evaluation.papers import named_in
from app.journal import Entry, NotCanonical, SealedFor, SealingFault, Signer, canonical, verify_signature

FOLDER = "data/papers/"
PURPOSE = "kawei/paper/1"
"""Of the sealing of a member's paper."""

_DOMAIN = b"kawei/paper/sign/1"
_KEYS = {"v", "stream", "sha256", "bytes", "sealed", "signature"}
_OPEN = frozenset({"AnswerEntered", "PaperAttached", "LookupRecorded", "OfferFiled", "SecondEnvelopeEntered"})
"""Entries whose papers come from bidders and openings; every other paper may show who a member is."""

_ENDINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


@dataclass(frozen=True)
class Named:
    """A paper as entries name it: SHA-256 (hex), size, and whether it may show who a member is."""

    sha256: str
    bytes: int
    personal: bool


class PaperFault(Exception):
    """A file of a paper is not what the journal names; `part` says what is wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def named(entries: Iterable[Entry], lot: str) -> tuple[Named, ...]:
    """The papers of a lot and those of no lot, by hash."""
    found: dict[str, Named] = {}
    for entry in entries:
        if entry.type == "EvaluationOpened" or entry.data.get("lot") not in (None, "", lot):
            continue
        for _, paper in named_in(entry.data):
            digest = str(paper["sha256"])
            personal = entry.type not in _OPEN or (digest in found and found[digest].personal)
            found[digest] = Named(digest, int(paper["bytes"]), personal)
    return tuple(found[digest] for digest in sorted(found))


def paper_files(
    due: Iterable[Named],
    contents: Mapping[str, bytes],
    sealed: Mapping[str, SealedFor],
    stream: str,
    signer: Signer,
) -> dict[str, bytes]:
    """The files of papers; raises ValueError where one that is due was not handed over."""
    files = {}
    for paper in due:
        given = sealed if paper.personal else contents
        if paper.sha256 not in given:
            raise ValueError(f"the paper {paper.sha256} is named and was not handed over")
        if paper.personal:
            files[f"{FOLDER}{paper.sha256}.sealed"] = _signed(paper, stream, sealed[paper.sha256], signer)
        else:
            content = contents[paper.sha256]
            files[f"{FOLDER}{paper.sha256}.{ending_of(content)}"] = content
    return files


def ending_of(content: bytes) -> str:
    """How the name of a scan ends, by how the scan begins."""
    return next((ending for begin, ending in _ENDINGS.items() if content.startswith(begin)), "bin")


def path_of(paper: Named, present: Iterable[str]) -> str:
    """Where a paper lies among the paths of a package; where it should lie if it does not."""
    endings = ("sealed",) if paper.personal else ("pdf", "jpg", "png", "bin")
    paths = [f"{FOLDER}{paper.sha256}.{ending}" for ending in endings]
    there = set(present)
    return next((path for path in paths if path in there), paths[0])


def check_paper(paper: Named, path: str, data: bytes, stream: str, room_key: bytes) -> None:
    """Raise `PaperFault` where a file is not the paper that the journal names."""
    if paper.personal:
        _check_sealed(paper, data, stream, room_key)
    elif (hashlib.sha256(data).hexdigest(), len(data)) != (paper.sha256, paper.bytes):
        raise PaperFault("content")
    elif not path.endswith(f".{ending_of(data)}"):
        raise PaperFault("name")


def _signed(paper: Named, stream: str, sealed: SealedFor, signer: Signer) -> bytes:
    body: dict[str, Any] = {
        "v": 1,
        "stream": stream,
        "sha256": paper.sha256,
        "bytes": paper.bytes,
        "sealed": sealed.to_json(),
    }
    signature = signer.sign(_DOMAIN + canonical(body)).hex()
    return canonical(body | {"signature": signature}) + b"\n"


def _check_sealed(paper: Named, data: bytes, stream: str, room_key: bytes) -> None:
    try:
        found = json.loads(data)
        exact = canonical(found) + b"\n" == data
    except (ValueError, RecursionError, NotCanonical):
        raise PaperFault("form") from None
    if not exact or not isinstance(found, dict) or set(found) != _KEYS:
        raise PaperFault("form")
    for key, due in _head(paper, stream):
        if found[key] != due:
            raise PaperFault(key)
    try:
        SealedFor.from_json(found["sealed"])
        signature = bytes.fromhex(found.pop("signature"))
    except (SealingFault, ValueError, TypeError):
        raise PaperFault("sealed") from None
    if not verify_signature(room_key, _DOMAIN + canonical(found), signature):
        raise PaperFault("signature")


def _head(paper: Named, stream: str) -> Iterator[tuple[str, object]]:
    yield from (("v", 1), ("stream", stream), ("sha256", paper.sha256), ("bytes", paper.bytes))

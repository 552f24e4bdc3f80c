"""The files of a package, path by path: those handed over, and those that follow from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.archive.extract import Extract, cosigners, extract_of
from app.archive.ledger import ledger
from app.archive.names import sign_names
from app.archive.papers import named, paper_files
from app.archive.parts import EvidenceParts
from app.archive.platform import export_files
from app.archive.recordings import index_of, list_files
from app.archive.seal import SEAL, make_seal, tools
from app.evaluation.model import Evaluation, Round
from app.evaluation.replay import fold
from app.evaluation.tally import case_bytes, ranking_is_open, result_bytes
from app.journal import Entry, canonical, entry_line, fingerprint, parse_checkpoint
from app.journal.keys import SignatureType, verifier_key

Files = dict[str, bytes]

SIGNED = "data/report-signed.pdf"
"""The report with the committee's electronic signatures. Their certificates name people: this file alone does."""


def payload(parts: EvidenceParts) -> Files:
    """Every file under `data/` by its path in the bag. Raises ValueError for parts that do not belong together."""
    if not parts.entries or parts.entries[-1].type != "EvaluationClosed":
        raise ValueError("the journal of a package ends with EvaluationClosed")
    state = fold(parts.entries)
    if state is None or parts.lot not in state.lots:
        raise ValueError(f"no such lot: {parts.lot}")
    for note, entries in ((parts.checkpoint, parts.entries), (parts.room_checkpoint, parts.room_entries)):
        if parse_checkpoint(note).checkpoint.size != len(entries):
            raise ValueError("a checkpoint of the package covers exactly the entries handed over")
    extract = extract_of(state.stream, parts.room_entries, parts.checkpoint, parts.room_checkpoint)
    files = {
        "data/journal.jsonl": journal_bytes(parts.entries),
        "data/checkpoint.txt": parts.checkpoint.encode(),
        "data/room/entries.jsonl": extract.entries_bytes(),
        "data/room/proofs.json": extract.proofs_bytes(),
        "data/room/checkpoint.txt": parts.room_checkpoint.encode(),
        "data/report.pdf": parts.report,
        **({} if parts.signed is None else {SIGNED: parts.signed}),
        "data/names.sealed": sign_names(state.stream, parts.lot, parts.names, parts.signer),
        **paper_files(named(parts.entries, parts.lot), parts.papers, parts.sealed_papers, state.stream, parts.signer),
        **list_files(state, parts.recordings),
        **export_files(parts.entries, parts.lot, parts.exports),
        **derived_files(parts.entries, state, parts.lot, extract, (parts.checkpoint, parts.room_checkpoint)),
    }
    return files | {SEAL: make_seal(state.stream, parts.lot, files | tools(), parts.signer)}


def journal_bytes(entries: Iterable[Entry]) -> bytes:
    """`journal.jsonl`: the entries' canonical lines."""
    return b"".join(entry_line(entry) for entry in entries)


def derived_files(
    entries: Sequence[Entry], state: Evaluation, lot: str, extract: Extract, notes: tuple[str, str]
) -> Files:
    """The files that follow from the journal, the room's extract and the two signed checkpoints (`notes`).

    `state` is what `entries` fold to. Verification makes them anew and compares every byte.
    """
    opening = entries[0].data
    return {
        "data/keys.json": _document(_keys(extract, notes)),
        "data/ruleset.json": _document(opening["ruleset"]),
        "data/tender.json": _document(opening["tender"]),
        "data/recordings/manifest.json": _document(index_of(state)),
        "data/ledger.json": _document(ledger(entries, lot, extract)),
        **draw_files(entries, state.stream, extract),
        **sheet_files(state, lot),
        **result_files(state, lot),
    }


def draw_files(entries: Sequence[Entry], stream: str, extract: Extract) -> Files:
    """The opened transcripts: of the room's draws by number, and the lot that chose the chair."""
    files = {
        f"data/draws/draw-{number}.json": _document(entry.data["transcript"])
        for number, drawn in extract.draws(stream).items()
        for entry in drawn
        if entry.type == "DrawOpened"
    }
    for entry in entries:
        if entry.type == "LotDrawn":
            files["data/draws/chair.json"] = _document(entry.data["transcript"])
    return files


def sheet_files(state: Evaluation, lot: str) -> Files:
    """Every opened sheet of the lot and of the committee's ballots, with its salt and commitment."""
    files: Files = {}
    found = state.lots[lot]
    for rounds in (state.ballots, found.reviews, found.marks):
        for opened in rounds:
            for alias, sheet in opened.sealed_here().items():
                path = f"data/sheets/{opened.kind.value}-{opened.number}-{alias}.json"
                files[path] = _document(_sheet(state.stream, opened, alias, sheet))
    return files


def _sheet(stream: str, opened: Round, alias: str, sheet: Mapping[str, Any]) -> dict[str, Any]:
    sealed = opened.sealed[alias]
    place = {"stream": stream, "stage": sealed.sealed["stage"], "round": opened.number, "alias": alias}
    return {"v": 1, **place, "commitment": sealed.commitment, **sheet}


def result_files(state: Evaluation, lot: str) -> Files:
    """The scoring case and its result; none for a lot that ended before its marks were opened."""
    found = state.lots[lot]
    if not ranking_is_open(found):
        return {}
    case = case_bytes(state, found)
    return {"data/scoring-case.json": case, "data/result.json": result_bytes(case)}


def _keys(extract: Extract, notes: tuple[str, str]) -> dict[str, Any]:
    """Public keys: the room's, and those of the machines that were parties to draws or co-signed."""
    opened = next(extract.of_type("RoomOpened")).data
    first, *later = [
        str(opened["public_key"]),
        *(str(e.data["public_key"]) for e in extract.of_type("SigningKeyRotated")),
    ]
    newest = later[-1] if later else first
    public = bytes.fromhex(newest)
    origins = [parse_checkpoint(note).checkpoint.origin for note in notes]
    cosigning = cosigners(*notes)
    devices = []
    for entry in extract.of_type("DeviceEnrolled"):
        name, key = str(entry.data["device"]), str(entry.data["public_key"])
        device = {"device": name, "kind": entry.data["kind"], "alg": "Ed25519", "public_key": key}
        if name in cosigning:
            device["verifier_key"] = verifier_key(name, bytes.fromhex(key), SignatureType.COSIGNATURE)
        devices.append(device)
    return {
        "v": 1,
        "room": {
            "room": opened["room"],
            "alg": "Ed25519",
            "public_key": newest,
            "fingerprint": fingerprint(public),
            "verifier_keys": [verifier_key(origin, public) for origin in origins],
            **({"earlier": [_earlier(key, origins) for key in (first, *later[:-1])]} if later else {}),
        },
        "devices": devices,
    }


def _earlier(key: str, origins: list[str]) -> dict[str, Any]:
    """A key that the room signed with before."""
    public = bytes.fromhex(key)
    keys = [verifier_key(origin, public) for origin in origins]
    return {"public_key": key, "fingerprint": fingerprint(public), "verifier_keys": keys}


def _document(value: object) -> bytes:
    return canonical(value) + b"\n"

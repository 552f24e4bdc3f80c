"""Writing an import package from a folder: hashes filled in, manifest made, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.exchange.limits import Limits
from app.exchange.package import FORMAT, MANIFEST, RULESET, TENDER, VERSION, Package, read_package
from app.exchange.refusal import PackageRefusal
from app.exchange.rulesets import read_rules
from app.exchange.source import CHUNK, open_source
from app.rules import ruleset_hash
from app.rules.reading import decode
from app.rules.refusal import Refusal

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def build_package(folder: Path, out: Path, *, rehearsal: bool, limits: Limits | None = None) -> Package:
    """Pack `folder` into the zip file `out`, and return the package as read back.

    The folder holds `tender.json`, `ruleset.json`, `members.json`, `files/...` and perhaps `opening.csv`; a
    `package.json` in it is not used. Where an entry `{"path", "title"}` of `tender.json` lacks `bytes` or
    `sha256`, they are filled in. Nothing is compressed, so that the bytes depend on nothing but the content.
    What would be refused at import is refused here, and `out` is then not written.
    """
    limits = limits or Limits()
    with open_source(folder, limits) as source:
        paths = sorted(path for path in source.sizes if path != MANIFEST)
    changed = _filled_tender(folder)
    manifest = _manifest(folder, paths, changed, rehearsal)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w") as archive:
            _add(archive, MANIFEST, manifest)
            for path in paths:
                _add(archive, path, changed[path] if path in changed else folder / path)
        read_package(written, limits)
        written.replace(out)
    finally:
        written.unlink(missing_ok=True)
    return read_package(out, limits)


def json_bytes(value: object) -> bytes:
    """Return JSON as people read it: two blanks of indent, Chinese as it is, a line feed at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _filled_tender(folder: Path) -> dict[str, bytes]:
    tender = _decoded(folder, TENDER)
    entries = list(_file_entries(tender))
    for entry in entries:
        path = folder / str(entry["path"])
        if {"bytes", "sha256"} <= set(entry) or not path.is_file():
            continue
        size, digest = _measure(path)
        entry.setdefault("bytes", size)
        entry.setdefault("sha256", digest)
    return {TENDER: json_bytes(tender)}


def _file_entries(value: object) -> Iterator[dict[str, Any]]:
    """Find every object that names a file by `path` and `title`."""
    if isinstance(value, dict):
        if "path" in value and "title" in value:
            yield value
        for item in value.values():
            yield from _file_entries(item)
    elif isinstance(value, list):
        for item in value:
            yield from _file_entries(item)


def _manifest(folder: Path, paths: list[str], changed: dict[str, bytes], rehearsal: bool) -> bytes:
    try:
        ruleset = read_rules(_decoded(folder, RULESET))
    except Refusal as refusal:
        raise refusal if refusal.where.startswith(RULESET) else refusal.within(RULESET) from None
    files = []
    for path in paths:
        if path in changed:
            size, digest = len(changed[path]), hashlib.sha256(changed[path]).hexdigest()
        else:
            size, digest = _measure(folder / path)
        files.append({"path": path, "bytes": size, "sha256": digest})
    return json_bytes(
        {
            "format": FORMAT,
            "version": VERSION,
            "rehearsal": rehearsal,
            "ruleset": {"id": ruleset.id, "version": ruleset.version, "hash": ruleset_hash(ruleset)},
            "files": files,
        }
    )


def _decoded(folder: Path, name: str) -> object:
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        raise PackageRefusal("missing_file", "", path=name) from None
    try:
        return decode(data)
    except Refusal as refusal:
        raise refusal.within(name) from None


def _measure(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _add(archive: zipfile.ZipFile, path: str, content: bytes | Path) -> None:
    entry = zipfile.ZipInfo(path, date_time=_EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    if isinstance(content, bytes):
        archive.writestr(entry, content)
        return
    entry.file_size = content.stat().st_size
    with archive.open(entry, "w") as target, content.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            target.write(chunk)

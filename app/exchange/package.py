"""The import package: read whole, checked whole, and only then handed on; nothing is written here."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

import rfc8785

from app.exchange.limits import Limits
from app.exchange.members import PackageMember, check_members, read_members
from app.exchange.opening import fill_prices, read_opening_csv
from app.exchange.refusal import PackageRefusal
from app.exchange.rulesets import read_rules
from app.exchange.scoring_rules import check_scoring
from app.exchange.source import CHUNK, Source, open_source
from app.rules import Refusal, check_tender, read_tender, ruleset_hash
from app.rules.model import BidFile, RuleSet, Tender
from app.rules.reading import Node, decode
from app.rules.tender import read_path

FORMAT = "kawei-import"
VERSION = 1
MANIFEST = "package.json"
TENDER, RULESET, MEMBERS, OPENING = "tender.json", "ruleset.json", "members.json", "opening.csv"

_PDF_HEAD, _PDF_TAIL, _PDF_MARGIN = b"%PDF-", b"%%EOF", 1024
_PICTURE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
T = TypeVar("T")


@dataclass(frozen=True)
class PackedFile:
    """One file of a package: its path, size and SHA-256 (hex), both checked."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Package:
    """A package that was checked from end to end.

    `hash` is the SHA-256 (hex) of the RFC 8785 form of `package.json`, which names every file with its own.
    """

    hash: str
    rehearsal: bool
    ruleset: RuleSet
    ruleset_hash: str
    tender: Tender
    members: tuple[PackageMember, ...] = field(repr=False)
    members_hash: str
    """SHA-256 of `members.json`, whose salt keeps the hash from telling anything about the persons."""
    files: tuple[PackedFile, ...]
    source: Path
    limits: Limits

    @contextmanager
    def reader(self) -> Iterator[Callable[[str], AbstractContextManager[BinaryIO]]]:
        """Open the package once to stream files out: `with package.reader() as read, read(path) as stream`."""
        with open_source(self.source, self.limits) as source:
            yield source.open

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Open one of `files` for reading. Whoever keeps it compares its SHA-256: the source lies outside."""
        with self.reader() as read, read(path) as stream:
            yield stream


def read_package(path: Path, limits: Limits | None = None) -> Package:
    """Read and check a package, a zip file or a folder. Raises `Refusal` (`code`, `message`, `where`).

    Sizes, names and claims are looked at first, then hashes, then contents. Nothing is written anywhere.
    """
    limits = limits or Limits()
    with open_source(path, limits) as source:
        manifest = _read_manifest(source)
        files = check_listed(manifest.files, source, (TENDER, RULESET, MEMBERS))
        hashes = check_contents(source, files, limits)
        package = _build(path, limits, source, manifest, hashes)
        _check_references(package)
        return package


@dataclass(frozen=True)
class Manifest:
    """What `package.json` says."""

    hash: str
    rehearsal: bool
    ruleset_id: str
    ruleset_version: str
    ruleset_hash: str
    files: tuple[PackedFile, ...]


def _read_manifest(source: Source) -> Manifest:
    if MANIFEST not in source.sizes:
        raise PackageRefusal("missing_file", "", path=MANIFEST)
    with inside(MANIFEST):
        return read_manifest(decode(read_bytes(source, MANIFEST)))


def read_manifest(obj: object) -> Manifest:
    """Read `package.json` from decoded JSON, strictly."""
    node = Node(obj)
    check_version(node, FORMAT)
    f = node.fields(("format", "version", "rehearsal", "ruleset", "files"))
    r = f["ruleset"].fields(("id", "version", "hash"))
    return Manifest(
        hash=hashlib.sha256(rfc8785.dumps(node.plain())).hexdigest(),
        rehearsal=f["rehearsal"].flag(),
        ruleset_id=r["id"].text(),
        ruleset_version=r["version"].text(),
        ruleset_hash=r["hash"].sha256(),
        files=f["files"].each(read_packed_file, at_least=1),
    )


def check_version(node: Node, form: str) -> None:
    """See that a manifest is of this form and of the version that this program reads."""
    f = node.table()
    for key, known in (("format", form), ("version", VERSION)):
        if key not in f:
            raise Refusal("missing_key", f"$.{key}", key=key)
        if f[key].value != known or isinstance(f[key].value, bool):
            value = f"{f['format'].value} {f['version'].value}" if "version" in f else str(f[key].value)
            raise PackageRefusal("unknown_package_format", f"$.{key}", value=value[:60], allowed=f"{form} {VERSION}")


def read_packed_file(node: Node) -> PackedFile:
    """Read one line of a manifest's `files`."""
    f = node.fields(("path", "bytes", "sha256"))
    return PackedFile(path=read_path(f["path"]), bytes=f["bytes"].whole(), sha256=f["sha256"].sha256())


def check_listed(listing: tuple[PackedFile, ...], source: Source, needed: Iterable[str]) -> tuple[PackedFile, ...]:
    """Compare the manifest with what is there, by name and size."""
    listed: set[str] = set()
    for i, file in enumerate(listing):
        where = f"{MANIFEST} $.files[{i}]"
        if file.path in listed or file.path == MANIFEST:
            raise PackageRefusal("duplicate_name", where, path=file.path)
        listed.add(file.path)
        if file.path not in source.sizes:
            raise PackageRefusal("missing_file", where, path=file.path)
        if source.sizes[file.path] == 0:
            raise PackageRefusal("empty_file", file.path, path=file.path)
        if source.sizes[file.path] != file.bytes:
            raise PackageRefusal(
                "wrong_size", file.path, path=file.path, actual=source.sizes[file.path], stated=file.bytes
            )
    for path in needed:
        if path not in listed:
            raise PackageRefusal("missing_file", f"{MANIFEST} $.files", path=path)
    for path in sorted(source.sizes):
        if path not in listed and path != MANIFEST:
            raise PackageRefusal("unknown_file", path, path=path)
    return listing


def check_contents(source: Source, files: Iterable[PackedFile], limits: Limits) -> Mapping[str, PackedFile]:
    """Hash every file, and see that PDF files and portraits are what they are called."""
    for file in files:
        with inside(file.path), source.open(file.path) as stream:
            digest, head, tail, size = hashlib.sha256(), b"", b"", 0
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                head = head or chunk[:_PDF_MARGIN]
                tail = (tail + chunk)[-_PDF_MARGIN:]
                size += len(chunk)
        if size != file.bytes:
            raise PackageRefusal("wrong_size", file.path, path=file.path, actual=size, stated=file.bytes)
        if digest.hexdigest() != file.sha256:
            raise PackageRefusal("wrong_hash", file.path, path=file.path)
        _check_kind(file, head, tail, limits)
    return {file.path: file for file in files}


def _check_kind(file: PackedFile, head: bytes, tail: bytes, limits: Limits) -> None:
    name = file.path.lower()
    if name.endswith(".pdf"):
        if _PDF_HEAD not in head:
            raise PackageRefusal("not_pdf", file.path, path=file.path)
        if _PDF_TAIL not in tail:
            raise PackageRefusal("truncated_pdf", file.path, path=file.path)
    elif name.endswith((".jpg", ".jpeg", ".png")):
        if not head.startswith(_PICTURE_HEADS):
            raise PackageRefusal("not_picture", file.path, path=file.path)
        if file.bytes > limits.portrait:
            raise PackageRefusal("too_large", file.path, size=file.bytes, limit=limits.portrait)


def _build(path: Path, limits: Limits, source: Source, manifest: Manifest, files: Mapping[str, PackedFile]) -> Package:
    ruleset = decoded(source, files[RULESET], read_rules)
    _check_ruleset(manifest, ruleset)
    prices = None
    if OPENING in files:
        with inside(OPENING):
            prices = read_opening_csv(read_bytes(source, OPENING, files[OPENING]))
    tender = decoded(source, files[TENDER], lambda obj: read_tender(fill_prices(obj, prices)))
    for fault in check_tender(ruleset, tender):
        raise fault.within(TENDER)
    with inside(TENDER):
        check_scoring(ruleset, tender)
    members = decoded(source, files[MEMBERS], read_members)
    with inside(MEMBERS):
        check_members(ruleset, tender, members)
    return Package(
        hash=manifest.hash,
        rehearsal=manifest.rehearsal,
        ruleset=ruleset,
        ruleset_hash=manifest.ruleset_hash,
        tender=tender,
        members=members,
        members_hash=files[MEMBERS].sha256,
        files=tuple(sorted(files.values(), key=lambda file: file.path)),
        source=path,
        limits=limits,
    )


def _check_ruleset(manifest: Manifest, ruleset: RuleSet) -> None:
    if manifest.ruleset_hash != ruleset_hash(ruleset):
        raise PackageRefusal("ruleset_hash_differs", f"{MANIFEST} $.ruleset.hash")
    if manifest.ruleset_id != ruleset.id:
        raise PackageRefusal("ruleset_differs", f"{MANIFEST} $.ruleset.id", what_zh="编号", what_en="id")
    if manifest.ruleset_version != ruleset.version:
        where = f"{MANIFEST} $.ruleset.version"
        raise PackageRefusal("ruleset_differs", where, what_zh="版本", what_en="version")


def _check_references(package: Package) -> None:
    """See that every file that is spoken of is there and the same, and that every file is spoken of."""
    listed = {file.path: file for file in package.files}
    used = {TENDER, RULESET, MEMBERS, OPENING}
    for file, where in _tender_files(package.tender):
        used.add(file.path)
        place = f"{TENDER} {where}"
        if file.path not in listed:
            raise PackageRefusal("missing_file", f"{place}.path", path=file.path)
        if listed[file.path].sha256 != file.sha256:
            raise PackageRefusal("wrong_hash", f"{place}.sha256", path=file.path)
        if listed[file.path].bytes != file.bytes:
            actual = listed[file.path].bytes
            raise PackageRefusal("wrong_size", f"{place}.bytes", path=file.path, actual=actual, stated=file.bytes)
        if not file.path.lower().endswith(".pdf"):
            raise PackageRefusal("not_pdf", f"{place}.path", path=file.path)
    check_references(package.members, listed, used)


def check_references(members: tuple[PackageMember, ...], listed: Iterable[str], used: set[str]) -> None:
    """See that the members' papers are there and of their kind, and that no file is left that nothing speaks of."""
    for i, member in enumerate(members):
        for key, path, ends in (
            ("portrait", member.portrait, (".jpg", ".jpeg", ".png")),
            ("authorisation", member.authorisation, (".pdf",)),
        ):
            if path is None:
                continue
            used.add(path)
            place = f"{MEMBERS} $.members[{i}].{key}"
            if path not in listed:
                raise PackageRefusal("missing_file", place, path=path)
            if not path.lower().endswith(ends):
                raise PackageRefusal("not_pdf" if key == "authorisation" else "not_picture", place, path=path)
    for path in listed:
        if path not in used:
            raise PackageRefusal("unreferenced_file", path, path=path)


def _tender_files(tender: Tender) -> Iterator[tuple[BidFile, str]]:
    for i, file in enumerate(tender.documents):
        yield file, f"$.documents[{i}]"
    for i, lot in enumerate(tender.lots):
        if lot.qualification is not None:
            yield lot.qualification.paper, f"$.lots[{i}].qualification.paper"
        for j, bid in enumerate(lot.bids):
            for k, file in enumerate(bid.files):
                yield file, f"$.lots[{i}].bids[{j}].files[{k}]"


def decoded(source: Source, file: PackedFile, read: Callable[[object], T]) -> T:
    """What `read` makes of a JSON file of the package."""
    with inside(file.path):
        return read(decode(read_bytes(source, file.path, file)))


def read_bytes(source: Source, path: str, file: PackedFile | None = None) -> bytes:
    """Return a file's bytes; they are those that were hashed before, or it is refused."""
    with source.open(path) as stream:
        data = stream.read()
    if file is not None and hashlib.sha256(data).hexdigest() != file.sha256:
        raise PackageRefusal("wrong_hash", "", path=path)
    return data


@contextmanager
def inside(path: str) -> Iterator[None]:
    """Give what is refused inside one file its place."""
    try:
        yield
    except Refusal as refusal:
        raise refusal.within(path) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise PackageRefusal("broken_zip", path, detail=str(error)[:80]) from None

"""The supplementary list (补抽名单): members called in after the import, as strict and as sealed as the first list.

A zip or a folder of `package.json` (`{"format": "kawei-supplement", "version": 1, "rehearsal", "package", "files"}`,
`package` being the hash of the import package that it belongs to), `members.json` and the members' papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.exchange.limits import Limits
from app.exchange.members import PackageMember, check_members, read_members
from app.exchange.package import (
    MANIFEST,
    MEMBERS,
    PackedFile,
    check_contents,
    check_listed,
    check_references,
    check_version,
    decoded,
    inside,
    read_bytes,
    read_packed_file,
)
from app.exchange.refusal import PackageRefusal
from app.exchange.source import Source, open_source
from app.rules.model import RuleSet, Tender
from app.rules.reading import Node, decode

FORMAT = "kawei-supplement"


@dataclass(frozen=True)
class Supplement:
    """A supplementary list that was checked from end to end."""

    members: tuple[PackageMember, ...] = field(repr=False)
    members_hash: str
    source: Path
    limits: Limits

    @contextmanager
    def reader(self) -> Iterator[Callable[[str], AbstractContextManager[BinaryIO]]]:
        """Open the list once to read papers: `with supplement.reader() as read, read(path) as stream`."""
        with open_source(self.source, self.limits) as source:
            yield source.open


def read_supplement(
    path: Path, package: str, ruleset: RuleSet, tender: Tender, rehearsal: bool, limits: Limits | None = None
) -> Supplement:
    """Read and check a supplementary list of the evaluation that was imported as `package`. Raises `Refusal`."""
    limits = limits or Limits()
    with open_source(path, limits) as source:
        listing = _manifest(source, package, rehearsal)
        files = check_contents(source, check_listed(listing, source, (MEMBERS,)), limits)
        members = decoded(source, files[MEMBERS], read_members)
        with inside(MEMBERS):
            check_members(ruleset, tender, members)
        check_references(members, files, {MEMBERS})
        return Supplement(members, files[MEMBERS].sha256, path, limits)


def _manifest(source: Source, package: str, rehearsal: bool) -> tuple[PackedFile, ...]:
    if MANIFEST not in source.sizes:
        raise PackageRefusal("missing_file", "", path=MANIFEST)
    with inside(MANIFEST):
        node = Node(decode(read_bytes(source, MANIFEST)))
        check_version(node, FORMAT)
        f = node.fields(("format", "version", "rehearsal", "package", "files"))
        if f["package"].sha256() != package:
            raise PackageRefusal("other_evaluation", f["package"].where)
        if f["rehearsal"].flag() != rehearsal:
            raise PackageRefusal("other_evaluation", f["rehearsal"].where)
        return f["files"].each(read_packed_file, at_least=1)

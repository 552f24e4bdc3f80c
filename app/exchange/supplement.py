"""The supplementary list (补抽名单): members called in after the import, as strict and as sealed as the first list.

A zip or a folder of `package.json` (`{"format": "kawei-supplement", "version": 1, "rehearsal", "package", "reason",
"files"}`, `package` being the hash of the import package that it belongs to), `members.json` and the members' papers.
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
from app.exchange.source import Source, open_source
from app.rules.model import RuleSet, Tender
from app.rules.reading import Node, decode

FORMAT = "kawei-supplement"


@dataclass(frozen=True)
class Heading:
    """What a supplementary list says of itself: where it belongs, why it was drawn, what is in it."""

    rehearsal: bool
    package: str
    reason: str
    files: tuple[PackedFile, ...]


@dataclass(frozen=True)
class Supplement:
    """A supplementary list that was checked from end to end."""

    reason: str
    members: tuple[PackageMember, ...] = field(repr=False)
    members_hash: str
    source: Path
    limits: Limits

    @contextmanager
    def reader(self) -> Iterator[Callable[[str], AbstractContextManager[BinaryIO]]]:
        """Open the list once to read papers: `with supplement.reader() as read, read(path) as stream`."""
        with open_source(self.source, self.limits) as source:
            yield source.open


def read_heading(path: Path, limits: Limits | None = None) -> Heading | None:
    """Read what a supplementary list says of itself; None where the file is something else, an import package say."""
    with open_source(path, limits or Limits()) as source:
        return _heading(source)


def read_supplement(
    path: Path, heading: Heading, ruleset: RuleSet, tender: Tender, limits: Limits | None = None
) -> Supplement:
    """Read and check the supplementary list with this heading, for an evaluation by these rules. Raises `Refusal`."""
    limits = limits or Limits()
    with open_source(path, limits) as source:
        files = check_contents(source, check_listed(heading.files, source, (MEMBERS,)), limits)
        members = decoded(source, files[MEMBERS], read_members)
        with inside(MEMBERS):
            check_members(ruleset, tender, members)
        check_references(members, files, {MEMBERS})
        return Supplement(heading.reason, members, files[MEMBERS].sha256, path, limits)


def _heading(source: Source) -> Heading | None:
    if MANIFEST not in source.sizes:
        return None
    with inside(MANIFEST):
        node = Node(decode(read_bytes(source, MANIFEST)))
        form = node.table().get("format")
        if form is None or form.value != FORMAT:
            return None
        check_version(node, FORMAT)
        f = node.fields(("format", "version", "rehearsal", "package", "reason", "files"))
        return Heading(
            rehearsal=f["rehearsal"].flag(),
            package=f["package"].sha256(),
            reason=f["reason"].text(),
            files=f["files"].each(read_packed_file, at_least=1),
        )

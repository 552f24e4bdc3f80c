"""The bag: its own files, every checksum, nothing missing and nothing more than belongs there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from app.archive.bag import DECLARATION, manifest
from app.archive.seal import SEAL, TOOLS
from app.verification.checks import Failed, Outcome, Problem
from app.verification.folder import Folder

TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
SEALED = (*TAGS, *TOOLS)
"""Those of a package with a seal."""
TAG_MANIFEST = "tagmanifest-sha256.txt"


def check_bag(folder: Folder, expected: dict[str, bytes] | None, payload: set[str] | None) -> Outcome:
    """Raise `Failed` with the first fault.

    `expected` are the bag's own files as they must be and `payload` the paths that must be there; None where the
    journal could not tell.
    """
    for problem in _problems(folder, expected, payload):
        failed = Failed(problem.code, problem.where)
        failed.problem = problem
        raise failed
    return Outcome.PASS


def _problems(folder: Folder, expected: dict[str, bytes] | None, payload: set[str] | None) -> Iterator[Problem]:
    yield from folder.strange
    tags = SEALED if (SEAL in folder.files if expected is None else TOOLS[0] in expected) else TAGS
    for path in (*tags, TAG_MANIFEST):
        if path not in folder.files:
            yield Problem("missing_file", path)
    for path in sorted(folder.files):
        if not path.startswith("data/") and path not in (*tags, TAG_MANIFEST):
            yield Problem("extra_file", path)
    yield from _tags(folder, tags, expected or {})
    yield from _payload(folder)
    if payload is not None:
        yield from (Problem("missing_file", path) for path in sorted(payload - folder.under("data/")))
        yield from (Problem("extra_file", path) for path in sorted(folder.under("data/") - payload))
    own = {"bagit.txt": DECLARATION} | (expected or {})
    yield from (Problem("not_canonical", path) for path in sorted(own) if folder.files.get(path) != own[path])


def _listed(text: bytes) -> dict[str, str]:
    """Checksum by path of a manifest, read as it lies there; that it is canonical is another check."""
    lines = (line.partition("  ") for line in text.decode("utf-8", "replace").split("\n") if line)
    return {path: digest for digest, _, path in lines}


def _tags(folder: Folder, names: tuple[str, ...], expected: dict[str, bytes]) -> Iterator[Problem]:
    listed = _listed(folder.need(TAG_MANIFEST))
    tags = {path: folder.need(path) for path in names}
    good = {"bagit.txt": DECLARATION, "manifest-sha256.txt": manifest(_data(folder))} | expected
    for path, data in tags.items():
        # A tag file that is as it must be, under a wrong checksum: then the manifest of the tags was changed.
        if listed.get(path) != hashlib.sha256(data).hexdigest() and good.get(path) != data:
            yield Problem("checksum", path)
    if folder.need(TAG_MANIFEST) != manifest(tags):
        yield Problem("not_canonical", TAG_MANIFEST)


def _data(folder: Folder) -> dict[str, bytes]:
    return {path: folder.files[path] for path in folder.under("data/")}


def _payload(folder: Folder) -> Iterator[Problem]:
    listed = _listed(folder.need("manifest-sha256.txt"))
    for path, data in sorted(_data(folder).items()):
        if path not in listed:
            yield Problem("not_listed", path)
        elif listed[path] != hashlib.sha256(data).hexdigest():
            yield Problem("checksum", path)
    yield from (Problem("missing_file", path) for path in sorted(set(listed) - folder.under("data/")))
    if folder.need("manifest-sha256.txt") != manifest(_data(folder)):
        yield Problem("not_canonical", "manifest-sha256.txt")

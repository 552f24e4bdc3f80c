"""Running all checks of a package, and what they amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.journal import CheckpointFault, fingerprint
from app.verification import stream
from app.verification.bag import check_bag
from app.verification.checks import Check, Failed, Outcome, Problem
from app.verification.folder import Folder, read_folder
from app.verification.package import Package


@dataclass(frozen=True)
class Subject:
    """What a package is of: the numbers of tender and lot, and what people call them."""

    tender: str
    lot: str
    name: str

    def __str__(self) -> str:
        return f"{self.tender}/{self.lot} {self.name}"


@dataclass(frozen=True)
class Verdict:
    """The checks in their order; `anchored` says whether the room's key was compared with one from outside."""

    checks: tuple[Check, ...]
    rehearsal: bool
    anchored: bool
    key: str | None
    """The fingerprint of the key that the package says is the room's, where it could be read."""
    subject: Subject | None = None
    """Of what, where it could be read."""

    @property
    def good(self) -> bool:
        """Nothing failed."""
        return self.failed is None

    @property
    def failed(self) -> Check | None:
        """The first check that failed."""
        return next((check for check in self.checks if check.outcome is Outcome.FAILED), None)


def verify(
    root: Path, key: str | None = None, earlier: tuple[str, bytes] | None = None, recordings: Path | None = None
) -> Verdict:
    """Check the package in the folder `root`.

    `key` is the fingerprint that the room's key must have, in canonical spelling; `earlier` the name and content of
    an earlier checkpoint, `recordings` where the recorded segments lie (`ALIAS/MACHINE/`). Raises OSError where `root`
    cannot be listed, `CheckpointFault` where `earlier` is none.
    """
    return inspect(read_folder(root), key, earlier, recordings)


def inspect(
    folder: Folder, key: str | None = None, earlier: tuple[str, bytes] | None = None, recordings: Path | None = None
) -> Verdict:
    """Check a package that has been read already."""
    package = Package(folder, recordings)
    checks = list(_run(package))
    if earlier is not None:
        checks.append(_guarded("from", lambda: _earlier(package, *earlier)))
    if key is not None:
        checks.append(_guarded("anchor", lambda: _anchor(package, key)))
    bag = _guarded("bag", lambda: check_bag(package.folder, package.expected_tags(), package.expected_paths()))
    found = fingerprint(package.room_key) if package.room is not None else None
    return Verdict((bag, *checks), package.rehearsal(), key is not None, found, _subject(package))


def _subject(package: Package) -> Subject | None:
    try:
        tender, lot = package.state.tender, package.state.lots[package.lot].lot
    except Failed:
        return None
    return Subject(tender.id, lot.id, f"{tender.name} {lot.name}")


def _run(package: Package) -> Iterator[Check]:
    """The checks in their order; one whose ground has failed is not tried."""
    plan: tuple[tuple[str, Callable[[], Outcome], tuple[str, ...]], ...] = (
        ("chain", package.chain, ()),
        ("decisions", package.decisions, ("chain",)),
        ("nights", package.nights, ("decisions",)),
        ("room", package.room_extract, ("decisions",)),
        ("checkpoint", package.checkpoint, ("decisions", "room")),
        ("keys", package.keys, ("decisions", "room", "checkpoint")),
        ("draws", package.draws, ("decisions", "room")),
        ("frozen", package.frozen, ("decisions", "room", "checkpoint")),
        ("sheets", package.sheets, ("decisions",)),
        ("case", package.case, ("decisions",)),
        ("result", package.result, ("decisions",)),
        ("report", package.report, ("decisions",)),
        ("typeset", package.typeset, ("decisions", "room")),
        ("signatures", package.signatures, ("decisions",)),
        ("recordings", package.recordings, ("decisions", "room", "checkpoint")),
        ("segments", package.segments, ("recordings",)),
        ("ledger", package.ledger, ("decisions", "room", "checkpoint")),
        ("names", package.names, ("decisions", "room")),
        ("seal", package.seal, ("decisions", "room")),
        ("papers", package.scans, ("decisions", "room")),
        ("platform", package.platform, ("decisions",)),
    )
    bad: set[str] = set()
    for code, check, needs in plan:
        missing = next((need for need in needs if need in bad), None)
        if missing is None:
            done = _guarded(code, check)
        else:
            done = Check(code, Outcome.FAILED, Problem("needs", details={"check": missing}))
        if done.outcome is Outcome.FAILED:
            bad.add(code)
        yield done


def _guarded(code: str, check: Callable[[], Outcome]) -> Check:
    """Run one check; whatever a hostile package brings about, a check says FAILED and never more."""
    try:
        return Check(code, check())
    except Failed as failed:
        return Check(code, Outcome.FAILED, failed.problem)
    except CheckpointFault:
        if code == "from":
            raise
        return Check(code, Outcome.FAILED, Problem("unreadable", details={"kind": "CheckpointFault"}))
    except Exception as error:
        return Check(code, Outcome.FAILED, Problem("unreadable", details={"kind": type(error).__name__}))


def _earlier(package: Package, name: str, data: bytes) -> Outcome:
    if package.signed is None:
        raise Failed("needs", check="checkpoint")
    origin = package.signed.checkpoint.origin
    stream.check_earlier(data, name, package.tree, origin, package.room_keys)
    return Outcome.PASS


def _anchor(package: Package, key: str) -> Outcome:
    if package.signed is None:
        raise Failed("needs", check="checkpoint")
    found = [fingerprint(one) for one in package.room_keys]
    if key not in found:
        raise Failed("other_key", found=found[-1])
    return Outcome.PASS

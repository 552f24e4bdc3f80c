"""Recordings in a package: the lists held to the journal, the segments beside it to the lists, whoever changed them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from evaluation_factory import Play, play
from evidence_factory import Evidence, pack, real_report

from app.archive.recordings import RecordingFault, check_list, noted
from app.evaluation.actor import SYSTEM
from app.evaluation.matters.recording.records import GapReason, GapTrack, NoteRecording, RecordingGap
from app.journal import Ed25519Signer
from app.recordings.expiry import Expired, write_record
from app.recordings.manifest import Gap, Manifest
from app.recordings.sealed_file import SealedFile
from app.recordings.taking_up import time_of
from app.verification import Outcome, Verdict, inspect
from app.verification.sentences import sentence

START = 1_772_400_000_000
KEY = bytes(range(1, 33))


@dataclass(frozen=True)
class Recorded:
    """A package whose first member was recorded: three segments, two notes."""

    found: Evidence
    folder: Path
    path: str
    alias: str


def _segments(folder: Path) -> Manifest:
    for number in range(3):
        start = START + number * 25_000
        file = SealedFile(folder / f"{number + 1:06d}.kwr", [KEY], os.urandom)
        file.append(b"seen and heard", start, start + 20_000)
        file.close(start + 20_000)
        gap = Gap("all", time_of(start - 5_000), time_of(start), "interrupted")
        times = time_of(start), time_of(start + 20_000)
        Manifest(folder).add(file.path.name, file.bytes, file.sha256, *times, [gap] if number else [])
    return Manifest(folder)


@cache
def _played(root: str) -> Recorded:
    reports: dict[str, bytes] = {}
    made: list[str] = []

    def report(it: Play, lot: str) -> tuple[bytes, int]:
        alias = it.it.committee[0]
        folder = Path(root) / alias / "seat-1"
        folder.mkdir(parents=True)
        lines = _segments(folder).lines
        for upto, since in ((2, 0), (3, 2)):
            gaps = tuple(
                RecordingGap(GapTrack(gap.track), gap.start, gap.end, GapReason(gap.why))
                for line in lines[since:upto]
                for gap in line.gaps
            )
            it.do(NoteRecording(alias, "seat-1", upto, lines[upto - 1].hash, gaps), SYSTEM)
        made.append(alias)
        issued = real_report(it, lot)
        reports[lot] = issued[0]
        return issued

    played = play(report=report)
    alias = made[0]
    folder = Path(root) / alias / "seat-1"
    lists = {(alias, "seat-1"): (folder / "manifest.jsonl").read_bytes()}
    found = pack(played, reports, recordings=lists)
    return Recorded(found, folder, f"data/recordings/{alias}/seat-1.jsonl", alias)


@pytest.fixture(scope="module")
def it(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return _played(str(tmp_path_factory.mktemp("beside")))


def outcomes(verdict: Verdict) -> dict[str, Outcome]:
    return {check.code: check.outcome for check in verdict.checks}


def problem(verdict: Verdict) -> tuple[str, str]:
    failed = verdict.failed
    assert failed is not None
    assert failed.problem is not None
    assert sentence(failed.problem, "zh") != sentence(failed.problem, "en")
    return failed.problem.code, failed.problem.where


def test_lists_and_segments_pass_and_without_segments_only_those_are_not_due(it: Recorded) -> None:
    alone = outcomes(inspect(it.found.folder(), it.found.key))
    assert (alone["recordings"], alone["segments"]) == (Outcome.PASS, Outcome.NOT_DUE)
    beside = inspect(it.found.folder(), it.found.key, None, it.folder.parents[1])
    assert beside.good
    assert outcomes(beside)["segments"] is Outcome.PASS


def test_a_changed_and_a_missing_segment_are_named(it: Recorded) -> None:
    file = it.folder / "000002.kwr"
    content = file.read_bytes()
    try:
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        found = inspect(it.found.folder(), it.found.key, None, it.folder.parents[1])
        assert problem(found) == ("changed_segment", f"recordings/{it.alias}/seat-1/000002.kwr")
        file.unlink()
        found = inspect(it.found.folder(), it.found.key, None, it.folder.parents[1])
        assert problem(found) == ("missing_segment", f"recordings/{it.alias}/seat-1/000002.kwr")
    finally:
        file.write_bytes(content)


def test_what_was_deleted_by_rule_is_not_missing_and_no_foreign_record_says_so(it: Recorded, tmp_path: Path) -> None:
    folder = tmp_path / it.alias / "seat-1"
    folder.mkdir(parents=True)
    told = Expired(
        it.found.played.it.stream,
        it.alias,
        "seat-1",
        3,
        Manifest(it.folder).lines[-1].hash,
        "2041-03-02",
        "政府采购法第四十二条",
        "2041-03-03T09:00:00+08:00",
        "centre-a",
        "witness-a",
    )
    write_record(folder, told, it.found.played.signer)
    verdict = inspect(it.found.folder(), it.found.key, None, tmp_path)
    assert verdict.good
    assert outcomes(verdict)["segments"] is Outcome.PASS
    where = f"recordings/{it.alias}/seat-1/expired.json"
    for other, signer in (
        (told, Ed25519Signer(bytes(32))),
        (replace(told, stream="evaluation/other"), it.found.played.signer),
        (replace(told, segments=2), it.found.played.signer),
    ):
        write_record(folder, other, signer)
        assert problem(inspect(it.found.folder(), it.found.key, None, tmp_path)) == ("expired_record", where)


def test_a_list_that_is_not_the_noted_one_is_found_though_the_bag_was_made_anew(it: Recorded, tmp_path: Path) -> None:
    lines = it.found.files[it.path].splitlines(keepends=True)
    other = tmp_path / "other"
    other.mkdir()
    forged = b"".join(line_of + b"\n" for line_of in _written(_segments(other)))
    for content in (b"".join(lines[:2]), b"".join(lines)[:-1], lines[1] + lines[0] + lines[2], forged, b"", b"{}\n"):
        verdict = inspect(it.found.rebagged(**{it.path: content}), it.found.key)
        failed = {check.code for check in verdict.checks if check.outcome is Outcome.FAILED}
        assert "recordings" in failed, content
    missing = inspect(it.found.rebagged(**{it.path: None}), it.found.key)
    assert outcomes(missing)["recordings"] is Outcome.FAILED


def test_a_list_whose_gaps_the_journal_does_not_know_is_found(it: Recorded) -> None:
    (due,) = noted(it.found.played.it).values()
    content = it.found.files[it.path]
    assert len(check_list(content, due)) == 3
    with pytest.raises(RecordingFault, match="gaps"):
        check_list(content, type(due)(due.at, due.party, due.device, due.seq, due.sha256, due.gaps[:1]))


def test_a_list_that_no_entry_notes_does_not_belong_there(it: Recorded) -> None:
    more = f"data/recordings/{it.alias}/seat-2.jsonl"
    verdict = inspect(it.found.rebagged(**{more: it.found.files[it.path]}), it.found.key)
    assert outcomes(verdict)["recordings"] is Outcome.FAILED


def _written(manifest: Manifest) -> list[bytes]:
    from app.recordings.manifest import written

    return [written(line) for line in manifest.lines]

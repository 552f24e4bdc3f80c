"""How long a stranger checks a package with tens of thousands of entries, and lists of many recorded segments."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))  # the tests are no part of what is installed

from evaluation_factory import CENTRE, WITNESS, Play, member
from evidence_factory import Evidence, pack, real_report, write

import resources
from app.evaluation import commands as c
from app.evaluation.matters.recording.records import NoteRecording, Recordings
from app.journal import canonical
from app.recordings.manifest import START, Line
from app.verification import Verdict
from app.verification.verdict import inspect

ENTRIES = 20_000
SEGMENTS = 4_000
"""Of one machine: a long day in pieces of a few seconds."""


def segments(count: int) -> list[Line]:
    """The lines of a recording's list, each bound to the one before."""
    lines: list[Line] = []
    for seq in range(1, count + 1):
        prev = lines[-1].hash if lines else START
        at = f"2026-03-02T{seq // 3600:02}:{seq // 60 % 60:02}:{seq % 60:02}Z"
        lines.append(Line(seq, f"{seq:06}.seg", 1_000_000, f"{seq:064x}", prev, at, at, ()))
    return lines


def packed(entries: int = ENTRIES) -> Evidence:
    """An evaluation in which much is asked, answered, refused, said and recorded; packed."""
    it = Play("ZC")
    it.open_room()
    it.import_package(5, delegates=1)
    it.draw_slots()
    aliases = [it.arrive(f"p{k}") for k in range(1, 6)]
    for alias in aliases:
        it.pledge(alias)
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1")
    lines = segments(SEGMENTS)
    for number in range((entries - 100) // 5):
        alias = aliases[number % len(aliases)]
        it.do(c.CallHelp(f"第{number}问"), member(alias))
        it.do(c.AnswerHelp(alias, "已答复"), CENTRE)
        it.do(c.AddRemark(f"第{number}次巡看，秩序良好"), WITNESS)
        it.do(c.RecordRefusal("SealSheet", "out_of_range", "$.marks.A.T1"), member(alias))
        line = lines[min(number, SEGMENTS - 1)]
        if number < SEGMENTS:
            it.do(NoteRecording(aliases[0], "seat-1", line.seq, line.hash, ()))
    it.finish_lot("1")
    pdf, pages = real_report(it, "1")
    it.issue("1", pdf, pages)
    it.leave()
    it.close()
    parts = {}
    for (party, device), kept in it.it.memory(Recordings).kept.items():
        parts[party, device] = b"".join(canonical(asdict(line)) + b"\n" for line in lines[: kept.seq])
    return pack(it, {"1": pdf}, recordings=parts)


def by_script(found: Evidence, folder: Path) -> float:
    """Seconds that the verifier in the package takes; it must find nothing wrong."""
    spec = importlib.util.spec_from_file_location("shipped_verifier", resources.path("evidence", "verify.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    write(found.folder(), folder / "evidence")
    begun = time.perf_counter()
    said, _ = module.inspect(str(folder / "evidence"), found.key)
    took = time.perf_counter() - begun
    assert [row for row in said if row[1] == "FAILED"] == []
    return took


def by_program(found: Evidence) -> tuple[float, Verdict]:
    """Seconds that all checks take, and what they say."""
    begun = time.perf_counter()
    verdict = inspect(found.folder(), found.key)
    return time.perf_counter() - begun, verdict


def run() -> dict[str, Any]:
    """Entries, size, seconds of both verifiers; `growth` is what twice the entries cost, 2 where all is linear."""
    half_s, _ = by_program(packed(ENTRIES // 2))
    begun = time.perf_counter()
    found = packed()
    made_s = time.perf_counter() - begun
    took, verdict = by_program(found)
    with tempfile.TemporaryDirectory() as folder:
        script_s = by_script(found, Path(folder))
    return {
        "entries": len(found.played.log.entries),
        "kilobytes": sum(map(len, found.files.values())) // 1024,
        "made_s": round(made_s, 2),
        "verified": verdict.good,
        "verify_s": round(took, 2),
        "growth": round(took / half_s, 2),
        "small_verifier_s": round(script_s, 2),
    }

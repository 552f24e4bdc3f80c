"""What a rehearsal leaves behind: evidence, report, screens in order, and a summary."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from app.demo.stage import Stage, StageFault
from app.journal import parse_checkpoint


def collect(stage: Stage) -> dict[str, Any]:
    """Lay everything out in `stage.out` and return the summary."""
    lots = [lot.id for lot in stage.cast.content.tender.lots]
    for index, lot in enumerate(lots):
        target = stage.out / ("evidence" if index == 0 else f"evidence-{lot}")
        _unpack(stage.folder / "evidence", f"evidence-*-{lot}.zip", target)
    shutil.copyfile(stage.out / "evidence" / "data" / "report.pdf", stage.out / "report.pdf")
    order_screens(stage.out / "screens")
    summary = _summary(stage)
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (stage.out / "summary.json").write_text(text + "\n", encoding="utf-8")
    return summary


def _unpack(folder: Path, pattern: str, target: Path) -> None:
    packed = next(folder.glob(pattern), None)
    if packed is None:
        raise StageFault("evidence_missing", str(folder), "没有得到证据包", "the evidence package is missing")
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as unpacked:
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(unpacked)
        (bag,) = Path(unpacked).iterdir()
        bag.rename(target)


def order_screens(folder: Path) -> None:
    """Name the pictures in the order in which they were taken; of several seats each page is kept once."""
    kept: set[tuple[str, str]] = set()
    number = 0
    for path in sorted(folder.glob("*~*~*.png")):
        _, machine, page = path.stem.split("~")
        kind = "seat" if machine.startswith("seat-") else machine
        if (kind, page) in kept:
            path.unlink()
            continue
        kept.add((kind, page))
        number += 1
        path.rename(folder / f"{number:02d}-{kind}-{page}.png")


def check_in(served: list[dict[str, Any]]) -> dict[str, Any]:
    """What arriving asks for in the common case, where no member of staff is needed: the acts of the person, the
    machine's own seconds (the median and the longest) among so many check-ins."""
    common = [one for one in served if "staff" not in one["acts"]]
    if not common:
        return {"count": 0}
    seconds = [one["machine_s"] for one in common]
    return {
        "count": len(common),
        "acts": max((one["acts"] for one in common), key=len),
        "machine_s": round(statistics.median(seconds), 2),
        "machine_longest_s": max(seconds),
    }


def _summary(stage: Stage) -> dict[str, Any]:
    data = stage.out / "evidence" / "data"
    result = json.loads((data / "result.json").read_text(encoding="utf-8"))
    checkpoint = parse_checkpoint((data / "checkpoint.txt").read_text(encoding="utf-8"))
    ranking = [
        {key: row[key] for key in ("id", "rank", "total", "price_score")}
        for row in result["bids"]
        if row["rank"] is not None
    ]
    tender = stage.cast.content.tender
    return {
        "case": stage.cast.case,
        "rehearsal": True,
        "experts": len(stage.cast.people),
        "bids": len(tender.lots[0].bids),
        "lots": [lot.id for lot in tender.lots],
        "ranking": ranking,
        "durations_s": stage.timings,
        "check_in": check_in(stage.served),
        "journal_root": checkpoint.checkpoint.root.hex(),
        "key": stage.room_key,
    }

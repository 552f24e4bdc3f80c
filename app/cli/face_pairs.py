"""`kawei face pairs`: scores and verdicts of pairs, and with `--roc` how often they are right."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.cli.face_reading import Reader, Reading
from app.cli.face_table import Row, missing_column, rows, warn

if TYPE_CHECKING:
    from app.ports.face import FaceEngine
    from devices.face.decision import Thresholds
    from devices.face.rates import OperatingPoint, Rate, Roc

    Measure = tuple[FaceEngine, Thresholds]

_FARS = (0.1, 0.01, 0.001, 0.0001)
_CURVE = 200
_SAME = {
    "1": True,
    "yes": True,
    "true": True,
    "same": True,
    "0": False,
    "no": False,
    "false": False,
    "different": False,
}


class Judged(NamedTuple):
    """One row of the answer; `score` is empty where nothing was compared."""

    found_a: str
    found_b: str
    score: str
    decision: str


def pairs(file: Path, engine_name: str, roc: Path | None, at: Thresholds, lang: str) -> None:
    """Compare pair by pair; CSV on stdout, the rates of labelled pairs as JSON in `roc`."""
    from app.ports.face import FaceEngine
    from devices.face.engines import Engines

    engine = FaceEngine(engine_name)
    reader = Reader(Engines(), sface=engine is not FaceEngine.DLIB, dlib=engine is not FaceEngine.SFACE)
    read, has = rows(file, ("a", "b"), ("same",))
    if roc is not None and "same" not in has:
        raise missing_column(file, "same", ("a", "b", "same"))
    reader.read_ahead(file.parent / row.cells[column] for row in read for column in "ab")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("a", "b", "found_a", "found_b", "score", "decision"))
    told = []
    for row in read:
        told.append(_pair(file.parent, row, reader, (engine, at), lang))
        out.writerow((row.cells["a"], row.cells["b"], *told[-1]))
    if roc is not None:
        answer = _rates((engine, at), list(zip(read, told, strict=True)), lang)
        roc.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _pair(folder: Path, row: Row, reader: Reader, by: Measure, lang: str) -> Judged:
    one, other = (reader.read(folder / row.cells[column]) for column in "ab")
    for column, reading in zip("ab", (one, other), strict=True):
        if reading.bad is not None:
            warn(row.line, row.cells[column], reading.bad.value, lang)
    return _judged(one, other, *by)


def _judged(a: Reading, b: Reading, engine: FaceEngine, at: Thresholds) -> Judged:
    """What is said of a pair; where a file is bad, its `found` says why."""
    from devices.face import decision
    from devices.face.engines import alike_dlib, alike_sface

    found = [r.bad.value if r.bad else ("yes" if r.found else "no") for r in (a, b)]
    if a.bad or b.bad:
        return Judged(found[0], found[1], "", "error")
    if not a.found or not b.found:
        return Judged(found[0], found[1], "", "no_face")
    sface = alike_sface(a.sface, b.sface) if a.sface is not None and b.sface is not None else None
    dlib = alike_dlib(a.dlib, b.dlib) if a.dlib is not None and b.dlib is not None else None
    decided = decision.measure(engine, sface, dlib, at)
    return Judged(found[0], found[1], f"{decided.score:.6f}", decided.verdict.value)


def _rates(by: Measure, told: list[tuple[Row, Judged]], lang: str) -> dict[str, Any]:
    """True and false accepts with their 95 % bounds. A face not found is a true accept missed; a bad file, or a row
    that says nothing of `same`, counts nowhere but in `errors`."""
    from app.ports.face import FaceVerdict
    from devices.face.rates import CONFIDENCE, Rate, Roc
    from devices.face.settings import thresholds_hash

    labelled: dict[bool, list[Judged]] = {True: [], False: []}
    errors = 0
    for row, judged in told:
        label = _SAME.get(row.cells["same"].strip().lower())
        if label is None:
            warn(row.line, row.cells["same"], "bad_same", lang)
        if label is None or judged.decision == "error":
            errors += 1
        else:
            labelled[label].append(judged)
    same, different = labelled[True], labelled[False]
    roc = Roc(*([float(judged.score) if judged.score else None for judged in kind] for kind in (same, different)))
    engine, at = by
    judged_pairs = [*same, *different]
    return {
        "engine": engine.value,
        "thresholds": thresholds_hash(at),
        "confidence": CONFIDENCE,
        "same": len(same),
        "different": len(different),
        "errors": errors,
        "found_both": Rate(sum(bool(judged.score) for judged in judged_pairs), len(judged_pairs)).told(),
        "decided_same": {
            "true_accepts": _decided(same, FaceVerdict.SAME.value).told(),
            "false_accepts": _decided(different, FaceVerdict.SAME.value).told(),
        },
        "decided_grey": {
            "same": _decided(same, FaceVerdict.GREY.value).told(),
            "different": _decided(different, FaceVerdict.GREY.value).told(),
        },
        "live": _point(roc.at(at.dlib_same if engine.value == "dlib" else at.live)),
        "eer": None if (eer := roc.equal_error()) is None else round(eer, 6),
        "at_far": {str(far): None if (point := roc.for_far(far)) is None else _point(point) for far in _FARS},
        "curve": _curve(roc),
    }


def _decided(judged: list[Judged], verdict: str) -> Rate:
    from devices.face.rates import Rate

    return Rate(sum(one.decision == verdict for one in judged), len(judged))


def _point(point: OperatingPoint) -> dict[str, Any]:
    return {"threshold": round(point.threshold, 6), "far": point.far.told(), "tar": point.tar.told()}


def _curve(roc: Roc) -> list[list[float | None]]:
    """Threshold, share of false accepts, share of true accepts; strictest first."""
    return [[round(point.threshold, 6), point.far.share, point.tar.share] for point in roc.curve(_CURVE)]

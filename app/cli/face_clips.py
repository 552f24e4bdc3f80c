"""`kawei face liveness`: whether films show a living person who does what was asked, and how often that is right."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.cli.face_table import Row, rows, warn

if TYPE_CHECKING:
    from app.ports.liveness import Challenge
    from devices.face.liveness import MeshLiveness

# What the column `kind` calls a living person; every other word is a kind of attack.
LIVE = "live"


class Judged(NamedTuple):
    """One row of the answer: yes, no or error, why, and the figures."""

    passed: str
    reason: str
    evidence: Mapping[str, Any]


def liveness(file: Path, summary: Path | None, lang: str) -> None:
    """Judge clip by clip; CSV on stdout. With a column `kind` the rates go to stderr, or as JSON to `summary`."""
    from devices.face.engines import Engines
    from devices.face.liveness import MeshLiveness

    read, has = rows(file, ("clip", "challenge"), ("kind",))
    judge = MeshLiveness(Engines())
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("clip", "passed", "reason", "evidence"))
    told = []
    for row in read:
        judged = _clip(file.parent, row, judge, lang)
        told.append((row.cells.get("kind", "").strip(), judged))
        evidence = json.dumps(judged.evidence, ensure_ascii=False)
        out.writerow((row.cells["clip"], judged.passed, judged.reason, evidence))
        sys.stdout.flush()  # films take seconds each: whoever waits sees it go on
    rates = _rates(told)
    if summary is not None:
        summary.write_text(json.dumps(rates, ensure_ascii=False, indent=1) + "\n", "utf-8")
    elif "kind" in has:
        sys.stderr.write(_in_words(rates, lang))


def _clip(folder: Path, row: Row, judge: MeshLiveness, lang: str) -> Judged:
    from devices.face.clips import BadClip, frames

    asked = _challenges(row.cells["challenge"])
    if not asked:
        warn(row.line, row.cells["challenge"], "bad_challenge", lang)
        return Judged("error", "bad_challenge", {})
    attempt = judge.measure(asked)
    seen = 0.0
    try:
        for frame in frames(folder / row.cells["clip"]):
            seen = frame.at_s
            if attempt.take(frame).verdict is not None:
                break
    except BadClip as error:
        warn(row.line, row.cells["clip"], error.fault.value, lang)
        return Judged("error", error.fault.value, {})
    verdict = attempt.give_up(seen)
    figures: dict[str, Any] = {name: round(figure, 4) for name, figure in verdict.evidence.items()}
    return Judged("yes" if verdict.passed else "no", verdict.reason.value, figures | {"cues": list(verdict.cues)})


def _challenges(text: str) -> tuple[Challenge, ...]:
    """`left+mouth` as challenges; empty for what is none."""
    from app.ports.liveness import Challenge

    try:
        return tuple(Challenge(word.strip().lower()) for word in text.split("+"))
    except ValueError:
        return ()


def _rates(told: list[tuple[str, Judged]]) -> dict[str, Any]:
    """As ISO/IEC 30107-3 names them: BPCER, living people turned away; APCER, attacks let through, for each kind.

    `cued` are clips that passed with a cue: at the door they go to a person. Clips that could not be read count
    nowhere but in `errors`.
    """
    from devices.face.rates import CONFIDENCE, Rate

    judged = [(kind, one) for kind, one in told if one.passed != "error"]
    living = [one for kind, one in judged if kind == LIVE]
    kinds = dict.fromkeys(kind for kind, _ in judged if kind not in (LIVE, ""))
    attacks = {}
    for kind in kinds:
        those = [one for word, one in judged if word == kind]
        attacks[kind] = {
            "apcer": Rate(sum(one.passed == "yes" for one in those), len(those)).told(),
            "apcer_uncued": Rate(sum(_uncued(one) for one in those), len(those)).told(),
        }
    return {
        "confidence": CONFIDENCE,
        "clips": len(told),
        "errors": len(told) - len(judged),
        "bpcer": Rate(sum(one.passed == "no" for one in living), len(living)).told(),
        "bpcer_or_cued": Rate(sum(not _uncued(one) for one in living), len(living)).told(),
        "attacks": attacks,
    }


def _uncued(judged: Judged) -> bool:
    """Whether it passed without a sign that calls a person."""
    return judged.passed == "yes" and not judged.evidence["cues"]


def _in_words(rates: dict[str, Any], lang: str) -> str:
    english = lang == "en"
    lines = [_line("BPCER", rates["bpcer"], english)]
    for kind, told in rates["attacks"].items():
        lines.append(_line(f"APCER {kind}", told["apcer"], english))
    if rates["errors"]:
        lines.append(f"errors: {rates['errors']}" if english else f"无法读取：{rates['errors']}")
    return "".join(line + "\n" for line in lines)


def _line(name: str, told: dict[str, Any], english: bool) -> str:
    if told["rate"] is None:
        return f"{name}: no such clips" if english else f"{name}：没有此类视频"
    counted = f"{100 * told['rate']:.2f} % ({told['hits']}/{told['of']})"
    bounds = f"{100 * told['low']:.2f}-{100 * told['high']:.2f} %"
    return f"{name}: {counted}, 95 %: {bounds}" if english else f"{name}：{counted}，95% 置信区间 {bounds}"

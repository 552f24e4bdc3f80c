"""`kawei face`: compare, look up and measure faces on anyone's pictures, outside the room; nothing is stored."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import face_clips, face_pairs
from app.cli.errors import Fault, Parser, language
from app.cli.face_reading import Reader, Reading
from app.cli.face_table import REASONS

if TYPE_CHECKING:
    from devices.face.decision import Thresholds


def run(argv: list[str]) -> int:
    """Run `pairs`, `identify`, `liveness` or `card`; 0 when done, `Fault` for bad input."""
    parser = Parser("kawei face", "人脸比对与测量 / compare and measure faces")
    doors = parser.add_subparsers(dest="door", required=True, metavar="pairs|identify|liveness|card")
    pairs = doors.add_parser("pairs", description="逐对比对 / compare pair by pair")
    pairs.add_argument("pairs", metavar="PAIRS.csv", type=Path, help="表头 a,b / with the header a,b")
    pairs.add_argument("--engine", choices=("fused", "sface", "dlib"), default="fused")
    pairs.add_argument(
        "--roc", metavar="FILE", type=Path, help="按 same 列写出准确率（JSON）/ rates by the column same, as JSON"
    )
    identify = doors.add_parser("identify", description="在一组人中查找 / look one face up among few")
    identify.add_argument("picture", metavar="PICTURE", type=Path)
    identify.add_argument("--gallery", metavar="DIR", type=Path, required=True)
    identify.add_argument("--top", metavar="N", type=_count, default=3)
    liveness = doors.add_parser("liveness", description="活体检测 / is it a living person in each film?")
    liveness.add_argument("clips", metavar="CLIPS.csv", type=Path, help="表头 clip,challenge[,kind] / with the header")
    liveness.add_argument("--summary", metavar="FILE", type=Path, help="错误率（JSON）/ the rates, as JSON")
    card = doors.add_parser("card", description="与证件芯片照片比对 / against an ID card's chip photo")
    card.add_argument("portrait", metavar="PORTRAIT", type=Path)
    card.add_argument("chip_photo", metavar="CHIP_PHOTO", type=Path)
    for door in (pairs, identify, card):
        door.add_argument(
            "--thresholds", metavar="FILE", type=Path, help="本中心的阈值 face.json / a centre's own thresholds"
        )
    arguments = parser.parse_args(argv)
    lang = language(argv)
    try:
        if arguments.door == "pairs":
            at = _thresholds(arguments.thresholds)
            face_pairs.pairs(arguments.pairs, arguments.engine, arguments.roc, at, lang)
        elif arguments.door == "liveness":
            face_clips.liveness(arguments.clips, arguments.summary, lang)
        elif arguments.door == "identify":
            _print(_identify(arguments.picture, arguments.gallery, arguments.top, _thresholds(arguments.thresholds)))
        else:
            _print(_card(arguments.portrait, arguments.chip_photo, _thresholds(arguments.thresholds)))
    except FileNotFoundError as error:
        if error.filename and str(error.filename).endswith((".onnx", ".tflite")):
            raise _models_missing(str(error.filename)) from error
        raise
    return 0


def _thresholds(file: Path | None) -> Thresholds:
    """Those of the file; without one the program's own."""
    from app.cli.thresholds import thresholds_of
    from devices.face.decision import Thresholds

    return Thresholds() if file is None else thresholds_of(file)


def _identify(picture: Path, gallery: Path, top: int, at: Thresholds) -> dict[str, Any]:
    from app.ports.face import Candidate, FaceVerdict
    from devices.face import decision
    from devices.face.engines import Engines, alike_sface

    reader = Reader(Engines(), sface=True, dlib=False)
    live = _good(picture, reader)
    scores, errors = [], []
    # Raises for what is no folder; hidden files are the system's, not people's.
    for file in sorted(entry for entry in gallery.iterdir() if not entry.name.startswith(".")):
        reading = reader.read(file)
        if reading.sface is None:
            errors.append({"file": file.name, "reason": reading.bad.value if reading.bad else "no_face"})
        elif live.sface is not None:
            scores.append(Candidate(file.stem, alike_sface(live.sface, reading.sface)))
    found = decision.decide_among(scores, at, top)
    return {
        "picture": str(picture),
        "decision": found.verdict.value if live.found else FaceVerdict.NO_FACE.value,
        "margin": _rounded(found.margin),
        "threshold": at.one_to_many,
        "threshold_margin": at.margin,
        "compared": len(scores),
        "candidates": [{"id": c.id, "score": _rounded(c.score)} for c in found.candidates],
        "errors": errors,
    }


def _card(portrait: Path, chip_photo: Path, at: Thresholds) -> dict[str, Any]:
    from app.ports.face import FaceVerdict
    from devices.face import decision
    from devices.face.engines import Engines, alike_sface

    reader = Reader(Engines(), sface=True, dlib=False)
    live, chip = _good(portrait, reader), _good(chip_photo, reader)
    told: dict[str, Any] = {"portrait": str(portrait), "chip_photo": str(chip_photo)}
    told |= {"found_portrait": live.found, "found_chip_photo": chip.found, "threshold": at.chip}
    if live.sface is None or chip.sface is None:
        return told | {"score": None, "decision": FaceVerdict.NO_FACE.value}
    decided = decision.decide_chip(alike_sface(live.sface, chip.sface), at)
    return told | {"score": _rounded(decided.score), "decision": decided.verdict.value}


def _good(path: Path, reader: Reader) -> Reading:
    """The reading of a picture named on the command line, which must be one."""
    reading = reader.read(path)
    if reading.bad is not None:
        zh, en = REASONS[reading.bad.value]
        raise Fault("bad_picture", str(path), f"{zh}，请换一张。", f"Choose another picture: {en}.")
    return reading


def _models_missing(file: str) -> Fault:
    return Fault(
        "models_missing",
        file,
        "人脸模型尚未就位，请运行 make setup 或重新安装。",
        "The face models are not in place; run make setup or install again.",
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 6)


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")

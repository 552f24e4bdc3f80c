"""`kawei face`: compare, look up and measure faces on anyone's pictures, outside the room; nothing is stored."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.cli.errors import Fault, Parser, language

if TYPE_CHECKING:
    from app.ports.face import FaceEngine
    from devices.face.engines import Engines, Feature
    from devices.pictures import PictureFault

# Reason codes of a file that gives no row, in Chinese and English.
_REASONS = {
    "missing": ("找不到文件", "there is no such file"),
    "is_folder": ("这是目录, 不是图片", "this is a folder, not a picture"),
    "no_permission": ("没有读取权限", "reading it is not permitted"),
    "empty": ("文件是空的", "the file is empty"),
    "too_large": ("图片过大 (上限 6400 万像素, 64 MB)", "the picture is too large (64 megapixels, 64 MB at most)"),
    "not_a_picture": ("不是图片文件", "this is no picture"),
    "truncated": ("图片不完整或已损坏", "the picture is cut off or damaged"),
    "no_face": ("没有找到人脸", "no face was found"),
}


class Reading(NamedTuple):
    """What one picture gave: features where a face was found, a reason where the file is bad."""

    sface: Feature | None = None
    dlib: Feature | None = None
    bad: PictureFault | None = None

    @property
    def found(self) -> bool:
        """Whether a face was found."""
        return self.sface is not None or self.dlib is not None


class Reader:
    """Reads each picture once; only its numbers are kept, so that thousands of pictures need little memory."""

    def __init__(self, engines: Engines, *, sface: bool, dlib: bool) -> None:
        self._engines = engines
        self._wants = (sface, dlib)
        self._read: dict[Path, Reading] = {}

    def read(self, path: Path) -> Reading:
        """The largest face of one picture."""
        if path not in self._read:
            self._read[path] = self._measure(path)
        return self._read[path]

    def _measure(self, path: Path) -> Reading:
        from devices.pictures import BadPicture, read_picture

        try:
            frame = read_picture(path)
        except BadPicture as error:
            return Reading(bad=error.fault)
        faces = self._engines.find(frame)
        if not faces:
            return Reading()
        sface, dlib = self._wants
        return Reading(
            self._engines.sface(frame, faces[0]) if sface else None,
            self._engines.dlib(frame, faces[0]) if dlib else None,
        )


def run(argv: list[str]) -> int:
    """Run `pairs`, `identify` or `card`; 0 when done, `Fault` for bad input."""
    parser = Parser("kawei face", "人脸比对与测量 / compare and measure faces")
    doors = parser.add_subparsers(dest="door", required=True, metavar="pairs|identify|card")
    pairs = doors.add_parser("pairs", description="逐对比对 / compare pair by pair")
    pairs.add_argument("pairs", metavar="PAIRS.csv", type=Path, help="表头 a,b / with the header a,b")
    pairs.add_argument("--engine", choices=("fused", "sface", "dlib"), default="fused")
    identify = doors.add_parser("identify", description="在一组人中查找 / look one face up among few")
    identify.add_argument("picture", metavar="PICTURE", type=Path)
    identify.add_argument("--gallery", metavar="DIR", type=Path, required=True)
    identify.add_argument("--top", metavar="N", type=_count, default=3)
    card = doors.add_parser("card", description="与证件芯片照片比对 / against an ID card's chip photo")
    card.add_argument("portrait", metavar="PORTRAIT", type=Path)
    card.add_argument("chip_photo", metavar="CHIP_PHOTO", type=Path)
    arguments = parser.parse_args(argv)
    lang = language(argv)
    try:
        if arguments.door == "pairs":
            _pairs(arguments.pairs, arguments.engine, lang)
        elif arguments.door == "identify":
            _print(_identify(arguments.picture, arguments.gallery, arguments.top))
        else:
            _print(_card(arguments.portrait, arguments.chip_photo))
    except FileNotFoundError as error:
        if error.filename and str(error.filename).endswith(".onnx"):
            raise _models_missing(str(error.filename)) from error
        raise
    return 0


def _pairs(file: Path, engine_name: str, lang: str) -> None:
    from app.ports.face import FaceEngine
    from devices.face.engines import Engines

    engine = FaceEngine(engine_name)
    reader = Reader(Engines(), sface=engine is not FaceEngine.DLIB, dlib=engine is not FaceEngine.SFACE)
    rows = _rows(file)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("a", "b", "found_a", "found_b", "score", "decision"))
    for line, *names in rows:
        one, other = (reader.read(file.parent / name) for name in names)
        out.writerow((*names, *_told(one, other, engine)))
        for name, reading in zip(names, (one, other), strict=True):
            if reading.bad is not None:
                _warn(line, name, reading.bad.value, lang)


def _told(a: Reading, b: Reading, engine: FaceEngine) -> tuple[str, str, str, str]:
    """found_a, found_b, score, decision of a row; where a file is bad, its `found` says why."""
    from devices.face import decision
    from devices.face.engines import alike_dlib, alike_sface

    found = [r.bad.value if r.bad else ("yes" if r.found else "no") for r in (a, b)]
    if a.bad or b.bad:
        return found[0], found[1], "", "error"
    if not a.found or not b.found:
        return found[0], found[1], "", "no_face"
    sface = alike_sface(a.sface, b.sface) if a.sface is not None and b.sface is not None else None
    dlib = alike_dlib(a.dlib, b.dlib) if a.dlib is not None and b.dlib is not None else None
    decided = decision.measure(engine, sface, dlib, decision.Thresholds())
    return found[0], found[1], f"{decided.score:.6f}", decided.verdict.value


def _rows(file: Path) -> list[tuple[int, str, str]]:
    """Line number and both paths of each row; what is no such table is refused before anything is compared."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text)
        try:
            missing = [column for column in ("a", "b") if column not in (table.fieldnames or ())]
            rows = [(table.line_num, row.get("a") or "", row.get("b") or "") for row in table]
        except (csv.Error, UnicodeDecodeError) as error:
            raise Fault(
                "bad_csv",
                f"{file}:{table.line_num + 1}",
                "这不是 UTF-8 编码的 CSV 文件, 请另存后重试。",
                "This is no CSV file in UTF-8; save it again as one.",
            ) from error
    if missing:
        raise Fault(
            "missing_column",
            f"{file}:{missing[0]}",
            f"表中缺少列 {missing[0]}, 表头应为 a,b。",
            f"The column {missing[0]} is missing; the header is a,b.",
        )
    return rows


def _identify(picture: Path, gallery: Path, top: int) -> dict[str, Any]:
    from app.ports.face import Candidate, FaceVerdict
    from devices.face import decision
    from devices.face.engines import Engines, alike_sface

    at = decision.Thresholds()
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


def _card(portrait: Path, chip_photo: Path) -> dict[str, Any]:
    from app.ports.face import FaceVerdict
    from devices.face import decision
    from devices.face.engines import Engines, alike_sface

    at = decision.Thresholds()
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
        zh, en = _REASONS[reading.bad.value]
        raise Fault("bad_picture", str(path), f"{zh}, 请换一张。", f"Choose another picture: {en}.")
    return reading


def _warn(line: int, name: str, reason: str, lang: str) -> None:
    zh, en = _REASONS[reason]
    sys.stderr.write(f"line {line}: {name}: {en}\n" if lang == "en" else f"第 {line} 行: {name}: {zh}\n")


def _models_missing(file: str) -> Fault:
    return Fault(
        "models_missing",
        file,
        "人脸模型尚未就位, 请运行 make setup 或重新安装。",
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

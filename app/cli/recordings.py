"""`kawei recordings`: what lies in a folder of recordings, whether it is whole, what it holds for who may open it; and
what becomes of it when its term is over."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language
from app.cli.recordings_room import KEEPING, add_keeping, keep, open_through_room

if TYPE_CHECKING:
    from app.recordings.manifest import Line

OPENED = "opened.jsonl"
"""Beside a recording: who opened it from the command line, when and why."""
NO_JOURNAL = {
    "zh": f"离线打开：无法记入日志，仅在录像旁的 {OPENED} 留痕。",
    "en": f"Opened offline: no journal could be written; {OPENED} beside the recording alone says so.",
}


def run(argv: list[str]) -> int:
    """0 where all is whole, 1 where something is missing or was changed; raises on bad usage."""
    parser = Parser("kawei recordings", "录音录像：列出、核验、打开、到期删除 / recordings: list, verify, open, expire")
    named = "|".join(("list", "verify", "open", *KEEPING))
    acts = parser.add_subparsers(dest="act", required=True, metavar=named, parser_class=_Sub)
    for name, help_text in (("list", "列出 / what there is"), ("verify", "核验清单和片段 / check lists and segments")):
        acts.add_parser(name, help=help_text).add_argument("folder", metavar="DIR", type=Path)
    opening = acts.add_parser("open", help="用机房密钥打开一段或全部 / open one segment or all with the room's key")
    opening.add_argument("folder", metavar="DIR", type=Path, help="一名成员在一台机器上的录音录像 / one recording")
    opening.add_argument("--keys", metavar="DIR", type=Path, help="机房密钥目录 (离线) / the key folder, offline")
    opening.add_argument("--state", metavar="DIR", type=Path, help="向机房调阅：本工作台目录 / through the room")
    opening.add_argument("--user", metavar="NAME", help="与 --state 同用：账号 / account, with --state")
    opening.add_argument("--out", metavar="FILE", type=Path, required=True, help="写入的 MKV 文件 / the MKV to write")
    opening.add_argument("--reason", metavar="TEXT", required=True, help="理由，将留存 / why; it is kept")
    opening.add_argument("--segment", metavar="N", type=int, help="只要第 N 段 / segment N alone")
    opening.add_argument("--at", metavar="TIME", help="只要这一时刻所在的一段 / the segment of this moment, RFC 3339")
    add_keeping(acts)
    arguments = parser.parse_args(argv)
    if arguments.act in KEEPING:
        return keep(arguments, english=language(argv) == "en")
    if arguments.act == "open" and arguments.state is not None:
        return open_through_room(arguments, language(argv))
    if arguments.act == "open":
        _offline(arguments.folder, arguments.keys)
        wanted = arguments.segment if arguments.at is None else _segment_at(arguments.folder, arguments.at)
        done = _open(arguments.folder, arguments.keys, arguments.out, arguments.reason, wanted)
        sys.stdout.write(NO_JOURNAL[language(argv)] + "\n")
        return done
    return _look(arguments.folder, deep=arguments.act == "verify", english=language(argv) == "en")


class _Sub(Parser):
    """A part of the door."""

    def __init__(self, prog: str, **_: object) -> None:
        super().__init__(prog, "")


def _recordings(folder: Path) -> list[Path]:
    from app.recordings.manifest import NAME

    found = sorted(path.parent for path in folder.rglob(NAME))
    if not found:
        raise Fault(
            "no_recording",
            str(folder),
            f"{folder} 中没有录音录像，请给出其所在目录。",
            f"There is no recording in {folder}; name the folder that holds one.",
        )
    return found


def _look(folder: Path, *, deep: bool, english: bool) -> int:
    from app.recordings.expiry import BadRecord
    from app.recordings.manifest import BrokenManifest, check, lines_in

    bad = False
    for place in _recordings(folder):
        name = place.relative_to(folder).as_posix()
        try:
            said = _expired(place, english=english)
            said = said or _told(check(place) if deep else lines_in(place), english=english)
        except BadRecord:
            bad = True
            said = "FAILED bad_record"
        except BrokenManifest as broken:
            bad = True
            said = f"FAILED {broken.code} {broken.seq}"
        sys.stdout.write(f"{name}  {said}\n")
    return 1 if bad else 0


def _expired(folder: Path, *, english: bool) -> str:
    """What stands in the record of segments that were deleted by rule; empty where there is none.

    The signature is checked; whose key it is, only `kawei verify` can say, which has the room's.
    """
    from app.recordings.expiry import read_record
    from app.recordings.manifest import lines_in

    found = read_record(folder, tuple(lines_in(folder)))
    if found is None or any(folder.glob("*.kwr")):
        return ""
    who = f"{found.first}, {found.second}"
    if english:
        return f"{found.segments} segments expired by rule {found.until} ({found.article}), deleted {found.at} by {who}"
    return f"{found.segments} 段按规定到期（{found.until}，{found.article}），{found.at} 由 {who} 删除"


def _told(lines: Sequence[Line], *, english: bool) -> str:
    if not lines:
        return "0"
    size = sum(line.bytes for line in lines) / 1e6
    holes = [gap for line in lines for gap in line.gaps if gap.why in ("interrupted", "disk")]
    if english:
        return f"{len(lines)} segments, {lines[0].start} to {lines[-1].end}, {size:.1f} MB, {len(holes)} interruptions"
    return f"{len(lines)} 段，{lines[0].start} 至 {lines[-1].end}，{size:.1f} MB，中断 {len(holes)} 处"


def _offline(folder: Path, keys: Path | None) -> None:
    """Not beside the room's own journal: there the way leads through the room."""
    place = folder.resolve()
    data = place.parents[3] if len(place.parents) > 3 else place
    if place.parents[2].name == "recordings" and ((data / "kawei.sqlite").exists() or (data / "files").is_dir()):
        raise Fault(
            "room_there",
            str(folder),
            "这是机房自己的录音录像：请在工作台的日志页调阅，或用 --state 和 --user 向运行中的机房调阅，以便记入日志。",
            "This is a room's own recording: look at it from a console's journal, or through the running room "
            "with --state and --user, so that the journal says so.",
        )
    if keys is None:
        raise Fault("usage", "--keys", "离线打开需要 --keys。", "Opening offline needs --keys.")


def _open(folder: Path, keys: Path, out: Path, reason: str, segment: int | None) -> int:
    from app.recordings.joining import write_film
    from app.recordings.manifest import NAME, lines_in

    if not (folder / NAME).is_file():
        raise Fault("no_recording", str(folder), f"{folder} 不是一份录音录像。", f"{folder} is no recording.")
    lines = [line for line in lines_in(folder) if segment in (None, line.seq)]
    if not lines or not reason.strip():
        raise Fault("usage", "--segment", "没有这一段，或未写理由。", "There is no such segment, or no reason.")
    private = _key(keys)
    if out.exists():
        raise FileExistsError(17, "File exists", str(out))
    with (folder / OPENED).open("a", encoding="utf-8") as record:
        told = {"at": _now(), "by": getpass.getuser(), "reason": reason, "segments": [line.seq for line in lines]}
        record.write(json.dumps(told, ensure_ascii=False) + "\n")
    with out.open("xb") as film:
        out.chmod(0o600)
        write_film(film, _parts(folder, lines, private))
    return 0


def _segment_at(folder: Path, at: str) -> int:
    """The segment that holds a moment, as an entry of the journal names it; says where in it the moment is."""
    from app.recordings.manifest import lines_in, place_of

    try:
        found = place_of(lines_in(folder), at)
    except ValueError:
        raise Fault("usage", "--at", "时间须写成 RFC 3339。", "A moment is written as RFC 3339 says.") from None
    if found is None:
        raise Fault("not_recorded", at, f"{at} 没有录音录像。", f"Nothing was recorded at {at}.")
    line, second = found
    sys.stdout.write(f"{line.file} +{second:.1f} s\n")
    return line.seq


def _parts(folder: Path, lines: Sequence[Line], private: bytes) -> Iterator[tuple[int, bytes]]:
    from app.journal import SealingFault
    from app.recordings.sealed_file import opened

    begin = datetime.fromisoformat(lines[0].start)
    for line in lines:
        try:
            content = opened(folder / line.file, private)
        except SealingFault as fault:
            raise Fault(
                fault.code,
                line.file,
                f"{line.file} 打不开：密钥不对，或文件被改动过。",
                f"{line.file} does not open: another key, or the file was changed.",
            ) from None
        yield round((datetime.fromisoformat(line.start) - begin).total_seconds() * 1000), content


def _key(folder: Path) -> bytes:
    path = folder / "recordings.key"
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        raise Fault("bad_key_file", str(path), "密钥文件损坏。", "The key file is damaged.") from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

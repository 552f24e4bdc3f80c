"""Every role asks for everything at every stage, hears the stream, reads log and disk: nobody finds what is not theirs.

A search that finds nothing proves nothing unless it finds what is there: each channel first finds planted secrets,
and in the walk itself every secret has to be met by everyone whom the table (`leak_table.py`) lets know it.
"""

from __future__ import annotations

import base64
import io
import logging
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "room"))
sys.path.insert(0, str(Path(__file__).parent))

from access_table import NOT_IN_THE_WALK, may_ask
from faces_ground import enrol
from leak_questions import COMMANDS, Known, questions
from leak_search import Content, Needle, Search, keys, numbers, words
from leak_table import FINDERS, MAY, STAGES
from leak_walk import DISSENT, DRAFT, FINDING, HELP, MARK, REASON, REMARK, VERDICT, Walk, a_walk
from room_packages import NAMES, document, package
from room_play import STREAM
from room_world import Seat

from app import journal
from app.evaluation.model import SheetKind
from app.evaluation.sheets import sealed_stage
from app.room.routes import OPERATIONS
from devices.ambient import SystemRandomness

CHANNELS = {"answer", "stream", "live", "disk", "log"}


def test_every_request_of_the_room_is_asked() -> None:
    for operation in OPERATIONS:
        questions(operation.name, "nobody", Known())
    assert {stream for stream, _, _ in COMMANDS} == {STREAM, "room", "kiosk"}


def test_the_table_names_only_who_and_when_there_is() -> None:
    rows = [spans for table in MAY.values() for spans in table.values()]
    for spans in rows:
        assert set(spans) <= FINDERS | {"own"}
        assert all(STAGES.index(first) <= STAGES.index(last) for first, last in spans.values())
    assert not any(
        finder in spans for spans in MAY.values() for finder in ("nobody", "stranger", "board", "seat", "log")
    )


def found(raw: bytes, needles: list[Needle]) -> bool:
    return bool(Search(needles).met(Content("", raw)))


def test_a_secret_is_known_in_every_shape() -> None:
    name, key, mark = words("name", "赵一鸣"), keys("key", bytes(range(32))), numbers("mark", "7.77")
    for text in ("『赵一鸣』", r"\u8d75\u4e00\u9e23", "赵 一\n鸣", "e8b5b5e4b880e9b8a3"):
        assert found(text.encode(), name), text
    for offset in range(3):
        assert found(base64.b64encode(b"x" * offset + "赵一鸣来了".encode()), name)
        assert found(base64.urlsafe_b64encode(b"x" * offset + bytes(range(32))), key)
    assert not found("赵一名".encode(), name)
    assert found(b"\0" + bytes(range(32)), key)
    password = words("password", "correct horse battery")
    for text in ('{"password": "correct horse battery"}', "correct\nhorse battery", "correcthorsebattery"):
        assert found(text.encode(), password), text
    assert found(_pdf_that_says("/Author", "correct horse battery"), password)
    assert not found(_pdf_that_says("/Author", "correct horse"), password)
    assert [found(text, mark) for text in (b'"7.77"', b"7.77,", b"07.77", b"7.775", b"17.77")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    """A witness who writes a name down, a log line with one, a file: each way out is seen."""
    with a_walk(tmp_path / "data") as walk:
        play = walk.play
        play.import_package(package(tmp_path))
        walk.learn_project()
        walk.look("imported")
        assert walk.found == []
        play.witness.do(STREAM, "AddRemark", {"text": f"{NAMES[0]}来电"})
        logging.getLogger("app.room.kiosk").info("looked up %s", document(2))
        (walk.room.folder / "files" / "left.zip").write_bytes(_packed("note.txt", NAMES[1]))
        _wait(lambda: NAMES[0] in walk.listeners["console-2"].heard())
        walk.look("imported")
        assert {(leak.channel, leak.shown) for leak in walk.found} == {
            ("answer", NAMES[0]),
            ("stream", NAMES[0]),
            ("live", NAMES[0]),
            ("disk", NAMES[0]),
            ("disk", NAMES[1]),
            ("log", document(2)),
        }
        assert {leak.who for leak in walk.found} == {"centre", "witness", "regulator", "disk", "log"}


@pytest.mark.parametrize("track", ["ZC", pytest.param("GC", marks=pytest.mark.slow)])
def test_nobody_finds_what_is_not_theirs(track: str, tmp_path: Path) -> None:
    with a_walk(tmp_path / "data", track) as walk:
        for stage, act in WAY:
            if (track, stage) != ("GC", "checking"):
                act(walk, tmp_path)
                walk.look(stage)
        assert walk.found == []
        table = MAY[track]
        ends = {(secret, who, end) for secret, spans in table.items() for who, span in spans.items() for end in span}
        assert ends - walk.met == set()  # the table lets nobody know more, nor longer, than the room tells
        assert {channel for channel, _ in walk.ways} == CHANNELS - {"log"}
        asked = {at: let_in for at, let_in in walk.asked.items() if at[0] not in NOT_IN_THE_WALK}
        wrong = [at for at, let_in in asked.items() if let_in != may_ask(*at)]
        assert not wrong, " ".join(f"{request}/{finder}/{stage}" for request, finder, stage in wrong)


# --- the way, stage by stage


def imported(walk: Walk, folder: Path) -> None:
    """Three of those on the list have enrolled their faces."""
    walk.play.import_package(package(folder, walk.track))
    for number in (1, 2, 3):
        enrol(walk.play, number)
    walk.learn_project()


def drawn(walk: Walk, folder: Path) -> None:
    walk.play.draw()
    walk.learn_seating()


def arriving(walk: Walk, folder: Path) -> None:
    """One has read the discipline, one sits before it, one is awaited at the seat; two are still expected."""
    for number in (1, 2, 3):
        seat = walk.play.to_the_seat(number)
        walk.sits(seat, number)
        walk.here.append(seat)
    first, second, _ = walk.here
    _open(walk, first)
    _brief(walk, first)
    _open(walk, second)


def constituted(walk: Walk, folder: Path) -> None:
    play = walk.play
    _, second, third = walk.here
    _brief(walk, second)
    _open(walk, third)
    _brief(walk, third)
    for seat in walk.here:
        mine = seat.mine()
        seat.do(STREAM, "GivePledge", {"pledge_hash": mine["pledge"]["hash"], "no_interest": mine["bidders"]})
    for number in (4, 5):
        seat = play.arrive(number)
        walk.sits(seat, number)
        walk.here.append(seat)
    play.constitute(list(walk.here))
    walk.roles |= {seat.device: "member" for seat in walk.here}
    play.witness.do(STREAM, "AddRemark", {"text": REMARK})
    play.centre.until(lambda view: all(draw["stage"] == "opened" for draw in view["room"]["draws"]))


def balloting(walk: Walk, folder: Path) -> None:
    """Somebody objects to the one put forward; three have voted."""
    play = walk.play
    eligible = play.sitting[0].mine()["election"]["eligible"]
    play.sitting[0].do(STREAM, "ProposeChair", {"candidate": eligible[0]})
    play.sitting[1].do(STREAM, "ObjectToChair")
    walk.vote = eligible[1]
    for seat in play.sitting[:3]:
        seal(walk, seat, "", "ballot", {"candidate": walk.vote})


def reviewing(walk: Walk, folder: Path) -> None:
    play = walk.play
    for seat in play.sitting[3:]:
        seal(walk, seat, "", "ballot", {"candidate": walk.vote})
    play.wait_stage("1", "reviewing")
    play.sitting[4].do(STREAM, "CallHelp", {"text": HELP})
    walk.needles += words("call for help", HELP, owner=play.sitting[4].device)
    for seat in play.sitting[:3]:
        seal(walk, seat, "1", "review", review_of(walk, seat))


def reviewed(walk: Walk, folder: Path) -> None:
    for seat in walk.play.sitting[3:]:
        seal(walk, seat, "1", "review", review_of(walk, seat))
    walk.play.wait_stage("1", "reviewed")


def marking(walk: Walk, folder: Path) -> None:
    play = walk.play
    rejections = play.lot("1")["verdict"]["failing"]
    play.chair.do(STREAM, "ConcludeReview", {"lot": "1", "rejections": rejections, "competition": None})
    for seat in play.sitting:
        text = DRAFT + seat.device
        walk.needles += words("draft", text, owner=seat.device)
        seat.ask("PUT", "/drafts/evaluation~ev1/1/marks/1", {"version": 1, "sealed": text})
    for seat in play.sitting[:3]:
        seal(walk, seat, "1", "marks", marks_of(walk, seat))


def opened(walk: Walk, folder: Path) -> None:
    for seat in walk.play.sitting[3:]:
        seal(walk, seat, "1", "marks", marks_of(walk, seat))
    walk.play.wait_stage("1", "opened")


def checking(walk: Walk, folder: Path) -> None:
    _note_findings(walk)
    walk.play.wait_stage("1", "checking")


def confirming(walk: Walk, folder: Path) -> None:
    play = walk.play
    if walk.track == "ZC":
        play.agency.do(STREAM, "CheckTables", {"lot": "1", "in_order": True, "remarks": ""})
    else:
        _note_findings(walk)
    play.sitting[0].do(STREAM, "DissentFromResult", {"lot": "1", "reasons": DISSENT})
    for seat in play.sitting[1:4]:
        seat.do(STREAM, "ConfirmResult", {"lot": "1"})


def reported(walk: Walk, folder: Path) -> None:
    walk.play.sitting[4].do(STREAM, "ConfirmResult", {"lot": "1"})
    walk.play.wait_stage("1", "reported")


def left(walk: Walk, folder: Path) -> None:
    walk.play.leave()
    walk.roles |= {seat.device: "seat" for seat in walk.play.sitting}


def closed(walk: Walk, folder: Path) -> None:
    walk.play.close()
    walk.play.evidence()


WAY = (
    ("imported", imported),
    ("drawn", drawn),
    ("arriving", arriving),
    ("constituted", constituted),
    ("balloting", balloting),
    ("reviewing", reviewing),
    ("reviewed", reviewed),
    ("marking", marking),
    ("opened", opened),
    ("checking", checking),
    ("confirming", confirming),
    ("reported", reported),
    ("left", left),
    ("closed", closed),
)


# --- small parts


def _note_findings(walk: Walk) -> None:
    walk.play.chair.do(STREAM, "NoteFindings", {"lot": "1", "note": FINDING})


def _open(walk: Walk, seat: Seat) -> None:
    seat.do(STREAM, "OpenSeat", {"score": "0.64", "engine": "sface-1"})
    walk.roles[seat.device] = "seated"


def _brief(walk: Walk, seat: Seat) -> None:
    seat.do(STREAM, "ReadDiscipline", {"read_s": 90})
    walk.roles[seat.device] = "briefed"


def review_of(walk: Walk, seat: Seat) -> dict[str, Any]:
    """All pass, but for one member's verdict on one item, which the others outvote."""
    sheet = walk.play.review_sheet(seat, "1")
    if seat is walk.play.sitting[0]:
        sheet["bids"]["A"]["F1"] = {"pass": False, "reason": VERDICT, "page": "37"}
    return dict(sheet)


def marks_of(walk: Walk, seat: Seat) -> dict[str, Any]:
    """One member's mark and its reason are to be looked for."""
    sheet = walk.play.marks_sheet(seat, "1")
    if seat is walk.play.sitting[0]:
        sheet["marks"]["A"]["T1"] = MARK
        sheet["reasons"] = {"A": {"T1": REASON}}
    return dict(sheet)


def seal(walk: Walk, seat: Seat, lot: str, kind: str, sheet: dict[str, Any]) -> None:
    """Seal a sheet under a key and a salt that the walk knows: neither may be met before its time."""
    view, chance = seat.mine(), SystemRandomness().token_bytes
    key, salt = chance(32), chance(32)
    where = (view["stream"], sealed_stage(lot, SheetKind(kind)), 1, view["alias"])
    sealed = journal.seal(key, chance(12), *where, salt, sheet, block=8192)
    seat.keys[sealed.commitment] = key
    if kind == "ballot":
        walk.needles += keys("ballot", salt)
    data = {"lot": lot, "kind": kind, "round": 1, "sealed": sealed.to_json(), "key_id": view["sealing_key"]["id"]}
    seat.do(STREAM, "SealSheet", data | {"key": seat.boxed(sealed.commitment, key, view["sealing_key"])})


def _packed(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, text)
    return buffer.getvalue()


def _pdf_that_says(entry: str, text: str) -> bytes:
    """An empty PDF with one line of metadata, in hex as programs write it."""
    said = ("\ufeff" + text).encode("utf-16-be").hex()
    parts = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj",
        f"4 0 obj<<{entry}<{said}>>>endobj",
        "trailer<</Root 1 0 R/Info 4 0 R>>",
    ]
    return ("%PDF-1.7\n" + "\n".join(parts) + "\n%%EOF").encode()


def _wait(done: Any) -> None:
    deadline = time.monotonic() + 10
    while not done():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)

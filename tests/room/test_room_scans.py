"""Scanned papers: brought by consoles, kept by hash, named by commands, and shown to those who see such an entry."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play, ready
from room_world import Refusal, Room, a_room

from app.room import scans
from app.room.importing import files_of

PDF = b"%PDF-1.7\n% a signed confirmation\n%%EOF\n"
OTHER, THIRD = PDF + b"% other", PDF + b"% third"
SHA = hashlib.sha256(PDF).hexdigest()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def status(call: Any, *args: Any, **options: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        call(*args, **options)
    return refused.value.status, refused.value.code


def bring(machine: Any, content: bytes = PDF) -> Any:
    return machine.ask("POST", "/papers", data=content)


def kept(room: Room) -> list[Any]:
    return [json.loads(r.body) for r in room.store.entries("room") if r.type == "PaperKept"]


def left_over(room: Room) -> list[str]:
    return [path.name for path in (room.folder / "scans").iterdir()]


def test_consoles_bring_papers_and_each_is_an_entry_with_its_bringer(marking: Play) -> None:
    room = marking.room
    assert isinstance(room, Room)
    assert bring(marking.centre) == {"sha256": SHA, "bytes": len(PDF)}
    assert bring(marking.witness) == {"sha256": SHA, "bytes": len(PDF)}  # the same content is the same paper
    for begin in (b"\xff\xd8\xff\xe0 a photograph", b"\x89PNG\r\n\x1a\n a screen"):
        assert bring(marking.agency, begin)["bytes"] == len(begin)
    entries = kept(room)
    assert [(one["data"]["bytes"], one["actor"]["post"]) for one in entries] == [
        (len(PDF), "centre-a"),
        (17, "agency-a"),
        (17, "agency-a"),
    ]
    assert left_over(room) == []


def test_what_is_no_scan_or_too_large_or_not_ones_duty_leaves_nothing(marking: Play, monkeypatch: Any) -> None:
    room = marking.room
    assert isinstance(room, Room)
    before = len(room.services.blobs.digests()), kept(room)
    for content in (b"MZ an executable", b"", b"<html>"):
        assert status(bring, marking.centre, content) == (409, "not_a_scan")
    monkeypatch.setattr(scans, "MOST_BYTES", 100)
    assert status(bring, marking.centre, PDF + b" " * 100) == (413, "too_large")
    for machine in (marking.sitting[0], marking.kiosk):
        assert status(bring, machine) == (403, "not_permitted")
    assert (len(room.services.blobs.digests()), kept(room)) == before
    assert left_over(room) == []


def entry(content: bytes, **more: Any) -> dict[str, Any]:
    paper = {"sha256": sha(content), "bytes": len(content), "title": "供电说明"} | more
    return {"what": "other", "alias": "", "lot": "", "paper": paper, "words": "停电 5 分钟", "reason": "停电"}


def test_a_command_names_only_papers_that_the_room_has(marking: Play) -> None:
    assert status(marking.centre.do, STREAM, "EnterPaper", entry(OTHER)) == (409, "paper_unknown")
    bring(marking.centre, OTHER)
    assert status(marking.centre.do, STREAM, "EnterPaper", entry(OTHER, bytes=1)) == (409, "paper_unknown")
    marking.centre.do(STREAM, "EnterPaper", entry(OTHER))


def test_a_paper_goes_to_those_who_see_an_entry_that_names_it(marking: Play) -> None:
    bring(marking.centre, THIRD)
    path = f"/papers/{sha(THIRD)}"
    for machine in (marking.centre, marking.witness):  # even who brought it waits for the entry
        assert status(machine.ask, "GET", path) == (404, "not_found")
    marking.centre.do(STREAM, "EnterPaper", entry(THIRD))
    for machine in (marking.centre, marking.witness):
        assert machine.ask("GET", path) == THIRD
    for machine in (marking.agency, marking.kiosk, *marking.sitting[:2]):
        assert status(machine.ask, "GET", path) == (404, "not_found")
    assert status(marking.centre.ask, "GET", f"/papers/{'0' * 64}") == (404, "not_found")
    assert status(marking.centre.ask, "GET", "/papers/..%2Froom") == (404, "not_found")


def test_the_committee_gets_the_paper_of_an_answer_that_stands_in_its_view(marking: Play) -> None:
    answer = PDF + b"% an answer"
    ask = {"lot": "1", "bid": "A", "question": "交货期前后不一致，请说明。", "minutes": 30, "draft": None}
    marking.chair.do(STREAM, "AskClarification", ask)
    marking.agency.do(STREAM, "PassLetter", {"letter": 1})
    paper = {**bring(marking.agency, answer), "title": "答复函"}
    path = f"/papers/{sha(answer)}"
    assert status(marking.sitting[0].ask, "GET", path) == (404, "not_found")
    data = {"letter": 1, "text": "以第 18 页为准。", "paper": paper, "confirms": None}
    marking.agency.do(STREAM, "EnterAnswer", data)
    for machine in (marking.agency, marking.witness, *marking.sitting):
        assert machine.ask("GET", path) == answer
    assert status(marking.kiosk.ask, "GET", path) == (404, "not_found")


def test_a_member_gets_the_own_paper_after_a_restart_too(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        first, second = play.arrive(1), play.arrive(2)
        bring(play.centre)
        sign_in = entry(PDF) | {"what": "sign_in", "alias": first.mine()["alias"], "words": ""}
        play.centre.do(STREAM, "EnterPaper", sign_in)
        play.disconnect()
        (room.folder / "scans" / "half").write_bytes(b"what a crash left")
    with a_room(tmp_path / "data") as room:
        play.move_to(room)
        assert left_over(room) == []
        assert first.ask("GET", f"/papers/{SHA}") == PDF
        assert status(second.ask, "GET", f"/papers/{SHA}") == (404, "not_found")
        play.witness.do(STREAM, "ConfirmPaper", {"number": 1, "seen": SHA})
        play.disconnect()


class Ahead:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by

    def monotonic(self) -> float:
        return time.monotonic() + self.by.total_seconds()


def until(seen: Any) -> None:
    end = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < end, "the room did not do it"
        time.sleep(0.02)


def test_what_nobody_named_goes_and_what_was_named_or_is_another_file_stays(tmp_path: Path, monkeypatch: Any) -> None:
    assert scans.UNNAMED_FOR.days == 1
    monkeypatch.setattr(scans, "UNNAMED_FOR", timedelta(minutes=4))  # sessions do not last a day
    clock = Ahead()
    with a_room(tmp_path / "data", clock=clock, checkpoint_s=0.05) as room:
        play = ready(room, tmp_path)
        tender_file = next(file for file in files_of(room.services.writer.book.evaluations[STREAM].tender))
        with room.services.blobs.open(tender_file.sha256) as stream:
            shared = stream.read()
        shared_taken = shared.startswith(b"%PDF-")
        for content in (PDF, OTHER, THIRD, *([shared] if shared_taken else [])):
            bring(play.centre, content)
        play.centre.do(STREAM, "EnterPaper", entry(OTHER))
        clock.by = timedelta(minutes=3)
        bring(play.centre, THIRD)  # brought again, it waits again
        bring(play.centre, OTHER)  # named already: no entry more
        assert [one["data"]["sha256"] for one in kept(room)].count(sha(THIRD)) == 2
        assert [one["data"]["sha256"] for one in kept(room)].count(sha(OTHER)) == 1
        clock.by = timedelta(minutes=5)
        until(lambda: SHA not in room.services.writer.book.room.papers)
        until(lambda: not room.services.blobs.has(SHA))
        papers = room.services.writer.book.room.papers
        assert {sha(OTHER), sha(THIRD)} <= set(papers)
        assert room.services.blobs.has(sha(OTHER))
        assert room.services.blobs.has(tender_file.sha256)
        if shared_taken:
            until(lambda: tender_file.sha256 not in room.services.writer.book.room.papers)
            assert room.services.blobs.has(tender_file.sha256)
        assert status(play.centre.do, STREAM, "EnterPaper", entry(PDF)) == (409, "paper_unknown")
        bring(play.centre, PDF)  # and may be brought anew
        assert room.services.blobs.has(SHA)
        play.centre.do(STREAM, "EnterPaper", entry(PDF))
        play.disconnect()
    with a_room(tmp_path / "data", clock=clock) as room:
        play.move_to(room)
        assert room.services.writer.book.named >= {sha(OTHER), SHA}
        assert play.centre.ask("GET", f"/papers/{SHA}") == PDF
        play.disconnect()

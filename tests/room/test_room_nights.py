"""Locked seats and sealed nights at the server: what it fills in, what it keeps back, what it finds in the morning."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from room_play import STREAM, Play, ready
from room_world import Refusal, Room

from app.journal import root_of


def gathered(tmp_path: Path) -> Play:
    """A committee at its marks, in a room of its own."""
    play = ready(Room(tmp_path / "data"), tmp_path)
    play.gather()
    play.choose_chair()
    play.review("1")
    return play


def refused(call: Any, *args: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as caught:
        call(*args)
    return caught.value.status, caught.value.code


def restarted(play: Play, folder: Path) -> None:
    """Another room over the same folder."""
    play.disconnect()
    play.room.stop()  # type: ignore[attr-defined]
    play.move_to(Room(folder))


def everybody_here(play: Play) -> None:
    """All are called, all show the face."""
    play.centre.do(STREAM, "CallPresence", {})
    for seat in play.sitting:
        seat.do(STREAM, "VerifyPresence", {"score": "0.64", "engine": "sface-1"})


def test_a_night_is_sealed_survives_a_restart_and_is_proved_in_the_morning(tmp_path: Path) -> None:
    play = gathered(tmp_path)
    try:
        store = play.room.store  # type: ignore[attr-defined]
        number = play.lot("1")["round"]["number"]
        first, second, *_ = play.sitting
        draft = f"/drafts/evaluation~ev1/1/marks/{number}"
        first.ask("PUT", draft, {"version": 3, "sealed": "only mine"})
        files = [file["sha256"] for bid in first.evaluation()["lots"][0]["bids"] for file in bid["files"]]
        first.ask("GET", f"/files/{files[0]}")
        before = [row.body.encode() for row in store.entries(STREAM)]
        play.centre.do(STREAM, "SealNight", {"reason": "隔夜继续"})
        sealed = first.evaluation()["matters"]["pause"]
        assert (sealed["size"], sealed["root"]) == (len(before), root_of(before).hex())
        assert store.last_checkpoint(STREAM).size == len(before) + 1  # signed at once
        assert refused(first.ask, "PUT", draft, {"version": 4, "sealed": "late"}) == (503, "seat_locked")
        assert refused(first.ask, "GET", draft) == (503, "seat_locked")
        assert refused(first.ask, "GET", f"/files/{files[0]}") == (404, "not_found")
        assert refused(first.seal, "1", "marks", number, play.marks_sheet(second, "1")) == (409, "paused")

        restarted(play, tmp_path / "data")
        assert first.evaluation()["matters"]["pause"]["root"] == sealed["root"]
        assert refused(play.centre.do, STREAM, "ResumeEvaluation", {"note": "继续"}) == (409, "presence_missing")
        assert first.ask("GET", "/seat/reference")["kind"] == "portrait"
        everybody_here(play)
        unknown = {"note": "继续", "size": 1, "root": "00"}
        assert refused(play.centre.do, STREAM, "ResumeEvaluation", unknown) == (400, "unknown_key")
        play.centre.do(STREAM, "ResumeEvaluation", {"note": "次日继续"})
        assert first.ask("GET", draft) == {"version": 3, "sealed": "only mine"}
        assert first.ask("PUT", draft, {"version": 4, "sealed": "late"}) == {"version": 4}
        assert refused(first.ask, "GET", "/seat/reference") == (404, "not_found")
        play.mark("1")
    finally:
        play.disconnect()
        play.room.stop()  # type: ignore[attr-defined]


def test_a_journal_that_was_touched_in_the_night_is_found(tmp_path: Path) -> None:
    play = gathered(tmp_path)
    try:
        play.centre.do(STREAM, "SealNight", {"reason": "隔夜继续"})
        everybody_here(play)
        with sqlite3.connect(tmp_path / "data" / "kawei.sqlite") as base:
            base.execute("DROP TRIGGER journal_no_update")
            base.execute(
                "UPDATE journal SET body = replace(body, '0.64', '0.65') WHERE stream = ? AND seq < 40", (STREAM,)
            )
        base.close()
        assert refused(play.centre.do, STREAM, "ResumeEvaluation", {"note": "继续"}) == (409, "night_changed")
        kept = [row for row in play.room.store.entries(STREAM) if row.type == "CommandRefused"]  # type: ignore[attr-defined]
        assert "night_changed" in kept[-1].body
        assert play.centre.evaluation()["matters"]["pause"]["kind"] == "night"
    finally:
        play.disconnect()
        play.room.stop()  # type: ignore[attr-defined]


def test_a_seat_on_leave_is_locked_at_the_server_and_its_drafts_wait(tmp_path: Path) -> None:
    play = gathered(tmp_path)
    try:
        number = play.lot("1")["round"]["number"]
        first, second, *_ = play.sitting
        draft = f"/drafts/evaluation~ev1/1/marks/{number}"
        first.do(STREAM, "AskLeave", {"kind": "washroom", "reason": ""})
        assert refused(first.ask, "PUT", draft, {"version": 1, "sealed": "a"}) == (503, "seat_locked")
        assert second.ask("PUT", draft, {"version": 1, "sealed": "b"}) == {"version": 1}
        assert refused(first.do, STREAM, "AskLeave", {"kind": "meal", "reason": ""}) == (409, "on_leave")
        assert first.ask("GET", "/seat/reference")["kind"] == "portrait"
        first.do(STREAM, "ReturnFromLeave", {"score": "0.66", "engine": "sface-1"})
        assert first.ask("PUT", draft, {"version": 1, "sealed": "a"}) == {"version": 1}
    finally:
        play.disconnect()
        play.room.stop()  # type: ignore[attr-defined]

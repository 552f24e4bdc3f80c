"""Weeks later: the original members, a second session, a second package beside the first, both verified."""

import io
import zipfile
from pathlib import Path

import pytest
from room_packages import supplement
from room_play import STREAM, ready
from room_world import Refusal, a_room

from app.verification import verify


def test_a_second_session_and_a_second_package(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        aliases = {seat.mine()["alias"] for seat in play.sitting}
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.conclude("1")
        play.leave()
        play.close()
        first = play.evidence()
        ask = {"lot": "1", "ground": "objective", "reason": "质疑成立", "planned_at": "2026-03-20T09:00:00+08:00"}
        play.agency.do(STREAM, "AskReevaluation", ask)
        play.witness.do(STREAM, "ApproveReevaluation", {"lot": "1", "reason": "同意"})
        assert play.look_up(1)["state"] == "expected"
        # Aliases are drawn once for all sessions, with two to spare: nobody is called in who could have none.
        package = room.services.writer.book.evaluations[STREAM].package
        with supplement(tmp_path, package, (6, 7, 8)).open("rb") as body, pytest.raises(Refusal) as refused:
            play.centre.ask("POST", "/packages", data=body)
        assert refused.value.code == "no_slot_left"
        play.draw()
        play.gather()
        assert {seat.mine()["alias"] for seat in play.sitting} == aliases
        play.choose_chair()
        play.wait_stage("1", "reviewed")  # what stood is opened by the room itself
        play.chair.do(STREAM, "ConcludeReview", {"lot": "1", "rejections": {}, "competition": None})
        play.wait_stage("1", "opened")
        repeat = {"lot": "1", "kind": "marks", "ground": "objective", "reason": "业绩认定有误"}
        play.chair.do(STREAM, "RepeatStage", repeat)
        play.mark("1")
        play.conclude("1")
        play.leave()
        play.close()
        second = play.evidence()
        assert second != first
        place = STREAM.replace("/", "~")
        assert play.centre.ask("GET", f"/evidence/{place}/1?session=1") == first
        for number, data in enumerate((first, second)):
            bag = tmp_path / f"bag{number}"
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                archive.extractall(bag)
            verdict = verify(next(bag.iterdir()))
            assert [check for check in verdict.checks if check.problem] == []
            assert verdict.good

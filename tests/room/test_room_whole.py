"""Whole evaluations over HTTP, from the package to the evidence that verifies."""

import io
import zipfile
from pathlib import Path

from room_play import STREAM, Play, ready
from room_world import a_room


def test_a_whole_evaluation_over_http(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.conclude("1")
        report = play.centre.ask("GET", "/reports/evaluation~ev1/1")
        assert report.startswith(b"%PDF")
        play.leave()
        play.close()
        names = zipfile.ZipFile(io.BytesIO(play.evidence())).namelist()
        assert "evidence/data/report.pdf" in names
        play.disconnect()
    assert STREAM
    assert Play

"""A whole evaluation as its user starts it: processes, windows, sockets, to the evidence package and its check."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import resources
from app.demo.cast import cast
from app.demo.ending import collect
from app.demo.stage import Stage, new_stage
from app.journal import read_lines

LIMIT_S = 420


def kawei(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=check)


@pytest.fixture(scope="module")
def zc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("zc")
    kawei("demo", "--headless", "--out", str(out), "--case", "zc")
    return out


def summary_of(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "summary.json").read_text(encoding="utf-8")))


def entries_of(evidence: Path) -> list[Any]:
    return list(read_lines((evidence / "data" / "journal.jsonl").read_bytes().splitlines()))


def test_zc_ends_with_the_published_numbers(zc: Path) -> None:
    summary = summary_of(zc)
    ranking = [(row["rank"], row["total"], row["price_score"]) for row in summary["ranking"]]
    assert ranking == [(1, "93.30", "30.00"), (2, "68.78", "29.85"), (3, "65.57", "29.64")]
    assert (summary["case"], summary["experts"], summary["bids"]) == ("zc", 5, 3)


def test_each_published_total_of_each_expert_comes_out(zc: Path) -> None:
    data = zc / "evidence" / "data"
    case = json.loads((data / "scoring-case.json").read_text(encoding="utf-8"))
    result = json.loads((data / "result.json").read_text(encoding="utf-8"))
    points = {row["id"]: Fraction(row["price_score"]) for row in result["bids"]}
    totals = {
        bid: sorted(
            sum((Fraction(mark) for mark in sheet[bid].values()), Fraction(0)) + points[bid]
            for sheet in case["sheets"].values()
        )
        for bid in points
    }
    published = {"A": ["92.50"] + ["93.50"] * 4, "B": ["67.18"] + ["69.18"] * 4, "C": ["63.97"] + ["65.97"] * 4}
    assert totals == {bid: [Fraction(total) for total in row] for bid, row in published.items()}


def test_the_evidence_verifies_with_the_key_and_is_a_rehearsal(zc: Path) -> None:
    done = kawei("verify", str(zc / "evidence"), "--key", summary_of(zc)["key"])
    lines = done.stdout.splitlines()
    assert "REHEARSAL" in lines[0]
    assert lines[-1] == "verified"
    assert not any(line.startswith("FAILED") for line in lines)


def test_the_scoring_door_makes_the_same_result_bytes(zc: Path) -> None:
    data = zc / "evidence" / "data"
    done = kawei("score", str(data / "scoring-case.json"))
    assert done.stdout.encode() == (data / "result.json").read_bytes()


def test_every_draw_of_the_package_verifies_alone(zc: Path) -> None:
    draws = sorted((zc / "evidence" / "data" / "draws").glob("*.json"))
    assert len(draws) == 2
    assert [kawei("verify-draw", str(draw)).returncode for draw in draws] == [0, 0]


def test_three_came_by_face_and_two_by_two_people(zc: Path) -> None:
    means = [entry.data["means"] for entry in entries_of(zc / "evidence") if entry.type == "MemberCheckedIn"]
    assert sorted(means) == ["face", "face", "face", "two_person", "two_person"]


def test_every_screen_is_kept_at_full_size(zc: Path) -> None:
    from PIL import Image

    pictures = sorted((zc / "screens").glob("*.png"))
    seen = {picture.stem.split("-", 1)[1] for picture in pictures}
    assert {"kiosk-face", "kiosk-seat", "seat-marks", "seat-confirm", "console-centre-room"} <= seen
    for picture in pictures:
        with Image.open(picture) as opened:
            assert opened.size == (1920, 1080), picture.name


def test_the_report_says_rehearsal_and_the_result(zc: Path) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(zc / "report.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert "REHEARSAL" in text
    assert all(number in text for number in ("93.30", "68.78", "65.57"))


@pytest.mark.slow
def test_gc_equals_its_worked_sheet_on_both_lots(tmp_path: Path) -> None:
    kawei("demo", "--headless", "--out", str(tmp_path), "--case", "gc")
    worked = json.loads(resources.path("cases", "gc", "worked.json").read_text(encoding="utf-8"))
    key = summary_of(tmp_path)["key"]
    for folder, lot in (("evidence", worked["lots"][0]), ("evidence-2", worked["lots"][1])):
        result = json.loads((tmp_path / folder / "data" / "result.json").read_text(encoding="utf-8"))
        found = {row["id"]: numbers(row) for row in result["bids"] if row["rank"] is not None}
        assert found == {bid: numbers(row) for bid, row in lot["bids"].items()}
        assert {row["id"] for row in result["bids"] if row["rejected"]} == set(lot["rejected"])
        assert kawei("verify", str(tmp_path / folder), "--key", key).stdout.splitlines()[-1] == "verified"


@pytest.mark.slow
def test_a_room_killed_in_mid_marking_loses_no_mark(tmp_path: Path) -> None:
    """kill -9 of the room while all five seats mark; it starts again, the seats come back by themselves."""
    folder, out = tmp_path / "work", tmp_path / "out"
    folder.mkdir()
    killed = threading.Event()

    def watch(message: dict[str, Any]) -> None:
        if message["say"] == "half_marked" and not killed.is_set():
            killed.set()
            threading.Thread(target=pull_the_plug, args=(stage,), daemon=True).start()

    stage = new_stage(cast("zc", folder, None), folder, out)
    stage.watch = watch
    try:
        stage.open()
        stage.wait(LIMIT_S)
    finally:
        stage.close()
    assert killed.is_set()
    ranking = [(row["rank"], row["total"]) for row in collect(stage)["ranking"]]
    assert ranking == [(1, "93.30"), (2, "68.78"), (3, "65.57")]
    offered = [entry for entry in entries_of(out / "evidence") if entry.type == "SealingKeyOffered"]
    assert len(offered) == 2, "a restarted room has lost its memory and offers a new key"
    verified = kawei("verify", str(out / "evidence"), "--key", stage.room_key)
    assert verified.stdout.splitlines()[-1] == "verified"


def numbers(row: dict[str, Any]) -> tuple[int, str, str]:
    return row["rank"], row["total"], row["price_score"]


def pull_the_plug(stage: Stage) -> None:
    stage.kill_room()
    stage.restart_room()

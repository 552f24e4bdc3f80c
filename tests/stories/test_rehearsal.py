"""A whole evaluation as its user starts it: processes, windows, sockets, to the evidence package and its check."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from identities import artefacts, marks_of, named, people_of

import resources
from app.demo.cast import cast
from app.demo.ending import collect
from app.demo.stage import Stage, new_stage
from app.journal import read_lines

LIMIT_S = 420


def kawei(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=check)


def played(case: str, out: Path) -> Path:
    """A whole rehearsal into `out`; returns the folder of its working data, which the caller deletes."""
    done = kawei("demo", "--headless", "--out", str(out), "--case", case, "--lang", "en", "--keep")
    kept = re.search(r"working data kept in (.+)$", done.stderr, re.MULTILINE)
    assert kept is not None
    return Path(kept[1])


@pytest.fixture(scope="module")
def zc_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """What is left in the end, and the working data of all machines."""
    out = tmp_path_factory.mktemp("zc")
    folder = played("zc", out)
    yield out, folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def zc(zc_work: tuple[Path, Path]) -> Path:
    return zc_work[0]


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


def test_no_artefact_of_the_run_names_anyone(zc_work: tuple[Path, Path], tmp_path: Path) -> None:
    out, folder = zc_work
    people = people_of("zc")
    assert len(people) == 15
    assert (folder / "room" / "kawei.sqlite").exists()
    assert len(list(folder.glob("*.log"))) > 5
    assert named(people, artefacts(folder, out)) == []
    # The same search finds what is planted: in a log, in what a PDF says of itself, in a zip, by a file's name.
    plant(tmp_path, people[0].shown, next(one.shown for one in people if one.secret == "document"))
    found = {line.partition(":")[0] for line in named(people, artefacts(tmp_path, None))}
    assert found == {"room.log", "report.pdf", "evidence/lot.zip", f"{people[0].shown}.png"}


def plant(folder: Path, name: str, document: str) -> None:
    (folder / "room.log").write_text(f"looked up {document}", "utf-8")
    (folder / f"{name}.png").write_bytes(b"\x89PNG")
    (folder / "report.pdf").write_bytes(pdf_by(name))
    (folder / "evidence").mkdir()
    with zipfile.ZipFile(folder / "evidence" / "lot.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("people.json", json.dumps([name]))


def pdf_by(author: str) -> bytes:
    """A page with nothing on it, and an author."""
    import typst

    return bytes(typst.compile(f'#set document(author: "{author}")\n'.encode()))


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
    folder = played("gc", tmp_path)
    try:
        assert named(people_of("gc"), artefacts(folder, tmp_path)) == []
    finally:
        shutil.rmtree(folder)
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
            with suppress(shutil.Error):  # a file that was replaced meanwhile
                shutil.copytree(folder, tmp_path / "half")
            threading.Thread(target=pull_the_plug, args=(stage,), daemon=True).start()

    stage = new_stage(cast("zc", folder, None), folder, out)
    stage.watch = watch
    try:
        stage.open()
        stage.wait(LIMIT_S)
    finally:
        stage.close()
    assert killed.is_set()
    early = marks_of("zc")
    assert early
    assert named(early, artefacts(tmp_path / "half", None)) == [], "half marked, and nobody may read a mark"
    assert named(early, artefacts(folder, out)) != [], "opened they are met, so the search would find one"
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

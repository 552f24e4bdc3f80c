"""The file of `kawei setup` and its questions: each finds its own part, and a mistake is told with its place."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from app.cli import main
from app.cli.errors import Fault
from app.cli.finding import Finding, Level
from app.cli.setup_answers import read_answers
from app.cli.setup_terminal import asked

ROOM = "https://192.168.1.10:8765"
FILE = f"""
room = "{ROOM}"
lang = "en"

[[machine]]
name = "seat-01"
kind = "seat"
code = "AAAA"
state = "/srv/seat-01"

[[machine]]
name = "kiosk-1"
kind = "kiosk"
code = "BBBB"
boxes = 12
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "machines.toml"
    file.write_text(text, "utf-8")
    return file


def test_each_machine_finds_its_own_part(tmp_path: Path) -> None:
    file = written(tmp_path, FILE)
    seat, kiosk = read_answers(file, "seat-01"), read_answers(file, "kiosk-1")
    assert (seat.kind, seat["room"], seat["code"], seat["lang"], seat.state) == (
        *("seat", ROOM, "AAAA", "en"),
        Path("/srv/seat-01"),
    )
    assert (kiosk["boxes"], kiosk["scale"], kiosk.state) == ("12", "1.25", Path("/var/lib/kawei/kiosk"))
    assert "AAAA" not in repr(seat)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('kind = "kiosk"', 'kind = "throne"', "machine[2].kind"),
        ("boxes = 12", "boxen = 12", "machine[2].boxen"),
        ("boxes = 12", "boxes = -1", "machine[2].boxes"),
        ("boxes = 12", "boxes = [1]", "machine[2].boxes"),
        (f'room = "{ROOM}"', 'room = "192.168.1.10"', "machine[1].room"),
        (f'room = "{ROOM}"', "", "machine[1].room"),
        ('name = "kiosk-1"', 'name = "seat-01"', "machine"),
        ('name = "kiosk-1"', 'name = "a b"', "machine[2].name"),
        ('lang = "en"', 'lang = "fr"', "machine[1].lang"),
        ('lang = "en"', "colour = 3", "colour"),
        ("[[machine]]", "[machines]", "machines.toml:machines"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, where: str) -> None:
    file = written(tmp_path, FILE.replace(old, new, 1))
    with pytest.raises(Fault) as raised:
        read_answers(file, "seat-01")
    assert raised.value.code == "bad_answers"
    assert raised.value.where.endswith(where)


def test_a_machine_that_is_not_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, FILE)
    assert main(["setup", "--file", str(file), "--name", "seat-09", "--config", str(tmp_path / "kawei.toml")]) == 2
    error = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    assert error["code"] == "bad_answers"
    assert "seat-01, kiosk-1" in error["message"]
    assert not (tmp_path / "kawei.toml").exists()


def test_the_terminal_asks_until_it_fits_and_tries_a_device_until_a_person_is_content() -> None:
    tried: list[str] = []

    def camera(given: dict[str, str]) -> Finding:
        tried.append(given["camera"])
        return Finding(Level.OK if given["camera"] == "2" else Level.WARNING, "无画面", "no picture")

    typed = ["throne", "seat", "/srv/seat", "seat-01", "nowhere", ROOM, "CODE", "", "", "2", "", "", "1.25", "en"]
    said = io.StringIO()
    found = asked("en", io.StringIO("\n".join(typed) + "\n"), said, {"camera": camera})
    assert (found.kind, found["name"], found["room"], found["camera"]) == ("seat", "seat-01", ROOM, "2")
    assert (found["scale"], found["lang"], found.state) == ("1.25", "en", Path("/srv/seat"))
    assert tried == ["0", "2"]
    assert said.getvalue().count("✕") == 2


def test_an_input_that_ends_changes_nothing() -> None:
    with pytest.raises(Fault) as raised:
        asked("en", io.StringIO("seat\n"), io.StringIO(), {})
    assert raised.value.code == "no_answer"

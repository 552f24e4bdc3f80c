"""`kawei verify`: what it prints, how it ends, and what it never loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence_factory import evidence, played_evidence, write

from app import cli, journal


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write(evidence("gc").folder(), tmp_path / "evidence")


Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def call(*arguments: str) -> tuple[int, list[str]]:
        code = cli.main(["verify", *arguments])
        out, err = capfdbinary.readouterr()
        return code, [*out.decode().splitlines(), *err.decode().splitlines()]

    return call


def test_without_a_key_it_is_consistent_and_not_anchored(package: Path, run: Run) -> None:
    code, lines = run(str(package))
    assert code == 0
    assert lines[0].startswith("REHEARSAL")
    assert lines[-1] == "consistent, NOT ANCHORED"
    told = [line for line in lines if line.startswith(("pass", "not due", "FAILED"))]
    assert len(told) == 22
    assert not any(line.startswith("FAILED") for line in lines)


def test_with_the_key_it_is_verified_however_it_is_typed(package: Path, run: Run) -> None:
    key = evidence("gc").key
    for typed in (key, key.lower(), key.replace("-", " ").replace("kawei ed25519", "kawei-ed25519")):
        code, lines = run("--lang", "en", str(package), "--key", typed)
        assert (code, lines[-1]) == (0, "verified")
    assert lines[1] == "pass    bag: manifests, checksums, nothing missing or extra"


def test_with_another_key_it_fails(package: Path, run: Run) -> None:
    other = journal.fingerprint(b"k" * 32)
    code, lines = run(str(package), "--key", other)
    assert (code, lines[-1]) == (1, "FAILED")
    assert any(line.startswith("FAILED") and evidence("gc").key in line for line in lines)


def test_a_flipped_bit_is_named_in_both_languages(package: Path, run: Run) -> None:
    report = package / "data" / "report.pdf"
    report.write_bytes(report.read_bytes()[:-1] + b"\x00")
    for lang in ("zh", "en"):
        code, lines = run(str(package), "--lang", lang)
        assert (code, lines[-1]) == (1, "FAILED")
        first = next(line for line in lines if line.startswith("FAILED"))
        assert "data/report.pdf" in first


def test_an_earlier_checkpoint_is_compared(package: Path, run: Run, tmp_path: Path) -> None:
    played = evidence("gc").played
    origin = journal.Origin("minle-3", "evaluation/ev1", True)
    root = journal.root_of(journal.entry_bytes(entry) for entry in played.log.entries[:30])
    note = tmp_path / "then.txt"
    note.write_text(journal.make_checkpoint(origin, 30, root, played.signer).text(), "utf-8")
    assert run(str(package), "--from", str(note))[0] == 0
    note.write_text(journal.make_checkpoint(origin, 29, root, played.signer).text(), "utf-8")
    code, lines = run(str(package), "--from", str(note))
    assert code == 1
    assert any(line.startswith("FAILED") and str(note) in line for line in lines)


def test_bad_usage_ends_with_two_and_one_json_line(package: Path, run: Run, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    rubbish = tmp_path / "rubbish.txt"
    rubbish.write_bytes(b"\xff\x00")
    for arguments, code in (
        ((str(nothing),), "not_found"),
        ((str(package / "bagit.txt"),), "not_a_folder"),
        ((str(package), "--key", "kawei-ed25519:ABC"), "bad_fingerprint"),
        ((str(package), "--from", str(nothing)), "not_found"),
        ((str(package), "--from", str(rubbish)), "bad_note"),
        ((), "usage"),
    ):
        ended, lines = run(*arguments)
        assert ended == 2
        assert json.loads(lines[-1])["error"]["code"] == code


def test_an_empty_folder_is_no_package(run: Run, tmp_path: Path) -> None:
    code, lines = run(str(tmp_path))
    assert (code, lines[-1]) == (1, "FAILED")


def test_a_package_cannot_move_the_readers_cursor(run: Run, tmp_path: Path, package: Path) -> None:
    (package / "data" / "\x1b[2J\nverified").write_bytes(b"x")
    code, lines = run(str(package))
    assert code == 1
    assert not any("\x1b" in line for line in lines)
    assert lines.count("verified") == 0


def test_names_that_are_no_text_are_shown(run: Run, package: Path) -> None:
    Path(os.fsdecode(os.fsencode(package) + b"/\xff\xfe")).write_bytes(b"x")
    code, lines = run(str(package))
    assert code == 1
    assert any(line.startswith("FAILED") and "\\" in line for line in lines)


def test_a_live_package_does_not_say_rehearsal(run: Run, tmp_path: Path) -> None:
    root = write(played_evidence(rehearsal=False).folder(), tmp_path / "evidence")
    code, lines = run(str(root))
    assert code == 0
    assert not any("REHEARSAL" in line for line in lines)


def test_it_loads_no_window_server_database_or_driver(package: Path) -> None:
    program = (
        "import sys; from app.cli import main; code = main(['verify', sys.argv[1]]);"
        "bad = {'PySide6', 'sqlalchemy', 'sqlite3', 'aiohttp', 'requests', 'cv2', 'dlib', 'app.room', 'app.storage',"
        " 'ui', 'devices', 'app.link'} & set(sys.modules); sys.exit(code or (f'loaded: {bad}' if bad else 0))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(package)], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()

"""A package in a stranger's hands: every way to touch a file on the disk is told by `kawei verify`, and named.

That any bit, byte, mutation and forgery is found in the checks themselves, tests/verification proves; here whole
folders are touched as a person, a disk or a copying program would, and the doors are opened as their users do.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random

import pytest
from evaluation_case import secret
from evidence_factory import evidence, played_evidence, write

from app.verification import verify

LIMIT_S = 420


@contextmanager
def flipped(root: Path, path: str, chance: Random) -> Iterator[set[str]]:
    """One bit of a file is another."""
    data = (root / path).read_bytes()
    place = chance.randrange(8 * len(data))
    bent = bytearray(data)
    bent[place // 8] ^= 1 << place % 8
    (root / path).write_bytes(bent)
    yield {path}
    (root / path).write_bytes(data)


@contextmanager
def dropped(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """A file is gone."""
    data = (root / path).read_bytes()
    (root / path).unlink()
    # A folder that was kept by this file alone is told as the empty one it now is.
    folder = (root / path).parent
    yield {path} if any(folder.iterdir()) else {path, f"{folder.relative_to(root).as_posix()}/"}
    (root / path).write_bytes(data)


@contextmanager
def added(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """A copy of a file lies beside it, as some programs leave one."""
    copy = f"{path}~"
    shutil.copyfile(root / path, root / copy)
    yield {copy}
    (root / copy).unlink()


@contextmanager
def renamed(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """A file has another name: the old one is missed or the new one is too many."""
    new = f"{path}.bak"
    (root / path).rename(root / new)
    yield {path, new}
    (root / new).rename(root / path)


@contextmanager
def in_other_case(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """A file's name is written in capitals: another file to some systems, the same to others."""
    folder, slash, name = path.rpartition("/")
    new = f"{folder}{slash}{name.upper()}"
    (root / path).rename(root / new)
    yield {path, new}
    (root / new).rename(root / path)


@contextmanager
def linked(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """A link to the very same bytes, elsewhere, stands in the place of a file."""
    outside = root.with_name("outside")
    (root / path).rename(outside)
    (root / path).symlink_to(outside)
    yield {path}
    (root / path).unlink()
    outside.rename(root / path)


@contextmanager
def with_empty_folder(root: Path, path: str, _: Random) -> Iterator[set[str]]:
    """An empty folder lies beside a file."""
    new = f"{path}.d/"
    (root / new).mkdir()
    yield {new}
    (root / new).rmdir()


Wound = Callable[[Path, str, Random], AbstractContextManager[set[str]]]
WOUNDS: dict[str, Wound] = {
    "flipped": flipped,
    "dropped": dropped,
    "added": added,
    "renamed": renamed,
    "in other case": in_other_case,
    "linked": linked,
    "with empty folder": with_empty_folder,
}


def files_of(root: Path) -> list[str]:
    """Paths of a package's files."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def unnoticed(root: Path, key: str, wound: Wound, paths: list[str]) -> list[str]:
    """Those of `paths` whose wound is not told, or told of another file; the package is left as it was."""
    missed, chance = [], Random(20260302)
    for path in paths:
        with wound(root, path, chance) as names:
            verdict = verify(root, key)
            told = {check.problem.where for check in verdict.checks if check.problem}
        if verdict.good or not told & names:
            missed.append(path)
    assert verify(root, key).good
    return missed


def kawei(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program, as its user starts it."""
    return subprocess.run([sys.executable, "-m", "app", *arguments], capture_output=True, timeout=LIMIT_S, check=False)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write(evidence("zc").folder(), tmp_path / "evidence")


# Flipped and dropped files are looked for by tests/verification one by one.
@pytest.mark.parametrize("way", [way for way in WOUNDS if way not in ("flipped", "dropped")])
def test_whatever_is_done_to_a_file_is_told_and_named(package: Path, way: str) -> None:
    assert unnoticed(package, evidence("zc").key, WOUNDS[way], files_of(package)) == []


def test_the_door_tells_every_kind_of_wound(package: Path) -> None:
    key, chance = evidence("zc").key, Random(20260303)
    assert kawei("verify", str(package), "--key", key).stdout.splitlines()[-1] == b"verified"
    for way, wound in WOUNDS.items():
        with wound(package, chance.choice(files_of(package)), chance) as names:
            done = kawei("verify", str(package), "--key", key, "--lang", "en")
        lines = done.stdout.decode().splitlines()
        assert (done.returncode, lines[-1], done.stderr) == (1, "FAILED", b""), way
        assert any(line.startswith("FAILED ") and name in line for line in lines for name in names), (way, names)


def test_the_door_takes_a_package_forged_whole_for_what_it_is(tmp_path: Path) -> None:
    forged = write(played_evidence(seed=secret("another room")).folder(), tmp_path / "evidence")
    done = kawei("verify", str(forged))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, b"consistent, NOT ANCHORED")
    done = kawei("verify", str(forged), "--key", evidence("zc").key)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, b"FAILED")


@pytest.mark.parametrize("case", ["zc", "gc", "second of two"])
def test_the_scoring_door_prints_the_result_of_the_package(case: str, tmp_path: Path) -> None:
    data = write(evidence(case).folder(), tmp_path / "evidence") / "data"
    done = kawei("score", str(data / "scoring-case.json"))
    assert (done.returncode, done.stdout) == (0, (data / "result.json").read_bytes())


@pytest.mark.slow
def test_a_package_of_a_whole_rehearsal_hides_no_wound(tmp_path: Path) -> None:
    assert kawei("demo", "--headless", "--case", "zc", "--out", str(tmp_path)).returncode == 0
    root, key = tmp_path / "evidence", json.loads((tmp_path / "summary.json").read_bytes())["key"]
    missed = {way: unnoticed(root, key, wound, files_of(root)) for way, wound in WOUNDS.items()}
    assert not any(missed.values()), missed

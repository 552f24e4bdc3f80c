"""Every branch of the ground storey is walked by its own tests, package by package: a law, so a test."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COVERAGE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]


def test_all_is_measured_and_nothing_is_let_off() -> None:
    assert COVERAGE["run"]["branch"] is True
    assert COVERAGE["run"]["source"] == ["app.rules", "app.scoring", "app.drawing", "app.journal", "app.evaluation"]
    assert COVERAGE["report"]["fail_under"] == 100
    assert "omit" not in COVERAGE["run"]
    assert "omit" not in COVERAGE["report"]
    assert not [
        file
        for package in COVERAGE["run"]["source"]
        for file in ROOT.joinpath(*package.split(".")).rglob("*.py")
        if "pragma: no" in file.read_text(encoding="utf-8")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("package", COVERAGE["run"]["source"])
def test_every_branch_is_walked(package: str, tmp_path: Path) -> None:
    own = ROOT / "tests" / package.removeprefix("app.")
    # What a test run tells the runs inside it is not for this one: it measures alone, into a file of its own.
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    run = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", str(own)]
    measure = [f"--cov={package}", "--cov-branch", "--cov-report=term-missing:skip-covered"]
    done = subprocess.run(
        [sys.executable, *run, *measure],
        cwd=ROOT,
        env=quiet | {"COVERAGE_FILE": str(tmp_path / "coverage")},
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Required test coverage of 100.0% reached" in done.stdout

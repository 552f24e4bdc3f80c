"""A wheel holds the whole program: every module, and every file of data that a module may ask for."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "ui", "devices", "resources")


@pytest.mark.slow
def test_a_wheel_lacks_no_file_and_brings_no_leftovers(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package)  # with its __pycache__, as a checkout in use has it
    for file in ("pyproject.toml", "requirements.txt", "requirements-sound.txt"):
        shutil.copy(ROOT / file, source)
    wheel = ["wheel", "--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(tmp_path)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *wheel, str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(made) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}
    due = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == due

"""The watch of conftest.py itself: each kind of thing left behind fails a test, and what is tidy passes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CASES = """
import logging, subprocess, sys, threading
import pytest
from hypothesis import given, strategies
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget

KEPT = []

def test_tidy(qtbot):
    window = QWidget(); qtbot.addWidget(window); window.show()
    timer = QTimer(window); timer.start(1000)
    thread = threading.Thread(target=lambda: None); thread.start(); thread.join()

@given(strategies.integers())
def test_tidy_property(n):
    assert isinstance(n, int)

def test_tidy_log(expects_log):
    with expects_log("plant: wilting", reason="it is the subject"):
        logging.getLogger("plant").warning("wilting")

def test_missing_log(expects_log):
    with expects_log("plant: wilting", reason="it is the subject"):
        pass

def test_log():
    logging.getLogger("plant").warning("wilting")

@pytest.mark.leaves("logs", reason="shows the way out")
def test_allowed_log():
    logging.getLogger("plant").warning("wilting")

def test_qt_warning(qtbot):
    qWarning("a warning of Qt")

def test_thread():
    release = threading.Event(); KEPT.append(release)
    threading.Thread(target=release.wait, daemon=True).start()

def test_process():
    KEPT.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_timer(qtbot):
    timer = QTimer(); timer.start(100000); KEPT.append(timer)

def test_window(qtbot):
    window = QWidget(); window.show(); KEPT.append(window)

def test_qthread(qtbot):
    thread = QThread(); thread.start(); KEPT.append(thread)

def test_end():
    for thing in KEPT:
        if isinstance(thing, threading.Event): thing.set()
        elif isinstance(thing, subprocess.Popen): thing.communicate()
        elif isinstance(thing, QThread): thing.quit(); thing.wait()
        elif isinstance(thing, QTimer): thing.stop()
        else: thing.close()
"""
FAILING = {
    "test_missing_log": "no log record matched",
    "test_log": "left behind - logs: ['WARNING plant: wilting']",
    "test_qt_warning": "Qt messages with level WARNING or above emitted",
    "test_thread": "left behind - threads",
    "test_process": "left behind - processes",
    "test_timer": "left behind - timers: ['PySide6.QtCore.QTimer at",
    "test_window": "left behind - windows: ['PySide6.QtWidgets.QWidget at",
    "test_qthread": "left behind - threads: ['PySide6.QtCore.QThread at",
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of CASES, run with the project's own settings and watch."""
    root = Path(__file__).resolve().parent.parent
    folder = tmp_path_factory.mktemp("silence")
    source = (root / "tests" / "conftest.py").read_text("utf-8")
    (folder / "conftest.py").write_text(source.replace("GRACE_S = 3.0", "GRACE_S = 0.2"), "utf-8")
    (folder / "test_cases.py").write_text(CASES, "utf-8")
    options = [
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-c",
        str(root / "pyproject.toml"),
        f"--rootdir={folder}",
    ]
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "test_cases.py"],
        cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout


def test_what_is_tidy_passes(outcome: str) -> None:
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S*?::(\w+)", outcome, re.M))
    assert failed == set(FAILING), outcome


@pytest.mark.parametrize("name", FAILING)
def test_what_is_left_is_named(outcome: str, name: str) -> None:
    part = re.split(rf"_ (?:ERROR at \w+ of )?{name} _", outcome)[1]
    assert FAILING[name] in re.split(r"\n_{4,}", part)[0], outcome

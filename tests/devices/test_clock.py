"""The clock of practice: ahead by what its file says, never back, and unmoved by a file that says nothing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from devices.ambient import MOST_AHEAD_S, PracticeClock, SystemClock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "ahead"
    found.write_text("0")
    return found


def test_time_passes_as_the_file_says(file: Path) -> None:
    clock = PracticeClock(file)
    before, ticks = SystemClock().now(), clock.monotonic()
    file.write_text("1860\n")
    assert timedelta(minutes=31) <= clock.now() - before < timedelta(minutes=32)
    assert 1860 <= clock.monotonic() - ticks < 1920
    assert clock.now().tzinfo is not None


@pytest.mark.parametrize("text", ["", "60", "-1", "soon", "十", f"{MOST_AHEAD_S + 1}"])
def test_what_turns_back_or_says_nothing_changes_nothing(file: Path, text: str) -> None:
    file.write_text("3600")
    clock = PracticeClock(file)
    file.write_text(text, "utf-8")
    assert clock.now() - datetime.now().astimezone() > timedelta(minutes=59)
    file.unlink()
    assert clock.now() - datetime.now().astimezone() > timedelta(minutes=59)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "31 minutes"])
def test_a_clock_does_not_begin_with_a_bad_file(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(ValueError, match=r"."):
        PracticeClock(file)

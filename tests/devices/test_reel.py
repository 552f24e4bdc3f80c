"""A segment in memory: the picture of each second, on and back, also where the first comes late; nothing on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from film_ground import grey_segment

from app.ports.camera import Frame
from app.recordings.joining import NotAFilm, frames_of
from devices.camera.reel import SegmentReel

SHADES = list(range(20, 220, 4))


def shade_of(frame: Frame | None) -> int:
    assert frame is not None
    return round(sum(frame.rgb) / len(frame.rgb))


def test_every_second_shows_the_picture_that_stood_then_on_and_back() -> None:
    reel = SegmentReel(grey_segment(SHADES))
    for second in (0.0, 0.19, 0.2, 5.05, 9.8, 60.0, 3.0, 0.0, 9.0):
        wanted = SHADES[min(int(second / 0.2 + 1e-6), len(SHADES) - 1)]
        assert shade_of(reel.picture_at(second)) == pytest.approx(wanted, abs=3)
    reel.close()
    assert reel.picture_at(5.0) is None


def test_a_picture_that_comes_late_in_its_segment_is_not_shown_before() -> None:
    reel = SegmentReel(grey_segment([50, 90, 130], step_ms=1000, first_ms=7000))
    assert reel.picture_at(6.9) is None
    assert shade_of(reel.picture_at(7.0)) == pytest.approx(50, abs=3)
    shown = reel.picture_at(8.5)
    assert shade_of(shown) == pytest.approx(90, abs=3)
    assert shown is not None
    assert shown.at_s == 8.0
    reel.close()


def test_a_damaged_picture_is_passed_over_and_what_is_no_segment_is_refused() -> None:
    content = grey_segment(SHADES)
    frames = [data for track, _, data in frames_of(content) if track == 1]
    assert len(frames) == len(SHADES)
    broken = content.replace(frames[10], b"\xff" * len(frames[10]))
    reel = SegmentReel(broken)
    assert shade_of(reel.picture_at(1.0)) == pytest.approx(SHADES[5], abs=3)
    reel.picture_at(9.0)  # whatever it shows: it ends
    reel.close()
    for bad in (b"", b"RIFF", content[:-3], content[: len(content) // 2]):
        with pytest.raises(NotAFilm):
            SegmentReel(bad)


def test_nothing_of_a_segment_comes_to_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = {path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    reel = SegmentReel(grey_segment(SHADES))
    reel.picture_at(4.0)
    after = {path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    files = {path for path in after - before if path.is_absolute() and not str(path).startswith(("/proc", "/dev"))}
    assert files == set()
    assert list(tmp_path.iterdir()) == []
    reel.close()

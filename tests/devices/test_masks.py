"""What leaves a masked seat: another voice at the same pace, and a picture in which nobody finds a face."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.ports.call import SOUND_RATE
from app.ports.camera import Frame
from app.ports.face import Face
from devices.call.picture_mask import (
    COLUMNS,
    HEIGHT,
    HOLD_S,
    ROWS,
    WIDTH,
    DrawnFace,
    Pose,
    blurred,
    drawing,
    pose,
)
from devices.call.voice_mask import HIGHEST, LOWEST, VoiceMask, coefficient
from devices.face.engines import Engines, alike_sface
from devices.face.mesh import FaceMesh
from devices.face.sface import SFaceMatcher
from devices.pictures import read_picture

BLOCK = SOUND_RATE // 50
FORMANTS_HZ = (700, 1220, 2600)
FACES = sorted((Path(__file__).parents[1] / "data" / "faces").glob("*_*.*g"))
ENGINES = Engines()
MATCHER = SFaceMatcher(ENGINES)
LEAST_ALIKE = 0.338
"""The lowest score at which this program takes two pictures for one person (chip photos)."""


def cut_to(picture: Frame, face: Face | None) -> Frame:
    """The face alone with a margin, as it may come before a camera; without one the whole at a camera's size."""
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    if face is None:
        rows = np.linspace(0, picture.height - 1, 480).astype(int)
        pixels = pixels[rows][:, np.linspace(0, picture.width - 1, 640).astype(int)]
    else:
        side = 0.25 * face.height
        top, left = int(max(0.0, face.top - side)), int(max(0.0, face.left - side))
        pixels = pixels[top : int(face.top + face.height + side), left : int(face.left + face.width + side)]
    return Frame(pixels.shape[1], pixels.shape[0], np.ascontiguousarray(pixels).tobytes())


def vowel(seconds: float, pitch_hz: float = 120.0) -> np.ndarray:
    """A sung vowel: pulses through three resonances."""
    count = int(seconds * SOUND_RATE)
    pulses = np.zeros(count)
    pulses[:: round(SOUND_RATE / pitch_hz)] = 1.0
    spectrum, frequency = np.fft.rfft(pulses), np.fft.rfftfreq(count, 1 / SOUND_RATE)
    shape = sum(1 / (1 + ((frequency - formant) / 90) ** 2) for formant in FORMANTS_HZ)
    sound = np.fft.irfft(spectrum * shape, count)
    return sound / np.abs(sound).max() * 0.5


def through(mask: VoiceMask, sound: np.ndarray) -> np.ndarray:
    pcm = (sound * 32767).astype("<i2").tobytes()
    size = 2 * BLOCK
    made = [mask.change(pcm[k : k + size]) for k in range(0, len(pcm) - size + 1, size)]
    assert all(len(block) == size for block in made)
    return np.frombuffer(b"".join(made), "<i2").astype(float) / 32767


def peak(sound: np.ndarray, low: float, high: float) -> float:
    """Where the spectrum's envelope is highest between two frequencies."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / SOUND_RATE)
    smooth = np.convolve(power, np.hanning(int(240 * len(sound) / SOUND_RATE)), "same")
    inside = (frequency >= low) & (frequency <= high)
    return float(frequency[inside][np.argmax(smooth[inside])])


def test_the_resonances_are_elsewhere_and_the_loudness_stays() -> None:
    sound = vowel(2.0)
    other = through(VoiceMask(0.8), sound)[SOUND_RATE // 2 :]
    same = sound[SOUND_RATE // 2 :]
    assert abs(peak(same, 300, 1000) - FORMANTS_HZ[0]) < 150
    assert peak(other, 300, 2000) > peak(same, 300, 1000) + 100
    loudness = np.sqrt((other**2).mean() / (same[: len(other)] ** 2).mean())
    assert 0.4 < loudness < 2.5


def test_nothing_of_the_own_voice_goes_out_before_the_first_frame() -> None:
    mask = VoiceMask(HIGHEST)
    first = np.frombuffer(mask.change((vowel(0.02) * 32767).astype("<i2").tobytes()), "<i2")
    assert len(first) == BLOCK
    original = vowel(0.02)
    assert abs(np.corrcoef(first.astype(float) + 1e-9, original)[0, 1]) < 0.5 or not first.any()


def test_silence_stays_silent_and_loud_noise_within_range() -> None:
    mask = VoiceMask(LOWEST)
    assert not through(mask, np.zeros(SOUND_RATE // 4)).any()
    noise = np.random.default_rng(7).uniform(-1, 1, SOUND_RATE // 2)
    assert np.isfinite(through(mask, noise)).all()


def test_a_coefficient_comes_from_chance_within_its_bounds() -> None:
    assert coefficient(b"\0\0\0\0") == LOWEST
    assert LOWEST < coefficient(b"\x80\0\0\0") < coefficient(b"\xff\xff\xff\xff") < HIGHEST
    for wrong in (LOWEST - 0.01, 1.0):
        with pytest.raises(ValueError, match="coefficient"):
            VoiceMask(wrong)


def test_a_voice_is_changed_faster_than_it_speaks() -> None:
    mask, sound = VoiceMask(0.8), vowel(1.0)
    begun = time.thread_time()
    through(mask, sound)
    assert time.thread_time() - begun < 0.5


@pytest.mark.parametrize("file", FACES, ids=lambda path: path.stem)
def test_no_face_is_left_in_a_blurred_picture(file: Path) -> None:
    portrait = read_picture(file)
    (face, *_) = MATCHER.find(portrait)
    for picture in (portrait, cut_to(portrait, face)):
        shown = blurred(picture)
        assert not MATCHER.find(shown)
        grey = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3)
        assert (grey == grey[:, :, :1]).all()
        step_x, step_y = shown.width // COLUMNS, shown.height // ROWS
        kept = np.unique(grey[step_y // 2 :: step_y, step_x // 2 :: step_x])
        assert len(kept) <= COLUMNS * ROWS  # nothing finer than its patches is behind it


@pytest.mark.parametrize("file", FACES, ids=lambda path: path.stem)
def test_a_drawn_face_is_nobodys(file: Path) -> None:
    """It is the drawing of a pose of seven small numbers, to the last pixel, and no matcher takes it for the person."""
    portrait = read_picture(file)
    shown = DrawnFace(ENGINES).change(portrait)
    (face, *_) = ENGINES.find_quickly(portrait)
    found = pose(portrait, FaceMesh().lay(portrait, face).points)
    assert shown.rgb == drawing(found).tobytes()
    person = ENGINES.sface(portrait, face)
    for like in ENGINES.find(shown):
        assert alike_sface(ENGINES.sface(shown, like), person) < LEAST_ALIKE


def test_two_people_who_sit_alike_are_drawn_alike_and_a_pose_shows() -> None:
    still = Pose(8, 7, 3, 0, 0, 0, 2)
    assert (drawing(still) == drawing(Pose(8, 7, 3, 0, 0, 0, 2))).all()
    for other in (
        Pose(9, 7, 3, 0, 0, 0, 2),
        Pose(8, 8, 3, 0, 0, 0, 2),
        Pose(8, 7, 2, 0, 0, 0, 2),
        Pose(8, 7, 3, 2, 0, 0, 2),
        Pose(8, 7, 3, 0, -3, 0, 2),
        Pose(8, 7, 3, 0, 0, 3, 2),
        Pose(8, 7, 3, 0, 0, 0, 0),
    ):
        assert (drawing(still) != drawing(other)).any()


def test_who_goes_leaves_an_empty_drawing_after_a_moment() -> None:
    mask, portrait = DrawnFace(ENGINES), read_picture(FACES[0])
    wall = bytes([128]) * (3 * 640 * 480)
    shown = mask.change(replace(portrait, at_s=1.0)).rgb
    assert mask.change(Frame(640, 480, wall, 1.0 + 0.9 * HOLD_S)).rgb == shown
    assert mask.change(Frame(640, 480, wall, 1.1 + HOLD_S)).rgb == drawing(None).tobytes()


@pytest.mark.parametrize("change", [blurred, DrawnFace().change], ids=["blurred", "drawn"])
def test_masking_keeps_the_moment_and_takes_any_size(change: Callable[[Frame], Frame]) -> None:
    odd = Frame(37, 23, bytes(37 * 23 * 3), 4.5, 9)
    shown = change(odd)
    assert (shown.at_s, shown.seq, shown.width, shown.height) == (4.5, 9, WIDTH, HEIGHT)


@pytest.mark.parametrize(("name", "limit_ms"), [("blurred", 5.0), ("drawn", 40.0)])
def test_a_mask_costs_little_of_a_core(name: str, limit_ms: float) -> None:
    """The figure is printed (`-rP`); the limit is four times what an idle core takes; ten go out a second."""
    change = blurred if name == "blurred" else DrawnFace(ENGINES).change
    small = cut_to(read_picture(FACES[0]), None)
    change(small)
    begun = time.thread_time()
    for _ in range(20):
        change(small)
    each = 1000 * (time.thread_time() - begun) / 20
    print(f"{name}: {each:.1f} ms of a core a picture of {small.width} x {small.height}")
    assert each < limit_ms

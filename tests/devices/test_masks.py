"""What leaves a masked seat: another voice at the same pace, and a picture in which nobody finds a face."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from app.ports.call import SOUND_RATE
from app.ports.camera import Frame
from devices.call.picture_mask import COLUMNS, ROWS, masked
from devices.call.voice_mask import HIGHEST, LOWEST, VoiceMask, coefficient
from devices.face.sface import SFaceMatcher
from devices.pictures import read_picture

BLOCK = SOUND_RATE // 50
FORMANTS_HZ = (700, 1220, 2600)
FACES = sorted(Path(__file__).parents[1].glob("**/person_*_1.jpg"))


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
def test_no_face_is_left_in_a_masked_picture(file: Path) -> None:
    matcher, portrait = SFaceMatcher(), read_picture(file)
    assert matcher.find(portrait)
    shown = masked(portrait)
    assert not matcher.find(shown)
    pixels = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3)
    squares = pixels[:: shown.height // ROWS, :: shown.width // COLUMNS]
    again = squares.repeat(shown.height // ROWS, 0).repeat(shown.width // COLUMNS, 1)
    assert (again == pixels).all()  # nothing finer than its squares


def test_masking_keeps_the_moment_and_takes_any_size() -> None:
    odd = Frame(37, 23, bytes(37 * 23 * 3), 4.5, 9)
    assert (masked(odd).at_s, masked(odd).seq) == (4.5, 9)

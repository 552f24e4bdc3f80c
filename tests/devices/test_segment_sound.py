"""The sound of a segment: at the second at which it was said, silent between, and no worse for a damaged packet."""

from __future__ import annotations

import numpy as np
import pytest
from film_ground import grey_segment, opus_packets, spoken_segment, tone

from devices.camera.reel import SegmentReel
from devices.sound.opus import SegmentSound, samples_of


def heard(sound: SegmentSound | SegmentReel, begin_s: float, end_s: float) -> np.ndarray:
    pcm = sound.between(begin_s, end_s) if isinstance(sound, SegmentSound) else sound.sound_between(begin_s, end_s)
    return np.frombuffer(pcm, "<i2").astype(float)


def pitch(pcm: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(pcm * np.hanning(len(pcm))))) * 48_000 / len(pcm))


def test_a_tone_is_heard_at_its_second_and_silence_between_two_stretches() -> None:
    reel = SegmentReel(spoken_segment((1_000, 1.0), (4_000, 0.5)))
    assert reel.has_sound
    assert np.abs(heard(reel, 0, 0.99)).max() == 0
    middle = heard(reel, 1.2, 1.9)
    assert len(middle) == 33_600
    assert pitch(middle) == pytest.approx(1_000, abs=2)
    assert 6_000 < np.abs(middle).max() < 10_000
    assert np.abs(heard(reel, 2.05, 3.99)).max() == 0
    assert pitch(heard(reel, 4.1, 4.45)) == pytest.approx(1_000, abs=3)
    assert np.abs(heard(reel, 4.6, 99)).max() == 0  # beyond the end
    reel.close()
    assert np.abs(heard(reel, 1.2, 1.9)).max() == 0


def test_the_sound_stands_where_it_was_taken_to_a_millisecond() -> None:
    clap = np.zeros(48_000, "<i2")
    clap[24_000:24_480] = tone(0.01, 2_000)
    sound = SegmentSound([(500 + 20 * number, packet) for number, packet in enumerate(opus_packets(clap))])
    pcm = heard(sound, 0, 2)
    loud = np.nonzero(np.abs(pcm) > 2_000)[0]
    assert loud[0] / 48 == pytest.approx(1_000, abs=1.5)
    assert loud[-1] / 48 == pytest.approx(1_010, abs=1.5)


def test_a_segment_without_sound_says_so() -> None:
    reel = SegmentReel(grey_segment([20, 60], sound=False))
    assert not reel.has_sound
    assert heard(reel, 0, 1).any() == np.False_


def test_damaged_packets_leave_the_rest_to_be_heard() -> None:
    packets = [(20 * number, data) for number, data in enumerate(opus_packets(tone(2.0)))]
    packets[10] = (200, b"")
    packets[20] = (400, b"\x0b")  # says that its count follows, and ends
    packets[30] = (600, b"\xff\x3f" + b"\x00" * 9)  # 63 frames: longer than any packet
    packets[40] = (800, packets[40][1][:3])
    assert pitch(heard(SegmentSound(packets), 1.2, 1.8)) == pytest.approx(1_000, abs=2)
    assert not SegmentSound([(0, b"")]).there


@pytest.mark.parametrize(
    ("first", "samples"),
    [(b"\x00", 480), (b"\x18", 2880), (b"\x60", 480), (b"\x68", 960), (b"\x80", 120), (b"\xfc", 960), (b"\xfd", 1920)],
)
def test_the_length_of_a_packet_stands_in_its_first_byte(first: bytes, samples: int) -> None:
    assert samples_of(first + b"\x00") == samples


def test_a_packet_may_say_how_many_frames_it_holds() -> None:
    assert samples_of(b"\xff\x03") == 2880
    for bad in (b"\xff\x00", b"\xff\x07", b"\xff", b""):
        with pytest.raises(ValueError, match="packet"):
            samples_of(bad)

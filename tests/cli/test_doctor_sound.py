"""`kawei doctor` and sound: what calls would use is named, and a machine hears itself or says what to do."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "devices"))

from sound_ground import Plugs

from app.cli import doctor, doctor_sound
from app.cli.finding import Level
from app.cli.machine import Machine, SoundSettings, read_machine, sound_of, write_machine
from app.ports.sound import THE_SYSTEMS, SoundChoice
from devices.sound import process, selftest
from devices.sound.cleaning import NoCleaner
from devices.sound.pyaudio_sound import PyAudioSound

NAMED = Machine(sound=SoundSettings("headset", "headset"))


@pytest.fixture
def plugs(monkeypatch: pytest.MonkeyPatch) -> Plugs:
    made = Plugs(("built in", "headset"), ("built in",))
    monkeypatch.setattr(process, "ChildLines", made.open)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    return made


def test_what_calls_would_use_is_named(plugs: Plugs) -> None:
    assert [found.level for found in doctor_sound.devices(Machine())] == [Level.OK, Level.OK]
    microphone, speaker = doctor_sound.devices(NAMED)
    assert (microphone.level, microphone.en) == (Level.OK, "headset")
    assert speaker.level is Level.FAILED
    assert "headset" in speaker.en
    assert "built in" in speaker.en
    assert plugs.opened == 2


def test_nothing_plugged_in_is_a_warning_to_whoever_wants_calls(plugs: Plugs) -> None:
    plugs.pull("built in")
    plugs.pull("headset")
    assert [found.level for found in doctor_sound.devices(Machine())] == [Level.WARNING, Level.WARNING]


def test_without_pyaudio_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    for found in doctor_sound.devices(Machine()):
        assert found.level is Level.WARNING
        assert "make system" in found.en
        assert "make system" in found.zh


@pytest.mark.parametrize(
    ("there", "level"),
    [
        (lambda: Plugs(), Level.OK),
        (lambda: Plugs(("a",), ()), Level.FAILED),
        (lambda: Plugs((), ("a",)), Level.FAILED),
        (lambda: Plugs((), ()), Level.FAILED),
    ],
)
def test_a_machine_hears_itself(there: Callable[[], Plugs], level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    plugs = there()
    monkeypatch.setattr(selftest, "BEGIN_S", 0.3 if level is Level.FAILED else 10.0)
    monkeypatch.setattr(
        "devices.sound.pyaudio_sound.PyAudioSound",
        lambda choice, *, clean: PyAudioSound(choice, clean=clean, open_lines=plugs.open, retry_s=0.05),
    )
    assert doctor_sound.heard_itself(THE_SYSTEMS).level is level


def test_a_muted_machine_does_not_hear_itself() -> None:
    plugs = Plugs()
    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=plugs.open)
    sound.play = lambda source, pcm: None  # type: ignore[method-assign]
    told = selftest.hear_oneself(sound)
    assert told.over_db is not None
    assert not told.heard


def test_the_tone_is_played_only_when_asked_for() -> None:
    asked, unasked = (doctor.parser().parse_args(words) for words in (["--sound"], []))
    assert "sound" in [name for name, _ in doctor._checks(asked, Machine(), "en")]
    assert "sound" not in [name for name, _ in doctor._checks(unasked, Machine(), "en")]


def test_the_settings_choose_the_devices(tmp_path: Path) -> None:
    write_machine(NAMED, tmp_path)
    assert read_machine(tmp_path) == NAMED
    assert doctor_sound.choice_of(NAMED) == SoundChoice("headset", "headset")
    assert sound_of(NAMED)._choice == SoundChoice("headset", "headset")

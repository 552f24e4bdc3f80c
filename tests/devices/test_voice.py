"""One contract for both voices; then the clips themselves, and the player that speaks them."""

from __future__ import annotations

import json
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import resources
from app.ports.voice import Prompt, Voice
from devices.voice.clips import ClipVoice, clip_of, find_player, missing_clips
from devices.voice.scripted import ScriptedVoice
from setup_steps.voice import RATE_HZ, trimmed

WAIT_S = 10.0
LANGUAGES = ("zh", "en")


def script(folder: Path, body: str) -> list[str]:
    """A player that is a shell script: `$1` is the clip."""
    file = folder / "player.sh"
    file.write_text(body, "utf-8")
    return ["/bin/sh", str(file)]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.fixture(params=["scripted", "playing", "mute", "gone"])
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Voice]:
    clips = resources.path("voice", "zh")
    made: Voice = {
        "scripted": lambda: ScriptedVoice(),
        "playing": lambda: ClipVoice(clips, script(tmp_path, "exec sleep 60")),
        "mute": lambda: ClipVoice(clips, None),
        "gone": lambda: ClipVoice(clips, [str(tmp_path / "no-player")]),
    }[request.param]()
    yield made
    made.stop()


class TestEveryVoice:
    """The contract of app.ports.voice; that no process is left behind is watched for every test."""

    def test_it_never_makes_its_caller_wait(self, voice: Voice) -> None:
        begun = time.monotonic()
        for prompt in Prompt:
            voice.say(prompt)
        assert time.monotonic() - begun < WAIT_S  # heard out, they would take three minutes

    def test_it_may_be_stopped_at_any_time_and_speaks_again(self, voice: Voice) -> None:
        voice.stop()
        voice.say(Prompt.THANK_YOU)
        voice.stop()
        voice.stop()
        voice.say(Prompt.GOODBYE)


def test_the_scripted_voice_remembers() -> None:
    voice = ScriptedVoice()
    voice.say(Prompt.TURN_LEFT)
    voice.say(Prompt.TURN_LEFT)
    assert voice.said == (Prompt.TURN_LEFT, Prompt.TURN_LEFT)


def test_the_next_sentence_breaks_the_last_one_off(tmp_path: Path) -> None:
    told = tmp_path / "told"
    player = script(
        tmp_path,
        f'trap \'echo "broken $1" >> "{told}"; exit 0\' TERM\necho "begun $1" >> "{told}"\n'
        "while :; do sleep 0.01; done",
    )
    clips = resources.path("voice", "zh")
    voice = ClipVoice(clips, player)

    def lines() -> list[str]:
        return told.read_text("utf-8").splitlines() if told.exists() else []

    first, second = (str(clip_of(clips, prompt)) for prompt in (Prompt.COME_CLOSER, Prompt.HOLD_STILL))
    voice.say(Prompt.COME_CLOSER)
    wait_for(lambda: f"begun {first}" in lines())
    voice.say(Prompt.HOLD_STILL)
    wait_for(lambda: f"broken {first}" in lines() and f"begun {second}" in lines())
    voice.stop()
    assert f"broken {second}" in lines()


def test_a_player_that_does_not_heed_is_ended_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.voice.clips.ENDING_S", 0.05)
    begun = tmp_path / "begun"
    voice = ClipVoice(
        resources.path("voice", "zh"),
        script(tmp_path, f"trap '' TERM\n: > '{begun}'\nwhile :; do sleep 0.1; done"),
    )
    voice.say(Prompt.THANK_YOU)
    wait_for(begun.exists)
    voice.stop()


def test_a_machine_without_a_loudspeaker_is_silent_and_no_fault(tmp_path: Path) -> None:
    voice = ClipVoice(resources.path("voice", "zh"), script(tmp_path, "exit 1"))
    voice.say(Prompt.THANK_YOU)
    assert voice._speaking is not None
    voice._speaking.wait(WAIT_S)
    voice.say(Prompt.GOODBYE)
    voice.stop()


@pytest.mark.parametrize(
    ("there", "found"),
    [
        (("aplay", "paplay"), ("/bin/paplay",)),
        (("aplay",), ("/bin/aplay", "-q")),
        ((), None),
    ],
)
def test_the_systems_player_is_found(there: tuple[str, ...], found: tuple[str, ...] | None) -> None:
    assert find_player(lambda name: f"/bin/{name}" if name in there else None) == found


def test_missing_clips_are_named(tmp_path: Path) -> None:
    assert missing_clips(tmp_path) == tuple(Prompt)
    clip_of(tmp_path, Prompt.BLINK).touch()
    assert Prompt.BLINK not in missing_clips(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
class TestClips:
    """What the kiosk says."""

    def test_every_prompt_has_words_and_a_clip_and_no_number(self, language: str) -> None:
        prompts = json.loads(resources.path("voice", "prompts.json").read_text("utf-8"))[language]
        assert list(prompts) == [prompt.value for prompt in Prompt]
        assert missing_clips(resources.path("voice", language)) == ()
        for prompt in prompts.values():
            assert not any(character.isdigit() for character in prompt["text"])

    def test_a_clip_is_short_plain_and_loud_enough(self, language: str) -> None:
        for prompt in Prompt:
            with wave.open(str(clip_of(resources.path("voice", language), prompt))) as clip:
                assert (clip.getnchannels(), clip.getsampwidth(), clip.getframerate()) == (1, 2, RATE_HZ)
                samples = np.frombuffer(clip.readframes(clip.getnframes()), "<i2")
            assert 0.5 <= len(samples) / RATE_HZ <= 5.0, prompt
            assert 28_000 <= np.abs(samples.astype(int)).max() < 32_767, prompt


def test_a_clip_is_cut_to_what_is_heard() -> None:
    sound = np.zeros(RATE_HZ, np.float32)
    sound[10_000:12_000] = 0.25
    samples = trimmed(sound)
    assert len(samples) == 2_000 - 1 + round(0.15 * RATE_HZ)
    assert np.abs(samples).max() == round(0.89 * 32767 - 0.5)

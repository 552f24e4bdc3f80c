"""One contract for both halves of the sound: what is played is heard, what is lost is said and comes back."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from sound_ground import WAIT_S, WHOLE, Ear, Loop, Plugs, share_of, tone

from app.ports.call import SOUND_RATE
from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus
from app.ports.sound import BLOCK_BYTES, Sound, SoundChoice, SoundDevices, SoundLevels
from devices.sound import hardware, pyaudio_sound
from devices.sound.cleaning import NoCleaner, VoiceActivity, WebrtcCleaner, best_cleaner
from devices.sound.lines import Microphone
from devices.sound.mixer import BYTES_A_MS, MOST_MS, SILENCE, STORE_MS, Mixer
from devices.sound.process import ChildLines
from devices.sound.pyaudio_sound import PyAudioSound
from devices.sound.scripted import ScriptedSound

RUNNING = DeviceStatus(DeviceState.RUNNING)


@dataclass
class Machine:
    """A sound whose microphone hears its loudspeaker, what is plugged into it, and how its time passes."""

    sound: Sound
    plug: Callable[[tuple[str, ...], tuple[str, ...]], None]
    beat: Callable[[], None]
    ear: Ear
    told: list[DeviceStatus]

    def until(self, holds: Callable[[], bool]) -> bool:
        for _ in range(500):
            if holds():
                return True
            self.beat()
        return holds()


def scripted() -> Machine:
    sound = ScriptedSound(SoundDevices(("a",), ("a",)), loop=True)
    return Machine(sound, lambda ears, mouths: sound.plug(SoundDevices(ears, mouths)), sound.beat, Ear(), [])


def threaded() -> Machine:
    plugs, passed = Plugs(), threading.Event()
    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=plugs.open, retry_s=0.01)

    def plug(ears: tuple[str, ...], mouths: tuple[str, ...]) -> None:
        plugs.there = SoundDevices(ears, mouths)

    return Machine(sound, plug, lambda: bool(passed.wait(0.02)), Ear(), [])


@pytest.fixture(params=[scripted, threaded])
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    made: Machine = request.param()
    made.sound.subscribe(made.ear.take)
    made.sound.watch(made.told.append)
    yield made
    made.sound.stop()
    assert made.sound.join(WAIT_S)


class TestSound:
    """The contract."""

    def test_it_starts_with_what_is_there_and_stops(self, machine: Machine) -> None:
        assert machine.sound.status == DeviceStatus(DeviceState.STOPPED)
        assert (machine.sound.levels, machine.sound.devices) == (SoundLevels(), SoundDevices())
        machine.sound.start()
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status == RUNNING and machine.sound.levels.speaker is not None)
        assert machine.sound.devices == SoundDevices(("a",), ("a",))
        machine.sound.stop()
        machine.sound.stop()
        assert machine.sound.join(WAIT_S)
        assert machine.sound.levels == SoundLevels()
        assert [status.state for status in machine.told][-2:] == [DeviceState.RUNNING, DeviceState.STOPPED]
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status == RUNNING)

    def test_what_is_played_is_heard_in_whole_blocks_and_shows_in_the_levels(self, machine: Machine) -> None:
        machine.sound.start()
        assert machine.until(lambda: machine.sound.levels.speaker is not None)
        loud: list[SoundLevels] = []
        machine.sound.subscribe(lambda _block: loud.append(machine.sound.levels))
        for step in range(10):
            machine.sound.play("x", tone(4800, start=4800 * step))
            for _ in range(5):
                machine.beat()
        assert {len(block) for block in machine.ear.blocks} == {BLOCK_BYTES}
        assert machine.until(lambda: np.abs(machine.ear.samples).max(initial=0) >= 7_900)
        for told in ([levels.microphone or 0 for levels in loud], [levels.speaker or 0 for levels in loud]):
            assert max(told) == pytest.approx(8000 / 32768, abs=0.01)

    def test_who_leaves_hears_no_more(self, machine: Machine) -> None:
        other = Ear()
        leave = machine.sound.subscribe(other.take)
        machine.sound.start()
        assert machine.until(lambda: len(other.blocks) > 1)
        leave()
        leave()
        known, heard = len(other.blocks), len(machine.ear.blocks)
        assert machine.until(lambda: len(machine.ear.blocks) > heard + 3)
        assert len(other.blocks) <= known + 1  # one may have been on its way

    def test_nothing_is_kept_for_later_while_nothing_plays(self, machine: Machine) -> None:
        machine.sound.play("x", tone(4800))
        machine.sound.start()
        assert machine.until(lambda: len(machine.ear.blocks) > 10)
        assert not machine.ear.samples.any()

    def test_a_listener_without_a_microphone_and_a_speaker_without_a_loudspeaker(self, machine: Machine) -> None:
        machine.plug((), ("a",))
        machine.sound.start()
        half = DeviceStatus(DeviceState.RUNNING, DeviceFault.NOT_FOUND)
        assert machine.until(lambda: _plain(machine.sound.status) == half)
        assert machine.until(lambda: machine.sound.levels.speaker is not None)
        assert machine.sound.levels.microphone is None
        machine.sound.stop()
        machine.plug(("a",), ())
        machine.sound.start()
        assert machine.until(lambda: len(machine.ear.blocks) > 2)
        assert _plain(machine.sound.status) == half
        assert machine.sound.levels.speaker is None
        machine.sound.play("x", tone(960))

    def test_without_a_device_it_looks_for_one_and_takes_it(self, machine: Machine) -> None:
        machine.plug((), ())
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status.fault is DeviceFault.NOT_FOUND)
        assert machine.sound.status.state is DeviceState.STARTING
        machine.sound.play("x", tone(960))
        machine.plug(("a",), ("a",))
        assert machine.until(lambda: machine.sound.status == RUNNING)

    def test_a_chosen_device_that_is_pulled_is_waited_for_and_no_other_is_taken(self, machine: Machine) -> None:
        machine.plug(("a", "b"), ("a", "b"))
        machine.sound.choose(SoundChoice("b", "b"))
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status == RUNNING)
        machine.plug(("a",), ("a",))
        assert machine.until(lambda: machine.sound.status.fault is DeviceFault.LOST)
        assert machine.sound.status.state is DeviceState.STARTING
        assert machine.sound.levels == SoundLevels()
        machine.plug(("a", "b"), ("a", "b"))
        assert machine.until(lambda: machine.sound.status == RUNNING)

    def test_another_choice_counts_at_once(self, machine: Machine) -> None:
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status == RUNNING)
        machine.sound.choose(SoundChoice("none", "none"))
        assert machine.until(lambda: machine.sound.status.fault is DeviceFault.NOT_FOUND)
        machine.sound.choose(SoundChoice("a", None))
        assert machine.until(lambda: machine.sound.status == RUNNING)

    def test_who_only_plays_opens_no_microphone_and_misses_none(self, machine: Machine) -> None:
        machine.sound.listen(listens=False)
        machine.sound.start()
        assert machine.until(lambda: machine.sound.status == RUNNING)
        assert (machine.sound.levels.microphone, machine.sound.levels.speaker is None) == (None, False)
        machine.sound.listen(listens=True)
        assert machine.until(lambda: machine.sound.levels.microphone is not None)
        machine.sound.listen(listens=False)
        assert machine.until(lambda: machine.sound.status == RUNNING and machine.sound.levels.microphone is None)

    def test_what_is_forgotten_is_not_played(self, machine: Machine) -> None:
        machine.sound.start()
        assert machine.until(lambda: machine.sound.levels.speaker is not None)
        machine.sound.play("x", tone(480, peak=20000))  # too little to begin at once
        machine.sound.forget("x")
        machine.sound.forget("nobody")
        heard = len(machine.ear.blocks)
        assert machine.until(lambda: len(machine.ear.blocks) > heard + 10)
        assert np.abs(machine.ear.samples).max() == 0


def _plain(status: DeviceStatus) -> DeviceStatus:
    return DeviceStatus(status.state, status.fault)


class TestMixer:
    """Sources laid over each other."""

    def test_a_source_begins_with_a_store_and_then_comes_through_whole(self) -> None:
        mixer, said = Mixer(), tone(4 * 960)
        mixer.add("x", said[: 20 * BYTES_A_MS])
        assert mixer.next() == SILENCE
        mixer.add("x", said[20 * BYTES_A_MS :])
        assert b"".join(mixer.next() for _ in range(4)) == said
        assert mixer.next() == SILENCE

    def test_a_short_sound_is_played_too(self) -> None:
        mixer = Mixer()
        mixer.add("x", tone(100))
        heard = [mixer.next() for _ in range(STORE_MS // 20 + 1)]
        assert heard[-1] == tone(100).ljust(BLOCK_BYTES, b"\0")
        assert set(heard[:-1]) == {SILENCE}

    def test_two_are_added_and_cut_off_at_full_scale(self) -> None:
        mixer = Mixer()
        for name, peak in (("x", 20_000), ("y", 20_000), ("z", -1_000)):
            mixer.add(name, np.full(1920, peak, "<i2").tobytes())
        assert set(np.frombuffer(mixer.next(), "<i2")) == {32_767}
        mixer.forget("x")
        assert set(np.frombuffer(mixer.next(), "<i2")) == {19_000}

    def test_what_comes_too_late_is_dropped_oldest_first(self) -> None:
        mixer, said = Mixer(), tone(48 * (MOST_MS + 10))
        mixer.add("x", said[: MOST_MS * BYTES_A_MS])
        mixer.add("x", said[MOST_MS * BYTES_A_MS :])
        assert b"".join(mixer.next() for _ in range(STORE_MS // 20)) == said[-STORE_MS * BYTES_A_MS :]
        assert mixer.next() == SILENCE

    def test_half_a_sample_is_no_sound(self) -> None:
        with pytest.raises(ValueError, match="whole samples"):
            Mixer().add("x", b"\0")


def test_echo_is_taken_off_and_the_own_voice_stays() -> None:
    cleaner = WebrtcCleaner(80)
    noise = np.random.default_rng(5).normal(0, 3000, SOUND_RATE * 6)
    shape = np.repeat(np.random.default_rng(6).uniform(0.2, 1.0, 60), SOUND_RATE // 10)  # loud and quiet, as speech
    far = (noise * shape).astype("<i2")
    echo = np.concatenate((np.zeros(3840), 0.5 * far.astype(float)))[: len(far)]
    near = np.frombuffer(tone(len(far), hz=440.0, peak=6000), "<i2").astype(float)
    near[: 5 * SOUND_RATE] = 0
    heard = np.clip(echo + near, -32768, 32767).astype("<i2")
    out = bytearray()
    for at in range(0, len(far), 960):
        cleaner.play(far[at : at + 960].tobytes())
        out += cleaner.clean(heard[at : at + 960].tobytes())
    cleaned = np.frombuffer(bytes(out), "<i2").astype(float)
    assert len(cleaned) == len(heard)
    alone = slice(3 * SOUND_RATE, 5 * SOUND_RATE)
    reduced_db = 10 * np.log10((echo[alone] ** 2).mean() / max((cleaned[alone] ** 2).mean(), 1e-6))
    assert reduced_db >= 25
    both = slice(5 * SOUND_RATE + SOUND_RATE // 4, 5 * SOUND_RATE + SOUND_RATE * 3 // 4)
    assert share_of(440.0, cleaned[both]) > 0.5


def test_a_voice_is_told_from_silence_and_hiss() -> None:
    import wave

    import resources
    from app.ports.voice import Prompt
    from devices.voice.clips import clip_of

    with wave.open(str(clip_of(resources.path("voice", "zh"), Prompt.COME_CLOSER))) as clip:
        said = np.repeat(np.frombuffer(clip.readframes(clip.getnframes()), "<i2"), 2).astype("<i2").tobytes()
    activity = VoiceActivity()
    blocks = [said[at : at + BLOCK_BYTES] for at in range(0, len(said) - BLOCK_BYTES, BLOCK_BYTES)]
    spoken = [activity.hear(block) for block in blocks]
    assert sum(spoken) > len(spoken) / 2
    after = [activity.hear(SILENCE) for _ in range(30)]
    assert after[0]
    assert not after[-1]
    chance = np.random.default_rng(1)
    hiss = [chance.normal(0, 60, 960).astype("<i2").tobytes() for _ in range(200)]
    assert not any([activity.hear(block) for block in hiss][100:])


def test_a_machine_without_the_wheels_is_heard_with_its_echo(monkeypatch: pytest.MonkeyPatch, expects_log: Any) -> None:
    monkeypatch.setitem(sys.modules, "livekit.rtc", None)
    monkeypatch.setitem(sys.modules, "webrtcvad", None)
    with expects_log("no echo is taken off", reason="whoever looks after the machine should know"):
        cleaner = best_cleaner()
    cleaner.play(tone(960))
    assert cleaner.clean(tone(960)) == tone(960)
    assert VoiceActivity().hear(tone(960))
    assert not VoiceActivity().hear(SILENCE)


def test_a_machine_without_pyaudio_says_so_and_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyaudio", None)
    with pytest.raises(DeviceError) as refused:
        hardware.PortAudioLines(SoundChoice())
    assert (refused.value.fault, refused.value.detail) == (DeviceFault.NOT_FOUND, "PyAudio")


LOOP = """
import json, socket, sys
from devices.call.wire import packed
owner = socket.socket(fileno=int(sys.argv[1]))
say = lambda kind, payload=b"", **said: owner.sendall(packed({"type": kind, **said}, payload))
say("open", devices={"microphones": ["a"], "speakers": ["a"]}, microphone=0.02, speaker=0.06, whole=3)
say("room", blocks=3)
kept = b""
while came := owner.recv(65536):
    kept += came
    while len(kept) >= 1920:
        say("heard", kept[:1920])
        kept = kept[1920:]
        say("room", blocks=1)
    if b"\x07" * 960 in came:
        say("fault", fault="lost", detail="pulled")
"""
"""A child that is told of no devices: it hears what it plays, until it is given a block of sevens."""


class TestChild:
    """The process that holds the devices."""

    def test_it_plays_and_hears_and_ends_with_its_owner(self) -> None:
        with ChildLines(SoundChoice(), (sys.executable, "-c", LOOP)) as lines:
            ear, mouth = lines.microphone, lines.speaker
            assert ear is not None
            assert mouth is not None
            assert (ear.delay_s, mouth.delay_s, mouth.whole) == (0.02, 0.06, WHOLE)
            said = [tone(960, start=960 * step) for step in range(10)]
            heard: list[bytes] = []
            waiting = list(said)
            limit = time.monotonic() + WAIT_S
            while len(heard) < len(said) and time.monotonic() < limit:
                for _ in range(min(mouth.room, len(waiting))):
                    mouth.write(waiting.pop(0))
                while (block := ear.read()) is not None:
                    heard.append(block)
                lines.wait(0.05)
            pid = lines.pid
        assert heard == said
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    def test_what_was_heard_before_a_fault_is_still_given(self) -> None:
        with ChildLines(SoundChoice(), (sys.executable, "-c", LOOP)) as lines:
            assert lines.speaker is not None
            assert lines.microphone is not None
            lines.speaker.write(b"\x07" * BLOCK_BYTES)
            heard: list[bytes] = []
            with pytest.raises(DeviceError) as lost:
                _listen(lines, lines.microphone, heard)
            assert (lost.value.fault, lost.value.detail) == (DeviceFault.LOST, "pulled")
            assert heard == [b"\x07" * BLOCK_BYTES]

    def test_a_child_that_is_killed_is_a_lost_device_and_a_new_one_comes(self) -> None:
        made: list[ChildLines] = []
        lost, back = threading.Event(), threading.Event()

        def open_(choice: SoundChoice) -> ChildLines:
            made.append(ChildLines(choice, (sys.executable, "-c", LOOP)))
            return made[-1]

        def hear(status: DeviceStatus) -> None:
            if status.fault is DeviceFault.LOST:
                lost.set()
            elif status == RUNNING and lost.is_set():
                back.set()

        sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=open_, retry_s=0.01)
        ear = Ear()
        sound.subscribe(ear.take)
        sound.watch(hear)
        sound.start()
        assert ear.until(lambda: len(ear.blocks) > 5)
        os.kill(made[0].pid, signal.SIGKILL)
        assert lost.wait(WAIT_S)
        assert back.wait(WAIT_S)
        heard = len(ear.blocks)
        assert ear.until(lambda: len(ear.blocks) > heard + 5)
        sound.stop()
        assert sound.join(WAIT_S)

    def test_a_child_that_hangs_is_killed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("devices.sound.process.OPEN_S", 0.05)
        monkeypatch.setattr("devices.sound.process.END_S", 0.05)
        with pytest.raises(DeviceError) as lost:
            ChildLines(SoundChoice(), (sys.executable, "-c", "import threading; threading.Event().wait()"))
        assert lost.value.fault is DeviceFault.LOST

    def test_without_a_sound_server_there_is_no_device_and_no_noise_on_the_terminal(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
        with pytest.raises(DeviceError) as refused:
            ChildLines(SoundChoice("no such device", "no such device"))
        assert refused.value.fault is DeviceFault.NOT_FOUND
        assert capfd.readouterr().err == ""


def _listen(lines: ChildLines, ear: Microphone, heard: list[bytes]) -> None:
    """Until the lines fail, which they must."""
    while True:
        lines.wait(WAIT_S)
        while (block := ear.read()) is not None:
            heard.append(block)


def test_a_line_that_stands_still_is_lost_and_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyaudio_sound, "STALLED_S", 0.05)
    plugs, lost, back = Plugs(), threading.Event(), threading.Event()
    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=plugs.open, retry_s=0.01)

    def hear(status: DeviceStatus) -> None:
        if status.fault is DeviceFault.LOST:
            plugs.stalled = False
            lost.set()
        elif lost.is_set() and status.state is DeviceState.RUNNING:
            back.set()

    sound.watch(hear)
    plugs.stalled = True
    sound.start()
    assert lost.wait(WAIT_S)
    assert back.wait(WAIT_S)
    sound.stop()
    assert sound.join(WAIT_S)
    assert plugs.opened >= 2


def test_a_start_soon_after_a_stop_waits_until_the_library_is_free() -> None:
    plugs, ear = Plugs(), Ear()
    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=plugs.open)
    sound.subscribe(ear.take)
    for _ in range(5):
        sound.start()
        sound.stop()
    sound.start()
    assert ear.until(lambda: len(ear.blocks) > 3)
    sound.stop()
    assert sound.join(WAIT_S)
    assert plugs.most_at_once == 1


def test_a_plug_that_changes_makes_it_look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [("controlC0",)]
    monkeypatch.setattr(pyaudio_sound, "plugs", lambda: there[0])
    monkeypatch.setattr(pyaudio_sound, "LOOK_S", 0.01)
    plugs, ear = Plugs((), ("a",)), Ear()
    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=plugs.open)
    sound.subscribe(ear.take)
    running = threading.Event()
    sound.watch(lambda status: running.set() if status.state is DeviceState.RUNNING else None)
    sound.start()
    assert running.wait(WAIT_S)
    plugs.plug("headset")
    there[0] = ("controlC0", "controlC1")
    assert ear.until(lambda: len(ear.blocks) > 3)
    assert sound.status == RUNNING
    sound.stop()
    assert sound.join(WAIT_S)


def test_where_nothing_is_found_it_looks_rarely_until_a_plug_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [("controlC0",)]
    monkeypatch.setattr(pyaudio_sound, "plugs", lambda: there[0])
    monkeypatch.setattr(pyaudio_sound, "LOOK_S", 0.01)
    plugs, looked, running = Plugs((), ()), threading.Event(), threading.Event()

    def open_(choice: SoundChoice) -> Loop:
        looked.set()
        return plugs.open(choice)

    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), open_lines=open_, retry_s=60.0)
    sound.watch(lambda status: running.set() if status.state is DeviceState.RUNNING else None)
    sound.start()
    assert looked.wait(WAIT_S)
    plugs.plug("headset")
    assert not running.is_set()
    there[0] = ("controlC0", "controlC1")
    assert running.wait(WAIT_S)
    sound.stop()
    assert sound.join(WAIT_S)

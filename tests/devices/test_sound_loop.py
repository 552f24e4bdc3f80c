"""Sound through a real sound server without hardware: tone in, tone out, its rate, its delay, its echo, its end.

PulseAudio plays what the loudspeaker gets back into the microphone, as a room does. `make test-slow` installs it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sound_ground import Ear, share_of, tone

import resources
from app.cli import doctor_sound
from app.cli.finding import Level
from app.ports.call import SOUND_RATE, LinkChanged, LinkState, Signal, SoundCame
from app.ports.device import DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from app.ports.sound import THE_SYSTEMS
from app.ports.voice import Prompt
from devices.call.process import EngineCall
from devices.sound.cleaning import NoCleaner, best_cleaner
from devices.sound.pyaudio_sound import PyAudioSound
from devices.voice.clips import clip_of

pytest.importorskip("pyaudio", reason="PyAudio is not compiled on this machine: make system, make setup")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("pulseaudio") is None or shutil.which("pactl") is None,
        reason="no PulseAudio here: sh setup_steps/system.sh python3.11 tests",
    ),
]

WAIT_S = 15.0
ROOM_MS = 30
"""From loudspeaker to microphone, as the loopback is asked for."""


class Server:
    """A sound server of its own, with a loudspeaker whose sound comes back to the microphone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = f"unix:{folder}/socket"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        modules = (
            f"module-native-protocol-unix socket={self._folder}/socket auth-anonymous=1",
            "module-null-sink sink_name=loop rate=48000",
            "module-null-sink sink_name=feed rate=48000",
            "module-remap-source master=feed.monitor source_name=ear",
            f"module-loopback source=loop.monitor sink=feed latency_msec={ROOM_MS} adjust_time=0",
        )
        asked = [part for module in modules for part in ("-L", module)]
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit", "--use-pid-file=no"]
        home = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder), "PATH": "/usr/bin:/bin"}
        self._process = subprocess.Popen(
            ["pulseaudio", *options, *asked], env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        limit = time.monotonic() + WAIT_S
        while self._control("info").returncode:
            assert time.monotonic() < limit, "the sound server does not answer"
            threading.Event().wait(0.05)
        assert self._control("set-default-sink", "loop").returncode == 0
        assert self._control("set-default-source", "ear").returncode == 0

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(WAIT_S)
            self._process = None

    def _control(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["pactl", "--server", self.address, *words], capture_output=True, timeout=WAIT_S, check=False
        )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="kawei-"))  # a socket's path is short
    made = Server(folder)
    monkeypatch.setenv("PULSE_SERVER", made.address)
    monkeypatch.setenv("HOME", str(folder))
    try:
        made.start()
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Talk:
    """Plays samples in pieces of 10 ms as they fall due, as a call does."""

    def __init__(self, say: Callable[[bytes], None], pcm: bytes) -> None:
        self._say, self._pcm = say, pcm
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._play, name="talk")
        self._thread.start()

    def _play(self) -> None:
        begun, step = time.monotonic(), 0
        pieces = len(self._pcm) // 960
        while step < pieces and not self._over.wait(max(0.0, begun + step / 100 - time.monotonic())):
            self._say(self._pcm[960 * step : 960 * (step + 1)])
            step += 1

    def end(self) -> None:
        self._over.set()
        self._thread.join()


class Clock(Ear):
    """An ear that knows when each block came."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def take(self, block: bytes) -> None:
        self.at.append(time.monotonic())
        super().take(block)


def opened(sound: PyAudioSound) -> Clock:
    """Start it; returns when the microphone gives blocks."""
    ear = Clock()
    sound.subscribe(ear.take)
    sound.start()
    assert ear.until(lambda: len(ear.blocks) > 0, WAIT_S), sound.status
    return ear


def closed(sound: PyAudioSound) -> None:
    sound.stop()
    assert sound.join(WAIT_S)


def test_a_tone_comes_back_whole_at_its_rate(server: Server) -> None:
    sound = PyAudioSound(clean=lambda _delay: NoCleaner())
    ear = opened(sound)
    talk = Talk(partial(sound.play, "talk"), tone(SOUND_RATE * 12))
    try:
        assert ear.until(lambda: len(ear.blocks) >= 550, 2 * WAIT_S)
    finally:
        talk.end()
        closed(sound)
    heard = ear.samples[-8 * SOUND_RATE :]
    rate = _rate(ear.at[-400:])
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    pitch = float(spectrum.argmax()) * SOUND_RATE / len(heard)
    loud = np.sqrt((heard.reshape(-1, 960) ** 2).mean(axis=1))
    print(f"rate {rate:.1f} Hz, tone {pitch:.2f} Hz, its share {share_of(1000.0, heard):.5f}")
    assert rate == pytest.approx(SOUND_RATE, rel=0.001)
    assert pitch == pytest.approx(1000.0, rel=0.001)
    assert share_of(1000.0, heard) > 0.99
    assert np.mean(np.abs(loud - 8000 / np.sqrt(2)) < 300) > 0.97, "blocks are lost"


def _rate(at: list[float]) -> float:
    """Samples a second from the blocks that came soonest early and late: a busy machine delays, it never hastens."""
    late = [when - index * 0.02 for index, when in enumerate(at)]
    quarter = len(at) // 4
    first = min(range(quarter), key=late.__getitem__)
    last = min(range(len(at) - quarter, len(at)), key=late.__getitem__)
    return 960 * (last - first) / (at[last] - at[first])


def test_a_word_is_heard_soon(server: Server) -> None:
    sound = PyAudioSound(clean=lambda _delay: NoCleaner())
    ear = opened(sound)
    delays = []
    try:
        for _ in range(10):
            heard = len(ear.blocks)
            assert ear.until(lambda heard=heard: len(ear.blocks) >= heard + 25)
            begun, known = time.monotonic(), len(ear.blocks)
            sound.play("word", tone(SOUND_RATE // 10))
            assert ear.until(lambda known=known: any(_loud(block) for block in ear.blocks[known:]))
            first = next(index for index in range(known, len(ear.blocks)) if _loud(ear.blocks[index]))
            delays.append(1000 * (ear.at[first] - begun))
    finally:
        closed(sound)
    print(f"from play to the microphone: median {np.median(delays):.0f} ms, of which the room {ROOM_MS} ms")
    assert np.median(delays) < 350


def _loud(block: bytes) -> bool:
    return bool(np.abs(np.frombuffer(block, "<i2").astype(int)).max() > 2000)


def test_the_others_do_not_hear_themselves(server: Server) -> None:
    speech = _speech(14)
    loud: dict[str, np.ndarray] = {}
    for name, clean in (("as it is", lambda _delay: NoCleaner()), ("cleaned", best_cleaner)):
        sound = PyAudioSound(clean=clean)
        ear = opened(sound)
        talk = Talk(partial(sound.play, "talk"), speech)
        try:
            assert ear.until(lambda ear=ear: len(ear.blocks) >= 650, 2 * WAIT_S)
        finally:
            talk.end()
            closed(sound)
        loud[name] = (ear.samples[-8 * SOUND_RATE :].reshape(8, -1) ** 2).mean(axis=1)
    reduced_db = 10 * np.log10(loud["as it is"].mean() / np.maximum(loud["cleaned"], 1.0))
    print(f"echo reduced by {np.median(reduced_db):.1f} dB in the median second; {np.round(reduced_db).astype(int)}")
    assert loud["as it is"].min() > 100**2
    # A machine that stalls for longer than the loudspeaker's store costs the canceller a second to find its place.
    assert np.median(reduced_db) >= 25


def _speech(seconds: int) -> bytes:
    """The prompts of the kiosk one after another."""
    said = []
    for prompt in Prompt:
        with wave.open(str(clip_of(resources.path("voice", "zh"), prompt))) as clip:
            said.append(np.repeat(np.frombuffer(clip.readframes(clip.getnframes()), "<i2"), 2))
    whole = np.concatenate(said) * 0.4
    return np.resize(whole, seconds * SOUND_RATE).astype("<i2").tobytes()


def test_a_sound_server_that_dies_is_lost_and_taken_again(server: Server) -> None:
    told: list[DeviceStatus] = []
    changed = threading.Condition()

    def hear(status: DeviceStatus) -> None:
        with changed:
            told.append(status)
            changed.notify_all()

    sound = PyAudioSound(clean=lambda _delay: NoCleaner(), retry_s=0.2)
    sound.watch(hear)
    ear = opened(sound)
    server.kill()
    with changed:
        assert changed.wait_for(lambda: told[-1].fault is DeviceFault.LOST, WAIT_S)
        assert told[-1].state is DeviceState.STARTING
    heard = len(ear.blocks)
    server.start()
    with changed:
        assert changed.wait_for(lambda: told[-1] == DeviceStatus(DeviceState.RUNNING), WAIT_S)
    assert ear.until(lambda: len(ear.blocks) > heard + 10, WAIT_S)
    closed(sound)


class Line:
    """Signalling of two machines over a table in memory."""

    def __init__(self, me: str, table: dict[str, list[Callable[[str, Signal], None]]]) -> None:
        self._me, self._table = me, table

    def send(self, to: str, message: Signal) -> None:
        for hear in list(self._table.get(to, ())):
            hear(self._me, message)

    def subscribe(self, on_message: Callable[[str, Signal], None]) -> Unsubscribe:
        self._table.setdefault(self._me, []).append(on_message)
        return lambda: self._table[self._me].remove(on_message)


def test_who_speaks_over_the_line_hears_himself_late_or_not_at_all(server: Server) -> None:
    """From one engine to the other's loudspeaker, through its room and its microphone, and back."""
    came_back = {}
    for clean in (lambda _delay: NoCleaner(), best_cleaner):
        table: dict[str, list[Callable[[str, Signal], None]]] = {}
        seat, far = (EngineCall(Line(name, table), loopback=True) for name in ("seat", "far"))
        sound, ear, live = PyAudioSound(clean=clean), Clock(), threading.Event()
        far.subscribe(lambda news, ear=ear: ear.take(news.pcm) if isinstance(news, SoundCame) else None)
        far.subscribe(
            lambda news, live=live: (
                live.set() if isinstance(news, LinkChanged) and news.state is LinkState.LIVE else None
            )
        )
        seat.subscribe(
            lambda news, sound=sound: sound.play(news.peer, news.pcm) if isinstance(news, SoundCame) else None
        )
        sound.subscribe(seat.say)
        seat.start()
        far.start()
        opened(sound)
        seat.connect("far", offers=True)
        far.connect("seat", offers=False)
        try:
            assert live.wait(2 * WAIT_S)
            begun = time.monotonic()
            talk = Talk(far.say, _speech(14))
            assert ear.until(lambda ear=ear: len(ear.blocks) > 1300, 2 * WAIT_S)
            talk.end()
        finally:
            for device in (sound, seat, far):
                device.stop()
                assert device.join(WAIT_S)
        if not came_back:
            first = next(when for when, block in zip(ear.at, ear.blocks, strict=False) if when > begun and _loud(block))
            print(f"there, through the room and back: {1000 * (first - begun):.0f} ms from the first word")
        came_back[clean] = (ear.samples[-6 * SOUND_RATE :].reshape(6, -1) ** 2).mean(axis=1)
    as_it_is, cleaned = came_back.values()
    reduced_db = 10 * np.log10(as_it_is.mean() / np.maximum(cleaned, 1.0))
    print(f"over the line the echo is less by {np.median(reduced_db):.1f} dB in the median second")
    assert as_it_is.min() > 100**2
    assert np.median(reduced_db) >= 25


def test_the_doctor_hears_itself_and_says_when_it_does_not(server: Server) -> None:
    heard = doctor_sound.heard_itself(THE_SYSTEMS)
    print(heard.en)
    assert heard.level is Level.OK
    server.kill()
    assert doctor_sound.heard_itself(THE_SYSTEMS).level is Level.FAILED

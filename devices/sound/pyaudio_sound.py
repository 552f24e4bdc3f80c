"""Microphone and loudspeaker through PyAudio: one thread here, the library in a process of its own.

Both lines are asked how far they are and served in blocks of 20 ms, so that two devices whose clocks differ do not
hold each other up, a device that falls silent is noticed, and a pulled plug hangs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from app.ports.sound import BLOCK_MS, THE_SYSTEMS, Cleaner, SoundChoice, SoundDevices, SoundLevels
from devices.listeners import Listeners
from devices.running import Run, RunningDevice
from devices.sound.cleaning import VoiceActivity, best_cleaner, loudness
from devices.sound.lines import Lines, plugs
from devices.sound.mixer import SILENCE, Mixer
from devices.sound.process import ChildLines

BLOCK_S = BLOCK_MS / 1000
BEAT_S = BLOCK_S
"""At most between two looks at the lines and at what the owner wants."""
STALLED_S = 3.0
"""A line that takes or gives nothing for so long is lost, whatever it says; a sound server needs 1.5 s to begin."""
LOOK_S = 0.5
"""Between two looks at the plugs."""
RETRY_S, RARELY_S = 3.0, 30.0
"""Before a device that was lost is looked for again, and at most where none is found; a look costs 0.2 s of a core."""


class PyAudioSound(RunningDevice):
    """`clean` makes the cleaner of each opening from the milliseconds that sound needs from mixer to microphone."""

    def __init__(
        self,
        choice: SoundChoice = THE_SYSTEMS,
        *,
        clean: Callable[[int], Cleaner] = best_cleaner,
        open_lines: Callable[[SoundChoice], Lines] = ChildLines,
        retry_s: float = RETRY_S,
    ) -> None:
        super().__init__("sound")
        self._choice = choice
        self._clean, self._open, self._retry_s = clean, open_lines, retry_s
        self._listeners: Listeners[bytes] = Listeners()
        self._mixer = Mixer()
        self._inside = threading.Lock()
        self._levels = SoundLevels()
        self._devices = SoundDevices()

    @property
    def levels(self) -> SoundLevels:
        """Of the last block."""
        return self._levels

    @property
    def devices(self) -> SoundDevices:
        """As found at the last opening."""
        return self._devices

    def choose(self, choice: SoundChoice) -> None:
        """The thread sees that the choice is another, and opens anew."""
        self._choice = choice

    def listen(self, *, listens: bool) -> None:
        """The same."""
        self._choice = replace(self._choice, listens=listens)

    def subscribe(self, on_block: Callable[[bytes], None]) -> Unsubscribe:
        """Hear the microphone."""
        return self._listeners.add(on_block)

    def play(self, source: str, pcm: bytes) -> None:
        """Into the mixer; while nothing plays it is dropped, not kept for later."""
        if self._levels.speaker is not None:
            self._mixer.add(source, pcm)

    def forget(self, source: str) -> None:
        """Out of the mixer."""
        self._mixer.forget(source)

    # --- the thread

    def _work(self, run: Run) -> None:
        with self._inside:  # a start soon after a stop waits until the devices are free
            fault, patience_s = DeviceFault.NOT_FOUND, self._retry_s
            while not run.over:
                choice, plugged = self._choice, plugs()
                try:
                    self._serve(run, choice, plugged)
                except DeviceError as error:
                    if error.fault is DeviceFault.NOT_FOUND:
                        patience_s = min(2 * patience_s, RARELY_S)
                    else:
                        fault, patience_s = error.fault, self._retry_s
                    self._become(run, DeviceStatus(DeviceState.STARTING, fault, error.detail))
                    if self._rest(run, choice, plugged, patience_s):
                        patience_s = self._retry_s  # a device that was just plugged in may need a moment

    def _rest(self, run: Run, choice: SoundChoice, plugged: tuple[str, ...], most_s: float) -> bool:
        """Wait until it is worth another look; returns whether another plug or choice made it so before its time."""
        until = time.monotonic() + most_s
        while (left := until - time.monotonic()) > 0:
            if self._choice != choice or plugs() != plugged:
                return True
            if run.wait(min(left, LOOK_S)):
                break
        return False

    def _serve(self, run: Run, choice: SoundChoice, plugged: tuple[str, ...]) -> None:
        """Open the lines and serve them until the run ends or they are to be opened anew."""
        with self._open(choice) as lines, self._silent_after():
            self._devices = lines.devices
            desk = _Desk(lines, self._mixer, self._clean, listens=choice.listens)
            self._levels = desk.levels  # before the status, whose listeners look at them
            self._become(run, desk.status)
            since = time.monotonic()
            while not run.over:
                for block in desk.serve():
                    self._listeners.tell(block)
                self._levels = desk.levels
                if self._choice != choice:
                    return
                now = time.monotonic()
                if now - since >= LOOK_S:
                    since = now
                    systems = replace(choice, listens=True) == THE_SYSTEMS
                    if plugs() != plugged and (systems or desk.status.fault is not None):
                        return
                lines.wait(BEAT_S)

    @contextmanager
    def _silent_after(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._levels = SoundLevels()
            self._mixer.clear()


class _Desk:
    """Serves what is open: asks the microphone, fills the loudspeaker, keeps an eye on both."""

    def __init__(self, lines: Lines, mixer: Mixer, clean: Callable[[int], Cleaner], *, listens: bool) -> None:
        self._listens = listens
        self._ear, self._mouth, self._mixer = lines.microphone, lines.speaker, mixer
        delay_s = sum(line.delay_s for line in (self._ear, self._mouth) if line is not None)
        self._cleaner = clean(round(1000 * delay_s))
        self._activity = VoiceActivity()
        self._heard_at = self._played_at = time.monotonic()
        self._loud_in = None if self._ear is None else 0.0
        self._loud_out = None if self._mouth is None else 0.0
        self._voice = False

    @property
    def status(self) -> DeviceStatus:
        """RUNNING, and what is missing."""
        deaf = self._ear is None and self._listens
        lacking = "microphone" if deaf else "loudspeaker" if self._mouth is None else ""
        return DeviceStatus(DeviceState.RUNNING, DeviceFault.NOT_FOUND if lacking else None, lacking)

    @property
    def levels(self) -> SoundLevels:
        """Of the last blocks."""
        return SoundLevels(self._loud_in, self._loud_out, self._voice)

    def serve(self) -> list[bytes]:
        """One look at both lines; returns the blocks that were heard. `DeviceError` LOST for a line that is gone."""
        now = time.monotonic()
        self._fill(now)
        heard = self._listen(now)
        for at, name in ((self._heard_at, "microphone"), (self._played_at, "loudspeaker")):
            if now - at > STALLED_S:
                raise DeviceError(DeviceFault.LOST, f"{name} stands still")
        return heard

    def _fill(self, now: float) -> None:
        if self._mouth is None:
            self._played_at = now
            return
        room = self._mouth.room
        if room == 0:
            return
        if room == self._mouth.whole:  # run dry: silence first, so that sound has time to come in evenly
            # What came out meanwhile was silence too; told of it, the cleaner keeps its place in time.
            for _ in range(round((now - self._played_at) / BLOCK_S) - self._mouth.whole):
                self._cleaner.play(SILENCE)
            for _ in range(room - 1):
                self._put(SILENCE)
            room = 1
        self._played_at = now
        for _ in range(room):
            block = self._mixer.next()
            self._loud_out = loudness(block)
            self._put(block)

    def _put(self, block: bytes) -> None:
        if self._mouth is not None:
            self._cleaner.play(block)
            self._mouth.write(block)

    def _listen(self, now: float) -> list[bytes]:
        if self._ear is None:
            self._heard_at = now
            return []
        heard: list[bytes] = []
        while (block := self._ear.read()) is not None:
            heard.append(self._cleaner.clean(block))
        if heard:
            self._heard_at = now
            self._loud_in = loudness(heard[-1])
            self._voice = [self._activity.hear(block) for block in heard][-1]
        return heard

"""A Sound without devices: a test says what the microphone hears and when time passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.ports.device import DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from app.ports.sound import BLOCK_BYTES, THE_SYSTEMS, SoundChoice, SoundDevices, SoundLevels
from devices.listeners import Listeners
from devices.sound.cleaning import loudness
from devices.sound.mixer import Mixer

A_HEADSET = SoundDevices(("headset",), ("headset",))


class ScriptedSound:
    """With `loop` its microphone hears its own loudspeaker, as in a room; `played` keeps every block."""

    def __init__(self, devices: SoundDevices = A_HEADSET, *, loop: bool = False) -> None:
        self._there, self._loop = devices, loop
        self._status = DeviceStatus(DeviceState.STOPPED)
        self._watchers: Listeners[DeviceStatus] = Listeners()
        self._listeners: Listeners[bytes] = Listeners()
        self._mixer = Mixer()
        self.choice = THE_SYSTEMS
        self.devices = SoundDevices()
        self.levels = SoundLevels()
        self.played: list[bytes] = []

    @property
    def status(self) -> DeviceStatus:
        """Where it stands."""
        return self._status

    def start(self) -> None:
        """Begin with what is plugged in."""
        if self._status.state is DeviceState.STOPPED:
            self._open(DeviceFault.NOT_FOUND)

    def stop(self) -> None:
        """End."""
        self._quiet()
        self._become(DeviceStatus(DeviceState.STOPPED))

    def join(self, timeout_s: float) -> bool:
        """It has no thread."""
        return True

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status."""
        return self._watchers.add(on_status)

    def subscribe(self, on_block: Callable[[bytes], None]) -> Unsubscribe:
        """Hear the microphone."""
        return self._listeners.add(on_block)

    def choose(self, choice: SoundChoice) -> None:
        """Take these."""
        self.choice = choice
        if self._status.state is not DeviceState.STOPPED:
            self._open(DeviceFault.NOT_FOUND)

    def listen(self, *, listens: bool) -> None:
        """With a microphone or without."""
        if listens != self.choice.listens:
            self.choose(replace(self.choice, listens=listens))

    def play(self, source: str, pcm: bytes) -> None:
        """Into the mixer."""
        if self.levels.speaker is not None:
            self._mixer.add(source, pcm)

    def forget(self, source: str) -> None:
        """Out of the mixer."""
        self._mixer.forget(source)

    # --- what a test does

    def plug(self, devices: SoundDevices) -> None:
        """From now on these are there and no others."""
        self._there = devices
        if self._status.state is not DeviceState.STOPPED:
            self._open(DeviceFault.LOST)

    def beat(self, microphone: bytes = bytes(BLOCK_BYTES)) -> None:
        """20 ms pass: one block is played, and one is heard."""
        if self.levels.speaker is not None:
            block = self._mixer.next()
            self.played.append(block)
            self.levels = SoundLevels(self.levels.microphone, loudness(block), self.levels.voice)
            if self._loop:
                microphone = block
        if self.levels.microphone is not None:
            loud = loudness(microphone)
            self.levels = SoundLevels(loud, self.levels.speaker, loud > 0.05)
            self._listeners.tell(microphone)

    def _open(self, fault: DeviceFault) -> None:
        self._quiet()
        self.devices = self._there
        ear = self.choice.listens and _there(self.choice.microphone, self._there.microphones)
        mouth = _there(self.choice.speaker, self._there.speakers)
        if not ear and not mouth:
            self._become(DeviceStatus(DeviceState.STARTING, fault))
            return
        self.levels = SoundLevels(0.0 if ear else None, 0.0 if mouth else None)
        whole = mouth and (ear or not self.choice.listens)
        self._become(DeviceStatus(DeviceState.RUNNING, None if whole else DeviceFault.NOT_FOUND))

    def _quiet(self) -> None:
        self.levels = SoundLevels()
        self._mixer.clear()

    def _become(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            self._watchers.tell(status)


def _there(wanted: str | None, found: tuple[str, ...]) -> bool:
    return bool(found) if wanted is None else wanted in found

"""PortAudio through PyAudio: what is plugged in, and lines that are asked and filled without ever waiting.

Loaded in the child's process alone (`devices.sound.child`).
"""

from __future__ import annotations

import contextlib
from types import TracebackType
from typing import Any, Self

from app.ports.call import SOUND_RATE
from app.ports.device import DeviceError, DeviceFault
from app.ports.sound import BLOCK_BYTES, SoundChoice, SoundDevices
from devices.sound.lines import Microphone, Speaker

BLOCK = BLOCK_BYTES // 2
"""Frames of a block. PortAudio loses samples with 480, not with 960."""


class PortAudioLines:
    """PortAudio looks for devices once when it is initialised, so each opening is an initialisation of its own."""

    def __init__(self, choice: SoundChoice) -> None:
        """Open what of the choice is there; `DeviceError` NOT_FOUND without PyAudio or any device, else LOST."""
        try:
            import pyaudio
        except ImportError as error:
            raise DeviceError(DeviceFault.NOT_FOUND, "PyAudio") from error
        self.microphone: Microphone | None = None
        self.speaker: Speaker | None = None
        self._lines: list[_Line] = []
        self._audio = pyaudio.PyAudio()
        try:
            self._look(choice, pyaudio.paInt16)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def _look(self, choice: SoundChoice, kind: int) -> None:
        found = [self._audio.get_device_info_by_index(index) for index in range(self._audio.get_device_count())]
        ears = {str(device["name"]): int(device["index"]) for device in found if device["maxInputChannels"]}
        mouths = {str(device["name"]): int(device["index"]) for device in found if device["maxOutputChannels"]}
        self.devices = SoundDevices(tuple(ears), tuple(mouths))
        ear = None
        if choice.listens:
            ear = self._default(choice.microphone, ears, self._audio.get_default_input_device_info)
        mouth = self._default(choice.speaker, mouths, self._audio.get_default_output_device_info)
        format_: dict[str, Any] = {"rate": SOUND_RATE, "channels": 1, "format": kind, "frames_per_buffer": BLOCK}
        refused = ""
        try:
            if ear is not None:
                self.microphone = heard = PortMicrophone(
                    self._audio.open(input=True, input_device_index=ear, **format_)
                )
                self._lines.append(heard)
        except OSError as error:
            refused = str(error)
        try:
            if mouth is not None:
                self.speaker = played = PortSpeaker(self._audio.open(output=True, output_device_index=mouth, **format_))
                self._lines.append(played)
        except OSError as error:
            refused = str(error)
        if self.microphone is None and self.speaker is None:
            raise DeviceError(DeviceFault.LOST if refused else DeviceFault.NOT_FOUND, refused)

    @staticmethod
    def _default(wanted: str | None, named: dict[str, int], ask: Any) -> int | None:
        if wanted is not None:
            return named.get(wanted)
        try:
            return int(ask()["index"])
        except OSError:
            return None

    def __enter__(self) -> Self:
        """Already open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the lines; what is gone already says so, and is not needed any more."""
        for line in self._lines:
            line.close()
        self._audio.terminate()


class _Line:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def close(self) -> None:
        """Let the device go."""
        with contextlib.suppress(OSError):  # it is gone
            self._stream.close()


class PortMicrophone(_Line):
    """A stream that is read block by block."""

    @property
    def delay_s(self) -> float:
        """As PortAudio says."""
        return float(self._stream.get_input_latency())

    def read(self) -> bytes | None:
        """The next block, if it is whole."""
        try:
            if self._stream.get_read_available() < BLOCK:
                return None
            return bytes(self._stream.read(BLOCK, exception_on_overflow=False))
        except OSError as error:
            raise DeviceError(DeviceFault.LOST, f"microphone: {error}") from error


class PortSpeaker(_Line):
    """A stream that is filled block by block."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.whole = max(1, self.room)

    @property
    def delay_s(self) -> float:
        """As PortAudio says."""
        return float(self._stream.get_output_latency())

    @property
    def room(self) -> int:
        """Whole blocks that are free."""
        try:
            return int(self._stream.get_write_available()) // BLOCK
        except OSError as error:
            raise DeviceError(DeviceFault.LOST, f"loudspeaker: {error}") from error

    def write(self, block: bytes) -> None:
        """Play it after what is there."""
        try:
            self._stream.write(block, BLOCK)
        except OSError as error:
            raise DeviceError(DeviceFault.LOST, f"loudspeaker: {error}") from error

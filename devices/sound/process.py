"""Lines whose PortAudio is a process of its own: a library that hangs with a dead device is ended with its process.

libpulse was seen to lock itself up for good when its server is killed. A new process also sees what was plugged in
meanwhile, which PortAudio looks for once in its life.
"""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import time
from collections import deque
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from app.own import own_command
from app.ports.device import DeviceError, DeviceFault
from app.ports.sound import SoundChoice, SoundDevices
from devices.call.wire import Inbox, pair
from devices.sound.lines import Microphone, Speaker

OPEN_S = 6.0
"""A child that says nothing for so long hangs in its library."""
END_S = 0.5
"""For closing the devices; then it is killed."""


class ChildLines:
    """Opens in a child of its own; the lines are those of the choice that are there."""

    def __init__(self, choice: SoundChoice, command: tuple[str, ...] = own_command("devices.sound.child")):
        """Raises `DeviceError` as the child says: NOT_FOUND, LOST, or CRASHED."""
        self.microphone: Microphone | None = None
        self.speaker: Speaker | None = None
        self.devices = SoundDevices()
        self._inbox = Inbox()
        self._heard: deque[bytes] = deque()
        self._room = 0
        self._fault: DeviceError | None = None
        self._open = False
        self._socket, theirs = pair()
        with theirs:
            self._child = subprocess.Popen(
                [*command, str(theirs.fileno()), json.dumps(asdict(choice))],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # dozens of lines by ALSA and JACK for whatever is not there
            )
        self._socket.setblocking(False)
        try:
            limit = time.monotonic() + OPEN_S
            while not self._open:
                self.wait(limit - time.monotonic())
                self.take()
                if time.monotonic() > limit:
                    raise DeviceError(DeviceFault.LOST, "the devices do not open")
        except BaseException:
            self.__exit__(None, None, None)
            raise

    @property
    def pid(self) -> int:
        """The child, for whoever measures or kills it."""
        return self._child.pid

    def wait(self, seconds: float) -> None:
        """Until the child says something."""
        select.select([self._socket], [], [], max(0.0, seconds))

    def take(self) -> None:
        """Read what the child said; what it heard before it failed is kept, then its fault is raised."""
        if self._fault is None:
            try:
                came = self._socket.recv(65536)
                if not came:
                    self._fault = DeviceError(DeviceFault.LOST, "the process of the devices ended")
                for header, payload in self._inbox.take(came):
                    self._understand(header, payload)
            except BlockingIOError:
                pass
            except OSError as error:
                self._fault = DeviceError(DeviceFault.LOST, str(error))
        if self._fault is not None and not self._heard:
            raise self._fault

    def _understand(self, said: dict[str, Any], payload: bytes) -> None:
        match said["type"]:
            case "heard":
                self._heard.append(payload)
            case "room":
                self._room += said["blocks"]
            case "open":
                self.devices = SoundDevices(**{name: tuple(names) for name, names in said["devices"].items()})
                if said["microphone"] is not None:
                    self.microphone = _Microphone(self, said["microphone"])
                if said["speaker"] is not None:
                    self.speaker = _Speaker(self, said["speaker"], said["whole"])
                self._open = True
            case "fault":
                self._fault = DeviceError(DeviceFault(said["fault"]), said["detail"])

    def heard(self) -> bytes | None:
        """The next block of the microphone."""
        self.take()
        return self._heard.popleft() if self._heard else None

    def room(self) -> int:
        """Blocks that the loudspeaker takes."""
        self.take()
        return self._room

    def write(self, block: bytes) -> None:
        """To the loudspeaker. Only a child that hangs lets the socket fill, and such a one is lost soon."""
        self._room -= 1
        with contextlib.suppress(OSError):
            self._socket.send(block)

    def __enter__(self) -> Self:
        """Already open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A child ends with its socket, or is killed."""
        self._socket.close()
        try:
            self._child.wait(END_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


class _Microphone:
    def __init__(self, lines: ChildLines, delay_s: float) -> None:
        self._lines, self.delay_s = lines, delay_s

    def read(self) -> bytes | None:
        """The next block."""
        return self._lines.heard()


class _Speaker:
    def __init__(self, lines: ChildLines, delay_s: float, whole: int) -> None:
        self._lines, self.delay_s, self.whole = lines, delay_s, whole

    @property
    def room(self) -> int:
        """Blocks that may be written."""
        return self._lines.room()

    def write(self, block: bytes) -> None:
        """Hand it on."""
        self._lines.write(block)

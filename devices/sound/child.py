"""The process that holds PortAudio: sends what the microphone hears, plays what it is sent, and ends with its owner.

Messages to the owner are those of `devices.call.wire`: `open` with what is there, or `fault`; then `heard` with a
block, and `room` with the number of blocks that the loudspeaker takes more. The owner sends blocks and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import sys
from dataclasses import asdict
from typing import Any

from app.ports.device import DeviceError, DeviceFault
from app.ports.sound import BLOCK_BYTES, SoundChoice
from devices.call.wire import packed
from devices.sound.hardware import PortAudioLines

POLL_S = 0.004
"""Between two looks at the lines: a fifth of a block, about 2 % of a core."""


def main() -> None:
    """Serve the socket whose number is the first argument with the choice in the second."""
    number, choice = sys.argv[1:]
    with contextlib.suppress(OSError, AttributeError):  # where the system allows it, sound goes before pictures
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    with socket.socket(fileno=int(number)) as owner:
        try:
            with PortAudioLines(SoundChoice(**json.loads(choice))) as lines:
                _serve(owner, lines)
        except DeviceError as error:
            _tell(owner, "fault", fault=error.fault.value, detail=error.detail)
        except OSError:
            return  # the owner is gone
        except Exception as error:
            _tell(owner, "fault", fault=DeviceFault.CRASHED.value, detail=repr(error))


def _serve(owner: socket.socket, lines: PortAudioLines) -> None:
    ear, mouth = lines.microphone, lines.speaker
    _tell(
        owner,
        "open",
        devices=asdict(lines.devices),
        microphone=None if ear is None else ear.delay_s,
        speaker=None if mouth is None else mouth.delay_s,
        whole=0 if mouth is None else mouth.whole,
    )
    owed, waiting = 0, bytearray()
    while True:
        if select.select([owner], [], [], POLL_S)[0]:
            came = owner.recv(65536)
            if not came:
                return
            waiting += came
        if mouth is not None:
            while len(waiting) >= BLOCK_BYTES:
                mouth.write(bytes(waiting[:BLOCK_BYTES]))
                del waiting[:BLOCK_BYTES]
                owed -= 1
            room = mouth.room
            if room > owed:
                _tell(owner, "room", blocks=room - owed)
                owed = room
        while ear is not None and (block := ear.read()) is not None:
            owner.sendall(packed({"type": "heard"}, block))


def _tell(owner: socket.socket, kind: str, **said: Any) -> None:
    owner.sendall(packed({"type": kind, **said}))


if __name__ == "__main__":
    main()

"""What all devices have in common: four states, the reasons they fail for, and how one listens to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class DeviceState(Enum):
    """Where a device stands."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"


class DeviceFault(Enum):
    """Why a device is not running, or why it refused; the value is the stable code."""

    NOT_FOUND = "not_found"  # no such device, file or address
    LOST = "lost"  # it was there and stopped answering; while STARTING it is being looked for again
    VIRTUAL = "virtual"  # a software camera, which could show anything, where a real one is asked for
    NOT_ENROLLED = "not_enrolled"  # a camera that this machine's settings do not name, where only those may serve
    FROZEN = "frozen"  # its picture stands still as no living camera's does; withheld until it moves again
    BLACK = "black"  # while RUNNING: its picture is black, as behind a lens cap
    WRONG_PICTURE = "wrong_picture"  # a format or size that nobody can look at, or one that changed under way
    UNREACHABLE = "unreachable"  # a network device that does not answer
    REFUSED = "refused"  # it answered, and said no
    BAD_ANSWER = "bad_answer"  # it answered something that its protocol does not know
    NO_PAPER = "no_paper"  # the printer is empty or its queue is closed
    DISK = "disk"  # what it makes could not be written
    CRASHED = "crashed"  # a fault of the driver itself; the log has the details


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """A device's state, with the reason while it is not well; `detail` is for the log, not for a screen."""

    state: DeviceState
    fault: DeviceFault | None = None
    detail: str = ""


class DeviceError(Exception):
    """A device could not do what it was asked; `fault` is the stable code, the text is for the log."""

    def __init__(self, fault: DeviceFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail


Unsubscribe = Callable[[], None]
"""Called once to hear no more; calling it again does nothing."""


class Device(Protocol):
    """A thing that runs by itself. `start` and `stop` return at once and may be called in any state."""

    @property
    def status(self) -> DeviceStatus:
        """Where it stands now; a crash of its thread shows here as FAILED."""
        ...

    def start(self) -> None:
        """Begin (again, after FAILED); does nothing while STARTING or RUNNING."""
        ...

    def stop(self) -> None:
        """End; at most a picture or card already on its way is still delivered."""
        ...

    def join(self, timeout_s: float) -> bool:
        """After `stop`, wait until nothing of it runs any more; returns whether that is so."""
        ...

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status, from the device's own thread."""
        ...

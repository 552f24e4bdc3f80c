"""What tests of the link share: a machine with a quick link, a listener that remembers, and patient waiting."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from app.journal import Ed25519Signer
from app.link import Identity, LinkMessage, RoomLink
from app.link.timing import Timing
from tests.link.link_room import FakeRoom

QUICK = Timing(
    connect_s=0.5,
    answer_s=5.0,
    long_answer_s=5.0,
    silence_s=5.0,
    first_pause_s=0.01,
    longest_pause_s=0.05,
    view_pause_s=0.01,
    debt_pause_s=0.02,
    proof_pause_s=0.05,
    grace_s=0.2,
)
SECRET = bytes(range(32))
PATIENCE_S = 10.0

M = TypeVar("M", bound=LinkMessage)


def identity(url: str, kind: str = "seat", secret: bytes = SECRET) -> Identity:
    """A machine that the room knows."""
    return Identity("machine-1", kind, "A01" if kind == "seat" else None, url, "", secret)


def until(condition: Callable[[], Any], what: str = "", patience_s: float = PATIENCE_S) -> Any:
    """Look again and again until `condition` holds; its value."""
    deadline = time.monotonic() + patience_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"never came: {what or condition}"
        threading.Event().wait(0.005)
    return found


class Heard:
    """A listener that remembers, and lets a test wait for what it expects."""

    def __init__(self) -> None:
        self.messages: list[LinkMessage] = []
        self.threads: set[str] = set()

    def __call__(self, message: LinkMessage) -> None:
        self.threads.add(threading.current_thread().name)
        self.messages.append(message)

    def of(self, kind: type[M]) -> list[M]:
        """All messages of a kind."""
        return [message for message in tuple(self.messages) if isinstance(message, kind)]

    def wait(self, kind: type[M], fits: Callable[[M], bool] = lambda _: True) -> M:
        """The first message of a kind that fits."""
        return until(lambda: next(filter(fits, self.of(kind)), None), f"{kind.__name__} in {self.messages[-5:]}")


class Machine:
    """A link with its listener; ended by the fixture that made it."""

    def __init__(self, room: FakeRoom, folder: Path, kind: str = "seat", timing: Timing = QUICK) -> None:
        self.heard = Heard()
        self.link = RoomLink(identity(room.url, kind), folder, self.heard, "en", timing)

    def start(self) -> Machine:
        self.link.start()
        return self


class KnownMachine(Identity):
    """The identity of a machine that a play has enrolled with a key of its own making."""

    @property
    def signer(self) -> Ed25519Signer:
        return Ed25519Signer(hashlib.sha256(self.device.encode()).digest())

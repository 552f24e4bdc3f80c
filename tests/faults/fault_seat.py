"""A seat under fire: the link of a real seat, marking by script, saying what was typed, kept, sent and answered."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import Any

from app.evaluation.model import SheetKind
from app.journal import Ed25519Signer
from app.link import Answered, Failed, Identity, LinkMessage, RoomLink, ViewChanged
from app.link.timing import Timing

TIMING = Timing(first_pause_s=0.05, longest_pause_s=0.4, debt_pause_s=0.1)
"""The real link's patience, but back sooner, so that a thousand cycles end today."""
STREAM, LOT = "evaluation/ev1", "1"


class KnownMachine(Identity):
    """A machine whose key follows from its name, as those that the play has enrolled."""

    @property
    def signer(self) -> Ed25519Signer:
        return Ed25519Signer(hashlib.sha256(self.device.encode()).digest())


def content(version: int, sheet: dict[str, Any]) -> dict[str, Any]:
    """What stands on the desk after so many keystrokes: it follows from their number, so that anyone can check it."""
    return {"typed": version, "cell": hashlib.sha256(str(version).encode()).hexdigest(), **sheet}


class FiredSeat:
    """One life of the seat, from its start to its kill."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order, self._name = order, str(order["name"])
        self._chance = random.Random(order["seed"])
        self._ended = threading.Event()
        self._loaded = threading.Event()
        self._version, self._question, self._help = 0, "", ""
        self._view: dict[str, Any] = {}
        self._sealing = False
        secret = hashlib.sha256(self._name.encode()).digest()
        identity = KnownMachine(order["device"], "seat", self._name, order["url"], "", secret)
        self.link = RoomLink(identity, Path(order["folder"]), self._hear, "en", TIMING)

    def run(self) -> int:
        """Come back to what was typed, and type on until SIGTERM."""
        signal.signal(signal.SIGTERM, lambda *_: self._ended.set())
        self.link.start()
        self._ask()
        while not self._ended.wait(0.01):
            if self._loaded.is_set():
                break
        while not self._ended.wait(self._chance.uniform(0.005, 0.08)):
            if Path(self._order["ending"]).exists():
                self._seal()
            else:
                self._type()
        self.link.stop()
        return 0

    def _ask(self) -> None:
        self._question = self.link.load_draft(STREAM, LOT, SheetKind.MARKS, self._order["round"])

    def _type(self) -> None:
        self._version += 1
        self.link.put_draft(
            STREAM, LOT, SheetKind.MARKS, self._order["round"], self._version,
            content(self._version, self._order["sheet"]),
        )  # fmt: skip
        self._say(typed=self._version, at=time.monotonic())
        if not self._help and self._chance.random() < 0.2:
            text = f"{self._name} {os.getpid()} {self._version}"
            self._help = self.link.send(STREAM, "CallHelp", {"text": text})
            self._say(sent=self._help, text=text)

    def _seal(self) -> None:
        evaluations = self._view.get("evaluations", ())
        if self._sealing or not evaluations:
            return
        found = next(lot for lot in evaluations[0]["lots"] if lot["id"] == LOT)["round"]
        if found["mine"] is None and not found["opened"]:
            self._sealing = True
            alias, key = self._order["alias"], evaluations[0]["sealing_key"]
            self.link.seal_sheet(
                STREAM, LOT, SheetKind.MARKS, self._order["round"], alias, self._order["sheet"], key
            )  # fmt: skip

    def _hear(self, message: LinkMessage) -> None:
        if isinstance(message, ViewChanged):
            self._view = message.view
        if isinstance(message, Answered | Failed):
            good = isinstance(message, Answered)
            if message.request == self._question:
                self._came_back(message)
            elif message.kind == "draft" and isinstance(message, Answered):
                self._say(delivered=message.value["version"])
            elif message.kind == "CallHelp":  # of this life or of an earlier one
                self._help = "" if message.request == self._help else self._help
                self._say(**{"answered" if good else "refused": message.request})
            elif isinstance(message, Failed) and message.code != "round_over":
                self._say(failed=f"{message.kind} {message.code} {message.where}")

    def _came_back(self, message: Answered | Failed) -> None:
        if isinstance(message, Failed):  # the room is away: ask until it is back
            self._ended.wait(0.02)
            self._ask()
            return
        found = message.value or {"version": 0, "content": content(0, self._order["sheet"])}
        self._version = found["version"]
        intact = found["content"] == content(self._version, self._order["sheet"])
        self._say(resumed=self._version, intact=intact, at=time.monotonic())
        self._loaded.set()

    def _say(self, **words: Any) -> None:
        os.write(1, json.dumps({"name": self._name, **words}).encode() + b"\n")


def run(order: dict[str, Any]) -> int:
    """One life of a seat."""
    return FiredSeat(order).run()

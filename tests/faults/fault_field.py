"""A season under fire: one room, five seats that mark by script, and faults by chance; after each, what must hold."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from fault_line import Lines
from room_clients import PASSWORD, PLAN, SEATS, Refusal
from room_packages import package
from room_play import STREAM, Play

from app.evaluation.model import SheetKind
from app.evaluation.sheets import current_round
from app.room.streams import Book, read_book
from app.storage import open_store, sqlite_url

MARK_MAY_BE_LOST_S = 1.0
RETURN_S = 20.0
"""How long a cycle may take to stand again before it counts as a fault of its own."""
FAULTS = ("kill room", "kill room", "end room", "kill seats", "kill seats", "end seat", "reset", "silence", "power")


@dataclass
class SeatStory:
    """What a seat has said over all its lives."""

    typed: list[tuple[int, float]] = field(default_factory=list)
    lives: int = 0
    """How often it came back."""
    resumed: int = 0
    resumed_at: float = 0.0
    delivered: int = 0
    killed_at: float = 0.0
    sent: dict[str, str] = field(default_factory=dict)
    """The text of each call by its request."""
    answered: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)


@dataclass
class Figures:
    """What a season measured."""

    cycles: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    typed: int = 0
    acknowledged: int = 0
    entries: int = 0
    room_back_s: list[float] = field(default_factory=list)
    seat_back_s: list[float] = field(default_factory=list)
    oldest_lost_s: float = 0.0


class Loss(AssertionError):
    """Something that must survive did not."""


class Nursery:
    """The process that forks rooms and seats; everything that they say arrives here, in its order."""

    def __init__(self, heard: Callable[[dict[str, Any]], None]) -> None:
        script = Path(__file__).with_name("fault_nursery.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.pids: dict[str, int] = {}
        self._heard = heard
        self.changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="nursery")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            with self.changed:
                if "pid" in said:
                    self.pids[said["name"]] = said["pid"]
                else:
                    self._heard(said)
                self.changed.notify_all()

    def wait(self, what: str, condition: Callable[[], Any]) -> Any:
        """Until something that was heard makes a condition hold."""
        with self.changed:
            if not self.changed.wait_for(condition, RETURN_S):
                raise Loss(f"never came: {what}")
            return condition()

    def start(self, order: dict[str, Any]) -> None:
        """Fork a child."""
        assert self._process.stdin is not None
        self.pids.pop(order["name"], None)
        self._process.stdin.write(json.dumps(order) + "\n")
        self.wait(f"pid of {order['name']}", lambda: order["name"] in self.pids)

    def end(self, name: str, number: int) -> None:
        """Send a signal and wait until the process is gone."""
        pid = self.pids.pop(name)
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + RETURN_S
        while Path(f"/proc/{pid}").exists():
            if time.monotonic() > deadline:
                raise Loss(f"{name} does not end")
            threading.Event().wait(0.002)

    def close(self) -> None:
        """Kill whoever is left, and end."""
        for name in tuple(self.pids):
            self.end(name, signal.SIGKILL)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._reader.join(10)
        self._process.stdout.close()


class Season:
    """One evaluation at its marks, under fire."""

    def __init__(
        self, folder: Path, seed: int, room_plants: tuple[str, ...] = (), seat_plants: tuple[str, ...] = ()
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.chance, self.figures = folder, random.Random(seed), Figures()
        self._plants = {"room": room_plants, "seat": seat_plants}
        self.stories = {seat: SeatStory() for seat in SEATS}
        self._said: list[str] = []
        self._listening = 0
        self.remarks: set[str] = set()
        self._given = 0
        self._provide()
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.nursery = Nursery(self._heard)
        self.lines = Lines()
        self.lines.port = self.port
        self.addresses = {seat: self.lines.lay(seat) for seat in SEATS}
        self._quiet = threading.Event()
        self._witness = threading.Thread(target=self._remark, name="witness")

    # --- before the fire

    def _provide(self) -> None:
        roles = ("centre", "witness", "agency", "regulator", "tenderee")
        users = [{"name": f"{role}-a", "role": role, "password": PASSWORD} for role in roles]
        codes: list[dict[str, str]] = [{"code": f"console-None-{k}", "kind": "console"} for k in (1, 2, 3)]
        codes += [{"code": "kiosk-None-4", "kind": "kiosk"}]
        codes += [{"code": f"seat-{s}-{k}", "kind": "seat", "seat": s} for k, s in enumerate(SEATS, start=5)]
        (self.folder / "plan.json").write_text(json.dumps(PLAN), "utf-8")
        (self.folder / "provision.json").write_text(json.dumps({"users": users, "enrolments": codes}), "utf-8")

    def add_users(self, *names: str) -> None:
        """They are provided."""

    def code(self, kind: str, seat: str | None = None) -> str:
        """The next provided code."""
        self._given += 1
        return f"{kind}-{seat}-{self._given}"

    def begin(self) -> None:
        """Bring a committee to its marks, then let seats and witness go on by themselves."""
        self.start_room()
        self.play = play = Play(self)
        play.import_package(package(self.folder))
        play.draw()
        play.gather()
        play.choose_chair()
        play.review("1")
        self.round = play.lot("1")["round"]["number"]
        self.sheets = {seat.seat: play.marks_sheet(seat, "1") for seat in play.sitting}
        self.aliases = {seat.seat: seat.mine()["alias"] for seat in play.sitting}
        play.disconnect()
        for seat in self.sheets:
            self.start_seat(seat)
        for seat in self.sheets:
            self.await_seat(seat, 1)
        (self.folder / "armed").touch()
        self._witness.start()

    def start_room(self) -> None:
        """Start `kawei room` and wait until it listens."""
        before, heard = time.monotonic(), self._listening
        folder = self.folder
        arguments = ["--data", str(folder / "data"), "--rehearsal", "--port", str(self.port)]
        arguments += ["--plan", str(folder / "plan.json"), "--provision", str(folder / "provision.json")]
        order: dict[str, Any] = {
            "name": "room",
            "kind": "room",
            "arguments": arguments,
            "log": str(folder / "room.log"),
        }
        order |= {"plants": self._plants["room"], "armed": str(folder / "armed")}
        self.nursery.start(order)
        self.nursery.wait("the room", lambda: self._listening > heard)
        self.figures.room_back_s.append(time.monotonic() - before)

    def start_seat(self, name: str) -> None:
        """Start a seat over its folder."""
        order = {"name": name, "kind": "seat", "device": f"seat-{name.lower()}", "url": self.addresses[name]}
        order |= {"folder": str(self.folder / name), "log": str(self.folder / f"{name}.log"), "round": self.round}
        order |= {"sheet": self.sheets[name], "alias": self.aliases[name], "ending": str(self.folder / "ending")}
        self.nursery.start(order | {"seed": self.chance.random(), "plants": self._plants["seat"]})

    def await_seat(self, name: str, life: int) -> None:
        """Until a seat has come back to its marks."""
        self.nursery.wait(f"{name} at its marks", lambda: self.stories[name].lives >= life)

    def _heard(self, said: dict[str, Any]) -> None:
        if "listening" in said:
            self._listening += 1
            return
        story, now = self.stories[said["name"]], said.get("at", 0.0)
        if "typed" in said:
            story.typed.append((said["typed"], now))
            self.figures.typed += 1
        if "resumed" in said:
            story.lives, story.resumed, story.resumed_at = story.lives + 1, said["resumed"], now
            if not said["intact"]:
                self._said.append(f"{said['name']} came back to other content")
        if "failed" in said:
            self._said.append(f"{said['name']}: {said['failed']}")
        story.delivered = max(story.delivered, said.get("delivered", 0))
        if "sent" in said:
            story.sent[said["sent"]] = said["text"]
        for kind in ("answered", "refused"):
            if kind in said:
                getattr(story, kind).add(said[kind])

    def _remark(self) -> None:
        """The witness writes remarks and answers calls, each until the room has answered it."""
        number = 0
        while not self._quiet.wait(0.02):
            number += 1
            if number % 10 == 0:
                with suppress(Refusal, requests.RequestException):
                    for call in self.play.witness.evaluation()["helps"]:
                        data = {"alias": call["alias"], "text": "马上来"}
                        self.play.witness.do(STREAM, "AnswerHelp", data)
            self._surely(f"remark {number}")

    def _surely(self, text: str) -> None:
        command_id = str(uuid.uuid4())
        while not self._quiet.is_set():
            with suppress(requests.RequestException):
                for _ in range(2 if text.endswith("5") else 1):  # some twice, as after an answer that was lost
                    self.play.witness.do(STREAM, "AddRemark", {"text": text}, id=command_id)
                self.remarks.add(text)
                return
            self._quiet.wait(0.02)

    # --- fire

    def cycle(self) -> None:
        """One or two faults at once, then everything back, then every promise looked at."""
        self.figures.cycles += 1
        for kind in self.chance.sample(FAULTS, self.chance.choice((1, 1, 1, 2))):
            self.figures.faults[kind] += 1
            self._do(kind)
            threading.Event().wait(self.chance.uniform(0, 0.15))  # the next fault hits at any moment of the way back
        self._restore()
        self.check()

    def _do(self, kind: str) -> None:
        seats = [name for name in self.sheets if name in self.nursery.pids]
        some = self.chance.sample(seats, min(len(seats), self.chance.choice((1, 1, 2, 3))))
        if kind in ("kill room", "power") and "room" in self.nursery.pids:
            self.nursery.end("room", signal.SIGKILL)
        if kind == "end room" and "room" in self.nursery.pids:
            self.nursery.end("room", signal.SIGTERM)
        if kind in ("kill seats", "power"):
            for name in seats if kind == "power" else some:
                self._end_seat(name, signal.SIGKILL)
        if kind == "end seat" and some:
            self._end_seat(some[0], signal.SIGTERM)
        if kind in ("reset", "silence"):
            for name in some:
                self.lines.cut(name, "reset" if kind == "reset" else "silent")
            threading.Event().wait(self.chance.uniform(0, 0.4))  # typed on without a line

    def _end_seat(self, name: str, number: int) -> None:
        story, killed = self.stories[name], time.monotonic()
        self.nursery.end(name, number)
        story.killed_at = killed

    def _restore(self) -> None:
        for name in self.sheets:
            self.lines.mend(name)
        gone = [name for name in self.sheets if name not in self.nursery.pids]
        lives = {name: self.stories[name].lives for name in gone}
        begun = time.monotonic()
        parts: list[Callable[[], None]] = [lambda name=name: self.start_seat(name) for name in gone]  # type: ignore[misc]
        if "room" not in self.nursery.pids:
            parts.insert(self.chance.randint(0, len(parts)), self.start_room)
        for part in parts:
            part()
        for name in gone:
            self.await_seat(name, lives[name] + 1)
            self.figures.seat_back_s.append(self.stories[name].resumed_at - begun)
            self._check_marks(name)
        threading.Event().wait(
            self.chance.uniform(0.1, 0.6)
        )  # some undisturbed work, so that there is something to lose

    # --- what must hold

    def _check_marks(self, name: str) -> None:
        """Nothing older than a second is lost; what was lost is measured."""
        story = self.stories[name]
        killed = story.killed_at
        lost = [at for version, at in story.typed if version > story.resumed and at <= killed]
        if lost:
            age = killed - min(lost)
            self.figures.oldest_lost_s = max(self.figures.oldest_lost_s, age)
            if age > MARK_MAY_BE_LOST_S:
                raise Loss(f"{name} lost a mark of {age:.2f} s: came back to {story.resumed}")
        # What is typed from now on has the numbers of what was lost.
        story.typed = [(version, at) for version, at in story.typed if version <= story.resumed or at > killed]

    def check(self) -> None:
        """Read the room's disk behind its back: everything acknowledged, once, in a chain that folds."""
        if self._said:
            raise Loss("; ".join(self._said))
        with self.nursery.changed:
            answered = {s.sent[request] for s in self.stories.values() for request in s.answered & set(s.sent)}
            delivered = {self.aliases[name]: self.stories[name].delivered for name in self.sheets}
        remarks = set(self.remarks)
        book, rows, drafts = self.read()
        found = Counter(_text(row.body) for row in rows if row.type in ("RemarkAdded", "HelpCalled"))
        self.figures.acknowledged = len(remarks) + len(answered)
        self.figures.entries = len(rows)
        missing = (remarks | answered) - set(found)
        if missing:
            raise Loss(f"acknowledged and lost: {sorted(missing)[:5]} of {len(missing)}")
        twice = [text for text, count in found.items() if count > 1]
        if twice:
            raise Loss(f"applied twice: {twice[:5]}")
        if book.position != len(rows):
            raise Loss(f"{book.position} entries fold, {len(rows)} are kept")
        if not _opened(book):
            behind = {alias: v for alias, v in delivered.items() if drafts.get(alias, 0) < v and v}
            if behind and not (self.folder / "ending").exists():
                raise Loss(f"delivered drafts are gone: {behind}, kept {drafts}")

    def read(self) -> tuple[Book, list[Any], dict[str, int]]:
        """The journal folded with every chain checked, its rows, and the versions of the drafts, out of a copy."""
        copy = self.folder / "copy.sqlite"
        copy.unlink(missing_ok=True)
        source = sqlite3.connect(f"file:{self.folder / 'data' / 'kawei.sqlite'}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        store = open_store(sqlite_url(copy))
        try:
            drafts = {draft.alias: draft.version for draft in store.drafts(STREAM)}
            return read_book(store), list(store.entries_after(0)), drafts
        finally:
            store.close()

    # --- the end

    def finish(self) -> None:
        """Seal every sheet under fire, let the round open by itself, and check that nothing was sent in vain."""
        (self.folder / "ending").touch()
        for _ in range(20):
            self.cycle()
            if _opened(self.read()[0]):
                break
        deadline = time.monotonic() + RETURN_S
        while not _opened(self.read()[0]) or any(self.folder.glob("*/outbox/*.sealed")):
            if time.monotonic() > deadline:
                raise Loss("the marks never open, or an outbox waits for ever")
            threading.Event().wait(0.1)
        self._quiet.set()
        self._witness.join(30)
        self.check()
        self._check_calls()
        self._check_opened()

    def _check_calls(self) -> None:
        """What was on a seat's disk came to the room: applied, or refused, and be it unheard before a kill."""
        _, rows, _ = self.read()
        kept = {_text(row.body) for row in rows if row.type == "HelpCalled"}
        heard = {one for story in self.stories.values() for one in story.refused}
        sent = {text for s in self.stories.values() for one, text in s.sent.items() if one not in heard}
        refused = (self.folder / "room.log").read_text("utf-8").count("refused type=CallHelp code=already_requested")
        if len(sent - kept) > refused - len(heard):
            raise Loss(f"sent and lost: {sorted(sent - kept)}")

    def _check_opened(self) -> None:
        stage = self.play.lot("1", self.play.centre)["stage"]
        if stage != "opened":
            raise Loss(f"the lot is at {stage}")
        _, rows, _ = self.read()
        opened = [json.loads(row.body) for row in rows if row.type == "SheetsOpened"][-1]["data"]
        for name, alias in self.aliases.items():
            found = opened["sheets"][alias]
            if json.dumps(self.sheets[name]["marks"], sort_keys=True) not in json.dumps(found, sort_keys=True):
                raise Loss(f"{name}'s sheet was opened as another")

    def close(self) -> None:
        """End every process and thread."""
        self._quiet.set()
        if self._witness.ident is not None:
            self._witness.join(30)
        if hasattr(self, "play"):
            self.play.disconnect()
        self.nursery.close()
        self.lines.close()


def _opened(book: Book) -> bool:
    """Whether the marks are opened."""
    return current_round(book.evaluations[STREAM], "1", SheetKind.MARKS).opened


def _text(body: str) -> str:
    return str(json.loads(body)["data"]["text"])

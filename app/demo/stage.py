"""The parent of a rehearsal: starts the room and every window as processes, passes messages on, ends the play."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import resources
from app.demo.cast import Cast
from app.demo.parts import Kind, Part, parts
from app.demo.wires import Message, Wire, listen
from app.own import own_command

_QUIT_S = 20.0


class StageFault(Exception):
    """The play could not go on: a stable code and a sentence."""

    def __init__(self, code: str, where: str, chinese: str, english: str) -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where
        self._sentences = (chinese, english)

    def message(self, lang: str = "zh") -> str:
        """What a person reads."""
        return self._sentences[1 if lang == "en" else 0]


@dataclass
class Child:
    """A running process of the play."""

    part: Part
    process: subprocess.Popen[str]
    wire: Wire
    scripted: bool


@dataclass
class Stage:
    """One rehearsal. `folder` holds everything private (database, keys, states); `out` what is left in the end.

    `played` names the machines that a person plays; all others are scripted and, without a person, unseen.
    `watch` is told every message of the play and may answer by acting on the stage (faults are rehearsed so).
    """

    cast: Cast
    folder: Path
    out: Path
    plan: dict[str, Any]
    parts: list[Part]
    lang: str = "zh"
    played: frozenset[str] = frozenset()
    watch: Callable[[Message], None] | None = None
    url: str = ""
    room_key: str = ""
    children: dict[str, Child] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    served: list[Message] = field(default_factory=list)
    """What each check-in took: acts of the person, seconds of the machine."""
    _room: subprocess.Popen[str] | None = None
    _done: threading.Event = field(default_factory=threading.Event)
    _failure: StageFault | None = None
    _aliases: dict[str, str] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    # --- the room

    def open(self) -> None:
        """Start the room and every machine."""
        for name in ("room", "states", "scripts", "evidence"):
            (self.folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.out / "screens").mkdir(parents=True, exist_ok=True)
        for old in (self.out / "screens").glob("*.png"):  # of an earlier rehearsal
            old.unlink()
        self._write("plan.json", self.plan)
        self._write("provision.json", self._provision())
        self.start_room()
        self._mark("room")
        for part in self.parts:
            self._start(part)
        self._mark("windows")

    def start_room(self, port: int = 0) -> None:
        """Start the room server on `port` (0: any free one)."""
        arguments = ["room", "--data", str(self.folder / "room"), "--rehearsal", "--port", str(port)]
        arguments += ["--plan", str(self.folder / "plan.json")]
        if port == 0:  # codes are good for one start
            arguments += ["--provision", str(self.folder / "provision.json")]
        self._room = self._spawn([*own_command("app"), *arguments], "room")
        assert self._room.stdout is not None  # noqa: S101 - narrowing: it was opened as a pipe
        told = _first_json(self._room.stdout)
        if told is None:
            raise StageFault(
                "room_failed", str(self.folder / "room.log"), "机房服务器没有启动", "the room did not start"
            )
        self.url, self.room_key = told["listening"], told["key"]
        listen(self._room.stdout, lambda message: None, lambda: None, "room")

    def kill_room(self) -> None:
        """Pull the plug of the room server (SIGKILL): nothing is said good-bye to."""
        if self._room is not None:
            self._room.send_signal(signal.SIGKILL)
            _end(self._room)

    def restart_room(self) -> None:
        """Start the room again on the same port and the same disk."""
        self.start_room(int(self.url.rsplit(":", 1)[1]))

    def _provision(self) -> dict[str, Any]:
        return {
            "users": [
                {"name": p.user, "role": p.role, "password": p.password} for p in self.parts if p.user is not None
            ],
            "enrolments": [{"code": p.code, "kind": p.kind.value, "seat": p.seat} for p in self.parts],
        }

    # --- the machines

    def _start(self, part: Part) -> None:
        scripted = part.name not in self.played
        script = asdict(part) | {
            "url": self.url,
            "state": str(self.folder / "states" / part.name),
            "screens": str(self.out / "screens"),
            "lang": self.lang,
            "scripted": scripted,
        }
        if part.kind is Kind.KIOSK:
            script["people"] = [asdict(person) for person in self.cast.people]
        if part.role == "centre":
            lots = [lot.id for lot in self.cast.content.tender.lots]
            script |= {"package": str(self.cast.package), "evidence": str(self.folder / "evidence"), "lots": lots}
        path = self._write(f"scripts/{part.name}.json", script)
        environment = {"QT_QPA_PLATFORM": "offscreen"} if scripted else {}
        process = self._spawn([*own_command("app.demo.child"), str(path)], part.name, environment)
        assert process.stdin is not None  # noqa: S101 - narrowing: opened as pipes
        assert process.stdout is not None  # noqa: S101
        child = Child(part, process, Wire(process.stdin), scripted)
        self.children[part.name] = child
        listen(process.stdout, lambda m: self._hear(child, m), lambda: self._gone(child), part.name)

    def _spawn(self, command: list[str], name: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
        log = (self.folder / f"{name}.log").open("a", encoding="utf-8")
        with log:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONUNBUFFERED": "1", "KAWEI_CONFIG": "", **(environment or {})},
            )

    # --- the play

    def _hear(self, child: Child, message: Message) -> None:
        kind = message["say"]
        self._note(child.part.name, message)
        if kind == "seated":  # the kiosk's screen showed a seat number: the person walks there
            self._tell(f"seat-{message['seat'].lower()}", "person", part=self.cast.part(message["member"]))
        elif kind == "served":
            self.served.append(message)
        elif kind == "alias":
            self._aliases[message["member"]] = message["alias"]
            for part in self.parts:
                if part.kind is Kind.SEAT:
                    self._tell(part.name, "aliases", aliases=self._aliases)
        elif kind == "drawn":
            self._tell("kiosk-1", "doors_open")
        elif kind == "wiped":  # a person stands up and walks to the door
            self._tell("kiosk-1", "leaving", member=message["member"])
        elif kind in {"mark", "ended"}:
            self._mark(message["name"])
        elif kind == "stuck":
            self._fail(StageFault("play_stuck", child.part.name, f"演练停在“{message['page']}”", "the play got stuck"))
        if kind == "ended":
            self._done.set()
        if self.watch is not None:
            self.watch(message | {"from": child.part.name})

    def _note(self, name: str, message: Message) -> None:
        """One line in the play's own log, for whoever looks into a rehearsal that stopped."""
        with (self.folder / "play.log").open("a", encoding="utf-8") as log:
            log.write(f"{time.monotonic() - self._began:7.1f} {name} {json.dumps(message, ensure_ascii=False)}\n")

    def _tell(self, name: str, kind: str, **fields: Any) -> None:
        self.children[name].wire.say(kind, **fields)

    def _gone(self, child: Child) -> None:
        if not self._done.is_set():
            log = str(self.folder / f"{child.part.name}.log")
            self._fail(StageFault("window_closed", log, "有窗口中途关闭，演练停止", "a window closed in mid-play"))

    def _fail(self, fault: StageFault) -> None:
        self._failure = self._failure or fault
        self._done.set()

    def _mark(self, name: str) -> None:
        self.timings.setdefault(name, round(time.monotonic() - self._began, 1))

    def wait(self, limit_s: float | None) -> None:
        """Wait until the play has ended; raises `StageFault` where it could not."""
        if not self._done.wait(limit_s):
            raise StageFault("play_too_long", str(self.folder), "演练超时未完成", "the play did not end in time")
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """End every process, the room last."""
        self._done.set()
        for child in self.children.values():
            child.wire.say("end")
        for child in self.children.values():
            _end(child.process)
        if self._room is not None:
            self._room.terminate()
            _end(self._room)

    def _write(self, name: str, content: Any) -> Path:
        path = self.folder / name
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        return path


def _first_json(stream: IO[str]) -> dict[str, Any] | None:
    for line in stream:
        if line.startswith("{"):
            return dict(json.loads(line))
    return None


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(_QUIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def new_stage(cast: Cast, folder: Path, out: Path, lang: str = "zh") -> Stage:
    """A stage with the rehearsal's room and every machine, all scripted."""
    plan = demo_plan()
    checks = tuple(role.value for role in cast.content.ruleset.check_by)
    return Stage(cast, folder, out, plan, parts([seat["id"] for seat in plan["seats"]], checks), lang=lang)


def demo_plan() -> dict[str, Any]:
    """The rehearsal's room: five seats, none beside another."""
    plan = json.loads(resources.path("room", "default.json").read_text(encoding="utf-8"))
    return dict(plan) | {"rehearsal": True}

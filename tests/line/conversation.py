"""Several machines in one call, each a process, and the test between them that carries what their engines say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.line.participant import Task
from tests.line.venues import ROOT, surroundings

Start = Callable[[int, Sequence[str]], subprocess.Popen[bytes]]
"""Starts the command of the participant with this number, where it belongs, with pipes."""


def here(_number: int, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """On this computer, without namespaces."""
    return subprocess.Popen(command, cwd=ROOT, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def mesh(names: Sequence[str], **look: Any) -> list[Task]:
    """Everyone meets everyone; of two the earlier offers."""
    return [
        Task(name, {peer: number < other for other, peer in enumerate(names) if peer != name}, **look)
        for number, name in enumerate(names)
    ]


class Conversation:
    """The processes. While `cut`, what engines say to each other is lost, as it is on a line that carries the room."""

    def __init__(self, tasks: Sequence[Task], start: Start) -> None:
        self.tasks = tuple(tasks)
        self.cut = False
        self.notes: dict[str, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._live: set[tuple[str, str]] = set()
        self._whole: set[str] = set()
        self._engines: dict[str, int] = {}
        self._writing = {task.name: threading.Lock() for task in tasks}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._readers: list[threading.Thread] = []
        command = [sys.executable, "-m", "tests.line.participant"]
        for number, task in enumerate(tasks):
            self._processes[task.name] = start(number, [*command, task.text])
        for task in tasks:
            reader = threading.Thread(target=self._read, args=(task.name,), name=f"reads {task.name}")
            reader.start()
            self._readers.append(reader)

    def until_live(self, limit_s: float, of: Sequence[Task] | None = None) -> bool:
        """Wait until everyone, or each of these, has everyone."""
        wanted = {(task.name, peer) for task in of or self.tasks for peer in task.peers}
        with self._changed:
            return self._changed.wait_for(lambda: wanted <= self._live, limit_s)

    def until_whole(self, limit_s: float, of: Sequence[Task]) -> bool:
        """Wait until pictures and sound of all their partners have come to each of these."""
        with self._changed:
            return self._changed.wait_for(lambda: {task.name for task in of} <= self._whole, limit_s)

    def cpu_s(self) -> dict[str, float]:
        """Seconds of CPU that all engines' processes have used, and all owners'."""
        with self._changed:
            engines = list(self._engines.values())
        owners = [process.pid for process in self._processes.values()]
        return {"engines": sum(map(_cpu_s, engines)), "owners": sum(map(_cpu_s, owners))}

    def end(self) -> None:
        """Let everyone say good-bye and tell what was noted; who does not is killed."""
        for name, process in self._processes.items():
            assert process.stdin is not None
            with self._writing[name]:
                process.stdin.close()
        deadline = time.monotonic() + 20
        for process in self._processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for reader in self._readers:
            reader.join()
        for process in self._processes.values():
            assert process.stdout is not None
            process.stdout.close()

    def _read(self, name: str) -> None:
        stdout = self._processes[name].stdout
        assert stdout is not None
        for line in stdout:
            told = json.loads(line)
            if "message" in told:
                self._hand_on(name, told["to"], told["message"])
                continue
            with self._changed:
                if "state" in told:
                    (self._live.add if told["state"] == "live" else self._live.discard)((name, told["peer"]))
                elif "engine" in told and told["engine"] is not None:
                    self._engines[name] = told["engine"]
                elif "whole" in told:
                    self._whole.add(name)
                elif "notes" in told:
                    self.notes[name] = told["notes"]
                self._changed.notify_all()

    def _hand_on(self, sender: str, to: str, message: dict[str, str]) -> None:
        stdin = self._processes[to].stdin
        assert stdin is not None
        with self._writing[to]:
            if self.cut or stdin.closed:
                return
            try:
                stdin.write(json.dumps({"from": sender, "message": message}).encode() + b"\n")
                stdin.flush()
            except BrokenPipeError:
                return  # it has ended


@contextmanager
def conversation(tasks: Sequence[Task], start: Start) -> Iterator[Conversation]:
    """One that ends whatever happens; its notes are there afterwards."""
    held = Conversation(tasks, start)
    try:
        yield held
    finally:
        held.end()


def _cpu_s(pid: int) -> float:
    """User and system time of a process, all its threads; 0 for one that is gone. proc(5)."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

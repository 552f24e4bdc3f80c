"""The outbox: order, one place a request, and every command that was kept is there after a kill at any instant."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.journal import NotCanonical
from app.link.outbox import Command, Outbox, new_command
from app.link.safe import Safe

KEY = bytes(range(32))


class OutboxMachine(RuleBasedStateMachine):
    """Against a plain list; a crash loses nothing, and a damaged file only itself."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.model: list[Command] = []
        self.outbox = self.open()

    def open(self) -> Outbox:
        return Outbox(Safe(Path(self.folder.name), KEY))

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(data=st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=3))
    def add(self, data: dict[str, Any]) -> None:
        command = new_command("room", "Do", data)
        assert self.outbox.add(command)
        self.model.append(command)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.model) - 1))
        self.model[at] = self.model[at].renewed({"again": at})
        assert self.outbox.replace(self.model[at])

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def done(self, data: st.DataObject) -> None:
        command = self.model.pop(data.draw(st.integers(0, len(self.model) - 1)))
        self.outbox.done(command.request)
        self.outbox.done(command.request)

    @rule()
    def crash(self) -> None:
        self.outbox = self.open()
        assert self.outbox.damaged == 0

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        command = self.model.pop(data.draw(st.integers(0, len(self.model) - 1)))
        Safe(Path(self.folder.name), KEY)._path(command.request).write_bytes(b"\0" * 40)
        self.outbox = self.open()
        assert self.outbox.damaged == 1

    @invariant()
    def agrees(self) -> None:
        assert self.outbox.waiting() == tuple(self.model)
        assert self.outbox.first() == (self.model[0] if self.model else None)
        assert len(self.outbox) == len(self.model)


OutboxMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestOutbox = OutboxMachine.TestCase


def test_a_disk_that_takes_nothing_leaves_commands_in_memory_until_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = Safe(tmp_path, KEY)
    outbox = Outbox(safe)
    with monkeypatch.context() as patch:
        patch.setattr("app.link.safe.write_private", _full)
        first, second = new_command("room", "First", {}), new_command("room", "Second", {})
        assert not outbox.add(first)
        assert not outbox.add(second)
        assert outbox.waiting() == (first, second)
        assert Outbox(safe).waiting() == ()
    third = new_command("room", "Third", {})
    assert outbox.add(third)
    assert Outbox(safe).waiting() == (first, second, third)


def _full(*_: object) -> None:
    raise OSError(28, "no space left on device")


def test_the_windows_later_changes_reach_nothing() -> None:
    data = {"marks": {"B1": "8"}}
    command = new_command("room", "Do", data)
    data["marks"]["B1"] = "9"
    assert command.data == {"marks": {"B1": "8"}}


def test_what_is_no_json_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    with pytest.raises(NotCanonical):
        new_command("room", "Do", {"mark": 8.5})
    assert len(Outbox(Safe(tmp_path, KEY))) == 0


def test_a_command_shows_nothing_of_its_content() -> None:
    assert "8.5" not in repr(new_command("room", "SubmitSheet", {"mark": "8.5"}))


def test_a_value_of_another_form_is_passed_over(tmp_path: Path) -> None:
    safe = Safe(tmp_path, KEY)
    safe.put("old", {"what": "command"})
    safe.put("older", ["index"])
    outbox = Outbox(safe)
    assert outbox.waiting() == ()


KILLED = """
import sys
from pathlib import Path
from app.link.outbox import Outbox, new_command
from app.link.safe import Safe
outbox = Outbox(Safe(Path(sys.argv[1]), bytes(range(32))))
for k in range(10_000):
    assert outbox.add(new_command("room", "Do", {"k": k, "filler": "x" * 3000}))
    print(k, flush=True)
"""


def test_a_kill_at_any_instant_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    """Killed in the middle of writing, again and again over the same folder."""
    expected: list[int] = []
    for lines in (3, 11, 20):
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        kept = [int(child.stdout.readline()) for _ in range(lines)]
        os.kill(child.pid, signal.SIGKILL)
        kept += [int(line) for line in child.stdout.read().split()]
        child.stdout.close()
        child.wait(10)
        outbox = Outbox(Safe(tmp_path, KEY))
        assert outbox.damaged == 0
        found = [command.data["k"] for command in outbox.waiting()]
        # At most one more: kept on the disk, killed before it could say so.
        assert found[: len(expected) + len(kept)] == expected + kept
        assert found[len(expected) + len(kept) :] in ([], [len(kept)])
        assert not list(tmp_path.glob(".*"))
        expected = found

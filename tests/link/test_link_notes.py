"""A member's own notes: on this machine's disk sealed, nowhere else, and gone when the member leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.evaluation.model import SheetKind
from app.link import LineChanged
from app.link.notes import NoteBook
from app.link.safe import Safe
from tests.link.link_ground import Machine, until
from tests.link.link_room import STREAM, FakeRoom

KEY = bytes(range(32))
SECRET = "PLANTED-NOTE: ask about the crane on page 17"


class Disk(Safe):
    full = False

    def put(self, name: str, value: object) -> None:
        if self.full:
            raise OSError("no space")
        super().put(name, value)


@pytest.fixture
def safe(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "notes", KEY)


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def book(safe: Disk, troubles: list[str]) -> Iterator[NoteBook]:
    made = NoteBook(safe, lambda: troubles.append("unkept"))
    made.worker.start()
    yield made
    made.stop()
    assert made.worker.join(5)


def test_notes_come_back_after_a_restart_and_the_disk_does_not_tell_them(
    book: NoteBook, safe: Disk, tmp_path: Path
) -> None:
    book.put("ev/1/M3", {"notes": [SECRET]})
    assert book.get("ev/1/M3") == {"notes": [SECRET]}
    assert book.get("ev/1/M4") is None
    until(lambda: len(safe) == 1)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert b"PLANTED" not in path.read_bytes()
        assert "M3" not in path.name
    again = NoteBook(Safe(tmp_path / "notes", KEY), lambda: None)
    assert again.get("ev/1/M3") == {"notes": [SECRET]}
    assert NoteBook(Safe(tmp_path / "notes", bytes(32)), lambda: None).get("ev/1/M3") is None


def test_a_member_who_leaves_takes_them_along(book: NoteBook, safe: Disk) -> None:
    book.put("ev/1/M3", [SECRET])
    until(lambda: len(safe) == 1)
    book.wipe()
    assert len(safe) == 0
    assert book.get("ev/1/M3") is None


def test_a_disk_that_takes_none_is_told_once_and_tried_again(book: NoteBook, safe: Disk, troubles: list[str]) -> None:
    safe.full = True
    book.put("ev/1/M3", [SECRET])
    until(lambda: troubles == ["unkept"])
    book.put("ev/1/M3", [SECRET, "more"])
    until(lambda: not book.worker._bell.is_set())
    safe.full = False
    book.put("ev/1/M3", [SECRET, "most"])
    until(lambda: len(safe) == 1)
    assert dict(safe.items())["ev/1/M3"] == [SECRET, "most"]
    assert troubles == ["unkept"]


def test_the_room_is_told_nothing_of_them_and_a_wiped_machine_has_none(
    room: FakeRoom, machine: Callable[..., Machine], tmp_path: Path
) -> None:
    one = machine().start()
    one.heard.wait(LineChanged)
    one.link.notes.put("ev/1/M3", [SECRET])
    one.link.put_draft(STREAM, "1", SheetKind.MARKS, 1, 1, {"marks": {"A": {"T1": "8"}}})
    until(lambda: one.link.waiting == 0)
    until(lambda: list(tmp_path.rglob("notes/*")))
    assert room.drafts  # what does go to the room is there
    assert "PLANTED" not in repr(vars(room))
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"PLANTED" not in path.read_bytes()
    one.link.wipe()
    assert one.link.notes.get("ev/1/M3") is None
    assert not list(tmp_path.rglob("notes/*"))

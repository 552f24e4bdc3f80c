"""Drafts: the newest travels, none overtakes a later one, and what is typed is on the disk while the room is silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.link.drafts import Draft, DraftBox, DraftNews
from app.link.faults import LinkFault, RoomRefused
from app.link.safe import Safe
from app.link.sheets import SheetKeeper
from tests.link.link_ground import QUICK, until

KEY = bytes(range(32))


class Client:
    """Stands for the room: each draft is answered when the gate is open, as `answer` says."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.taken: list[tuple[str, int]] = []
        self.answers: list[Exception] = []
        self.tried = 0

    def put_draft(self, place: str, version: int, sealed: str) -> dict[str, Any]:
        self.tried += 1
        assert self.gate.wait(10)
        if self.answers:
            raise self.answers.pop(0)
        self.taken.append((place, version))
        return {"version": version}


class Box:
    def __init__(self, folder: Path) -> None:
        self.client = Client()
        self.news: list[tuple[str, Any]] = []
        self.sheets = SheetKeeper(Safe(folder / "sheets", KEY), KEY, lambda: None)
        self.safe = Safe(folder / "drafts", KEY)
        news = DraftNews(
            lambda draft, _: self.news.append(("delivered", draft.version)),
            lambda draft, refused: self.news.append((refused.code, draft.version)),
            lambda: self.news.append(("unkept", None)),
        )
        self.box = DraftBox(self.safe, self.sheets, self.client, news, QUICK)  # type: ignore[arg-type]

    def end(self) -> None:
        self.client.gate.set()
        self.box.stop()
        assert all(worker.join(5) for worker in self.box.workers())


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    made = Box(tmp_path)
    yield made
    made.end()


def test_only_the_newest_travels_and_the_disk_has_it_meanwhile(box: Box, tmp_path: Path) -> None:
    box.client.gate.clear()
    box.box.start()
    box.box.put("p", 1, {"k": 1})
    until(lambda: box.client.tried, "the first is under way")
    for version in range(2, 500):
        box.box.put("p", version, {"k": version})
    assert len(box.box) == 1
    until(lambda: (box.safe.get("p") or {}).get("version") == 499, "the newest is on the disk")
    box.client.gate.set()
    until(lambda: len(box.box) == 0)
    until(lambda: box.news)
    assert box.client.taken == [("p", 1), ("p", 499)]
    assert box.news == [("delivered", 499)]
    assert len(box.safe) == 0


def test_an_older_draft_never_takes_the_place_of_a_newer(box: Box) -> None:
    box.box.put("p", 5, {"k": 5})
    box.box.put("p", 4, {"k": 4})
    newest = box.box.newest("p")
    assert newest is not None
    assert newest.version == 5
    assert box.sheets.open_draft("p", newest.sealed) == {"k": 5}


def test_before_the_start_and_behind_the_end_the_disk_has_it_at_once(box: Box, tmp_path: Path) -> None:
    box.box.put("p", 1, {})
    assert Box(tmp_path).box.newest("p") is not None
    box.box.start()
    until(lambda: box.client.taken == [("p", 1)])
    until(lambda: len(box.box) == 0)
    box.end()
    box.box.put("p", 2, {})
    again = Box(tmp_path)
    assert (len(again.box), again.box.damaged) == (1, 0)
    again.box.start()
    until(lambda: again.client.taken == [("p", 2)])
    again.end()
    assert len(again.safe) == 0


@pytest.mark.parametrize(
    "fault",
    [
        LinkFault("room_away"),
        LinkFault("bad_answer"),
        RoomRefused("disk_full", "", "", 503),
        RoomRefused("no_session", "", "", 401),
        RoomRefused("internal_error", "", "", 500),
    ],
)
def test_a_draft_that_cannot_go_now_holds_up_no_other(box: Box, fault: Exception) -> None:
    box.client.answers = [fault, fault]
    box.client.gate.clear()
    box.box.put("p", 1, {})
    box.box.put("q", 1, {})
    box.box.start()
    box.client.gate.set()
    until(lambda: len(box.client.taken) == 2)
    assert box.client.tried == 4
    until(lambda: len(box.news) == 2)


def test_a_refused_draft_is_told_and_forgotten(box: Box) -> None:
    box.client.answers = [RoomRefused("round_over", "", "", 409)]
    box.box.put("p", 1, {})
    box.box.start()
    until(lambda: box.news == [("round_over", 1)])
    assert len(box.safe) == 0


def test_a_newer_draft_outlives_the_refusal_of_the_older(box: Box) -> None:
    box.client.gate.clear()
    box.client.answers = [RoomRefused("old_version", "", "", 409)]
    box.box.start()
    box.box.put("p", 1, {})
    until(lambda: box.client.tried)
    box.box.put("p", 2, {})
    box.client.gate.set()
    until(lambda: box.client.taken == [("p", 2)])
    until(lambda: box.news == [("delivered", 2)])


def test_a_failing_one_that_was_replaced_meanwhile_gives_way(box: Box) -> None:
    box.client.gate.clear()
    box.client.answers = [LinkFault("room_away")]
    box.box.start()
    box.box.put("p", 1, {})
    until(lambda: box.client.tried)
    box.box.put("p", 2, {})
    box.client.gate.set()
    until(lambda: box.client.taken == [("p", 2)])


def test_a_disk_that_takes_nothing_is_told_once_and_the_room_gets_it_all_the_same(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.link.safe.write_private", full)
        for version in (1, 2, 3):
            box.box.put("p", version, {})
        assert box.news == [("unkept", None)]
        box.box.start()
        until(lambda: box.client.taken == [("p", 3)])
    box.client.gate.clear()
    box.box.put("p", 4, {})
    until(lambda: len(box.safe) == 1)


def test_wiping_leaves_nothing_here_and_nothing_on_its_way_comes_back(box: Box) -> None:
    box.client.gate.clear()
    box.box.start()
    box.box.put("p", 1, {})
    until(lambda: box.client.tried and len(box.safe))
    box.box.wipe()
    assert (len(box.box), len(box.safe)) == (0, 0)
    box.client.gate.set()
    box.end()
    assert (len(box.box), len(box.safe)) == (0, 0)
    assert box.news == []


def test_an_older_programs_value_is_passed_over(tmp_path: Path) -> None:
    Safe(tmp_path / "drafts", KEY).put("p", {"what": "draft"})
    assert len(Box(tmp_path).box) == 0


def test_damaged_drafts_are_counted(tmp_path: Path) -> None:
    made = Box(tmp_path)
    made.box.put("p", 1, {})
    next((tmp_path / "drafts").iterdir()).write_bytes(b"x")
    assert Box(tmp_path).box.damaged == 1


def test_a_draft_never_shows_its_content() -> None:
    assert "8.5" not in repr(Draft("p", 1, "AAAA"))

"""The process that reads bids: strangers' files, its death and its silence, and what its owner makes of them."""

from __future__ import annotations

import os
import queue
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile_pdfs as hostile
import pytest
import typst

from ui.reader.owner import COMMAND, Owner
from ui.reader.wire import Broken, pack, pair, read

FAILING = (sys.executable, str(Path(__file__).with_name("reader_that_fails.py")))


class Ear:
    """What the owner told, in order."""

    def __init__(self) -> None:
        self._told: queue.Queue[tuple[dict[str, Any], bytearray]] = queue.Queue()

    def __call__(self, header: dict[str, Any], payload: bytearray) -> None:
        self._told.put((header, payload))

    def next(self, kind: str) -> dict[str, Any]:
        """The next of a kind."""
        while True:
            header, payload = self._told.get(timeout=30)
            if header["is"] == kind:
                return header | {"pixels": len(payload)}


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def owner(ear: Ear) -> Iterator[Owner]:
    made = Owner(ear)
    yield made
    made.end()


@pytest.fixture
def failing(ear: Ear) -> Iterator[Owner]:
    made = Owner(ear, FAILING, hang_s=1.0)
    yield made
    made.end()


@pytest.fixture(scope="module")
def ten() -> bytes:
    return typst.compile("\n#pagebreak()\n".join(f"seal {page}" for page in range(1, 11)).encode())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "damaged"),
        (b"no pdf at all", "damaged"),
        (hostile.CUT, "damaged"),
        (hostile.ENDLESS, "damaged"),
        (hostile.PROTECTED, "protected"),
    ],
)
def test_a_file_that_does_not_open_is_told_and_the_process_lives_on(
    owner: Owner, ear: Ear, content: bytes, code: str
) -> None:
    owner.open(1, hostile.SCRIPT)
    assert len(ear.next("opened")["sizes"]) == 1
    process = owner.pid()
    owner.open(2, content)
    assert ear.next("fault") | {"ticket": 2, "code": code} == {"is": "fault", "ticket": 2, "code": code, "pixels": 0}
    owner.want(1, [(0, 1.0, 0)])
    assert ear.next("page")["ticket"] == 1
    assert owner.pid() == process


def test_a_file_that_is_not_there_is_told(owner: Owner, ear: Ear, tmp_path: Path) -> None:
    owner.open(1, tmp_path / "gone.pdf")
    assert ear.next("fault")["code"] == "missing"


def test_a_page_of_a_million_points_and_one_of_none_are_painted_within_bounds(owner: Owner, ear: Ear) -> None:
    owner.open(1, hostile.HUGE)
    sizes = ear.next("sizes")["sizes"]
    assert len(sizes) == 4
    assert sizes[0] == pytest.approx([595, 842])
    assert all(0 < side <= 5_000 for size in sizes for side in size)
    owner.want(1, [(1, 4.0, 0), (2, 4.0, 90), (3, 4.0, 0)])
    for page in (1, 2, 3):
        told = ear.next("page")
        assert told["page"] == page
        assert told["pixels"] < 100_000_000


def test_pages_are_turned(owner: Owner, ear: Ear, ten: bytes) -> None:
    owner.open(1, ten)
    owner.want(1, [(0, 1.0, 0), (0, 1.0, 90)])
    upright, lying = ear.next("page"), ear.next("page")
    assert (upright["width"], upright["height"]) == (lying["height"], lying["width"])


ENDED = pytest.mark.leaves("logs", reason="the owner logs that its process ended")


@ENDED
def test_a_process_that_is_killed_comes_back_with_what_was_open(owner: Owner, ear: Ear, ten: bytes) -> None:
    owner.open(1, ten)
    ear.next("opened")
    killed = owner.pid()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    owner.want(1, [(4, 1.0, 0)])
    assert ear.next("page")["page"] == 4
    assert owner.pid() != killed


@ENDED
def test_a_page_that_kills_or_hangs_is_told_as_damaged_and_the_others_are_painted(
    failing: Owner, ear: Ear, ten: bytes
) -> None:
    failing.open(1, ten)
    failing.want(1, [(2, 1.0, 0), (3, 1.0, 0), (4, 1.0, 0)])
    told = {header["page"]: header["pixels"] for header in (ear.next("page") for _ in range(3))}
    assert told[2] == told[3] == 0
    assert told[4] > 0
    failing.want(1, [(2, 2.0, 0)])
    assert ear.next("page")["pixels"] == 0


@ENDED
def test_a_search_leaves_out_the_page_that_kills_it(failing: Owner, ear: Ear, ten: bytes) -> None:
    failing.open(1, ten)
    failing.search(1, 7, "SEAL")
    pages: list[int] = []
    while True:
        told = ear.next("hits")
        pages += [hit[0] for hit in told["hits"]]
        if told["ended"]:
            break
    assert pages == [0, 1, 2, 3, 4, 6, 7, 8, 9]


@ENDED
def test_a_document_that_kills_the_process_while_it_opens_is_damaged_and_another_stays_open(
    failing: Owner, ear: Ear, ten: bytes
) -> None:
    failing.open(1, ten)
    ear.next("opened")
    failing.open(2, hostile.SCRIPT)
    assert ear.next("fault") == {"is": "fault", "ticket": 2, "code": "damaged", "pixels": 0}
    failing.want(1, [(0, 1.0, 0)])
    assert ear.next("page")["ticket"] == 1


def test_a_search_is_given_up_for_another_and_for_none(owner: Owner, ear: Ear, ten: bytes) -> None:
    owner.open(1, ten)
    owner.search(1, 1, "seal")
    owner.search(1, 2, "10")
    told = ear.next("hits")
    while told["number"] != 2 or not told["ended"]:
        told = ear.next("hits")
    assert [hit[0] for hit in told["hits"]] in ([9], [])
    owner.search(1, 3, "")
    owner.close(1)
    owner.close(1)


def test_what_is_no_message_is_not_taken() -> None:
    for bad in (b"\xff" * 8, pack({})[:6], b"\0\0\0\2\0\0\0\0{]", b"\0\0\0\2\0\0\0\0[]", b"\0\0\0\2\0\0\0\5{}a"):
        ours, theirs = pair()
        with ours, theirs:
            theirs.sendall(bad)
            theirs.shutdown(1)
            with pytest.raises(Broken):
                read(ours)


@ENDED
def test_a_process_that_never_says_anything_is_not_started_for_ever(ear: Ear, ten: bytes) -> None:
    owner = Owner(ear, (sys.executable, "-c", "pass"))
    owner.open(1, ten)
    assert ear.next("fault")["code"] == "damaged"
    owner.end()


def test_nothing_is_started_before_it_is_needed(ear: Ear) -> None:
    owner = Owner(ear, COMMAND)
    assert owner.pid() is None
    owner.end()
    owner.open(1, b"")
    assert not owner.running()

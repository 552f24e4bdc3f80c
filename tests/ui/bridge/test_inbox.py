"""The inbox between two threads: in order, bounded, and never in the way of the window."""

from __future__ import annotations

import threading
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.link import Happened, ViewChanged
from ui.bridge.inbox import MOST_WAITING, Inbox


def happened(number: int) -> Happened:
    return Happened({"position": number})


def view(number: int) -> ViewChanged:
    return ViewChanged({"position": number})


@given(st.lists(st.tuples(st.sampled_from(["happened", "view", "take"]), st.integers(1, 5)), max_size=60))
def test_entries_keep_their_order_and_of_views_the_newest_comes(steps: list[tuple[str, int]]) -> None:
    wakes: list[int] = []
    inbox = Inbox(lambda: wakes.append(1))
    put: list[Any] = []
    got: list[Any] = []
    for number, (step, most) in enumerate(steps):
        if step == "take":
            got += inbox.take(most)
        else:
            put.append(happened(number) if step == "happened" else view(number))
            inbox.put(put[-1])
            assert wakes, "the first message wakes the reader"
    got += inbox.take(len(put) + 1)
    assert [one for one in got if isinstance(one, Happened)] == [one for one in put if isinstance(one, Happened)]
    views = [one for one in got if isinstance(one, ViewChanged)]
    assert views == [one for one in put if one in views]
    if any(isinstance(one, ViewChanged) for one in put):
        assert views[-1] == [one for one in put if isinstance(one, ViewChanged)][-1]
    assert not inbox


def test_whoever_brings_waits_while_it_is_full_and_goes_on_when_it_is_read() -> None:
    inbox = Inbox(lambda: None)
    for number in range(MOST_WAITING):
        inbox.put(happened(number))
    brought = threading.Event()

    def bring() -> None:
        inbox.put(happened(MOST_WAITING))
        brought.set()

    thread = threading.Thread(target=bring)
    thread.start()
    assert not brought.wait(0.05)
    assert len(inbox.take(1)) == 1
    assert brought.wait(5)
    thread.join(5)
    assert len(inbox) == MOST_WAITING


def test_closing_lets_go_of_whoever_waits_and_drops_the_rest() -> None:
    inbox = Inbox(lambda: None)
    for number in range(MOST_WAITING):
        inbox.put(happened(number))
    thread = threading.Thread(target=lambda: inbox.put(happened(0)))
    thread.start()
    inbox.close()
    thread.join(5)
    assert not thread.is_alive()
    inbox.put(view(1))
    assert inbox.take(10) == []

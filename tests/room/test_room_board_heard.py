"""What reaches the process of a wall display through a whole evaluation: whether a seat is taken, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from room_packages import NAMES
from room_play import STREAM, Play, ready
from room_world import Machine, a_room

from app.link import Happened, RoomLink, Signalled, ViewChanged
from tests.link.link_ground import QUICK, Heard, KnownMachine

pytestmark = pytest.mark.slow


@contextmanager
def a_board(play: Play, folder: Path) -> Iterator[Heard]:
    """A display with the link that its window has."""
    board = Machine(play.room.url, "board-1")
    board.enrol(play.room.code("board"))
    identity = KnownMachine(board.device, "board", None, board.url, "", hashlib.sha256(b"board").digest())
    heard = Heard()
    link = RoomLink(identity, folder / "board", heard, "en", QUICK)
    link.start()
    try:
        heard.wait(ViewChanged)
        yield heard
    finally:
        link.stop()


def test_no_name_no_project_no_alias_reaches_the_board(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        with a_board(play, tmp_path) as heard:
            play.gather()
            play.choose_chair()
            play.review("1")
            play.mark("1")
            seen = play.witness.view()
            play.conclude("1")
            play.leave()
            play.close()
            told = heard.messages
            evaluation = seen["evaluations"][0]
            bidders = [bid["bidder"] for bid in evaluation["lots"][0]["bids"]]
            aliases = [f"'{one['alias']}'" for one in evaluation["committee"]]
            secrets = [evaluation["project"]["name"], STREAM, *bidders, *aliases, *NAMES]
            everything = repr(told)
            assert not [secret for secret in secrets if secret in everything]
            assert [secret for secret in secrets if secret in repr(seen)], "the search finds what is there"
            assert {type(one) for one in told}.isdisjoint({Happened, Signalled}), "it is told of no entry, no call"
            assert all(one.view["evaluations"] == [] for one in heard.of(ViewChanged))
        play.disconnect()

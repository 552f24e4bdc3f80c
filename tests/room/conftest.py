"""Rooms for the tests of the server: an empty one per test, and a play brought to marking once per module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from room_play import Play, ready
from room_world import Room, a_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A fresh room."""
    with a_room(tmp_path / "data") as found:
        yield found


@pytest.fixture(scope="module")
def marking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """A whole committee at its marks, in the first round, nothing sealed yet."""
    folder = tmp_path_factory.mktemp("marking")
    with a_room(folder / "data") as found:
        play = ready(found, folder)
        play.gather()
        play.choose_chair()
        play.review("1")
        yield play
        play.disconnect()

"""A fake room and machines at it, ended whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.link.link_ground import Machine
from tests.link.link_room import FakeRoom


@pytest.fixture
def room() -> Iterator[FakeRoom]:
    made = FakeRoom().start()
    yield made
    made.kill()


@pytest.fixture
def machine(room: FakeRoom, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Makes a machine over the same folder each time, as after a restart; it is not started yet."""
    made: list[Machine] = []

    def make(**options: Any) -> Machine:
        made.append(Machine(room, tmp_path / "machine", **options))
        return made[-1]

    yield make
    for one in made:
        one.link.stop()

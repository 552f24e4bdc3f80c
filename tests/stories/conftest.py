"""The stage of the stories, and the sentences they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("stories.stage", "stories.steps")

STEPS = Path(__file__).with_name("steps")


def pytest_configure(config: pytest.Config) -> None:
    """Take in every file of sentences: a new one needs no mention anywhere."""
    for file in sorted(STEPS.glob("[a-z]*.py")):
        config.pluginmanager.import_plugin(f"stories.steps.{file.stem}")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Any]:
    """The room, the cast and the way of one story."""
    from stories.stage.world import World

    made = World(tmp_path)
    try:
        yield made
    finally:
        made.end()


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Any) -> None:
    """A refusal is expected by the very next sentence, or it is a fault of the story or of the room."""
    cast = getattr(request.getfixturevalue("world"), "cast", None)
    if cast is None:
        return
    if cast.refusal is not None and cast.refusal is request.node.stash.get(_SEEN, None):
        cast.settle()
    request.node.stash[_SEEN] = cast.refusal


_SEEN = pytest.StashKey[Any]()

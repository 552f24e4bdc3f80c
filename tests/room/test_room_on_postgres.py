"""The same room over PostgreSQL: a chosen set of the room's own tests, restarts among them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "storage"))

import room_world
from storage_ground import NoServer, Server
from test_room_checkpoints import test_streams_that_grow_are_signed_at_intervals_and_noted_in_the_room as signing
from test_room_restart import test_a_restart_in_the_middle_of_a_draw as restart_in_a_draw
from test_room_restart import test_a_restart_in_the_middle_of_marking as restart_in_marking
from test_room_whole import test_a_whole_evaluation_over_http as whole


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """PostgreSQL for this module."""
    try:
        found = Server()
    except NoServer as reason:
        pytest.skip(str(reason))
    yield found
    found.stop()


@pytest.fixture
def postgres(server: Server) -> Iterator[str]:
    """Every room of the test lives in this database, which is empty."""
    from sqlalchemy import NullPool, create_engine, text

    engine = create_engine(server.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    room_world.DATABASE.append(server.url)
    try:
        yield server.url
    finally:
        room_world.DATABASE.clear()
    with engine.connect() as connection:  # the room was there, and nowhere else
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar_one() > 0


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize(
    "story",
    [
        pytest.param(restart_in_marking, id="restart_in_marking", marks=pytest.mark.slow),
        pytest.param(restart_in_a_draw, id="restart_in_a_draw"),
        pytest.param(signing, id="signing"),
        pytest.param(whole, id="whole", marks=pytest.mark.slow),
    ],
)
def test_a_room_over_postgres(story: Callable[[Path], None], tmp_path: Path) -> None:
    story(tmp_path)
    assert not list(tmp_path.rglob("*.sqlite"))

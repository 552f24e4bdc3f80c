"""Every version of the tables goes up and down, and the newest is what the program believes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Constraint, inspect, text

from app.storage.engine import WRITER, make_engine, parse_url
from app.storage.schema import NEWEST, bring_up
from app.storage.tables import metadata
from app.storage.upgrading import migration_config


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    engine = make_engine(parse_url(url), 2.0)
    with engine.connect().execution_options(**{WRITER: True}) as opened:
        yield opened
        opened.rollback()
    engine.dispose()


def versions(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(migration_config(connection))
    return [version.revision for version in reversed(list(script.walk_revisions()))]


def contents(connection: Connection) -> set[str]:
    """Tables, triggers and functions, without Alembic's own table."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    else:
        found = connection.execute(
            text(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' UNION"
                " SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION"
                " SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            )
        )
    return {row[0] for row in found} - {"alembic_version"}


def test_versions_are_one_row_numbered_in_order(connection: Connection) -> None:
    script = ScriptDirectory.from_config(migration_config(connection))
    assert versions(connection) == [f"{n:04}" for n in range(1, len(versions(connection)) + 1)]
    assert script.get_heads() == [versions(connection)[-1]]


def test_every_version_goes_up_down_and_up_again(connection: Connection) -> None:
    config = migration_config(connection)
    before = contents(connection)
    assert before == set()
    for version in versions(connection):
        command.upgrade(config, version)
        after = contents(connection)
        assert after > before or version != "0001"
        command.downgrade(config, "-1")
        assert contents(connection) == before
        command.upgrade(config, version)
        assert contents(connection) == after
        before = after
    command.downgrade(config, "base")
    assert contents(connection) == set()
    command.upgrade(config, "head")
    assert contents(connection) == before
    connection.commit()


def test_the_newest_version_is_what_the_program_believes(connection: Connection) -> None:
    bring_up(connection, "here")
    assert ScriptDirectory.from_config(migration_config(connection)).get_heads() == [NEWEST]
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_every_constraint_has_the_name_that_the_program_gives_it(connection: Connection) -> None:
    bring_up(connection, "here")
    looking = inspect(connection)
    for table in metadata.sorted_tables:
        named = {constraint.name for constraint in table.constraints if isinstance(constraint, Constraint)}
        named |= {index.name for index in table.indexes}
        found = {looking.get_pk_constraint(table.name)["name"]}
        found |= {unique["name"] for unique in looking.get_unique_constraints(table.name)}
        found |= {index["name"] for index in looking.get_indexes(table.name) if not index["unique"]}
        assert None not in named
        assert found == named


def test_a_database_that_is_up_is_left_as_it_is(connection: Connection) -> None:
    bring_up(connection, "here")
    before = contents(connection)
    bring_up(connection, "here")
    assert contents(connection) == before
    assert {"journal", "drafts", "persons", "sessions"} <= before

"""Which version of the tables a database has."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

NEWEST = "0002"
"""The version of the last of `app.storage.migrations.versions`."""

_VERSIONS = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def bring_up(connection: Connection, where: str) -> None:
    """Bring the database to the program's version, all of it or nothing, in the connection's transaction.

    Raises `database_newer` for a version that this program does not know, `database_foreign` for somebody
    else's tables; neither is touched.
    """
    present: list[str] = []
    if inspect(connection).has_table(_VERSIONS.name):
        present = list(connection.execute(select(_VERSIONS.c.version_num)).scalars())
    if present != [NEWEST]:
        # Loaded where there is something to do alone: it takes an eighth of the time in which a room starts.
        from app.storage.upgrading import upgrade

        upgrade(connection, where, present)

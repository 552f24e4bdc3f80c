"""The way of a database up to the program's own version."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from app.storage.faults import fault


def migration_config(connection: Connection) -> Config:
    """Alembic's configuration over an open connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", "app.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, where: str, present: list[str]) -> None:
    """Bring a database of the versions `present` to the newest, in the connection's transaction.

    Raises `database_newer` for a version that this program does not know, `database_foreign` for somebody
    else's tables; neither is touched.
    """
    config = migration_config(connection)
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(present) <= known:
        raise fault("database_newer", f"{where} ({', '.join(present)})")
    if not present and set(inspect(connection).get_table_names()) - {"alembic_version"}:
        raise fault("database_foreign", where)
    if set(present) != set(script.get_heads()):
        command.upgrade(config, "head")

"""What a database server says of itself, asked without changing anything."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from app.storage.engine import file_of, make_engine, parse_url
from app.storage.faults import told


def ask_server(url: str, settings: Sequence[str], *, patience_s: float) -> tuple[str, dict[str, str]]:
    """The server's name with its version, and what these of its settings are; of an embedded database no settings.

    Raises `StoreFault`: `bad_database_url`, `driver_missing`, `database_unreachable`.
    """
    address = parse_url(url)
    if file_of(address) is not None:
        return "SQLite", {}
    engine = make_engine(address, patience_s)
    try:
        with told(address.render_as_string(hide_password=True)), engine.connect() as connection:
            version = str(connection.execute(text("show server_version")).scalar_one())
            found = {
                name: str(connection.execute(text("select current_setting(:name)"), {"name": name}).scalar_one())
                for name in settings
            }
    finally:
        engine.dispose()
    return f"PostgreSQL {version}", found

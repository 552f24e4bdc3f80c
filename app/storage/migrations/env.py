"""Runs migrations on the connection that the program hands over; called by Alembic."""

from __future__ import annotations

from alembic import context

from app.storage.tables import metadata

with_connection = context.config.attributes["connection"]
context.configure(
    connection=with_connection,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
    transactional_ddl=True,  # the connection really begins one: no half migration can remain
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

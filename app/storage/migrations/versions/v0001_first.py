"""The first tables, and the guards that keep journal and checkpoints append-only and without a gap."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.String(27)

# The guards stop a mistake and a careless hand. Who may change the schema can drop them; what such a hand
# changes is found by the chain, the tree and the checkpoints that others have signed.
# `INSERT OR REPLACE` deletes in SQLite without asking a delete trigger: the insert triggers forbid it, since
# a row must come last.
_SQLITE_GUARDS = """
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_gap BEFORE INSERT ON journal
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM journal)
  OR NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'the journal has no gap'); END;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_no_gap BEFORE INSERT ON checkpoints
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM checkpoints)
BEGIN SELECT RAISE(ABORT, 'checkpoints have no gap'); END;
"""

_POSTGRES_GUARDS = (
    """
    CREATE FUNCTION kawei_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION kawei_journal_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.position IS DISTINCT FROM (SELECT coalesce(max(position), 0) + 1 FROM journal)
        OR NEW.seq IS DISTINCT FROM
          (SELECT coalesce(max(seq), 0) + 1 FROM journal WHERE stream = NEW.stream)
      THEN
        RAISE EXCEPTION 'the journal has no gap' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION kawei_checkpoints_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM checkpoints) THEN
        RAISE EXCEPTION 'checkpoints have no gap' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal"
    " FOR EACH STATEMENT EXECUTE FUNCTION kawei_append_only()",
    "CREATE TRIGGER journal_no_gap BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION kawei_journal_no_gap()",
    "CREATE TRIGGER checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints"
    " FOR EACH STATEMENT EXECUTE FUNCTION kawei_append_only()",
    "CREATE TRIGGER checkpoints_no_gap BEFORE INSERT ON checkpoints"
    " FOR EACH ROW EXECUTE FUNCTION kawei_checkpoints_no_gap()",
)

_TABLES = (
    "settings",
    "sessions",
    "enrolments",
    "users",
    "templates",
    "persons",
    "drafts",
    "answers",
    "checkpoints",
    "journal",
)


def upgrade() -> None:
    """Go up to this version."""
    _journal()
    _sealed()
    _people()
    if op.get_bind().dialect.name == "sqlite":
        guards = [part + "END;" for part in _SQLITE_GUARDS.split("END;")[:-1]]
    else:
        guards = list(_POSTGRES_GUARDS)
    for guard in guards:
        op.execute(guard)


def downgrade() -> None:
    """Go back to an empty database; triggers go with their tables."""
    for table in _TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for function in ("kawei_append_only", "kawei_journal_no_gap", "kawei_checkpoints_no_gap"):
            op.execute(f"DROP FUNCTION {function}()")


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("position", _COUNT, autoincrement=False, nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_journal"),
        sa.UniqueConstraint("stream", "seq", name="uq_journal_stream_seq"),
    )
    op.create_table(
        "checkpoints",
        sa.Column("number", _COUNT, autoincrement=False, nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_checkpoints"),
    )
    op.create_index("ix_checkpoints_stream_size", "checkpoints", ["stream", "size"])
    op.create_table(
        "answers",
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("answer_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("command_id", name="pk_answers"),
    )


def _sealed() -> None:
    op.create_table(
        "drafts",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("stream", "lot", "stage", "round", "alias", name="pk_drafts"),
    )
    op.create_table(
        "persons",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_persons"),
    )
    op.create_table(
        "templates",
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("ref", "model", "version", name="pk_templates"),
    )


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_users"),
    )
    op.create_table(
        "enrolments",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("device_kind", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="pk_enrolments"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_device", "sessions", ["device"])
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )

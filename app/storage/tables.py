"""The tables as SQLAlchemy sees them; their columns carry the names of the records of `app.ports.store`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

# Every constraint has a name, so that a later migration can change it on either database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)

# SQLite counts a row's own number only in a column called INTEGER.
Count = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """A moment as text in UTC with six digits of a second: it sorts and reads alike in any database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write; a moment without its offset is a mistake of the caller."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment needs its offset")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read; always in UTC."""
        return None if value is None else datetime.fromisoformat(value)


journal = Table(
    "journal",
    metadata,
    Column("position", Count, primary_key=True, autoincrement=False),
    Column("stream", String, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("type", String, nullable=False),
    Column("at", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("stream", "seq"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", Count, primary_key=True, autoincrement=False),
    Column("stream", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "stream", "size"),
)

answers = Table(
    "answers",
    metadata,
    Column("command_id", String, primary_key=True),
    Column("actor", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("answer_json", Text, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("stream", String, primary_key=True),
    Column("lot", String, primary_key=True),
    Column("stage", String, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("alias", String, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    Column("ref", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    Column("ref", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

experts = Table(
    "experts",
    metadata,
    Column("ref", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("device_kind", String, nullable=False),
    Column("seat", String, nullable=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("device", String, nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment, nullable=True),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

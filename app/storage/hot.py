"""Statements of what happens with every key and every command, built once: building one costs ten times its work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, bindparam, func, insert, select, update

from app.storage import tables as t

DRAFT_KEY = ("stream", "lot", "stage", "round", "alias")
DRAFT_COLUMNS = tuple(column.name for column in t.drafts.columns)


def _by(table: Table, *names: str) -> Any:
    return [table.c[name] == bindparam(f"key_{name}") for name in names]


def key_of(**values: object) -> dict[str, object]:
    """The parameters of a key's columns."""
    return {f"key_{name}": value for name, value in values.items()}


LAST_POSITION: Select[Any] = select(func.coalesce(func.max(t.journal.c.position), 0))
ANSWER: Select[Any] = select(t.answers).where(*_by(t.answers, "command_id"))
DRAFT: Select[Any] = select(t.drafts).where(*_by(t.drafts, *DRAFT_KEY))
NEWER_DRAFT = (
    update(t.drafts)
    .where(*_by(t.drafts, *DRAFT_KEY), t.drafts.c.version < bindparam("than"))
    .values({name: bindparam(f"new_{name}") for name in ("version", "sealed", "updated_at")})
)
NEW_DRAFT = insert(t.drafts)
NEW_ENTRY = insert(t.journal)
NEW_ANSWER = insert(t.answers)

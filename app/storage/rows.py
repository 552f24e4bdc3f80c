"""Rows as JSON, for a file that any database can be filled from again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Table

from app.storage.tables import Moment, metadata

LEFT_OUT = frozenset({"journal", "sessions", "enrolments"})
"""The journal has its own form; who is in now, and by which code one may enrol, is no later room's business."""

TABLES: dict[str, Table] = {table.name: table for table in metadata.sorted_tables if table.name not in LEFT_OUT}


def row_to_json(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Moments as text, bytes as base64, all else as it is."""
    return {column.name: _out(row[column.name]) for column in table.columns}


def row_from_json(table: Table, data: Mapping[str, Any]) -> dict[str, Any]:
    """The row again. Raises ValueError or KeyError for what is none."""
    if set(data) != {column.name for column in table.columns}:
        raise KeyError(table.name)
    return {column.name: _in(column.type, data[column.name]) for column in table.columns}


def _out(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _in(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return base64.b64decode(value, validate=True) if isinstance(kind, LargeBinary) else value

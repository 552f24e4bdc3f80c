"""Faults planted in a child, so that the fire test shows that it finds them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LAZY_S = 0.4


def acknowledge_early(order: dict[str, Any]) -> None:
    """A room that answers before it commits, from when marking begins: the disk has it only every 0.4 s."""
    from app.storage.store import SqlStore
    from app.storage.transaction import SqlTransaction

    real, begun, armed = SqlStore.transaction, dict[str, float](), Path(order["armed"])

    @contextmanager
    def lazy(self: SqlStore) -> Iterator[SqlTransaction]:
        if not armed.exists():
            with real(self) as tx:
                yield tx
            return
        with self._turn:
            connection = self._connection
            if connection is None or not connection.in_transaction():
                connection = self._begin()
                begun["at"] = time.monotonic()
            yield SqlTransaction(connection, self._where)
            if time.monotonic() - begun["at"] > LAZY_S:
                connection.commit()

    SqlStore.transaction = lazy  # type: ignore[method-assign]


def keep_late(order: dict[str, Any]) -> None:
    """A seat that keeps and sends a draft only every three seconds."""
    from app.link.drafts import DraftBox

    del order
    real, last = DraftBox.put, [0.0]

    def put(self: DraftBox, place: str, version: int, content: object) -> None:
        if time.monotonic() - last[0] > 3.0:
            last[0] = time.monotonic()
            real(self, place, version, content)

    DraftBox.put = put  # type: ignore[method-assign]


def forget_answers(order: dict[str, Any]) -> None:
    """A room that does not know its answers again: a command sent twice under one id is applied twice."""
    from app.storage.transaction import SqlTransaction

    del order
    SqlTransaction.recall = lambda self, command_id: None  # type: ignore[method-assign]
    SqlTransaction.remember = lambda self, *answer: None  # type: ignore[method-assign]

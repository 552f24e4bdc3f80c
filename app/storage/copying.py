"""A copy of an embedded database at one instant, taken while its owner goes on writing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from app.storage.faults import fault, told

_PAGES = 1000
"""So many pages a step: whoever writes waits for none of them."""


def copy_database(source: Path, target: Path) -> None:
    """Copy into a new file for its owner alone; raises `StoreFault`."""
    if not source.exists():
        raise fault("database_unopenable", str(source))
    with told(str(target)):
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target)) as made,
        ):
            read.backup(made, pages=_PAGES)

"""One process at a time owns a database file: a lock that the system takes back from whoever dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.storage.faults import fault, told

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Hold:
    """The right to write a database file, taken at once or refused with `database_in_use`.

    It lies beside the file, in `NAME.owner`: a second descriptor on the database itself would, on being
    closed, drop the locks that SQLite holds. The file stays when the hold ends; only the lock counts.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".owner")
        with told(str(path)):
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise fault("database_in_use", str(database)) from error

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

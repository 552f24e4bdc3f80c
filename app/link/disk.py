"""Files that only this machine's user may read, and that a power cut leaves old or new, never half."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_HALF = ".half"


def private_folder(folder: Path) -> None:
    """Make a folder of mode 0700, and clear away what a cut-off write left in it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for left in folder.glob(f".*{_HALF}"):
        left.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600; on the disk when this returns. Raises `OSError`, and leaves the old file then."""
    temporary = path.with_name(f".{secrets.token_hex(8)}{_HALF}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Put the folder's own list of names on the disk, on systems that can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

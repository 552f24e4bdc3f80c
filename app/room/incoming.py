"""What clients upload, on its way: a private folder whose files are gone when they were looked at."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.room.refusal import RoomRefusal


class Incoming:
    """One folder for one kind of upload."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, and clear what a crash left in it."""
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.iterdir():
            left.unlink()

    @asynccontextmanager
    async def received(self, body: AsyncIterator[bytes], most: int, what: str, suffix: str = "") -> AsyncIterator[Path]:
        """The path of a file that holds what `body` yields; refused beyond `most` bytes (`too_large`, at `what`)."""
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=suffix)  # 0600 by itself
        path, size = Path(name), 0
        try:
            with os.fdopen(handle, "wb") as target:
                async for chunk in body:
                    size += len(chunk)
                    if size > most:
                        raise RoomRefusal("too_large", what)
                    await asyncio.to_thread(target.write, chunk)
            yield path
        finally:
            path.unlink(missing_ok=True)

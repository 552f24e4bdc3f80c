"""Where the reader's process says what it is at: memory that its owner reads when that process hangs or has died."""

from __future__ import annotations

import mmap
import os
import struct
from dataclasses import dataclass
from enum import IntEnum

_SIZE = 4096
_FORM = struct.Struct("=IIiI")


class Doing(IntEnum):
    """What it is at."""

    REST = 0
    OPEN = 1
    PAINT = 2
    SEARCH = 3
    LIST = 4


@dataclass(frozen=True)
class At:
    """One thing; `count` rises with each, so that the same page twice is two things."""

    doing: Doing
    ticket: int
    page: int
    count: int


class Post:
    """Both ends; made by the owner, found again by its file in the child."""

    def __init__(self, file: int | None = None) -> None:
        self.file = os.memfd_create("reader-post") if file is None else file
        if file is None:
            os.ftruncate(self.file, _SIZE)
        self._memory = mmap.mmap(self.file, _SIZE)
        self._count = 0

    def say(self, doing: Doing, ticket: int = 0, page: int = -1) -> None:
        """The child is at this now."""
        self._count = (self._count + 1) & 0xFFFFFFFF
        _FORM.pack_into(self._memory, 0, doing, ticket, page, self._count)

    def read(self) -> At:
        """What was said last."""
        doing, ticket, page, count = _FORM.unpack_from(self._memory, 0)
        known = doing if doing in Doing._value2member_map_ else Doing.REST
        return At(Doing(known), ticket, page, count)

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()
        os.close(self.file)

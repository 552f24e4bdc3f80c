"""A document held in memory without a name and without a second copy: reader and shelf share one file."""

from __future__ import annotations

import os
import weakref


class Kept:
    """Gone when nobody holds it any more."""

    def __init__(self, content: bytes) -> None:
        self.size = len(content)
        self._file = os.memfd_create("document", os.MFD_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        view, at = memoryview(content), 0
        while at < self.size:
            at += os.write(self._file, view[at:])

    def another(self) -> int:
        """The file once more, for whoever closes it. Raises `OSError` where no more files can be open."""
        return os.dup(self._file)

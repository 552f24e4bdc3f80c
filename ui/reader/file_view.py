"""The bytes of an open file where they lie, to be read and never written: Python's own mapping has no place to give."""

from __future__ import annotations

import ctypes
import mmap
import os

_C = ctypes.CDLL(None, use_errno=True)
_C.mmap.restype = ctypes.c_void_p
_C.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_C.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_FAILED = ctypes.c_void_p(-1).value


class FileView:
    """`place` is the address of the first of `size` bytes, None for an empty file. Raises `OSError`."""

    def __init__(self, file: int) -> None:
        self.size = os.fstat(file).st_size
        self.place: int | None = None
        if self.size:
            found = _C.mmap(None, self.size, mmap.PROT_READ, mmap.MAP_SHARED, file, 0)
            if found == _FAILED:
                raise OSError(ctypes.get_errno(), "no room for the file")
            self.place = found

    def close(self) -> None:
        """Let go of it; nobody may look there any more."""
        if self.place is not None:
            _C.munmap(self.place, self.size)
            self.place = None

"""How large a package may be before it is refused unopened."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20
_GIB = 1 << 30


@dataclass(frozen=True)
class Limits:
    """Bounds on what one package may claim or hold, in bytes and counts.

    The defaults leave room for the largest real tenders (some 1,500 bids, scanned) on one centre's disk.
    """

    files: int = 20_000
    total: int = 32 * _GIB
    one_file: int = 4 * _GIB
    json: int = 64 * _MIB
    """Most that a JSON or CSV file may hold; these are read into memory."""
    portrait: int = 16 * _MIB
    ratio: int = 200
    """Most that one file may be compressed; PDF files and tables stay far below."""
    ratio_from: int = 4 * _MIB
    """Files that unpack to less than this are not asked for their ratio."""

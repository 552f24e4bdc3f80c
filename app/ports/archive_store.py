"""Where archived packages lie for good: a folder, or a store that speaks S3. Written once, read back, never changed.

Whoever was interrupted puts the same file again: what had arrived is not sent again. Contents are opaque here; that the
bytes are the right ones is told by their SHA-256 alone, before and after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class ArchiveFault(Exception):
    """The store did not do it; `code` is stable, `where` the name or address.

    `unreachable`: it does not answer (try again later, nothing is lost); `denied`: it knows us not, or may not;
    `other_content`: something else lies there under this name; `missing`: nothing lies there; `damaged`: what lies
    there is not what was put; `changed`: the file changed while it was put; `full`: no room; `unlockable`: the store
    keeps no locks.
    """

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{code}: {where}")
        self.code, self.where = code, where

    def message(self, lang: str = "zh") -> str:
        """One sentence for a person, with what to do next."""
        return _SENTENCES[self.code][lang == "en"].format(where=self.where)


_SENTENCES = {
    "unreachable": (
        "档案库 {where} 没有应答；本地没有丢失任何内容，请稍后再次执行，已传部分不会重传。",
        "The archive {where} does not answer; nothing is lost. Run it again later: what arrived is not sent again.",
    ),
    "denied": (
        "档案库 {where} 拒绝访问，请核对账号、权限与签名版本（--v2）。",
        "The archive {where} denies access; look at account, rights and the version of signatures (--v2).",
    ),
    "other_content": (
        "档案库中 {where} 已有另一份内容，没有覆盖；请用新的版本名。",
        "Another content lies in the archive as {where}, and was not written over; use the name of a new version.",
    ),
    "missing": ("档案库中没有 {where}。", "Nothing lies in the archive as {where}."),
    "damaged": (
        "档案库中的 {where} 与存入时不符，请保持原样并从另一副本恢复。",
        "What lies in the archive as {where} is not what was put there; leave it, and restore from another copy.",
    ),
    "changed": ("{where} 在存入过程中被改动，请重新执行。", "{where} was changed while it was put; run it again."),
    "full": ("档案库 {where} 空间不足，请扩容后再次执行。", "The archive {where} is full; make room and run it again."),
    "unlockable": (
        "档案库 {where} 不支持对象锁定，请建桶时开启，或不要求锁定。",
        "The archive {where} keeps no object locks; enable them when the bucket is made, or ask for none.",
    ),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in the store: its name, size and SHA-256 (hex), and until when it is locked, if it is."""

    name: str
    size: int
    sha256: str
    locked_until: datetime | None = None


Progress = Callable[[int, int], None]
"""Told how many bytes of how many have arrived. What it raises ends the putting, which may be gone on with later."""


class ArchiveStore(Protocol):
    """One store; every call may raise `ArchiveFault`."""

    @property
    def address(self) -> str:
        """Where it is, as people know it; never a secret."""

    def put(self, name: str, file: Path, progress: Progress, lock_until: datetime | None = None) -> Kept:
        """Put a file under `name`, going on where an earlier try was cut; the same again changes nothing."""

    def kept(self, name: str) -> Kept | None:
        """What lies under `name`, None where nothing does."""

    def read(self, name: str) -> Iterator[bytes]:
        """Its bytes, piece by piece."""


def read_back(store: ArchiveStore, kept: Kept) -> None:
    """Read all of it and compare; raises `ArchiveFault` `damaged` or `missing`."""
    found, size = hashlib.sha256(), 0
    for piece in store.read(kept.name):
        found.update(piece)
        size += len(piece)
    if (size, found.hexdigest()) != (kept.size, kept.sha256):
        raise ArchiveFault("damaged", kept.name)

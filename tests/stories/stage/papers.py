"""What is left on paper and on the disk: report text, evidence packages and their check, the journal's entries."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2


@dataclass(frozen=True)
class Entry:
    """One entry of the journal, as it lies on the disk."""

    stream: str
    type: str
    at: str
    actor: dict[str, Any]
    data: dict[str, Any]


def entries(data: Path) -> Iterator[Entry]:
    """Every entry that the room has on its disk, in order; the room goes on meanwhile."""
    with closing(sqlite3.connect(f"file:{data / 'kawei.sqlite'}?mode=ro", uri=True)) as disk:
        rows = disk.execute("SELECT stream, body FROM journal ORDER BY position").fetchall()
    for stream, text in rows:
        body = json.loads(text)
        yield Entry(stream, body["type"], body["at"], body["actor"], body["data"])


def text_of(pdf: bytes) -> str:
    """The text of a PDF without any white space, so that lines may break where they like."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def squeezed(text: str) -> str:
    """A text without white space and without the marks that PDF puts at the end of lines."""
    return re.sub("[\\s\ufffe\ufeff]+", "", text)


def unpack(bag: bytes, folder: Path) -> Path:
    """Lay an evidence package out in a folder; returns its root."""
    with zipfile.ZipFile(io.BytesIO(bag)) as archive:
        archive.extractall(folder)
    return folder / "evidence"


def kawei(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, as its user starts it."""
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

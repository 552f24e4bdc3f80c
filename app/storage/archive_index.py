"""Finding archived lots again: one SQLite file with a full-text index (FTS5) of what may be read of each package.

The index is only a help: it can be thrown away and made again from the packages, and what it says is believed of no
package. It holds no name of a member: packages hold aliases. Every look is recorded in it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.ports.store import StoreFault

_SCHEMA = """
CREATE TABLE IF NOT EXISTS lots (
  id INTEGER PRIMARY KEY, store TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, subject TEXT NOT NULL,
  day TEXT NOT NULL, UNIQUE (store, name)
);
CREATE INDEX IF NOT EXISTS lots_day ON lots (day);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE IF NOT EXISTS looks (at TEXT NOT NULL, who TEXT NOT NULL, asked TEXT NOT NULL, found INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A package in a store: where, its hash, tender and lot as people call them, and the day on which it closed."""

    store: str
    name: str
    sha256: str
    subject: str
    day: str


class ArchiveIndex:
    """The index in one file; every call may raise `StoreFault`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, one: Shelved, texts: Sequence[str]) -> None:
        """Enter a package with everything that it shall be found by; one that is there already is left as it is."""
        self.add_all([(one, texts)])

    def add_all(self, found: Sequence[tuple[Shelved, Sequence[str]]]) -> None:
        """Many in one transaction."""
        with self._open() as base:
            for one, texts in found:
                row = (one.store, one.name, one.sha256, one.subject, one.day)
                made = base.execute(
                    "INSERT OR IGNORE INTO lots (store, name, sha256, subject, day) VALUES (?, ?, ?, ?, ?)", row
                )
                if made.rowcount:
                    words = " ".join(_spaced(text) for text in (one.subject, *texts))
                    base.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (made.lastrowid, words))

    def find(
        self, words: Sequence[str], *, who: str, at: str, since: str = "", until: str = "9999", most: int = 100
    ) -> list[Shelved]:
        """The packages that hold all `words` (parts of Chinese words, beginnings of others), newest first.

        `since` and `until` are days (ISO), both included. Who looked for what is recorded, with the number found.
        """
        asked = " AND ".join(f'"{spaced}"*' for spaced in map(_spaced, words) if spaced)
        columns = "store, name, sha256, subject, day"
        matching = "id IN (SELECT rowid FROM words WHERE words MATCH ?) AND " if asked else ""
        query = f"SELECT {columns} FROM lots WHERE {matching}day BETWEEN ? AND ? ORDER BY day DESC, name LIMIT ?"  # noqa: S608
        with self._open() as base:
            rows = base.execute(query, (*([asked] if asked else []), since, until, most)).fetchall()
            told = " ".join(words)
            base.execute("INSERT INTO looks VALUES (?, ?, ?, ?)", (at, who, f"{told} {since} {until}", len(rows)))
        return [Shelved(*row) for row in rows]

    def looks(self) -> list[tuple[str, str, str, int]]:
        """Every look so far: when, who, what was asked, how many were found."""
        with self._open() as base:
            return list(base.execute("SELECT at, who, asked, found FROM looks ORDER BY rowid"))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path)) as base, base:
                base.executescript(_SCHEMA)
                yield base
        except sqlite3.Error as error:
            raise StoreFault(
                "archive_index",
                str(self._path),
                f"档案索引 {self._path} 不能使用，请核对路径与权限；索引可由档案包重建。",
                f"The index {self._path} cannot be used; look at path and rights. Packages give it anew.",
            ) from error


def _spaced(text: str) -> str:
    """Text as tokens: words of letters and digits, each Chinese character one of its own, so that a part of a Chinese
    word is a phrase. Quotes and signs of the query language do not survive."""
    pieces = []
    for char in unicodedata.normalize("NFKC", text):
        if char.isalnum():
            pieces.append(f" {char} " if ord(char) > 0x2E7F else char)
        else:
            pieces.append(" ")
    return " ".join("".join(pieces).split())

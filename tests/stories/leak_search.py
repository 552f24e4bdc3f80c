"""Looking for secrets in bytes: as text, escaped, in hex or base64, in zips, in the words of a PDF, in a database."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2

_BLANK = b" \t\r\n"


@dataclass(frozen=True)
class Needle:
    """One secret value in every shape in which it could lie somewhere, its own bytes first."""

    secret: str
    """The name of the secret in the table."""
    shown: str
    """What a failing test calls it."""
    forms: tuple[bytes, ...]
    owner: str | None = None
    """The machine whose own it is."""
    number: re.Pattern[bytes] | None = None
    """A number is met by itself only: neither `07.770112` of a clock nor a piece of a hash is one."""

    def is_in(self, raw: bytes, dense: bytes) -> bool:
        """Whether the value lies in a content, given as it is and without its blanks."""
        if self.number is not None:
            return self.number.search(raw) is not None
        return self.forms[0] in raw or any(form in dense for form in self.dense)

    @cached_property
    def dense(self) -> tuple[bytes, ...]:
        """The shapes without their blanks, as they stand in a content without its own."""
        return tuple(form.translate(None, _BLANK) for form in self.forms)


def words(secret: str, *values: str, owner: str | None = None) -> list[Needle]:
    """Values that are text."""
    return [_needle(secret, value, value.encode(), owner) for value in values]


def keys(secret: str, *values: bytes) -> list[Needle]:
    """Values that are bytes; found raw, in hex and in base64."""
    found = []
    for number, value in enumerate(values):
        needle = _needle(secret, value.hex(), value, None)
        name = f"{secret} {number + 1}"
        found.append(Needle(secret, name, (*needle.forms, value.hex().upper().encode())))
    return found


def numbers(secret: str, *values: str) -> list[Needle]:
    """Values that are decimal numbers."""
    return [
        Needle(secret, value, (), None, re.compile(rb"(?<![\w.])" + re.escape(value.encode()) + rb"(?!\w)"))
        for value in values
    ]


def _needle(secret: str, text: str, raw: bytes, owner: str | None) -> Needle:
    plain = text.encode()
    forms = {
        raw,
        plain,
        raw.hex().encode(),
        json.dumps(text)[1:-1].encode(),
        text.encode("utf-16-le"),
        *_in_base64(raw),
    }
    return Needle(secret, text, (raw, *sorted(forms - {raw})), owner)


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """What base64 makes of the bytes at each of its three offsets, in both alphabets, without the edges."""
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + raw).rstrip(b"=")
        inner = coded[(offset * 8 + 5) // 6 : len(coded) - 1]
        if len(inner) >= 8:
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")


@dataclass(frozen=True)
class Content:
    """Something that somebody got or that lies on the disk."""

    where: str
    raw: bytes


class Search:
    """Looks for the needles in contents with all that is packed inside them; the same bytes are searched once."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._needles = tuple(needles)
        self._known: dict[bytes, list[Needle]] = {}

    def met(self, content: Content) -> list[Needle]:
        """The needles that lie in a content."""
        if content.raw not in self._known:
            layers = [(layer, layer.translate(None, _BLANK)) for layer in _layers(content.raw)]
            found = [needle for needle in self._needles if any(needle.is_in(raw, dense) for raw, dense in layers)]
            self._known[content.raw] = found
        return self._known[content.raw]


def _layers(raw: bytes) -> Iterator[bytes]:
    """The bytes themselves; a zip's members and names; a PDF's words and what it says of itself."""
    yield raw
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from _layers(packed.read(name))
    elif raw.startswith(b"%PDF"):
        yield _words_of(raw).encode()


def _words_of(pdf: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:  # a test's own tiny file
        return ""
    try:
        said = [f"{name}: {value}" for name, value in document.get_metadata_dict().items()]
        return "\n".join([*said, *(page.get_textpage().get_text_bounded() for page in document)])
    finally:
        document.close()


def on_disk(folder: Path, apart: str) -> Iterator[Content]:
    """Every file below a folder with its name, but for one subfolder; of a database every value besides."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if not path.is_file() or apart in path.relative_to(folder).parts:
            continue
        yield Content(name, name.encode() + b"\n")
        yield Content(name, path.read_bytes())
        if path.suffix == ".sqlite":
            yield Content(f"{name} row by row", _rows(path))


def _rows(database: Path) -> bytes:
    """All values of all tables: a value that lies on several pages of the file is whole here."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'select * from "{table}"'))  # noqa: S608
        values = (value for row in rows for value in row)
        return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
    finally:
        connection.close()

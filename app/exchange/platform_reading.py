"""What a platform exported, in any of its forms, as one statement that can be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from app.exchange.limits import Limits
from app.exchange.platform_document import decode, read_document
from app.exchange.platform_draft import Draft
from app.exchange.platform_refusal import PlatformRefusal
from app.exchange.platform_rows import read_bids, read_factors, read_marks, read_totals
from app.exchange.platform_rules import rules_document
from app.exchange.platform_tables import TABLES, Table, sort_out
from app.exchange.platform_xlsx import read_workbook
from app.exchange.refusal import PackageRefusal
from app.exchange.source import open_source
from app.exchange.tables import csv_lines, text_of
from app.recompute import Source, Statement

RULES: Final = "rules.json"
_LIMITS: Final = Limits(files=200, total=256 << 20, one_file=64 << 20)
_NEEDED: Final = ("bids",)


def read_platform(path: Path) -> Statement:
    """Read a JSON document, a workbook, or a folder or zip of CSV tables with `rules.json`.

    A workbook finds its rules in its own sheet or in `rules.json` beside it; a folder may hold one workbook in
    place of the tables. Raises `app.rules.Refusal` (code, file and place) for the first thing that cannot be
    taken; nothing is checked then. Impossible marks and wrong figures are taken: they are what a check finds.
    """
    suffix = path.suffix.lower()
    if path.is_file() and suffix == ".json":
        data = _bytes(path)
        return read_document(decode(data, path.name), path.name).statement([_source(path.name, data)])
    if path.is_file() and suffix == ".xlsx":
        return _of_workbook(path, path.parent / RULES)
    if path.is_dir() or suffix == ".zip":
        workbooks = sorted(path.glob("*.xlsx")) if path.is_dir() else []
        books = [book for book in workbooks if not book.name.startswith("~$")]  # those are of an open Excel
        if len(books) == 1 and not list(path.glob("*.csv")):
            return _of_workbook(books[0], path / RULES)
        return _of_tables(path)
    raise PlatformRefusal("not_a_statement" if path.exists() else "not_found", path.name, path=path.name)


def _of_workbook(path: Path, rules: Path) -> Statement:
    tables = sort_out(read_workbook(path, _LIMITS))
    sources = [_source(path.name, _bytes(path))]
    draft = None
    if rules.is_file():
        data = _bytes(rules)
        sources.append(_source(rules.name, data))
        draft = read_document(decode(data, rules.name), rules.name)
    return _fill(draft, tables, path.name).statement(sources)


def _of_tables(path: Path) -> Statement:
    named: list[tuple[str, Table]] = []
    sources: list[Source] = []
    draft = None
    for name, data in _files(path):
        sources.append(_source(name, data))
        if PurePosixPath(name).name == RULES:
            if draft is not None:
                raise PlatformRefusal("table_twice", name, table=RULES)
            draft = read_document(decode(data, name), name)
        else:
            named.append((PurePosixPath(name).stem, _csv(name, data)))
    return _fill(draft, sort_out(named), path.name).statement(sources)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The tables and rules of a folder or zip, by name in order; other files are none of a check's business."""
    with open_source(path, _LIMITS) as source:
        for name in sorted(source.sizes):
            if name.lower().endswith(".csv") or PurePosixPath(name).name == RULES:
                with source.open(name) as stream:
                    yield name, stream.read()


def _csv(name: str, data: bytes) -> Table:
    text = text_of(data)
    if text is None:
        raise PlatformRefusal("bad_csv", f"{name} line 1", detail="encoding")
    try:
        return Table(name, None, list(csv_lines(text)))
    except PackageRefusal as refused:
        raise refused.within(name) from None


def _fill(draft: Draft | None, tables: dict[str, Table], name: str) -> Draft:
    """Read the tables in the order in which they need each other."""
    rules = tables.pop("rules", None)
    if rules is not None:
        if draft is not None:
            raise PlatformRefusal("given_twice", name, key=TABLES["rules"][0])
        draft = read_document(rules_document(rules), rules.file, rules.sheet)
    if draft is None:
        raise PlatformRefusal("rules_missing", name)
    for kind in _NEEDED:
        if kind not in tables and not draft.bids:
            raise PlatformRefusal("table_missing", name, table=TABLES[kind][0], names="、".join(TABLES[kind]))
    _refuse_twice(draft, tables, name)
    for kind, read in (("factors", read_factors), ("bids", read_bids), ("marks", read_marks), ("totals", read_totals)):
        if kind in tables:
            read(draft, tables[kind])
    return draft


def _refuse_twice(draft: Draft, tables: dict[str, Table], name: str) -> None:
    """What the rules hold already must not come in a table as well."""
    given = {
        "factors": bool(draft.factor_names.names),
        "bids": bool(draft.bids),
        "marks": bool(draft.marks),
        "totals": bool(draft.figures_at),
    }
    for kind, there in given.items():
        if there and kind in tables:
            raise PlatformRefusal("given_twice", name, key=TABLES[kind][0])


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LIMITS.one_file:
            raise PlatformRefusal("too_large", path.name, size=path.stat().st_size, limit=_LIMITS.one_file)
        return path.read_bytes()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PlatformRefusal("not_readable", path.name, path=path.name, detail=detail) from None


def _source(name: str, data: bytes) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest())

"""Workbooks (.xlsx) read cell by cell: numbers as the decimals that a person sees, merged cells filled.

Read with the standard library alone: a spreadsheet keeps its numbers as decimal text, which no float need touch.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.exchange.limits import Limits
from app.exchange.platform_refusal import PlatformRefusal
from app.exchange.platform_tables import Table, letters
from app.exchange.source import Source, open_source
from app.exchange.tables import seen

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COLUMNS: Final = 16_384  # of any spreadsheet
_CELLS: Final = 2_000_000  # more than any evaluation has; keeps merged cells from filling the memory


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, and the text of its cells by line and column (from 1 and 0)."""

    title: str
    cells: Mapping[tuple[int, int], str]


def read_workbook(path: Path, limits: Limits) -> list[tuple[str, Table]]:
    """The visible sheets of a workbook as tables, by title.

    Raises `broken_workbook`, `cell_error` (a formula that failed), and what zip files are refused for.
    """
    with open_source(path, limits) as source:
        try:
            sheets = list(_sheets(source, path.name, limits))
        except (ET.ParseError, KeyError, ValueError, IndexError) as error:
            raise PlatformRefusal("broken_workbook", path.name, detail=type(error).__name__) from None
    return [(sheet.title, _table(path.name, sheet)) for sheet in sheets]


def _sheets(source: Source, file: str, limits: Limits) -> Iterator[Sheet]:
    root = "xl/workbook.xml"
    book = _xml(source, root, limits)
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", "")))
        for relation in _xml(source, "xl/_rels/workbook.xml.rels", limits)
    }
    strings = _strings(source, limits)
    for sheet in _all(book, "sheets/sheet"):
        if sheet.get("state", "visible") != "visible":
            continue
        relation = next(value for name in _RELATION if (value := sheet.get(name)) is not None)
        target = targets[relation].removeprefix("/")
        title = sheet.attrib["name"].strip()
        yield Sheet(title, _cells(_xml(source, target, limits), strings, f"{file} {title}"))


def _xml(source: Source, path: str, limits: Limits) -> ET.Element:
    """A part of the workbook as XML without document type; raises `KeyError` where it is not there."""
    if source.sizes[path] > limits.json:
        raise PlatformRefusal("too_large", path, size=source.sizes[path], limit=limits.json)
    with source.open(path) as stream:
        data = stream.read()
    if b"\x00" in data or b"<!DOCTYPE" in data:
        raise ValueError("no plain XML")
    return ET.fromstring(data)  # noqa: S314 - no document type, no entity; the size is bounded


def _all(element: ET.Element, path: str) -> list[ET.Element]:
    """The descendants along a path of names, in either of the two forms of the format."""
    for space in (_MAIN, _STRICT):
        found = element.findall("/".join(f"{space}{name}" for name in path.split("/")))
        if found:
            return found
    return []


def _strings(source: Source, limits: Limits) -> list[str]:
    path = "xl/sharedStrings.xml"
    return [_text(item) for item in _all(_xml(source, path, limits), "si")] if path in source.sizes else []


def _text(item: ET.Element) -> str:
    """The text of an item, its runs joined; what is only there to be read aloud (phonetic runs) is left out."""
    runs = [*_all(item, "t"), *_all(item, "r/t")]
    return "".join(run.text or "" for run in runs)


def _cells(sheet: ET.Element, strings: list[str], where: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    line = 0
    for row in _all(sheet, "sheetData/row"):
        line = int(row.get("r", line + 1))
        column = -1
        for cell in _all(row, "c"):
            column = _address(cell.attrib["r"])[1] if "r" in cell.attrib else column + 1
            text = _value(cell, strings, f"{where}!{letters(column)}{line}")
            if text:
                found[line, column] = text
    for merged in _all(sheet, "mergeCells/mergeCell"):
        _fill(found, merged.attrib["ref"])
    return found


def _value(cell: ET.Element, strings: list[str], where: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(item) for item in _all(cell, "is")).strip()
    written = next((value.text or "" for value in _all(cell, "v")), "")
    if kind == "s":
        return strings[int(written)].strip() if written else ""
    if kind == "e":
        raise PlatformRefusal("cell_error", where, value=written[:20])
    if kind == "n" and written:
        plain = seen(written)
        if plain is None:
            raise PlatformRefusal("no_number", where, value=written[:40])
        return plain
    return written.strip()


def _address(text: str) -> tuple[int, int]:
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError("no cell address")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > _COLUMNS:
        raise ValueError("no such column")
    return int(match[2]), column - 1


def _fill(cells: dict[tuple[int, int], str], span: str) -> None:
    """Give every cell of a merged range the text of its first; a person sees it beside all of them."""
    start, _, end = span.partition(":")
    (top, left), (bottom, right) = _address(start), _address(end or start)
    text = cells.get((top, left))
    if text is None:
        return
    if (bottom - top + 1) * (right - left + 1) + len(cells) > _CELLS:
        raise ValueError("too many cells")
    for line in range(top, bottom + 1):
        for column in range(left, right + 1):
            cells[line, column] = text


def _table(file: str, sheet: Sheet) -> Table:
    lines: dict[int, dict[int, str]] = {}
    for (line, column), text in sorted(sheet.cells.items()):
        lines.setdefault(line, {})[column] = text
    rows = [
        (line, [cells.get(column, "") for column in range(max(cells) + 1)]) for line, cells in sorted(lines.items())
    ]
    return Table(file, sheet.title, rows, lettered=True)

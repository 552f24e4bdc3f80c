"""Workbooks as spreadsheet programs write them, and as nobody should."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_forms import write_workbook

from app.exchange.limits import Limits
from app.exchange.platform_refusal import PlatformRefusal
from app.exchange.platform_xlsx import read_workbook
from app.exchange.refusal import PackageRefusal
from app.exchange.tables import plain_number, seen

LIMITS = Limits()
HEAD = [["名称", "数"], ["甲", "29.85"]]


def rows_of(path: Path) -> list[list[str]]:
    """The cells of the only sheet."""
    ((_, table),) = read_workbook(path, LIMITS)
    return [cells for _, cells in table.lines]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("29.849999999999998", "29.85"),
        ("0.10000000000000001", "0.1"),
        ("28.330000000000002", "28.33"),
        ("0.30000000000000004", "0.3"),
        ("1566000", "1566000"),
        ("1.566E6", "1566000"),
        ("1E-2", "0.01"),
        ("93.3", "93.3"),
        ("12345678901234.5", "12345678901234.5"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("0E-30", "0"),
    ],
)
def test_a_stored_float_is_the_decimal_that_a_person_sees(stored: str, shown: str) -> None:
    assert seen(stored) == shown


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1E400", "--1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert seen(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=4))
def test_every_figure_with_up_to_fifteen_digits_survives_being_stored_as_a_double(figure: Decimal) -> None:
    plain = plain_number(f"{figure:f}")
    assert plain is not None
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    assert seen(f"{float(plain):.17g}") == short


def test_numbers_come_out_as_seen_and_texts_as_written(tmp_path: Path) -> None:
    rows = [["评委", "01", "29.85"], ["A1", "0.1", "100"], ["合 计", "8.50", ""]]
    read = rows_of(write_workbook(tmp_path / "b.xlsx", {"一": rows}))
    assert read == [["评委", "01", "29.85"], ["A1", "0.1", "100"], ["合 计", "8.5"]]


def change(part: str, old: str, new: str) -> Callable[[str, str], str]:
    """Replace text in one part of the workbook; it must be there."""

    def replace(name: str, xml: str) -> str:
        if name != part:
            return xml
        assert old in xml
        return xml.replace(old, new)

    return replace


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "cells"),
    [
        # merged cells: what the first says stands beside all of them
        (
            SHEET,
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="F9:G9"/></mergeCells>',
            [["名称", "数"], ["甲", "29.85"], ["甲"]],
        ),
        (SHEET, '<c r="B2">', '<c t="str" r="B2">', [["名称", "数"], ["甲", "29.850000000000001"]]),
        (SHEET, '<c r="B2">', "<c>", HEAD),  # a cell without an address follows the one before
        (SHEET, '<c r="B2">', '<c r="D2">', [["名称", "数"], ["甲", "", "", "29.85"]]),
        (
            SHEET,
            '<c r="A2" t="s"><v>2</v></c>',
            '<c r="A2" t="inlineStr"><is><t>甲</t></is></c>',
            HEAD,
        ),
        (SHEET, '<c r="A2" t="s"><v>2</v></c>', '<c r="A2" t="s"/>', [["名称", "数"], ["", "29.85"]]),
        (SHEET, '<c r="A2" t="s"><v>2</v></c>', '<c r="A2" t="b"><v>1</v></c>', [["名称", "数"], ["1", "29.85"]]),
        # a string in runs, with the reading aid of the Japanese form left out
        (STRINGS, "<si><t>甲</t></si>", "<si><r><t>甲</t></r><r><t>公司</t></r><rPh><t>kou</t></rPh></si>",
         [["名称", "数"], ["甲公司", "29.85"]]),
        ("xl/_rels/workbook.xml.rels", 'Target="worksheets', 'Target="/xl/worksheets', HEAD),
    ],
)  # fmt: skip
def test_the_ways_in_which_spreadsheets_write_cells(
    tmp_path: Path, part: str, old: str, new: str, cells: list[list[str]]
) -> None:
    assert rows_of(write_workbook(tmp_path / "b.xlsx", {"一": HEAD}, change=change(part, old, new))) == cells


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    def strict(_: str, xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert rows_of(write_workbook(tmp_path / "b.xlsx", {"一": HEAD}, change=strict)) == HEAD


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    hide = change("xl/workbook.xml", 'sheetId="2"', 'sheetId="2" state="hidden"')
    path = write_workbook(tmp_path / "b.xlsx", {"一": HEAD, "二": HEAD}, change=hide)
    assert [title for title, _ in read_workbook(path, LIMITS)] == ["一"]


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        (SHEET, '<c r="B2"><v>29.850000000000001</v>', '<c r="B2" t="e"><v>#DIV/0!</v>', "cell_error"),
        (SHEET, "<v>29.850000000000001</v>", "<v>1E999</v>", "no_number"),
        (SHEET, "<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet", "broken_workbook"),
        (SHEET, "</sheetData>", "", "broken_workbook"),
        (SHEET, "<v>2</v>", "<v>99</v>", "broken_workbook"),
        (SHEET, 'r="B2"', 'r="ZZZ2"', "broken_workbook"),
        (SHEET, 'r="B2"', 'r="2"', "broken_workbook"),
        (
            SHEET,
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "broken_workbook",
        ),
        ("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet7.xml", "broken_workbook"),
    ],
)
def test_a_broken_workbook_is_refused(tmp_path: Path, part: str, old: str, new: str, code: str) -> None:
    path = write_workbook(tmp_path / "b.xlsx", {"一": HEAD}, change=change(part, old, new))
    with pytest.raises(PlatformRefusal) as refused:
        read_workbook(path, LIMITS)
    assert refused.value.code == code
    assert "b.xlsx" in refused.value.where


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))  # a workbook with a password
    with pytest.raises(PackageRefusal):
        read_workbook(path, LIMITS)
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(PlatformRefusal) as refused:
        read_workbook(tmp_path / "other.xlsx", LIMITS)
    assert refused.value.code == "broken_workbook"


def test_a_part_beyond_the_limit_is_not_even_unpacked(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "b.xlsx", {"一": HEAD})
    with pytest.raises(PlatformRefusal) as refused:
        read_workbook(path, Limits(json=100))
    assert refused.value.code == "too_large"

"""The few kinds of blocks that a section of the report is made of; the template sets each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

Block = dict[str, Any]
Align = Literal["left", "center", "right"]


def column(title: str, align: Align = "center", share: int = 0) -> dict[str, Any]:
    """A table column; `share` 0 takes what its text needs, else a share of the width that is left."""
    return {"title": title, "align": align, "share": share}


Band = tuple[str, Sequence[Sequence[str]]]
"""A name that spans the table, and the rows below it."""


def table(
    columns: Sequence[dict[str, Any]],
    rows: Iterable[Sequence[str]],
    *,
    caption: str = "",
    after: str = "",
    small: bool = False,
) -> Block:
    """A table; its head repeats on every page. `caption` above it, `after` right below."""
    return banded(columns, [("", list(rows))], caption=caption, after=after, small=small)


def banded(
    columns: Sequence[dict[str, Any]],
    bands: Iterable[Band],
    *,
    caption: str = "",
    after: str = "",
    small: bool = False,
) -> Block:
    """A table in bands, each with its name above its rows, repeated on every page that the band goes on to."""
    listed = [{"name": name, "rows": [list(row) for row in rows]} for name, rows in bands]
    told = {"columns": list(columns), "bands": listed, "caption": caption, "after": after, "small": small}
    return {"kind": "table"} | told


def pairs(*rows: tuple[str, str]) -> Block:
    """Labels and values, one pair a line; pairs without a value are left out."""
    return {"kind": "pairs", "rows": [list(row) for row in rows if row[1]]}


def text(*paragraphs: str) -> Block:
    """Paragraphs, each indented by two characters as official papers are."""
    return {"kind": "text", "paragraphs": list(paragraphs)}


def heading(title: str) -> Block:
    """A heading within a section."""
    return {"kind": "heading", "title": title}


def working(lines: Iterable[str], title: str = "") -> Block:
    """Lines of arithmetic that a person can follow: what each gives (before its `：`), and the steps to it."""
    parted = (line.partition("：") for line in lines)
    told = [
        {"label": label if colon else "", "steps": (rest if colon else label).split("；")}
        for label, colon, rest in parted
    ]
    return {"kind": "working", "title": title, "lines": told}


def note(*paragraphs: str) -> Block:
    """A framed remark that must not be overlooked."""
    return {"kind": "note", "paragraphs": list(paragraphs)}


def hashes(*rows: tuple[str, str]) -> Block:
    """Labels and long codes in a face in which every character is told from every other."""
    return {"kind": "hashes", "rows": [list(row) for row in rows if row[1]]}


def signatures(cells: Iterable[dict[str, str]]) -> Block:
    """Signature cells: who (alias, seat, duty), and what they said."""
    return {"kind": "signatures", "cells": list(cells)}

"""The tables that `kawei face` reads and what it says of a file that gives no row."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.cli.errors import Fault

# Reason codes of a file that gives no row, in Chinese and English.
REASONS = {
    "missing": ("找不到文件", "there is no such file"),
    "is_folder": ("这是目录，不是文件", "this is a folder, not a file"),
    "no_permission": ("没有读取权限", "reading it is not permitted"),
    "empty": ("文件是空的", "the file is empty"),
    "too_large": (
        "文件过大（图片上限 6400 万像素、64 MB；视频上限 1600 万像素）",
        "the file is too large (pictures: 64 megapixels, 64 MB; films: 16 megapixels)",
    ),
    "not_a_picture": ("不是图片文件", "this is no picture"),
    "not_a_film": ("不是视频文件", "this is no film"),
    "truncated": ("图片不完整或已损坏", "the picture is cut off or damaged"),
    "no_face": ("没有找到人脸", "no face was found"),
    "bad_challenge": (
        "动作应为 left、right、mouth、blink，或用 + 连接",
        "a challenge is left, right, mouth, blink, or several joined by +",
    ),
    "bad_same": ("same 列应为 1 或 0", "the column same holds 1 or 0"),
}


class Row(NamedTuple):
    """One row: its line in the file, and the columns that were asked for (empty where the row is short)."""

    line: int
    cells: dict[str, str]


def rows(file: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Row], set[str]]:
    """The rows of a CSV in UTF-8, and which optional columns it has; what is no such table is refused before
    anything is measured."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text)
        try:
            header = set(table.fieldnames or ())
            missing = [column for column in needed if column not in header]
            wanted = [*needed, *(column for column in optional if column in header)]
            read = [Row(table.line_num, {name: row.get(name) or "" for name in wanted}) for row in table]
        except (csv.Error, UnicodeDecodeError) as error:
            raise Fault(
                "bad_csv",
                f"{file}:{table.line_num + 1}",
                "这不是 UTF-8 编码的 CSV 文件，请另存后重试。",
                "This is no CSV file in UTF-8; save it again as one.",
            ) from error
    if missing:
        raise missing_column(file, missing[0], needed)
    return read, header & set(optional)


def missing_column(file: Path, column: str, needed: Sequence[str]) -> Fault:
    """The refusal of a table without a column."""
    return Fault(
        "missing_column",
        f"{file}:{column}",
        f"表中缺少列 {column}，表头应为 {','.join(needed)}。",
        f"The column {column} is missing; the header is {','.join(needed)}.",
    )


def warn(line: int, name: str, reason: str, lang: str) -> None:
    """Say on stderr why a row is one of error."""
    zh, en = REASONS[reason]
    sys.stderr.write(f"line {line}: {name}: {en}\n" if lang == "en" else f"第 {line} 行：{name}：{zh}\n")

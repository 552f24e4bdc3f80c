"""How soon an archived lot is found again among ten thousand."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from app.storage.archive_index import ArchiveIndex, Shelved

LOTS = 10_000
_PLACES = ("岷乐", "青川", "合江", "南溪", "平武", "盐源", "布拖", "得荣")
_WORKS = ("道路养护", "职工宿舍监理", "教学设备采购", "污水处理厂扩建", "智慧城管平台", "医院信息系统运维")


def filled(path: Path) -> ArchiveIndex:
    """An index of ten thousand lots, each with a few bidders, aliases and remarks."""
    dice, index = random.Random(20261125), ArchiveIndex(path)  # noqa: S311 - reproducible sample data
    rows = []
    for number in range(LOTS):
        title = f"{dice.choice(_PLACES)}{dice.choice(_WORKS)}第{number}号项目"
        bidders = [f"{dice.choice(_PLACES)}第{dice.randrange(500)}工程有限公司" for _ in range(8)]
        texts = [*bidders, *(f"M{k}" for k in range(1, 8)), "全程秩序良好", f"说明{dice.randrange(10**6)}" * 10]
        day = f"20{dice.randrange(16, 27)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        rows.append((Shelved("store", f"T{number}/1/v1.zip", f"{number:064x}", f"T{number}/1 {title}", day), texts))
    index.add_all(rows)
    return index


def run() -> dict[str, Any]:
    """Milliseconds of a search: of the median and of the slowest of ways to ask, each with its look recorded."""
    with tempfile.TemporaryDirectory() as folder:
        index = filled(Path(folder) / "index.sqlite")
        asked = [["T777"], ["宿舍"], ["第42工程"], ["M3", "岷乐"], ["秩序良好"], ["说明1"], [], ["医院", "青川", "M7"]]
        took = []
        for words in asked * 5:
            begun = time.perf_counter()
            index.find(words, who="bench", at="2026-11-25", since="2018-01-01")
            took.append((time.perf_counter() - begun) * 1000)
        size = (Path(folder) / "index.sqlite").stat().st_size
    return {
        "lots": LOTS,
        "megabytes": round(size / 2**20, 1),
        "median_ms": round(statistics.median(took), 1),
        "slowest_ms": round(max(took), 1),
    }

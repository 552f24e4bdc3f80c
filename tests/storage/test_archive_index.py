"""Finding archived lots again: by project, bidder, alias, day and any text; each look is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ports.store import StoreFault
from app.storage.archive_index import ArchiveIndex, Shelved

LOTS = [
    ("GC-2026-001/1", "职工宿舍工程监理", "2026-03-02", ["第一监理有限公司", "M3", "鼠标失灵"]),
    ("GC-2026-002/1", "市政道路养护（二期）", "2026-04-05", ["第二工程咨询公司", "M1"]),
    ("ZC-2026-007/2", "教学设备采购", "2026-05-06", ["甲设备有限公司", "ACME Systems", "M3"]),
]


@pytest.fixture
def index(tmp_path: Path) -> ArchiveIndex:
    made = ArchiveIndex(tmp_path / "index.sqlite")
    for number, (lot, name, day, texts) in enumerate(LOTS):
        made.add(Shelved("store", f"{lot}/v1.zip", f"{number:064x}", f"{lot} {name}", day), texts)
    return made


def found(index: ArchiveIndex, *words: str, since: str = "", until: str = "9999") -> list[str]:
    return [one.subject.split()[0] for one in index.find(words, who="档案员", at="now", since=since, until=until)]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["宿舍"], [0]),
        (["监理"], [0]),
        (["GC-2026"], [1, 0]),
        (["设备有限"], [2]),
        (["acme"], [2]),
        (["acm"], [2]),
        (["M3"], [2, 0]),
        (["M3", "鼠标"], [0]),
        (["二期"], [1]),
        (["舍宿"], []),
        (["没有这个词"], []),
        ([], [2, 1, 0]),
        (['"宿舍" OR 道路'], []),
        (['"'], [2, 1, 0]),
    ],
)
def test_it_is_found_by_any_part_of_what_is_in_it(index: ArchiveIndex, words: list[str], due: list[int]) -> None:
    assert found(index, *words) == [LOTS[number][0] for number in due]


def test_days_bound_it_on_both_sides(index: ArchiveIndex) -> None:
    assert found(index, since="2026-03-03") == ["ZC-2026-007/2", "GC-2026-002/1"]
    assert found(index, since="2026-03-02", until="2026-03-02") == ["GC-2026-001/1"]


def test_the_same_package_is_entered_once(index: ArchiveIndex) -> None:
    index.add(Shelved("store", "GC-2026-001/1/v1.zip", "f" * 64, "another", "2027-01-01"), ["别的"])
    assert found(index, "别的") == []
    assert len(found(index)) == 3


def test_every_look_is_recorded(index: ArchiveIndex) -> None:
    found(index, "宿舍")
    found(index, "没有")
    assert index.looks() == [("now", "档案员", "宿舍  9999", 1), ("now", "档案员", "没有  9999", 0)]


def test_a_file_that_is_no_index_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"no database at all, but a text long enough to be looked at" * 20)
    with pytest.raises(StoreFault) as fault:
        ArchiveIndex(path).looks()
    assert fault.value.message() != fault.value.message("en")

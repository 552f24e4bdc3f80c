"""Scans by what is in them: what a paper must say, and where papers are found in a command's or an entry's data."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_stages import refused

from app.evaluation.papers import Paper, check, named_in

LETTER: dict[str, Any] = {"sha256": "5a" * 32, "bytes": 4096, "title": "答复函"}
MINUTES: dict[str, Any] = {"sha256": "c3" * 32, "bytes": 1, "title": "谈判纪要"}


def test_papers_are_found_at_any_depth_with_their_place() -> None:
    data = {
        "lot": "1",
        "paper": LETTER,
        "rows": [{"bid": "A"}, {"bid": "B", "scan": MINUTES}, "A", None],
        "deep": {"list": [[LETTER]]},
    }
    assert list(named_in(data)) == [("$.paper", LETTER), ("$.rows[1].scan", MINUTES), ("$.deep.list[0][0]", LETTER)]
    assert list(named_in([LETTER], "$.data")) == [("$.data[0]", LETTER)]
    assert list(named_in(MINUTES)) == [("$", MINUTES)]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "5a" * 32,
        [],
        {},
        {"sha256": "5a" * 32, "bytes": 4096},  # a file of a package has no title
        {**LETTER, "path": "a.pdf"},  # nor is something with more to it a scan
    ],
)
def test_nothing_else_is_taken_for_a_paper(data: Any) -> None:
    assert list(named_in(data)) == []


def test_a_paper_says_a_hash_a_size_and_a_title() -> None:
    assert check(Paper(**LETTER)) == Paper(**LETTER)
    for change in ({"sha256": "5A" * 32}, {"sha256": "5a" * 31}, {"sha256": ""}, {"bytes": 0}, {"bytes": -1}):
        with refused("bad_value", "$.scan"):
            check(Paper(**LETTER | change), "$.scan")
    for title in ("", "  "):
        with refused("reason_needed", "$.paper.title"):
            check(Paper(**LETTER | {"title": title}))

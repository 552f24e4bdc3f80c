"""Whether a whole run names anyone where nobody may be named: every artefact that it leaves, searched for its people.

Searched are the room's own folder (databases, their logs, files, keys), the states and logs of all machines, and what
is left in the end: report, evidence, pictures' names, figures. Not searched is what the play itself was handed (the
package, the scripts of the children, codes and passwords): that is where the names come from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from leak_search import Content, Needle, Search, numbers, on_disk, words

import resources

GIVEN = re.compile(r"scripts/.*|[^/]+\.zip|provision\.json|plan\.json")
"""What the play was handed, by its path in the working folder."""


def people_of(case: str) -> list[Needle]:
    """Names and document numbers of a built-in case."""
    listed = json.loads(resources.path("cases", case, "members.json").read_text("utf-8"))
    members = listed["members"]
    return [
        *words("name", *(one["name"] for one in members)),
        *words("document", *(one["document"] for one in members)),
        *words("phone", *(one["phone"] for one in members if one["phone"])),
    ]


def marks_of(case: str) -> list[Needle]:
    """Marks of a built-in case that stand nowhere in what was handed to the room; of two digits behind the point, so
    that no log's millisecond is one."""
    folder = resources.path("cases", case)
    play = json.loads((folder / "play.json").read_text("utf-8"))
    known = "".join(path.read_text("utf-8") for path in folder.glob("*.json") if path.name not in _OF_THE_PLAY)
    marks = {
        str(mark)
        for lot in play["lots"]
        for by_bid in lot["marks"].values()
        for by_factor in by_bid.values()
        for mark in by_factor.values()
    }
    return numbers(
        "mark", *sorted(one for one in marks if len(one.partition(".")[2]) > 1 and not _stands_in(one, known))
    )


_OF_THE_PLAY = frozenset({"play.json", "worked.json"})


def _stands_in(mark: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(mark)}(?!\w)", text) is not None


def artefacts(folder: Path, out: Path | None) -> Iterator[Content]:
    """Everything that a run has left, in its working folder and in `out`."""
    for root in (folder, *([out] if out is not None else [])):
        for content in on_disk(root, "\0"):
            if root is out or not GIVEN.fullmatch(content.where.removesuffix(" row by row")):
                yield content


def named(needles: list[Needle], contents: Iterator[Content]) -> list[str]:
    """Where one of them stands, and which."""
    search = Search(needles)
    return sorted({f"{one.where}: {needle.shown}" for one in contents for needle in search.met(one)})

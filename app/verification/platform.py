"""What a platform exported of a lot: the very files that were checked, and each checked again as things stood then."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.archive.platform import exports
from app.evaluation.replay import fold
from app.exchange.accompanied import examine, form_of
from app.journal import Entry, canonical
from app.rules import Refusal
from app.verification.checks import Failed


def check_exports(entries: Sequence[Entry], lot: str, files: Mapping[str, bytes]) -> int:
    """Fail at the first file that is not the one of its entry, or whose check finds something else than the entry
    says; returns how many there are. `files` are those below the folder of exports, by path."""
    due = exports(entries, lot)
    for path, entry in due.items():
        if path not in files:
            raise Failed("missing_file", path)
        data = files[path]
        if (hashlib.sha256(data).hexdigest(), len(data)) != (entry.data["sha256"], entry.data["bytes"]):
            raise Failed("export", path, part="content")
        if form_of(data) != entry.data["form"]:
            raise Failed("export", path, part="form")
        if canonical(_again(entries, entry, lot, data, path)) != canonical(entry.data["answer"]):
            raise Failed("export", path, part="answer")
    for path in sorted(set(files) - set(due)):
        raise Failed("extra_file", path)
    return len(due)


def _again(entries: Sequence[Entry], entry: Entry, lot: str, data: bytes, path: str) -> dict[str, object]:
    """The check of an export, in the state in which it was sent."""
    state = fold(entries[: entry.seq - 1])
    if state is None:
        raise Failed("export", path, part="entry")
    with tempfile.TemporaryDirectory() as folder:
        try:
            return examine(state, lot, data, Path(folder))
        except Refusal as refused:
            raise Failed("export", path, part=refused.code) from None

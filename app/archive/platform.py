"""What a platform exported of a lot (`data/platform/`): each file as it was sent, in the order of its checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.journal import Entry

FOLDER = "data/platform/"
CHECKED = "PlatformChecked"


def exports(entries: Iterable[Entry], lot: str) -> dict[str, Entry]:
    """The entries of a lot's checks by the path of the file that each is of."""
    of_lot = [entry for entry in entries if entry.type == CHECKED and entry.data["lot"] == lot]
    return {f"{FOLDER}{number}.{entry.data['form']}": entry for number, entry in enumerate(of_lot, start=1)}


def export_files(entries: Iterable[Entry], lot: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by path, from `contents` by hash; raises ValueError where one was not handed over."""
    files = {}
    for path, entry in exports(entries, lot).items():
        digest = str(entry.data["sha256"])
        if digest not in contents:
            raise ValueError(f"the export {digest} was checked and is not handed over")
        files[path] = contents[digest]
    return files

"""Reading the folder of a package, exactly as it lies there."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from app.verification.checks import Failed, Problem


@dataclass(frozen=True)
class Folder:
    """Its plain files by path (with `/`), and what else lies there that may not."""

    files: dict[str, bytes]
    strange: tuple[Problem, ...]

    def need(self, path: str) -> bytes:
        """A file's bytes; fails the check where there is no such file."""
        if path not in self.files:
            raise Failed("missing_file", path)
        return self.files[path]

    def under(self, prefix: str) -> set[str]:
        """Paths of the files below `prefix`."""
        return {path for path in self.files if path.startswith(prefix)}


def read_folder(root: Path) -> Folder:
    """Everything below `root`; links are not followed, and what is no plain file is told apart.

    Raises OSError where `root` itself cannot be listed.
    """
    files: dict[str, bytes] = {}
    strange: list[Problem] = []
    with os.scandir(root):
        pass  # so that a root that is no folder is an error of the caller's, not an empty package
    _read(root, "", files, strange)
    return Folder(files, tuple(strange))


def _read(folder: Path, prefix: str, files: dict[str, bytes], strange: list[Problem]) -> None:
    try:
        with os.scandir(folder) as listing:
            found = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        strange.append(Problem("unreadable_file", _shown(prefix)))
        return
    if not found:
        strange.append(Problem("empty_folder", _shown(prefix)))
    for entry in found:
        path = prefix + entry.name
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                _read(folder / entry.name, f"{path}/", files, strange)
            elif stat.S_ISREG(mode):
                files[path] = (folder / entry.name).read_bytes()
            else:
                strange.append(Problem("not_a_file", _shown(path)))
        except OSError:
            strange.append(Problem("unreadable_file", _shown(path)))


def _shown(path: str) -> str:
    """A path that can be printed: names that are no UTF-8 with their bytes escaped."""
    return path.encode("utf-8", "backslashreplace").decode() or "."

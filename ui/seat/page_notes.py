"""What a member writes on pages for nobody else: one note a page, and which line of the work it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class PageNote:
    """A note on a page (counted from 1) of a file; `line` names the item or factor that is answered there, or ''."""

    sha256: str
    page: int
    text: str = ""
    line: str = ""


class PageNotes:
    """The notes of one lot, kept with every change."""

    def __init__(self, kept: Any, keep: Callable[[object], None]) -> None:
        """`kept` is what `keep` was given last, or None."""
        self._keep = keep
        self._notes: dict[tuple[str, int], PageNote] = {}
        for note in kept if isinstance(kept, list) else ():
            try:
                one = PageNote(**note)
            except TypeError:  # of another form: an older program's
                continue
            self._notes[one.sha256, one.page] = one

    def of(self, sha256: str, page: int) -> PageNote:
        """The note on a page, an empty one where there is none."""
        return self._notes.get((sha256, page), PageNote(sha256, page))

    def all(self) -> tuple[PageNote, ...]:
        """All of them, file by file."""
        return tuple(sorted(self._notes.values(), key=lambda note: (note.sha256, note.page)))

    def put(self, note: PageNote) -> None:
        """Keep a note in place of the one on that page; an empty one takes it away. A line is answered on one page of
        a file: an earlier mark of it goes."""
        if note.line:
            for other in [one for one in self._notes.values() if one.sha256 == note.sha256 and one.line == note.line]:
                self._set(PageNote(other.sha256, other.page, other.text))
        self._set(note)
        self._keep([asdict(one) for one in self.all()])

    def _set(self, note: PageNote) -> None:
        if note.text or note.line:
            self._notes[note.sha256, note.page] = note
        else:
            self._notes.pop((note.sha256, note.page), None)

    def answers(self, line: str, files: tuple[str, ...]) -> PageNote | None:
        """Where a line of the work is answered in one of these files, as the member marked it."""
        return next((note for note in self.all() if line and note.line == line and note.sha256 in files), None)

"""What an expert has typed and not sealed yet: kept with every key, with rising versions, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.evaluation.model import SheetKind
from app.link import Answered, Failed
from ui.seat.desk import Desk

Content = dict[str, Any]


class Draft:
    """The draft of one round. `brought` is called once with what was kept (or None); nothing is kept before that,
    so that an empty page never overwrites the work of an hour ago."""

    def __init__(
        self,
        desk: Desk,
        place: tuple[str, SheetKind, int],
        brought: Callable[[Content | None], None],
        missed: Callable[[str], None],
    ) -> None:
        """`place` is lot, kind and round; `missed` gets the sentence why it could not be brought now."""
        self._desk = desk
        self._place = place
        self._brought, self._missed = brought, missed
        self._version: int | None = None
        self._asking = False

    @property
    def ready(self) -> bool:
        """Whether what was kept has been brought back, so that typing may begin."""
        return self._version is not None

    @property
    def version(self) -> int:
        """The version kept last; 0 before the first."""
        return self._version or 0

    def load(self) -> None:
        """Ask for what was kept; asking again while waiting, or when it is here, does nothing."""
        if not self.ready and not self._asking:
            self._asking = True
            self._desk.load_draft(self, *self._place)

    def keep(self, content: Content) -> None:
        """Keep what stands there now."""
        if self._version is None:
            return
        self._version += 1
        self._desk.keep_draft(*self._place, self._version, content)

    def answered(self, answer: Answered) -> None:
        """What was kept has come."""
        self._asking = False
        if self.ready:
            return
        kept = answer.value or {}
        self._version = int(kept.get("version", 0))
        content = kept.get("content")
        self._brought(content if isinstance(content, dict) else None)

    def refused(self, failure: Failed) -> None:
        """It could not be had now; the page asks again when the line is back."""
        self._asking = False
        self._missed(failure.sentence)

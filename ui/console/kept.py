"""Until when the recordings of each evaluation are kept, as the room tells it, in words. No window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.console.words import role_word

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Place:
    """One recording: whom it shows, and which machine made it."""

    party: str
    device: str


@dataclass(frozen=True)
class KeptOf:
    """What is kept of one evaluation; `due` are those whose term is over and that nothing keeps."""

    stream: str
    count: int
    bytes: int
    until: str
    article: str
    obstacle: str
    held: str
    due: tuple[Place, ...]

    def words(self, title: str) -> str:
        """One line of it."""
        count = translate("Keeping", "{title}: {count} recordings, {size} MB").format(
            title=title, count=self.count, size=f"{self.bytes / 1e6:.1f}"
        )
        return f"{count} · {self._term()}"

    def _term(self) -> str:
        until = {"until": self.until, "article": self.article}
        return {
            "not_closed": translate("Keeping", "kept, since the evaluation has not ended"),
            "recordings_held": translate("Keeping", "kept beyond {until}, as {role} wanted").format(
                until=self.until, role=role_word(self.held)
            ),
            "not_due": translate("Keeping", "kept until {until} ({article})").format(**until),
        }.get(self.obstacle, translate("Keeping", "its term ended on {until} ({article})").format(**until))


def kept(told: Sequence[dict[str, Any]]) -> tuple[KeptOf, ...]:
    """By evaluation, those whose term is over first."""
    streams = dict.fromkeys(str(one["stream"]) for one in told)
    found = [_of(stream, [one for one in told if one["stream"] == stream]) for stream in streams]
    return tuple(sorted(found, key=lambda one: not one.due))


def _of(stream: str, told: Sequence[dict[str, Any]]) -> KeptOf:
    first = told[0]  # the term is the evaluation's
    due = tuple(Place(str(one["party"]), str(one["device"])) for one in told if not one["obstacle"])
    size = sum(int(one["bytes"]) for one in told)
    until, held = str(first["until"] or ""), str(first["held"] or "")
    return KeptOf(stream, len(told), size, until, str(first["article"]), str(first["obstacle"]), held, due)

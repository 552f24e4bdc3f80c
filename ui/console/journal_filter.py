"""What of the journal is to be seen: words, whom or which seat it is about, from when to when, which kinds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import Signal

from ui.console.journal_kinds import EntryKind
from ui.console.names import Name, part
from ui.models.journal import JournalLine
from ui.theme import Space
from ui.widgets.boxes import Column, Folding
from ui.widgets.buttons import Button, QuietButton
from ui.widgets.flow import Flow
from ui.widgets.forms import Field

_TIME = re.compile(r"([01]?\d|2[0-3])[:]?([0-5]\d)?")


@dataclass(frozen=True)
class JournalWanted:
    """The filter as it stands; what is empty filters nothing. Times are HH:MM of the room."""

    words: tuple[str, ...] = ()
    about: str = ""
    since: str = ""
    until: str = ""
    kinds: frozenset[EntryKind] = frozenset()
    stands_out: bool = False

    def takes(self, line: JournalLine) -> bool:
        """Whether a line is to be seen."""
        told = f"{line.time} {line.text}".casefold()
        clock = line.at[11:16]
        return (
            (line.stands_out or not self.stands_out)
            and all(word in told for word in self.words)
            and (not self.about or self.about in line.about)
            and (not self.since or clock >= self.since)
            and (not self.until or clock <= self.until)
            and (not self.kinds or line.kind in self.kinds)
        )


def time_of(text: str) -> str | None:
    """What was typed as HH:MM; '' for nothing, None for what is no time. Full-width digits are digits too."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    found = _TIME.fullmatch(plain)
    if found is None:
        return None
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


class JournalFilter(Column):
    """`changed` when something else is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=Space.GAP)
        self.row = self.add(Folding(gap=Space.GAP))
        self._words = self.row.add(Field(self.tr("Find"), self.tr("Words of the sentence, or a time")), 1)
        self._words.line.setObjectName(Name.JOURNAL_FIND)
        self._only = self.row.add(Button(self.tr("Only what stands out")))
        self._only.setObjectName(Name.JOURNAL_ONLY)
        self._only.setCheckable(True)
        self._open = self.row.add(Button(self.tr("More filters")))
        self._open.setObjectName(Name.JOURNAL_MORE)
        self._open.setCheckable(True)
        self._more = self.add(Column(gap=Space.SMALL))
        fields = self._more.add(Folding(gap=Space.GAP))
        self._about = fields.add(Field(self.tr("Seat or member"), self.tr("A01 for a seat, 1 for a member")), 1)
        self._about.line.setObjectName(Name.JOURNAL_ABOUT)
        self._since = fields.add(Field(self.tr("From"), self.tr("Hour and minute: 09:30")), 1)
        self._since.line.setObjectName(Name.JOURNAL_SINCE)
        self._until = fields.add(Field(self.tr("To"), self.tr("Hour and minute: 11:45")), 1)
        self._until.line.setObjectName(Name.JOURNAL_UNTIL)
        kinds = self._more.add(Flow(gap=Space.SMALL))
        self._kinds: dict[EntryKind, QuietButton] = {}
        for kind, caption in self._captions().items():
            button = self._kinds[kind] = kinds.add(QuietButton(caption))
            button.setCheckable(True)
            button.setObjectName(part(Name.JOURNAL_KIND, kind.value))
            button.toggled.connect(self._change)
        self._more.hide()
        self._open.toggled.connect(self._unfold)
        self._only.toggled.connect(self._change)
        for field in (self._words, self._about, self._since, self._until):
            field.line.textChanged.connect(self._change)
        self.setFocusProxy(self._words)
        self.wanted = JournalWanted()

    def _captions(self) -> dict[EntryKind, str]:
        return {
            EntryKind.ARRIVAL: self.tr("Arriving and leaving"),
            EntryKind.DRAW: self.tr("Draws"),
            EntryKind.WORK: self.tr("Review and marks"),
            EntryKind.MATTER: self.tr("Matters"),
            EntryKind.ROOM: self.tr("Machines and accounts"),
            EntryKind.REFUSAL: self.tr("Refused"),
        }

    def clear(self) -> None:
        """Nothing is filtered, nothing typed stays."""
        for field in (self._words, self._about, self._since, self._until):
            field.clear()
        for button in (self._only, self._open, *self._kinds.values()):
            button.setChecked(False)

    def _unfold(self, on: bool) -> None:
        self._more.setVisible(on)
        self._change()

    def _change(self) -> None:
        """What is folded away does not filter: nobody would see why entries are missing."""
        since = until = ""
        about, kinds = "", frozenset[EntryKind]()
        if self._open.isChecked():
            since, until = self._time(self._since), self._time(self._until)
            about = "".join(self._about.text().casefold().split())
            kinds = frozenset(kind for kind, button in self._kinds.items() if button.isChecked())
        words = tuple(self._words.text().casefold().split())
        wanted = JournalWanted(words, about, since, until, kinds, self._only.isChecked())
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit()

    def _time(self, field: Field) -> str:
        found = time_of(field.text())
        if found is None:
            field.fault(self.tr("Please type hour and minute, as 09:30."))
        else:
            field.mend()
        return found or ""

"""What needs a hand, most urgent first, each with the one button that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.notice import SYMBOL_OF_TONE, Notice, NoticeLine, StatusPill
from ui.widgets.painted import paint_plate
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text

_URGENCY = (Tone.ERROR, Tone.ATTENTION, Tone.REMOTE, Tone.INFO, Tone.OK, Tone.QUIET)


@dataclass(frozen=True)
class Incident:
    """Something that waits for an answer; `key` names it for good, `action` is the caption of its button.

    The button is the primary one where `primary` says so: many of them in a list would shout.
    """

    key: str
    tone: Tone
    word: str
    title: str
    detail: str
    since: str
    action: str
    symbol: Symbol | None = None
    primary: bool = True


@dataclass(frozen=True)
class IncidentAnswered:
    """A person pressed the button of the incident `key`."""

    key: str


class IncidentCard(Row):
    """One incident: a bar in its tone, a word for it, what it is, since when, and its button."""

    answered = Signal(object)

    def __init__(self, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.WIDE, margin=(20, Space.GAP, Space.GAP, Space.GAP), parent=parent)
        self._incident = incident
        self._state = StatusPill(bare=True)
        self._since = Text(soft=True, wrap=False)
        self._title = Text(role=Role.STRONG)
        self._detail = Text()
        words = self.add(Column(gap=Space.HAIR), 1)
        head = words.add(Row(self._state, self._since, gap=Space.SMALL))
        head.fill()
        words.add(self._title)
        words.add(self._detail)
        self._button = self.add((PrimaryButton if incident.primary else Button)(incident.action))
        self._button.clicked.connect(self._answer)
        self.show_incident(incident)

    def show_incident(self, incident: Incident) -> None:
        """Show what has become of it."""
        self._incident = incident
        symbol = incident.symbol if incident.symbol is not None else SYMBOL_OF_TONE[incident.tone]
        self._state.show_state(incident.word, incident.tone, symbol)
        self._since.setText(incident.since)
        self._title.setText(incident.title)
        self._detail.setText(incident.detail)
        self._detail.setVisible(bool(incident.detail))
        self._button.set_caption(incident.action)
        self._button.setAccessibleName(f"{incident.action}: {incident.title}")
        self.setAccessibleName(f"{incident.word}: {incident.title} {incident.detail}".strip())
        self.update()

    def incident(self) -> Incident:
        """What is shown."""
        return self._incident

    def _answer(self) -> None:
        self.answered.emit(IncidentAnswered(self._incident.key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and its bar."""
        tone = self._incident.tone
        paint_plate(QPainter(self), QRectF(self.rect()), tone.ground, edge=tone.ink, bar=tone.ink)


class IncidentList(Column):
    """All incidents, most urgent first; says so (`quiet`) when there are none.

    A card stays the same widget as long as its incident lasts, so the focus never jumps to another button.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, quiet: str = "") -> None:
        super().__init__(gap=Space.GAP, parent=parent)
        self._cards: dict[str, IncidentCard] = {}
        self._quiet = self.add(NoticeLine(Notice(Tone.OK, quiet or self.tr("Nothing waits for you."))))
        self.fill()

    def set_incidents(self, incidents: Sequence[Incident]) -> None:
        """Show these: gone ones leave, changed ones change in place, new ones come in at their rank."""
        wanted = sorted(incidents, key=lambda incident: _URGENCY.index(incident.tone))
        keys = {incident.key for incident in wanted}
        for key in [key for key in self._cards if key not in keys]:
            self.drop(self._cards.pop(key))
        for place, incident in enumerate(wanted):
            card = self._cards.get(incident.key)
            if card is not None and card.incident().primary is not incident.primary:
                self.drop(self._cards.pop(incident.key))
                card = None
            if card is None:
                card = IncidentCard(incident)
                card.answered.connect(self._answer)
                self._cards[incident.key] = card
            elif card.incident() != incident:
                card.show_incident(incident)
            self.insert(place, card)
            card.show()
        self._quiet.setVisible(not wanted)

    def cards(self) -> list[IncidentCard]:
        """The cards from top to bottom."""
        return sorted(self._cards.values(), key=lambda card: _URGENCY.index(card.incident().tone))

    def _answer(self, answer: IncidentAnswered) -> None:
        self.answered.emit(answer)

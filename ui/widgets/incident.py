"""What needs a hand, most urgent first, each with the one button that answers it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import Space, Tone
from ui.widgets.boxes import Column
from ui.widgets.incident_card import Incident, IncidentAnswered, IncidentCard
from ui.widgets.notice import Notice, NoticeLine

_URGENCY = (Tone.ERROR, Tone.ATTENTION, Tone.REMOTE, Tone.INFO, Tone.OK, Tone.QUIET)


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
            if self.place_of(card) != place:
                self.insert(place, card)
                card.show()
        self._quiet.setVisible(not wanted)

    def cards(self) -> list[IncidentCard]:
        """The cards from top to bottom."""
        return sorted(self._cards.values(), key=lambda card: _URGENCY.index(card.incident().tone))

    def _answer(self, answer: IncidentAnswered) -> None:
        self.answered.emit(answer)

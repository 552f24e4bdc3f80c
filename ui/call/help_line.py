"""The call between one seat and the centre in one line: it rings, or with whom one talks, the own voice, hanging up."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from app.ports.call import LinkState
from ui.call.desk import CallDesk
from ui.call.partner_tile import PartnerTile
from ui.call.seen import CallSeen
from ui.call.strip import SPEAK_KEY, Asked
from ui.theme import Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.notice import Notice, NoticeLine

ANSWER_KEY = "F1"
"""The key that calls for help answers the centre too: at a seat it always leads to the centre and never away."""
HANG_UP_KEY = "F9"


@dataclass(frozen=True)
class HelpWords:
    """Whom one talks with, and what the line says while it rings, connects, is poor, and while one is heard or not."""

    partner: str
    rings: str
    connecting: str
    poor: str
    no_microphone: str
    heard: str
    mute: str


class HelpLine(Row):
    """Follows a CallDesk; not there while nobody calls. `asked` carries an `Asked`.

    Who answers or calls by a key of this window is heard at once, as on a telephone; a window that was started again
    in a running call waits for the key first.
    """

    asked = Signal(object)

    def __init__(self, desk: CallDesk, words: HelpWords, margin: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__(gap=Space.GAP, margin=margin)
        self._desk, self._words = desk, words
        self._ringing: CallSeen | None = None
        self._will_speak = False
        self._tile: PartnerTile | None = None
        self.line = self.add(NoticeLine(), 1)
        self._partner = self.add(Row(gap=0))
        self.answer = self.add(PrimaryButton(self.tr("Answer the call"), ANSWER_KEY))
        self.speak = self.add(Button(self.tr("Speak"), SPEAK_KEY))
        self.hang_up = self.add(Button(self.tr("Hang up"), HANG_UP_KEY))
        self.answer.clicked.connect(self._answer)
        self.speak.clicked.connect(lambda: desk.open_mouth(speaking=not desk.speaking))
        self.hang_up.clicked.connect(lambda: self._ask("LeaveCall"))
        desk.changed.connect(self._show)
        self.hide()

    def show_call(self, seen: CallSeen | None, words: HelpWords, *, rings: bool) -> None:
        """Be in the call that the view says; `rings`: it waits for this side to answer."""
        self._words = words
        self._ringing = seen if rings else None
        self.answer.setEnabled(True)
        self._desk.follow(seen)

    def will_speak(self) -> None:
        """The person has just asked for the call, and wants to be heard as soon as it is there."""
        self._will_speak = True

    def refused(self, sentence: str) -> None:
        """The room would not do what was asked here."""
        self._will_speak = False
        self.answer.setEnabled(True)
        self.line.tell(Notice(Tone.ERROR, sentence))

    @property
    def talking(self) -> bool:
        """Whether this machine is in the call."""
        seen = self._desk.seen
        return seen is not None and seen.inside

    @property
    def ringing(self) -> bool:
        """Whether the other side waits for an answer."""
        return self._ringing is not None

    # --- what is shown

    def _show(self) -> None:
        seen = self._desk.seen
        inside = self.talking
        self.setVisible(inside or self.ringing)
        if inside and self._will_speak:
            self._will_speak = False
            self._desk.open_mouth(speaking=True)  # shows everything anew
            return
        self._show_partner()
        self.answer.setVisible(self.ringing)
        self.speak.setVisible(inside)
        self.speak.setEnabled(self._desk.has_voice)
        self.speak.set_caption(self.tr("Mute") if self._desk.speaking else self.tr("Speak"))
        self.hang_up.set_caption(self.tr("Hang up") if inside else self.tr("Decline"))
        if seen is not None and (inside or self.ringing):
            self.line.tell(self._notice())

    def _show_partner(self) -> None:
        partner = next(iter(self._desk.partners), None)
        if self._tile is not None and (partner is None or self._tile.party != partner.party):
            self._partner.drop(self._tile)
            self._tile = None
        if partner is not None and self._tile is None:
            self._tile = self._partner.add(PartnerTile(self._words.partner, partner))
        elif partner is not None and self._tile is not None:
            self._tile.show_partner(partner)

    def _notice(self) -> Notice:
        words, call = self._words, self.tr("Call")
        partner = next(iter(self._desk.partners), None)
        if self.ringing:
            return Notice(Tone.ATTENTION, words.rings, call)
        if partner is None:
            return Notice(Tone.INFO, words.rings, call)
        if partner.state is LinkState.JOINING:
            return Notice(Tone.INFO, words.connecting, call)
        if partner.state is not LinkState.LIVE:
            return Notice(Tone.ATTENTION, words.poor, call)
        if not self._desk.has_voice:
            return Notice(Tone.ATTENTION, words.no_microphone, call)
        if self._desk.speaking:
            return Notice(Tone.OK, words.heard, call)
        return Notice(Tone.INFO, words.mute.format(key=SPEAK_KEY), call)

    # --- what is pressed

    def _answer(self) -> None:
        self.answer.setEnabled(False)  # once is enough, however often the key is hit
        self.will_speak()
        self._ask("JoinCall")

    def _ask(self, command: str) -> None:
        seen = self._desk.seen
        if seen is not None:
            self.asked.emit(Asked(command, {"call": seen.call}))

"""The call between one seat and the staff in one line: it rings, or with whom one talks, the own voice, hanging up;
and below it what the two write to each other where no voice gets through."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal

from app.ports.call import LinkState
from ui.call.desk import CallDesk
from ui.call.level_meter import LevelMeter
from ui.call.partner_tile import PartnerTile
from ui.call.seen import CallSeen
from ui.call.speak_key import SpeakKey
from ui.call.strip import SPEAK_KEY, Asked
from ui.call.write_row import WriteRow
from ui.theme import Space, Tone
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text

ANSWER_KEY = "F1"
"""The key that calls for help answers the centre too: at a seat it always leads to the centre and never away."""
WRITE_KEY = "F7"
HANG_UP_KEY = "F9"


@dataclass(frozen=True)
class HelpWords:
    """Whom one talks with, and what the line says while it rings, connects, is poor, and while one is heard or not."""

    partner: str
    rings: str
    waits: str
    connecting: str
    poor: str
    held: str
    no_microphone: str
    heard: str
    mute: str


def written_words(seen: CallSeen, partner: str) -> str:
    """The last lines of what was written, each with who wrote it."""
    me = QCoreApplication.translate("HelpLine", "Me")
    who = ((me if party == seen.party else partner, text) for party, text in seen.written)
    return "\n".join(f"{name}: {text}" for name, text in who)


class HelpLine(Column):
    """Follows a CallDesk; not there while nobody calls. `asked` carries an `Asked`. `more` takes buttons of the owner.

    Who answers or calls by a key of this window is heard at once, as on a telephone; a window that was started again
    in a running call waits for the key first.
    """

    asked = Signal(object)

    def __init__(self, desk: CallDesk, words: HelpWords, margin: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__(gap=Space.HAIR, margin=margin)
        self._desk, self._words = desk, words
        self._ringing: CallSeen | None = None
        self._will_speak = False
        self._tile: PartnerTile | None = None
        folding = self.add(Folding(gap=Space.GAP))
        row = folding.add(Row(gap=Space.GAP), 1)
        self.line = row.add(NoticeLine(), 1)
        self._partner = row.add(Row(gap=0))
        self.meter = row.add(LevelMeter(lambda: desk.own_level))
        keys = folding.add(Flow(gap=Space.SMALL))
        self.answer = keys.add(PrimaryButton(self.tr("Answer the call"), ANSWER_KEY))
        self.speak = keys.add(Button(self.tr("Speak"), SPEAK_KEY))
        self.more = keys.add(Flow(gap=Space.SMALL))
        self.write = keys.add(Button(self.tr("Write"), WRITE_KEY))
        self.hang_up = keys.add(Button(self.tr("Hang up"), HANG_UP_KEY))
        self.said = self.add(Text(""))
        self.writing = self.add(WriteRow())
        self.said.hide()
        self.writing.hide()
        SpeakKey(desk, self.speak, self)
        self.answer.clicked.connect(self._answer)
        self.speak.clicked.connect(lambda: desk.open_mouth(speaking=not desk.speaking))
        self.write.clicked.connect(self._open_writing)
        self.writing.sent.connect(self._send_words)
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
        if inside and self._will_speak and not (seen is not None and seen.held):
            self._will_speak = False
            self._desk.open_mouth(speaking=True)  # shows everything anew
            return
        held = seen is not None and bool(seen.held)
        if held and self._desk.speaking:
            self._desk.open_mouth(speaking=False)
            return
        self._show_partner()
        self.answer.setVisible(self.ringing)
        self.speak.setVisible(inside and not held)
        self.meter.setVisible(inside and self._desk.has_voice and not held)
        self.meter.show_open(open_=self._desk.speaking)
        self.more.setVisible(inside)
        self.write.setVisible(inside)
        self.speak.setEnabled(self._desk.has_voice)
        self.speak.set_caption(self.tr("Mute") if self._desk.speaking else self.tr("Speak"))
        self.hang_up.set_caption(self.tr("Hang up") if inside else self.tr("Decline"))
        said = written_words(seen, self._words.partner) if inside and seen is not None else ""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        if not inside:
            self.writing.shut()
        if seen is not None and (inside or self.ringing):
            self.line.tell(self._notice(seen))

    def _show_partner(self) -> None:
        partner = next(iter(self._desk.partners), None)
        if self._tile is not None and (partner is None or self._tile.party != partner.party):
            self._partner.drop(self._tile)
            self._tile = None
        if partner is not None and self._tile is None:
            self._tile = self._partner.add(PartnerTile(self._words.partner, partner))
        elif partner is not None and self._tile is not None:
            self._tile.show_partner(partner)

    def _notice(self, seen: CallSeen) -> Notice:
        words, call = self._words, self.tr("Call")
        partner = next(iter(self._desk.partners), None)
        if self.ringing:
            return Notice(Tone.ATTENTION, words.rings, call)
        if seen.held:
            return Notice(Tone.ATTENTION, words.held, call)
        if partner is None:
            return Notice(Tone.INFO, words.waits, call)
        if partner.state is LinkState.JOINING:
            return Notice(Tone.INFO, words.connecting, call)
        if partner.state is not LinkState.LIVE:
            return Notice(Tone.ATTENTION, words.poor.format(key=WRITE_KEY), call)
        if not self._desk.has_voice:
            return Notice(Tone.ATTENTION, words.no_microphone, call)
        if self._desk.speaking:
            return Notice(Tone.OK, words.heard, call)
        return Notice(Tone.INFO, words.mute.format(key=SPEAK_KEY), call)

    # --- what is pressed

    def _answer(self) -> None:
        if self._ringing is not None:
            self.answer.setEnabled(False)
            self.will_speak()
            self.asked.emit(Asked("JoinCall", {"call": self._ringing.call}))

    def _open_writing(self) -> None:
        self.writing.open()

    def _send_words(self, text: str) -> None:
        seen = self._desk.seen
        if seen is not None and seen.inside:
            self.asked.emit(Asked("WriteInCall", {"call": seen.call, "text": text}))

    def _ask(self, command: str) -> None:
        seen = self._ringing or self._desk.seen
        if seen is not None:
            self.asked.emit(Asked(command, {"call": seen.call}))

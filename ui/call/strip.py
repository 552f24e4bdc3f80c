"""The strip of the committee's call: closed and why, or who is in it, the own voice, the word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal

from ui.call.desk import CallDesk
from ui.call.partner_row import PartnerRow
from ui.call.seen import CallSeen, WordSeen
from ui.call.speak_key import SpeakKey
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text

SPEAK_KEY = "F8"


@dataclass(frozen=True)
class Asked:
    """What the person pressed: a command of the room and its data."""

    command: str
    data: dict[str, str]


def obstacle_words(obstacle: str, asked: str = "") -> str:
    """Why the committee's call cannot be joined now; `asked`: whom outside it may ask at other times."""
    translate = QCoreApplication.translate
    closed = translate("CallStrip", "Closed while everybody works alone; it opens by itself afterwards.")
    if asked:
        closed = translate(
            "CallStrip",
            "Closed while everybody works alone, and no line to {whom} either; it opens by itself afterwards.",
        ).format(whom=asked)
    return {
        "call_closed": closed,
        "seat_locked": translate("CallStrip", "Closed while this seat is locked."),
    }.get(obstacle, translate("CallStrip", "Not open for this seat."))


class CallStrip(Column):
    """Follows a CallDesk. `asked` carries an `Asked`; not there at all for who does not sit."""

    asked = Signal(object)

    def __init__(self, desk: CallDesk, name_of: Callable[[str], str]) -> None:
        super().__init__(gap=Space.HAIR, margin=(Space.PAGE, Space.SMALL, Space.PAGE, 0))
        self._desk, self._name_of = desk, name_of
        self._word = WordSeen("", ())
        self._chair = self._held = self._gives = False
        self._outsider = self._may_ask = ""
        first = self.add(Row(gap=Space.GAP))
        title = first.add(Text(self.tr("Committee call"), Role.STRONG))
        title.setWordWrap(False)
        self.recorded = first.add(StatusPill(self.tr("Recorded"), Tone.INFO, Symbol.RECORDING))
        self.recorded.hide()
        self._recorded = False
        self.line = first.add(NoticeLine(), 1)
        self.word = first.add(Button(""))
        self.speak = first.add(Button(self.tr("Speak"), SPEAK_KEY))
        self.join = first.add(PrimaryButton(self.tr("Join the call")))
        self.leave = first.add(Button(self.tr("Leave")))
        self._people = self.add(PartnerRow(desk, name_of))
        self.meter = self._people.meter
        SpeakKey(desk, self.speak, self)
        self.speak.clicked.connect(self._toggle_voice)
        self.join.clicked.connect(lambda: self._ask("JoinCall"))
        self.leave.clicked.connect(lambda: self._ask("LeaveCall"))
        self.word.clicked.connect(self._press_word)
        desk.changed.connect(self._show)
        self.hide()

    def show_word(self, word: WordSeen, *, chair: bool) -> None:
        """Who has the word, who asks for it, and whether this seat gives it."""
        self._word, self._chair = word, chair
        self._show()

    def show_outside(self, *, may_ask: str, hears: str) -> None:
        """Whom outside the committee may ask, and who of them hears this call now; '' for nobody."""
        self._may_ask, self._outsider = may_ask, hears
        self._show()

    def give_room(self, *, given: bool) -> None:
        """While something else is heard a call that cannot be joined anyway takes no room."""
        self._gives = given
        self._show()

    def hold(self, *, held: bool) -> None:
        """While this seat talks with someone else, nothing of it goes into this call."""
        self._held = held
        if held and self._desk.speaking:
            self._desk.open_mouth(speaking=False)
        self._show()

    def show_recording(self, *, running: bool) -> None:
        """Whether what is said here is recorded."""
        self._recorded = running
        self._show()

    # --- what is shown

    def _show(self) -> None:
        seen = self._desk.seen
        # What cannot be joined anyway gives its room to the call that is held.
        gives = self._held or (self._gives and seen is not None and bool(seen.obstacle))
        self.setVisible(seen is not None and (seen.inside or not gives))
        if seen is None:
            return
        inside = seen.inside
        self._people.show_partners(self._desk.partners)
        self.join.setVisible(not inside and not seen.obstacle)
        self.leave.setVisible(inside)
        self.recorded.setVisible(inside and self._recorded)
        self.speak.setVisible(inside)
        self.meter.setVisible(inside and self._desk.has_voice)
        self.meter.show_open(open_=self._desk.speaking)
        self.speak.setEnabled(self._desk.has_voice and not self._held)
        self.speak.set_caption(self.tr("Mute") if self._desk.speaking else self.tr("Speak"))
        caption = self._word_caption(seen)
        self.word.setVisible(bool(caption))
        if caption:
            self.word.set_caption(caption)
        self.line.tell(self._notice(seen))

    def _notice(self, seen: CallSeen) -> Notice:
        if seen.obstacle:
            return Notice(Tone.QUIET, obstacle_words(seen.obstacle, self._may_ask))
        if not seen.inside:
            return Notice(Tone.INFO, self.tr("The call is open."))
        if self._held:
            return Notice(Tone.INFO, self.tr("While you talk with the centre, the others do not hear you."))
        if not self._desk.has_voice:
            return Notice(
                Tone.ATTENTION, self.tr("No microphone was found: you hear the others, they do not hear you.")
            )
        if self._outsider:
            told = self.tr("{name} hears this call and is heard; it is recorded.").format(name=self._outsider)
            return Notice(Tone.ATTENTION, told)
        if self._word.holder == seen.party:
            return Notice(Tone.OK, self.tr("You have the word."))
        if self._word.holder:
            return Notice(Tone.INFO, self.tr("{name} has the word.").format(name=self._name_of(self._word.holder)))
        if self._chair and self._word.asked:
            return Notice(
                Tone.ATTENTION, self.tr("{name} would like to speak.").format(name=self._name_of(self._word.asked[0]))
            )
        if self._desk.speaking and seen.mask.voice == "changed":
            return Notice(Tone.OK, self.tr("The others hear you with a changed voice, which hides it only weakly."))
        if self._desk.speaking:
            return Notice(Tone.OK, self.tr("The others hear you."))
        return Notice(Tone.INFO, self.tr("You hear the others; press {key} to speak.").format(key=SPEAK_KEY))

    def _word_caption(self, seen: CallSeen) -> str:
        if not seen.inside:
            return ""
        if self._chair and self._word.asked:
            return self.tr("Give the word")
        if self._chair and self._word.holder:
            return self.tr("End of the word")
        if self._chair or seen.party in (*self._word.asked, self._word.holder):
            return ""
        return self.tr("Ask for the word")

    # --- what is pressed

    def _press_word(self) -> None:
        if not self._chair:
            self.asked.emit(Asked("AskWord", {}))
        else:
            self.asked.emit(Asked("GiveWord", {"alias": self._word.asked[0] if self._word.asked else ""}))

    def _toggle_voice(self) -> None:
        self._desk.open_mouth(speaking=not self._desk.speaking)

    def _ask(self, command: str) -> None:
        seen = self._desk.seen
        if seen is not None:
            self.asked.emit(Asked(command, {"call": seen.call}))

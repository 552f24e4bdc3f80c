"""The line of who is asked by the committee, at their own console: opened by the centre, heard by all or by nobody."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance

from app.evaluation.stages import SEALED_STAGES
from app.link import Failed
from app.ports.call import LinkState
from ui.call.desk import CallDesk, Equipment
from ui.call.line import SignalLink
from ui.call.partner_row import PartnerRow
from ui.call.ringing import Ringing
from ui.call.seen import LineSeen, line_seen
from ui.call.speak_key import SpeakKey
from ui.call.strip import SPEAK_KEY
from ui.console.desk import Desk, sentence_of
from ui.console.names import Name
from ui.console.sight import Sight
from ui.console.words import party_word
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text

JOIN_KEY = "F1"
LEAVE_KEY = "F9"

translate = QCoreApplication.translate


class OutsideCall(QObject):
    """`line` is there while the committee asks, and afterwards until it has been read why it is over.

    The members' names stay unknown here; they are heard as the rule set has it, and who is asked is heard as they are.
    """

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: Equipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = CallDesk(link, signalled, replace(equipment, voice=None, pictures={}), self)
        self.ringing = Ringing(equipment, self)
        self._seen: LineSeen | None = None
        self._stream = ""
        self._sealed = False
        self._over = False
        self._refusal = ""
        self.line = Column(gap=Space.HAIR)
        self.line.setObjectName(Name.ASKED_LINE)
        folding = self.line.add(Folding(gap=Space.GAP))
        first = folding.add(Row(gap=Space.GAP), 1)
        keys = folding.add(Flow(gap=Space.SMALL))
        first.add(Text(translate("OutsideCall", "The committee asks"), Role.STRONG, wrap=False))
        self._recorded = first.add(StatusPill(translate("OutsideCall", "Recorded"), Tone.INFO, Symbol.RECORDING))
        self.notice = first.add(NoticeLine(), 1)
        self.speak = keys.add(Button(translate("OutsideCall", "Speak"), SPEAK_KEY))
        self.speak.setObjectName(Name.ASKED_SPEAK)
        self.join = keys.add(PrimaryButton(translate("OutsideCall", "Join the call"), JOIN_KEY))
        self.join.setObjectName(Name.ASKED_JOIN)
        self.leave = keys.add(Button(translate("OutsideCall", "Leave"), LEAVE_KEY))
        self.leave.setObjectName(Name.ASKED_LEAVE)
        self.read = keys.add(Button(translate("OutsideCall", "I have read it")))
        self.read.setObjectName(Name.ASKED_READ)
        self._people = self.line.add(PartnerRow(self._call, party_word))
        SpeakKey(self._call, self.speak, self)
        self.speak.clicked.connect(lambda: self._call.open_mouth(speaking=not self._call.speaking))
        self.join.clicked.connect(lambda: self._ask("JoinCall"))
        self.leave.clicked.connect(lambda: self._ask("LeaveCall"))
        self.read.clicked.connect(self._put_away)
        self._call.changed.connect(self._show)
        self.line.hide()

    def show_sight(self, sight: Sight) -> None:
        """Be where the view says that this machine is."""
        found = ((one, line_seen(one["stream"], one.get("matters") or {})) for one in sight.evaluations)
        asking = next(((one, seen) for one, seen in found if seen is not None), None)
        if asking is not None:
            evaluation, self._seen = asking
            self._stream, self._over = evaluation["stream"], False
        else:
            self._over = self._over or self._seen is not None
            self._seen = None
            evaluation = sight.evaluation(self._stream) or {"lots": []}
        if not sight.evaluations:
            self._over = False
        self._sealed = any(lot["stage"] in SEALED_STAGES for lot in evaluation["lots"])
        self._refusal = ""
        call = None if self._seen is None else self._seen.call
        self._call.follow(call)
        self.ringing.ring(waits=call is not None and not call.inside)

    def close(self) -> None:
        """End with the window; a new window is back by itself."""
        self.ringing.close()
        self._call.close()

    # --- what is shown

    def _show(self) -> None:
        seen = self._seen
        call = None if seen is None else seen.call
        inside = call is not None and call.inside
        self.line.setVisible(seen is not None or self._over)
        self._people.setVisible(inside)
        self._people.show_partners(self._call.partners)
        able = self._call.has_voice
        self._people.meter.setVisible(inside and able)
        self._people.meter.show_open(open_=self._call.speaking)
        heard = inside and seen is not None and not seen.held
        self._recorded.setVisible(heard)
        if self._call.speaking and not heard:
            self._call.open_mouth(speaking=False)  # shows everything anew
            return
        self.speak.setVisible(inside)
        self.speak.setEnabled(able and heard)
        speaking = self._call.speaking
        self.speak.set_caption(translate("OutsideCall", "Mute") if speaking else translate("OutsideCall", "Speak"))
        self.join.setVisible(call is not None and not inside)
        self.leave.setVisible(inside)
        self.read.setVisible(self._over)
        self.notice.tell(self._notice())

    def _notice(self) -> Notice:
        seen = self._seen
        if self._refusal:
            return Notice(Tone.ERROR, self._refusal)
        if seen is None and self._sealed:
            told = translate(
                "OutsideCall", "The line is closed: the members work alone now. The chair may ask again afterwards."
            )
            return Notice(Tone.QUIET, told)
        if seen is None:
            return Notice(Tone.QUIET, translate("OutsideCall", "The line is over."))
        if seen.call is None:
            told = translate("OutsideCall", "The centre opens the line as soon as all members are there and recorded.")
            return Notice(Tone.INFO, told)
        if seen.held == "recording":
            told = translate(
                "OutsideCall", "On hold, nobody hears you: what is said would not be recorded. It goes on by itself."
            )
            return Notice(Tone.ATTENTION, told)
        if seen.held:
            told = translate(
                "OutsideCall", "On hold, nobody hears you: not all members are in the call. It goes on by itself."
            )
            return Notice(Tone.ATTENTION, told)
        if not seen.call.inside:
            told = translate(
                "OutsideCall", "The line is open: the whole committee hears what you say, and it is recorded."
            )
            return Notice(Tone.ATTENTION, told)
        return self._heard()

    def _heard(self) -> Notice:
        if not self._call.has_voice:
            told = translate("OutsideCall", "No microphone was found: you hear the members, they do not hear you.")
            return Notice(Tone.ATTENTION, told)
        if any(partner.state is LinkState.STALE for partner in self._call.partners):
            told = translate("OutsideCall", "The line to a member is poor; it is tried again by itself.")
            return Notice(Tone.ATTENTION, told)
        if self._call.speaking:
            return Notice(Tone.OK, translate("OutsideCall", "All members hear you with your own voice."))
        told = translate("OutsideCall", "You hear the members; press or hold {key} to speak.").format(key=SPEAK_KEY)
        return Notice(Tone.INFO, told)

    # --- what is pressed

    def _ask(self, command: str) -> None:
        call = None if self._seen is None else self._seen.call
        if call is not None:
            self._desk.send(call.stream, command, {"call": call.call}, _heard, self._refused)

    def _refused(self, failure: Failed) -> None:
        self._refusal = sentence_of(failure)
        self._show()

    def _put_away(self) -> None:
        self._over = False
        self._show()


def _heard(_answer: object) -> None:
    """The next view says what came of it."""

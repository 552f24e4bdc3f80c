"""The call with the centre at a seat: rings, is answered or declined, and is held with the own voice as it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance

from app.link import Answered, Failed
from ui.call.desk import CallDesk, Equipment
from ui.call.help_line import HelpLine, HelpWords
from ui.call.line import SignalLink
from ui.call.ringing import Ringing
from ui.call.seen import help_call, rings
from ui.call.strip import Asked
from ui.seat.desk import Desk
from ui.seat.names import Name
from ui.seat.steps import Sight
from ui.theme import Space

translate = QCoreApplication.translate


class SeatHelp(QObject):
    """Beside every page, above the committee's call. The centre knows who sits where: towards it there is no mask."""

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: Equipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = CallDesk(link, signalled, replace(equipment, voice=None, pictures={}), self)
        self.line = HelpLine(self._call, _words(), (Space.PAGE, Space.SMALL, Space.PAGE, 0))
        self.line.setObjectName(Name.CENTRE_CALL)
        self.line.answer.setObjectName(Name.CENTRE_ANSWER)
        self.line.hang_up.setObjectName(Name.CENTRE_HANG_UP)
        self.line.asked.connect(self._ask)
        self._uses = equipment.uses
        self.ringing = Ringing(equipment, self)

    def show_sight(self, sight: Sight) -> None:
        """Be where the view says this seat is."""
        evaluation = sight.evaluation or {}
        told = (evaluation.get("matters") or {}).get("call") or {}
        seen = help_call(str(evaluation.get("stream", "")), told)
        self.line.show_call(seen, _words(), rings=rings(told))
        # In a committee's call the open microphone would carry it: there the line alone says that the centre calls.
        self.ringing.ring(waits=self.line.ringing and not self._uses.listens)

    @property
    def talking(self) -> bool:
        """Whether this seat talks with the centre."""
        return self.line.talking

    def caption(self) -> str:
        """What the button that calls for help says instead; '' while the centre neither calls nor talks."""
        if self.talking:
            return translate("SeatHelp", "With the centre")
        return translate("SeatHelp", "The centre calls") if self.line.ringing else ""

    def close(self) -> None:
        """End with the window; a new window is back in the call by itself."""
        self.ringing.close()
        self._call.close()

    def answered(self, answer: Answered) -> None:
        """The next view says what came of it."""

    def refused(self, failure: Failed) -> None:
        """Say why where it was asked."""
        self.line.refused(failure.sentence)

    def _ask(self, asked: Asked) -> None:
        self._desk.send(self, asked.command, asked.data)


def _words() -> HelpWords:
    poor = translate(
        "SeatHelp",
        "Nothing is heard from the centre just now; it is tried again by itself. Press {key} to write instead.",
    )
    return HelpWords(
        partner=translate("SeatHelp", "Centre"),
        rings=translate("SeatHelp", "The centre calls this seat. Nobody else hears this call."),
        waits=translate("SeatHelp", "Waiting for the centre to answer."),
        held=translate("SeatHelp", "The centre lets this call wait a moment: neither side hears the other."),
        connecting=translate("SeatHelp", "Connecting with the centre."),
        poor=poor,
        no_microphone=translate("SeatHelp", "No microphone was found: you hear the centre, it does not hear you."),
        heard=translate("SeatHelp", "The centre hears you with your own voice; nobody else does."),
        mute=translate("SeatHelp", "You hear the centre; press {key} to speak."),
    )

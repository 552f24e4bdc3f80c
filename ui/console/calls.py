"""The calls of a console of the centre with seats: rings one up, holds one at a time, hangs up, takes one over."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance

from app.link import Failed
from ui.bridge.requests import Refused
from ui.call.desk import CallDesk, Equipment
from ui.call.help_line import HelpLine, HelpWords
from ui.call.line import SignalLink
from ui.call.ringing import Ringing
from ui.call.seen import CallSeen, held_calls, help_of
from ui.call.strip import Asked
from ui.console.broadcast import Broadcasts
from ui.console.call_queue import CallQueue
from ui.console.desk import Desk, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.sight import Sight, Target
from ui.console.waiting_calls import WaitingCall, Why, waiting_calls
from ui.console.words import alias_word, role_word, seat_word
from ui.widgets.buttons import Button

translate = QCoreApplication.translate


class ConsoleCalls(QObject):
    """`line` stands above every page while a call is held; `queue` says who waits, and a ring is heard meanwhile.

    Nobody sees a face by it: it is for the voice alone.
    """

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: Equipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = CallDesk(link, signalled, replace(equipment, voice=None, pictures={}), self)
        self.line = HelpLine(self._call, _words(""))
        self.line.setObjectName(Name.CALL_LINE)
        self.line.hang_up.setObjectName(Name.CALL_HANG_UP)
        self.line.asked.connect(self._ask)
        self.wait = self.line.more.add(Button(translate("ConsoleCall", "Hold")))
        self.wait.setObjectName(Name.CALL_HOLD)
        self.wait.clicked.connect(self._hold_or_resume)
        self._takers: dict[str, Button] = {}
        self.ringing = Ringing(equipment, self)
        self.queue = CallQueue(self.ringing)
        self.queue.answered.connect(self._take)
        self.queue.written.connect(self._write_to)
        self.broadcasts = Broadcasts(link, signalled, equipment, desk, self)

    def show_sight(self, sight: Sight) -> None:
        """Be in the call that the view says this machine holds."""
        held = [
            call
            for one in sight.evaluations
            for call in held_calls(one["stream"], (one.get("matters") or {}).get("call") or {})
        ]
        # The one that is talked in comes before those that wait.
        seen = next((call for call in held if not call.held), held[0] if held else None)
        self._show_takers(sight, seen)
        waiting = waiting_calls(sight, seen)
        self.queue.show_waiting(waiting)
        # In the ear of whoever talks a ring would only disturb: the queue shows who came meanwhile.
        talks = seen is not None and not seen.held
        self.broadcasts.show_sight(sight, held=talks)
        self.ringing.ring(waits=any(one.rings for one in waiting) and not talks and not self.broadcasts.on)
        self.line.show_call(seen, _words(_whom(sight, seen) if seen is not None else ""), rings=False)

    @property
    def talking(self) -> bool:
        """Whether this machine holds a call: then no other is begun."""
        return self.line.talking

    def ring(self, stream: str, alias: str, refused: Refused) -> None:
        """Ring a seat up, or take over its call from another console of the centre."""
        self._come(stream, "JoinCall", help_of(alias), refused)

    def _take(self, one: WaitingCall) -> None:
        """Talk with who waits; whom this console talks with meanwhile is put on hold first."""
        command = "ResumeCall" if one.why is Why.HELD else "JoinCall"
        now = self._call.seen

        def come(_answer: object = None) -> None:
            self._come(one.stream, command, one.call, self._not_taken)

        if now is None or not now.inside or now.held:
            come()
        else:
            self._desk.send(now.stream, "HoldCall", {"call": now.call}, come, self._not_taken)

    def _not_taken(self, failure: Failed) -> None:
        self.queue.tell(sentence_of(failure))

    def _write_to(self, one: WaitingCall) -> None:
        self._desk.go(Target(PageName.SEAT, one.stream, seat=one.seat))

    def _come(self, stream: str, command: str, call: str, refused: Refused) -> None:
        def failed(failure: Failed) -> None:
            self.line.refused(sentence_of(failure))
            refused(failure)

        self.line.will_speak()
        self._desk.send(stream, command, {"call": call}, _heard, failed)

    def _show_takers(self, sight: Sight, seen: CallSeen | None) -> None:
        """To whom of the staff the rule set lets this call be handed over."""
        if seen is None:
            return
        resume = translate("ConsoleCall", "Talk again")
        self.wait.set_caption(resume if seen.held else translate("ConsoleCall", "Hold"))
        told = ((sight.evaluation(seen.stream) or {}).get("matters") or {}).get("call") or {}
        takers = [str(role) for role in told.get("takers", ())]
        for role in takers:
            if role not in self._takers:
                caption = translate("ConsoleCall", "To {role}").format(role=taker_word(role))
                button = self._takers[role] = self.line.more.add(Button(caption))
                button.setObjectName(part(Name.CALL_HAND_OVER, role))
                button.clicked.connect(lambda _on=False, to=role: self._hand_over(to))
        for role, button in self._takers.items():
            button.setVisible(role in takers)
            button.setEnabled(seen.held != role)

    def _hold_or_resume(self) -> None:
        seen = self._call.seen
        if seen is not None:
            if seen.held:
                self.line.will_speak()
            self._ask(Asked("ResumeCall" if seen.held else "HoldCall", {"call": seen.call}))

    def _hand_over(self, to: str) -> None:
        seen = self._call.seen
        if seen is not None:
            self._ask(Asked("HandOver", {"call": seen.call, "to": to}))

    def close(self) -> None:
        """End with the window; the room still has this machine in its call, and a new window is back by itself."""
        self.ringing.close()
        self.broadcasts.close()
        self._call.close()

    def _ask(self, asked: Asked) -> None:
        seen = self._call.seen
        if seen is not None:
            self._desk.send(
                seen.stream, asked.command, asked.data, _heard, lambda failure: self.line.refused(sentence_of(failure))
            )


def taker_word(role: str) -> str:
    """Who takes a call over."""
    if role == "centre":
        return translate("ConsoleCall", "another console of the centre")
    return role_word(role)


def _heard(_answer: object) -> None:
    """The next view says what came of it."""


def _whom(sight: Sight, seen: CallSeen) -> str:
    """Seat and member that a call is held with."""
    evaluation = sight.evaluation(seen.stream) or {"members": []}
    found = (one for one in evaluation["members"] if one["alias"] and help_of(one["alias"]) == seen.call)
    member = next(found, None)
    return f"{seat_word(member['seat'])} · {alias_word(member['alias'])}" if member else ""


def _words(whom: str) -> HelpWords:
    return HelpWords(
        partner=whom,
        rings=translate("ConsoleCall", "{whom}: it rings. Without an answer, write to the seat on its page.").format(
            whom=whom
        ),
        waits=translate("ConsoleCall", "{whom}: it rings. Without an answer, write to the seat on its page.").format(
            whom=whom
        ),
        held=translate("ConsoleCall", "{whom} waits: neither side hears the other.").format(whom=whom),
        connecting=translate("ConsoleCall", "Connecting with {whom}.").format(whom=whom),
        poor=translate(
            "ConsoleCall",
            "Nothing is heard from {whom} just now; it is tried again by itself. Press {key} to write instead.",
        ).replace("{whom}", whom),
        no_microphone=translate("ConsoleCall", "No microphone was found: you hear {whom} and are not heard.").format(
            whom=whom
        ),
        heard=translate("ConsoleCall", "{whom} hears you; nobody else does.").format(whom=whom),
        mute=translate("ConsoleCall", "You hear {whom}; press {key} to speak.").replace("{whom}", whom),
    )

"""The centre's voice at every seat: begun from its page, spoken with a key, shown above every page while it is on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal, SignalInstance

from app.link import Failed
from app.ports.call import LinkState
from ui.call.desk import CallDesk, Equipment, Way
from ui.call.level_meter import LevelMeter
from ui.call.line import SignalLink
from ui.call.seen import own_broadcast
from ui.call.speak_key import SpeakKey
from ui.call.strip import SPEAK_KEY
from ui.console.desk import Desk, sentence_of
from ui.console.names import Name
from ui.console.sight import Sight
from ui.theme import Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button, DangerButton
from ui.widgets.notice import Notice, NoticeLine

translate = QCoreApplication.translate


class Broadcasts(QObject):
    """One call for each evaluation whose seats are spoken to, and one mouth for all of them."""

    changed = Signal()

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: Equipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._link, self._signalled, self._desk = link, signalled, desk
        self._equipment = replace(equipment, voice=None, pictures={})
        self._calls: dict[str, CallDesk] = {}
        self._held = False
        self.line = BroadcastLine(self)

    def show_sight(self, sight: Sight, *, held: bool) -> None:
        """Speak where the view says that this machine does; `held`: it talks with one seat meanwhile."""
        found = {}
        for one in sight.evaluations:
            told = (one.get("matters") or {}).get("call") or {}
            seen = own_broadcast(one["stream"], told)
            if seen is not None:
                found[one["stream"]] = seen
        speaking = self.speaking
        for stream in [stream for stream in self._calls if stream not in found]:
            self._drop(stream)
        for stream, seen in found.items():
            call = self._calls.get(stream)
            if call is None:
                call = self._calls[stream] = CallDesk(self._link, self._signalled, self._equipment, self, Way.TELL)
                call.changed.connect(self.changed)
            call.follow(seen)
            if speaking and not call.speaking:
                call.open_mouth(speaking=True)
        self._held = held
        if held and self.speaking:
            self.open_mouth(speaking=False)
        self.changed.emit()

    @property
    def on(self) -> bool:
        """Whether this machine speaks to seats."""
        return bool(self._calls)

    @property
    def held(self) -> bool:
        """Whether a call with one seat comes first."""
        return self._held

    @property
    def speaking(self) -> bool:
        """Whether the voice goes out."""
        return any(call.speaking for call in self._calls.values())

    @property
    def own_level(self) -> float | None:
        """How loud the microphone is; None without one."""
        return next((call.own_level for call in self._calls.values()), None)

    def reached(self) -> tuple[int, int]:
        """How many seats hear it now, and how many are in it."""
        partners = [partner for call in self._calls.values() for partner in call.partners]
        return sum(partner.state is LinkState.LIVE for partner in partners), len(partners)

    def open_mouth(self, *, speaking: bool) -> None:
        """Speak to all of them, or no more."""
        for call in self._calls.values():
            call.open_mouth(speaking=speaking and not self._held)

    def end(self) -> None:
        """Take every one of them away."""
        for stream in self._calls:
            self._desk.send(stream, "EndBroadcast", {}, _heard, self._refused)

    def close(self) -> None:
        """The window ends; the room still has this machine speak, and a new window does by itself."""
        for call in self._calls.values():
            call.close()

    def _drop(self, stream: str) -> None:
        call = self._calls.pop(stream)
        call.follow(None)
        call.deleteLater()

    def _refused(self, failure: Failed) -> None:
        self.line.refused(sentence_of(failure))


class BroadcastLine(Row):
    """Above every page, so that nobody forgets that every seat hears."""

    def __init__(self, broadcasts: Broadcasts) -> None:
        super().__init__(gap=Space.GAP)
        self._on = broadcasts
        self.setObjectName(Name.BROADCAST_LINE)
        self.line = self.add(NoticeLine(), 1)
        self.meter = self.add(LevelMeter(lambda: broadcasts.own_level))
        self.speak = self.add(Button(self.tr("Speak"), SPEAK_KEY))
        self.speak.setObjectName(Name.BROADCAST_SPEAK)
        self.over = self.add(DangerButton(self.tr("End the broadcast")))
        self.over.setObjectName(Name.BROADCAST_END)
        SpeakKey(broadcasts, self.speak, self)
        self.speak.clicked.connect(lambda: broadcasts.open_mouth(speaking=not broadcasts.speaking))
        self.over.clicked.connect(broadcasts.end)
        broadcasts.changed.connect(self._show)
        self.hide()

    def refused(self, sentence: str) -> None:
        """The room would not end it."""
        self.line.tell(Notice(Tone.ERROR, sentence))

    def _show(self) -> None:
        self.setVisible(self._on.on)
        if not self._on.on:
            return
        speaking, able = self._on.speaking, self._on.own_level is not None
        self.speak.set_caption(self.tr("Mute") if speaking else self.tr("Speak"))
        self.speak.setEnabled(able and not self._on.held)
        self.meter.setVisible(able)
        self.meter.show_open(open_=speaking)
        self.line.tell(self._notice(speaking=speaking, able=able))

    def _notice(self, *, speaking: bool, able: bool) -> Notice:
        live, inside = self._on.reached()
        title = self.tr("Broadcast")
        reached = self.tr("{live} of {inside} seats are connected.").format(live=live, inside=inside)
        if not able:
            told = self.tr("No microphone was found: nobody hears you. {reached}")
            return Notice(Tone.ATTENTION, told.format(reached=reached), title)
        if self._on.held:
            told = self.tr("While you talk with one seat, the others do not hear you. {reached}")
            return Notice(Tone.INFO, told.format(reached=reached), title)
        if speaking:
            told = self.tr("The seats hear you; you hear nobody. {reached}")
            return Notice(Tone.OK, told.format(reached=reached), title)
        told = self.tr("Press or hold {key} to speak. {reached}")
        return Notice(Tone.INFO, told.format(key=SPEAK_KEY, reached=reached), title)


def _heard(_answer: object) -> None:
    """The next view says what came of it."""

"""One call at one machine: follows what the view says of it, and tells how it stands with each partner."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from app.ports.call import Call, CallNews, EngineLost, LinkChanged, LinkState, PictureCame, Signalling, SoundCame
from app.ports.camera import Frame
from app.ports.device import Unsubscribe
from app.ports.sound import Sound
from ui.call.line import RoomLine, SignalLink
from ui.call.seen import CallSeen

CallMaker = Callable[[Signalling], Call]
VoiceChange = Callable[[bytes], bytes]
PictureChange = Callable[[Frame], Frame]

PICTURES_S = 0.1
"""Seconds between two own pictures: a face that listens needs no more, and small rooms have many seats."""
LOUD = 0.02
"""Level from which a partner is shown as speaking, of 1."""
FADE_MS = 200
END_S = 5.0
"""Seconds that a window which closes waits for its engine at most."""


class Way(Enum):
    """What this machine does in a call."""

    BOTH = "both"
    HEAR = "hear"  # no microphone is opened, and nothing of this machine goes out
    TELL = "tell"  # whatever comes is dropped


class SoundUses:
    """Counts the calls that use a machine's sound: it is on with the first and off after the last.

    The microphone is open only while somebody `listens`: who rings or is only told something needs none.
    """

    def __init__(self) -> None:
        self._users = self._listeners = 0

    @property
    def users(self) -> int:
        """How many use it now."""
        return self._users

    @property
    def listens(self) -> bool:
        """Whether a microphone is open: what is played here then might be heard elsewhere."""
        return self._listeners > 0

    def take(self, sound: Sound, *, listens: bool = True) -> Unsubscribe:
        """Use it from now on, until what is returned is called, once."""
        self._users += 1
        self._listeners += listens
        sound.listen(listens=self._listeners > 0)
        sound.start()

        def give_back() -> None:
            self._users -= 1
            self._listeners -= listens
            if not self._users:
                sound.stop()
            elif listens:
                sound.listen(listens=self._listeners > 0)

        return give_back


@dataclass(frozen=True)
class Equipment:
    """What a machine brings into a call; without a microphone one still hears, without a camera one is still heard.

    `voice` makes a fresh change of voice for each stay; `pictures` are the masks of the own picture by the rule set's
    word. What the rule set demands (`CallSeen.mask`) is done with these, or nothing of the kind goes out.
    """

    make: CallMaker
    sound: Sound | None = None
    voice: Callable[[], VoiceChange] | None = None
    pictures: Mapping[str, PictureChange] = field(default_factory=dict)
    uses: SoundUses = field(default_factory=SoundUses)
    """Of `sound`: the same for every call of a machine."""
    raw: Callable[[bytes], None] | None = None
    """Is given what is said while the own voice goes out, before it is changed: for this machine's sealed recording."""


@dataclass(frozen=True)
class PartnerState:
    """How it stands with a partner; `level` from 0 to 1 is that of the last moment."""

    party: str
    state: LinkState = LinkState.JOINING
    level: float = 0.0
    picture: Frame | None = None

    @property
    def speaks(self) -> bool:
        """Whether something is to be heard."""
        return self.state is LinkState.LIVE and self.level >= LOUD


class CallDesk(QObject):
    """`changed` tells that a partner's state, level or picture is another; read `partners` then."""

    changed = Signal()
    _came = Signal(object)
    _plugged = Signal()

    def __init__(
        self,
        link: SignalLink,
        signalled: SignalInstance,
        equipment: Equipment,
        parent: QObject | None = None,
        way: Way = Way.BOTH,
    ) -> None:
        super().__init__(parent)
        self._way = way
        self._link, self._signalled, self._equipment = link, signalled, equipment
        self._seen: CallSeen | None = None
        self._call: Call | None = None
        self._line: RoomLine | None = None
        self._leave: list[Unsubscribe] = []
        self._partners: dict[str, PartnerState] = {}
        self._levels: dict[str, float] = {}
        self._lock = threading.Lock()
        self._open_mouth = False
        self._picture_at = 0.0
        self._came.connect(self._take)
        self._plugged.connect(self.changed)
        self._fade = QTimer(self)
        self._fade.setInterval(FADE_MS)
        self._fade.timeout.connect(self._show_levels)

    # --- what the window says

    def follow(self, seen: CallSeen | None) -> None:
        """Be in the call that the view says, with those whom it says; in none where it says none."""
        before, self._seen = self._seen, seen
        if seen is None or not seen.inside:
            self._end()
        else:
            if before is None or not before.inside or (before.stream, before.call) != (seen.stream, seen.call):
                self._end()
                self._begin(seen)
            self._meet(seen)
        self.changed.emit()

    def open_mouth(self, *, speaking: bool) -> None:
        """Whether the own voice goes out; a stay begins with it closed."""
        speaking = speaking and self._way is not Way.HEAR
        self._open_mouth = speaking
        if self._call is not None:
            self._call.mute(sound=not speaking, picture=self._picture is None)
        self.changed.emit()

    @property
    def speaking(self) -> bool:
        """Whether the own voice goes out."""
        return self._open_mouth

    @property
    def has_voice(self) -> bool:
        """Whether there is a microphone now."""
        return self.own_level is not None

    @property
    def own_level(self) -> float | None:
        """How loud the own microphone is, of 1; None without one."""
        sound = self._equipment.sound
        return None if sound is None else sound.levels.microphone

    @property
    def can_be_heard(self) -> bool:
        """Whether there is a loudspeaker now."""
        sound = self._equipment.sound
        return sound is not None and sound.levels.speaker is not None

    @property
    def seen(self) -> CallSeen | None:
        """What the view said last."""
        return self._seen

    @property
    def partners(self) -> tuple[PartnerState, ...]:
        """Everyone else in the call, in order of their names."""
        return tuple(self._partners[name] for name in sorted(self._partners))

    def show(self, frame: Frame) -> None:
        """The seat's camera has a picture, perhaps in its own thread: it goes out masked, or not at all."""
        call, change = self._call, self._picture
        if call is None or change is None or frame.at_s - self._picture_at < PICTURES_S:
            return
        self._picture_at = frame.at_s
        call.show(change(frame))

    def close(self) -> None:
        """The window ends; whoever comes back is still in the call as the room has it."""
        call = self._call
        self._end()
        if call is not None:
            call.join(END_S)

    # --- one stay

    def _begin(self, seen: CallSeen) -> None:
        self._line = RoomLine(self._link, self._signalled, seen.stream, seen.call, self)
        call = self._call = self._equipment.make(self._line)
        self._open_mouth = False
        call.mute(sound=True, picture=self._picture is None)
        self._leave.append(call.subscribe(self._hear))
        sound = self._equipment.sound
        if sound is not None:
            hears_only = self._way is Way.HEAR
            if not hears_only:
                self._listen(call, sound, seen)
            self._leave.append(sound.watch(lambda _status: self._plugged.emit()))
            # No microphone is open outside a call, nor in one in which nobody hears it.
            self._leave.append(self._equipment.uses.take(sound, listens=not hears_only))
        call.start()
        self._fade.start()

    def _listen(self, call: Call, sound: Sound, seen: CallSeen) -> None:
        """Say what the microphone hears: changed where the rule set demands it, and not at all where that cannot be."""
        if seen.mask.voice == "plain":
            self._leave.append(sound.subscribe(lambda block: self._say(call, None, block)))
        elif self._equipment.voice is not None:
            change = self._equipment.voice()
            self._leave.append(sound.subscribe(lambda block: self._say(call, change, block)))

    @property
    def _picture(self) -> PictureChange | None:
        """What masks the own picture in this call; None where none may leave."""
        return self._equipment.pictures.get(self._seen.mask.picture) if self._seen is not None else None

    @property
    def shows(self) -> bool:
        """Whether pictures of the own camera are of use now."""
        return self._call is not None and self._picture is not None

    def _meet(self, seen: CallSeen) -> None:
        call = self._call
        if call is None:
            return
        wanted = {partner.party: partner for partner in seen.partners}
        for party in [party for party in self._partners if party not in wanted]:
            call.drop(party)
            self._forget(party)
        for party, partner in wanted.items():
            if party not in self._partners:
                self._partners[party] = PartnerState(party)
                call.connect(party, offers=partner.offers)

    def _end(self) -> None:
        self._fade.stop()
        for leave in self._leave:
            leave()
        self._leave.clear()
        for party in list(self._partners):
            self._forget(party)
        if self._call is not None:
            self._call.stop()
            self._call = None
        if self._line is not None:
            self._line.deleteLater()
            self._line = None
        self._open_mouth = False

    def _forget(self, party: str) -> None:
        self._partners.pop(party, None)
        with self._lock:
            self._levels.pop(party, None)
        if self._equipment.sound is not None:
            self._equipment.sound.forget(party)

    # --- the threads of engine and sound

    def _say(self, call: Call, change: VoiceChange | None, block: bytes) -> None:
        if self._open_mouth:  # the call drops what is muted too; changing a voice takes a tenth of a core
            call.say(change(block) if change else block)
            if self._equipment.raw is not None:
                self._equipment.raw(block)

    def _hear(self, news: CallNews) -> None:
        if isinstance(news, SoundCame) and self._way is not Way.TELL:
            level = max(map(abs, memoryview(news.pcm).cast("h")), default=0) / 32768
            with self._lock:
                self._levels[news.peer] = max(level, self._levels.get(news.peer, 0.0))
            if self._equipment.sound is not None:
                self._equipment.sound.play(news.peer, news.pcm)
        elif not isinstance(news, SoundCame):
            self._came.emit(news)

    # --- the window's thread

    @Slot(object)
    def _take(self, news: CallNews) -> None:
        match news:
            case LinkChanged(peer, state) if peer in self._partners:
                self._partners[peer] = replace(self._partners[peer], state=state)
            case PictureCame(peer, frame) if peer in self._partners:
                self._partners[peer] = replace(self._partners[peer], picture=frame)
            case EngineLost():
                self._partners = {
                    party: replace(partner, state=LinkState.STALE) for party, partner in self._partners.items()
                }
            case _:
                return  # of someone who has left meanwhile
        self.changed.emit()

    @Slot()
    def _show_levels(self) -> None:
        with self._lock:
            levels, self._levels = self._levels, {}
        told = {party: replace(partner, level=levels.get(party, 0.0)) for party, partner in self._partners.items()}
        if told != self._partners:
            self._partners = told
            self.changed.emit()

"""What a console watches: says it to the room, follows what the room lets it see, hands the pictures on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.link import Failed
from app.ports.ambient import Clock
from app.ports.film import ReelMaker
from app.ports.sound import Sound
from ui.call.desk import CallMaker, SoundUses
from ui.call.kept import RecorderMaker
from ui.call.line import SignalLink
from ui.call.picture_desk import PictureDesk
from ui.call.seen import watching_call
from ui.call.shown import Shrink
from ui.console.desk import Desk, sentence_of
from ui.console.replay_sound import ReplaySound
from ui.console.room_cameras import NamedCamera, RoomCameras
from ui.console.sight import Json, Sight


@dataclass(frozen=True)
class WatchEquipment:
    """What a console needs to watch: an engine that only takes pictures, the cameras of the room, and what shows a
    recording (without it none is), its sound through the machine's loudspeaker, which calls use as well."""

    make: CallMaker
    shrink: Shrink
    cameras: tuple[NamedCamera, ...] = ()
    reel: ReelMaker | None = None
    sound: Sound | None = None
    uses: SoundUses = field(default_factory=SoundUses)
    recorder: RecorderMaker | None = None
    """What keeps the pictures of the room's cameras; without it none are kept."""


@dataclass(frozen=True)
class Wanted:
    """What is to be watched of one evaluation: seats by alias, in their order, one of them large or none."""

    aliases: tuple[str, ...] = ()
    large: str = ""
    cameras: tuple[str, ...] = ()


NOTHING = Wanted()


class ConsoleWatching(QObject):
    """`came` carries stream, alias and Frame of a seat, or an empty stream, the name and Frame of a room's camera.

    The view alone says what is watched: without its entry in the journal nothing is shown, no camera of the
    room either.
    """

    came = Signal(str, str, object)
    refused = Signal(str)

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: WatchEquipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._link, self._signalled, self._equipment, self._desk = link, signalled, equipment, desk
        self.cameras = RoomCameras(equipment.cameras, equipment.shrink, self)
        self.cameras.came.connect(lambda name, frame: self.came.emit("", name, frame))
        self._desks: dict[str, PictureDesk] = {}
        self._wanted: dict[str, Wanted] = {}
        self._asked: dict[str, Wanted] = {}
        self._large = ""
        self._sight = Sight({})

    @property
    def reel(self) -> ReelMaker | None:
        """What shows a recording."""
        return self._equipment.reel

    def replay_sound(self, clock: Clock) -> ReplaySound:
        """What plays the sound of a recording."""
        return ReplaySound(self._equipment.sound, self._equipment.uses, clock, self)

    def want(self, wanted: Mapping[str, Wanted], large_camera: str = "") -> None:
        """Watch this, by evaluation, and nothing else; what was refused is asked for again only when it changes."""
        self._large = large_camera
        self._wanted = {stream: replace(one, aliases=tuple(sorted(one.aliases))) for stream, one in wanted.items()}
        self._settle()

    def show_sight(self, sight: Sight) -> None:
        """The room says who may see whom now."""
        self._sight = sight
        streams = {one["stream"] for one in sight.evaluations}
        for stream in [stream for stream in self._desks if stream not in streams]:
            self._desks.pop(stream).close()
        for evaluation in sight.evaluations:
            self._follow(evaluation["stream"], watching_of(evaluation))
        self._settle()

    def close(self) -> None:
        """End with the window; the room ends the watching of a console that is away."""
        for desk in self._desks.values():
            desk.close()
        self.cameras.close()

    def _follow(self, stream: str, seen: Json) -> None:
        call = watching_call(stream, seen)
        desk = self._desks.get(stream)
        if desk is None and call is not None:
            desk = self._desks[stream] = PictureDesk(self._link, self._signalled, self._equipment.make, self)
            desk.came.connect(lambda alias, frame: self.came.emit(stream, alias, frame))
        if desk is not None:
            desk.follow(call)

    def _settle(self) -> None:
        """Ask for what is wanted and not so, once."""
        cameras: set[str] = set()
        for evaluation in self._sight.evaluations:
            stream, seen = evaluation["stream"], watching_of(evaluation)
            now = _now(seen)
            cameras.update(now.cameras)
            target = NOTHING if seen.get("obstacle") else self._wanted.get(stream, NOTHING)
            if now == target:
                self._asked.pop(stream, None)
            elif self._asked.get(stream) != target:
                self._asked[stream] = target
                self._send(stream, target)
        self.cameras.show(cameras & set(self.cameras.names), self._large)

    def _send(self, stream: str, target: Wanted) -> None:
        if target == NOTHING:
            self._desk.send(stream, "StopWatching", {}, _heard, lambda _failure: None)
            return
        data: dict[str, Any] = {
            "aliases": list(target.aliases),
            "large": target.large,
            "cameras": list(target.cameras),
        }
        self._desk.send(stream, "WatchSeats", data, _heard, self._not_watched)

    def _not_watched(self, failure: Failed) -> None:
        self.refused.emit(sentence_of(failure))


def watching_of(evaluation: Json) -> Json:
    """What the view says of watching in one evaluation."""
    return dict((evaluation.get("matters") or {}).get("watching") or {})


def _now(seen: Json) -> Wanted:
    mine = seen.get("mine")
    if not mine:
        return NOTHING
    aliases = tuple(sorted(str(peer["party"]) for peer in mine["peers"]))
    return Wanted(aliases, str(mine["large"]), tuple(mine["cameras"]))


def _heard(_answer: object) -> None:
    """The next view says what came of it."""

"""A table of machines whose calls hear each other, and the view that puts them into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.link import Signalled
from app.ports.call import Signal as CallSignal
from app.ports.call import Signalling
from app.ports.camera import Frame
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe
from app.ports.sound import SoundLevels
from devices.call.scripted import ScriptedCall
from ui.call.desk import CallDesk, Equipment
from ui.call.seen import CallSeen, MaskSeen, Partner

STREAM = "evaluation/e1"


class Room(QObject):
    """Takes what one machine's link signals to the bridge of another, as the room does."""

    def __init__(self) -> None:
        super().__init__()
        self.machines: dict[str, Machine] = {}

    def carry(self, sender: str, stream: str, call: str, to: str, message: CallSignal) -> None:
        machine = self.machines.get(to)
        if machine is not None:
            machine.signalled.emit(Signalled(stream, call, sender, dict(message)))


@dataclass
class ScriptedSound:
    """A microphone that says what a test gives it; keeps what was to be played."""

    ears: list[Callable[[bytes], None]] = field(default_factory=list)
    played: list[tuple[str, bytes]] = field(default_factory=list)
    status: DeviceStatus = field(default_factory=lambda: DeviceStatus(DeviceState.STOPPED))
    microphone: bool = True
    listens: bool = True

    @property
    def levels(self) -> SoundLevels:
        running = self.status.state is DeviceState.RUNNING
        return SoundLevels(0.0 if running and self.microphone and self.listens else None, 0.0 if running else None)

    def listen(self, *, listens: bool) -> None:
        self.listens = listens

    def start(self) -> None:
        self.status = DeviceStatus(DeviceState.RUNNING)

    def stop(self) -> None:
        self.status = DeviceStatus(DeviceState.STOPPED)

    def join(self, timeout_s: float) -> bool:
        return True

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        return lambda: None

    def subscribe(self, on_block: Callable[[bytes], None]) -> Unsubscribe:
        self.ears.append(on_block)
        return lambda: self.ears.remove(on_block)

    def play(self, source: str, pcm: bytes) -> None:
        self.played.append((source, pcm))

    def forget(self, source: str) -> None:
        self.played.append((source, b""))

    def say(self, pcm: bytes) -> None:
        for hear in list(self.ears):
            hear(pcm)


class Machine(QObject):
    """A party with a desk of its own."""

    signalled = Signal(object)

    def __init__(
        self,
        room: Room,
        party: str,
        *,
        sound: ScriptedSound | None = None,
        voice: Callable[[bytes], bytes] | None = None,
        picture: Callable[[Frame], Frame] | None = None,
    ) -> None:
        super().__init__()
        room.machines[party] = self
        self.party, self.made = party, list[ScriptedCall]()
        self._room = room
        masks = {"drawn": picture, "blurred": picture} if picture is not None else {}
        self.equipment = Equipment(self._make, sound, (lambda: voice) if voice else None, masks)
        self.mask = MaskSeen("changed" if voice else "plain", "drawn" if picture else "none")
        self.desk = CallDesk(self, self.signalled, self.equipment)  # type: ignore[arg-type]

    def _make(self, signalling: Signalling) -> ScriptedCall:
        self.made.append(ScriptedCall(signalling))
        return self.made[-1]

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        self._room.carry(self.party, stream, call, to, message)

    def see(self, *others: str, inside: bool = True, obstacle: str = "") -> None:
        partners = tuple(Partner(other, offers=self.party < other) for other in others)
        self.desk.follow(CallSeen(STREAM, "committee", self.party, inside, obstacle, partners, self.mask))


def frame(shade: int, at_s: float = 1.0) -> Frame:
    return Frame(8, 6, bytes([shade]) * (8 * 6 * 3), at_s, 1)

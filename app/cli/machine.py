"""The devices of one machine as its settings file names them, and what of the command line stands over it.

`devices.json` lies in the machine's folder. Which cameras a live room takes stands there alone, no option adds one:
they are written down when the machine is enrolled, or by `kawei doctor --enrol-camera`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault
from app.cli.turn import TurnSettings, misplaced

if TYPE_CHECKING:
    from app.link import Identity
    from app.ports.card import CardReader
    from app.ports.gate import Door, Locker
    from app.ports.voice import Voice
    from devices.camera.opencv import OpenCvCamera
    from devices.gate.relay import Wire
    from devices.sound.pyaudio_sound import PyAudioSound
    from ui.console.room_cameras import NamedCamera

FORMAT = "kawei-devices/1"
FILE = "devices.json"
PLUGS = Path("/dev/input/by-id")
MOST_BOXES = 999


@dataclass(frozen=True)
class CameraSettings:
    """The camera (number, path or address) and the names of those that a live room takes."""

    source: str = "0"
    enrolled: tuple[str, ...] = ()


@dataclass(frozen=True)
class LockerSettings:
    """How many boxes the cabinet has, and its controller's two addresses with `{box}`; with keys where there are
    none."""

    boxes: int = 24
    open: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class DoorSettings:
    """The relay of the door strike (`{hold_s}` or `{hold_ms}`); staff open the door where there is none."""

    url: str | None = None


@dataclass(frozen=True)
class RelaySettings:
    """How door and cabinet are spoken to: `timeout_ms` for each request, headers such as an access token."""

    method: str = "POST"
    timeout_ms: int = 3_000
    headers: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class PrinterSettings:
    """The system's queue of the slip printer; slips are kept as files alone where there is none."""

    queue: str | None = None


@dataclass(frozen=True)
class ReaderSettings:
    """The name of the card reader under `/dev/input/by-id`, where one wants to hear that it was pulled out."""

    device: str | None = None


@dataclass(frozen=True)
class SoundSettings:
    """The system's names of microphone and loudspeaker for calls; whatever the system takes where there are none."""

    microphone: str | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class RoomCameraSettings:
    """A camera of the room that a console shows beside the seats: what people call it, and its address."""

    name: str
    source: str = field(repr=False)
    """An address of a network camera often holds its password: it goes into no log."""


@dataclass(frozen=True)
class Machine:
    """All devices of a machine."""

    format: str = FORMAT
    camera: CameraSettings = CameraSettings()
    reader: ReaderSettings = ReaderSettings()
    locker: LockerSettings = LockerSettings()
    door: DoorSettings = DoorSettings()
    relay: RelaySettings = RelaySettings()
    printer: PrinterSettings = PrinterSettings()
    voice: bool = True
    sound: SoundSettings = SoundSettings()
    room_cameras: tuple[RoomCameraSettings, ...] = ()
    turn: tuple[TurnSettings, ...] = ()


def read_machine(folder: Path) -> Machine:
    """The settings in `folder`, the usual ones where there is no file; `Fault` `bad_settings` with the place."""
    from app.evaluation import codec
    from app.evaluation.refusal import Refused

    file = folder / FILE
    try:
        machine = codec.from_json(Machine, json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return Machine()
    except ValueError as error:
        raise _bad(file, "$") from error
    except Refused as refused:
        raise _bad(file, refused.where) from refused
    for place, right in (
        ("$.format", machine.format == FORMAT),
        ("$.reader.device", machine.reader.device is None or Path(machine.reader.device).name == machine.reader.device),
        ("$.locker.boxes", 1 <= machine.locker.boxes <= MOST_BOXES),
        ("$.locker", (machine.locker.open is None) == (machine.locker.state is None)),
        ("$.locker.open", machine.locker.open is None or "{box}" in machine.locker.open),
        ("$.locker.state", machine.locker.state is None or "{box}" in machine.locker.state),
        ("$.room_cameras", _well_named(machine.room_cameras)),
        ("$.relay.method", machine.relay.method in ("GET", "POST", "PUT")),
        ("$.relay.timeout_ms", 100 <= machine.relay.timeout_ms <= 60_000),
    ):
        if not right:
            raise _bad(file, place)
    if (place_of_turn := misplaced(machine.turn)) is not None:
        raise _bad(file, place_of_turn)
    return machine


def write_machine(machine: Machine, folder: Path) -> None:
    """Write the settings (file 0600: headers may hold a token); a reader sees the old file or the whole new one."""
    from app.link.disk import private_folder, write_private

    private_folder(folder)
    write_private(folder / FILE, (json.dumps(asdict(machine), ensure_ascii=False, indent=1) + "\n").encode())


def enrol_camera(machine: Machine, source: str) -> tuple[Machine, str]:
    """The settings with this camera enrolled for live rooms, and its name; `Fault` where it can never be."""
    from devices.camera.admission import may_be_enrolled
    from devices.camera.whose import identity_of, is_virtual, source_of

    where = source_of(source)
    name = identity_of(where)
    if name is None:
        raise Fault(
            "no_camera",
            source,
            f"没有找到摄像头 {source}，请接好后重试。",
            f"There is no camera {source}; plug it in and retry.",
        )
    if not may_be_enrolled(name) or (isinstance(where, int) and is_virtual(where)):
        raise Fault(
            "camera_not_real",
            source,
            "影片和虚拟摄像头不能登记，正式评标只接受真实的摄像头。",
            "Films and software cameras are never enrolled: a live room takes real cameras only.",
        )
    names = tuple(dict.fromkeys((*machine.camera.enrolled, name)))
    return replace(machine, camera=CameraSettings(source, names)), name


def camera_for(machine: Machine, rehearsal: Callable[[], bool | None]) -> OpenCvCamera:
    """The camera of a machine of a room: any source in a rehearsal, else what is enrolled."""
    from devices.camera.admission import Enrolled
    from devices.camera.opencv import OpenCvCamera

    return OpenCvCamera(machine.camera.source, repeat=True, admit=Enrolled(machine.camera.enrolled, rehearsal))


def room_cameras(machine: Machine) -> tuple[NamedCamera, ...]:
    """The cameras of the room, looked for again for as long as it takes."""
    from devices.camera.opencv import OpenCvCamera, Patience
    from ui.console.room_cameras import NamedCamera

    for_ever = Patience(total_s=float("inf"))
    return tuple(
        NamedCamera(one.name, OpenCvCamera(one.source, repeat=True, patience=for_ever)) for one in machine.room_cameras
    )


def _well_named(cameras: Sequence[RoomCameraSettings]) -> bool:
    """Few enough, each with a name of its own that the journal takes, and a folder of recordings."""
    from app.evaluation.matters.recording.records import well_named
    from app.evaluation.matters.watching import MOST_CAMERAS

    names = [one.name for one in cameras]
    return all(map(well_named, names)) and len(set(names)) == len(names) <= MOST_CAMERAS


def is_rehearsal(identity: Identity, timeout_s: float = 3.0) -> bool | None:
    """What this machine's room says of itself, heard as the machine hears it; None where it does not answer."""
    from app.link import LinkFault, RoomClient, RoomRefused
    from app.link.timing import Timing

    client = None
    try:
        client = RoomClient(identity, timing=Timing(connect_s=timeout_s, answer_s=timeout_s))
        known = client.plain("GET", "/health").get("rehearsal")
    except (LinkFault, RoomRefused):
        return None
    finally:
        if client is not None:
            client.close()
    return known if isinstance(known, bool) else None


def with_options(
    machine: Machine,
    *,
    camera: str | None = None,
    boxes: int | None = None,
    locker: Sequence[str] | None = None,
    door: str | None = None,
    printer: str | None = None,
) -> Machine:
    """The settings with what the command line gives in their place; `Fault` for a cabinet of no boxes."""
    if boxes is not None and not 1 <= boxes <= MOST_BOXES:
        raise Fault("usage", "--boxes", f"储物柜格数应为 1 到 {MOST_BOXES}。", f"--boxes takes 1 to {MOST_BOXES}.")
    cabinet = machine.locker if boxes is None else replace(machine.locker, boxes=boxes)
    return replace(
        machine,
        camera=machine.camera if camera is None else replace(machine.camera, source=camera),
        locker=cabinet if locker is None else replace(cabinet, open=locker[0], state=locker[1]),
        door=machine.door if door is None else DoorSettings(door),
        printer=machine.printer if printer is None else PrinterSettings(printer),
    )


def keep_enrolled(machine: Machine, folder: Path) -> Machine:
    """At a machine's own enrolment its camera is enrolled too; one that is none is left to the rehearsals."""
    try:
        machine, _ = enrol_camera(machine, machine.camera.source)
    except Fault:
        return machine
    write_machine(machine, folder)
    return machine


def reader_of(machine: Machine) -> CardReader:
    """The card reader that types; its plug is looked after where the settings name it."""
    from devices.card.keyboard import KeyboardWedgeReader

    named = machine.reader.device
    return KeyboardWedgeReader(plug=None if named is None else PLUGS / named)


def locker_of(machine: Machine) -> Locker:
    """The cabinet: switched over the network, or with keys."""
    from devices.gate.by_hand import KeyedLocker
    from devices.gate.relay import RelayLocker

    boxes = range(1, machine.locker.boxes + 1)
    if machine.locker.open is None or machine.locker.state is None:
        return KeyedLocker(boxes)
    return RelayLocker(boxes, machine.locker.open, machine.locker.state, wire_of(machine))


def door_of(machine: Machine) -> Door:
    """The door: behind a relay, or opened by staff."""
    from devices.gate.by_hand import StaffedDoor
    from devices.gate.relay import RelayDoor

    return StaffedDoor() if machine.door.url is None else RelayDoor(machine.door.url, wire_of(machine))


def wire_of(machine: Machine) -> Wire:
    """How the machine speaks to its relays."""
    from devices.gate.relay import Wire

    relay = machine.relay
    return Wire(relay.method, relay.timeout_ms / 1000, relay.headers)


def voice_of(machine: Machine, lang: str) -> Voice:
    """The voice in the language of the screens; silent where the settings say so or the machine cannot speak."""
    import resources
    from devices.voice.clips import ClipVoice, find_player

    return ClipVoice(resources.path("voice", lang), find_player() if machine.voice else None)


def sound_of(machine: Machine) -> PyAudioSound:
    """Microphone and loudspeaker for calls; silent on a machine that has none."""
    from app.ports.sound import SoundChoice
    from devices.sound.pyaudio_sound import PyAudioSound

    return PyAudioSound(SoundChoice(machine.sound.microphone, machine.sound.speaker))


def _bad(file: Path, place: str) -> Fault:
    return Fault(
        "bad_settings",
        f"{file}:{place}",
        f"设备设置有误（{place}），请改正 {file} 后重试。",
        f"The devices' settings are wrong ({place}); correct {file} and retry.",
    )

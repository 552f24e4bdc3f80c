"""`kawei console`: one role's console on one machine that the room knows by its own key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language
from app.cli.shown import until_closed

if TYPE_CHECKING:
    from app.cli.machine import Machine
    from app.link import Identity
    from app.ports.call import RelayServer, Signalling
    from devices.call.process import EngineCall
    from ui.bridge.bridge import Bridge
    from ui.call.desk import Equipment
    from ui.console.face_capture import FaceDesk
    from ui.console.watching import WatchEquipment
    from ui.console.window import ConsoleWindow

ROLES = ("centre", "witness", "regulator", "tenderee", "agency")
SCALES = ("1.0", "1.25", "1.5")


def run(argv: list[str]) -> int:
    """Open the console of an enrolled machine, or enrol it first; returns when the window is closed."""
    arguments = parser().parse_args(argv)
    from app.cli.machine import camera_for, is_rehearsal, sound_of
    from app.cli.seat import application, equipment, identify, machine_of
    from app.cli.turn import relays_of
    from ui.console.sight import STAFF

    lang = language(argv)
    identity = identify(arguments.state, arguments.room, arguments.enrol, arguments.device, lang)
    app = application(lang, float(arguments.scale))
    folder = arguments.save or Path.home()
    machine, faces = machine_of(arguments), None
    if arguments.camera is not None:
        from app.cli.thresholds import thresholds_in
        from devices.face.sface import SFaceMatcher
        from ui.console.face_capture import FaceDesk

        matcher = SFaceMatcher(thresholds=thresholds_in(arguments.state))
        faces = FaceDesk(camera_for(machine, lambda: is_rehearsal(identity)), matcher)
    relays = relays_of(machine.turn, arguments.state)
    calls = equipment(identity.url, sound_of(machine), relays)
    watch = watching(identity.url, machine, relays, calls) if arguments.role in STAFF else None
    window, bridge = build(
        identity, arguments.state, arguments.role, folder, lang, float(arguments.scale), faces, calls=calls, watch=watch
    )
    window.showMaximized()
    return until_closed(app, bridge)


def parser() -> Parser:
    """What this door takes."""
    made = Parser("kawei console", "管理与见证台 / one role's console")
    made.add_argument("--role", choices=ROLES, required=True, help="岗位 / the role at this console")
    made.add_argument("--room", metavar="URL", help="机房地址 / the room's address, https://HOST:PORT")
    made.add_argument("--state", metavar="DIR", type=Path, required=True, help="本机数据目录 / this machine's folder")
    made.add_argument("--enrol", metavar="CODE", help="一次性登记码 / a one-time code of the room")
    made.add_argument("--device", metavar="NAME", help="本机名称 (登记时) / this machine's name, with --enrol")
    made.add_argument("--save", metavar="DIR", type=Path, help="保存文件的目录 / where files are saved")
    made.add_argument(
        "--camera", metavar="0|PATH|URL", help="人脸登记处的摄像头 / a camera makes this an enrolment desk for faces"
    )
    made.add_argument("--scale", choices=SCALES, default="1.0", help="字号 / size of the type")
    return made


def watching(
    room: str, machine: Machine, relays: Sequence[RelayServer] = (), calls: Equipment | None = None
) -> WatchEquipment:
    """What a console needs to watch: an engine that only takes pictures, the room's cameras of its settings, what keeps
    their pictures, and a reel for recordings, heard through the loudspeaker that `calls` use."""
    from app.cli.machine import room_cameras
    from app.cli.seat import on_one_computer
    from app.ports.call import Part
    from devices.call.alone import recorder
    from devices.call.process import EngineCall
    from devices.camera.reel import SegmentReel
    from devices.camera.shrink import shrunk
    from ui.console.watching import WatchEquipment

    alone = on_one_computer(room)

    def make(signalling: Signalling) -> EngineCall:
        return EngineCall(signalling, relays, loopback=alone, part=Part.WATCH)

    equipment = WatchEquipment(make, shrunk, room_cameras(machine), SegmentReel, recorder=recorder)
    return equipment if calls is None else replace(equipment, sound=calls.sound, uses=calls.uses)


def build(
    identity: Identity,
    state: Path,
    role: str,
    folder: Path,
    lang: str = "zh",
    scale: float = 1.0,
    faces: FaceDesk | None = None,
    *,
    calls: Equipment | None = None,
    watch: WatchEquipment | None = None,
) -> tuple[ConsoleWindow, Bridge]:
    """Compose a console in the application that is there: its window, and the bridge to be started and stopped.

    `folder` is where reports and evidence packages are saved; `faces` makes it an enrolment desk; with `calls` the
    centre talks with seats, with `watch` staff see the seats' cameras. Raises `Fault` `not_a_console`.
    """
    from devices.ambient import SystemClock
    from ui.bridge.bridge import Bridge
    from ui.console.window import ConsoleWindow
    from ui.theme import Scale

    if identity.kind != "console":
        raise Fault(
            "not_a_console",
            identity.device,
            "本机登记的不是工作台, 请用工作台的登记码重新登记。",
            "This machine is not enrolled as a console; enrol it with a console's code.",
        )
    bridge = Bridge(identity, state, lang)
    return ConsoleWindow(bridge, role, SystemClock(), folder, Scale(scale), faces, calls, watch), bridge

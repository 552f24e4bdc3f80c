"""`kawei kiosk`: check-in at the door, with the devices that stand there."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language

if TYPE_CHECKING:
    from app.link import Identity
    from app.ports.gate import Door, Locker
    from ui.bridge.bridge import Bridge
    from ui.kiosk.hardware import Hardware
    from ui.kiosk.window import KioskWindow

SCALES = ("1.0", "1.25", "1.5")


def run(argv: list[str]) -> int:
    """Open the kiosk of an enrolled machine, or enrol it first; returns when the window is closed."""
    arguments = _parser().parse_args(argv)
    from app.cli.seat import application, camera_source, identify
    from devices.ambient import SystemRandomness
    from devices.camera.opencv import OpenCvCamera
    from devices.card.keyboard import KeyboardWedgeReader
    from devices.face.challenges import draw_challenges
    from devices.face.sface import SFaceMatcher
    from devices.slip.pdf import PdfSlipPrinter
    from devices.voice.scripted import ScriptedVoice
    from ui.kiosk.hardware import Hardware

    lang = language(argv)
    identity = identify(arguments.state, arguments.room, arguments.enrol, arguments.device, lang)
    app = application(lang, float(arguments.scale))
    hardware = Hardware(
        OpenCvCamera(camera_source(arguments.camera)),
        SFaceMatcher(),
        KeyboardWedgeReader(),
        _locker(arguments),
        _door(arguments),
        PdfSlipPrinter(arguments.state / "slips", arguments.printer),
        None,
        partial(draw_challenges, SystemRandomness()),
        ScriptedVoice(),
    )
    window, bridge = build(identity, arguments.state, hardware, lang)
    if arguments.window:
        window.resize(1280, 800)
        window.show()
    else:
        window.showFullScreen()
    bridge.start()
    try:
        return int(app.exec())
    finally:
        bridge.stop()


def _parser() -> argparse.ArgumentParser:
    parser = Parser("kawei kiosk", "门口签到 / check-in at the door")
    parser.add_argument("--room", metavar="URL", help="机房地址 / the room's address, http://HOST:PORT")
    parser.add_argument("--state", metavar="DIR", type=Path, required=True, help="本机数据目录 / this machine's folder")
    parser.add_argument("--enrol", metavar="CODE", help="一次性登记码 / a one-time code of the room")
    parser.add_argument("--device", metavar="NAME", help="本机名称 (登记时) / this machine's name, with --enrol")
    parser.add_argument("--camera", metavar="0|PATH|URL", default="0", help="摄像头 / the camera")
    parser.add_argument(
        "--boxes", metavar="N", type=int, default=24, help="储物柜格数 / how many phone boxes there are"
    )
    parser.add_argument(
        "--locker", nargs=2, metavar=("OPEN_URL", "STATE_URL"), help="电控储物柜 / a switched cabinet, {box} in each"
    )
    parser.add_argument("--door", metavar="URL", help="门禁继电器 / the relay of the door; {hold_s} or {hold_ms}")
    parser.add_argument("--printer", metavar="QUEUE", help="席位条打印队列 / the queue of the slip printer")
    parser.add_argument("--scale", choices=SCALES, default="1.25", help="字号 / size of the type")
    parser.add_argument("--window", action="store_true", help="不全屏 / in a window, not full screen")
    return parser


def _locker(arguments: argparse.Namespace) -> Locker:
    """The cabinet: switched over the network, or with keys."""
    from devices.gate.by_hand import KeyedLocker
    from devices.gate.relay import RelayLocker

    if not 1 <= arguments.boxes <= 999:
        raise Fault("usage", "--boxes", "储物柜格数应为 1 到 999。", "--boxes takes 1 to 999.")
    boxes = range(1, arguments.boxes + 1)
    if arguments.locker is None:
        return KeyedLocker(boxes)
    return RelayLocker(boxes, *arguments.locker)


def _door(arguments: argparse.Namespace) -> Door:
    """The door: behind a relay, or opened by staff."""
    from devices.gate.by_hand import StaffedDoor
    from devices.gate.relay import RelayDoor

    return RelayDoor(arguments.door) if arguments.door else StaffedDoor()


def build(identity: Identity, state: Path, hardware: Hardware, lang: str = "zh") -> tuple[KioskWindow, Bridge]:
    """Compose a kiosk in the application that is there: its window, and the bridge to be started and stopped.

    Raises `Fault` `not_a_kiosk`.
    """
    from devices.ambient import SystemClock
    from ui.bridge.bridge import Bridge
    from ui.kiosk.window import KioskWindow

    if identity.kind != "kiosk":
        raise Fault(
            "not_a_kiosk",
            identity.device,
            "本机登记的不是签到机, 请用签到机的登记码重新登记。",
            "This machine is not enrolled as a kiosk; enrol it with a kiosk's code.",
        )
    bridge = Bridge(identity, state, lang)
    return KioskWindow(bridge, hardware, SystemClock()), bridge

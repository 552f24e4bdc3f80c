"""`kawei kiosk`: check-in at the door, with the devices that stand there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language
from app.cli.shown import until_closed

if TYPE_CHECKING:
    from app.link import Identity
    from app.ports.liveness import Liveness
    from devices.face.engines import Engines
    from ui.bridge.bridge import Bridge
    from ui.kiosk.hardware import Hardware
    from ui.kiosk.window import KioskWindow

SCALES = ("1.0", "1.25", "1.5")


def run(argv: list[str]) -> int:
    """Open the kiosk of an enrolled machine, or enrol it first; returns when the window is closed."""
    arguments = parser().parse_args(argv)
    from app.cli.machine import camera_for, door_of, is_rehearsal, locker_of, reader_of, voice_of
    from app.cli.seat import application, identify, machine_of
    from app.cli.thresholds import thresholds_in
    from devices.ambient import SystemRandomness
    from devices.face.challenges import draw_challenges
    from devices.face.engines import Engines
    from devices.face.sface import SFaceMatcher
    from devices.slip.pdf import PdfSlipPrinter
    from ui.kiosk.hardware import Hardware

    lang = language(argv)
    identity = identify(arguments.state, arguments.room, arguments.enrol, arguments.device, lang)
    machine = machine_of(arguments)
    app = application(lang, float(arguments.scale))
    voice, engines = voice_of(machine, lang), Engines()
    hardware = Hardware(
        camera_for(machine, partial(is_rehearsal, identity)),
        SFaceMatcher(engines, thresholds_in(arguments.state)),
        reader_of(machine),
        locker_of(machine),
        door_of(machine),
        PdfSlipPrinter(arguments.state / "slips", machine.printer.queue),
        living(engines),
        partial(draw_challenges, SystemRandomness()),
        voice,
    )
    window, bridge = build(identity, arguments.state, hardware, lang)
    if arguments.window:
        window.resize(1280, 800)
        window.show()
    else:
        window.showFullScreen()
    try:
        return until_closed(app, bridge)
    finally:
        voice.stop()


def parser() -> Parser:
    """What this door takes."""
    made = Parser(
        "kawei kiosk",
        "门口签到；设备见数据目录中的 devices.json，选项优先于文件 / "
        "check-in at the door; its devices stand in devices.json in its folder, options go before the file",
    )
    made.add_argument("--room", metavar="URL", help="机房地址 / the room's address, https://HOST:PORT")
    made.add_argument("--state", metavar="DIR", type=Path, required=True, help="本机数据目录 / this machine's folder")
    made.add_argument("--enrol", metavar="CODE", help="一次性登记码 / a one-time code of the room")
    made.add_argument("--device", metavar="NAME", help="本机名称 (登记时) / this machine's name, with --enrol")
    made.add_argument("--camera", metavar="0|PATH|URL", help="摄像头 / the camera")
    made.add_argument("--boxes", metavar="N", type=int, help="储物柜格数 / how many phone boxes there are")
    made.add_argument(
        "--locker", nargs=2, metavar=("OPEN_URL", "STATE_URL"), help="电控储物柜 / a switched cabinet, {box} in each"
    )
    made.add_argument("--door", metavar="URL", help="门禁继电器 / the relay of the door; {hold_s} or {hold_ms}")
    made.add_argument("--printer", metavar="QUEUE", help="席位条打印队列 / the queue of the slip printer")
    made.add_argument("--scale", choices=SCALES, default="1.25", help="字号 / size of the type")
    made.add_argument("--window", action="store_true", help="不全屏 / in a window, not full screen")
    return made


def living(engines: Engines) -> Liveness | None:
    """What tells a living face from a picture of one; None where its model is not laid out: then people decide."""
    import resources
    from devices.face.liveness import MeshLiveness
    from devices.face.mesh import MODEL

    return MeshLiveness(engines) if resources.path("models", MODEL).is_file() else None


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

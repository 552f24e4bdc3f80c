"""`kawei seat`: an expert's seat, one window on one machine that the room knows by its own key."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language
from app.cli.shown import until_closed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.cli.machine import Machine
    from app.link import Identity
    from app.ports.call import RelayServer
    from app.ports.camera import Camera
    from app.ports.face import FaceMatcher
    from app.ports.presence import Presence
    from app.ports.signer import SigningKey
    from app.ports.sound import Sound
    from ui.bridge.bridge import Bridge
    from ui.call.desk import Equipment
    from ui.call.kept import RecorderMaker
    from ui.call.shown import Watched
    from ui.seat import SeatWindow
    from ui.seat.kit import Kit

SCALES = ("1.0", "1.25", "1.5")


def run(argv: list[str]) -> int:
    """Open the seat of an enrolled machine, or enrol it first; returns when the window is closed."""
    arguments = parser().parse_args(argv)
    lang = language(argv)
    identity = identify(arguments.state, arguments.room, arguments.enrol, arguments.device, lang)
    app = application(lang, float(arguments.scale))
    from app.cli.machine import camera_for, is_rehearsal, sound_of
    from app.cli.seat_kit import kit_of
    from app.cli.thresholds import thresholds_in
    from app.cli.turn import relays_of
    from devices.call.alone import recorder
    from devices.face.engines import Engines
    from devices.face.presence import SFacePresence
    from devices.face.sface import SFaceMatcher

    machine = machine_of(arguments)
    relays = relays_of(machine.turn, arguments.state)
    rehearsal = partial(is_rehearsal, identity)
    camera, sound = camera_for(machine, rehearsal), sound_of(machine)
    calls = equipment(identity.url, sound, relays)
    engines = Engines()
    window, bridge = build(
        identity,
        arguments.state,
        camera,
        SFaceMatcher(engines, thresholds_in(arguments.state)),
        lang,
        presence=SFacePresence(engines),
        calls=calls,
        recorder=recorder,
        watched=watched(identity.url, relays),
        kit=kit_of(machine, arguments.state, sound, calls.uses, camera, rehearsal),
        signer=signer_of(arguments.signer, rehearsal),
    )
    if arguments.window:
        window.resize(1366, 768)
        window.show()
    else:
        window.showFullScreen()
    return until_closed(app, bridge)


def parser() -> Parser:
    """What this door takes."""
    made = Parser("kawei seat", "专家席位 / an expert's seat")
    made.add_argument("--room", metavar="URL", help="机房地址 / the room's address, https://HOST:PORT")
    made.add_argument("--state", metavar="DIR", type=Path, required=True, help="本机数据目录 / this machine's folder")
    made.add_argument("--enrol", metavar="CODE", help="一次性登记码 / a one-time code of the room")
    made.add_argument("--device", metavar="NAME", help="本机名称 (登记时) / this machine's name, with --enrol")
    made.add_argument("--camera", metavar="0|PATH|URL", help="摄像头 / the camera")
    made.add_argument(
        "--signer",
        metavar="pkcs11:LIBRARY[#TOKEN]|file:PATH",
        help="签名证书 (file: 仅演练) / the member's key for signing (file: in rehearsals alone)",
    )
    made.add_argument("--scale", choices=SCALES, default="1.0", help="字号 / size of the type")
    made.add_argument("--window", action="store_true", help="不全屏 / in a window, not full screen")
    return made


def identify(folder: Path, url: str | None, code: str | None, device: str | None, lang: str) -> Identity:
    """This machine's identity: enrolled now where a code is given, else the one kept in `folder`.

    An identity follows its room to another address (`url`). Raises `LinkFault`, `RoomRefused`, or a usage `Fault`.
    """
    from dataclasses import replace

    from app.link import enrol, load, save

    if code is not None:
        if not url or not device:
            raise Fault(
                "usage",
                "--enrol",
                "登记本机还需要 --room 和 --device。",
                "Enrolling this machine also needs --room and --device.",
            )
        identity = enrol(url.rstrip("/"), code, device, lang)
    else:
        identity = load(folder)
        if url is None or url.rstrip("/") == identity.url:
            return identity
        identity = replace(identity, url=url.rstrip("/"))
    save(identity, folder)
    return identity


def machine_of(arguments: argparse.Namespace) -> Machine:
    """The machine's devices: its settings, what the options name in their place, and its camera at its enrolment."""
    from app.cli.machine import keep_enrolled, read_machine, with_options

    named = vars(arguments)
    options = {name: named[name] for name in ("camera", "boxes", "locker", "door", "printer") if name in named}
    machine = with_options(read_machine(arguments.state), **options)
    return machine if arguments.enrol is None else keep_enrolled(machine, arguments.state)


def equipment(room: str, sound: Sound | None = None, relays: Sequence[RelayServer] = ()) -> Equipment:
    """What a seat brings into calls: its sound, an engine in a process of its own, another voice for each stay, the
    masks of its picture.

    Machines on one computer find each other over its loopback, which a room elsewhere never uses.
    """
    from devices.ambient import SystemRandomness
    from devices.call.picture_mask import DrawnFace, blurred
    from devices.call.process import EngineCall
    from devices.call.voice_mask import VoiceMask, coefficient
    from ui.call.desk import Equipment

    alone = on_one_computer(room)
    chance = SystemRandomness()
    return Equipment(
        lambda signalling: EngineCall(signalling, relays, loopback=alone),
        sound,
        voice=lambda: VoiceMask(coefficient(chance.token_bytes(4))).change,
        pictures={"blurred": blurred, "drawn": DrawnFace().change},
    )


def watched(room: str, relays: Sequence[RelayServer] = ()) -> Watched:
    """What a seat needs to be watched: its picture goes to those whom the room names, made small; nothing comes."""
    from app.ports.call import Part
    from devices.call.process import EngineCall
    from devices.camera.shrink import shrunk
    from ui.call.shown import Watched

    alone = on_one_computer(room)
    return Watched(lambda signalling: EngineCall(signalling, relays, loopback=alone, part=Part.SHOW), shrunk)


def signer_of(setting: str | None, rehearsal: Callable[[], bool | None]) -> SigningKey | None:
    """The key that `--signer` names. A key in a file signs in rehearsals alone: a live room has none."""
    from devices.signer import BadKeySetting, RehearsalKey, is_file, open_key

    if setting is None:
        return None
    try:
        key = open_key(setting)
    except BadKeySetting:
        raise Fault(
            "usage",
            "--signer",
            "签名证书写作 pkcs11:驱动库路径[#令牌名]，演练时可写 file:证书文件。",
            "Name the key as pkcs11:LIBRARY[#TOKEN], or in a rehearsal file:PATH.",
        ) from None
    return RehearsalKey(key, rehearsal) if is_file(setting) else key


def on_one_computer(room: str) -> bool:
    """Whether the room runs on this very computer, and so perhaps all its machines."""
    from urllib.parse import urlsplit

    return urlsplit(room).hostname in ("127.0.0.1", "localhost", "::1")


def application(lang: str, scale: float) -> QApplication:
    """The application, dressed and speaking; the one that is there already where there is one."""
    from PySide6.QtWidgets import QApplication

    from ui import theme

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["kawei"])
    theme.install(app, lang)
    theme.apply(app, theme.Scale(scale))
    return app


def build(
    identity: Identity,
    state: Path,
    camera: Camera,
    matcher: FaceMatcher,
    lang: str = "zh",
    *,
    presence: Presence | None = None,
    calls: Equipment | None = None,
    watched: Watched | None = None,
    recorder: RecorderMaker | None = None,
    kit: Kit | None = None,
    signer: SigningKey | None = None,
) -> tuple[SeatWindow, Bridge]:
    """Compose a seat in the application that is there: its window, and the bridge to be started and stopped.

    Without a `presence` the seat does not look after its member and never locks itself; without `calls` it has no
    part in any, without `watched` nobody sees its camera, without a `recorder` nothing is recorded, without a `kit`
    nobody chooses its devices here, without a `signer` reports are signed on paper.
    """
    from devices.ambient import SystemClock
    from ui.bridge.bridge import Bridge
    from ui.seat import SeatWindow

    if identity.kind != "seat":
        raise Fault(
            "not_a_seat",
            identity.device,
            "本机登记的不是席位，请用席位的登记码重新登记。",
            "This machine is not enrolled as a seat; enrol it with a seat's code.",
        )
    bridge = Bridge(identity, state, lang)
    window = SeatWindow(
        bridge,
        camera,
        matcher,
        SystemClock(),
        lang,
        presence,
        calls=calls,
        watched=watched,
        recorder=recorder,
        kit=kit,
        signer=signer,
    )
    return window, bridge

"""`kawei board`: the public wall display of a room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault, Parser, language
from app.cli.shown import until_closed

if TYPE_CHECKING:
    from app.link import Identity
    from ui.board.window import BoardWindow
    from ui.bridge.bridge import Bridge

SCALES = ("1.0", "1.25", "1.5")


def run(argv: list[str]) -> int:
    """Open the display of an enrolled machine, or enrol it first; returns when the window is closed."""
    arguments = parser().parse_args(argv)
    from app.cli.seat import application, identify

    lang = language(argv)
    identity = identify(arguments.state, arguments.room, arguments.enrol, arguments.device, lang)
    app = application(lang, float(arguments.scale))
    window, bridge = build(identity, arguments.state, lang)
    window.showFullScreen()
    return until_closed(app, bridge)


def parser() -> Parser:
    """What this door takes."""
    made = Parser("kawei board", "公共显示屏 / the public wall display")
    made.add_argument("--room", metavar="URL", help="机房地址 / the room's address, https://HOST:PORT")
    made.add_argument("--state", metavar="DIR", type=Path, required=True, help="本机数据目录 / this machine's folder")
    made.add_argument("--enrol", metavar="CODE", help="一次性登记码 / a one-time code of the room")
    made.add_argument("--device", metavar="NAME", help="本机名称 (登记时) / this machine's name, with --enrol")
    made.add_argument("--scale", choices=SCALES, default="1.5", help="字号 / size of the type")
    return made


def build(identity: Identity, state: Path, lang: str = "zh") -> tuple[BoardWindow, Bridge]:
    """Compose the display in the application that is there: its window, and the bridge to be started and stopped.

    Raises `Fault` `not_a_board`.
    """
    from devices.ambient import SystemClock
    from ui.board.window import BoardWindow
    from ui.bridge.bridge import Bridge

    if identity.kind != "board":
        raise Fault(
            "not_a_board",
            identity.device,
            "本机登记的不是公共显示屏, 请用显示屏的登记码重新登记。",
            "This machine is not enrolled as a wall display; enrol it with a display's code.",
        )
    bridge = Bridge(identity, state, lang)
    return BoardWindow(bridge, SystemClock()), bridge

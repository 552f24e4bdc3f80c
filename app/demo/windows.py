"""The real windows of a rehearsal, composed with scripted devices, each with its scripted person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.demo.pictures import frame_of
from app.demo.players.console import ConsolePlayer
from app.demo.players.kiosk import KioskPlayer
from app.demo.players.player import Player
from app.demo.players.seat import SeatPlayer
from app.demo.wires import Wire
from app.link import Identity, LinkFault, enrol, load, save
from app.ports.call import Part
from devices.ambient import SystemClock, SystemRandomness
from devices.call.process import EngineCall
from devices.camera.reel import SegmentReel
from devices.camera.scripted import Scene, ScriptedCamera
from devices.camera.shrink import shrunk
from devices.card.keyboard import KeyboardWedgeReader
from devices.face.challenges import draw_challenges
from devices.face.scripted_liveness import ScriptedLiveness
from devices.face.scripted_presence import ScriptedPresence
from devices.face.sface import SFaceMatcher
from devices.gate.scripted import ScriptedDoor, ScriptedLocker
from devices.slip.scripted import ScriptedSlipPrinter
from devices.voice.scripted import ScriptedVoice
from ui.bridge.bridge import Bridge
from ui.call.shown import Watched
from ui.console.watching import WatchEquipment
from ui.console.window import ConsoleWindow
from ui.kiosk.hardware import Hardware
from ui.kiosk.window import KioskWindow
from ui.seat.window import SeatWindow

Made = tuple[QWidget, Player, Callable[[], None]]
"""A window, the scripted person before it, and what ends its link."""

LOCKERS = range(1, 13)


def _bridge(script: dict[str, Any]) -> Bridge:
    folder = Path(script["state"])
    return Bridge(_identity(script, folder), folder, script["lang"])


def _identity(script: dict[str, Any], folder: Path) -> Identity:
    """The machine's identity: enrolled with its one-time code at the first start."""
    try:
        return load(folder)
    except LinkFault:
        identity = enrol(script["url"], script["code"], script["name"], script["lang"])
        save(identity, folder)
        return identity


def seat(script: dict[str, Any], wire: Wire) -> Made:
    """A seat, whose camera sees whoever sits down."""
    bridge, camera = _bridge(script), ScriptedCamera([Scene(frame_of(None))])
    # Scripted people are portraits, which sit stiller than anyone alive; so the script says that they are there.
    window = SeatWindow(
        bridge,
        camera,
        SFaceMatcher(),
        SystemClock(),
        script["lang"],
        ScriptedPresence(),
        watched=Watched(partial(EngineCall, loopback=True, part=Part.SHOW), shrunk),
    )
    player = SeatPlayer(window, camera, wire, Path(script["screens"]), script["name"], acts=script["scripted"])
    bridge.start()
    return window, player, bridge.stop


def kiosk(script: dict[str, Any], wire: Wire) -> Made:
    """The kiosk at the door, whose camera sees whoever stands before it."""
    bridge, camera = _bridge(script), ScriptedCamera([Scene(frame_of(None))])
    reader, locker, slips = KeyboardWedgeReader(), ScriptedLocker(LOCKERS), ScriptedSlipPrinter()
    # A portrait cannot turn its head: the script says that it did, as fast as a person who follows well.
    living = ScriptedLiveness(frames=12)
    draw, voice = partial(draw_challenges, SystemRandomness()), ScriptedVoice()
    hardware = Hardware(camera, SFaceMatcher(), reader, locker, ScriptedDoor(), slips, living, draw, voice)
    window = KioskWindow(bridge, hardware, SystemClock())
    screens = Path(script["screens"])
    player = KioskPlayer(window, camera, locker, wire, screens, script["people"], acts=script["scripted"])
    bridge.start()
    return window, player, bridge.stop


def console(script: dict[str, Any], wire: Wire) -> Made:
    """A console of one role."""
    bridge = _bridge(script)
    folder = Path(script.get("evidence", script["state"]))
    watch = WatchEquipment(partial(EngineCall, loopback=True, part=Part.WATCH), shrunk, reel=SegmentReel)
    window = ConsoleWindow(bridge, script["role"], SystemClock(), folder, watch=watch)
    player = ConsolePlayer(window, wire, Path(script["screens"]), script["name"], script, acts=script["scripted"])
    bridge.start()
    return window, player, bridge.stop

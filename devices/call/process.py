"""A Call whose engine is a process of its own: started, fed, heard, and started again when it dies."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from app.own import own_command
from app.ports.call import (
    CallNews,
    EngineLost,
    LinkChanged,
    LinkFigures,
    LinkState,
    Part,
    PictureCame,
    RecordingChanged,
    RecordingGap,
    RecordingState,
    RelayServer,
    SegmentKept,
    Signal,
    Signalling,
    SoundCame,
)
from app.ports.camera import Frame
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe
from devices.call.outgoing import Outgoing
from devices.call.recorder import Recording
from devices.call.wire import Inbox, pair
from devices.listeners import Listeners
from devices.running import Run, RunningDevice

AGAIN_S = 0.5
"""Seconds before an engine that died is started again."""
LOOK_S = 0.2
END_S = 3.0
"""Seconds for an engine to say good-bye to every partner, and again to end; one that does not is killed."""


class EngineCall(RunningDevice):
    """The real Call. `loopback` lets machines on one computer find each other; a real room leaves it out.

    With a `recording`, all that leaves this machine is kept in its folder, encrypted, from start to stop. The `part`
    says what may leave it at all, and what is taken.
    """

    def __init__(
        self,
        signalling: Signalling,
        relays: Sequence[RelayServer] = (),
        *,
        loopback: bool = False,
        recording: Recording | None = None,
        part: Part = Part.TALK,
    ) -> None:
        super().__init__("call")
        self._signalling = signalling
        self._relays = tuple(relays)
        self._loopback = loopback
        self._recording = recording
        self._part = part
        self._peers: dict[str, bool] = {}
        self._states: dict[str, LinkState] = {}
        self._measured: dict[str, dict[str, Any]] = {}
        self._listeners: Listeners[CallNews] = Listeners()
        self._outgoing: Outgoing | None = None
        self._muted_sound = self._muted_picture = False
        self._engine: subprocess.Popen[bytes] | None = None

    # --- what the owner says

    def connect(self, peer: str, *, offers: bool) -> None:
        """Open the link to a partner."""
        with self._lock:
            if peer in self._peers:
                return
            self._peers[peer] = offers
            outgoing = self._outgoing
        if outgoing is not None:
            outgoing.control({"type": "connect", "peer": peer, "offers": offers})

    def drop(self, peer: str) -> None:
        """End it."""
        with self._lock:
            known = self._peers.pop(peer, None) is not None
            self._states.pop(peer, None)
            self._measured.pop(peer, None)
            outgoing = self._outgoing
        if known and outgoing is not None:
            outgoing.control({"type": "drop", "peer": peer})

    def show(self, picture: Frame | None) -> None:
        """The next own picture; None needs nothing to be sent, since what is not written is not sent."""
        outgoing = self._outgoing
        shows = self._part is not Part.WATCH and not self._muted_picture
        if picture is not None and outgoing is not None and shows:
            outgoing.picture(picture.width, picture.height, picture.rgb)

    def say(self, pcm: bytes) -> None:
        """The next own sound."""
        outgoing = self._outgoing
        if outgoing is not None and self._part is Part.TALK and not self._muted_sound:
            outgoing.sound(pcm)

    def mute(self, *, sound: bool, picture: bool) -> None:
        """From the next block and picture on."""
        self._muted_sound, self._muted_picture = sound, picture

    def subscribe(self, on_news: Callable[[CallNews], None]) -> Unsubscribe:
        """Hear what comes."""
        return self._listeners.add(on_news)

    def figures(self) -> Sequence[LinkFigures]:
        """What the engine measured last."""
        with self._lock:
            measured = dict(self._measured)
        return [_figures(peer, told) for peer, told in sorted(measured.items()) if told]

    @property
    def engine_pid(self) -> int | None:
        """The engine's process, for whoever measures or kills it."""
        return self._engine.pid if self._engine is not None else None

    # --- the thread

    def _work(self, run: Run) -> None:
        while not run.over:
            self._serve(run)
            if not run.over:
                self._listeners.tell(EngineLost())
                run.wait(AGAIN_S)

    def _serve(self, run: Run) -> None:
        """One life of an engine."""
        ours, theirs = pair()
        with ours:
            with theirs:
                # A recording is a link of the engine to itself, which must not hang on a network's being there.
                engine = self._engine = _start(theirs, loopback=self._loopback or self._recording is not None)
            outgoing = Outgoing()
            outgoing.control(self._set_up())
            with self._lock:
                self._outgoing = outgoing
                for peer, offers in self._peers.items():
                    outgoing.control({"type": "connect", "peer": peer, "offers": offers})
            sender = threading.Thread(target=_send, args=(ours, outgoing), name="call-out", daemon=True)
            sender.start()
            leave = self._signalling.subscribe(
                lambda sender, message: outgoing.control({"type": "signal", "from": sender, "message": dict(message)})
            )
            try:
                self._become(run, DeviceStatus(DeviceState.RUNNING))
                self._hear(run, ours, outgoing)
            finally:
                leave()
                with self._lock:
                    self._outgoing = None
                outgoing.close()
                with contextlib.suppress(OSError):
                    ours.shutdown(socket.SHUT_RDWR)  # also ends a send to an engine that reads no more
                sender.join()
                _end(engine)
                self._engine = None

    def _set_up(self) -> dict[str, object]:
        relays = [{"url": r.url, "user": r.user, "secret": r.secret} for r in self._relays]
        recording = None
        if self._recording is not None:
            recipients = [key.hex() for key in self._recording.recipients]
            recording = {"folder": str(self._recording.folder), "recipients": recipients}
        part = self._part.value
        return {"type": "set_up", "relays": relays, "loopback": self._loopback, "recording": recording, "part": part}

    def _hear(self, run: Run, ours: socket.socket, outgoing: Outgoing) -> None:
        inbox = Inbox()
        ending: float | None = None
        while ending is None or time.monotonic() < ending:
            if run.over and ending is None:
                ending = time.monotonic() + END_S
                outgoing.control({"type": "end"})
            # No time-out on the socket itself: it would also end a send that waits for an engine still starting.
            if not select.select([ours], [], [], LOOK_S)[0]:
                continue
            try:
                data = ours.recv(1024 * 1024)
            except OSError:
                return
            if not data:
                return
            for header, payload in inbox.take(data):
                self._take(header, payload)

    def _take(self, header: dict[str, Any], payload: bytes) -> None:
        match header["type"]:
            case "picture":
                frame = Frame(header["width"], header["height"], payload)
                self._listeners.tell(PictureCame(header["from"], frame))
            case "sound":
                self._listeners.tell(SoundCame(header["from"], payload))
            case "signal":
                message: Signal = header["message"]
                self._signalling.send(header["to"], message)
            case "link":
                self._states[header["peer"]] = LinkState(header["state"])
                self._listeners.tell(LinkChanged(header["peer"], LinkState(header["state"])))
            case "recording":
                self._listeners.tell(RecordingChanged(RecordingState(header["state"]), header["left"]))
            case "segment":
                self._listeners.tell(_segment(header["sha256"], header["line"]))
            case "figures":
                with self._lock:
                    if header["peer"] in self._peers:
                        self._measured[header["peer"]] = header["figures"]


def _start(theirs: socket.socket, *, loopback: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*own_command("devices.call.engine"), str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1", "WRTC_ALLOW_LOOPBACK": "1" if loopback else "0"},
    )


def _send(ours: socket.socket, outgoing: Outgoing) -> None:
    while (message := outgoing.next()) is not None:
        try:
            ours.sendall(message)
        except OSError:
            return


def _end(engine: subprocess.Popen[bytes]) -> None:
    """The engine ends when its owner's end closes; one that does not is killed."""
    try:
        engine.wait(END_S)
    except subprocess.TimeoutExpired:
        engine.kill()
        engine.wait()


def _segment(sha256: str, line: dict[str, Any]) -> SegmentKept:
    gaps = tuple(RecordingGap(**gap) for gap in line["gaps"])
    return SegmentKept(line["seq"], sha256, line["start"], line["end"], gaps)


def _figures(peer: str, told: dict[str, Any]) -> LinkFigures:
    return LinkFigures(
        peer,
        LinkState(told["state"]),
        told["picture_age_ms"],
        told["sound_age_ms"],
        told.get("round_trip_ms"),
        told["lost"],
        told.get("concealed", 0.0),
        told["sent"],
        told["received"],
        told["sound_sent"],
    )

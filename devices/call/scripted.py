"""A Call without an engine: what one shows and says is at once with the others, over the same signalling."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Sequence

from app.ports.call import (
    CallNews,
    EngineLost,
    LinkChanged,
    LinkFigures,
    LinkState,
    Part,
    PictureCame,
    Signal,
    Signalling,
    SoundCame,
)
from app.ports.camera import Frame
from app.ports.device import DeviceState, DeviceStatus, Unsubscribe
from devices.listeners import Listeners

BLOCK = 960
"""Bytes of ten milliseconds of sound."""


class ScriptedCall:
    """Answers in the sender's thread. Only partners that both sides connected hear each other, as with the engine."""

    def __init__(self, signalling: Signalling, part: Part = Part.TALK) -> None:
        self._signalling = signalling
        self._part = part
        self._lock = threading.RLock()
        self._status = DeviceStatus(DeviceState.STOPPED)
        self._watchers: Listeners[DeviceStatus] = Listeners()
        self._listeners: Listeners[CallNews] = Listeners()
        self._peers: dict[str, LinkState] = {}
        self._sent: dict[str, int] = {}
        self._muted_sound = self._muted_picture = False
        self._leave: Unsubscribe | None = None

    @property
    def status(self) -> DeviceStatus:
        """Where it stands."""
        return self._status

    def start(self) -> None:
        """Begin."""
        with self._lock:
            if self._leave is not None:
                return
            self._leave = self._signalling.subscribe(self._take)
            peers = list(self._peers)
        self._become(DeviceState.RUNNING)
        for peer in peers:
            self._signalling.send(peer, {"kind": "hello"})

    def stop(self) -> None:
        """End all links."""
        with self._lock:
            leave, self._leave = self._leave, None
            peers = list(self._peers)
        if leave is not None:
            for peer in peers:
                self._signalling.send(peer, {"kind": "bye"})
                self._link(peer, LinkState.GONE)
            leave()
            self._become(DeviceState.STOPPED)

    def join(self, timeout_s: float) -> bool:
        """It has no thread."""
        return True

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status."""
        return self._watchers.add(on_status)

    def lose_engine(self) -> None:
        """As if the engine's process had died and come back."""
        self._listeners.tell(EngineLost())
        for peer in list(self._peers):
            self._link(peer, LinkState.STALE)
            self._signalling.send(peer, {"kind": "hello"})

    def connect(self, peer: str, *, offers: bool) -> None:
        """Open the link."""
        with self._lock:
            if peer in self._peers:
                return
            self._peers[peer] = LinkState.JOINING
            running = self._leave is not None
        if running:
            self._signalling.send(peer, {"kind": "hello"})

    def drop(self, peer: str) -> None:
        """End the link."""
        with self._lock:
            known = peer in self._peers
        if known:
            self._link(peer, LinkState.GONE)
            with self._lock:
                self._peers.pop(peer, None)
            self._signalling.send(peer, {"kind": "bye"})

    def show(self, picture: Frame | None) -> None:
        """The next own picture."""
        if picture is None or self._muted_picture or self._part is Part.WATCH:
            return
        size, rgb = f"{picture.width}x{picture.height}", base64.b64encode(picture.rgb).decode()
        for peer in self._live():
            self._signalling.send(peer, {"kind": "picture", "size": size, "rgb": rgb})

    def say(self, pcm: bytes) -> None:
        """The next own sound."""
        if self._muted_sound or self._part is not Part.TALK:
            return
        for peer in self._live():
            self._sent[peer] = self._sent.get(peer, 0) + len(pcm)
            self._signalling.send(peer, {"kind": "sound", "pcm": base64.b64encode(pcm).decode()})

    def mute(self, *, sound: bool, picture: bool) -> None:
        """What must not leave."""
        self._muted_sound, self._muted_picture = sound, picture

    def subscribe(self, on_news: Callable[[CallNews], None]) -> Unsubscribe:
        """Hear what comes."""
        return self._listeners.add(on_news)

    def figures(self) -> Sequence[LinkFigures]:
        """Perfect ones."""
        with self._lock:
            return [
                LinkFigures(peer, state, 0.0, 0.0, 0.0, 0.0, 0.0, sent := self._sent.get(peer, 0), sent, sent)
                for peer, state in sorted(self._peers.items())
            ]

    def _live(self) -> list[str]:
        with self._lock:
            return [peer for peer, state in self._peers.items() if state is LinkState.LIVE]

    def _take(self, peer: str, message: Signal) -> None:
        with self._lock:
            if peer not in self._peers:
                return
        match message["kind"]:
            case "hello":
                self._link(peer, LinkState.LIVE)
                self._signalling.send(peer, {"kind": "here"})
            case "here":
                self._link(peer, LinkState.LIVE)
            case "bye":
                self._link(peer, LinkState.GONE)
            case "picture" if self._part is not Part.SHOW:
                width, height = map(int, message["size"].split("x"))
                self._listeners.tell(PictureCame(peer, Frame(width, height, base64.b64decode(message["rgb"]))))
            case "sound" if self._part is Part.TALK:
                pcm = base64.b64decode(message["pcm"])
                for start in range(0, len(pcm) - BLOCK + 1, BLOCK):
                    self._listeners.tell(SoundCame(peer, pcm[start : start + BLOCK]))

    def _link(self, peer: str, state: LinkState) -> None:
        with self._lock:
            if self._peers.get(peer) is state:
                return
            self._peers[peer] = state
        self._listeners.tell(LinkChanged(peer, state))

    def _become(self, state: DeviceState) -> None:
        self._status = DeviceStatus(state)
        self._watchers.tell(self._status)

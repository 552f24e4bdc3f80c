"""The live stream: resumes behind the last position seen, reconnects by itself with growing, jittered pauses."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import websocket

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.sockets import hang_up
from app.link.timing import Pace, Timing
from app.link.worker import Worker

CLOSING = "closing"
"""The room goes down; its sessions outlive that."""

_FAULTS = (OSError, LinkFault, RoomRefused, websocket.WebSocketException, ValueError, KeyError, TypeError)
"""What ends a stream that is opened again: the line, the session, or a message that nobody understands."""


@dataclass(frozen=True)
class StreamNews:
    """Whom the stream tells, from its own thread."""

    entry: Callable[[dict[str, Any]], None]
    line: Callable[[bool], None]
    bye: Callable[[str], None]
    signal: Callable[[dict[str, Any]], None]
    writing: Callable[[str], None]


class LiveStream:
    """One thread that keeps the stream open until `stop`."""

    def __init__(self, client: RoomClient, news: StreamNews, timing: Timing) -> None:
        self._client, self._news, self._timing = client, news, timing
        self._pace = Pace(timing)
        self._position: int | None = None
        self._again = threading.Event()
        self._socket: socket.socket | None = None
        self.worker = Worker("live", self._follow)

    @property
    def position(self) -> int:
        """How far the journal has been read."""
        return 0 if self._again.is_set() else self._position or 0

    def start(self, after: int | None = None) -> None:
        """Begin behind a position of the journal; None: with what happens from now on."""
        self._position = after
        self.worker.start()

    def stop(self) -> None:
        """End; does not wait for the thread."""
        self.worker.stop()
        self._hang_up()

    def begin_again(self) -> None:
        """Read everything once more: someone else looks now, who may know more of it, or less."""
        self._again.set()
        self._hang_up()
        self.worker.ring()

    def _hang_up(self) -> None:
        made = self._socket
        if made is not None:
            hang_up(made)

    def _follow(self) -> float:
        begun = time.monotonic()
        with suppress(*_FAULTS):
            self._read_on()
        if self._again.is_set():
            return 0
        if not self.worker.stopped.is_set():
            self._news.line(False)
        # By its length: two programs with one identity end each other's sessions, and must not do so without a pause.
        if time.monotonic() - begun > self._timing.longest_pause_s:
            self._pace.reset()
        return self._pace.next()

    def _read_on(self) -> None:
        if self._again.is_set():
            self._position = 0
            self._again.clear()
        if self._position is None:
            self._position = int(self._client.view()["position"])
        token = self._client.token()
        stream = self._open(token, self._position)
        try:
            self._news.line(True)
            self._news.writing("ok")  # said anew behind this, where it is not so
            while not self.worker.stopped.is_set() and not self._again.is_set():
                if not self._read(stream, token):
                    return
        finally:
            self._socket = None
            stream.shutdown()  # type: ignore[no-untyped-call]

    def _open(self, token: str, after: int) -> websocket.WebSocket:
        """Connect on a socket of our own: it can be hung up, and no proxy of the environment gets in between."""
        timing, url = self._timing, self._client.identity.url.replace("http", "ws", 1)
        self._socket = made = self._client.sockets.connect(url, timing.connect_s, timing.answer_s)
        stream = websocket.WebSocket(enable_multithread=True)
        try:
            stream.connect(  # type: ignore[no-untyped-call]
                f"{url}/api/v1/stream?after={after}",
                header={"Authorization": f"Bearer {token}", "Accept-Language": self._client.lang},
                socket=made,
                redirect_limit=0,
            )
        except websocket.WebSocketBadStatusException as fault:
            if fault.status_code == 401:
                self._client.forget_session(token)
            raise
        except BaseException:
            made.close()
            raise
        stream.settimeout(timing.silence_s)
        return stream

    def _read(self, stream: websocket.WebSocket, token: str) -> bool:
        """Read one message; False where the room has ended the stream."""
        code, data = stream.recv_data(control_frame=True)
        if code == websocket.ABNF.OPCODE_PING:
            stream.pong(data)
        elif code == websocket.ABNF.OPCODE_CLOSE:
            return False
        elif code == websocket.ABNF.OPCODE_TEXT:
            message = json.loads(data)
            if "bye" in message:
                self._take_leave(str(message["bye"]), token)
                return False
            if "signal" in message:
                self._news.signal(message["signal"])
                return True
            if "writing" in message:
                self._news.writing(str(message["writing"]))
                return True
            position = int(message["position"])
            if position > (self._position or 0) and not self._again.is_set():  # never told twice
                self._news.entry(message)
                self._position = position
        return True

    def _take_leave(self, reason: str, token: str) -> None:
        if reason != CLOSING:
            self._client.forget_session(token)
            self._news.bye(reason)

"""The live stream: resumes behind the last position seen, reconnects by itself with growing, jittered pauses."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from typing import Any

import websocket

from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0
_SILENCE_S = 25.0
"""The server pings every 10 s: a line that is silent for longer is dead."""


class LiveStream:
    """One thread that keeps the stream open until `stop`; callbacks come from that thread."""

    def __init__(
        self,
        client: RoomClient,
        on_entry: Callable[[dict[str, Any]], None],
        on_line: Callable[[bool], None],
        on_bye: Callable[[str], None],
    ) -> None:
        self._client = client
        self._on_entry, self._on_line, self._on_bye = on_entry, on_line, on_bye
        self._position = 0
        self._stopped = threading.Event()
        self._again = threading.Event()
        self._socket: websocket.WebSocket | None = None
        self._thread = threading.Thread(target=self._run, name="kawei-live", daemon=True)

    def start(self, after: int = 0) -> None:
        """Begin behind `after`."""
        self._position = after
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopped.set()
        socket = self._socket
        if socket is not None:
            socket.abort()  # type: ignore[no-untyped-call]
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def begin_again(self) -> None:
        """Read everything once more: someone else looks now, who may know more of it, or less."""
        self._again.set()
        socket = self._socket
        if socket is not None:
            socket.abort()  # type: ignore[no-untyped-call]

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._stopped.is_set():
            try:
                self._follow()
                pause = _FIRST_PAUSE_S
            except (OSError, LinkFault, RoomRefused, websocket.WebSocketException):
                if self._again.is_set():
                    continue
                self._on_line(False)
            # Jitter: after a restart of the room its machines do not all come back in the same instant.
            self._stopped.wait(pause * (0.5 + random.random()))  # noqa: S311 - no secret
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _follow(self) -> None:
        if self._again.is_set():
            self._again.clear()
            self._position = 0
        token = self._client.token()
        url = self._client.identity.url.replace("http", "ws", 1)
        try:
            self._socket = socket = websocket.create_connection(
                f"{url}/api/v1/stream?after={self._position}",
                header={"Authorization": f"Bearer {token}", "Accept-Language": self._client.lang},
                timeout=_SILENCE_S,
                enable_multithread=True,
            )
        except websocket.WebSocketBadStatusException as fault:
            if fault.status_code == 401:
                self._client.forget_session(token)
            raise
        try:
            self._on_line(True)
            while not self._stopped.is_set() and not self._again.is_set():
                self._read(socket, token)
        finally:
            self._socket = None
            socket.shutdown()  # type: ignore[no-untyped-call]

    def _read(self, socket: websocket.WebSocket, token: str) -> None:
        code, data = socket.recv_data(control_frame=True)
        if code == websocket.ABNF.OPCODE_PING:
            socket.pong(data)
        elif code == websocket.ABNF.OPCODE_CLOSE:
            raise websocket.WebSocketConnectionClosedException("closed by the room")
        elif code == websocket.ABNF.OPCODE_TEXT:
            message = json.loads(data)
            if "bye" in message:
                self._client.forget_session(token)
                self._on_bye(str(message["bye"]))
            else:
                self._position = max(self._position, int(message["position"]))
                self._on_entry(message)

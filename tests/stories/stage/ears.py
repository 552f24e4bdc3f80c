"""One thread that listens to every live stream of the machines: they answer pings and never fall behind."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterable

import websocket
from room_clients import Stream

_GONE = (OSError, websocket.WebSocketException)


class Ears:
    """Reads whatever comes until it is closed, and closes the streams then."""

    def __init__(self, streams: Iterable[Stream]) -> None:
        """Begin to listen."""
        self._streams = list(streams)
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="ears of the stage")
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._wake.close()
        self._thread.join(20)
        self._woken.close()
        for stream in self._streams:
            stream.close()

    def _listen(self) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._woken, selectors.EVENT_READ)
            for stream in self._streams:
                ready.register(stream.socket.sock, selectors.EVENT_READ, stream)
            while True:
                for key, _ in ready.select():
                    if key.data is None:
                        return
                    if not self._hear(key.data):
                        ready.unregister(key.fileobj)

    def _hear(self, stream: Stream) -> bool:
        try:  # one frame, whatever it is: waiting behind a ping for a message would keep the others waiting
            kind, _ = stream.socket.recv_data_frame(control_frame=True)
            return bool(kind != websocket.ABNF.OPCODE_CLOSE)
        except _GONE:  # the room went down; whoever plays the story knows
            return False

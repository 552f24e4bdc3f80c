"""Connections that another thread can cut, so that a link ends at once although a request hangs."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection

from app.link.trust import SERVER_NAME


class Sockets:
    """Every open connection of one client. Safe from several threads."""

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        """`trust` is what an encrypted room and this machine know each other by; none: the web's authorities."""
        self.trust = trust
        self._open: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()
        self._is_cut = False

    def session(self) -> requests.Session:
        """A session for one thread; proxies and passwords of the environment are none of its business."""
        session = requests.Session()
        session.trust_env = False
        adapter = _Adapter(self)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session

    def connect(self, url: str, connect_s: float, answer_s: float) -> socket.socket:
        """A plain connection to the host of `url`, encrypted where it says so. Raises `OSError`."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme in ("https", "wss")
        made = socket.create_connection((host, parts.port or (443 if secure else 80)), connect_s)
        try:
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if secure:
                context = self.trust or ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
                made = context.wrap_socket(made, server_hostname=SERVER_NAME if self.trust else host)
            made.settimeout(answer_s)
        except OSError:
            made.close()
            raise
        self.add(made)
        return made

    def renew(self, trust: ssl.SSLContext) -> None:
        """Show another certificate from the next connection on; what is open stays so. Sessions made before keep
        what they have."""
        self.trust = trust

    def add(self, made: socket.socket) -> None:
        """Remember a connection that has just been made."""
        with self._lock:
            self._open.add(made)
            is_cut = self._is_cut
        if is_cut:
            hang_up(made)

    def cut(self) -> None:
        """End every connection, and those still to come; whoever reads from one gets an error at once."""
        with self._lock:
            self._is_cut = True
            cut = list(self._open)
        for one in cut:
            hang_up(one)


def hang_up(made: socket.socket) -> None:
    """End a connection under the hands of the thread that uses it, which closes it then."""
    with suppress(OSError):
        made.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Hands its connections to `Sockets`. It never repeats a request by itself: that is for the outbox to decide."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """The room's own authority instead of the web's, and the name that its server has at any address."""
        trust = self._sockets.trust
        if trust is not None:
            options |= {"ssl_context": trust, "server_hostname": SERVER_NAME, "assert_hostname": SERVER_NAME}
        super().init_poolmanager(*args, **options)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing is added to what the context trusts already."""
        if self._sockets.trust is None:
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **options)
        kind = _SecureConnection if pool.scheme == "https" else _PlainConnection
        pool.ConnectionCls = partial(kind, sockets=self._sockets)  # type: ignore[attr-defined]
        return pool


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, sockets: Sockets, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.add(self.sock)


class _SecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, sockets: Sockets, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.add(self.sock)

"""The ports that a room listens on: one, or two that follow each other."""

from __future__ import annotations

import os
import socket

_TRIES = 20


def socket_at(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 is any free one. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        if socket.has_ipv6 and family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if os.name == "posix":  # elsewhere the same option lets another program take the port away
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def pair_at(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Two bound sockets, the second at the port behind the first. Raises OSError where one is in use."""
    for left in reversed(range(_TRIES if port == 0 else 1)):
        first = socket_at(host, port)
        try:
            return first, socket_at(host, first.getsockname()[1] + 1)
        except (OSError, OverflowError):
            first.close()
            if not left:
                raise
    raise OSError("no two free ports that follow each other")

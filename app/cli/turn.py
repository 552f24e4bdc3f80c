"""The centre's own TURN servers, for calls between networks that let nothing else through (RFC 8656)."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault

if TYPE_CHECKING:
    from app.ports.call import RelayServer

MOST_SERVERS = 4
_URL = re.compile(r"turns?:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[1-9][0-9]{0,4})?(\?transport=(udp|tcp))?")
"""RFC 7065, 3.1."""


@dataclass(frozen=True)
class TurnSettings:
    """A server's address, who the machine is there, and the file with the secret, seen from the machine's folder.

    The secret stands in a file of its own, so that the settings can be shown to whoever helps with them.
    """

    url: str
    user: str
    secret_file: str


def misplaced(servers: Sequence[TurnSettings]) -> str | None:
    """The place of the first setting that is none; None where all are."""
    if len(servers) > MOST_SERVERS:
        return "$.turn"
    for number, server in enumerate(servers):
        for name, right in (
            ("url", _URL.fullmatch(server.url)),
            ("user", server.user.strip()),
            ("secret_file", server.secret_file.strip()),
        ):
            if not right:
                return f"$.turn[{number}].{name}"
    return None


def relays_of(servers: Sequence[TurnSettings], folder: Path) -> tuple[RelayServer, ...]:
    """The servers with their secrets, of the machine's `folder`; `Fault` `no_secret` or `secret_in_the_open`."""
    from app.ports.call import RelayServer

    return tuple(RelayServer(one.url, one.user, _secret(folder / one.secret_file)) for one in servers)


def _secret(file: Path) -> str:
    """The first line of a file that its owner alone may read."""
    try:
        with file.open(encoding="utf-8") as opened:
            rights = os.fstat(opened.fileno()).st_mode
            secret = opened.readline().strip()
    except (OSError, UnicodeDecodeError):
        secret, rights = "", 0
    if not secret:
        raise Fault(
            "no_secret",
            str(file),
            f"没有读到中继服务器的密钥，请把密钥写入 {file}（权限 0600）后重试。",
            f"There is no secret of the relay server; write it into {file} (mode 0600) and retry.",
        )
    if os.name == "posix" and stat.S_IMODE(rights) & 0o077:
        raise Fault(
            "secret_in_the_open",
            str(file),
            f"其他用户也能读取中继服务器的密钥，请执行 chmod 600 {file} 后重试。",
            f"Others can read the relay server's secret; run chmod 600 {file} and retry.",
        )
    return secret

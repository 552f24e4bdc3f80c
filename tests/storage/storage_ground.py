"""What the tests of the store have in common: a PostgreSQL server of their own, and moments."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

T0 = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


class NoServer(Exception):
    """Why there is no PostgreSQL to test against."""


class Server:
    """Debian's PostgreSQL over a folder of its own, heard on a socket in that folder alone."""

    def __init__(self, *, durable: bool = False) -> None:
        """`durable`: what it acknowledges is on the disk; tests that cut no power need not wait for that."""
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise NoServer("psycopg is not installed") from None
        self._programs = _programs()
        # Root may not run it; and the name of a socket has to be short.
        self._user = "postgres" if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="kawei-pg-"))
        if self._user is not None:
            try:
                owner = pwd.getpwnam(self._user)
            except KeyError:
                raise NoServer("there is no account postgres") from None
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        data, socket = str(self._folder / "data"), str(self._folder)
        self._data = data
        self._run("initdb", "-D", data, "-U", "kawei", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={socket} -c fsync={'on' if durable else 'off'}"
        self._run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(self._folder / "log"), "start")
        self.url = f"postgresql+psycopg://kawei@/postgres?host={socket}"

    def _run(self, program: str, *arguments: str) -> None:
        # Files, not pipes: the server keeps what it inherits open for as long as it lives.
        with tempfile.TemporaryFile() as told:
            command = [str(self._programs / program), *arguments]
            done = subprocess.run(command, user=self._user, cwd="/", stdout=told, stderr=told, check=False)
            told.seek(0)
            assert done.returncode == 0, told.read().decode()

    def stop(self) -> None:
        """End the server and forget what it kept."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServer("PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1].parent

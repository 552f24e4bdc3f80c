"""The doctor asks each relay server for an allocation: served by coturn, refused in plain words by everything else."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli import turn_trial
from app.cli.doctor_turn import relays
from app.cli.finding import Level
from app.cli.turn import TurnSettings
from app.cli.turn_trial import Address, TurnFault, address_of, allocate

TURN = shutil.which("turnserver")
SECRET = "a secret of the centre"


def told(kind: int, request: bytes, *attributes: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack(">HH", name, len(value)) + value + bytes(-len(value) % 4) for name, value in attributes)
    return struct.pack(">HHI", kind, len(body), 0x2112A442) + request[8:20] + body


def error(code: int, request: bytes, *more: tuple[int, bytes]) -> bytes:
    return told(0x113, request, (0x0009, bytes([0, 0, code // 100, code % 100])), *more)


def challenge(request: bytes) -> bytes:
    return error(401, request, (0x0014, b"centre"), (0x0015, b"nonce"))


class Server:
    """Answers datagrams as it is told: one answer after the other, the last one again and again."""

    def __init__(self, *answers: Callable[[bytes], bytes]) -> None:
        self._answers = list(answers)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"turn:127.0.0.1:{self._socket.getsockname()[1]}?transport=udp"
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, name="turn")
        self._thread.start()

    def _serve(self) -> None:
        while True:
            request, peer = self._socket.recvfrom(2_000)
            if request == b"end":
                return
            self.requests.append(request)
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            if answered := answer(request):
                self._socket.sendto(answered, peer)

    def close(self) -> None:
        """Whatever came before is answered."""
        if not self._thread.is_alive():
            return
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"end", self._socket.getsockname())
        self._thread.join()
        self._socket.close()


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    monkeypatch.setattr(turn_trial, "TRIES_S", (0.05, 0.05))
    made: list[Server] = []

    def start(*answers: Callable[[bytes], bytes]) -> Server:
        made.append(Server(*answers))
        return made[-1]

    yield start
    for one in made:
        one.close()


def found(tmp_path: Path, url: str) -> tuple[Level, str]:
    (tmp_path / "turn.secret").write_text(SECRET)
    (tmp_path / "turn.secret").chmod(0o600)
    finding = relays([TurnSettings(url, "venue-1", "turn.secret")], tmp_path)
    return finding.level, finding.en


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("turn:10.0.0.5", Address("10.0.0.5", 3478, False, False)),
        ("turn:relay.centre:99?transport=tcp", Address("relay.centre", 99, True, False)),
        ("turns:relay.centre", Address("relay.centre", 5349, True, True)),
        ("turn:[::1]:7?transport=udp", Address("::1", 7, False, False)),
        ("turn:[::1]", Address("::1", 3478, False, False)),
    ],
)
def test_an_address_is_read_as_its_uri_says(url: str, address: Address) -> None:
    assert address_of(url) == address


def test_a_server_that_serves_is_asked_again_with_our_name_and_given_it_back(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    server = serve(lambda _: b"", challenge, lambda request: told(0x103, request, (0x0016, bytes(8))))  # one is lost
    assert found(tmp_path, server.url) == (Level.OK, f"relays for this machine: {server.url}")
    server.close()
    allocated, given_back = server.requests[2], server.requests[3]
    assert b"venue-1" in allocated
    assert SECRET.encode() not in b"".join(server.requests)
    assert struct.unpack(">H", given_back[:2]) == (0x004,)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([lambda _: b""], "does not answer"),
        ([lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n"], "is no TURN server"),
        ([challenge], "does not know this user or secret"),
        ([challenge, lambda request: error(486, request)], "raise its quota"),
        ([challenge, lambda request: error(437, request)], "refuses (437)"),
        ([lambda request: error(400, request)], "refuses (400)"),
        ([challenge, lambda request: told(0x103, request)], "is no TURN server"),
        ([lambda request: told(0x113, request)], "is no TURN server"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(
    serve: Callable[..., Server], tmp_path: Path, answers: list[Callable[[bytes], bytes]], words: str
) -> None:
    level, said = found(tmp_path, serve(*answers).url)
    assert (level, words in said) == (Level.FAILED, True), said
    assert SECRET not in said


def test_a_server_that_serves_anybody_is_a_warning(serve: Callable[..., Server], tmp_path: Path) -> None:
    level, said = found(tmp_path, serve(lambda request: told(0x103, request, (0x0016, bytes(8)))).url)
    assert (level, "serves anybody" in said) == (Level.WARNING, True)


def test_nobody_there_no_secret_and_no_setting(tmp_path: Path) -> None:
    assert relays([], tmp_path).level is Level.OK
    missing = relays([TurnSettings("turn:127.0.0.1:1", "venue-1", "turn.secret")], tmp_path)
    assert (missing.level, "secret" in missing.en) == (Level.FAILED, True)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    level, said = found(tmp_path, f"turn:127.0.0.1:{port}?transport=tcp")
    assert (level, "cannot be reached" in said) == (Level.FAILED, True)


@pytest.mark.skipif(TURN is None, reason="no coturn on this machine")
@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_coturn_serves_with_the_right_secret_and_no_other(tmp_path: Path, transport: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    asked = [f"--listening-port={port}", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--realm=centre"]
    asked += [
        "--lt-cred-mech",
        f"--user=venue-1:{SECRET}",
        "--no-cli",
        "--no-tls",
        "--no-dtls",
        "--allow-loopback-peers",
    ]
    asked += ["-n", f"--pidfile={tmp_path / 'pid'}", "--log-file=stdout", f"--userdb={tmp_path / 'turndb'}"]
    server = subprocess.Popen([str(TURN), *asked], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url, limit = f"turn:127.0.0.1:{port}?transport={transport}", time.monotonic() + 15
        while "cannot be reached" in found(tmp_path, url)[1]:
            assert time.monotonic() < limit, "coturn does not begin to listen"
        assert found(tmp_path, url) == (Level.OK, f"relays for this machine: {url}")
        with pytest.raises(TurnFault) as refused:
            allocate(url, "venue-1", "another secret")
        assert refused.value.code in ("401", "441")
    finally:
        server.terminate()
        server.wait()

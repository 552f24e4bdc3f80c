"""An encrypted room: nobody without a certificate, who a machine is follows from it, shut out means cut off at once."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import websocket
from cryptography import x509
from room_world import PASSWORD, Room, a_room

from app.cli import doctor
from app.cli.machine import is_rehearsal
from app.link import Identity, LinkFault, RoomClient, RoomRefused, enrol, save
from app.link.timing import Timing
from app.link.trust import authority_at, context_for, enrolment_door, is_due
from app.room import Authority
from app.room.refusal import RoomRefusal
from devices.ambient import SystemClock

QUICK = Timing(connect_s=5, answer_s=10)


class SetClock(SystemClock):
    """A clock that a test puts ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with a_room(tmp_path_factory.mktemp("tls") / "data", tls=True) as made:
        made.add_users("centre-a")
        yield made


def machine(room: Room, kind: str, device: str, seat: str | None = None) -> Identity:
    return enrol(room.url, room.code(kind, seat), device)


def raw(room: Room, trust: ssl.SSLContext, request: bytes = b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n") -> bytes:
    """What comes back on the room's own door; b'' where the line is cut."""
    parts = urlsplit(room.url)
    try:
        plain = socket.create_connection((str(parts.hostname), parts.port or 0), 5)
        with plain, trust.wrap_socket(plain, server_hostname="room.kawei") as line:
            line.sendall(request)
            return line.recv(4096)
    except OSError:  # ssl's errors are such, too
        return b""


def test_a_machine_enrols_once_and_speaks_by_its_certificate(room: Room) -> None:
    seat = machine(room, "seat", "seat-a01", "A01")
    certificate = x509.load_pem_x509_certificate(seat.certificate.encode())
    assert certificate.public_key().public_bytes_raw() == seat.signer.public_key  # type: ignore[union-attr]
    client = RoomClient(seat, "en", QUICK)
    try:
        assert client.view()["seat"] == "A01"
        stream = websocket.WebSocket()
        url = room.url.replace("http", "ws", 1) + "/api/v1/stream?after=0"
        line = client.sockets.connect(url, 5, 10)
        stream.connect(url, header={"Authorization": f"Bearer {client.token()}"}, socket=line)  # type: ignore[no-untyped-call]
        stream.close()  # type: ignore[no-untyped-call]
    finally:
        client.close()


def test_without_a_certificate_of_this_room_there_is_no_connection(room: Room, tmp_path: Path) -> None:
    known = machine(room, "console", "console-1")
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.load_verify_locations(cadata=known.authority)
    (tmp_path / "keys").mkdir()
    other = Authority(tmp_path / "keys", SystemClock())
    forged = Identity(
        known.device,
        "console",
        None,
        room.url,
        known.room_key,
        known.secret,
        known.authority,
        other.issue(known.device, known.signer.public_key.hex()),
    )
    assert raw(room, context_for(known)).startswith(b"HTTP/1.1 200")
    assert raw(room, stranger) == raw(room, context_for(forged)) == b""
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(room.url.replace("https", "http") + "/api/v1/health", timeout=5)


def test_the_door_for_strangers_does_nothing_but_enrol(room: Room) -> None:
    machine(room, "console", "console-2")
    door = enrolment_door(room.url)
    authority = authority_at(door, 5)
    client = RoomClient(Identity("x", "", None, door, "", b"x" * 32, authority), "en", QUICK)
    try:
        assert authority == room.services.authority.pem  # type: ignore[union-attr]
        for method, path in (("POST", "/challenge"), ("POST", "/session"), ("GET", "/view"), ("GET", "/stream")):
            with pytest.raises(RoomRefused, match="not_found"):
                client.plain(method, path)
    finally:
        client.close()


def test_a_code_of_another_room_is_not_shown_to_this_one(room: Room) -> None:
    code = room.code("console")
    plain, _, mark = code.partition(".")
    other = f"{plain}.{mark[:-1]}{'A' if mark[-1] != 'A' else 'B'}"
    for wrong in (other, plain):
        with pytest.raises(LinkFault, match="other_room"):
            enrol(room.url, wrong, "console-3")
    enrol(room.url, code, "console-3")  # it has not been used up
    with pytest.raises(RoomRefused, match="unknown_code"):
        enrol(room.url, code, "console-4")


def test_a_machine_is_who_its_certificate_says_whatever_token_it_shows(room: Room) -> None:
    one = RoomClient(machine(room, "seat", "seat-a02", "A02"), "en", QUICK)
    two = RoomClient(machine(room, "seat", "seat-a03", "A03"), "en", QUICK)
    try:
        assert two.view()["seat"] == "A03"
        stolen = one.token()
        with pytest.raises(RoomRefused, match="no_session"):
            two._send("GET", "/view", stolen)
        assert one.view()["seat"] == "A02"
    finally:
        one.close()
        two.close()


def test_who_is_shut_out_is_cut_off_at_once(room: Room) -> None:
    centre = RoomClient(machine(room, "console", "console-9"), "en", QUICK)
    lost = RoomClient(machine(room, "seat", "seat-b01", "B01"), "en", QUICK)
    line = threading.Event()
    try:
        centre.login("centre-a", PASSWORD)
        lost.view()
        url = room.url.replace("http", "ws", 1) + "/api/v1/stream?after=0"
        made = lost.sockets.connect(url, 5, 20)
        stream = websocket.WebSocket()
        stream.connect(url, header={"Authorization": f"Bearer {lost.token()}"}, socket=made)  # type: ignore[no-untyped-call]

        def hear() -> None:
            try:
                while stream.recv():
                    pass
            except (OSError, websocket.WebSocketException):
                pass
            line.set()

        hearing = threading.Thread(target=hear)
        hearing.start()
        centre.command(str(uuid.uuid4()), "room", "RevokeDevice", {"device": "seat-b01", "reason": "x"})
        assert line.wait(5)  # the open stream ends by itself
        hearing.join(5)
        stream.close()  # type: ignore[no-untyped-call]
        with pytest.raises((RoomRefused, LinkFault), match=r"no_session|room_away"):
            lost.plain("GET", "/health")  # nor is anything answered that needs no session
        assert centre.view()["room"]
    finally:
        lost.close()
        centre.close()


def test_certificates_are_renewed_by_themselves(tmp_path: Path) -> None:
    clock = SetClock()
    clock.ahead = timedelta(days=-40)  # issued forty days ago
    with a_room(tmp_path / "data", tls=True, clock=clock) as room:
        kept: list[Identity] = []
        identity = machine(room, "seat", "seat-a01", "A01")
        assert is_due(identity)
        clock.ahead = timedelta(0)
        client = RoomClient(identity, "en", QUICK, kept.append)
        try:
            assert client.view()["seat"] == "A01"
        finally:
            client.close()
        assert not is_due(kept[0])
        ends = x509.load_pem_x509_certificate(kept[0].certificate.encode()).not_valid_after_utc
        assert ends > datetime.now(UTC) + timedelta(days=89)
        again = RoomClient(kept[0], "en", QUICK)
        try:
            assert again.view()["seat"] == "A01"
        finally:
            again.close()


def test_the_server_renews_its_own_and_keeps_its_authority(tmp_path: Path) -> None:
    clock = SetClock()
    made = Authority(tmp_path, clock)
    pem, mark, first = made.pem, made.mark, (tmp_path / "server.pem").read_bytes()
    assert not made.renew()
    clock.ahead = timedelta(days=140)
    assert made.renew()
    assert (tmp_path / "server.pem").read_bytes() != first
    again = Authority(tmp_path, clock)
    assert (again.pem, again.mark) == (pem, mark)
    for name in ("authority.pem", "server.pem"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    (tmp_path / "authority.pem").write_text("damaged")
    with pytest.raises(RoomRefusal, match="bad_key_file"):
        Authority(tmp_path, clock)


def test_a_session_that_ended_overnight_is_opened_again_without_anybody(tmp_path: Path) -> None:
    clock = SetClock()
    with a_room(tmp_path / "data", tls=True, clock=clock) as room:
        client = RoomClient(machine(room, "seat", "seat-a01", "A01"), "en", QUICK)
        try:
            evening = client.token()
            clock.ahead = timedelta(hours=11)
            assert client.view()["seat"] == "A01"
            assert client.token() == evening  # a working day
            clock.ahead = timedelta(hours=22)
            assert client.view()["seat"] == "A01"
            assert client.token() != evening
        finally:
            client.close()


def test_the_command_line_asks_an_encrypted_room_as_the_enrolled_machine(room: Room, tmp_path: Path) -> None:
    known = machine(room, "console", "console-cli")
    save(known, tmp_path)
    assert is_rehearsal(known) is True
    assert doctor.room(room.url, tmp_path).level is doctor.Level.OK
    assert doctor.room(room.url).level is doctor.Level.FAILED

"""Door and lockers: one contract for the relay on the network and for the stand-in."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.ports.device import DeviceError, DeviceFault
from app.ports.gate import Door, Locker
from devices.gate.relay import RelayDoor, RelayLocker, Wire
from devices.gate.scripted import ScriptedDoor, ScriptedLocker


@dataclass
class Controller:
    """A little web server in the place of relay and cabinet."""

    url: str = ""
    status: int = 200
    garbage: bytes | None = None
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    closed: dict[str, bool] = field(default_factory=lambda: dict.fromkeys("123", True))

    def answer(self, method: str, path: str, token: str | None) -> bytes:
        self.asked.append((method, path, token))
        if path.startswith("/open/") and self.status == 200:
            self.closed[path[6:]] = False
        return self.garbage or json.dumps({"closed": self.closed.get(path.rsplit("/", 1)[-1], True)}).encode()


@pytest.fixture
def controller() -> Iterator[Controller]:
    board = Controller()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = board.answer(self.command, self.path, self.headers.get("X-Token"))
            self.send_response(board.status)
            if board.status == 302:
                self.send_header("Location", board.url + "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *_args: object) -> None:
            """Be silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    board.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield board
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Rig:
    """Door and locker, and the means to break them and to shut a box."""

    door: Door
    locker: Locker
    refuse: Callable[[], None]
    shut: Callable[[int], None]
    openings: Callable[[], list[float]]


@pytest.fixture(params=["relay", "scripted"])
def rig(request: pytest.FixtureRequest) -> Rig:
    if request.param == "scripted":
        door, locker = ScriptedDoor(), ScriptedLocker([3, 1, 2, 2])

        def refuse() -> None:
            door.fail(DeviceFault.REFUSED)
            locker.fail(DeviceFault.REFUSED)

        return Rig(door, locker, refuse, locker.close, lambda: door.openings)
    board: Controller = request.getfixturevalue("controller")
    url = board.url
    return Rig(
        RelayDoor(url + "/door?on&timer={hold_s}"),
        RelayLocker([3, 1, 2, 2], url + "/open/{box}", url + "/state/{box}"),
        lambda: setattr(board, "status", 503),
        lambda box: board.closed.__setitem__(str(box), True),
        lambda: [float(p.split("=")[1]) for _, p, _ in board.asked if p.startswith("/door")],
    )


class TestEveryGate:
    """The contract of app.ports.gate."""

    def test_the_door_opens_for_as_long_as_it_is_told(self, rig: Rig) -> None:
        rig.door.open(3)
        rig.door.open()
        assert rig.openings() == [3.0, 5.0]

    def test_a_box_opens_alone_and_is_shut_again(self, rig: Rig) -> None:
        assert rig.locker.boxes == (1, 2, 3)
        rig.locker.open(2)
        assert [rig.locker.is_closed(box) for box in (1, 2, 3)] == [True, False, True]
        rig.shut(2)
        assert rig.locker.is_closed(2)

    def test_there_is_no_other_box(self, rig: Rig) -> None:
        for call in (rig.locker.open, rig.locker.is_closed):
            with pytest.raises(ValueError, match="no box 4"):
                call(4)

    def test_a_refusal_is_an_error_with_its_code(self, rig: Rig) -> None:
        rig.refuse()
        calls: list[Callable[[], object]] = [
            rig.door.open, lambda: rig.locker.open(1), lambda: rig.locker.is_closed(1)
        ]  # fmt: skip
        for call in calls:
            with pytest.raises(DeviceError) as refused:
                call()
            assert refused.value.fault is DeviceFault.REFUSED


@pytest.mark.parametrize("fault", list(DeviceFault))
def test_the_stand_ins_fail_in_every_way_and_heal(fault: DeviceFault) -> None:
    door, locker = ScriptedDoor(), ScriptedLocker([1])
    door.fail(fault)
    locker.fail(fault)
    calls: list[Callable[[], object]] = [door.open, lambda: locker.open(1), lambda: locker.is_closed(1)]
    for call in calls:
        with pytest.raises(DeviceError) as refused:
            call()
        assert refused.value.fault is fault
    door.fail(None)
    locker.fail(None)
    for call in calls:
        call()
    assert door.openings == [5.0]


class TestRelay:
    """What only the network kind does."""

    def test_the_wire_names_method_and_token(self, controller: Controller) -> None:
        RelayDoor(controller.url + "/t={hold_ms}", Wire("GET", headers={"X-Token": "secret"})).open(1.5)
        assert controller.asked == [("GET", "/t=1500", "secret")]
        assert "secret" not in repr(Wire(headers={"X-Token": "secret"}))

    def test_nobody_there(self, controller: Controller) -> None:
        silent = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        url = f"http://127.0.0.1:{silent.server_port}/"
        silent.server_close()
        with pytest.raises(DeviceError) as gone:
            RelayDoor(url).open()
        assert gone.value.fault is DeviceFault.UNREACHABLE

    def test_a_controller_that_takes_the_line_and_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as mute:
            url = f"http://127.0.0.1:{mute.getsockname()[1]}/{{box}}"
            wire = Wire(timeout_s=0.05)
            locker = RelayLocker([1], url, url, wire)
            calls: list[Callable[[], object]] = [
                RelayDoor(url, wire).open, lambda: locker.open(1), lambda: locker.is_closed(1)
            ]  # fmt: skip
            for call in calls:
                with pytest.raises(DeviceError) as silent:
                    call()
                assert silent.value.fault is DeviceFault.UNREACHABLE

    def test_a_controller_that_does_not_speak_the_protocol(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:

            def answer() -> None:
                line, _ = other.accept()
                with line:
                    line.recv(4096)
                    line.sendall(b"220 mail ready\r\n")

            thread = threading.Thread(target=answer)
            thread.start()
            with pytest.raises(DeviceError) as odd:
                RelayDoor(f"http://127.0.0.1:{other.getsockname()[1]}/").open()
            thread.join()
        assert odd.value.fault is DeviceFault.UNREACHABLE

    @pytest.mark.parametrize("url", ["", "no-address", "http://", "ftp://10.0.0.9/"])
    def test_an_address_that_is_none(self, url: str) -> None:
        with pytest.raises(DeviceError) as none:
            RelayDoor(url).open()
        assert none.value.fault is DeviceFault.UNREACHABLE

    def test_it_is_not_sent_elsewhere(self, controller: Controller) -> None:
        controller.status = 302
        with pytest.raises(DeviceError) as refused:
            RelayDoor(controller.url + "/door").open()
        assert refused.value.fault is DeviceFault.REFUSED
        assert [path for _, path, _ in controller.asked] == ["/door"]

    @pytest.mark.parametrize("garbage", [b"<html>", b"[]", b"{}", b'{"closed": "yes"}', b"7"])
    def test_an_answer_it_does_not_know(self, controller: Controller, garbage: bytes) -> None:
        controller.garbage = garbage
        locker = RelayLocker([1], controller.url + "/open/{box}", controller.url + "/state/{box}")
        with pytest.raises(DeviceError) as refused:
            locker.is_closed(1)
        assert refused.value.fault is DeviceFault.BAD_ANSWER

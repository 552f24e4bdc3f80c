"""The doors of console, kiosk and wall display: what is wrong is one JSON line with a code, before any window opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.cli import board, console, errors, kiosk, main
from app.cli.seat import equipment
from app.link import Identity, save
from devices.gate.by_hand import KeyedLocker, StaffedDoor
from ui.call.help_line import HelpLine
from ui.kiosk.hardware import Hardware


def identity(kind: str) -> Identity:
    return Identity("m-1", kind, "A01" if kind == "seat" else None, "http://127.0.0.1:9", "key", bytes(32))


def refusal(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    error: dict[str, str] = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    return error


@pytest.mark.parametrize("door", [["console", "--role", "centre"], ["kiosk"], ["board"]])
def test_a_machine_that_is_not_enrolled(door: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*door, "--state", str(tmp_path), "--lang", "en"]) == 2
    told = refusal(capsys)
    assert told["code"] == "not_enrolled"
    assert "one-time code" in told["message"]


@pytest.mark.parametrize("door", [["console", "--role", "centre"], ["kiosk"], ["board"]])
def test_enrolling_needs_a_room_and_a_name(door: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*door, "--state", str(tmp_path), "--enrol", "code"]) == 2
    assert refusal(capsys)["code"] == "usage"


def test_a_role_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["console", "--role", "king", "--state", str(tmp_path)]) == 2
    assert refusal(capsys)["code"] == "usage"


def test_a_cabinet_without_boxes(tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot) -> None:
    save(identity("kiosk"), tmp_path)
    assert main(["kiosk", "--state", str(tmp_path), "--boxes", "0"]) == 2
    assert refusal(capsys)["where"] == "--boxes"


def test_a_machine_of_another_kind(tmp_path: Path, qtbot: QtBot) -> None:
    seat = identity("seat")
    with pytest.raises(errors.Fault) as raised:
        console.build(seat, tmp_path, "centre", tmp_path)
    assert raised.value.code == "not_a_console"
    hardware = Hardware(*[None] * 9)  # type: ignore[arg-type]
    with pytest.raises(errors.Fault) as raised:
        kiosk.build(seat, tmp_path, hardware)
    assert raised.value.code == "not_a_kiosk"
    with pytest.raises(errors.Fault) as raised:
        board.build(seat, tmp_path)
    assert raised.value.code == "not_a_board"


@pytest.mark.parametrize("role", ["centre", "witness", "agency"])
def test_staff_talk_with_seats_and_nobody_else(role: str, tmp_path: Path, qtbot: QtBot) -> None:
    calls = equipment("http://127.0.0.1:9")
    window, _ = console.build(identity("console"), tmp_path, role, tmp_path, calls=calls)
    assert (window.findChild(HelpLine) is not None) == (role != "agency")
    window.close()


def test_what_is_done_by_hand() -> None:
    from app.ports.device import DeviceError

    locker = KeyedLocker([2, 1, 2])
    assert locker.boxes == (1, 2)
    locker.open(1)
    assert locker.is_closed(2)
    with pytest.raises(ValueError, match="no box 3"):
        locker.open(3)
    with pytest.raises(DeviceError):
        StaffedDoor().open()

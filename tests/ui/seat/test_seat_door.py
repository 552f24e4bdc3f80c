"""`kawei seat`: what is wrong is one JSON line with a code before any window opens; what is right is composed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from seat_ground import NOBODY

from app.cli import errors, main, seat
from app.link import Identity, LinkFault, load, save
from devices.camera.scripted import Scene, ScriptedCamera
from devices.face.scripted import ScriptedFaceMatcher
from ui.theme import Scale, apply, look


def identity(kind: str = "seat") -> Identity:
    return Identity("m-1", kind, "A01", "http://127.0.0.1:9", "key", bytes(32))


def refusal(capsys: Any) -> dict[str, str]:
    error: dict[str, str] = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    return error


def test_a_machine_that_is_not_enrolled(tmp_path, capsys):
    assert main(["seat", "--state", str(tmp_path), "--lang", "en"]) == 2
    told = refusal(capsys)
    assert told["code"] == "not_enrolled"
    assert "one-time code" in told["message"]


@pytest.mark.parametrize("given", [[], ["--room", "http://127.0.0.1:9"], ["--device", "seat-1"]])
def test_enrolling_needs_a_room_and_a_name(tmp_path, capsys, given):
    assert main(["seat", "--state", str(tmp_path), "--enrol", "code", *given]) == 2
    assert refusal(capsys)["code"] == "usage"


def test_a_room_that_is_not_there(tmp_path, capsys):
    options = ["--state", str(tmp_path), "--enrol", "code", "--room", "http://127.0.0.1:9/", "--device", "seat-1"]
    assert main(["seat", *options]) == 2
    assert refusal(capsys)["code"] == "room_away"
    with pytest.raises(LinkFault):
        load(tmp_path)


def test_a_size_of_type_that_does_not_exist(tmp_path, capsys):
    assert main(["seat", "--state", str(tmp_path), "--scale", "3"]) == 2
    assert refusal(capsys)["code"] == "usage"


def test_a_machine_follows_its_room_to_another_address(tmp_path):
    save(identity(), tmp_path)
    assert seat.identify(tmp_path, None, None, None, "zh") == identity()
    moved = seat.identify(tmp_path, "http://10.0.0.5:8765/", None, None, "zh")
    assert moved.url == "http://10.0.0.5:8765"
    assert load(tmp_path) == moved


def test_a_machine_of_another_kind_is_no_seat(tmp_path, qtbot):
    camera = ScriptedCamera([Scene(NOBODY)])
    with pytest.raises(errors.Fault) as raised:
        seat.build(identity("kiosk"), tmp_path, camera, ScriptedFaceMatcher())
    assert raised.value.code == "not_a_seat"


def test_a_seat_is_composed_and_shown_at_the_size_asked_for(tmp_path, qtbot):
    app = seat.application("en", 1.25)
    assert app is QApplication.instance()
    assert look().scale is Scale.LARGE
    window, bridge = seat.build(identity(), tmp_path, ScriptedCamera([Scene(NOBODY)]), ScriptedFaceMatcher(), "en")
    qtbot.addWidget(window)
    window.show()
    assert window.page_name == "waiting"
    assert bridge.link.identity == identity()
    window.close()
    apply(app, Scale.NORMAL)


def test_the_door_starts_the_link_and_stops_it_when_the_window_closes(tmp_path, qtbot, monkeypatch):
    save(identity(), tmp_path)
    seen: list[str] = []
    from ui.bridge.bridge import Bridge

    monkeypatch.setattr(Bridge, "start", lambda _self: seen.append("start"))
    monkeypatch.setattr(Bridge, "stop", lambda _self: seen.append("stop"))

    def exec_(_app: Any = None) -> int:
        window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "seat.window")
        seen.append(window.page_name)
        window.close()
        window.deleteLater()
        return 0

    monkeypatch.setattr(QApplication, "exec", exec_)
    assert main(["seat", "--state", str(tmp_path), "--window", "--lang", "en", "--camera", str(tmp_path / "none")]) == 0
    assert seen == ["start", "waiting", "stop"]

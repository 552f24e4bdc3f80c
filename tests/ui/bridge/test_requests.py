"""Who asked gets the answer, once; who has gone gets none."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.link import Answered, Failed
from tests.ui.fake_room import FakeBridge
from ui.bridge.requests import Requests


def made(qapp: QApplication) -> tuple[FakeBridge, Requests, list[Any]]:
    bridge = FakeBridge()
    return bridge, Requests(bridge), []  # type: ignore[arg-type]


def test_each_answer_finds_who_asked(qapp: QApplication) -> None:
    bridge, requests, told = made(qapp)
    requests.send("room", "CallDraw", {}, lambda value: told.append(("sent", value)), told.append)
    requests.ask("lookup", lambda client: None, lambda value: told.append(("asked", value)), told.append)
    assert requests.waiting() == 2
    bridge.answer("seat 5")
    bridge.accept({"events": []})
    assert told == [("asked", "seat 5"), ("sent", {"events": []})]
    assert requests.waiting() == 0


def test_a_failure_goes_to_the_other_callback_and_only_once(qapp: QApplication) -> None:
    bridge, requests, told = made(qapp)
    requests.send("room", "CallDraw", {}, lambda value: told.append("done"), told.append)
    bridge.refuse("wrong_stage", "not now")
    bridge.refuse("wrong_stage", "not now")
    bridge.accept()
    assert [failure.code for failure in told] == ["wrong_stage"]


def test_nobody_is_called_for_what_others_asked_or_what_was_forgotten(qapp: QApplication) -> None:
    bridge, requests, told = made(qapp)
    requests.ask("lookup", lambda client: None, told.append, told.append)
    bridge.answered.emit(Answered("another's", "lookup", 1))
    bridge.failed.emit(Failed("another's", "lookup", "room_away", "", ""))
    assert requests.waiting() == 1
    requests.forget()
    bridge.answer(2)
    assert told == []

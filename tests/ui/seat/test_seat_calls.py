"""The committee's call at a seat: open between the steps that are worked on alone, and only for who sits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE
from PySide6.QtCore import Qt
from seat_ground import Seat

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.agency_line import AskLine, OpenLine
from app.evaluation.matters.call import AskWord, CloseCalls, GiveWord, JoinCall
from app.evaluation.matters.recording.records import RecordingState, TellRecording
from app.ports.call import Signalling
from app.ports.device import DeviceState
from app.rules.model import Party
from devices.call.scripted import ScriptedCall
from ui.call.desk import Equipment
from ui.call.strip import CallStrip
from ui.widgets.buttons import Button


@pytest.fixture
def made() -> list[ScriptedCall]:
    return []


@pytest.fixture
def seat(make_seat: Any, made: list[ScriptedCall]) -> Seat:
    def make(signalling: Signalling) -> ScriptedCall:
        made.append(ScriptedCall(signalling))
        return made[-1]

    found: Seat = make_seat(calls=Equipment(make))
    return found


def strip(seat: Seat) -> CallStrip:
    found = seat.window.findChild(CallStrip)
    assert found is not None
    return found


def at_seat(alias: str) -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}")


def follow(seat: Seat, kind: str) -> None:
    """Carry out what the window sent last, as the room would, and show the new view."""
    sent = seat.bridge.link.sent[-1]
    assert (sent.kind, sent.data) == (kind, {"call": "committee"} if kind == "JoinCall" else {})
    seat.play.do(JoinCall("committee") if kind == "JoinCall" else AskWord(), at_seat(seat.alias))
    seat.show()


def press(button: Button, qtbot: Any) -> None:
    qtbot.keyClick(button, Qt.Key.Key_Return)


def test_nobody_at_the_seat_no_call(seat: Seat) -> None:
    seat.show()
    assert strip(seat).isHidden()


def test_a_member_joins_and_marking_alone_ends_it(seat: Seat, made: list[ScriptedCall], qtbot: Any) -> None:
    seat.gather()
    seat.show()
    call = strip(seat)
    assert (call.isHidden(), call.join.isHidden(), call.leave.isHidden()) == (False, False, True)
    press(call.join, qtbot)
    follow(seat, "JoinCall")
    assert made[-1].status.state is DeviceState.RUNNING
    other = seat.other()
    seat.play.do(JoinCall("committee"), at_seat(other))
    seat.show()
    seat.bridge.signalled.emit(_hello(seat, other))
    qtbot.waitUntil(lambda: "connected" in " ".join(t.accessibleName() for t in call._people._tiles.values()))
    assert seat.bridge.link.signals[-1][2:] == (other, {"kind": "here"})
    seat.play.choose_chair()
    seat.play.do(CloseCalls(), SYSTEM)
    seat.show()
    assert made[-1].status.state is DeviceState.STOPPED
    assert "works alone" in call.line.accessibleName()
    assert call.join.isHidden()


def _hello(seat: Seat, other: str) -> Any:
    from app.link import Signalled

    return Signalled(seat.play.it.stream, "committee", other, {"kind": "hello"})


def test_the_word_goes_through_the_room(seat: Seat, made: list[ScriptedCall], qtbot: Any) -> None:
    seat.gather()
    seat.play.choose_chair()
    assert seat.play.it.chair != seat.alias
    for lot in seat.lots:
        seat.play.review(lot)
    for alias in (seat.alias, seat.other()):
        seat.play.do(JoinCall("committee"), at_seat(alias))
    seat.show()
    press(strip(seat).word, qtbot)
    follow(seat, "AskWord")
    seat.play.do(GiveWord(seat.alias), at_seat(seat.play.it.chair or ""))
    seat.show()
    assert strip(seat).word.isHidden()
    assert seat.view()["evaluations"][0]["matters"]["call"]["word"] == seat.alias


def test_a_refusal_is_said_in_the_strip(seat: Seat, qtbot: Any) -> None:
    seat.gather()
    seat.show()
    press(strip(seat).join, qtbot)
    seat.bridge.refuse("call_closed", "Closed now.")
    assert "Closed now." in strip(seat).line.accessibleName()


def test_a_window_that_finds_itself_inside_is_in_the_call(seat: Seat, made: list[ScriptedCall]) -> None:
    seat.gather()
    seat.play.do(JoinCall("committee"), at_seat(seat.alias))
    seat.show()
    assert [call.status.state for call in made] == [DeviceState.RUNNING]
    seat.window.close()
    assert made[0].status.state is DeviceState.STOPPED


def test_the_agency_stands_in_the_call_by_its_own_word(seat: Seat) -> None:
    seat.gather()
    seat.play.choose_chair()
    for lot in seat.lots:
        seat.play.review(lot)
    for alias in seat.play.it.committee:
        seat.play.do(JoinCall("committee"), at_seat(alias))
        seat.play.do(TellRecording(alias, f"seat-{alias}", RecordingState.RUNNING, 40), SYSTEM)
    seat.play.do(AskLine("agency", "which year?"), at_seat(seat.play.it.chair or ""))
    seat.play.do(OpenLine(), CENTRE)
    seat.play.do(JoinCall("committee"), replace(AGENCY, device="console-5"))
    seat.show()
    told = strip(seat)._people._tiles["agency"].accessibleName()
    assert told.startswith("采购代理机构")

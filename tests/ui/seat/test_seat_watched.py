"""A seat that is watched says by whom, and its picture goes to those alone; unwatched, no picture leaves it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import CENTRE, WITNESS
from seat_ground import Seat, picture

from app.evaluation.matters.watching import StopWatching, WatchSeats
from app.link import Signalled
from app.ports.call import Part, Signalling
from app.ports.camera import Frame
from app.ports.device import DeviceState
from devices.call.scripted import ScriptedCall
from devices.camera.shrink import shrunk
from ui.call.shown import LARGE_HIGH, SMALL_HIGH, Pace, Watched
from ui.widgets.own_picture import OwnPicture

EYE = replace(WITNESS, device="console-1")
PEER = "witness/console-1"


@pytest.fixture
def made() -> list[ScriptedCall]:
    return []


@pytest.fixture
def seat(make_seat: Any, made: list[ScriptedCall]) -> Seat:
    def make(signalling: Signalling) -> ScriptedCall:
        made.append(ScriptedCall(signalling, Part.SHOW))
        return made[-1]

    found: Seat = make_seat(watched=Watched(make, shrunk))
    return found


def own(seat: Seat) -> OwnPicture:
    found = seat.window.findChild(OwnPicture)
    assert isinstance(found, OwnPicture)
    return found


def watch(seat: Seat, large: str = "") -> None:
    seat.play.do(WatchSeats((seat.alias,), large, ()), EYE)
    seat.show()


def hello(seat: Seat, peer: str = PEER) -> None:
    seat.bridge.signalled.emit(Signalled(seat.play.it.stream, "watching", peer, {"kind": "hello"}))


def pictures(seat: Seat) -> list[tuple[str, str]]:
    return [(to, told["size"]) for _, call, to, told in seat.bridge.link.signals if told["kind"] == "picture"]


def test_the_picture_goes_to_who_watches_and_the_seat_says_so(seat: Seat, made: list[ScriptedCall], qtbot: Any) -> None:
    seat.camera.show(picture(90, 640, 480))
    seat.sit("pledged")
    seat.show()
    qtbot.waitUntil(lambda: own(seat).is_on)
    assert (made, own(seat).accessibleName()) == ([], "Camera on")
    watch(seat)
    assert own(seat).accessibleName() == "Seen by the witness"
    assert {(call, to) for _, call, to, _ in seat.bridge.link.signals} == {("watching", PEER)}
    hello(seat, "centre/console-2")  # someone whom the view does not name
    hello(seat)
    qtbot.waitUntil(lambda: (PEER, "240x180") in pictures(seat))
    seat.play.do(WatchSeats((seat.alias,), seat.alias, ()), EYE)
    seat.show()
    qtbot.waitUntil(lambda: (PEER, "480x360") in pictures(seat))
    seat.play.do(WatchSeats((seat.alias,), "", ()), replace(CENTRE, device="console-2"))
    seat.show()
    assert own(seat).accessibleName() == "Seen by the centre, the witness"
    for who in (EYE, replace(CENTRE, device="console-2")):
        seat.play.do(StopWatching(), who)
    seat.show()
    assert own(seat).accessibleName() == "Camera on"
    assert made[-1].status.state is DeviceState.STOPPED
    assert {to for to, _ in pictures(seat)} == {PEER}
    sent = len(pictures(seat))
    newest = seat.camera.latest
    assert newest is not None
    qtbot.waitUntil(lambda: seat.camera.latest is not None and seat.camera.latest.at_s > newest.at_s + 0.3)
    assert len(pictures(seat)) == sent


def test_a_closed_window_shows_nothing_more(seat: Seat, made: list[ScriptedCall]) -> None:
    seat.sit("pledged")
    watch(seat)
    assert made[-1].status.state is DeviceState.RUNNING
    seat.window.close()
    assert made[-1].status.state is DeviceState.STOPPED


def test_who_is_not_watched_shows_nothing_though_the_neighbour_is(seat: Seat, made: list[ScriptedCall]) -> None:
    seat.sit("pledged")
    other = seat.play.arrive("p3")
    seat.play.do(WatchSeats((other,), "", ()), EYE)
    seat.show()
    assert made == []


def test_five_pictures_a_second_and_ten_when_somebody_looks_closely() -> None:
    pace = Pace(shrunk)

    def second(at_s: float) -> list[Frame]:
        frames = (replace(picture(7, 640, 480), at_s=at_s + k / 30) for k in range(30))
        return [taken for frame in frames if (taken := pace.taken(frame)) is not None]

    small = second(1.0)
    assert (len(small), {frame.height for frame in small}) == (5, {SMALL_HIGH})
    pace.look_closely(large=True)
    large = second(2.0)
    assert (len(large), {frame.height for frame in large}) == (10, {LARGE_HIGH})


@pytest.mark.parametrize(("size", "shown"), [((641, 481), (240, 180)), ((37, 23), (34, 22)), ((240, 180), (240, 180))])
def test_a_picture_is_made_smaller_and_its_sides_even(size: tuple[int, int], shown: tuple[int, int]) -> None:
    small = shrunk(picture(90, *size), SMALL_HIGH)
    assert (small.width, small.height) == shown
    assert set(small.rgb) == {90}

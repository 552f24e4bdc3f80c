"""Sentences about recordings: handed in by a seat, found by an entry of the journal, looked at by who may."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from pytest_bdd import parsers, step, then

from app.recordings.manifest import Manifest, place_of, written
from app.recordings.sealed_file import SealedFile
from app.recordings.taking_up import time_of
from devices.camera.reel import SegmentReel
from stories.stage.cast import WHO
from stories.stage.world import World
from tests.devices.film_ground import spoken_segment

BEFORE_S, LONG_S = 5, 10
"""The segment begins so long before the entry, and lasts so long; the tone in it begins with the entry."""
SHADES = tuple(range(20, 220, 4))
"""One picture every fifth of a second, each lighter than the one before."""


def _path(world: World, alias: str) -> str:
    return f"/recordings/{world.cast.stream.replace('/', '~')}/{alias}"


def _moment(world: World, kind: str) -> datetime:
    return datetime.fromisoformat(next(one.at for one in world.entries() if one.type == kind))


@step(parsers.re(rf"(?P<who>{WHO})的席位交来推选组长前后的录像"))
def hands_in(world: World, who: str) -> None:
    """One segment as its recorder leaves it: pictures, a tone, sealed for the room."""
    seat, alias = world.cast.seat(who), world.cast.alias(who)
    begin = _moment(world, "ChairChosen") - timedelta(seconds=BEFORE_S)
    start = round(begin.timestamp() * 1000)
    end = start + LONG_S * 1000
    key = bytes.fromhex(seat.view()["room"]["recording"]["key"])
    folder = world.folder / "seat"
    folder.mkdir()
    file = SealedFile(folder / "000001.kwr", [key], os.urandom)
    file.append(spoken_segment((BEFORE_S * 1000, 2.0), shades=SHADES), start, end)
    file.close(end)
    line = Manifest(folder).add(file.path.name, file.bytes, file.sha256, time_of(start), time_of(end), ())
    mine = f"{_path(world, alias)}/mine"
    seat.ask("POST", mine, {"lines": [written(line).decode()], "state": "running", "hours_left": 40})
    seat.ask("PUT", f"{mine}/1?offset=0", data=file.path.read_bytes())


@step(parsers.re(rf'(?P<who>{WHO})从日志的 "(?P<kind>\w+)" 调阅(?P<whose>{WHO})的录像'))
def looks(world: World, who: str, kind: str, whose: str) -> None:
    """The list says which segment holds the entry's moment; that one is asked for."""
    machine, moment = world.cast.machine(who), _moment(world, kind)

    def look() -> None:
        listed = machine.ask("GET", f"/recordings/{world.cast.stream.replace('/', '~')}")["recordings"]
        one = next(one for one in listed if one["party"] == world.noted["recorded"])
        found = place_of([_Told(segment) for segment in one["segments"]], moment.isoformat())
        assert found is not None
        world.noted["second"] = str(found[1])
        path = f"{_path(world, one['party'])}/{one['device']}/{found[0].seq}"
        (world.folder / "seen.mkv").write_bytes(machine.ask("GET", path))

    world.noted.setdefault("recorded", world.cast.alias(whose))
    world.cast.attempt(look)


class _Told:
    """A segment as the room lists it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.seq, self.start, self.end = int(told["seq"]), str(told["start"]), str(told["end"])


@step(parsers.re(rf"(?P<who>{WHO})申请调阅(?P<whose>{WHO})的录像"))
def asks(world: World, who: str, whose: str) -> None:
    """Another role would have to agree."""
    world.cast.do(who, "AskRecording", party=world.cast.alias(whose), reason="有人举报")


@then("看到的是那一秒的画面，听到那一秒的声音")
def seen_and_heard(world: World) -> None:
    """The shade of that moment, and the tone that begins with it."""
    second = float(world.noted["second"])
    assert abs(second - BEFORE_S) < 0.01
    reel = SegmentReel((world.folder / "seen.mkv").read_bytes())
    frame = reel.picture_at(second)
    assert frame is not None
    assert abs(frame.rgb[0] - SHADES[int((second + 0.01) / 0.2)]) <= 5
    before, then_ = (
        np.frombuffer(reel.sound_between(*span), "<i2") for span in ((0, second - 0.1), (second, second + 1))
    )
    assert not before.any()
    assert np.abs(then_).max() > 4_000
    reel.close()

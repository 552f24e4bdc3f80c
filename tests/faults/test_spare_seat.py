"""A seat's machine dies in the middle of its marks, and its member goes on at a spare one: real processes, timed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from fault_field import Season
from room_clients import Refusal
from room_play import STREAM

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")

MOST_S = 60.0
"""Scripted work from the death of the machine to the same cell at the spare seat."""


@pytest.mark.slow
def test_a_member_goes_on_at_a_spare_seat(tmp_path: Path) -> None:
    season = Season(tmp_path, 7)
    try:
        season.begin()
        play, dead = season.play, season.play.sitting[0].seat
        spare = next(seat for seat in play.seats.values() if seat not in play.sitting)
        stream = spare.stream(0)
        season.nursery.wait("typed marks that arrived", lambda: season.stories[dead].delivered >= 3)
        delivered = season.stories[dead].delivered

        begun = time.monotonic()
        season.nursery.end(dead, signal.SIGKILL)
        alias = season.aliases[dead]
        play.centre.until(lambda v: any(s["id"] == spare.seat and s["device_state"] == "connected"
                                        for s in v["room"]["seats"]))  # fmt: skip
        play.centre.do(STREAM, "MoveSeat", {"alias": alias, "seat": spare.seat, "reason": "主机断电"})
        assert spare.mine()["alias"] == alias
        assert spare.mine()["next"]["code"] == "unlock"
        spare.ask("GET", "/seat/reference")
        spare.do(STREAM, "UnlockSeat", {"score": "0.71", "engine": "sface-1"})
        stream.close()
        season.sheets[spare.seat], season.aliases[spare.seat] = season.sheets[dead], alias
        season.start_seat(spare.seat)
        season.await_seat(spare.seat, 1)
        took = time.monotonic() - begun
        print(f"spare seat: {took:.1f} s from the kill to version {season.stories[spare.seat].resumed}", flush=True)
        assert season.stories[spare.seat].resumed >= delivered  # and `intact`, or the season says so
        assert season._said == []
        assert took < MOST_S

        at_once = season.stories[spare.seat].delivered
        season.nursery.wait("marks from the spare seat", lambda: season.stories[spare.seat].delivered > at_once + 2)
        with pytest.raises(Refusal) as refused:  # the old machine does not come in any more
            play.seats[dead].open()
        assert refused.value.code == "bad_challenge"
    finally:
        season.close()

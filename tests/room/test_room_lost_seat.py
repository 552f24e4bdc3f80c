"""A lost seat when the room has lost its memory: two consoles let the round open; no single holder reads early."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from disk_thief import entries, in_clear, read, stolen
from leak_walk import Log
from room_play import STREAM, Play, ready
from room_world import Machine, Refusal, Room, Seat

from app.evaluation.model import SheetKind
from app.journal import Ed25519Signer
from app.link.debts import Debts
from app.link.party import DrawParty
from app.link.safe import Safe
from app.link.shares import ShareHolder
from app.link.sheets import SheetKeeper, SheetPlace
from app.link.timing import Timing

MARK = "7.77"


class Client:
    """Sends what a machine owes as the machine of the play."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def command(self, command_id: str, stream: str, kind: str, data: dict[str, Any]) -> Any:
        return self._machine.do(stream, kind, data, command_id)


class Payer:
    """What a real link does without a person, one look at a time."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine = machine
        self.private = hashlib.sha256(f"shares of {machine.device}".encode()).digest()
        safe = Safe(folder / machine.device, self.private)
        self.keeper = SheetKeeper(safe, self.private, lambda: None)
        party = DrawParty(Ed25519Signer(self.private), safe)
        holder = ShareHolder(self.private)
        self.now = 0.0
        client: Any = Client(machine)
        self.debts = Debts(client, party, self.keeper, holder, Timing(), lambda: self.now)

    def pay(self) -> None:
        self.now += 1000
        view = self.machine.view()
        self.debts.pay(view | {"room": {}})  # draws are the play's own business

    def seal(self, play: Play, number: int) -> None:
        seat = self.machine
        assert isinstance(seat, Seat)
        view = seat.mine()
        place = SheetPlace(STREAM, "1", SheetKind.MARKS, number, view["alias"])
        sheet = play.marks_sheet(seat, "1", lambda alias, bid, factor: MARK)
        seat.do(STREAM, "SealSheet", self.keeper.seal(place, sheet, view["sealing_key"]))


@pytest.fixture
def log() -> Iterator[Log]:
    heard, root = Log(), logging.getLogger()
    root.addHandler(heard)
    yield heard
    root.removeHandler(heard)


def code(call: Any, *args: Any) -> str:
    with pytest.raises(Refusal) as refused:
        call(*args)
    return refused.value.code


def test_a_lost_seats_sheet_takes_witness_and_regulator_and_no_one_alone(tmp_path: Path, log: Log) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        regulator = play.agency.login("regulator-a")
        machines = [play.witness, regulator, *play.sitting]
        payers = {machine.device: Payer(machine, tmp_path) for machine in machines}
        holders = [payers[play.witness.device], payers[regulator.device]]
        for holder in holders:
            holder.pay()
        number = play.lot("1")["round"]["number"]
        for seat in play.sitting:
            if seat is not play.sitting[-1]:
                payers[seat.device].seal(play, number)
                payers[seat.device].pay()
        kept = entries(stolen(play.room, log, tmp_path / "while"), "SharesKept")
        assert len(kept) == len(play.sitting) - 1

        # The machine of the first seat burns, and the room loses its memory before the last one ends.
        lost, *others = play.sitting
        alias = lost.mine()["alias"]
        play.streams.pop(lost.device).close()
        play.disconnect()
        play.room.stop()
        play.move_to(Room(folder))
        play.streams.pop(lost.device).close()
        play.centre.until(lambda v: any(s.get("alias") == alias and s["device_state"] == "lost"
                                        for s in v["room"]["seats"]))  # fmt: skip
        place = {"lot": "1", "kind": "marks", "round": number, "alias": alias}
        ask = place | {"reason": "席位主机烧毁，备用席位不可用"}
        assert code(play.witness.do, STREAM, "AskSheetRelease", ask) == "nothing_missing", "one has not ended"
        payers[others[-1].device].seal(play, number)
        for seat in others:
            payers[seat.device].pay()
        assert play.lot("1")["stage"] == "marking"

        # Whoever has the disk and one of the two reads nothing; nor has anybody else a share.
        disk = stolen(play.room, log, tmp_path / "stolen")
        for brought in ([], [holders[0].private], [holders[1].private], [payers[s.device].private for s in others]):
            assert (read(disk, brought), in_clear(disk, MARK)) == ([], []), len(brought)
        assert len(read(disk, [holder.private for holder in holders])) == len(play.sitting), "both together would"

        for role, machine in (("centre", play.centre), ("tenderee", regulator.login("tenderee-a"))):
            assert code(machine.do, STREAM, "AskSheetRelease", ask) == "not_permitted", role
        regulator.login("regulator-a")
        there = ask | {"alias": others[0].mine()["alias"]}
        assert code(play.witness.do, STREAM, "AskSheetRelease", there) == "nothing_missing", "its key is here"
        play.witness.do(STREAM, "AskSheetRelease", ask)
        assert code(play.witness.do, STREAM, "ApproveSheetRelease", ask) == "same_role"
        for holder in holders:
            holder.pay()
        assert play.lot("1")["stage"] == "marking", "nothing is given before both agree"
        regulator.do(STREAM, "ApproveSheetRelease", ask)
        holders[0].pay()
        assert play.lot("1")["stage"] == "marking"
        disk = stolen(play.room, log, tmp_path / "half")
        assert (read(disk, [holders[0].private]), in_clear(disk, MARK)) == ([], [])
        holders[1].pay()
        play.wait_stage("1", "opened")
        assert play.room.services.memory.shares == {}  # type: ignore[attr-defined]
    finally:
        play.disconnect()
        play.room.stop()


def test_a_share_that_is_none_is_refused_and_a_seat_that_is_there_is_no_lost_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        regulator = play.agency.login("regulator-a")
        payers = {m.device: Payer(m, tmp_path) for m in (play.witness, regulator, *play.sitting)}
        payers[play.witness.device].pay()
        payers[regulator.device].pay()
        number = play.lot("1")["round"]["number"]
        first, *others = play.sitting
        for seat in play.sitting[:-1]:
            payers[seat.device].seal(play, number)
            payers[seat.device].pay()
        play.disconnect()
        play.room.stop()
        play.move_to(Room(folder))
        payers[others[-1].device].seal(play, number)
        for seat in others:
            payers[seat.device].pay()
        place = {"lot": "1", "kind": "marks", "round": number, "alias": first.mine()["alias"]}
        ask = place | {"reason": "以为失联"}
        assert code(play.witness.do, STREAM, "AskSheetRelease", ask) == "seat_there"
        play.streams.pop(first.device).close()
        play.centre.until(lambda v: any(s.get("alias") == place["alias"] and s["device_state"] == "lost"
                                        for s in v["room"]["seats"]))  # fmt: skip
        play.witness.do(STREAM, "AskSheetRelease", ask)
        regulator.do(STREAM, "ApproveSheetRelease", ask)
        seen = play.witness.evaluation()["matters"]["lost_seat"]
        good = ShareHolder(payers[play.witness.device].private).give("witness", seen["owes"][0], seen["room_key"])
        assert good is not None
        assert code(regulator.do, STREAM, "GiveShare", good) == "sheet_not_opened", "the other holder's"
        assert code(play.witness.do, STREAM, "GiveShare", good | {"share": {}}) == "sheet_not_opened"
        assert code(play.witness.do, STREAM, "GiveShare", good | {"key_id": "k0"}) == "old_key"
        play.witness.do(STREAM, "GiveShare", good)
        # The seat comes back after all: its own key opens the round, and the share is of no more use.
        payers[first.device].pay()
        play.wait_stage("1", "opened")
    finally:
        play.disconnect()
        play.room.stop()

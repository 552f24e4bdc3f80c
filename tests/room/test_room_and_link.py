"""The link of a machine against the room itself: both restart, sheets and nonces are brought again, nobody is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from room_packages import package
from room_play import STREAM, Play, ready
from room_world import PASSWORD, Machine, Room

from app.evaluation.model import SheetKind
from app.link import Answered, Failed, Happened, RoomLink, SessionEnded, ViewChanged
from tests.link.link_ground import QUICK, Heard, KnownMachine, until


class Desk:
    """A machine of a play that is run by a link from now on; it keeps its folder when it starts again."""

    def __init__(self, play: Play, machine: Machine, kind: str, folder: Path) -> None:
        self.play, self.machine, self.folder = play, machine, folder
        seat = getattr(machine, "seat", None)
        secret = hashlib.sha256(folder.name.encode()).digest()
        self.identity = KnownMachine(machine.device, kind, seat, machine.url, "", secret)
        self.heard = Heard()
        self.link = RoomLink(self.identity, folder, self.heard, "en", QUICK)

    def start(self) -> Desk:
        stream = self.play.streams.pop(self.machine.device, None)
        if stream is not None:
            stream.close()
        self.link.start()
        self.heard.wait(ViewChanged)
        self.machine.token = self.link.client.token()  # the play goes on acting in this machine's session
        return self

    def stop(self) -> None:
        self.link.stop()

    def again(self) -> Desk:
        """The machine starts anew over its folder, at the room of now."""
        self.stop()
        return Desk(self.play, self.machine, self.identity.kind, self.folder)

    def view(self) -> Any:
        """The newest view that was told."""
        return self.heard.of(ViewChanged)[-1].view

    def answer(self, request: str) -> Any:
        """The answer to a request; a refusal fails the test."""
        told = until(lambda: [m for m in self.heard.messages if getattr(m, "request", None) == request], request)[0]
        assert isinstance(told, Answered), told
        return told.value


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[tuple[ExitStack, Path]]:
    """What ends everything that a test has started, the room last."""
    with ExitStack() as stack:
        yield stack, tmp_path


def a_play(stack: ExitStack, play: Play) -> Play:
    """The play, which ends with the test."""

    def end() -> None:
        play.disconnect()
        play.room.stop()

    stack.callback(end)
    return play


def a_desk(stack: ExitStack, play: Play, machine: Machine, kind: str, folder: Path) -> Desk:
    desk = Desk(play, machine, kind, folder / machine.device)
    stack.callback(desk.stop)
    return desk


def restart(play: Play, folder: Path) -> None:
    """The room ends and starts again over its folder; its memory is gone."""
    play.disconnect()
    play.room.stop()
    play.move_to(Room(folder / "data"))


def round_of(view: Any) -> Any:
    return view["evaluations"][0]["lots"][0]["round"]


def test_sheets_outlive_a_restart_of_room_and_seats(stage: tuple[ExitStack, Path]) -> None:
    stack, folder = stage
    play = a_play(stack, ready(Room(folder / "data"), folder))
    play.gather()
    play.choose_chair()
    play.review("1")
    number = play.lot("1")["round"]["number"]
    sealed, away, *others = play.sitting
    marks = {seat.seat: play.marks_sheet(seat, "1") for seat in (sealed, away)}
    first = a_desk(stack, play, sealed, "seat", folder).start()
    second = a_desk(stack, play, away, "seat", folder).start()
    old_key, aliases = first.view()["evaluations"][0]["sealing_key"], [d.view()["alias"] for d in (first, second)]

    place = ("1", SheetKind.MARKS, number)
    first.answer(first.link.put_draft(STREAM, *place, 1, {"half": "done"}))
    first.answer(first.link.seal_sheet(STREAM, *place, aliases[0], marks[sealed.seat], old_key))
    second.stop()  # the second seat is cut off: what its member seals stays at the seat, for the key of before
    request = second.link.seal_sheet(STREAM, *place, aliases[1], marks[away.seat], old_key)
    assert second.link.waiting == 1
    first.stop()

    for seat in (sealed, away):  # two machines without a session; the others go on with theirs
        seat.token = ""
    restart(play, folder)
    first, second = first.again(), second.again()
    for desk in (first, second):
        stack.callback(desk.stop)
        desk.start()
    assert second.answer(request)["events"] == ["SheetSealed"]
    new_key = until(lambda: second.view()["evaluations"][0]["sealing_key"])
    assert new_key["id"] != old_key["id"]
    until(lambda: new_key["id"] in round_of(first.view())["mine"]["keys"], "the key given again")
    assert first.heard.of(Failed) == second.heard.of(Failed) == []

    for seat in others:
        seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
    play.wait_stage("1", "opened")
    play.conclude("1")

    wiped = first.link.send(STREAM, "WipeSeat", {"seat": sealed.seat})
    first.answer(wiped)
    until(lambda: first.view()["evaluations"] == [] and first.view()["alias"] is None, "a view that knows nothing")
    first.link.wipe()
    assert not any((first.folder / "sheets").iterdir())


def test_drafts_come_back_from_the_room_and_from_the_seat(stage: tuple[ExitStack, Path]) -> None:
    stack, folder = stage
    play = a_play(stack, ready(Room(folder / "data"), folder))
    play.gather()
    play.choose_chair()
    seat = play.sitting[0]
    number = play.lot("1")["round"]["number"]
    desk = a_desk(stack, play, seat, "seat", folder).start()
    place = (STREAM, "1", SheetKind.REVIEW, number)
    assert desk.answer(desk.link.load_draft(*place)) is None
    for version in range(1, 30):
        desk.link.put_draft(*place, version, {"typed": "x" * version})
    until(lambda: desk.link.waiting == 0, "the newest draft delivered")
    assert desk.answer(desk.link.load_draft(*place)) == {"version": 29, "content": {"typed": "x" * 29}}

    desk.stop()
    desk.link.put_draft(*place, 30, {"typed": "offline"})
    desk = desk.again()
    stack.callback(desk.stop)
    desk.start()
    assert desk.answer(desk.link.load_draft(*place)) == {"version": 30, "content": {"typed": "offline"}}
    until(lambda: desk.link.waiting == 0, "the draft of before the restart delivered")
    kept = seat.ask("GET", f"/drafts/evaluation~ev1/1/review/{number}")
    assert kept["version"] == 30
    assert "offline" not in kept["sealed"], "the room keeps what it cannot read"


def test_parties_commit_reveal_and_reveal_again_by_themselves(stage: tuple[ExitStack, Path]) -> None:
    stack, folder = stage
    play = a_play(stack, Play(Room(folder / "data")))
    play.import_package(package(folder))
    centre = a_desk(stack, play, play.centre, "console", folder).start()
    kiosk = a_desk(stack, play, play.kiosk, "kiosk", folder).start()
    centre.answer(centre.link.ask("login", lambda client: client.login("centre-a", PASSWORD)))
    centre.link.begin_again()
    centre.answer(centre.link.send("room", "CallDraw", {"purpose": "slots", "streams": [STREAM]}))
    until(lambda: centre.view()["evaluations"] and centre.view()["evaluations"][0]["slots_allotted"], "the slots")
    before = centre.view()["room"]["draws"]
    assert [sorted(draw["revealed"]) for draw in before] == [sorted(draw["parties"]) for draw in before]

    centre.stop()
    kiosk.stop()
    play.centre.token = play.kiosk.token = ""
    restart(play, folder)
    centre, kiosk = centre.again(), kiosk.again()
    for desk in (centre, kiosk):
        stack.callback(desk.stop)
        desk.start()
    centre.answer(centre.link.ask("login", lambda client: client.login("centre-a", PASSWORD)))
    centre.link.begin_again()
    settled = [[] for _ in before]
    until(lambda: [draw["needs_nonce"] for draw in centre.view()["room"]["draws"]] == settled, "nonces again")
    assert [draw["code"] for draw in centre.view()["room"]["draws"]] == [draw["code"] for draw in before]
    assert play.arrive(1).mine()["alias"], "the room knows what was drawn"


def test_a_console_reads_the_journal_without_gaps_over_a_bye(stage: tuple[ExitStack, Path]) -> None:
    stack, folder = stage
    play = a_play(stack, Play(Room(folder / "data")))
    console = a_desk(stack, play, play.witness, "console", folder).start()
    console.answer(console.link.ask("login", lambda client: client.login("witness-a", PASSWORD)))
    console.link.begin_again()
    play.import_package(package(folder))
    console.heard.wait(Happened, lambda told: told.entry["type"] == "EvaluationOpened")
    # Another program with this machine's key ends the session; the link comes back with a new one, logged out.
    Machine(play.room.url, play.witness.device).open()
    console.heard.wait(SessionEnded)
    until(lambda: console.view()["role"] is None, "nobody is logged in any more")
    console.answer(console.link.ask("login", lambda client: client.login("witness-a", PASSWORD)))
    already = len(console.heard.messages)
    console.link.begin_again()
    told = until(lambda: positions(console, already, until_type="PostTaken", count=3), "the journal from its beginning")
    assert told == sorted(set(told))


def positions(desk: Desk, behind: int, *, until_type: str, count: int) -> list[int]:
    entries = [m.entry for m in tuple(desk.heard.messages)[behind:] if isinstance(m, Happened)]
    # One that was in hand as the reading began again may come before the first.
    entries = next((entries[k:] for k, entry in enumerate(entries) if entry["position"] == 1), [])
    found = [entry for entry in entries if entry["type"] == until_type]
    return [entry["position"] for entry in entries] if len(found) >= count else []

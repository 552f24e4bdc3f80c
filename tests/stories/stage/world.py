"""The whole of a story: one room, one project, the cast, and the way from the import to the closed evaluation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from room_clients import Machine, Refusal
from room_play import Play

from stories.stage import papers
from stories.stage.cast import Cast
from stories.stage.ears import Ears
from stories.stage.process import POSTS, RoomProcess
from stories.stage.project import Project
from stories.stage.wills import Wills

PATIENCE_S = 20.0
_SESSION_S = 12 * 3600
_SEALED = frozenset({"confirming", "reporting", "reported"})
"""Stages behind which no sheet is sealed any more, so that a room that lost its keys offers no new one."""


class World:
    """A room with everything that stands in it; nothing happens before `begin`."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the story's own."""
        self.folder = folder
        self.wills = Wills()
        self.noted: dict[str, str] = {}
        """What one sentence found for a later one."""
        self._room: RoomProcess | None = None
        self._ears: Ears | None = None

    def begin(self, project: Project, *, import_it: bool = True) -> None:
        """The room is up, its machines are enrolled, the project is imported."""
        self.project = project
        self._room = RoomProcess(self.folder, project.members + 3)
        self.play = Play(self._room, self._room.seats, POSTS)
        self._ears = Ears(self.play.streams.values())
        self.cast = Cast(self.play, project)
        if import_it:
            self.import_project()

    def import_project(self) -> None:
        """The centre imports the package."""
        self.play.import_package(self.project.package(self.folder))

    def end(self) -> None:
        """Everything is closed, and nothing was left unsaid."""
        if self._ears:
            self._ears.close()
        if self._room:
            print(self._room.said()[-4000:])  # shown with a story that failed
            self._room.stop()

    @property
    def room(self) -> RoomProcess:
        """The room of the story."""
        assert self._room, "假如 一个政府采购项目 … or 假如 一个工程项目 … comes first"
        return self._room

    # --- power and time

    def power_cut(self) -> None:
        """kill -9 of the room, and its start over the same data; the machines come back as they would.

        Sessions hold; draws get their numbers again, and sheets their keys, where the room lost them.
        """
        keys = self._sealing_keys()
        self.room.kill()
        self.room.start()
        self._come_back()
        self.wait(lambda: not keys.items() & self._sealing_keys().items())
        self.play.centre.take_part()
        self.play.kiosk.take_part()
        for number in keys:
            self.play.at[number].give_keys_again()

    def _sealing_keys(self) -> dict[int, str]:
        """The newest sealing key that each member sees who may still have a sheet to seal."""
        seen = {number: seat.view()["evaluations"] for number, seat in self.play.at.items()}
        return {
            number: views[0]["sealing_key"]["id"]
            for number, views in seen.items()
            if views and views[0]["sealing_key"] and any(lot["stage"] not in _SEALED for lot in views[0]["lots"])
        }

    def pass_time(self, seconds: int) -> None:
        """Let time pass; sessions that ended by that are opened again."""
        self.room.pass_time(seconds)
        if self.room.ahead_s < _SESSION_S:
            return
        for machine in self.play.machines:
            if not _has_session(machine):
                machine.token = ""
        for name, console in self.play.consoles.items():
            if not console.token:
                console.open().login(name)
        self._come_back()

    def _come_back(self) -> None:
        if self._ears:
            self._ears.close()
        self.play.disconnect()
        self.play.move_to(self.room)
        self._ears = Ears(self.play.streams.values())

    # --- the journal and the papers

    def entries(self) -> list[papers.Entry]:
        """The journal on the disk, of the room and the evaluation."""
        return list(papers.entries(self.room.data))

    def report(self, lot: str = "1") -> str:
        """The text of a lot's issued report, without white space."""
        stream = self.cast.stream.replace("/", "~")
        return papers.text_of(self.play.centre.ask("GET", f"/reports/{stream}/{lot}"))

    def verify(self) -> dict[str, list[str]]:
        """Unpack every lot's evidence and check it as a stranger would; the lines told, by lot."""
        told = {}
        for lot in self.lots("中心"):
            root = papers.unpack(self.play.evidence(lot["id"]), self.folder / f"bag-{lot['id']}")
            done = papers.kawei("verify", str(root), "--key", self.room.key)
            told[lot["id"]] = [*done.stdout.splitlines(), *done.stderr.splitlines()]
            assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["verified"]), told[lot["id"]]
        return told

    # --- the way

    def lots(self, who: str) -> list[Any]:
        """The lots as a person sees them."""
        return list(self.cast.view(who)["lots"])

    def arrive(self) -> None:
        """Whoever is not at a seat yet comes, and pledges."""
        for number in self.cast.people.values():
            if number not in self.play.at:
                self.play.arrive(number)

    def constitute(self) -> None:
        """The committee stands."""
        self.cast.do("中心", "ConstituteCommittee")
        self.cast.settle()
        first = self.cast.seat(self.committee()[0])
        first.until(lambda v: v["evaluations"][0]["sealing_key"], "for the sealing key")

    def committee(self) -> list[str]:
        """The members of the constituted committee, by name."""
        seen = {who: self.cast.seat(who).view()["evaluations"] for who in self.cast.members}
        return [who for who, views in seen.items() if views and views[0]["election"] is not None]

    def choose_chair(self, who: str = "专家一") -> None:
        """Everyone agrees to a chair."""
        first, *others = self.committee()
        self.cast.do(first, "ProposeChair", candidate=self.cast.alias(who))
        for other in others:
            self.cast.do(other, "AgreeToChair")
        self.cast.settle()

    def seal(self, who: str, lot: str, kind: str) -> None:
        """A member ends a round with what the member thinks; refused like a command."""
        seat, found = self.cast.seat(who), self.cast.lot(who, lot)
        sheet = (
            self.wills.review(who, found) if kind == "review" else self.wills.sheet(who, self.cast.number(who), found)
        )
        number = found["round"]["number"] if found["round"] else 1  # where no round is open, the room says so
        self.cast.attempt(lambda: seat.seal(lot, kind, number, sheet))

    def seal_rest(self, lot: str, kind: str) -> None:
        """Whoever has not ended the round ends it, and the room opens it."""
        for who in self.committee():
            found = self.cast.lot(who, lot)["round"]
            if found and found["kind"] == kind and self.cast.alias(who) not in found["ended"]:
                self.seal(who, lot, kind)
                self.cast.settle()
        self.play.wait_stage(lot, {"review": "reviewed", "marks": "opened"}[kind])

    def vote(self, who: str, whom: str) -> None:
        """A member votes for a chair; the last vote of a ballot has it counted."""
        ballot = self.cast.view(who)["election"]["ballot"]["number"]
        seat, sheet = self.cast.seat(who), {"candidate": self.cast.alias(whom)}
        self.cast.attempt(lambda: seat.seal("", "ballot", ballot, sheet))
        found = self.cast.view(who)["election"]["ballot"]
        if found["number"] == ballot and len(found["ended"]) == len(self.committee()):
            self.wait(lambda: len(self.cast.view(who)["election"]["votes"]) >= ballot)

    def conclude_review(self, lot: str, competition: str | None = None) -> None:
        """The chair states what the verdicts say; refused like a command."""
        chair = self.cast.chair
        failing = self.cast.lot(chair, lot)["verdict"]["failing"]
        self.cast.do(chair, "ConcludeReview", lot=lot, rejections=failing, competition=competition)

    def confirm_rest(self, lot: str) -> None:
        """Whoever has given no opinion agrees, and the report is made.

        Where too few bids are left, each first states that documents and procedure were in order (87号令 43).
        """
        for who in self.committee():
            if any(act["command"] == "GiveTenderOpinion" and act["data"] == {"lot": lot} for act in self.acts(who)):
                self.cast.do(who, "GiveTenderOpinion", lot=lot, unreasonable=False, unlawful=False, text="")
            if self.cast.view(who)["next"] == {"code": "confirm", "lot": lot, "act": True}:
                self.cast.do(who, "ConfirmResult", lot=lot)
                self.cast.settle()
        self.play.wait_stage(lot, "reported")

    def acts(self, who: str) -> list[Any]:
        """What a person is offered beside the main way."""
        return list(self.cast.view(who)["acts"])

    def leave(self) -> None:
        """Everyone who is inside wipes the seat, takes the phone and goes."""
        for who in self.committee():
            self.cast.ref(who)  # whoever does not come again is still spoken of
        for number in list(self.play.at):
            found = self.play.look_up(number)
            if found["state"] == "left":
                continue
            seat, ticket = self.play.at[number], found["ticket"]
            if found["next"] != "take_phone":
                seat.do(self.cast.stream, "WipeSeat", {"seat": seat.seat})
            self.play.kiosk.do("kiosk", "ReturnPhone", {"ticket": ticket, "locker": found["locker"]})
            self.play.kiosk.do("kiosk", "LeaveRoom", {"ticket": ticket})

    def close(self) -> None:
        """Everyone goes, and the centre closes the evaluation."""
        self.leave()
        self.cast.do("中心", "CloseEvaluation")
        self.cast.settle()

    # --- waiting

    def wait(self, good: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not good():
            assert time.monotonic() < deadline, "waited in vain"
            threading.Event().wait(0.02)


def _has_session(machine: Machine) -> bool:
    try:
        machine.view()
    except Refusal as refusal:
        if refusal.code == "no_session":
            return False
        raise
    return True

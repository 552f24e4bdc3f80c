"""A whole evaluation over HTTP, step by step, as the machines and people of a room play it."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import requests
from evaluation_case import ALIVE_JSON, all_pass, good_marks
from room_clients import SEATS, Machine, Seat, Stream
from room_packages import document, package

POSTS = {"console-1": "centre-a", "console-2": "witness-a", "console-3": "agency-a"}
STREAM = "evaluation/ev1"
LIVE = base64.b64encode(b"\xff\xd8\xff the face before the kiosk").decode()
KNOWN = {"score": "0.61", "engine": "sface-1", "liveness": ALIVE_JSON}
"""What a kiosk sends of a face that it knew."""


class House(Protocol):
    """A room that is up, wherever it runs."""

    url: str

    def add_users(self, *names: str) -> None:
        """Accounts named like `centre-a`."""

    def code(self, kind: str, seat: str | None = None) -> str:
        """A one-time code for a new machine."""


class Play:
    """The machines of one room; `everyone` keeps their live streams open, so that they count as connected."""

    def __init__(self, room: House, seats: Iterable[str] = SEATS, posts: Mapping[str, str] = POSTS) -> None:
        self.room = room
        self.at: dict[int, Seat] = {}
        """Where each member sits, by number on the list."""
        room.add_users("centre-a", "witness-a", "agency-a", "regulator-a", "tenderee-a")
        self.consoles = {post: self._machine(Machine(room.url, name), "console") for name, post in posts.items()}
        self.kiosk = self._machine(Machine(room.url, "kiosk-1"), "kiosk")
        self.seats = {seat: self._machine(Seat(room.url, seat), "seat", seat) for seat in seats}
        self.streams: dict[str, Stream] = {}
        for post, console in self.consoles.items():
            console.open().login(post)
        self.connect()

    def _machine(self, machine: Any, kind: str, seat: str | None = None) -> Any:
        machine.enrol(self.room.code(kind, seat))
        return machine

    @property
    def machines(self) -> list[Any]:
        return [*self.consoles.values(), self.kiosk, *self.seats.values()]

    @property
    def centre(self) -> Machine:
        return self.consoles["centre-a"]

    @property
    def witness(self) -> Machine:
        return self.consoles["witness-a"]

    @property
    def agency(self) -> Machine:
        return self.consoles["agency-a"]

    def connect(self) -> None:
        for machine in self.machines:
            if not machine.token:
                machine.open()
            self.streams[machine.device] = machine.stream(0)
            getattr(self.room, "open_streams", []).append(self.streams[machine.device])
        self.centre.until(lambda v: all(s["device_state"] == "connected" for s in v["room"]["seats"]), "for seats")

    def move_to(self, room: House) -> None:
        """Go on with a restarted room, with the sessions of before."""
        self.room = room
        for machine in self.machines:
            machine.url = room.url
        self.connect()

    def disconnect(self) -> None:
        for stream in self.streams.values():
            stream.close()
        self.streams.clear()

    # --- the way

    def import_package(self, path: Path) -> str:
        with path.open("rb") as stream:
            found = self.centre.ask("POST", "/packages", data=stream)
        return str(found["stream"])

    def draw(self, *streams: str) -> None:
        self.centre.do("room", "CallDraw", {"purpose": "slots", "streams": list(streams or (STREAM,))})
        self.settle_draws(lambda: all(e["slots_allotted"] for e in self.centre.view()["evaluations"]))

    def settle_draws(self, done: Any) -> None:
        deadline = time.monotonic() + 20
        while not done():
            assert time.monotonic() < deadline, "the draws do not end"
            if not (self.centre.take_part() | self.kiosk.take_part()):
                threading.Event().wait(0.02)

    def look_up(self, number: int) -> Any:
        return self.kiosk.ask("POST", "/kiosk/lookup", {"document": document(number)})

    def ask_again(self, ticket: str) -> Any:
        return self.kiosk.ask("POST", "/kiosk/lookup", {"ticket": ticket})

    def arrive(self, number: int) -> Seat:
        """A member from the street door to the pledge."""
        seat = self.to_the_seat(number)
        stream = seat.mine()["stream"]
        seat.do(stream, "OpenSeat", {"score": "0.64", "engine": "sface-1"})
        seat.do(stream, "ReadDiscipline", {"read_s": 90})
        mine = seat.mine()
        seat.do(stream, "GivePledge", {"pledge_hash": mine["pledge"]["hash"], "no_interest": mine["bidders"]})
        return seat

    def to_the_seat(self, number: int) -> Seat:
        """A member from the street door to the seat, which has looked at the reference."""
        found = self.look_up(number)
        ticket = found["ticket"]
        assert (found["state"], found["next"]) == ("expected", "face")
        if found["image"] is not None:
            self.kiosk.do("kiosk", "CheckIn", {"ticket": ticket, **KNOWN})
        else:
            self.kiosk.do("kiosk", "RequestRelease", {"ticket": ticket, "what": "admission", "reason": "无照片"})
            assert self.ask_again(ticket)["next"] == "wait_release"
            self.kiosk.ask("POST", "/kiosk/doubt", {"ticket": ticket, "what": "admission", "live": LIVE})
            release = self.witness.evaluation()["releases"][0]
            shown = f"/doubts/{STREAM.replace('/', '~')}/admission/{release['member']}"
            assert self.witness.ask("GET", shown) == {"live": LIVE, "reference": None, "kind": "none"}
            data = {"what": "admission", "member": release["member"], "reason": "核对证件原件"}
            self.witness.do(STREAM, "ApproveRelease", data)
            self.centre.do(STREAM, "ApproveRelease", data)
        locker = self.ask_again(ticket)["locker"]
        self.kiosk.do("kiosk", "StorePhone", {"ticket": ticket, "locker": locker})
        self.kiosk.do("kiosk", "TakeSlot", {"ticket": ticket})
        place = self.ask_again(ticket)
        assert place["next"] == "go_to_seat"
        seat = self.at[number] = self.seats[place["seat"]["id"]]
        assert seat.ask("GET", "/seat/reference")["kind"] == "portrait"
        return seat

    def gather(self, count: int = 5) -> None:
        self.constitute([self.arrive(number) for number in range(1, count + 1)])

    def constitute(self, seats: list[Seat]) -> None:
        """The committee stands; `sitting` is in the order of the aliases."""
        self.sitting = seats
        self.sitting.sort(key=lambda seat: seat.mine()["alias"])
        self.centre.do(STREAM, "ConstituteCommittee")
        self.sitting[0].until(lambda v: v["evaluations"][0]["sealing_key"], "for the sealing key")

    def choose_chair(self) -> Seat:
        eligible = self.sitting[0].mine()["election"]["eligible"]
        self.sitting[0].do(STREAM, "ProposeChair", {"candidate": eligible[0]})
        for seat in self.sitting[1:]:
            seat.do(STREAM, "AgreeToChair")
        return self.chair

    @property
    def chair(self) -> Seat:
        chair = self.sitting[0].mine()["chair"]
        return next(seat for seat in self.sitting if seat.mine()["alias"] == chair)

    def lot(self, lot: str, seat: Machine | None = None) -> Any:
        view = (seat or self.sitting[0]).evaluation()
        return next(one for one in view["lots"] if one["id"] == lot)

    def review_sheet(self, seat: Seat, lot: str, verdict: Any = all_pass) -> Any:
        found, alias = self.lot(lot, seat), seat.mine()["alias"]

        def one(bid: str, item: str) -> Any:
            good = verdict(alias, bid, item)
            return {"pass": True} if good else {"pass": False, "reason": "工期不满足", "page": "37"}

        live = [bid["id"] for bid in found["bids"] if bid["status"] == "live"]
        return {"bids": {bid: {item["id"]: one(bid, item["id"]) for item in found["items"]} for bid in live}}

    def review(self, lot: str, verdict: Any = all_pass, rejections: Any = None) -> None:
        number = self.lot(lot)["round"]["number"]
        for seat in self.sitting:
            seat.seal(lot, "review", number, self.review_sheet(seat, lot, verdict))
        self.wait_stage(lot, "reviewed")
        data = {"lot": lot, "rejections": rejections or {}, "competition": None}
        self.chair.do(STREAM, "ConcludeReview", data)

    def marks_sheet(self, seat: Seat, lot: str, marks: Any = good_marks) -> Any:
        found, alias = self.lot(lot, seat), seat.mine()["alias"]
        live = [bid["id"] for bid in found["bids"] if bid["status"] == "live"]
        table = {bid: {f["id"]: marks(alias, bid, f["id"]) for f in found["factors"]} for bid in live}
        return {"marks": table, "reasons": {}}

    def mark(self, lot: str) -> None:
        number = self.lot(lot)["round"]["number"]
        for seat in self.sitting:
            seat.seal(lot, "marks", number, self.marks_sheet(seat, lot))
        self.wait_stage(lot, "opened")

    def wait_stage(self, lot: str, stage: str) -> None:
        def there(view: Any) -> bool:
            return any(one["id"] == lot and one["stage"] == stage for one in view["evaluations"][0]["lots"])

        self.centre.until(there, f"for {stage}")

    def conclude(self, lot: str) -> None:
        self.chair.do(STREAM, "NoteFindings", {"lot": lot, "note": "逐条核对，维持原评分。"})
        if self.lot(lot)["stage"] == "checking":
            self.agency.do(STREAM, "CheckTables", {"lot": lot, "in_order": True, "remarks": ""})
        for seat in self.sitting:
            seat.do(STREAM, "ConfirmResult", {"lot": lot})
        self.wait_stage(lot, "reported")

    def leave(self, numbers: Iterable[int] = range(1, 6)) -> None:
        for number in numbers:
            found = self.look_up(number)
            seat = self.seats[found["seat"]["id"]]
            seat.do(STREAM, "WipeSeat", {"seat": seat.seat})
            ticket = found["ticket"]
            assert self.ask_again(ticket)["next"] == "take_phone"
            self.kiosk.do("kiosk", "ReturnPhone", {"ticket": ticket, "locker": found["locker"]})
            self.kiosk.do("kiosk", "LeaveRoom", {"ticket": ticket})
            assert self.ask_again(ticket)["state"] == "left"

    def close(self) -> None:
        self.centre.do(STREAM, "CloseEvaluation")

    def evidence(self, lot: str = "1") -> bytes:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            headers = {"Authorization": f"Bearer {self.centre.token}"}
            url = f"{self.room.url}/api/v1/evidence/evaluation~ev1/{lot}"
            found = requests.get(url, headers=headers | {"Connection": "close"}, timeout=20)
            if found.status_code == 200:
                return found.content
            assert found.status_code < 500, found.text
            threading.Event().wait(0.1)
        raise AssertionError("no evidence was written")


def ready(room: House, folder: Path, track: str = "ZC", **options: Any) -> Play:
    """A room with an imported, drawn evaluation."""
    play = Play(room)
    assert play.import_package(package(folder, track, **options)) == STREAM
    play.draw()
    return play

"""A room whose every way out is watched: who asks, what is secret at the moment, and what was found where."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from access_table import is_let_in, operation_of
from faces_ground import template_of
from leak_questions import Known, Listener, answers, replays
from leak_search import Content, Needle, Search, keys, numbers, on_disk, words
from leak_table import FINDERS, STAGES, may
from room_packages import NAMES, document, portrait_of
from room_play import STREAM, Play
from room_world import PASSWORD, Machine, Room, Seat, a_room

from app.room.importing import files_of

PEOPLE = range(1, 6)
VERDICT, REASON, MARK = "盖章缺失之暗语七星", "打分理由之暗语九州", "7.77"
FINDING, DISSENT, HELP, REMARK = "核对暗语五岳", "异议暗语四海", "求助暗语三江", "见证暗语八荒"
DRAFT = "sealed-draft-of-"

CLIENTS = ("urllib3", "websocket")
"""What the test's own machines say is no log of the server's."""


class Log(logging.Handler):
    """Every line that the server says, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
        self.addFilter(lambda record: not record.name.startswith(CLIENTS))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass(frozen=True)
class Leak:
    """A secret met by whom the table does not let know it."""

    stage: str
    who: str
    finder: str
    channel: str
    where: str
    secret: str
    shown: str


class Walk:
    """A room whose every way out is watched."""

    def __init__(self, room: Room, log: Log, track: str) -> None:
        self.track = track
        self.room, self.play, self.log = room, Play(room), log
        self.roles = {"console-1": "centre", "console-2": "witness", "console-3": "agency", "kiosk-1": "kiosk"}
        self.roles |= {seat.device: "seat" for seat in self.play.seats.values()}
        self.earlier = dict(self.roles)
        self.machines: list[Machine] = list(self.play.machines)
        for role in ("regulator", "tenderee", "nobody", "board", "stranger"):
            self._add(role)
        self.code = room.code("console")
        self.needles = self._needles_at_start()
        self.known = Known()
        self.here: list[Seat] = []
        """Seats in the order of arrival."""
        self.vote = ""
        self.stage = STAGES[0]
        self.found: list[Leak] = []
        self.met: set[tuple[str, str, str]] = set()
        """Secret, finder and stage where one met the other and may."""
        self.ways: set[tuple[str, str]] = set()
        """(channel, secret) met where it may be."""
        self.asked: dict[tuple[str, str, str], bool] = {}
        """By request, finder and stage: whether the finder was let in."""
        self.listeners = {device: Listener(stream) for device, stream in self.play.streams.items()}
        for machine in self.machines[len(self.play.machines) :]:
            if machine.token:
                self.listeners[machine.device] = Listener(machine.stream(0))

    def _add(self, role: str) -> None:
        machine = Machine(self.room.url, f"{role}-1")
        if role != "stranger":
            machine.enrol(self.room.code("board" if role == "board" else "console"))
            machine.open()
        if role in ("regulator", "tenderee"):
            machine.login(f"{role}-a")
        self.machines.append(machine)
        self.roles[machine.device] = role

    # --- what is secret

    def _needles_at_start(self) -> list[Needle]:
        room_keys = self.room.services.keys
        seed = bytes.fromhex((self.room.folder / "keys" / "sign.key").read_text())
        return [
            *words("name", *(NAMES[k - 1] for k in PEOPLE)),
            *words("document number", *map(document, PEOPLE)),
            *words("phone number", *(f"1380000000{k}" for k in PEOPLE)),
            *words("employer", *(f"秘密单位{k}" for k in PEOPLE)),
            *keys("face template", *map(template_of, (1, 2, 3))),
            *keys("portrait", *(portrait_of(f"m{k}") for k in (1, 2, 3))),
            *words("password", PASSWORD),
            *words("token", *(machine.token for machine in self.machines if machine.token)),
            *words("one-time code", self.code, self.code.replace("-", "")),
            *keys("key of the room", seed, room_keys.vault, room_keys.lookup, room_keys.names, room_keys.faces),
            *words("verdict", VERDICT),
            *numbers("mark", MARK),
            *words("reason of a mark", REASON),
            *words("finding", FINDING),
            *words("dissent", DISSENT),
            *words("remark", REMARK),
        ]

    def learn_project(self) -> None:
        """The secrets of an imported package."""
        tender = self.room.services.writer.book.evaluations[STREAM].tender
        bids = tender.lots[0].bids
        self.needles += words("project", tender.name, tender.tenderee, tender.agency)
        self.needles += words("bidder", *(bid.bidder for bid in bids))
        self.needles += numbers("price", *(bid.price for bid in bids))
        self.needles += words("bid file", *(file.sha256 for bid in bids for file in bid.files), "% files/bid-A.pdf")
        self.needles += words("reference", *self.room.services.writer.book.evaluations[STREAM].members)
        self.known.digests = [file.sha256 for file in files_of(tender)]

    def learn_seating(self) -> None:
        """The nonces and what came of them."""
        parties = (self.play.centre, self.play.kiosk)
        self.needles += keys("nonce", *(nonce for party in parties for nonce in party.nonces.values()))
        seating = self.room.services.memory.transcripts[1]["seating"]
        self.needles += words("seating", *(f'"{slot}":"{seat}"' for slot, seat in seating.items()))

    def sits(self, seat: Seat, number: int) -> None:
        """A member is awaited at a seat: reference, portrait and template are that seat's own from now on."""
        own = {seat.mine()["member"], f"portrait {number}", f"face template {number}"}
        self.needles = [replace(n, owner=seat.device) if n.shown in own else n for n in self.needles]
        self.roles[seat.device] = "awaited"

    def _needles_now(self) -> list[Needle]:
        memory = self.room.services.memory
        return [
            *self.needles,
            *keys("key in memory", *memory.sealing.values()),
            *keys("key of a sheet", *(key for seat in self.play.seats.values() for key in seat.keys.values())),
            *words("ticket", *self.known.tickets),
        ]

    # --- looking

    def look(self, stage: str) -> None:
        """Everyone asks for everything."""
        self.stage, earlier = stage, self.stage
        position = self.room.store.last_position()
        self._learn_digests()
        got = [(machine, list(answers(machine, self.roles[machine.device], self.known))) for machine in self.machines]
        told = replays(self.machines, position)
        search = Search(self._needles_now())
        for machine, contents in got:
            for content in contents:
                self._note_whether_let_in(content, self.roles[machine.device], stage)
                self._judge(content, "answer", machine.device, search, stage)
        for device, content in told.items():
            self._judge(content, "stream", device, search, stage)
        for device, listener in self.listeners.items():
            self._judge(listener.take(), "live", device, search, earlier, stage)
        for content in on_disk(self.room.folder, apart="keys"):
            self._judge(content, "disk", "disk", search, stage)
        lines, self.log.lines = self.log.lines, []
        self._judge(Content("log", "\n".join(lines).encode()), "log", "log", search, stage)
        self.earlier = dict(self.roles)

    def _learn_digests(self) -> None:
        store = self.room.store
        report = [json.loads(row.body)["data"]["sha256"] for row in store.entries(STREAM) if row.type == "ReportIssued"]
        packed = store.setting(f"evidence {STREAM} 1")
        fresh = [*report, *([packed] if packed else [])]
        self.known.digests += [digest for digest in fresh if digest not in self.known.digests]

    def _judge(self, content: Content, channel: str, finder: str, search: Search, *stages: str) -> None:
        roles = {finder} if finder in FINDERS else {self.roles[finder], *self._was(finder, channel)}
        for needle in search.met(content):
            own = needle.owner == finder
            if any(may(self.track, needle.secret, role, stage, own=own) for role in roles for stage in stages):
                who = {self.roles.get(finder, finder), *(["own"] if own else [])}
                self.met |= {(needle.secret, one, stages[-1]) for one in who}
                self.ways.add((channel, needle.secret))
            else:
                who = " or ".join(sorted(roles))
                self.found.append(Leak(stages[-1], who, finder, channel, content.where, needle.secret, needle.shown))

    def _note_whether_let_in(self, content: Content, finder: str, stage: str) -> None:
        request = operation_of(content.where)
        if request is not None:
            key = (request, finder, stage)
            self.asked[key] = self.asked.get(key, False) or is_let_in(request, content.raw)

    def _was(self, finder: str, channel: str) -> set[str]:
        """A live message came to whom the machine was when it was sent: now, or since the last look."""
        return {self.earlier.get(finder, self.roles[finder])} if channel == "live" else set()

    def end(self) -> None:
        """Close what is open."""
        for listener in self.listeners.values():
            listener.end()


@contextmanager
def a_walk(folder: Path, track: str = "ZC") -> Iterator[Walk]:
    log, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    try:
        with a_room(folder) as room:
            walk = Walk(room, log, track)
            try:
                yield walk
            finally:
                walk.end()
    finally:
        root.removeHandler(log)
        root.setLevel(level)

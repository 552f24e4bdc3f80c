"""The kiosk: looking a person up by document number, tickets, and the kiosk's commands by ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.drawing import slip_code
from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.events import Liveness
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.stages import MemberStage
from app.ports.ambient import Clock, Randomness
from app.room import draws
from app.room.memory import Memory
from app.room.plan import RoomPlan
from app.room.references import NOTHING, Reads, References
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page
from app.room.vault import Person, Vault

TICKET_LIFE_S = 600.0

_STATES = {
    MemberStage.EXPECTED: "expected",
    MemberStage.RECUSED: "recused",
    MemberStage.REPLACED: "recused",
    MemberStage.SEAT_WIPED: "leaving",
    MemberStage.PHONE_RETURNED: "leaving",
    MemberStage.LEFT: "left",
}
_NEXT = {
    MemberStage.CHECKED_IN: "store_phone",
    MemberStage.PHONE_STORED: "take_slot",
    MemberStage.SEAT_WIPED: "take_phone",
    MemberStage.PHONE_RETURNED: "leave",
    MemberStage.LEFT: "ask_staff",
}
_STRANGER: dict[str, Any] = {
    "ticket": None,
    "state": "unknown",
    "stage": None,
    "greeting": None,
    "image": None,
    "template": None,
    "seat": None,
    "locker": None,
    "next": "ask_staff",
}


@dataclass(frozen=True)
class Ticket:
    """A person whom one kiosk has looked up, for ten minutes."""

    device: str
    stream: str
    ref: str
    greeting: str
    until: float


@dataclass(frozen=True)
class CheckIn:
    """The kiosk knew the face of a living person."""

    ticket: str
    score: str
    engine: str
    liveness: Liveness


@dataclass(frozen=True)
class RequestRelease:
    """The kiosk did not know the face: two people are asked."""

    ticket: str
    what: str
    reason: str


@dataclass(frozen=True)
class StorePhone:
    """The phone lies in the locker."""

    ticket: str
    locker: str


@dataclass(frozen=True)
class TakeSlot:
    """The key was pressed."""

    ticket: str


@dataclass(frozen=True)
class ReturnPhone:
    """The phone was taken out."""

    ticket: str
    locker: str


@dataclass(frozen=True)
class LeaveRoom:
    """The person goes through the door."""

    ticket: str


ByTicket = CheckIn | RequestRelease | StorePhone | TakeSlot | ReturnPhone | LeaveRoom
BY_TICKET: dict[str, type[ByTicket]] = {
    kind.__name__: kind for kind in (CheckIn, RequestRelease, StorePhone, TakeSlot, ReturnPhone, LeaveRoom)
}
"""The kiosk's commands as a client sends them, to the stream `kiosk`."""


class Kiosk:
    """Tickets live in memory: after a restart a document is shown again."""

    def __init__(
        self, plan: RoomPlan, vault: Vault, references: References, memory: Memory, clock: Clock, randomness: Randomness
    ) -> None:
        self._plan = plan
        self._vault = vault
        self._references = references
        self._memory = memory
        self._clock = clock
        self._randomness = randomness
        self._tickets: dict[str, Ticket] = {}

    def look_up(self, page: Page, actor: Actor, document: str, reads: Reads | None = None) -> dict[str, Any]:
        """Find the person of a document; every look is an entry. Knows at most one evaluation: the one that is on."""
        found = self._choose(page.book, document)
        if found is None:
            return dict(_STRANGER)
        state, person = found
        if not state.rehearsal and state.planned_at[:10] != self._clock.now().date().isoformat():
            return _STRANGER | {"state": "not_today"}
        ticket = self._randomness.token_bytes(16).hex()
        until = self._clock.monotonic() + TICKET_LIFE_S
        made = Ticket(actor.device or "", state.stream, person.ref, person.greeting, until)
        page.act_room(rc.LookAtNames(state.stream, person.ref, "greeting"), actor)
        found_face = None
        if state.members[person.ref].stage is MemberStage.EXPECTED:
            found_face = self._references.handed_out(page, state.stream, person.ref, reads, actor)
        self._forget()
        page.afterwards(lambda: self._tickets.__setitem__(ticket, made))
        return self._answer(page.book, ticket, made) | (NOTHING if found_face is None else found_face.answer())

    def ask_again(self, page: Page, actor: Actor, ticket: str) -> dict[str, Any]:
        """Where the person of a ticket stands now; no picture comes with it."""
        return self._answer(page.book, ticket, self._ticket(actor, ticket))

    def act(self, page: Page, actor: Actor, kind: str, data: object) -> list[str]:
        """Carry out one of the kiosk's commands."""
        if kind not in BY_TICKET:
            raise Refused("unknown_command", "$.type", type=kind)
        asked = codec.from_json(BY_TICKET[kind], data, "$.data")
        found = self._ticket(actor, asked.ticket)
        return page.act(found.stream, self._command(page, found, asked), actor)

    def _command(self, page: Page, found: Ticket, asked: ByTicket) -> c.Command:
        if isinstance(asked, CheckIn):
            return c.CheckIn(found.ref, asked.score, asked.engine, asked.liveness)
        if isinstance(asked, RequestRelease):
            return c.RequestRelease(asked.what, found.ref, asked.reason)
        if isinstance(asked, StorePhone):
            if asked.locker not in self._plan.lockers or asked.locker in _lockers_in_use(page.book):
                raise Refused("locker_in_use", "$.data.locker")
            return c.StorePhone(found.ref, asked.locker)
        if isinstance(asked, ReturnPhone):
            return c.ReturnPhone(found.ref, asked.locker)
        if isinstance(asked, LeaveRoom):
            return c.LeaveRoom(found.ref)
        return c.TakeSlot(found.ref, *draws.next_place(page, self._memory, found.stream, found.ref))

    def _ticket(self, actor: Actor, ticket: str) -> Ticket:
        self._forget()
        found = self._tickets.get(ticket)
        if found is None or found.device != actor.device:
            raise RoomRefusal("no_ticket", "$.ticket")
        return found

    def _forget(self) -> None:
        now = self._clock.monotonic()
        for ticket in [t for t, found in self._tickets.items() if found.until <= now]:
            del self._tickets[ticket]

    def _choose(self, book: Book, document: str) -> tuple[Evaluation, Person] | None:
        """The evaluation in which the person is inside; else one in which the person is expected; else the last."""
        ranked = []
        for stream, ref in self._vault.find(document):
            state = book.evaluations.get(stream)
            if state is None or state.closed or ref not in state.members:
                continue
            stage = state.members[ref].stage
            rank = {MemberStage.EXPECTED: 1, MemberStage.LEFT: 2}.get(stage, 0)
            ranked.append((rank, state.planned_at, stream, ref))
        if not ranked:
            return None
        _, _, stream, ref = min(ranked)
        person = self._vault.person(ref)
        return None if person is None else (book.evaluations[stream], person)

    def _answer(self, book: Book, ticket: str, found: Ticket) -> dict[str, Any]:
        state = book.evaluations[found.stream]
        member = state.members[found.ref]
        return {
            "ticket": ticket,
            "state": _STATES.get(member.stage, "inside"),
            "stage": member.stage.value,
            "greeting": found.greeting,
            **NOTHING,
            "seat": self._seat(book, state, member),
            "locker": self._locker(book, member),
            "next": self._next(state, member),
        }

    def _seat(self, book: Book, state: Evaluation, member: Member) -> dict[str, str] | None:
        found = draws.drawn(book.room, state.stream)
        gone = (MemberStage.SEAT_WIPED, MemberStage.PHONE_RETURNED, MemberStage.LEFT)
        if member.seat is None or found is None or member.stage in gone:
            return None
        code = slip_code(bytes.fromhex(found[0].transcript_hash or ""))
        return {"id": member.seat, "way": self._plan.way_to(member.seat), "code": code}

    def _locker(self, book: Book, member: Member) -> str | None:
        if member.stage is MemberStage.CHECKED_IN:
            used = _lockers_in_use(book)
            return next((locker for locker in self._plan.lockers if locker not in used), None)
        return None if member.stage in (MemberStage.PHONE_RETURNED, MemberStage.LEFT) else member.locker

    def _next(self, state: Evaluation, member: Member) -> str:
        if member.stage is MemberStage.EXPECTED:
            if ("admission", member.ref) in state.releases:
                return "wait_release"
            return "face" if state.slots else "ask_staff"
        return _NEXT.get(member.stage, "go_to_seat")


def _lockers_in_use(book: Book) -> set[str]:
    empty = (MemberStage.PHONE_RETURNED, MemberStage.LEFT)
    members = (m for state in book.evaluations.values() for m in state.members.values())
    return {m.locker for m in members if m.locker is not None and m.stage not in empty}
